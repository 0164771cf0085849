import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { operatorOf } from '../ops/index.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import { averagePool, conv } from '../spec/layers.ts';
import type { Architecture, Series, Spec } from '../spec/types.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { uniformGenerator } from '../weights/seeded.ts';
import { lower } from './lower.ts';
import { receptiveFields } from './receptive-field.ts';
import { contextOf, type Graph, INPUT } from './types.ts';

/** Input positions that a cell reads, found by following its reads back through the graph; padding counts. */
function positionsSeen(graph: Graph, id: string, row: number, column: number) {
  const rows = new Set<number>();
  const columns = new Set<number>();
  const visited = new Set<string>();
  const visit = (tensor: string, y: number, x: number): void => {
    const key = `${tensor} ${y} ${x}`;
    if (visited.has(key)) return;
    visited.add(key);
    const node = graph.nodeById.get(tensor);
    if (!node) {
      rows.add(y);
      columns.add(x);
      return;
    }
    for (const reads of operatorOf(node.op).reads(contextOf(node), [0, y, x])) {
      for (const from of reads.rows) {
        for (const to of reads.columns) visit(node.inputs[reads.input] ?? INPUT, from, to);
      }
    }
  };
  visit(id, row, column);
  return { rows: [...rows], columns: [...columns] };
}

const made = (layers: Series, extent: number): Architecture => ({
  id: 'made',
  title: 'Made',
  source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
  input: [1, extent, extent],
  layers,
});

describe('the receptive field', () => {
  it('is what following the reads back finds, over all paths, for networks of any structure', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower(architecture);
        const fields = receptiveFields(graph);
        for (const node of graph.nodes.slice(-3)) {
          const field = fields.get(node.id);
          // Concat reads one branch a channel; the others are followed through the nodes before it.
          if (graph.nodes.slice(0, node.index + 1).some(({ op }) => op === 'Concat')) continue;
          const first = positionsSeen(graph, node.id, 0, 0);
          const second = positionsSeen(graph, node.id, 1, 1);
          for (const axis of [0, 1] as const) {
            const at = axis === 0 ? first.rows : first.columns;
            const next = axis === 0 ? second.rows : second.columns;
            expect(field?.start[axis]).toBe(Math.min(...at));
            expect(field?.size[axis]).toBe(Math.max(...at) - Math.min(...at) + 1);
            expect(field?.jump[axis]).toBe(Math.min(...next) - Math.min(...at));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is the box of the input pixels that change an output when they change', () => {
    const layer: fc.Arbitrary<Spec> = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }))
        .map(([kernel, stride, dilation]) =>
          conv(1, [kernel, 2], { stride: [stride, 1], dilation: [dilation, 1] }),
        ),
      fc.integer({ min: 1, max: 3 }).map((kernel) => averagePool(kernel, { stride: 1 })),
    );
    const extent = 13;
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 4 }), fc.nat(), (layers, seed) => {
        const series = Object.fromEntries(layers.map((spec, index) => [`l${index}`, spec])) as Series;
        const graph = lower(made(series, extent));
        fc.pre(!graph.problem);
        const next = uniformGenerator(seed);
        const tensors = new Map(
          tensorsOf(graph).map(({ name, size }) => [
            name,
            Float64Array.from({ length: size }, () => 0.1 + next()),
          ]),
        );
        const last = graph.nodes.at(-1)?.id ?? INPUT;
        const run = (input: Float64Array) => evaluateGraph(graph, tensors, input).get(last)?.[0];
        const blank = run(new Float64Array(extent * extent));
        const rows = new Set<number>();
        const columns = new Set<number>();
        for (let pixel = 0; pixel < extent * extent; pixel += 1) {
          const input = new Float64Array(extent * extent);
          input[pixel] = 1;
          if (run(input) === blank) continue;
          rows.add(Math.floor(pixel / extent));
          columns.add(pixel % extent);
        }
        const box = (set: Set<number>) => [Math.min(...set), Math.max(...set) - Math.min(...set) + 1];
        const field = receptiveFields(graph).get(last);
        expect(box(rows)).toEqual([field?.start[0], field?.size[0]]);
        expect(box(columns)).toEqual([field?.start[1], field?.size[1]]);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['vgg16', 'stage5/conv3/conv', 196, 16, -90],
    ['vgg16', 'stage5/pool', 212, 32, -90],
    ['alexnet', 'pool5', 195, 32, -64],
    ['lenet5', 'pool2', 16, 4, 0],
  ] as const)('of %s at %s is as published: %i pixels, jump %i', (id, node, size, jump, start) => {
    const architecture = architectures.get(id);
    if (!architecture) throw new RangeError(id);
    expect(receptiveFields(lower(architecture)).get(node)).toEqual({
      size: [size, size],
      jump: [jump, jump],
      start: [start, start],
    });
  });

  it('of a fully connected layer is at least the whole input', () => {
    for (const architecture of architectures.values()) {
      const graph = lower(architecture);
      const fields = receptiveFields(graph);
      for (const { id, op } of graph.nodes) {
        if (op !== 'Gemm') continue;
        expect(fields.get(id)?.size[0]).toBeGreaterThanOrEqual(architecture.input[1] ?? 0);
      }
    }
  });
});
