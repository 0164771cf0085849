import type { ReceptiveField } from '../graph/receptive-field.ts';
import type { Graph } from '../graph/types.ts';
import { type GraphCosts, nothing } from './costs.ts';
import type { PeakMemory } from './memory.ts';
import { bytesMoved, intensityOf, type Traffic } from './roofline.ts';

/** What one node, or a run of nodes, costs at its place in the network, for one image but for the bytes moved. */
export interface DepthCosts {
  readonly parameters: number;
  readonly macs: number;
  readonly flops: number;
  /** Values in the outputs. */
  readonly activations: number;
  /** Values alive while it runs, the most of a run of nodes. */
  readonly alive: number;
  /** Input pixels that a unit of the output sees along the longer axis. */
  readonly receptiveField: number;
  /** Bytes read and written by the whole batch. */
  readonly bytesMoved: number;
}

/** Costs along the execution order, one entry a node. */
export type AlongDepth = readonly DepthCosts[];

/** Every kind of cost at every node, in execution order: what charts under a figure and overlays on it show. */
export function alongDepth(
  graph: Graph,
  costs: GraphCosts,
  fields: ReadonlyMap<string, ReceptiveField>,
  peak: PeakMemory,
  traffic: Traffic,
): AlongDepth {
  return graph.nodes.map((node) => {
    const own = costs.byNode.get(node.id) ?? nothing;
    return {
      parameters: own.parameters,
      macs: own.macs,
      flops: own.flops,
      activations: own.activations,
      alive: peak.along[node.index] ?? 0,
      receptiveField: Math.max(...(fields.get(node.id)?.size ?? [1, 1])),
      bytesMoved: bytesMoved(node, own, traffic),
    };
  });
}

const none: DepthCosts = {
  parameters: 0,
  macs: 0,
  flops: 0,
  activations: 0,
  alive: 0,
  receptiveField: 0,
  bytesMoved: 0,
};

/** The costs of the nodes `first` … before `end` together: sums, the most alive at once, and the widest field. */
export function depthOver(along: AlongDepth, first: number, end: number): DepthCosts {
  if (end - first === 1) return along[first] ?? none;
  let sum = none;
  for (let index = first; index < end; index += 1) {
    const own = along[index];
    if (!own) break;
    sum = {
      parameters: sum.parameters + own.parameters,
      macs: sum.macs + own.macs,
      flops: sum.flops + own.flops,
      activations: sum.activations + own.activations,
      alive: Math.max(sum.alive, own.alive),
      receptiveField: Math.max(sum.receptiveField, own.receptiveField),
      bytesMoved: sum.bytesMoved + own.bytesMoved,
    };
  }
  return sum;
}

/** Operations of the whole batch for each byte moved; null where nothing is moved. */
export const depthIntensity = (
  { macs, flops, bytesMoved: bytes }: DepthCosts,
  units: 'macs' | 'flops',
  batch: number,
): number | null => intensityOf(batch * (units === 'macs' ? macs : flops), bytes);
