import { describe, expect, it } from 'vitest';
import { volumeOf } from './volume.ts';

describe('a volume', () => {
  it('is twice as high for four times the rows, and grows by one step of thickness for twice the channels', () => {
    const small = volumeOf([64, 56, 56]);
    const large = volumeOf([128, 224, 224]);
    expect(large.height).toBeCloseTo(2 * small.height, 10);
    expect(large.right).toBeCloseTo(2 * small.right, 10);
    expect(large.thickness - small.thickness).toBeCloseTo(2.4, 10);
  });

  it('of an image that is not square keeps height and width apart', () => {
    const { height, right } = volumeOf([3, 64, 256]);
    expect(height).toBeCloseTo(8 * 8, 10);
    expect(right / height).toBeCloseTo(0.32 * 2, 10);
  });

  it('of a list of features is a column, as is that of a 1×1 image', () => {
    expect(volumeOf([4096])).toEqual(volumeOf([4096, 1, 1]));
    expect(volumeOf([4096]).kind).toBe('column');
    expect(volumeOf([4096]).height).toBe(120);
    expect(volumeOf([1]).height).toBeGreaterThan(0);
  });
});
