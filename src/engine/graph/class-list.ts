import type { Graph } from './types.ts';

/**
 * How many classes an output of this shape tells apart; null where it is no list of them.
 *
 * @param numbers what the wiring says of them: one sigmoid by itself tells yes from no
 */
export function classesOf(shape: readonly number[], numbers: ClassNumbers | null = null): number | null {
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (size === 1 && numbers === 'sigmoid') return 2;
  return size > 1 && shape.filter((extent) => extent > 1).length === 1 ? size : null;
}

/**
 * What the wiring says of the numbers that a node makes, one a class: the shares of a softmax, a sigmoid for each class by
 * itself, or sums that no such function has taken; null where it says nothing, as of what is divided by hand.
 */
export type ClassNumbers = 'softmax' | 'sigmoid' | 'sums';

const ends: Readonly<Record<string, ClassNumbers>> = {
  Softmax: 'softmax',
  Sigmoid: 'sigmoid',
  HardSigmoid: 'sigmoid',
  // Its softmax is the probabilities themselves.
  LogSoftmax: 'sums',
  Conv: 'sums',
  Gemm: 'sums',
  Relu: 'sums',
  BatchNormalization: 'sums',
  GlobalAveragePool: 'sums',
  AdaptiveAveragePool: 'sums',
  AveragePool: 'sums',
  MaxPool: 'sums',
};

/** Operators that hand numbers on as they are. */
const passing: ReadonlySet<string> = new Set([
  'Flatten',
  'Identity',
  'Dropout',
  'StochasticDepth',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Transpose',
  'Cast',
]);

/** What kind of numbers the node of this id makes. */
export function classNumbersOf(graph: Graph, id: string): ClassNumbers | null {
  let node = graph.nodeById.get(id);
  while (node) {
    const name = node.op === 'Opaque' ? node.attributes.operator : node.op;
    if (!passing.has(name)) return ends[name] ?? null;
    node = graph.nodeById.get(node.inputs[0] ?? '');
  }
  return null;
}
