import { describe, expect, it } from 'vitest';
import { RunClock } from './run-clock.ts';

describe('a run clock', () => {
  it('has no median before the first run', () => {
    expect(new RunClock().median).toBeNull();
  });

  it('gives the median of even and odd numbers of runs', () => {
    const clock = new RunClock();
    for (const [time, median] of [
      [5, 5],
      [1, 3],
      [100, 5],
    ] as const) {
      clock.record(time);
      expect(clock.median).toBe(median);
    }
    expect(clock.runs).toBe(3);
  });

  it('forgets what is long past', () => {
    const clock = new RunClock();
    for (let run = 0; run < 31; run += 1) clock.record(1000);
    for (let run = 0; run < 31; run += 1) clock.record(2);
    expect(clock.median).toBe(2);
    expect(clock.runs).toBe(62);
  });
});
