import type { Box } from '../../../engine/runtime/preprocess/digit.ts';
import { plural } from '../plural.ts';

/** Drawing pad and the picture that the network receives. */
export const digitPad = {
  title: 'Draw a digit',
  surface: 'Draw a digit',
  hint: 'draw a digit, 0–9',
  hintOver: 'draw your own over it',
  undo: 'Undo',
  clear: 'Clear',
  pen: 'Pen',
  pens: { thin: 'Thin', normal: 'Normal', thick: 'Thick' },
  samples: 'or choose a sample',
  sample: (digit: number) => `Sample ${digit}`,
  describe: (strokes: number) =>
    strokes === 0
      ? 'The pad is empty. Without a pointer, choose one of the samples below.'
      : `The pad holds ${strokes} ${plural(strokes, 'stroke', 'strokes')}.`,
  describeDemonstration:
    'The pad shows a sample. Draw over it, or choose one of the samples below without a pointer.',
  empty: 'The pad is empty: draw a digit or choose a sample.',
  warnings: {
    dot: 'That is only a dot. Draw a whole digit; the answer for a dot means nothing.',
    scribble:
      'That looks like a scribble. The network knows only the digits 0–9 and will name one of them for anything.',
    'off-pad': 'Part of a stroke left the pad and was cut off at its edge.',
  },
  noCanvas: 'This browser cannot draw here, so strokes stay invisible; the network still reads them.',
  received: 'what the network receives',
  steps: {
    ink: 'ink found',
    fitted: 'fit to 20×20',
    centred: 'centred in 28×28',
    padded: 'padded to 32×32',
  },
  describeReceived: ({ height, width, x, y }: Box) =>
    `The 32 by 32 pixels that the network receives: ink ${width} wide and ${height} high, from column ${x}, row ${y}.`,
  nothingReceived: 'The network receives nothing yet: the pad is empty.',
};
