/** The places that a range may begin and end at, ascending, and how many bins lie between two of them. */
export interface RangeScale {
  readonly stops: readonly number[];
  readonly bins: number;
}

/** Stops 1, 2, 5 times each power of ten that enclose some values. */
export function decadeStops(values: readonly number[]): RangeScale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const all = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power += 1) {
    for (const digit of [1, 2, 5]) all.push(digit * 10 ** power);
  }
  const first = Math.max(
    0,
    all.findLastIndex((stop) => stop <= least),
  );
  const last = all.findIndex((stop) => stop >= most);
  return { stops: all.slice(first, last + 1), bins: 3 };
}

/** Every value that occurs is a stop. */
export const valueStops = (values: readonly number[]): RangeScale => ({
  stops: [...new Set(values)].sort((a, b) => a - b),
  bins: 1,
});

/** Where a value lies among the stops, from 0 to the last; between two stops by its logarithm. */
export function positionOf(value: number, { stops }: RangeScale): number {
  const after = stops.findIndex((stop) => stop >= value);
  if (after < 0) return stops.length - 1;
  const [low, high] = [stops[after - 1], stops[after]];
  if (low === undefined || high === undefined || high === value) return after;
  return after - 1 + Math.log(value / low) / Math.log(high / low);
}

/** How many of some values lie in each bin of a scale, first to last. */
export function countBins(values: readonly number[], scale: RangeScale): readonly number[] {
  const counts = new Array<number>((scale.stops.length - 1) * scale.bins + 1).fill(0);
  for (const value of values) {
    const bin = Math.round(positionOf(value, scale) * scale.bins);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
