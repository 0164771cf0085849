import { operatorOf } from '../ops/index.ts';
import type { Category } from '../ops/types.ts';
import type { Graph, GraphNode } from './types.ts';

const weighted: ReadonlySet<Category> = new Set(['convolution', 'linear']);

/**
 * The nodes of the path from the input to the main output that crosses most convolutions and fully connected
 * layers, in execution order: of parallel branches the deepest, of a residual block its body. A network that does not
 * fit has the path up to the layer that breaks.
 */
export function longestPath(graph: Graph): readonly GraphNode[] {
  const { nodes, nodeById } = graph;
  const depth = new Array<number>(nodes.length).fill(0);
  const before = new Array<GraphNode | undefined>(nodes.length).fill(undefined);
  for (const node of nodes) {
    let deepest: GraphNode | undefined;
    for (const id of node.inputs) {
      const input = nodeById.get(id);
      if (input && (!deepest || (depth[input.index] ?? 0) > (depth[deepest.index] ?? 0))) deepest = input;
    }
    before[node.index] = deepest;
    depth[node.index] =
      (deepest ? (depth[deepest.index] ?? 0) : 0) + (weighted.has(operatorOf(node.op).category) ? 1 : 0);
  }
  const path: GraphNode[] = [];
  let node = nodeById.get(graph.outputs[0] ?? '');
  while (node) {
    path.push(node);
    node = before[node.index];
  }
  return path.reverse();
}

/**
 * How deep a network is, as its name counts: convolutions and fully connected layers on the longest path, so that a
 * projection shortcut does not count (VGG-16: 16, ResNet-50: 50, GoogLeNet: 22).
 */
export const depthOf = (graph: Graph): number =>
  longestPath(graph).filter(({ op }) => weighted.has(operatorOf(op).category)).length;
