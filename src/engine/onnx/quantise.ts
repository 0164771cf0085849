import { type Graph, type GraphNode, INPUT } from '../graph/types.ts';
import type { FloatArray } from '../ops/types.ts';

/** What a byte of a tensor stands for: `scale · (byte − zero)`. */
export interface ByteScale {
  readonly scale: number;
  /** 0 to 255. */
  readonly zero: number;
}

/**
 * The tensors between layers that are bytes, by id (`input` too), each with its scale. Those that are not in it stay
 * float32.
 */
export type QuantisationPlan = ReadonlyMap<string, ByteScale>;

/** Between which values a tensor lay. */
export type Range = readonly [least: number, most: number];

/** Operators that onnxruntime's CPU computes on bytes. */
const ofBytes: ReadonlySet<string> = new Set([
  'Conv',
  'Gemm',
  'Add',
  'Concat',
  'Relu',
  'MaxPool',
  'AveragePool',
  'GlobalAveragePool',
  'Flatten',
  'Dropout',
  'Identity',
]);

/** Those of them that hand on the bytes that they are given. */
const handingOn: ReadonlySet<string> = new Set(['MaxPool', 'Flatten', 'Dropout', 'Identity']);

const computesOnBytes = ({ op, inputs, attributes }: GraphNode): boolean =>
  ofBytes.has(op) &&
  // A sum of three is ONNX's `Sum`, and a partially connected filter is put together in float32.
  (op !== 'Add' || inputs.length === 2) &&
  !(op === 'Conv' && (attributes as { readonly connections?: unknown }).connections);

/** Widens the ranges by what one run gave, by tensor id; to be called once for each picture of a calibration. */
export function widenRanges(
  ranges: Map<string, Range>,
  outputs: Iterable<readonly [string, FloatArray]>,
): void {
  for (const [id, values] of outputs) {
    let [least, most] = ranges.get(id) ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    ranges.set(id, [least, most]);
  }
}

/** The scale at which a range, and 0, are bytes (asymmetric, Jacob et al. 2018, section 2.1). */
export function byteScale([least, most]: Range): ByteScale {
  const from = Math.min(0, least);
  const scale = (Math.max(0, most) - from) / 255;
  // Float32 in the file: a scale below its least would be 0.
  return scale > 1e-30 ? { scale, zero: Math.round((0 - from) / scale) } : { scale: 1, zero: 0 };
}

/**
 * Which tensors of a graph become bytes, and at which scales, so that onnxruntime computes on whole numbers between
 * them: those that an operator of bytes makes or reads, except what a ReLU alone reads, which is cut off at 0 in the
 * same step. What a network returns stays float32. To be asked of a graph whose batch norms are folded: one that
 * stands alone is computed in float32.
 *
 * @param ranges of every node's output and of `input`, from runs in float32
 * @throws RangeError for a tensor without a range
 */
export function planQuantisation(graph: Graph, ranges: ReadonlyMap<string, Range>): QuantisationPlan {
  const plan = new Map<string, ByteScale>();
  const outputs = new Set(graph.outputs);
  const place = (id: string, maker: GraphNode | null): void => {
    const readers = (graph.consumers.get(id) ?? []).flatMap((reader) => graph.nodeById.get(reader) ?? []);
    if (outputs.has(id)) return;
    if (readers.length === 1 && readers[0]?.op === 'Relu') return;
    if (!(maker && computesOnBytes(maker)) && !readers.some(computesOnBytes)) return;
    const given = maker && handingOn.has(maker.op) ? plan.get(maker.inputs[0] ?? '') : undefined;
    const range = ranges.get(id);
    if (!range) throw new RangeError(`the range of ${id} was not measured`);
    plan.set(id, given ?? byteScale(range));
  };
  place(INPUT, null);
  for (const node of graph.nodes) place(node.id, node);
  return plan;
}

/** A parameter as whole numbers, with a scale for each of its first axis's slices and no zero points. */
export interface QuantisedParameter {
  readonly type: 'int8' | 'int32';
  /** Little-endian. */
  readonly bytes: Uint8Array;
  readonly scales: Float32Array;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int8Array | Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Whether a node's weight is one of int8 under a plan. */
export const hasByteWeights = (node: GraphNode, plan: QuantisationPlan): boolean =>
  (node.op === 'Conv' || node.op === 'Gemm') && computesOnBytes(node) && plan.has(node.inputs[0] ?? '');

/** A weight as int8, symmetric around 0, each filter at a scale of its own. @param filters extent of its first axis */
export function quantiseWeight(weight: FloatArray, filters: number): QuantisedParameter {
  const size = weight.length / filters;
  const whole = new Int8Array(weight.length);
  const scales = new Float32Array(filters);
  for (let filter = 0; filter < filters; filter += 1) {
    const end = (filter + 1) * size;
    let largest = 0;
    for (let index = filter * size; index < end; index += 1) {
      largest = Math.max(largest, Math.abs(weight[index] ?? 0));
    }
    scales[filter] = largest > 1e-30 ? largest / 127 : 1;
    const scale = scales[filter] ?? 1;
    for (let index = filter * size; index < end; index += 1) {
      whole[index] = Math.max(-127, Math.min(127, Math.round((weight[index] ?? 0) / scale)));
    }
  }
  return { type: 'int8', bytes: bytesOf(whole), scales };
}

/** A bias in the units of the sums that it is added to: the input's scale times the filter's. */
export function quantiseBias(
  bias: FloatArray,
  { scale }: ByteScale,
  filterScales: Float32Array,
): QuantisedParameter {
  const scales = filterScales.map((filter) => scale * filter);
  const whole = Int32Array.from(bias, (value, index) =>
    Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.round(value / (scales[index] || 1)))),
  );
  return { type: 'int32', bytes: bytesOf(whole), scales };
}
