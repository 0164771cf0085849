import { contextOf, type Graph, type GraphNode } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { Operations } from '../ops/types.ts';
import { noOperations, sizeOf } from '../ops/window.ts';

/** What one node, group or network costs for one image. Counts, not bytes. */
export interface Costs {
  /** Learnable numbers. */
  readonly parameters: number;
  /** Numbers kept beside the parameters: running means and variances. */
  readonly buffers: number;
  /** Scalar operations by class. */
  readonly operations: Operations;
  /** Multiply–accumulates of convolutions and fully connected layers, bias not counted. */
  readonly macs: number;
  /** `2 · macs` + bias additions + every other operator's operations. */
  readonly flops: number;
  /** Values in the outputs. */
  readonly activations: number;
}

/** Costs of a graph: per node, rolled up by group, and in total. */
export interface GraphCosts {
  readonly byNode: ReadonlyMap<string, Costs>;
  readonly byGroup: ReadonlyMap<string, Costs>;
  readonly total: Costs;
}

/** Scalar operations of one kind, all summed: FLOPs by the strict convention. */
export const flopsOf = (operations: Operations): number =>
  2 * operations.multiplyAccumulate +
  operations.add +
  operations.multiply +
  operations.compare +
  operations.divide +
  operations.exponent;

const addOperations = (a: Operations, b: Operations): Operations => ({
  multiplyAccumulate: a.multiplyAccumulate + b.multiplyAccumulate,
  add: a.add + b.add,
  multiply: a.multiply + b.multiply,
  compare: a.compare + b.compare,
  divide: a.divide + b.divide,
  exponent: a.exponent + b.exponent,
});

/** Costs of nothing: the zero of every sum. */
export const nothing: Costs = {
  parameters: 0,
  buffers: 0,
  operations: noOperations,
  macs: 0,
  flops: 0,
  activations: 0,
};

/** Costs of one node for one image. */
export function costOf(node: GraphNode): Costs {
  const context = contextOf(node);
  const operator = operatorOf(node.op);
  let parameters = 0;
  let buffers = 0;
  for (const tensor of operator.tensors(context)) {
    if (tensor.learnable) parameters += sizeOf(tensor.shape);
    else buffers += sizeOf(tensor.shape);
  }
  const operations = operator.operations(context);
  return {
    parameters,
    buffers,
    operations,
    macs: operations.multiplyAccumulate,
    flops: flopsOf(operations),
    activations: sizeOf(node.shape),
  };
}

const sum = (a: Costs, b: Costs): Costs => ({
  parameters: a.parameters + b.parameters,
  buffers: a.buffers + b.buffers,
  operations: addOperations(a.operations, b.operations),
  macs: a.macs + b.macs,
  flops: a.flops + b.flops,
  activations: a.activations + b.activations,
});

/** Costs of every node and group of a graph for one image. */
export function computeCosts(graph: Graph): GraphCosts {
  const perNode = graph.nodes.map(costOf);
  const byGroup = new Map<string, Costs>();
  // Children stand after their parents in the map, so reading it backwards sums from the leaves.
  for (const group of [...graph.groups.values()].reverse()) {
    let total = nothing;
    for (const child of group.children) {
      const node = graph.nodeById.get(child);
      const part = node ? perNode[node.index] : byGroup.get(child);
      if (part) total = sum(total, part);
    }
    byGroup.set(group.id, total);
  }
  return {
    byNode: new Map(graph.nodes.map((node, index) => [node.id, perNode[index] ?? nothing])),
    byGroup,
    total: byGroup.get('') ?? nothing,
  };
}

/** Costs of a layer: a node or a group, by id; nothing for an unknown id. */
export const costsOf = (costs: GraphCosts, id: string): Costs =>
  costs.byNode.get(id) ?? costs.byGroup.get(id) ?? nothing;
