import type { OpName } from '../spec/types.ts';
import { type Graph, INPUT } from './types.ts';

/** Consecutive channels of a tensor that one node made. */
export interface Segment {
  /** Id of the node, or `input`. */
  readonly origin: string;
  readonly channels: number;
  /**
   * Place among the parts of the concatenation that first took these channels in; null for channels that no
   * concatenation has added: a tensor of one piece, or the one that a dense layer appends to.
   */
  readonly place: number | null;
}

/** Operators that answer each channel from the same channel of their one input. */
const keepsChannels: ReadonlySet<OpName> = new Set([
  'MaxPool',
  'AveragePool',
  'GlobalAveragePool',
  'AdaptiveAveragePool',
  'BatchNormalization',
  'LRN',
  'Relu',
  'Tanh',
  'Sigmoid',
  'Dropout',
  'StochasticDepth',
  'Identity',
]);

const known = new WeakMap<Graph, Map<string, readonly Segment[]>>();

/**
 * The channels of a tensor by the nodes that made them, first channel first: followed through concatenations, nested
 * ones too, and through operators that work channel by channel (pooling, normalisation, activation, dropout).
 *
 * @param id of a node, or `input`
 * @throws RangeError for an unknown id
 */
export function segmentsOf(graph: Graph, id: string): readonly Segment[] {
  const inGraph = known.get(graph) ?? new Map<string, readonly Segment[]>();
  known.set(graph, inGraph);
  const done = inGraph.get(id);
  if (done) return done;
  const segments = computeSegments(graph, id);
  inGraph.set(id, segments);
  return segments;
}

function computeSegments(graph: Graph, id: string): readonly Segment[] {
  if (id === INPUT) return [{ origin: INPUT, channels: graph.input[0] ?? 0, place: null }];
  const node = graph.nodeById.get(id);
  if (!node) throw new RangeError(`${graph.id} has no node "${id}"`);
  const [first] = node.inputs;
  if (first !== undefined && keepsChannels.has(node.op)) return segmentsOf(graph, first);
  if (node.op !== 'Concat') return [{ origin: id, channels: node.shape[0] ?? 0, place: null }];
  const passed = graph.groups.get(node.group)?.input;
  let place = 0;
  return node.inputs.flatMap((input) =>
    segmentsOf(graph, input).map((segment) => {
      const own = input === passed ? null : place;
      place += 1;
      return segment.place === null ? { ...segment, place: own } : segment;
    }),
  );
}
