import { CallCache } from '../graph/call-cache.ts';
import type { Graph, GraphGroup } from '../graph/types.ts';

/** What was already said of one graph: codes of its nodes, and signatures of its groups. */
interface Known {
  readonly codes: readonly number[];
  readonly signatures: Map<GraphGroup, string>;
}

const knownByGraph = new WeakMap<Graph, Known>();

/** One small number for each operator call that differs in operator, attributes or shapes. */
function codesOf(graph: Graph): number[] {
  const codes = new Map<string, number>();
  const calls = new CallCache<number>();
  return graph.nodes.map(({ op, attributes, inputShapes, shape }) => {
    const before = calls.get(op, attributes, inputShapes);
    if (before !== undefined) return before;
    const text = `${op} ${JSON.stringify(attributes)} ${inputShapes.join(';')} ${shape.join()}`;
    const code = codes.get(text) ?? codes.size;
    codes.set(text, code);
    calls.set(op, attributes, inputShapes, code);
    return code;
  });
}

function knownOf(graph: Graph): Known {
  const before = knownByGraph.get(graph);
  if (before) return before;
  const known = { codes: codesOf(graph), signatures: new Map() };
  knownByGraph.set(graph, known);
  return known;
}

/**
 * A text that is equal for two groups exactly when they compute the same function of their input up to the values of
 * their tensors: the same operators with the same attributes and shapes, wired the same way. Two groups of one graph
 * are compared by it, not groups of two.
 */
export function signatureOf(graph: Graph, group: GraphGroup): string {
  const { codes, signatures } = knownOf(graph);
  const before = signatures.get(group);
  if (before !== undefined) return before;
  const { first, end } = group;
  /** Where a tensor comes from, as seen from inside. */
  const place = (id: string): string | number => {
    const index = graph.nodeById.get(id)?.index ?? -1;
    if (index >= first && index < end) return index - first;
    return id === group.input ? 'in' : `"${id}"`;
  };
  let signature = `${group.kind} ${place(group.output)}`;
  for (let index = first; index < end; index += 1) {
    signature += `|${codes[index]}`;
    for (const id of graph.nodes[index]?.inputs ?? []) signature += ` ${place(id)}`;
  }
  signatures.set(group, signature);
  return signature;
}
