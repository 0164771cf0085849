import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../graph/problem.ts';
import type { Rounding } from '../spec/types.ts';
import { countWindows, dilated, windowReads } from './window.ts';

/** Slides a window over an axis cell by cell and counts the places where it may stand. */
function slideByHand(
  extent: number,
  kernel: number,
  stride: number,
  before: number,
  after: number,
  rounding: Rounding,
): number {
  let places = 0;
  let uncovered = true;
  for (let start = -before; uncovered; start += stride) {
    const end = start + kernel;
    const isInside = end <= extent + after;
    // Rounding up lets one window hang over the edge, by less than a stride, if it begins on the image.
    const hangs = rounding === 'ceil' && start < extent && end - (extent + after) < stride;
    if (!isInside && !hangs) break;
    places += 1;
    uncovered = end < extent + after;
  }
  return places;
}

describe('the number of windows', () => {
  it('equals sliding one by hand, for any extent, kernel, stride, padding, dilation and rounding', () => {
    const small = (least: number, most: number) => fc.integer({ min: least, max: most });
    fc.assert(
      fc.property(
        small(1, 30),
        small(1, 7),
        small(1, 9),
        small(0, 6),
        small(0, 6),
        small(1, 3),
        fc.constantFrom<Rounding>('floor', 'ceil'),
        (extent, kernel, stride, before, after, dilation, rounding) => {
          const reach = dilated(kernel, dilation);
          // As poolings have it: no window lies in the padding after the image alone.
          fc.pre(rounding === 'floor' || (before < reach && after < reach));
          const count = () => countWindows('height', extent, reach, stride, before, after, rounding);
          const places = slideByHand(extent, reach, stride, before, after, rounding);
          if (places === 0) expect(count).toThrow(ShapeError);
          else expect(count()).toBe(places);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    [227, 11, 4, 0, 'floor', 55],
    [224, 11, 4, 2, 'floor', 55],
    [110, 3, 2, 0, 'floor', 54],
    [110, 3, 2, 0, 'ceil', 55],
    [32, 5, 1, 0, 'floor', 28],
    [5, 1, 3, 1, 'ceil', 2],
    [1, 2, 2, 0, 'ceil', 1],
    [2, 3, 2, 0, 'ceil', 1],
  ] as const)(
    'of %i cells, kernel %i, stride %i, padding %i, %s, is %i',
    (extent, kernel, stride, padding, rounding, count) => {
      expect(countWindows('width', extent, kernel, stride, padding, padding, rounding)).toBe(count);
    },
  );
});

describe('a window larger than the image', () => {
  it.each([
    [2, 3, 2, 'floor'],
    [1, 3, 2, 'ceil'],
    [2, 3, 1, 'ceil'],
  ] as const)('does not fit in %i cells: kernel %i, stride %i, %s', (extent, kernel, stride, rounding) => {
    expect(() => countWindows('width', extent, kernel, stride, 0, 0, rounding)).toThrow(ShapeError);
  });
});

describe('a window with holes', () => {
  it('reads as many cells as its kernel, spread over its dilated extent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), (kernel, dilation) => {
        const { rows } = windowReads(
          { kernel: [kernel, 1], stride: [2, 1], padding: [1, 0, 0, 0] },
          [0, 3, 0],
          [dilation, 1],
        );
        expect(rows.length).toBe(kernel);
        expect(rows[0]).toBe(5);
        expect((rows.at(-1) ?? 0) - 5 + 1).toBe(dilated(kernel, dilation));
      }),
    );
  });
});
