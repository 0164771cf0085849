import type { Graph, GraphGroup, GraphNode } from './types.ts';

/** What a table lists and a figure draws: a node standing alone, or a group that folds. */
export type Layer =
  | { readonly kind: 'node'; readonly id: string; readonly node: GraphNode }
  | { readonly kind: 'group'; readonly id: string; readonly group: GraphGroup };

/** Layers directly inside a group, in order; '' is the network. Groups without nodes are identities and left out. */
export function layersIn(graph: Graph, id = ''): readonly Layer[] {
  const group = graph.groups.get(id);
  if (!group) return [];
  return group.children.flatMap((child): Layer[] => {
    const node = graph.nodeById.get(child);
    if (node) return [{ kind: 'node', id: child, node }];
    const inner = graph.groups.get(child);
    return inner && inner.end > inner.first ? [{ kind: 'group', id: child, group: inner }] : [];
  });
}

/** Nodes inside a layer, in execution order. */
export function nodesOf(graph: Graph, id: string): readonly GraphNode[] {
  const node = graph.nodeById.get(id);
  if (node) return [node];
  const group = graph.groups.get(id);
  return group ? graph.nodes.slice(group.first, group.end) : [];
}

/** A path without the names of the two ways of a residual block: what a paper would write. */
const shortPath = (id: string): string => id.replaceAll('/body/', '/');

/**
 * The layer that a text names: its id, or its id without `body` (`conv3_x/block1/conv2` for
 * `conv3_x/block1/body/conv2`); null where the network has no such layer.
 */
export function findLayer(graph: Graph, text: string): string | null {
  if (graph.nodeById.has(text) || (text !== '' && graph.groups.has(text))) return text;
  const known = graph.unreached.find(({ id }) => id === text);
  if (known) return known.id;
  for (const ids of [graph.groups.keys(), graph.nodeById.keys()]) {
    for (const id of ids) if (id !== '' && shortPath(id) === text) return id;
  }
  return null;
}

/** The node that does a layer's work: of a unit its first (Conv, Gemm), of any other group its last. */
export function leadingNode(graph: Graph, id: string): GraphNode | null {
  const nodes = nodesOf(graph, id);
  const kind = graph.groups.get(id)?.kind;
  return (kind === 'unit' ? nodes[0] : nodes.at(-1)) ?? null;
}

/** Ids of the groups around a layer, outermost first, without the network itself. */
export function ancestorsOf(graph: Graph, id: string): readonly string[] {
  const parents: string[] = [];
  let parent = graph.nodeById.get(id)?.group ?? graph.groups.get(id)?.parent ?? null;
  while (parent !== null && parent !== '') {
    parents.unshift(parent);
    parent = graph.groups.get(parent)?.parent ?? null;
  }
  return parents;
}
