import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Crop, centredCrop, type Extent, fitCrop, LEAST_SIDE, moveCrop, scaleCrop } from './crop.ts';

const arbitraryExtent: fc.Arbitrary<Extent> = fc.record({
  width: fc.integer({ min: 1, max: 2000 }),
  height: fc.integer({ min: 1, max: 2000 }),
});
const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -5000, max: 5000 }));

const expectWithin = ({ x, y, side }: Crop, { width, height }: Extent): void => {
  expect([x, y, side].every(Number.isInteger)).toBe(true);
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(x + side).toBeLessThanOrEqual(width);
  expect(y + side).toBeLessThanOrEqual(height);
  expect(side).toBeGreaterThanOrEqual(Math.min(LEAST_SIDE, width, height));
};

describe('a crop', () => {
  it('begins as the largest square around the middle', () => {
    expect(centredCrop({ width: 640, height: 480 })).toEqual({ x: 80, y: 0, side: 480 });
    expect(centredCrop({ width: 3, height: 9 })).toEqual({ x: 0, y: 3, side: 3 });
  });

  it('stays whole pixels within the picture, whatever is asked of it', () => {
    fc.assert(
      fc.property(arbitraryExtent, anyNumber, anyNumber, anyNumber, (extent, x, y, side) => {
        const crop = fitCrop({ x, y, side }, extent);
        expectWithin(crop, extent);
        expectWithin(moveCrop(crop, x, y, extent), extent);
        expectWithin(scaleCrop(crop, side, extent, { x, y }), extent);
        expect(fitCrop(crop, extent)).toEqual(crop);
      }),
    );
  });

  it('moves back to where it was, unless an edge was in the way', () => {
    const extent = { width: 100, height: 80 };
    const crop = { x: 20, y: 20, side: 30 };
    expect(moveCrop(moveCrop(crop, 7, -5, extent), -7, 5, extent)).toEqual(crop);
    expect(moveCrop(crop, 500, 500, extent)).toEqual({ x: 70, y: 50, side: 30 });
  });

  it('keeps the point around which it is scaled where it was, to half a pixel and a rounding', () => {
    const extent = { width: 1000, height: 800 };
    const crop = { x: 200, y: 200, side: 300 };
    const about = { x: 275, y: 425 };
    const scaled = scaleCrop(crop, 0.5, extent, about);
    expect(scaled.side).toBe(150);
    expect((about.x - scaled.x) / scaled.side).toBeCloseTo((about.x - crop.x) / crop.side, 2);
    expect((about.y - scaled.y) / scaled.side).toBeCloseTo((about.y - crop.y) / crop.side, 2);
  });
});
