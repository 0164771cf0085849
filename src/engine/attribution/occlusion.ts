import type { FloatArray } from '../ops/types.ts';

/** A square that is moved over a picture. */
export interface OcclusionPlan {
  readonly height: number;
  readonly width: number;
  /** Side of the square in pixels. */
  readonly patch: number;
  /** Pixels from one place to the next. */
  readonly stride: number;
}

/** One place of the square: its upper left pixel, and its extent within the picture. */
export interface OcclusionPlace {
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

/** Where a square begins along one side, so that every pixel is covered: the last place ends at the edge. */
function startsAlong(extent: number, patch: number, stride: number): readonly number[] {
  if (patch >= extent) return [0];
  const starts: number[] = [];
  for (let start = 0; start + patch < extent; start += stride) starts.push(start);
  starts.push(extent - patch);
  return starts;
}

/**
 * The places of the square, row by row; together they cover every pixel.
 *
 * @throws RangeError unless the numbers are whole and positive, and the stride no longer than the square
 */
export function occlusionPlaces({ height, width, patch, stride }: OcclusionPlan): readonly OcclusionPlace[] {
  if (![height, width, patch, stride].every((value) => Number.isInteger(value) && value > 0)) {
    throw new RangeError('a square has whole, positive numbers');
  }
  if (stride > patch) throw new RangeError(`a stride of ${stride} leaves gaps between squares of ${patch}`);
  const across = startsAlong(width, patch, stride);
  return startsAlong(height, patch, stride).flatMap((y) =>
    across.map((x) => ({ y, x, height: Math.min(patch, height), width: Math.min(patch, width) })),
  );
}

/**
 * A network's input, `[channels, height, width]`, once for each place with that place covered by one value a channel:
 * copies one behind the other, `[places, channels, height, width]`.
 */
export function occlude(
  input: Float32Array,
  { height, width }: OcclusionPlan,
  places: readonly OcclusionPlace[],
  fill: readonly number[],
): Float32Array {
  const covered = new Float32Array(places.length * input.length);
  const size = height * width;
  for (const [copy, place] of places.entries()) {
    covered.set(input, copy * input.length);
    for (let channel = 0; channel * size < input.length; channel += 1) {
      const value = fill[channel] ?? 0;
      for (let row = place.y; row < place.y + place.height; row += 1) {
        const start = copy * input.length + channel * size + row * width + place.x;
        covered.fill(value, start, start + place.width);
      }
    }
  }
  return covered;
}

/** A map of drops that grows by one place at a time. */
export interface OcclusionMap {
  /** Adds how far the class's probability fell with a place covered. */
  add(place: OcclusionPlace, drop: number): void;
  /** At each pixel `[height, width]` the mean drop of the squares that covered it; NaN where none has yet. */
  values(): Float32Array;
}

/** Begins a map of drops (Zeiler and Fergus 2013, figure 7). */
export function createOcclusionMap({ height, width }: OcclusionPlan): OcclusionMap {
  const sums = new Float64Array(height * width);
  const counts = new Uint32Array(height * width);
  return {
    add(place, drop) {
      for (let row = place.y; row < place.y + place.height; row += 1) {
        for (let at = row * width + place.x; at < row * width + place.x + place.width; at += 1) {
          sums[at] = (sums[at] ?? 0) + drop;
          counts[at] = (counts[at] ?? 0) + 1;
        }
      }
    },
    values: () => Float32Array.from(sums, (sum, at) => sum / (counts[at] ?? 0)),
  };
}

/** The strongest of a map's values: where it is, and how much. Null of a map with no value yet. */
export function strongestPlace(
  values: FloatArray,
  width: number,
): { readonly y: number; readonly x: number; readonly value: number } | null {
  let best = -1;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isNaN(value) && (best < 0 || value > (values[best] ?? 0))) best = at;
  }
  return best < 0 ? null : { y: Math.floor(best / width), x: best % width, value: values[best] ?? 0 };
}
