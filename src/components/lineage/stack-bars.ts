import type { GraphCosts } from '../../engine/cost/costs.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Category } from '../../engine/ops/types.ts';
import type { Shape } from '../../engine/spec/types.ts';

/** One layer of a network as its stack is drawn. */
export interface StackBar {
  readonly id: string;
  readonly category: Category;
  readonly shape: Shape;
  /** Cells; 1 for a list of features. */
  readonly height: number;
  readonly channels: number;
  /** Learnable numbers of the layer. */
  readonly parameters: number;
}

const drawn: ReadonlySet<Category> = new Set(['convolution', 'pooling', 'linear', 'merge']);

/**
 * The layers that make up a network's stack, in execution order: convolutions, poolings, fully connected layers and
 * merges. The parameters of what stands between them (batch normalisation) count with the layer before. A network
 * that does not fit has the layers before the one that breaks.
 */
export function stackBars(graph: Graph, costs: GraphCosts): readonly StackBar[] {
  const bars: StackBar[] = [];
  for (const node of graph.nodes) {
    const { category } = operatorOf(node.op);
    const parameters = costs.byNode.get(node.id)?.parameters ?? 0;
    if (drawn.has(category)) {
      const [channels = 1, height = 1] = node.shape;
      bars.push({ id: node.id, category, shape: node.shape, height, channels, parameters });
    } else {
      const last = bars.at(-1);
      if (last && parameters > 0)
        bars[bars.length - 1] = { ...last, parameters: last.parameters + parameters };
    }
  }
  return bars;
}
