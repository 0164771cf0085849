import type { GraphCosts } from '../cost/costs.ts';
import { costsOf } from '../cost/costs.ts';
import { ancestorsOf } from './layers.ts';
import type { Graph, GraphGroup, GraphNode } from './types.ts';

/** Numbers from 0 (included) to 1 (not included). */
export type Random = () => number;

/** A residual block that training keeps with some probability. */
export interface SurvivingBlock {
  /** Id of the residual group. */
  readonly id: string;
  /** Id of the operator that drops its body. */
  readonly node: string;
  /** Probability with which the block survives a training step. */
  readonly survival: number;
  /** Multiply–accumulates of the body for one image: what is saved where it is dropped. */
  readonly macs: number;
  /** Convolutions and fully connected layers of the body. */
  readonly weightLayers: number;
}

const hasWeights = ({ op }: GraphNode): boolean => op === 'Conv' || op === 'Gemm';

/** The innermost group of a kind around a node. */
function groupAround(graph: Graph, id: string, kind: GraphGroup['kind']): GraphGroup | undefined {
  return ancestorsOf(graph, id)
    .map((ancestor) => graph.groups.get(ancestor))
    .findLast((group) => group?.kind === kind);
}

/** What training drops from a network step by step: residual blocks, or the paths that meet in a mean; null for nothing. */
export function whatTrainingDrops({ nodes }: Graph): 'blocks' | 'paths' | null {
  if (nodes.some(({ op }) => op === 'StochasticDepth')) return 'blocks';
  return nodes.some(({ op }) => op === 'Mean') ? 'paths' : null;
}

/** The blocks of a network with stochastic depth, in order; none for any other network. */
export function survivingBlocks(graph: Graph, costs: GraphCosts): readonly SurvivingBlock[] {
  return graph.nodes.flatMap((node): SurvivingBlock[] => {
    if (node.op !== 'StochasticDepth') return [];
    const body = groupAround(graph, node.id, 'body');
    const block = groupAround(graph, node.id, 'residual');
    if (!body || !block) return [];
    return [
      {
        id: block.id,
        node: node.id,
        survival: node.attributes.survival,
        macs: costsOf(costs, body.id).macs,
        weightLayers: graph.nodes.slice(body.first, body.end).filter(hasWeights).length,
      },
    ];
  });
}

/** What training costs on average with stochastic depth, for one image forward. */
export interface ExpectedDepth {
  /** Expected number of blocks: E(L) = Σ p_l (Huang et al. 2016, equation 6). */
  readonly blocks: number;
  /** Expected number of layers with weights on the main path, the stem and the head included. */
  readonly weightLayers: number;
  /** Expected multiply–accumulates. */
  readonly macs: number;
}

/** The averages over all ways to drop blocks. */
export function expectedDepth(
  graph: Graph,
  costs: GraphCosts,
  blocks: readonly SurvivingBlock[],
): ExpectedDepth {
  const isProjection = (node: GraphNode) => groupAround(graph, node.id, 'shortcut') !== undefined;
  const layers = graph.nodes.filter((node) => hasWeights(node) && !isProjection(node)).length;
  const lost = (of: (block: SurvivingBlock) => number) =>
    blocks.reduce((sum, block) => sum + (1 - block.survival) * of(block), 0);
  return {
    blocks: blocks.reduce((sum, { survival }) => sum + survival, 0),
    weightLayers: layers - lost(({ weightLayers }) => weightLayers),
    macs: costs.total.macs - lost(({ macs }) => macs),
  };
}

/** Rolls which blocks survive one training step: each by its own probability. */
export const sampleBlocks = (blocks: readonly SurvivingBlock[], random: Random): readonly boolean[] =>
  blocks.map(({ survival }) => random() < survival);

/** How FractalNet drops paths (Larsson et al. 2017, section 3): inputs of each join, or all columns but one. */
export type DropPathKind = 'local' | 'global';

/** Probability with which an input of a join is dropped (section 4). */
export const LOCAL_DROP = 0.15;

/** What is left of a fractal network in one training step. */
export interface SampledPaths {
  /** Ids of the nodes whose result still reaches the output. */
  readonly active: ReadonlySet<string>;
  /** Ids of the tensors that each join still reads, by the join's id. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  /** Number of the column that runs alone, counted from 1; null for local dropping. */
  readonly column: number | null;
  /** Multiply–accumulates of the active nodes for one image. */
  readonly macs: number;
}

/** Number of a fractal network's columns: the most tensors that any of its joins reads. */
export const columnsOf = (graph: Graph): number =>
  graph.nodes.reduce((most, node) => (node.op === 'Mean' ? Math.max(most, node.inputs.length) : most), 0);

/**
 * Rolls one training step of a fractal network. Local: each join loses each input with probability
 * {@link LOCAL_DROP}, and one is kept where all would go. Global: every join reads the one column drawn for the whole
 * network, or the deepest that it has.
 */
export function samplePaths(
  graph: Graph,
  costs: GraphCosts,
  kind: DropPathKind,
  random: Random,
): SampledPaths {
  const columns = columnsOf(graph);
  const column = kind === 'global' ? 1 + Math.floor(random() * columns) : null;
  const kept = new Map<string, readonly string[]>();
  for (const node of graph.nodes) {
    if (node.op !== 'Mean') continue;
    // Joins of fewer columns are those of the deeper ones: the last input is always the deepest column's.
    const fromLast = column === null ? 0 : columns - column;
    if (column !== null) {
      const index = Math.max(0, node.inputs.length - 1 - fromLast);
      kept.set(node.id, node.inputs.slice(index, index + 1));
      continue;
    }
    const survivors = node.inputs.filter(() => random() >= LOCAL_DROP);
    const lucky = node.inputs[Math.floor(random() * node.inputs.length)] ?? '';
    kept.set(node.id, survivors.length > 0 ? survivors : [lucky]);
  }
  const active = new Set<string>();
  const waiting = [...graph.outputs];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = graph.nodeById.get(id);
    if (!node || active.has(id)) continue;
    active.add(id);
    waiting.push(...(kept.get(id) ?? node.inputs));
  }
  let macs = 0;
  for (const id of active) macs += costs.byNode.get(id)?.macs ?? 0;
  return { active, kept, column, macs };
}
