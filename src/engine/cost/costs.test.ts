import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import type { Architecture } from '../spec/types.ts';
import { computeCosts, costsOf, flopsOf } from './costs.ts';

const costs = (id: string) => computeCosts(lower(architectures.get(id) as Architecture));

describe('costs', () => {
  it('count the MACs of convolutions and fully connected layers alone', () => {
    const { byNode, byGroup } = costs('lenet5');
    expect([...byNode].filter(([, { macs }]) => macs > 0).map(([id, { macs }]) => [id, macs])).toEqual([
      ['conv1/conv', 117_600],
      ['conv2/conv', 240_000],
      ['fc1/fc', 48_000],
      ['fc2/fc', 10_080],
      ['fc3', 840],
    ]);
    expect(byGroup.get('conv1')?.macs).toBe(117_600);
  });

  it('count as FLOPs two for a MAC, bias additions, and every other operator', () => {
    const { byNode } = costs('lenet5');
    expect(byNode.get('conv1/conv')?.flops).toBe(2 * 117_600 + 4_704);
    expect(byNode.get('pool1')?.flops).toBe(6 * 14 * 14 * 3);
    expect(byNode.get('flatten')?.flops).toBe(0);
    // Ten exponentials and divisions; the largest found in nine and taken from ten; nine additions.
    expect(byNode.get('softmax')?.flops).toBe(10 + 10 + 9 + 10 + 9);
    expect(flopsOf({ multiplyAccumulate: 3, add: 1, multiply: 1, compare: 1, divide: 1, exponent: 1 })).toBe(
      11,
    );
  });

  it('list running statistics apart from the parameters', () => {
    const bn = costs('vgg11-bn').byNode.get('stage1/conv1/bn');
    expect(bn).toMatchObject({ parameters: 128, buffers: 128 });
    expect(costs('vgg11').total.buffers).toBe(0);
  });

  it('of an unknown layer are nothing', () => {
    expect(costsOf(costs('lenet5'), 'conv9')).toMatchObject({
      parameters: 0,
      macs: 0,
      flops: 0,
      activations: 0,
    });
  });
});
