import {
  type DigitWarning,
  type GreyImage,
  type PreparedDigit,
  prepareDrawing,
} from '../../engine/runtime/preprocess/digit.ts';
import type { Pixels } from '../../engine/runtime/preprocess/picture.ts';
import { drawing } from '../explore/drawing.ts';
import { drawnStrokes } from '../state/drawing-store.ts';
import { pictureStore } from '../state/picture-store.ts';
import type { Framing } from './picture-choices.ts';

const framed = (
  digit: Extract<PreparedDigit, { readonly status: 'ok' }>,
): Readonly<Record<Framing, GreyImage>> => ({
  fitted: digit.centred,
  padded: digit.padded,
  drawn: digit.image,
});

/** Dark ink on white paper, as a picture of a drawing has it. */
export function inkOnPaper({ width, height, data }: GreyImage): Pixels {
  const pixels = new Uint8ClampedArray(4 * data.length);
  for (const [at, ink] of data.entries()) {
    const value = 255 * (1 - ink);
    pixels.set([value, value, value, 255], 4 * at);
  }
  return { width, height, data: pixels };
}

/**
 * Gives the drawing on the digit pad to the network as a picture, as it stands, and after every change, once a frame at
 * most; an empty pad is no picture.
 *
 * @param onWarnings told what is unusual about the drawing
 * @returns ends this
 */
export function giveDigit(
  framing: Framing,
  onWarnings: (warnings: readonly DigitWarning[]) => void,
): () => void {
  let frame = 0;
  const give = () => {
    frame = 0;
    const digit = prepareDrawing(drawnStrokes(drawing.getState()));
    onWarnings(digit.warnings);
    const { show, clear, picture } = pictureStore.getState();
    if (digit.status === 'ok') {
      show({ pixels: inkOnPaper(framed(digit)[framing]), origin: { kind: 'digit' }, notes: [] });
    } else if (picture) {
      clear();
    }
  };
  const unsubscribe = drawing.subscribe(({ revision }, before) => {
    if (revision !== before.revision && frame === 0) frame = requestAnimationFrame(give);
  });
  give();
  return () => {
    unsubscribe();
    cancelAnimationFrame(frame);
  };
}
