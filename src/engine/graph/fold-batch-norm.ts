import { type Graph, type GraphGroup, type GraphNode, INPUT } from './types.ts';

/**
 * Which batch norms can be folded, each with the convolution or fully connected layer that takes it up: the batch norm
 * reads it (perhaps through another batch norm that is folded too), and nothing else does.
 */
export function foldableBatchNorms(graph: Graph): ReadonlyMap<string, string> {
  const into = new Map<string, string>();
  const outputs = new Set(graph.outputs);
  for (const node of graph.nodes) {
    if (node.op !== 'BatchNormalization') continue;
    const source = node.inputs[0] ?? INPUT;
    const target = into.get(source) ?? source;
    const op = graph.nodeById.get(target)?.op;
    const isOnlyReader = graph.consumers.get(source)?.length === 1 && !outputs.has(source);
    if ((op === 'Conv' || op === 'Gemm') && isOnlyReader) into.set(node.id, target);
  }
  return into;
}

/**
 * The same function in inference without the batch norms that directly follow a convolution or fully connected layer:
 * its filters take up the scale, and a bias the rest (`w′ = w · γ/√(σ² + ε)`, `b′ = β + (b − μ) · γ/√(σ² + ε)`). All
 * other ids stay as they are. A network that does not fit, or has nothing to fold, is returned unchanged.
 */
export function foldBatchNorm(graph: Graph): Graph {
  const into = foldableBatchNorms(graph);
  if (graph.problem || into.size === 0) return graph;
  const targets = new Set(into.values());
  const renamed = (id: string): string => into.get(id) ?? id;

  const nodes: GraphNode[] = [];
  // How many nodes stand before each old position.
  const positions: number[] = [];
  for (const node of graph.nodes) {
    positions.push(nodes.length);
    if (into.has(node.id)) continue;
    nodes.push({
      ...node,
      index: nodes.length,
      inputs: node.inputs.map(renamed),
      ...(targets.has(node.id) ? { attributes: { ...node.attributes, bias: true } } : {}),
    } as GraphNode);
  }
  positions.push(nodes.length);

  const consumers = new Map<string, string[]>();
  for (const { id, inputs } of nodes) {
    for (const from of inputs) {
      const readers = consumers.get(from);
      if (readers) readers.push(id);
      else consumers.set(from, [id]);
    }
  }
  const groups = new Map<string, GraphGroup>();
  for (const [id, group] of graph.groups) {
    groups.set(id, {
      ...group,
      children: group.children.filter((child) => !into.has(child)),
      first: positions[group.first] ?? nodes.length,
      end: positions[group.end] ?? nodes.length,
      input: renamed(group.input),
      output: renamed(group.output),
    });
  }
  return {
    ...graph,
    nodes,
    nodeById: new Map(nodes.map((node) => [node.id, node])),
    groups,
    consumers,
    outputs: graph.outputs.map(renamed),
  };
}
