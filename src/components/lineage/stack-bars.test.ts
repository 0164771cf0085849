import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import { stackBars } from './stack-bars.ts';

const stackOf = (id: string) => {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(id);
  const graph = lower(architecture);
  const costs = computeCosts(graph);
  return { bars: stackBars(graph, costs), parameters: costs.total.parameters };
};

describe('a stack', () => {
  it('is a network’s convolutions, poolings and fully connected layers in order', () => {
    const { bars } = stackOf('lenet5');
    expect(bars.map(({ category, shape }) => [category, ...shape])).toEqual([
      ['convolution', 6, 28, 28],
      ['pooling', 6, 14, 14],
      ['convolution', 16, 10, 10],
      ['pooling', 16, 5, 5],
      ['linear', 120],
      ['linear', 84],
      ['linear', 10],
    ]);
  });

  it('holds every parameter of its network, batch normalisation included', () => {
    for (const id of architectures.keys()) {
      const { bars, parameters } = stackOf(id);
      expect(
        bars.reduce((sum, bar) => sum + bar.parameters, 0),
        id,
      ).toBe(parameters);
    }
  }, 30_000);

  it('ends before the layer that does not fit', () => {
    const { bars } = stackOf('zfnet-lecture');
    expect(bars).toHaveLength(8);
    expect(bars.at(-1)?.shape).toEqual([256, 5, 5]);
  });
});
