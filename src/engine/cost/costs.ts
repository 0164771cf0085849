import { CallCache } from '../graph/call-cache.ts';
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
  /** Operator calls whose operations are not known: with any, `macs`, `flops` and `operations` are at least what they say. */
  readonly uncounted: number;
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

/** Costs of nothing: the zero of every sum. */
export const nothing: Costs = {
  parameters: 0,
  buffers: 0,
  operations: noOperations,
  macs: 0,
  flops: 0,
  activations: 0,
  uncounted: 0,
};

/** Whether it is not known what a node computes: an operator of an imported file without a definition here. */
export const isUncounted = (node: GraphNode): boolean =>
  node.op === 'Opaque' && node.attributes.operations === null && node.attributes.result === 0;

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
    uncounted: isUncounted(node) ? 1 : 0,
  };
}

/** The sum of some layers' costs, in plain numbers: an object for each addition would cost more than the addition. */
function sumOf(ids: readonly string[], costsOfOne: (id: string) => Costs | undefined): Costs {
  if (ids.length === 1) return costsOfOne(ids[0] ?? '') ?? nothing;
  let [parameters, buffers, flops, activations, uncounted] = [0, 0, 0, 0, 0];
  let [multiplyAccumulate, add, multiply, compare, divide, exponent] = [0, 0, 0, 0, 0, 0];
  for (const id of ids) {
    const costs = costsOfOne(id);
    if (!costs) continue;
    const { operations } = costs;
    parameters += costs.parameters;
    buffers += costs.buffers;
    flops += costs.flops;
    activations += costs.activations;
    uncounted += costs.uncounted;
    multiplyAccumulate += operations.multiplyAccumulate;
    add += operations.add;
    multiply += operations.multiply;
    compare += operations.compare;
    divide += operations.divide;
    exponent += operations.exponent;
  }
  return {
    parameters,
    buffers,
    operations: { multiplyAccumulate, add, multiply, compare, divide, exponent },
    macs: multiplyAccumulate,
    flops,
    activations,
    uncounted,
  };
}

/** Costs of every node and group of a graph for one image. */
export function computeCosts(graph: Graph): GraphCosts {
  const calls = new CallCache<Costs>();
  const byNode = new Map<string, Costs>();
  for (const node of graph.nodes) {
    let costs = calls.get(node.op, node.attributes, node.inputShapes);
    if (!costs) {
      costs = costOf(node);
      calls.set(node.op, node.attributes, node.inputShapes, costs);
    }
    byNode.set(node.id, costs);
  }
  const byGroup = new Map<string, Costs>();
  // Children stand after their parents in the map, so reading it backwards sums from the leaves.
  for (const group of [...graph.groups.values()].reverse()) {
    byGroup.set(
      group.id,
      sumOf(group.children, (child) => byNode.get(child) ?? byGroup.get(child)),
    );
  }
  return { byNode, byGroup, total: byGroup.get('') ?? nothing };
}

/** Costs of a layer: a node or a group, by id; nothing for an unknown id. */
export const costsOf = (costs: GraphCosts, id: string): Costs =>
  costs.byNode.get(id) ?? costs.byGroup.get(id) ?? nothing;
