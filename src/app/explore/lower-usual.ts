import { lower } from '../../engine/graph/lower.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { Architecture } from '../../engine/spec/types.ts';

const graphs = new WeakMap<Architecture, Graph>();

/** A network lowered at its definition's own input; several parts of a page ask for it, and it is worked out once. */
export function lowerUsual(architecture: Architecture): Graph {
  const before = graphs.get(architecture);
  if (before) return before;
  const graph = lower(architecture);
  graphs.set(architecture, graph);
  return graph;
}
