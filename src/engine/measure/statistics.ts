/** Times of equal runs in a row, summed up; all in the unit of the times. */
export interface RunStatistics {
  readonly runs: number;
  readonly median: number;
  /** A quarter of the runs took less than the first, a quarter more than the second. */
  readonly quartiles: readonly [lower: number, upper: number];
  readonly least: number;
  readonly most: number;
  /**
   * The median of the last third over that of the first: above 1 where the device slowed down while it ran, as one does
   * that grows hot. 1 for fewer than {@link LEAST_FOR_DRIFT} runs.
   */
  readonly drift: number;
}

/** With fewer runs than this a third of them says nothing. */
export const LEAST_FOR_DRIFT = 9;

/** The value below which a share of sorted values lie, between neighbours by their distance (Hyndman and Fan 1996, type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

const medianOf = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** Sums up the times of runs in the order in which they ran. @throws RangeError for none */
export function summariseRuns(times: readonly number[]): RunStatistics {
  if (times.length === 0) throw new RangeError('no runs to sum up');
  const sorted = [...times].sort((a, b) => a - b);
  const third = Math.floor(times.length / 3);
  return {
    runs: times.length,
    median: quantile(sorted, 0.5),
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
    drift:
      times.length < LEAST_FOR_DRIFT ? 1 : medianOf(times.slice(-third)) / medianOf(times.slice(0, third)),
  };
}
