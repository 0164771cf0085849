import type { RuntimeClient } from '../../engine/runtime/client.ts';
import { medianOf } from '../../engine/runtime/layer-times.ts';

/** What some runs took, in milliseconds. */
export interface TimedRuns {
  readonly runs: number;
  readonly median: number;
  /** The middle half of them lies between these. */
  readonly quartiles: readonly [lower: number, upper: number];
  readonly fastest: number;
}

/** Figures of some times. @throws RangeError of none */
export function summariseRuns(times: readonly number[]): TimedRuns {
  const sorted = [...times].sort((a, b) => a - b);
  const [fastest] = sorted;
  if (fastest === undefined) throw new RangeError('no times');
  const half = sorted.length >> 1;
  return {
    runs: sorted.length,
    median: medianOf(sorted),
    quartiles: [
      medianOf(half > 0 ? sorted.slice(0, half) : sorted),
      medianOf(half > 0 ? sorted.slice(-half) : sorted),
    ],
    fastest,
  };
}

/** Runs that a median is taken of at least. */
const FEWEST = 3;

/**
 * Times steady runs: the network's output alone is asked for, one run after the other, behind whatever else is asked.
 *
 * @param options.warming runs before those that count
 * @param options.mostMs time after which three runs are enough
 * @throws RuntimeError, or the signal's reason once it is aborted
 */
export async function timeRuns(
  client: RuntimeClient,
  input: Float32Array,
  output: string,
  {
    runs,
    warming,
    mostMs = Number.POSITIVE_INFINITY,
    signal,
    onRun = () => {},
  }: {
    readonly runs: number;
    readonly warming: number;
    readonly mostMs?: number;
    readonly signal: AbortSignal;
    readonly onRun?: (runs: number) => void;
  },
): Promise<TimedRuns> {
  const times: number[] = [];
  const start = performance.now();
  for (let run = 0; run < warming + runs; run += 1) {
    const outcome = await client.run(input, [output], { signal, inBackground: true });
    if (outcome.status !== 'done' || run < warming) continue;
    times.push(outcome.runMs);
    onRun(times.length);
    if (times.length >= FEWEST && performance.now() - start > mostMs) break;
  }
  return summariseRuns(times);
}
