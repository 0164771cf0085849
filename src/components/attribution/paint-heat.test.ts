import { describe, expect, it } from 'vitest';
import { paintGrey, paintHeat } from './paint-heat.ts';

const colours = { negative: '#ff0000', positive: '#0000ff' };

describe('a map over a picture', () => {
  it('has the colour of the sign, as dense as the value is large', () => {
    const pixels = paintHeat([-2, 0, 1, 8], 4, 0.5, colours);
    expect([...pixels.slice(0, 4)]).toEqual([255, 0, 0, 64]);
    expect(pixels[7]).toBe(0);
    expect([...pixels.slice(8, 12)]).toEqual([0, 0, 255, 32]);
    // Beyond the peak there is no more than the full colour.
    expect(pixels[15]).toBe(128);
  });

  it('leaves out what has no value, and everything where the largest is 0', () => {
    expect([...paintHeat([Number.NaN], 1, 1, colours)]).toEqual([0, 0, 0, 0]);
    expect([...paintHeat([1], 0, 1, colours)]).toEqual([0, 0, 0, 0]);
  });

  it('lies over the picture’s grey', () => {
    const data = Uint8ClampedArray.of(255, 0, 0, 255, 10, 10, 10, 0);
    expect([...paintGrey({ width: 2, height: 1, data })]).toEqual([76, 76, 76, 255, 10, 10, 10, 255]);
  });
});
