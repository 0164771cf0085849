import type { Crop, Extent } from './crop.ts';
import { type Planes, type ResizeMethod, resize } from './resample.ts';

/** A decoded picture, as a canvas has it. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel from 0 to 255, not premultiplied, row by row from the top. */
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** In which order a tensor's three channels stand; `grey` where one channel stands for all of them. */
export type ChannelOrder = 'RGB' | 'BGR' | 'grey';

/** One step of the way from a picture to a network's input; values begin as 0 … 255 in the order red, green, blue. */
export type PictureStep =
  /** Cuts a rectangle out, in whole pixels. */
  | {
      readonly step: 'crop';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly step: 'resize';
      readonly width: number;
      readonly height: number;
      readonly method: ResizeMethod;
    }
  /** Multiplies every value. */
  | { readonly step: 'scale'; readonly factor: number }
  /** (value − mean) / std, each of red, green and blue by its own. */
  | { readonly step: 'normalise'; readonly mean: readonly number[]; readonly std: readonly number[] }
  | { readonly step: 'order'; readonly order: ChannelOrder };

/** The name of a step. */
export type StepName = PictureStep['step'];

/** A picture on its way to a network, with what each step left of it. */
export interface PreparedPicture {
  readonly steps: readonly PictureStep[];
  /** After each step, in order: made when they are first looked at. */
  readonly stages: readonly Planes[];
  /** The network's input, `[3, height, width]`, or `[1, height, width]` of a grey one, row-major. */
  readonly tensor: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * What can be broken on purpose: the picture squeezed to a square instead of cut (`stretched`), pixels dropped instead of
 * averaged (`aliased`), values left at 0 … 255 (`unscaled`), mean and spread left alone (`raw`), blue taken for red
 * (`swapped`).
 */
export type Fault = 'stretched' | 'aliased' | 'unscaled' | 'raw' | 'swapped';

/** Whether a step can be broken: grey has no channels to take for one another. */
export const canBreak = (step: PictureStep): boolean => step.step !== 'order' || step.order !== 'grey';

/** The fault that each step can have. */
export const faultOf: Readonly<Record<StepName, Fault>> = {
  crop: 'stretched',
  resize: 'aliased',
  scale: 'unscaled',
  normalise: 'raw',
  order: 'swapped',
};

/** What a network expects of its input: the card's shape and preprocessing. */
export interface PictureExpectation {
  readonly shape: readonly number[];
  /** `(value · scale − mean) / std` of values from 0 to 1; mean and spread of all channels, or of red, green and blue. */
  readonly preprocessing: {
    readonly scale: number;
    readonly mean: number | readonly number[];
    readonly std: number | readonly number[];
  };
  /** Red first unless given. */
  readonly order?: 'RGB' | 'BGR';
  /** Whether the network itself has the channels of a pixel side by side; the steps have them one after the other. */
  readonly isInterleaved?: boolean;
}

/** The largest value of a pixel. */
const WHITE = 255;

interface Rectangle extends Extent {
  readonly x: number;
  readonly y: number;
}

/** @throws RangeError where the rectangle is not whole pixels within the extent */
function requireWithin({ x, y, width, height }: Rectangle, extent: Extent): void {
  const isWhole =
    [x, y, width, height].every(Number.isInteger) && x >= 0 && y >= 0 && width > 0 && height > 0;
  if (!isWhole || x + width > extent.width || y + height > extent.height) {
    throw new RangeError(`no ${width}×${height} at (${x}, ${y}) in ${extent.width}×${extent.height} pixels`);
  }
}

/** Gives an array of a length, whatever is in it. */
type Spare = (length: number) => Float32Array;

const newArray: Spare = (length) => new Float32Array(length);

/**
 * A rectangle of a picture as planes from 0 to 255, what is transparent laid over white.
 *
 * @throws RangeError where the rectangle is not whole pixels within the picture
 */
export function readPlanes(
  pixels: Pixels,
  rectangle: Rectangle = { x: 0, y: 0, width: pixels.width, height: pixels.height },
  spare: Spare = newArray,
): Planes {
  requireWithin(rectangle, pixels);
  const { data, width: pitch } = pixels;
  const { x, y, width, height } = rectangle;
  const size = width * height;
  const planes = spare(3 * size);
  for (let row = 0; row < height; row += 1) {
    let from = 4 * ((y + row) * pitch + x);
    for (let place = row * width; place < (row + 1) * width; place += 1, from += 4) {
      const alpha = (data[from + 3] ?? WHITE) / WHITE;
      const paper = WHITE * (1 - alpha);
      planes[place] = (data[from] ?? 0) * alpha + paper;
      planes[size + place] = (data[from + 1] ?? 0) * alpha + paper;
      planes[2 * size + place] = (data[from + 2] ?? 0) * alpha + paper;
    }
  }
  return { width, height, data: planes };
}

function cut(planes: Planes, rectangle: Rectangle): Planes {
  requireWithin(rectangle, planes);
  const { x, y, width, height } = rectangle;
  const data = new Float32Array(3 * width * height);
  for (let row = 0; row < 3 * height; row += 1) {
    const channel = Math.floor(row / height);
    const start = (channel * planes.height + y + (row % height)) * planes.width + x;
    data.set(planes.data.subarray(start, start + width), row * width);
  }
  return { width, height, data };
}

/** (value − mean) · factor, each channel by its own. */
function shifted(
  planes: Planes,
  means: readonly number[],
  factors: readonly number[],
  data: Float32Array,
): Planes {
  const size = planes.width * planes.height;
  for (let channel = 0; channel < 3; channel += 1) {
    const [mean, factor] = [means[channel] ?? 0, factors[channel] ?? 1];
    for (let place = channel * size; place < (channel + 1) * size; place += 1) {
      data[place] = ((planes.data[place] as number) - mean) * factor;
    }
  }
  return { ...planes, data };
}

/** Shares of red, green and blue in grey (ITU-R BT.601, as Pillow's mode L). */
const LUMA = [0.299, 0.587, 0.114] as const;

/** All three channels at the picture's grey. */
function greyed(planes: Planes, data: Float32Array): Planes {
  const size = planes.width * planes.height;
  for (let place = 0; place < size; place += 1) {
    let grey = 0;
    for (const [channel, share] of LUMA.entries()) grey += share * (planes.data[channel * size + place] ?? 0);
    for (let channel = 0; channel < 3; channel += 1) data[channel * size + place] = grey;
  }
  return { ...planes, data };
}

/** Red for blue. */
function swapped(planes: Planes, data: Float32Array): Planes {
  const size = planes.width * planes.height;
  for (let place = 0; place < size; place += 1) {
    const [first, last] = [planes.data[place] as number, planes.data[2 * size + place] as number];
    data[place] = last;
    data[size + place] = planes.data[size + place] as number;
    data[2 * size + place] = first;
  }
  return { ...planes, data };
}

/** @param into gives the array of a result as large as what it is made of, which it may be itself */
function applyStep(
  planes: Planes,
  step: PictureStep,
  into: (planes: Planes) => Float32Array,
  spare: Spare,
): Planes {
  switch (step.step) {
    case 'crop':
      return cut(planes, step);
    case 'resize':
      return resize(planes, step.width, step.height, step.method, spare);
    case 'scale':
      return shifted(planes, [0, 0, 0], [step.factor, step.factor, step.factor], into(planes));
    case 'normalise': {
      const { mean, std } = step;
      if (
        mean.length !== 3 ||
        std.length !== 3 ||
        !std.every((value) => Number.isFinite(value) && value !== 0)
      ) {
        throw new RangeError(`cannot normalise three channels with mean ${mean} and std ${std}`);
      }
      return shifted(
        planes,
        mean,
        std.map((spread) => 1 / spread),
        into(planes),
      );
    }
    case 'order':
      if (step.order === 'RGB') return planes;
      return step.order === 'grey' ? greyed(planes, into(planes)) : swapped(planes, into(planes));
  }
}

/** What each step leaves of a picture. */
function stagesOf(pixels: Pixels, steps: readonly PictureStep[]): readonly Planes[] {
  const stages: Planes[] = [];
  let planes: Planes | null = null;
  for (const step of steps) {
    // A cut at the beginning reads no more than it keeps.
    if (!planes && step.step === 'crop') planes = readPlanes(pixels, step);
    else planes = applyStep(planes ?? readPlanes(pixels), step, newOnes, newArray);
    stages.push(planes);
  }
  return stages;
}

const newOnes = ({ data }: Planes): Float32Array => new Float32Array(data.length);

/** Values up to which an array is kept for the next picture. */
const MOST_KEPT = 2 ** 20;

/**
 * An array that is used again and again: memory that is written for the first time costs more than what is computed
 * here.
 */
function keptArray(): Spare {
  let kept = new Float32Array();
  return (length) => {
    if (length > MOST_KEPT) return new Float32Array(length);
    if (kept.length < length) kept = new Float32Array(length);
    return kept.subarray(0, length);
  };
}

const [spareForPicture, spareForRows] = [keptArray(), keptArray()];

/**
 * Takes a picture through the steps.
 *
 * @throws RangeError where a step does not fit what it is given
 */
export function preparePicture(pixels: Pixels, steps: readonly PictureStep[]): PreparedPicture {
  const [first, ...others] = steps;
  const isCut = first?.step === 'crop';
  const read = readPlanes(pixels, isCut ? first : undefined, spareForPicture);
  let planes = read;
  for (const step of isCut ? others : steps) {
    // Each result where the one before was, except in the picture's own array, which the next picture is read into.
    planes = applyStep(
      planes,
      step,
      ({ data }) => (data === read.data ? newOnes(planes) : data),
      spareForRows,
    );
  }
  const { width, height } = planes;
  const data = planes.data === read.data ? read.data.slice() : planes.data;
  const isGrey = steps.some((step) => step.step === 'order' && step.order === 'grey');
  let stages: readonly Planes[] | null = null;
  return {
    steps,
    get stages() {
      stages ??= [...stagesOf(pixels, steps.slice(0, -1)), { width, height, data }].slice(0, steps.length);
      return stages;
    },
    tensor: isGrey ? data.slice(0, width * height) : data,
    width,
    height,
  };
}

const ofEachChannel = (value: number | readonly number[]): readonly number[] =>
  typeof value === 'number' ? [value, value, value] : value;

/**
 * The steps that a network's training asks for, from a square of a picture on.
 *
 * @throws RangeError for a network that takes neither three channels nor one
 */
export function standardSteps(
  { shape, preprocessing, order = 'RGB' }: PictureExpectation,
  { x, y, side }: Crop,
): readonly PictureStep[] {
  const [channels, height = 0, width = 0] = shape;
  if (channels !== 3 && channels !== 1) {
    throw new RangeError(`a picture has three channels, or one, not ${channels}`);
  }
  const { scale, mean, std } = preprocessing;
  return [
    { step: 'crop', x, y, width: side, height: side },
    { step: 'resize', width, height, method: 'triangle' },
    { step: 'scale', factor: scale / WHITE },
    { step: 'normalise', mean: ofEachChannel(mean), std: ofEachChannel(std) },
    { step: 'order', order: channels === 1 ? 'grey' : order },
  ];
}

function breakStep(step: PictureStep, { width, height }: Extent): PictureStep {
  switch (step.step) {
    case 'crop':
      return { step: 'crop', x: 0, y: 0, width, height };
    case 'resize':
      return { ...step, method: 'nearest' };
    case 'scale':
      return { ...step, factor: 1 };
    case 'normalise':
      return { ...step, mean: [0, 0, 0], std: [1, 1, 1] };
    case 'order':
      return !canBreak(step) ? step : { ...step, order: step.order === 'BGR' ? 'RGB' : 'BGR' };
  }
}

/** The steps with some of them broken on purpose, for a picture of the given extent. */
export const breakSteps = (
  steps: readonly PictureStep[],
  faults: ReadonlySet<Fault>,
  extent: Extent,
): readonly PictureStep[] =>
  steps.map((step) => (faults.has(faultOf[step.step]) ? breakStep(step, extent) : step));

/** How unsure an answer is: the entropy of its probabilities in bits, 0 where one of them is 1. */
export const entropyOf = (probabilities: ArrayLike<number>): number =>
  Array.from(probabilities).reduce(
    (sum, probability) => (probability > 0 ? sum - probability * Math.log2(probability) : sum),
    0,
  );
