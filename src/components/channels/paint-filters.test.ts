import { describe, expect, it } from 'vitest';
import { paintColourFilters } from './paint-filters.ts';

describe('filters as pictures', () => {
  it('are grey where a weight is 0, on one scale for all', () => {
    // Two filters of 1×2: red falls from full to none; then half of green.
    const weights = Float32Array.of(2, -2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
    const [first, second] = paintColourFilters(weights, 2);
    expect([...(first ?? [])]).toEqual([255, 128, 128, 255, 0, 128, 128, 255]);
    expect([...(second ?? [])].map((value) => Math.round(value / 8))).toEqual([
      16, 24, 16, 32, 16, 16, 16, 32,
    ]);
  });

  it('are all grey where there is nothing but zeros', () => {
    expect(paintColourFilters(new Float32Array(3), 1)).toHaveLength(1);
    expect([...(paintColourFilters(new Float32Array(3), 1)[0] ?? [])]).toEqual([128, 128, 128, 255]);
  });
});
