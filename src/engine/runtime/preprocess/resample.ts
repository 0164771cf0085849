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

/** Resamples rows of `from` values, which lie `step` apart, `count` rows `pitch` apart. */
function resampleAxis(
  source: Float32Array,
  target: Float32Array,
  windows: readonly Window[],
  rows: {
    readonly count: number;
    readonly pitch: number;
    readonly targetPitch: number;
    readonly step: number;
  },
): void {
  const { count, pitch, targetPitch, step } = rows;
  for (let row = 0; row < count; row += 1) {
    const from = row * pitch;
    const to = row * targetPitch;
    for (let index = 0; index < windows.length; index += 1) {
      const window = windows[index];
      if (!window) continue;
      const { first, weights } = window;
      let sum = 0;
      let place = from + first * step;
      for (let tap = 0; tap < weights.length; tap += 1, place += step) {
        sum += (weights[tap] ?? 0) * (source[place] ?? 0);
      }
      target[to + index * step] = sum;
    }
  }
}

/**
 * A picture at another size: along rows first, then along columns, in floating point throughout.
 *
 * @throws RangeError for a size that is no whole number of at least 1
 */
export function resize(planes: Planes, width: number, height: number, method: ResizeMethod): Planes {
  if (![width, height].every((side) => Number.isInteger(side) && side >= 1)) {
    throw new RangeError(`cannot resize to ${width}×${height}`);
  }
  if (planes.width < 1 || planes.height < 1) throw new RangeError('cannot resize an empty picture');
  const across = new Float32Array(3 * planes.height * width);
  resampleAxis(planes.data, across, windowsOf(method, planes.width, width), {
    count: 3 * planes.height,
    pitch: planes.width,
    targetPitch: width,
    step: 1,
  });
  const data = new Float32Array(3 * height * width);
  const downwards = windowsOf(method, planes.height, height);
  for (let channel = 0; channel < 3; channel += 1) {
    resampleAxis(
      across.subarray(channel * planes.height * width, (channel + 1) * planes.height * width),
      data.subarray(channel * height * width, (channel + 1) * height * width),
      downwards,
      { count: width, pitch: 1, targetPitch: 1, step: width },
    );
  }
  return { width, height, data };
}
