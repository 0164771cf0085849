import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import {
  batchNorm,
  branches,
  conv,
  convRelu,
  dropout,
  image,
  maxPool,
  relu,
  repeat,
  residual,
} from '../spec/layers.ts';
import type { Series } from '../spec/types.ts';
import { lower } from './lower.ts';
import { segmentsOf } from './origins.ts';
import { INPUT } from './types.ts';

const made = (layers: Series) =>
  lower({
    id: 'made',
    title: 'Made',
    source: { paper: '', where: '', year: 2000, authors: '' },
    input: image(8, 16),
    layers,
  });

const short = (graph: ReturnType<typeof made>, id: string) =>
  segmentsOf(graph, id).map(({ origin, channels, place }) => [origin, channels, place]);

const denseLayer = (growth: number) =>
  branches('Concat', {
    through: {},
    layer: { bn: batchNorm(), relu: relu(), conv: conv(growth, 3, { padding: 1 }) },
  });

describe('the origins of a tensor’s channels', () => {
  it('are one node for what a convolution or a sum makes', () => {
    const graph = made({ conv: conv(4, 1), block: residual({ body: convRelu(4, 1) }) });
    expect(short(graph, INPUT)).toEqual([[INPUT, 8, null]]);
    expect(short(graph, 'conv')).toEqual([['conv', 4, null]]);
    expect(short(graph, 'block/add')).toEqual([['block/add', 4, null]]);
  });

  it('are a concatenation’s branches in order, through what works channel by channel', () => {
    const graph = made({
      mixed: branches('Concat', {
        one: convRelu(4, 1),
        two: { reduce: convRelu(2, 1), conv: convRelu(6, 3) },
        pool: { pool: maxPool(3, { stride: 1, padding: 1 }), proj: conv(3, 1) },
      }),
      after: { bn: batchNorm(), relu: relu(), pool: maxPool(2), dropout: dropout() },
    });
    const parts = [
      ['mixed/one/conv', 4, 0],
      ['mixed/two/conv/conv', 6, 1],
      ['mixed/pool/proj', 3, 2],
    ];
    expect(short(graph, 'mixed/concat')).toEqual(parts);
    expect(short(graph, 'after/dropout')).toEqual(parts);
  });

  it('are in a dense block the channels that came in and those of each layer, in their places', () => {
    const graph = made({ ...repeat('layer', 3, () => denseLayer(5)), transition: conv(7, 1) } as Series);
    expect(short(graph, 'layer3/concat')).toEqual([
      [INPUT, 8, null],
      ['layer1/layer/conv', 5, 1],
      ['layer2/layer/conv', 5, 2],
      ['layer3/layer/conv', 5, 3],
    ]);
    expect(short(graph, 'transition')).toEqual([['transition', 7, null]]);
  });

  it('add up to the channels of every tensor of any network', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower(architecture);
        for (const { id, shape } of graph.nodes) {
          const segments = segmentsOf(graph, id);
          expect(segments.reduce((sum, { channels }) => sum + channels, 0)).toBe(shape[0]);
        }
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('are refused for a tensor that there is not', () => {
    expect(() => segmentsOf(made({ conv: conv(4, 1) }), 'nothing')).toThrow(RangeError);
  });
});
