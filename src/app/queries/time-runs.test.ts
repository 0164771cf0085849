import { describe, expect, it } from 'vitest';
import type { RuntimeClient } from '../../engine/runtime/client.ts';
import { summariseRuns, timeRuns } from './time-runs.ts';

describe('timed runs', () => {
  it('are told by their median, the middle half, and the fastest', () => {
    expect(summariseRuns([9, 1, 2, 3, 4])).toEqual({ runs: 5, median: 3, quartiles: [1.5, 6.5], fastest: 1 });
    expect(summariseRuns([2])).toEqual({ runs: 1, median: 2, quartiles: [2, 2], fastest: 2 });
    expect(() => summariseRuns([])).toThrow(RangeError);
  });

  it('do not count those that warm up, and ask for one output behind everything else', async () => {
    const asked: unknown[] = [];
    const client = {
      run: (_: Float32Array, wanted: readonly string[], options: object) => {
        asked.push([wanted, options]);
        return Promise.resolve({ status: 'done', outputs: new Map(), runMs: 100 / asked.length });
      },
    } as unknown as RuntimeClient;
    const { signal } = new AbortController();
    const seen: number[] = [];
    const timed = await timeRuns(client, Float32Array.of(1), 'y', {
      ...{ runs: 3, warming: 2, signal },
      onRun: (runs) => seen.push(runs),
    });
    expect(asked).toHaveLength(5);
    expect(asked[0]).toEqual([['y'], { signal, inBackground: true }]);
    expect(timed).toMatchObject({ runs: 3, median: 25, fastest: 20 });
    expect(seen).toEqual([1, 2, 3]);
  });
});
