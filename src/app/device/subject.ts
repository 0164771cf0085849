import { architectures } from '../../architectures/index.ts';
import { computeCosts, type GraphCosts } from '../../engine/cost/costs.ts';
import { bytesOf, peakMemory } from '../../engine/cost/memory.ts';
import { type Device, type Roofline, roofline, type Traffic } from '../../engine/cost/roofline.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { PeakMeasurement } from '../../engine/measure/device-report.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { lowerUsual } from '../explore/lower-usual.ts';

/** A network to be measured. */
export interface Subject {
  readonly id: string;
  readonly title: string;
  readonly architecture: Architecture;
  readonly graph: Graph;
  readonly costs: GraphCosts;
  /** Bytes of weights and the most that is alive at once, in fp32; weights stand twice while they are loaded. */
  readonly bytes: number;
}

/** A network of the catalogue as something to measure; null where it does not fit its input. */
export function subjectOf(id: string): Subject | null {
  const architecture = architectures.get(id);
  const graph = architecture && lowerUsual(architecture);
  if (!graph || graph.problem) return null;
  const costs = computeCosts(graph);
  return {
    id,
    title: architecture.title,
    architecture,
    graph,
    costs,
    bytes: bytesOf(2 * costs.total.parameters + peakMemory(graph).values, 'fp32'),
  };
}

/** Bytes beyond which a tab's WebAssembly memory does not reach: 4 GiB, less what the runtime itself and copies take. */
const MOST_BYTES = 3 * 1024 ** 3;

/** Whether a tab can be given what a network needs. */
export const isMeasurable = ({ bytes }: Subject): boolean => bytes <= MOST_BYTES;

/** A backend's measured limits as the roofline model takes them. */
export const deviceOf = ({ macsPerSecond, bytesPerSecond }: PeakMeasurement): Device => ({
  peak: 2 * macsPerSecond,
  bandwidth: bytesPerSecond,
});

/** One image in the numbers of a measurement. */
export const trafficOf = ({ precision }: Pick<PeakMeasurement, 'precision'>): Traffic => ({
  dtype: precision,
  batch: 1,
});

/** What a backend's measured limits allow a network at best. */
export const boundOf = ({ graph, costs }: Subject, peak: PeakMeasurement): Roofline =>
  roofline(graph, costs, trafficOf(peak), deviceOf(peak));
