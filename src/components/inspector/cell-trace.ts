import { contextOf, type Graph, type GraphNode, shapeOf } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Cell, CellArithmetic, Context, FloatArray } from '../../engine/ops/types.ts';
import { asImage, offsetOf, sizeOf } from '../../engine/ops/window.ts';
import type { OpName } from '../../engine/spec/types.ts';

/** One operator's part in the making of an output cell. */
export interface CellStep {
  readonly node: GraphNode;
  readonly cell: Cell;
  readonly arithmetic: CellArithmetic;
}

/** Operators that turn one cell into the cell at the same place, so that a unit's arithmetic goes on in one line. */
const samePlace: ReadonlySet<OpName> = new Set([
  'Relu',
  'Tanh',
  'Sigmoid',
  'Dropout',
  'Identity',
  'BatchNormalization',
  'LRN',
] as const);

/**
 * The nodes of a unit from the one that reads other cells (Conv, Gemm, a pool) to the given one; of a node that
 * stands alone, itself. Empty for an unknown id.
 */
export function chainTo(graph: Graph, id: string): readonly GraphNode[] {
  const chain: GraphNode[] = [];
  let node = graph.nodeById.get(id);
  while (node) {
    chain.unshift(node);
    if (!samePlace.has(node.op)) break;
    const before: GraphNode | undefined = graph.nodeById.get(node.inputs[0] ?? '');
    node = before?.group === node.group && before.group !== '' ? before : undefined;
  }
  return chain;
}

/**
 * The arithmetic of an output cell of the last node of a chain, step by step, in double precision.
 *
 * What a node in the middle returned is used where it is known and worked out where it is not.
 *
 * @param tensors weights by full name, `conv1/conv.weight`
 * @param activations outputs by node id, and the picture as `input`
 * @returns null where a weight or the input of the first node is missing, or where the cell is outside the output
 */
export function traceCell(
  graph: Graph,
  chain: readonly GraphNode[],
  cell: Cell,
  tensors: ReadonlyMap<string, FloatArray>,
  activations: ReadonlyMap<string, FloatArray>,
): readonly CellStep[] | null {
  const last = chain.at(-1);
  if (!last || !isInside(last, cell)) return null;
  // What an operator without rules computes is not known.
  if (chain.some(({ op }) => op === 'Opaque')) return null;
  const own = chain.map((node) => tensorsOf(node, tensors));
  if (own.includes(null)) return null;

  const stepAt = (index: number, at: Cell): CellStep | null => {
    const node = chain[index];
    const mine = own[index];
    if (!node || !mine) return null;
    const operator = operatorOf(node.op);
    const context = contextOf(node);
    const known = node.inputs.map((id) => usable(graph, id, activations));
    if (known.every((values) => values !== null)) {
      return { node, cell: at, arithmetic: operator.arithmetic(context, known, mine, at) };
    }
    if (index === 0) return null;
    // Nothing returned the tensor before this one: the cells it reads are worked out, in a column one cell wide.
    const [channels] = asImage(node.shape);
    const column = new Float64Array(channels);
    for (const { channels: read } of operator.reads(context, at)) {
      for (const channel of read) {
        const before = stepAt(index - 1, [channel, at[1], at[2]]);
        if (!before) return null;
        column[channel] = before.arithmetic.result;
      }
    }
    const narrow: Context<OpName> = { ...context, inputs: [[channels, 1, 1]], output: [channels, 1, 1] };
    const arithmetic = operator.arithmetic(narrow, [column], mine, [at[0], 0, 0]);
    const terms = arithmetic.terms.map((term) => ({ ...term, cell: [term.cell[0], at[1], at[2]] as const }));
    return { node, cell: at, arithmetic: { ...arithmetic, terms } };
  };

  const steps = chain.map((_, index) => stepAt(index, cell));
  return steps.every((step) => step !== null) ? steps : null;
}

/** An activation of the right length, or null. */
function usable(graph: Graph, id: string, activations: ReadonlyMap<string, FloatArray>): FloatArray | null {
  const values = activations.get(id);
  return values && values.length === sizeOf(shapeOf(graph, id)) ? values : null;
}

/** A node's tensors by their short names, or null if one is missing. */
function tensorsOf(
  node: GraphNode,
  tensors: ReadonlyMap<string, FloatArray>,
): Readonly<Record<string, FloatArray>> | null {
  const found: Record<string, FloatArray> = {};
  for (const { name, shape } of operatorOf(node.op).tensors(contextOf(node))) {
    const values = tensors.get(`${node.id}.${name}`);
    if (!values || values.length !== sizeOf(shape)) return null;
    found[name] = values;
  }
  return found;
}

/** What was returned for a cell of a node, or null where its output was not asked for. */
export function returnedValue(
  node: GraphNode,
  cell: Cell,
  activations: ReadonlyMap<string, FloatArray>,
): number | null {
  return activations.get(node.id)?.[offsetOf(node.shape, cell)] ?? null;
}

/** Whether a cell lies in a node's output. */
export function isInside(node: GraphNode, cell: Cell): boolean {
  const extents = asImage(node.shape);
  return cell.every((at, axis) => Number.isInteger(at) && at >= 0 && at < (extents[axis] ?? 1));
}

/** The cell next to one along channel (0), row (1) or column (2), kept inside the output. */
export function stepCell(node: GraphNode, cell: Cell, axis: 0 | 1 | 2, by: number): Cell {
  const extents = asImage(node.shape);
  const moved: [number, number, number] = [...cell];
  moved[axis] = Math.min(extents[axis] - 1, Math.max(0, moved[axis] + by));
  return moved;
}

/** Whether two results of the same arithmetic agree to single precision: within 10⁻⁵, relative to large values. */
export const agrees = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
