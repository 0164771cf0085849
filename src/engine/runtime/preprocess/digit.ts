import { isUsablePoint, type PathPoint, padSize, type Stroke, smoothStroke, strokeLength } from './stroke.ts';

/** A single-channel picture, row by row from the top; values 0 (paper) to 1 (ink). */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A rectangle of whole pixels: its left and top pixel and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What is unusual about a drawing: `dot` (hardly more than one touch of the pen), `scribble` (ink nearly
 * everywhere), `off-pad` (strokes left the pad and were clipped at its edge).
 */
export type DigitWarning = 'dot' | 'scribble' | 'off-pad';

/** A drawing with each step of MNIST's preprocessing, or the fact that it holds no ink. */
export type PreparedDigit =
  | { readonly status: 'empty'; readonly warnings: readonly DigitWarning[] }
  | {
      readonly status: 'ok';
      /** The drawing as rasterised. */
      readonly image: GreyImage;
      /** The ink's bounding box in `image`. */
      readonly ink: Box;
      /** The box resampled so that its longer side is 20 pixels. */
      readonly fitted: GreyImage;
      /** Where `fitted` lies in `centred`. */
      readonly placed: Box;
      /** 28×28, centre of mass within half a pixel of (14.5, 14.5) unless the ink would leave the picture. */
      readonly centred: GreyImage;
      /** 32×32: `centred` with 2 pixels of paper on each side. */
      readonly padded: GreyImage;
      readonly warnings: readonly DigitWarning[];
    };

/** How a model wants its input: (value · scale − mean) / std. */
export interface Normalisation {
  readonly mean: number;
  readonly std: number;
  readonly scale: number;
}

const fittedSize = 20;
const centredSize = 28;
/**
 * MNIST's centre, in pixels from the left and top edge: the middle of pixel (14, 14), not the corner where the
 * four middle pixels meet. The test set's images all have their centre of mass within half a pixel of it.
 */
const centredMass = 14.5;
const paddedSize = 32;
const defaultResolution = 280;
/** The faintest value an 8-bit picture can hold, as MNIST's do: whatever has it belongs to the ink's box. */
const inkThreshold = 1 / 256;

/** Draws one tapered, round-ended segment (in pixels) into the picture, keeping the darker of old and new. */
function drawSegment(image: GreyImage, openPixels: Int32Array, a: PathPoint, b: PathPoint): void {
  const { width, height, data } = image;
  const reach = Math.max(a.radius, b.radius) + 0.5;
  const top = Math.max(Math.floor(Math.min(a.y, b.y) - reach), 0);
  const bottom = Math.min(Math.ceil(Math.max(a.y, b.y) + reach), height);
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const lengthSquared = dx * dx + dy * dy;
  const perLength = lengthSquared > 0 ? 1 / lengthSquared : 0;
  const taper = b.radius - a.radius;
  for (let row = top; row < bottom; row += 1) {
    if (openPixels[row] === 0) continue;
    const y = row + 0.5;
    // Only the part of the segment within `reach` above or below this row can touch its pixels.
    let from = 0;
    let to = 1;
    if (dy !== 0) {
      const one = (y - reach - a.y) / dy;
      const other = (y + reach - a.y) / dy;
      from = Math.max(Math.min(one, other), 0);
      to = Math.min(Math.max(one, other), 1);
      if (from > to) continue;
    }
    const xFrom = a.x + dx * from;
    const xTo = a.x + dx * to;
    const left = Math.max(Math.floor(Math.min(xFrom, xTo) - reach), 0);
    const right = Math.min(Math.ceil(Math.max(xFrom, xTo) + reach), width);
    for (let column = left; column < right; column += 1) {
      const index = row * width + column;
      const old = data[index] ?? 1;
      if (old === 1) continue;
      const px = column + 0.5 - a.x;
      const py = y - a.y;
      const t = Math.min(Math.max((px * dx + py * dy) * perLength, 0), 1);
      const ex = px - dx * t;
      const ey = py - dy * t;
      const outer = a.radius + taper * t + 0.5;
      const distanceSquared = ex * ex + ey * ey;
      if (distanceSquared >= outer * outer) continue;
      const coverage = Math.min(outer - Math.sqrt(distanceSquared), 1);
      if (coverage <= old) continue;
      data[index] = coverage;
      if (coverage === 1) openPixels[row] = (openPixels[row] ?? 0) - 1;
    }
  }
}

/**
 * Renders strokes on a pad of `size` units into a `resolution`×`resolution` picture, ink 1 on paper 0.
 *
 * A pixel's value is clamp(r − d + ½), with d the distance in pixels from its centre to the smoothed stroke
 * and r the pen's radius there, so that the picture depends on no browser's canvas. Unusable points are
 * dropped, ink outside the pad is clipped. Throws a RangeError unless `size` is positive and `resolution` a
 * positive integer.
 */
export function rasterise(strokes: readonly Stroke[], size: number, resolution: number): GreyImage {
  if (!(size > 0 && Number.isFinite(size))) throw new RangeError(`pad size ${size} is not positive`);
  if (!(Number.isInteger(resolution) && resolution > 0)) {
    throw new RangeError(`resolution ${resolution} is not a positive integer`);
  }
  const image = { width: resolution, height: resolution, data: new Float32Array(resolution * resolution) };
  // Rows that are all ink are skipped, which keeps a scribble of a hundred thousand points quick.
  const openPixels = new Int32Array(resolution).fill(resolution);
  const scale = resolution / size;
  for (const stroke of strokes) {
    let last: PathPoint | undefined;
    for (const point of smoothStroke(stroke)) {
      const next = { x: point.x * scale, y: point.y * scale, radius: point.radius * scale };
      if (last !== undefined) drawSegment(image, openPixels, last, next);
      else drawSegment(image, openPixels, next, next);
      last = next;
    }
  }
  return image;
}

function findInk(image: GreyImage): Box | undefined {
  let left = image.width;
  let right = -1;
  let top = image.height;
  let bottom = -1;
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      if ((image.data[y * image.width + x] ?? 0) < inkThreshold) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

interface Tap {
  readonly index: number;
  readonly weight: number;
}

/**
 * For each of `count` output pixels, the source pixels under it and their weights: exact areas when shrinking,
 * linear interpolation when enlarging. Taps outside the source fall on paper and are left out.
 */
function resamplingTaps(start: number, step: number, count: number, length: number): Tap[][] {
  return Array.from({ length: count }, (_, i) => {
    const taps: Tap[] = [];
    const add = (index: number, weight: number) => {
      if (index >= 0 && index < length && weight > 0) taps.push({ index, weight });
    };
    if (step >= 1) {
      const from = start + i * step;
      const to = from + step;
      for (let index = Math.floor(from); index < to; index += 1) {
        add(index, (Math.min(index + 1, to) - Math.max(index, from)) / step);
      }
    } else {
      const centre = start + (i + 0.5) * step - 0.5;
      const index = Math.floor(centre);
      add(index, 1 - (centre - index));
      add(index + 1, centre - index);
    }
    return taps;
  });
}

/** Resamples the ink's box so that its longer side is 20 pixels, one scale for both axes, the shorter centred. */
function fitInk(image: GreyImage, ink: Box): GreyImage {
  const step = Math.max(ink.width, ink.height) / fittedSize;
  const width = Math.max(Math.ceil(ink.width / step - 1e-9), 1);
  const height = Math.max(Math.ceil(ink.height / step - 1e-9), 1);
  const columns = resamplingTaps(ink.x - (width * step - ink.width) / 2, step, width, image.width);
  const rows = resamplingTaps(ink.y - (height * step - ink.height) / 2, step, height, image.height);
  const narrowed = new Float64Array(image.height * width);
  for (const row of new Set(rows.flat().map((tap) => tap.index))) {
    columns.forEach((taps, x) => {
      let sum = 0;
      for (const { index, weight } of taps) sum += weight * (image.data[row * image.width + index] ?? 0);
      narrowed[row * width + x] = sum;
    });
  }
  const data = new Float32Array(width * height);
  rows.forEach((taps, y) => {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (const { index, weight } of taps) sum += weight * (narrowed[index * width + x] ?? 0);
      data[y * width + x] = Math.min(sum, 1);
    }
  });
  return { width, height, data };
}

/**
 * The centre of mass of a picture's ink in pixels from its left and top edge (the first pixel's centre is
 * 0.5); the picture's middle if it holds no ink.
 */
export function centreOfMass(image: GreyImage): { readonly x: number; readonly y: number } {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const value = image.data[y * image.width + x] ?? 0;
      mass += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
    }
  }
  return mass > 0 ? { x: sumX / mass, y: sumY / mass } : { x: image.width / 2, y: image.height / 2 };
}

function place(image: GreyImage, size: number, left: number, top: number): GreyImage {
  const data = new Float32Array(size * size);
  for (let y = 0; y < image.height; y += 1) {
    data.set(image.data.subarray(y * image.width, (y + 1) * image.width), (top + y) * size + left);
  }
  return { width: size, height: size, data };
}

/** Ink in the box as a share of the box's area. */
function inkShare(image: GreyImage, ink: Box): number {
  let sum = 0;
  for (let y = ink.y; y < ink.y + ink.height; y += 1) {
    for (let x = ink.x; x < ink.x + ink.width; x += 1) sum += image.data[y * image.width + x] ?? 0;
  }
  return sum / (ink.width * ink.height);
}

function inspectInk(image: GreyImage, ink: Box): readonly DigitWarning[] {
  const longer = Math.max(ink.width, ink.height) / Math.max(image.width, image.height);
  const shorter = Math.min(ink.width, ink.height) / Math.max(image.width, image.height);
  const share = inkShare(image, ink);
  // A disc fills π/4 = 0.79 of its box; the smallest legible 0 or 8 fills less. A 1 may fill all of its own.
  if (longer < 0.06 || (share > 0.62 && longer < 0.15 && shorter > 0.6 * longer)) return ['dot'];
  if (share > 0.66 && shorter > 0.3) return ['scribble'];
  return [];
}

/**
 * MNIST's own preprocessing (LeCun et al. 1998, §III-A), each step kept for showing: the ink's bounding box is
 * scaled, aspect kept, until its longer side is 20 pixels; it is placed in 28×28 so that its centre of mass is
 * within half a pixel of the middle of pixel (14, 14), where MNIST has it, moved by whole pixels and never past
 * the edge; 2 pixels of zeros on each side make 32×32.
 */
export function prepareDigit(image: GreyImage): PreparedDigit {
  const ink = findInk(image);
  if (ink === undefined) return { status: 'empty', warnings: [] };
  const fitted = fitInk(image, ink);
  const mass = centreOfMass(fitted);
  const shift = (centre: number, extent: number) =>
    Math.min(Math.max(Math.round(centredMass - centre), 0), centredSize - extent);
  const placed = {
    x: shift(mass.x, fitted.width),
    y: shift(mass.y, fitted.height),
    width: fitted.width,
    height: fitted.height,
  };
  const centred = place(fitted, centredSize, placed.x, placed.y);
  const margin = (paddedSize - centredSize) / 2;
  const padded = place(centred, paddedSize, margin, margin);
  return {
    status: 'ok',
    image,
    ink,
    fitted,
    placed,
    centred,
    padded,
    warnings: inspectInk(image, ink),
  };
}

/** The longer side, in pad units, of the box around the pen's positions: however thick the pen, a touch has none. */
function measureExtent(strokes: readonly Stroke[]): number {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { points } of strokes) {
    for (const point of points) {
      if (!isUsablePoint(point)) continue;
      left = Math.min(left, point.x);
      right = Math.max(right, point.x);
      top = Math.min(top, point.y);
      bottom = Math.max(bottom, point.y);
    }
  }
  return Math.max(right - left, bottom - top);
}

/**
 * Rasterises strokes on the 280-unit pad (at `resolution` pixels a side, 280 unless told) and prepares them,
 * adding the warnings that only the strokes can tell: ink clipped at the pad's edge, a touch of a thick pen, and
 * a line so long for its extent that it is a scribble.
 */
export function prepareDrawing(strokes: readonly Stroke[], resolution = defaultResolution): PreparedDigit {
  const prepared = prepareDigit(rasterise(strokes, padSize, resolution));
  const isOutside = (value: number) => value < 0 || value > padSize;
  const leavesPad = strokes.some(({ points }) =>
    points.some((point) => isUsablePoint(point) && (isOutside(point.x) || isOutside(point.y))),
  );
  const clipped: readonly DigitWarning[] = leavesPad ? ['off-pad'] : [];
  if (prepared.status === 'empty') return { ...prepared, warnings: clipped };
  const unit = padSize / resolution;
  const diagonal = Math.hypot(prepared.ink.width, prepared.ink.height) * unit;
  const length = strokes.reduce((sum, stroke) => sum + strokeLength(stroke), 0);
  const isTouch = measureExtent(strokes) < 0.05 * padSize;
  const isTangle = !leavesPad && length > 10 * diagonal && diagonal > 0.3 * padSize;
  const warnings = new Set<DigitWarning>(prepared.warnings);
  if (isTouch) warnings.add('dot');
  else if (isTangle) warnings.add('scribble');
  return { ...prepared, warnings: [...warnings, ...clipped] };
}

/**
 * The network's input [1, height, width] from a picture: (value · scale − mean) / std, row by row. Throws a
 * RangeError if a figure is not finite or `std` is zero.
 */
export function normalise(image: GreyImage, { mean, std, scale }: Normalisation): Float32Array {
  if (!(Number.isFinite(mean) && Number.isFinite(scale) && Number.isFinite(std) && std !== 0)) {
    throw new RangeError(`cannot normalise with mean ${mean}, std ${std}, scale ${scale}`);
  }
  return Float32Array.from(image.data, (value) => (value * scale - mean) / std);
}
