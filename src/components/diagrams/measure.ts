import { type Costs, computeCosts, costsOf } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { Series, Shape } from '../../engine/spec/types.ts';

/** A few layers as the engine sees them. */
export interface Measured {
  readonly graph: Graph;
  readonly total: Costs;
  /** Costs of a layer or group by its path. */
  of(id: string): Costs;
}

/** Lowers a few layers over an input and counts them. @throws RangeError where they do not fit */
export function measure(layers: Series, input: Shape): Measured {
  const graph = lower({
    id: 'diagram',
    title: 'diagram',
    source: { paper: '', where: '', year: 0, authors: '' },
    input,
    layers,
  });
  if (graph.problem) throw new RangeError(`a diagram's layers do not fit at ${graph.problem.node}`);
  const costs = computeCosts(graph);
  return { graph, total: costs.total, of: (id) => costsOf(costs, id) };
}
