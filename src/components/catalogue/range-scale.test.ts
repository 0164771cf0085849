import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBins, decadeStops, positionOf, valueStops } from './range-scale.ts';

const counts = fc.array(fc.integer({ min: 1, max: 200_000_000 }), { minLength: 1, maxLength: 40 });

describe('the scale of a range', () => {
  it('has stops that enclose every value', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const { stops } = decadeStops(values);
        expect(stops[0]).toBeLessThanOrEqual(Math.min(...values));
        expect(stops.at(-1)).toBeGreaterThanOrEqual(Math.max(...values));
      }),
    );
    expect(decadeStops([61_706, 138_357_544]).stops).toEqual([
      50_000, 100_000, 200_000, 500_000, 1e6, 2e6, 5e6, 10e6, 20e6, 50e6, 100e6, 200e6,
    ]);
    expect(valueStops([2016, 1998, 2016]).stops).toEqual([1998, 2016]);
  });

  it('places larger values further on, and counts each once', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const scale = decadeStops(values);
        const sorted = [...values].sort((a, b) => a - b).map((value) => positionOf(value, scale));
        expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
        expect(countBins(values, scale).reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
    );
  });
});
