import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOcclusionMap, occlude, occlusionPlaces, strongestPlace } from './occlusion.ts';

const plans = fc
  .record({
    height: fc.integer({ min: 1, max: 24 }),
    width: fc.integer({ min: 1, max: 24 }),
    patch: fc.integer({ min: 1, max: 12 }),
    stride: fc.integer({ min: 1, max: 12 }),
  })
  .filter(({ patch, stride }) => stride <= patch);

describe('occlusion', () => {
  it('covers every pixel, never leaves the picture, and visits no place twice', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const places = occlusionPlaces(plan);
        const covered = new Set<number>();
        for (const { y, x, height, width } of places) {
          expect(y + height).toBeLessThanOrEqual(plan.height);
          expect(x + width).toBeLessThanOrEqual(plan.width);
          for (let row = y; row < y + height; row += 1) {
            for (let column = x; column < x + width; column += 1) covered.add(row * plan.width + column);
          }
        }
        expect(covered.size).toBe(plan.height * plan.width);
        expect(new Set(places.map(({ y, x }) => `${y} ${x}`)).size).toBe(places.length);
      }),
    );
  });

  it('finds where a made-up network looks', () => {
    const plan = { height: 8, width: 8, patch: 2, stride: 1 };
    // The “network” reads the pixel at (5, 2) of the second channel alone.
    const input = new Float32Array(128).fill(0.5);
    input[64 + 5 * 8 + 2] = 1;
    const probability = (values: Float32Array) => values[64 + 5 * 8 + 2] ?? 0;
    const map = createOcclusionMap(plan);
    for (const place of occlusionPlaces(plan)) {
      map.add(place, probability(input) - probability(occlude(input, plan, [place], [0, 0.25])));
    }
    const values = map.values();
    expect(strongestPlace(values, 8)).toEqual({ y: 5, x: 2, value: 0.75 });
    // Of the four squares over the pixel beside it two cover the one that counts.
    expect(values[5 * 8 + 3]).toBeCloseTo(0.375, 6);
    expect(values[0]).toBe(0);
  });

  it('leaves the picture itself as it is, and fills each channel of each copy with its own value', () => {
    const plan = { height: 2, width: 3, patch: 2, stride: 1 };
    const input = new Float32Array(12).fill(9);
    const places = [1, 0].map((x) => ({ y: 0, x, height: 2, width: 2 }));
    expect([...occlude(input, plan, places, [1, 2])]).toEqual([
      ...[9, 1, 1, 9, 1, 1, 9, 2, 2, 9, 2, 2],
      ...[1, 1, 9, 1, 1, 9, 2, 2, 9, 2, 2, 9],
    ]);
    expect(input.every((value) => value === 9)).toBe(true);
  });

  it('has no value where no square has been, and refuses gaps', () => {
    const map = createOcclusionMap({ height: 2, width: 2, patch: 1, stride: 1 });
    expect(strongestPlace(map.values(), 2)).toBeNull();
    map.add({ y: 1, x: 1, height: 1, width: 1 }, -0.25);
    expect([...map.values()]).toEqual([Number.NaN, Number.NaN, Number.NaN, -0.25]);
    expect(strongestPlace(map.values(), 2)).toEqual({ y: 1, x: 1, value: -0.25 });
    expect(() => occlusionPlaces({ height: 8, width: 8, patch: 2, stride: 3 })).toThrow(/gaps/);
  });
});
