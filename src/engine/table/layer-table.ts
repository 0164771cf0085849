import { computeCosts, costsOf, isUncounted } from '../cost/costs.ts';
import { peakMemory } from '../cost/memory.ts';
import { describePlacedProblem } from '../graph/problem.ts';
import { receptiveFields } from '../graph/receptive-field.ts';
import type { Graph, GraphNode } from '../graph/types.ts';
import type { OpName, Shape } from '../spec/types.ts';

/** One operator call as a row of numbers. */
export interface TableRow {
  /** The node's id. */
  readonly layer: string;
  /** Of an opened file's own operators the file's name for it. */
  readonly operator: OpName | (string & {});
  /** Height and width of the window; null where the operator has none. */
  readonly kernel: Shape | null;
  readonly stride: Shape | null;
  /** `[channels, height, width]`, or `[features]`. */
  readonly output: Shape;
  readonly parameters: number;
  /** Null where the operations are not known. */
  readonly macs: number | null;
  readonly flops: number | null;
  readonly activations: number;
  /** Height and width in input pixels. */
  readonly receptiveField: Shape;
}

/** The sums of a network. */
export interface TableTotals {
  readonly parameters: number;
  readonly macs: number;
  readonly flops: number;
  readonly activations: number;
  readonly peakActivations: number;
}

/** Every layer of a network with its figures, their sums, and what each figure counts. */
export interface LayerTable {
  readonly id: string;
  readonly title: string;
  readonly source: string | null;
  readonly input: Shape;
  readonly rows: readonly TableRow[];
  readonly totals: TableTotals;
  /** Layers whose operations are not known, and left out of the sums: those of an opened file alone. */
  readonly uncounted: readonly string[];
  readonly conventions: Readonly<Record<keyof TableTotals | 'receptiveField', string>>;
}

/** What each figure counts, for one image. */
const conventions: LayerTable['conventions'] = {
  parameters: 'learnable numbers; running means and variances of batch normalization not counted',
  macs: 'multiply–accumulates of convolutions and fully connected layers for one image, bias not counted',
  flops: "2 × MACs + bias additions + every other operator's operations, for one image",
  activations: 'values in the output of every operator, for one image',
  peakActivations: 'values alive at once in inference, at most, for one image',
  receptiveField: 'input pixels behind one output value, height × width',
};

/** The table of a network that fits. @throws RangeError for one that does not */
export function layerTable(graph: Graph): LayerTable {
  if (graph.problem) throw new RangeError(describePlacedProblem(graph.problem));
  const costs = computeCosts(graph);
  const fields = receptiveFields(graph);
  const { parameters, macs, flops, activations } = costs.total;
  const { source } = graph;
  return {
    id: graph.id,
    title: graph.title,
    source: source ? `${source.authors} (${source.year}), ${source.paper}: ${source.where}` : null,
    input: graph.input,
    rows: graph.nodes.map((node) => {
      const own = costsOf(costs, node.id);
      return {
        layer: node.id,
        operator: node.op === 'Opaque' ? node.attributes.operator : node.op,
        ...windowOf(node),
        output: node.shape,
        parameters: own.parameters,
        macs: own.uncounted > 0 ? null : own.macs,
        flops: own.uncounted > 0 ? null : own.flops,
        activations: own.activations,
        receptiveField: fields.get(node.id)?.size ?? [1, 1],
      };
    }),
    uncounted: graph.nodes.filter(isUncounted).map(({ id }) => id),
    totals: { parameters, macs, flops, activations, peakActivations: peakMemory(graph).values },
    conventions,
  };
}

function windowOf(node: GraphNode): Pick<TableRow, 'kernel' | 'stride'> {
  switch (node.op) {
    case 'Conv':
    case 'MaxPool':
    case 'AveragePool':
    case 'Subsample':
      return { kernel: node.attributes.kernel, stride: node.attributes.stride };
    default:
      return { kernel: null, stride: null };
  }
}
