import { describe, expect, it } from 'vitest';
import type { PictureStep } from '../../../engine/runtime/preprocess/picture.ts';
import { coverOf } from './cover.ts';

const steps: readonly PictureStep[] = [
  { step: 'crop', x: 3, y: 4, width: 20, height: 20 },
  { step: 'resize', width: 8, height: 8, method: 'triangle' },
  { step: 'scale', factor: 1 / 255 },
  { step: 'normalise', mean: [0.5, 0.4, 0.3], std: [0.25, 0.25, 0.5] },
  { step: 'order', order: 'BGR' },
];

describe('the colour of the square that covers', () => {
  it('goes the picture’s own way: scaled, normalised, and in the network’s order of channels', () => {
    const [blue = 0, green = 0, red = 0] = coverOf(steps);
    expect(red).toBeCloseTo((128 / 255 - 0.5) / 0.25, 5);
    expect(green).toBeCloseTo((128 / 255 - 0.4) / 0.25, 5);
    expect(blue).toBeCloseTo((128 / 255 - 0.3) / 0.5, 5);
  });

  it('is one value for a network that reads grey, and stays grey where a step is broken', () => {
    expect(
      coverOf([
        { step: 'scale', factor: 1 },
        { step: 'order', order: 'grey' },
      ]),
    ).toHaveLength(1);
    expect(coverOf([{ step: 'scale', factor: 1 }])).toEqual([128, 128, 128]);
  });
});
