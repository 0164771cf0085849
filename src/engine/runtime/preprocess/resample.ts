/** A picture of three channels, each row by row from the top: red, green and blue one after the other. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  /** `[3, height, width]`, row-major. */
  readonly data: Float32Array;
}

/**
 * How a picture is brought to another size. `triangle` is a bilinear filter as wide as the reduction, so that every
 * source pixel counts (Pillow's and torchvision's antialiased “bilinear”); `area` weighs source pixels by the area that
 * they share with the new one; `nearest` takes one source pixel and drops the others.
 */
export type ResizeMethod = 'triangle' | 'area' | 'nearest';

/** Of one new pixel: the first source pixel that counts, and the weights of it and those behind it; they sum to 1. */
interface Window {
  readonly first: number;
  readonly weights: Float64Array;
}

function areaWindow(start: number, end: number, from: number): Window {
  const first = Math.min(Math.floor(start), from - 1);
  const last = Math.min(Math.max(Math.ceil(end), first + 1), from);
  const weights = new Float64Array(last - first);
  for (let index = first; index < last; index += 1) {
    weights[index - first] = Math.max(Math.min(end, index + 1) - Math.max(start, index), 0);
  }
  return { first, weights };
}

function triangleWindow(centre: number, reach: number, from: number): Window {
  const first = Math.max(Math.floor(centre - reach + 0.5), 0);
  const end = Math.min(Math.floor(centre + reach + 0.5), from);
  const weights = new Float64Array(end - first);
  for (let index = first; index < end; index += 1) {
    weights[index - first] = Math.max(1 - Math.abs((index + 0.5 - centre) / reach), 0);
  }
  return { first, weights };
}

/** The windows of `to` new pixels over `from` old ones, along one axis. */
function windowsOf(method: ResizeMethod, from: number, to: number): readonly Window[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * ratio;
    if (method === 'nearest') {
      return { first: Math.min(Math.floor(centre), from - 1), weights: Float64Array.of(1) };
    }
    const window =
      method === 'area'
        ? areaWindow(index * ratio, (index + 1) * ratio, from)
        : // Enlarging, the filter keeps the width of one source pixel.
          triangleWindow(centre, Math.max(ratio, 1), from);
    const sum = window.weights.reduce((total, weight) => total + weight, 0);
    for (let place = 0; place < window.weights.length; place += 1) {
      window.weights[place] = (window.weights[place] ?? 0) / sum;
    }
    return window;
  });
}

/** Rows of `from` values, one behind the other, each brought to as many values as there are windows. */
function resampleAcross(
  source: Float32Array,
  target: Float32Array,
  windows: readonly Window[],
  from: number,
): void {
  const to = windows.length;
  for (const [index, { first, weights }] of windows.entries()) {
    const taps = weights.length;
    for (let start = first, place = index; place < target.length; start += from, place += to) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1)
        sum += (weights[tap] as number) * (source[start + tap] as number);
      target[place] = sum;
    }
  }
}

/** Columns of a picture of rows of `width` values, brought to as many rows as there are windows: whole rows at a time, as they lie. */
function resampleDown(
  source: Float32Array,
  target: Float32Array,
  windows: readonly Window[],
  width: number,
): void {
  const sums = new Float64Array(width);
  for (const [index, { first, weights }] of windows.entries()) {
    sums.fill(0);
    for (const [tap, weight] of weights.entries()) {
      const start = (first + tap) * width;
      for (let column = 0; column < width; column += 1) {
        sums[column] = (sums[column] as number) + weight * (source[start + column] as number);
      }
    }
    target.set(sums, index * width);
  }
}

/**
 * A picture at another size: along rows first, then along columns, in floating point throughout.
 *
 * @param spare gives an array of a length for what stands between the two, whatever is in it
 * @throws RangeError for a size that is no whole number of at least 1
 */
export function resize(
  planes: Planes,
  width: number,
  height: number,
  method: ResizeMethod,
  spare: (length: number) => Float32Array = (length) => new Float32Array(length),
): Planes {
  if (![width, height].every((side) => Number.isInteger(side) && side >= 1)) {
    throw new RangeError(`cannot resize to ${width}×${height}`);
  }
  if (planes.width < 1 || planes.height < 1) throw new RangeError('cannot resize an empty picture');
  const across = spare(3 * planes.height * width);
  resampleAcross(planes.data, across, windowsOf(method, planes.width, width), planes.width);
  const data = new Float32Array(3 * height * width);
  const downwards = windowsOf(method, planes.height, height);
  for (let channel = 0; channel < 3; channel += 1) {
    resampleDown(
      across.subarray(channel * planes.height * width, (channel + 1) * planes.height * width),
      data.subarray(channel * height * width, (channel + 1) * height * width),
      downwards,
      width,
    );
  }
  return { width, height, data };
}
