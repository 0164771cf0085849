import { architectures } from '../../architectures/index.ts';
import { computeCosts, costsOf, type GraphCosts } from '../../engine/cost/costs.ts';
import { expectedDepth, survivingBlocks } from '../../engine/graph/drop-paths.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Graph, GraphNode } from '../../engine/graph/types.ts';
import type { PublishedValue } from './types.ts';

/** A network at its own input with its costs: what published values are held against. */
export interface Reckoned {
  readonly graph: Graph;
  readonly costs: GraphCosts;
}

/** Lowers a network of the catalogue at its own input. @throws RangeError for an unknown id */
export function reckon(id: string): Reckoned {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(`no architecture "${id}"`);
  const graph = lower(architecture);
  return { graph, costs: computeCosts(graph) };
}

/** How many of the bare unit one printed unit is; bytes and percent are bare. */
export const unitSizes: Readonly<Record<string, number>> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  K: 1024,
  kB: 1e3,
  MB: 1e6,
  KiB: 1024,
  MiB: 1024 ** 2,
};

/** The size of the unit that a value is printed in; 1 for none. */
export const unitSizeOf = ({ unit }: PublishedValue): number => unitSizes[unit ?? ''] ?? 1;

/** Papers count depth along the main path: neither projections of shortcuts nor auxiliary classifiers. */
function onMainPath(graph: Graph, node: GraphNode): boolean {
  let group = graph.groups.get(node.group);
  while (group) {
    if (group.kind === 'shortcut' || group.kind === 'tap') return false;
    group = group.parent === null ? undefined : graph.groups.get(group.parent);
  }
  return true;
}

/** Depth as papers count it: convolutions and fully connected layers along the main path. */
export const depthOf = (graph: Graph): number =>
  graph.nodes.filter((node) => (node.op === 'Conv' || node.op === 'Gemm') && onMainPath(graph, node)).length;

const BYTES = 4;

/** What the atlas computes where somebody published a value, in bare units; null where it computes no such thing. */
export function computedFor(
  { quantity, layer }: Pick<PublishedValue, 'quantity' | 'layer'>,
  { graph, costs }: Reckoned,
): number | null {
  if (graph.problem) return null;
  const cost = costsOf(costs, layer ?? '');
  switch (quantity) {
    case 'parameters':
    case 'macs':
    case 'flops':
    case 'activations':
      return cost[quantity];
    case 'weightsBytes':
      return BYTES * cost.parameters;
    case 'inputSize':
      return graph.input[1] ?? null;
    case 'weightLayers':
      return depthOf(graph);
    case 'expectedDepth':
      return expectedDepth(graph, costs, survivingBlocks(graph, costs)).blocks;
    case 'ratio':
      // By custom against AlexNet: how many times fewer parameters.
      return reckon('alexnet').costs.total.parameters / cost.parameters;
    default:
      return null;
  }
}

/** One step of the last printed digit, in bare units: 0.1 M for 25.5 M, and a million for a bare 60,000,000. */
export function stepOf(published: PublishedValue): number {
  const [, decimals = ''] = String(published.value).split('.');
  if (published.unit !== undefined || decimals !== '') return 10 ** -decimals.length * unitSizeOf(published);
  let step = 1;
  while (published.value !== 0 && published.value % (step * 10) === 0) step *= 10;
  return step;
}

/** Whether a computed value, in bare units, bears out what a published one says of their agreement. */
export function bearsOut(published: PublishedValue, computed: number | null): boolean {
  if (published.agrees === null) return true;
  if (computed === null) return published.agrees === 'differs';
  const printed = published.value * unitSizeOf(published);
  const apart = computed - printed;
  const step = stepOf(published);
  // The thousandth of a step forgives what binary fractions lose.
  const rounds = Math.abs(apart) <= step / 2 + step / 1000;
  const cutOff = apart >= 0 && apart < step;
  switch (published.agrees) {
    case 'exact':
      return Math.abs(apart) < 1e-6 * Math.max(1, printed);
    case 'rounded':
      return rounds || cutOff;
    case 'differs':
      return !(published.unit === undefined ? apart === 0 : rounds);
  }
}
