import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summariseRuns } from './statistics.ts';

describe('times of runs', () => {
  it('have their median and quartiles between the least and the most, in whatever order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 1e5, noNaN: true }), { minLength: 1 }), (times) => {
        const { runs, median, quartiles, least, most } = summariseRuns(times);
        expect(runs).toBe(times.length);
        expect(least).toBe(Math.min(...times));
        expect(most).toBe(Math.max(...times));
        const order = [least, quartiles[0], median, quartiles[1], most];
        for (const [index, value] of order.entries()) {
          expect(value).toBeGreaterThanOrEqual((order[index - 1] ?? 0) - 1e-9);
        }
        const below = times.filter((time) => time < median).length;
        const above = times.filter((time) => time > median).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(times.length / 2);
      }),
    );
  });

  it('tell a device that slows down', () => {
    expect(summariseRuns([10, 10, 10, 11, 12, 13, 15, 15, 15]).drift).toBeCloseTo(1.5);
    expect(summariseRuns([10, 20]).drift).toBe(1);
    expect(() => summariseRuns([])).toThrow(RangeError);
  });

  it('are those of a known example', () => {
    expect(summariseRuns([4, 1, 3, 2])).toMatchObject({ median: 2.5, quartiles: [1.75, 3.25] });
  });
});
