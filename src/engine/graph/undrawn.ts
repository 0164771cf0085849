import type { Graph, GraphGroup } from './types.ts';

/** A tensor that a node reads past the row in which it stands. */
export interface PassingInput {
  readonly node: string;
  readonly input: string;
}

/** The nodes of a layer, and where they begin and end in execution order. */
function extentOf(graph: Graph, id: string): readonly [first: number, end: number] {
  const group = graph.groups.get(id);
  if (group) return [group.first, group.end];
  const index = graph.nodeById.get(id)?.index;
  // A layer behind a problem was not reached: it has no nodes.
  return index === undefined ? [0, 0] : [index, index + 1];
}

const outputsOf = (graph: Graph, id: string): readonly string[] => graph.groups.get(id)?.outputs ?? [id];

/**
 * What a hierarchy of rows and parallel ways does not show of a graph: tensors that a layer reads although neither the
 * layer before it makes them nor, where ways part, the group around it receives them. None in a network of the catalogue;
 * wiring that is no nesting of rows and ways has some, and a figure draws it as the row that it runs in.
 */
export function passingInputs(graph: Graph): readonly PassingInput[] {
  const found: PassingInput[] = [];
  for (const group of graph.groups.values()) found.push(...passingIn(graph, group));
  return found;
}

function passingIn(graph: Graph, group: GraphGroup): PassingInput[] {
  const found: PassingInput[] = [];
  const parts = group.kind === 'residual' || group.kind === 'branches';
  const entering = new Set([group.input]);
  // What the ways end in; their merge reads all of it, and the input itself where one is the identity.
  const ends = new Set(entering);
  let before: ReadonlySet<string> = entering;
  let isParted = parts;
  for (const id of group.children) {
    const child = graph.groups.get(id);
    const isWay = isParted && child !== undefined;
    if (isParted && !child) {
      before = ends;
      isParted = false;
    }
    const [first, end] = extentOf(graph, id);
    const readable = isWay ? entering : before;
    for (const node of graph.nodes.slice(first, end)) {
      for (const input of node.inputs) {
        const index = graph.nodeById.get(input)?.index ?? -1;
        if (!(index >= first && index < end) && !readable.has(input)) found.push({ node: node.id, input });
      }
    }
    if (isWay) for (const output of outputsOf(graph, id)) ends.add(output);
    else if (child?.kind !== 'tap') before = new Set(outputsOf(graph, id));
  }
  return found;
}
