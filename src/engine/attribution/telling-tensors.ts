import type { Graph, GraphNode } from '../graph/types.ts';
import { INPUT } from '../graph/types.ts';
import { findClassMaps } from './class-activation.ts';

/** Operators that keep channels apart: what they make is still a filter's own map. */
const keepsChannels = ({ op }: GraphNode): boolean =>
  op === 'Relu' || op === 'Tanh' || op === 'BatchNormalization';

/** The convolution behind a node that keeps its channels apart, where it reads the picture itself with whole filters. */
export function pictureConv(graph: Graph, node: GraphNode): (GraphNode & { readonly op: 'Conv' }) | null {
  let conv: GraphNode | undefined = node;
  while (conv && keepsChannels(conv)) conv = graph.nodeById.get(conv.inputs[0] ?? '');
  if (conv?.op !== 'Conv' || conv.inputs[0] !== INPUT) return null;
  return conv.attributes.groups === 1 && !conv.attributes.connections ? conv : null;
}

/** Full names of the weights that explain an answer: of the class maps' linear layer, and of the filters over the picture. */
export function tellingTensors(graph: Graph): readonly string[] {
  const filters = graph.nodes.filter((node) => node.op === 'Conv' && pictureConv(graph, node) === node);
  return [...(findClassMaps(graph)?.tensors ?? []), ...filters.map(({ id }) => `${id}.weight`)];
}
