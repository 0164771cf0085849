import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatchSize } from './batch-size.ts';

/** The sizes that are asked for where a run of some images takes what a function says. */
function sizesFor(
  msOf: (images: number) => number,
  { most = 16, mostMs = 100, runs = 16 } = {},
): readonly number[] {
  const batch = createBatchSize({ most, mostMs });
  return Array.from({ length: runs }, () => {
    const { size } = batch;
    batch.record(size, msOf(size));
    return size;
  });
}

describe('a batch', () => {
  it('doubles while that saves time, up to what fits', () => {
    expect(sizesFor((images) => 1 + images / 8)).toEqual([
      1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 16, 16, 16, 16, 16, 16,
    ]);
    expect(sizesFor((images) => 1 + images / 8, { most: 7, runs: 8 })).toEqual([1, 1, 2, 2, 4, 4, 4, 4]);
  });

  it('stays one image where more take as long, and goes back to the size that was quickest', () => {
    expect(sizesFor((images) => 10 * images, { runs: 6 })).toEqual([1, 1, 2, 2, 1, 1]);
    expect(sizesFor((images) => (images > 2 ? 5 * images : 4 + images), { runs: 8 })).toEqual([
      1, 1, 2, 2, 4, 4, 2, 2,
    ]);
  });

  it('never takes longer than a run may, by what the runs before took', () => {
    expect(sizesFor((images) => 20 + 20 * images, { mostMs: 130, runs: 8 })).toEqual([
      1, 1, 2, 2, 4, 4, 4, 4,
    ]);
    expect(sizesFor(() => 200, { runs: 4 })).toEqual([1, 1, 1, 1]);
  });

  it('forgives one slow run of each size, and is not misled by runs of a rest', () => {
    const batch = createBatchSize({ most: 4, mostMs: 1000 });
    for (const [images, ms] of [
      [1, 50],
      [1, 10],
      [1, 10],
      [2, 90],
      [2, 12],
    ] as const) {
      batch.record(images, ms);
    }
    expect(batch.size).toBe(4);
    batch.record(3, 1);
    expect(batch.size).toBe(4);
    batch.giveUp();
    batch.record(1, 1);
    batch.record(1, 1);
    expect(batch.size).toBe(1);
  });

  it('is always between one image and the most', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (times, most) => {
          const batch = createBatchSize({ most, mostMs: 100 });
          for (const ms of times) {
            batch.record(batch.size, ms);
            expect(batch.size).toBeGreaterThanOrEqual(1);
            expect(batch.size).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
  });
});
