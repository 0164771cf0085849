import type { ColourPadMessages } from '../../../components/picture/colour-pad.tsx';
import type { PictureFrameMessages } from '../../../components/picture/picture-frame.tsx';
import type { PictureStepsMessages } from '../../../components/picture/picture-steps.tsx';
import type { FileType } from '../../../engine/runtime/preprocess/sniff-picture.ts';
import type { PictureNote, PictureProblem } from '../../state/picture-store.ts';
import { plural } from '../plural.ts';
import { sameOrAll } from '../same-or-all.ts';

const types: Readonly<Record<FileType, string>> = {
  png: 'a PNG',
  jpeg: 'a JPEG',
  webp: 'a WebP',
  gif: 'a GIF',
  bmp: 'a BMP',
  avif: 'an AVIF',
  svg: 'an SVG',
  ico: 'an icon',
  heic: 'a HEIC picture',
  tiff: 'a TIFF',
  jxl: 'a JPEG XL',
  pdf: 'a PDF',
  zip: 'a ZIP archive or an office document',
  video: 'a film or a recording',
  html: 'a web page',
  text: 'a text',
  unknown: 'of no kind that is known here',
};

const describeProblem = (problem: PictureProblem): string => {
  switch (problem.code) {
    case 'empty':
      return 'The file is empty: it has 0 bytes.';
    case 'nothing-given':
      return 'There was no picture file in what you gave.';
    case 'no-picture':
      return `This is no picture: the file is ${types[problem.type]}.`;
    case 'unsupported':
      return `This browser cannot read the file, which is ${types[problem.type]}. Save it as JPEG or PNG.`;
    case 'truncated':
      return `The file is ${types[problem.type]} that ends before it is complete, so it is not shown.`;
    case 'undecodable':
      return `The file begins as ${types[problem.type]}, but the browser cannot decode it: it is damaged.`;
    case 'too-large':
      return `The picture has ${problem.width} × ${problem.height} pixels. More than ${problem.most / 1e6} million are not decoded: they would not fit in memory.`;
    case 'too-heavy':
      return `The file has ${Math.round(problem.bytes / 2 ** 20)} MiB; more than ${problem.most / 2 ** 20} MiB are not read.`;
    case 'no-sample':
      return 'The sample could not be fetched.';
    case 'camera':
      return {
        denied: 'The camera was not allowed. The browser’s address bar lets you allow it again.',
        none: 'No camera was found.',
        busy: 'The camera cannot be opened: another program may be using it.',
        insecure: 'A camera is available only on a secure page (https).',
        ended: 'The camera was disconnected.',
      }[problem.reason];
  }
};

const describeNote = (note: PictureNote): string => {
  switch (note.code) {
    case 'first-frame':
      return 'An animation: its first frame is shown.';
    case 'other-type':
      return `Named like ${types[note.promised]}, the file is ${types[note.type]}, and is read as that.`;
    case 'shrunk':
      return `${note.width} × ${note.height} pixels, kept at 1,024 or fewer a side.`;
    case 'deep':
      return `${note.bits} bits a channel; the browser makes 8 of them.`;
    case 'inks':
      return 'Colours for printing (CMYK), as the browser turns them into red, green and blue.';
    case 'scripts':
      return 'The drawing holds scripts. They are not run.';
  }
};

const frame = {
  crop: ({ x, y, side }) => `Cut of ${side} × ${side} pixels at ${x}, ${y}`,
  cropHelp: 'Drag to move; two fingers, or Ctrl and the wheel, to scale. Arrow keys move, + and − scale.',
} satisfies PictureFrameMessages;

const steps = {
  steps: 'What the network receives',
  stepsHint: 'Each step as in training. Break one, and see whether the answer survives.',
  names: {
    crop: '1 Cut',
    resize: '2 Resize',
    scale: '3 Scale',
    normalise: '4 Mean and spread',
    order: '5 Channel order',
  },
  describe: (step) => {
    switch (step.step) {
      case 'crop':
        return `${step.width} × ${step.height}`;
      case 'resize':
        return step.method === 'nearest'
          ? `${step.width} × ${step.height}, nearest pixel`
          : `${step.width} × ${step.height}, triangle filter`;
      case 'scale':
        return step.factor === 1 ? '× 1' : `÷ ${Number((1 / step.factor).toFixed(2))}`;
      case 'normalise':
        return `− ${sameOrAll(step.mean)}, ÷ ${sameOrAll(step.std)}`;
      case 'order':
        return { RGB: 'red, green, blue', BGR: 'blue, green, red', grey: 'grey' }[step.order];
    }
  },
  breaks: {
    stretched: 'Squeeze it all in',
    aliased: 'Drop pixels',
    unscaled: 'Leave 0–255',
    raw: 'No mean',
    swapped: 'Swap to BGR',
  },
  range: (least, most) => `${least} … ${most}`,
  mend: 'Mend all',
  picture: (width, height) => `The picture after this step, ${width} by ${height} pixels`,
} satisfies PictureStepsMessages;

/** A picture for a network that reads photographs. */
export const picture = {
  title: 'Give it a picture',
  empty: 'Drop a picture here, paste one, or choose one below.',
  upload: 'Upload an image',
  camera: 'Camera',
  drawing: {
    start: 'Draw one',
    stop: 'Done drawing',
    surface: 'Draw a picture',
    hint: 'Draw here: a ship on the sea, a bird in the sky …',
    undo: 'Undo',
    clear: 'Clear',
    brush: 'Brush',
    brushes: { thin: 'Thin', normal: 'Medium', thick: 'Broad' },
    palette: 'Colours',
    colours: {
      black: 'Black',
      grey: 'Grey',
      white: 'White',
      red: 'Red',
      orange: 'Orange',
      yellow: 'Yellow',
      green: 'Green',
      darkGreen: 'Dark green',
      sky: 'Sky blue',
      blue: 'Blue',
      brown: 'Brown',
      beige: 'Beige',
    },
    describe: (strokes: number) =>
      strokes === 0
        ? 'The sheet is empty.'
        : `${strokes} ${plural(strokes, 'stroke', 'strokes')} on the sheet.`,
    noCanvas: 'This browser gives no canvas to draw on.',
    note: 'For fun: the network has learnt from photographs alone and never saw a drawing.',
  } satisfies ColourPadMessages & Readonly<Record<'start' | 'stop' | 'note', string>>,
  cameraAsking: 'Asking …',
  cameraStop: 'Stop camera',
  rate: (rate: string) => `${rate} frames read a second`,
  zoom: 'Size of the cut',
  zoomValue: (side: number) => `${side} px`,
  samples: 'Samples',
  sample: (shows: string, title: string) => `${shows}: ${title}`,
  credit: (title: string, author: string) => `“${title}” by ${author}`,
  creditOwn: (title: string) => `“${title}”, drawn for this site`,
  privacy: 'It stays in this browser.',
  frame,
  steps,
  problem: describeProblem,
  note: describeNote,
  answerEmpty: 'Choose a picture to see what the network makes of it',
  entropy: (bits: string, most: string) => `Uncertainty: ${bits} of at most ${most} bits.`,
  unbroken: (label: string, probability: string) => `With no step broken: ${label}, ${probability}.`,
  ofTen: 'It knows these ten classes and no other.',
};
