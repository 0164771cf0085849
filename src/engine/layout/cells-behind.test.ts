import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { contextOf, type Graph, INPUT } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { Cell } from '../ops/types.ts';
import { asImage } from '../ops/window.ts';
import { conv, convRelu, image, lrn, maxPool, residual } from '../spec/layers.ts';
import type { Architecture } from '../spec/types.ts';
import { cellsBehind } from './cells-behind.ts';

/** Every single cell behind a cell, one read at a time. */
function walk(graph: Graph, id: string, cell: Cell): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>();
  const visit = (tensor: string, at: Cell): void => {
    const cells = seen.get(tensor) ?? new Set<string>();
    seen.set(tensor, cells);
    if (cells.has(at.join())) return;
    cells.add(at.join());
    const node = graph.nodeById.get(tensor);
    if (!node) return;
    for (const { input, channels, rows, columns } of operatorOf(node.op).reads(contextOf(node), at)) {
      const [depth, height, width] = asImage(node.inputShapes[input] ?? []);
      for (const channel of channels)
        for (const row of rows)
          for (const column of columns)
            if (channel < depth && row >= 0 && row < height && column >= 0 && column < width)
              visit(node.inputs[input] ?? '', [channel, row, column]);
    }
  };
  visit(id, cell);
  return seen;
}

function expectSame(graph: Graph, id: string, cell: Cell): void {
  const blocks = cellsBehind(graph, id, cell);
  for (const [tensor, cells] of walk(graph, id, cell)) {
    const block = blocks.get(tensor);
    const all = (block?.channels ?? []).flatMap((channel) =>
      (block?.rows ?? []).flatMap((row) =>
        (block?.columns ?? []).map((column) => `${channel},${row},${column}`),
      ),
    );
    expect(new Set(all), `${tensor} behind ${id} ${cell}`).toEqual(cells);
    // Asked for one tensor alone, what stands before it is left out, and it is the same.
    if (tensor !== id) expect(cellsBehind(graph, id, cell, tensor).get(tensor)).toEqual(block);
  }
}

const lenet = lower(architectures.get('lenet5') as Architecture);
const lenet1998 = lower(architectures.get('lenet5-1998') as Architecture);

describe('the cells behind a cell', () => {
  it('are the 5×5 windows of all six maps, and 14×14 pixels of the input, for conv2 of LeNet-5', () => {
    const behind = cellsBehind(lenet, 'conv2/tanh', [4, 3, 6]);
    expect(behind.get('pool1')).toEqual({
      channels: [0, 1, 2, 3, 4, 5],
      rows: [3, 4, 5, 6, 7],
      columns: [6, 7, 8, 9, 10],
    });
    expect(behind.get(INPUT)?.rows).toEqual(Array.from({ length: 14 }, (_, index) => 6 + index));
  });

  it('follow Table I of the 1998 paper', () => {
    expect(cellsBehind(lenet1998, 'c3/tanh', [9, 0, 0]).get('s2/tanh')?.channels).toEqual([0, 3, 4, 5]);
  });

  it('equal a walk cell by cell through LeNet-5 and its first form', () => {
    const convolutions = fc.constantFrom(
      [lenet, 'conv2/tanh', 16, 10] as const,
      [lenet, 'pool2', 16, 5] as const,
      [lenet1998, 'c3/tanh', 16, 10] as const,
      [lenet1998, 's4/tanh', 16, 5] as const,
    );
    fc.assert(
      fc.property(
        convolutions,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        ([graph, id, channels, extent], c, row, column) => {
          expectSame(graph, id, [c % channels, row % extent, column % extent]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('equal a walk through padding, groups, dilation, overlapping pools, neighbouring channels and a shortcut', () => {
    const graph = lower({
      id: 'made',
      title: 'Made',
      source: { paper: '', where: '', year: 2000, authors: '' },
      input: image(4, 12),
      layers: {
        conv1: conv(8, 3, { padding: 1, groups: 2 }),
        norm: lrn({ size: 3, alpha: 1e-4, beta: 0.75, bias: 2 }),
        wide: conv(8, 3, { padding: 2, dilation: 2, groups: 4 }),
        pool: maxPool(3, { stride: 2 }),
        block: residual({ body: { conv: convRelu(8, 3, { groups: 8 }) } }),
      },
    });
    for (const cell of [
      [0, 0, 0],
      [7, 4, 4],
      [3, 2, 1],
    ] as const) {
      expectSame(graph, 'pool', cell);
      const blocks = cellsBehind(graph, 'block/add', cell);
      for (const [tensor, cells] of walk(graph, 'block/add', cell)) {
        const block = blocks.get(tensor);
        for (const each of cells) {
          const [channel = -1, row = -1, column = -1] = each.split(',').map(Number);
          expect(block?.channels).toContain(channel);
          expect(block?.rows).toContain(row);
          expect(block?.columns).toContain(column);
        }
      }
    }
  });

  it('are all of the image for a fully connected layer, at once even in VGG-16', () => {
    const vgg = lower(architectures.get('vgg16') as Architecture);
    const behind = cellsBehind(vgg, 'fc8', [3, 0, 0]);
    expect(behind.get('fc7/dropout')?.channels).toHaveLength(4096);
    expect(behind.get('flatten')?.channels).toHaveLength(25088);
    expect(behind.get('stage5/pool')?.rows).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(behind.get(INPUT)?.rows).toHaveLength(224);
  });

  it('refuses an unknown node', () => {
    expect(() => cellsBehind(lenet, 'conv9', [0, 0, 0])).toThrow(RangeError);
  });
});
