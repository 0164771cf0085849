import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import { stackBars } from './stack-bars.ts';
import { commonScale, placeStack } from './stack-scale.ts';

const stackOf = (id: string) => {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(id);
  const graph = lower(architecture);
  const costs = computeCosts(graph);
  return { bars: stackBars(graph, costs), parameters: costs.total.parameters };
};

const room = { width: 400, height: 60, depth: 30 };

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
  });

  it('ends before the layer that does not fit', () => {
    const { bars } = stackOf('zfnet-lecture');
    expect(bars).toHaveLength(8);
    expect(bars.at(-1)?.shape).toEqual([256, 5, 5]);
  });

  it('fits with all others at one scale: the tallest layer takes the height, the heaviest the depth', () => {
    const stacks = [...architectures.keys()].map((id) => stackOf(id).bars);
    const scale = commonScale(stacks, room);
    const placed = stacks.map((stack) => placeStack(stack, scale));
    expect(Math.max(...placed.map(({ width }) => width))).toBeLessThanOrEqual(room.width + 1e-9);
    expect(Math.max(...placed.map(({ height }) => height))).toBeCloseTo(room.height, 9);
    expect(Math.max(...placed.map(({ depth }) => depth))).toBeCloseTo(room.depth, 9);
  });

  it('draws a layer four times as high as another twice as tall', () => {
    const scale = commonScale([stackOf('vgg16').bars], room);
    const { bars } = placeStack(stackOf('vgg16').bars, scale);
    const at = (height: number) => bars.find(({ bar }) => bar.height === height)?.height ?? 0;
    expect(at(224) / at(56)).toBeCloseTo(2, 9);
  });
});
