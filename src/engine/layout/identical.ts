import type { Graph, GraphGroup } from '../graph/types.ts';

/**
 * A text that is equal for two groups exactly when they compute the same function of their input up to the values of
 * their tensors: the same operators with the same attributes and shapes, wired the same way.
 */
export function signatureOf(graph: Graph, group: GraphGroup): string {
  const nodes = graph.nodes.slice(group.first, group.end);
  const place = new Map(nodes.map(({ id }, index) => [id, index]));
  return JSON.stringify([
    group.kind,
    nodes.map(({ op, attributes, inputs, inputShapes, shape }) => [
      op,
      attributes,
      inputs.map((id) => place.get(id) ?? (id === group.input ? 'input' : id)),
      inputShapes,
      shape,
    ]),
    place.get(group.output) ?? 'input',
  ]);
}
