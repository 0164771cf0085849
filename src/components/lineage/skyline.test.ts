import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { longestPath } from '../../engine/graph/depth.ts';
import { lower } from '../../engine/graph/lower.ts';
import { placeSkyline, skylineBars, skylineScale } from './skyline.ts';

const barsOf = (id: string) => {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(id);
  return skylineBars(longestPath(lower(architecture)));
};

describe('a skyline', () => {
  it('is a network’s longest path in order', () => {
    expect(barsOf('lenet5').map(({ category, height }) => [category, height])).toEqual([
      ['convolution', 28],
      ['pooling', 14],
      ['convolution', 10],
      ['pooling', 5],
      ['linear', 1],
      ['linear', 1],
      ['linear', 1],
    ]);
  });

  it('fits with all others at one scale, as long as the root of its layers', () => {
    const skylines = [...architectures.keys()].map(barsOf);
    const scale = skylineScale(skylines, { length: 120, height: 40 });
    const placed = skylines.map((bars) => ({ bars, ...placeSkyline(bars, scale) }));
    expect(Math.max(...placed.map(({ length }) => length))).toBeCloseTo(120, 9);
    for (const { bars, length, paths } of placed) {
      expect(length).toBeCloseTo(scale.length * Math.sqrt(bars.length), 9);
      const tops = paths.flatMap(({ d }) => [...d.matchAll(/V(-[\d.]+)/g)].map(([, top]) => -Number(top)));
      expect(tops).toHaveLength(bars.length);
      expect(Math.max(...tops)).toBeLessThanOrEqual(40.01);
    }
  });
});
