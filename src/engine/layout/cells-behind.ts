import { contextOf, type Graph, INPUT, shapeOf } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { Cell } from '../ops/types.ts';
import { asImage, range } from '../ops/window.ts';
import type { Shape } from '../spec/types.ts';

/** Cells of one tensor: every combination of the channels, rows and columns; all inside the tensor, ascending. */
export interface CellBlock {
  readonly channels: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

type Axes = readonly [channels: Set<number>, rows: Set<number>, columns: Set<number>];

const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

const isWhole = ([channels, rows, columns]: Axes, shape: Shape): boolean => {
  const [c, h, w] = asImage(shape);
  return channels.size === c && rows.size === h && columns.size === w;
};

/**
 * All cells that stand behind one output cell, by tensor id, back to the input: the windows of the operators composed
 * along every path. Padding is left out. Where a Flatten mixes the axes, the smallest block around the cells is given.
 *
 * @param until a tensor behind which nobody asks: what stands before it is not worked out
 * @throws RangeError for an unknown node
 */
export function cellsBehind(
  graph: Graph,
  id: string,
  cell: Cell,
  until: string = INPUT,
): ReadonlyMap<string, CellBlock> {
  const end = graph.nodeById.get(id);
  if (!end) throw new RangeError(`${graph.id} has no node "${id}"`);
  const first = (graph.nodeById.get(until)?.index ?? -1) + 1;
  const blocks = new Map<string, Axes>([[id, [new Set([cell[0]]), new Set([cell[1]]), new Set([cell[2]])]]]);
  for (let index = end.index; index >= first; index -= 1) {
    const node = graph.nodes[index];
    const block = node && blocks.get(node.id);
    if (!node || !block) continue;
    const [channels, rows, columns] = block.map(ascending);
    const [c0 = 0, r0 = 0, w0 = 0] = [channels?.[0], rows?.[0], columns?.[0]];
    const operator = operatorOf(node.op);
    const context = contextOf(node);
    // All of a list of features reads all of its input; asking each feature would cost their product.
    const whole = node.shape.length === 1 && node.op !== 'Concat' && isWhole(block, node.shape);
    // An operator's window factors into its axes, so one line along each is enough.
    const cells: Cell[] = whole
      ? []
      : [
          ...(channels ?? []).map((channel): Cell => [channel, r0, w0]),
          ...(rows ?? []).slice(1).map((row): Cell => [c0, row, w0]),
          ...(columns ?? []).slice(1).map((column): Cell => [c0, r0, column]),
        ];
    const add = (tensor: string, read: CellBlock): void => {
      const [depth, height, width] = asImage(shapeOf(graph, tensor));
      const axes = blocks.get(tensor) ?? ([new Set(), new Set(), new Set()] as const);
      blocks.set(tensor, axes);
      for (const channel of read.channels) if (channel >= 0 && channel < depth) axes[0].add(channel);
      for (const row of read.rows) if (row >= 0 && row < height) axes[1].add(row);
      for (const column of read.columns) if (column >= 0 && column < width) axes[2].add(column);
    };
    if (whole) {
      for (const tensor of node.inputs) {
        const [depth, height, width] = asImage(shapeOf(graph, tensor));
        add(tensor, { channels: range(depth), rows: range(height), columns: range(width) });
      }
    }
    for (const at of cells) {
      for (const read of operator.reads(context, at)) {
        const tensor = node.inputs[read.input];
        if (tensor !== undefined) add(tensor, read);
      }
    }
  }
  return new Map(
    [...blocks]
      .filter(([tensor]) => tensor === INPUT || graph.nodeById.has(tensor))
      .map(([tensor, [channels, rows, columns]]) => [
        tensor,
        { channels: ascending(channels), rows: ascending(rows), columns: ascending(columns) },
      ]),
  );
}
