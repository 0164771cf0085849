import { computeCosts, costsOf, isUncounted } from '../engine/cost/costs.ts';
import { formatBytes, formatInteger, formatShape } from '../engine/cost/format.ts';
import { bytesOf, peakMemory } from '../engine/cost/memory.ts';
import { describePlacedProblem, describeProblem } from '../engine/graph/problem.ts';
import { receptiveFields } from '../engine/graph/receptive-field.ts';
import type { Graph } from '../engine/graph/types.ts';
import type { OpName, Pair, Shape } from '../engine/spec/types.ts';

/** What is known of one node, as the command line prints it. */
export interface NodeFigures {
  readonly id: string;
  /** The operator; of an opened file's own ones the file's name for it. */
  readonly op: OpName | (string & {});
  /** `[channels, height, width]` or `[features]`. */
  readonly outputShape: Shape;
  /** Learnable numbers. */
  readonly parameters: number;
  /** Multiply–accumulates for one image. */
  readonly macs: number;
  /** Extent in input pixels: height, width. */
  readonly receptiveField: Pair;
}

/** The figures of a network that fits, for one image; all whole numbers are exact. */
export interface NetworkFigures {
  readonly id: string;
  readonly input: Shape;
  readonly parameters: number;
  /** Multiply–accumulates of convolutions and fully connected layers, bias not counted. */
  readonly macs: number;
  /** 2 · MACs + bias additions + every other operator's operations. */
  readonly flops: number;
  /** Values in all outputs. */
  readonly activations: number;
  /** Largest sum of activations alive at once, in bytes of fp32. */
  readonly peakActivationBytes: number;
  readonly nodes: readonly NodeFigures[];
  /** Ids of calls of a file's operators that are not known: MACs and FLOPs are at least what they say. Absent without any. */
  readonly uncounted?: readonly string[];
}

/** What is known of a network that does not fit: everything up to the node that breaks it. */
export interface BrokenFigures {
  readonly id: string;
  readonly input: Shape;
  readonly problem: { readonly node: string; readonly op: string; readonly message: string };
  readonly nodes: readonly NodeFigures[];
}

/** The figures of a lowered network. */
export function figuresOf(graph: Graph): NetworkFigures | BrokenFigures {
  const costs = computeCosts(graph);
  const fields = receptiveFields(graph);
  const nodes = graph.nodes.map((node): NodeFigures => {
    const { parameters, macs } = costsOf(costs, node.id);
    return {
      id: node.id,
      op: node.op === 'Opaque' ? node.attributes.operator : node.op,
      outputShape: node.shape,
      parameters,
      macs,
      receptiveField: fields.get(node.id)?.size ?? [1, 1],
    };
  });
  const { id, input, problem } = graph;
  if (problem) {
    const message = describeProblem(problem.problem);
    return { id, input, problem: { node: problem.node, op: problem.op, message }, nodes };
  }
  const { parameters, macs, flops, activations } = costs.total;
  const peakActivationBytes = bytesOf(peakMemory(graph).values, 'fp32');
  const uncounted = graph.nodes.filter(isUncounted).map((node) => node.id);
  return {
    id,
    input,
    parameters,
    macs,
    flops,
    activations,
    peakActivationBytes,
    nodes,
    ...(uncounted.length > 0 ? { uncounted } : {}),
  };
}

/** Rows as aligned columns, two spaces apart; columns whose number is in `right` are aligned to the right. */
export function alignColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) =>
          right.has(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The per-node table with a heading. */
export const nodeTable = (nodes: readonly NodeFigures[]): string =>
  alignColumns(
    [
      ['id', 'operator', 'output', 'parameters', 'MACs', 'receptive field'],
      ...nodes.map((node) => [
        node.id,
        node.op,
        formatShape(node.outputShape),
        formatInteger(node.parameters),
        formatInteger(node.macs),
        formatShape(node.receptiveField),
      ]),
    ],
    new Set([2, 3, 4, 5]),
  );

/** The totals of a network, each with the convention by which it is counted. */
export const totalsTable = (figures: NetworkFigures): string =>
  alignColumns(
    [
      ...(figures.uncounted
        ? [
            [
              'uncounted',
              formatInteger(figures.uncounted.length),
              'operators: MACs and FLOPs are at least these',
            ],
          ]
        : []),
      ['parameters', formatInteger(figures.parameters), 'learnable numbers'],
      [
        'MACs',
        formatInteger(figures.macs),
        'multiply–accumulates of convolutions and fully connected layers, bias not counted, one image',
      ],
      [
        'FLOPs',
        formatInteger(figures.flops),
        "2 × MACs + bias additions + every other operator's operations, one image",
      ],
      ['activations', formatInteger(figures.activations), 'values in all outputs, one image'],
      [
        'peak activations',
        `${formatInteger(figures.peakActivationBytes)} B`,
        `${formatBytes(figures.peakActivationBytes)} alive at once in inference, fp32, one image`,
      ],
    ],
    new Set([1]),
  );

/** The whole report of a network that fits, and what is known of one that does not. */
export function figuresText(graph: Graph): string {
  const figures = figuresOf(graph);
  const heading = `${graph.title} (${graph.id}), input ${formatShape(graph.input)}`;
  if ('problem' in figures) {
    const table = figures.nodes.length > 0 ? `${nodeTable(figures.nodes)}\n\n` : '';
    return `${heading}\n\n${table}does not fit\n`;
  }
  return `${heading}\n\n${nodeTable(figures.nodes)}\n\n${totalsTable(figures)}\n`;
}

/** Why a network does not fit, with its place; null where it fits. */
export const problemText = ({ problem }: Graph): string | null =>
  problem ? describePlacedProblem(problem) : null;

/** The per-node figures as comma-separated values: the form of the golden tables. */
export const figuresCsv = (nodes: readonly NodeFigures[]): string =>
  [
    'id,op,output shape,parameters,macs,receptive field',
    ...nodes.map((node) =>
      [
        node.id,
        node.op,
        node.outputShape.join('x'),
        node.parameters,
        node.macs,
        node.receptiveField.join('x'),
      ].join(','),
    ),
    '',
  ].join('\n');
