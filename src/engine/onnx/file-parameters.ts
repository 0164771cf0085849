import type { Step } from './map-operators.ts';
import type { OnnxOperation } from './read-model.ts';
import type { Value } from './values.ts';

/** Where a file has the weight or the bias of a layer. */
export interface FileParameter {
  /** The tensor as the layer reads it: behind whatever makes numbers of whole ones, turns or casts it. */
  readonly tensor: string;
  /** Whether it is a matrix with a column for each feature, where the engine has a row. */
  readonly isTurned: boolean;
  /** What whole numbers that the layer reads as they are stand for; null for plain numbers. */
  readonly scaled: {
    /** Tensors whose product is the scale of one step, of one number or one for each feature. */
    readonly scales: readonly string[];
    /** Tensor of the zero point; '' without one. */
    readonly zero: string;
    /** The axis that the scale runs along, where it is more than one number. */
    readonly axis: number;
  } | null;
}

/**
 * Values of a parameter in the engine's layout.
 *
 * @param values as the file has them
 * @param features rows of the engine's matrix
 */
export function inOwnLayout(
  { isTurned }: FileParameter,
  values: Float32Array,
  features: number,
): Float32Array {
  if (!isTurned) return values;
  const inputs = values.length / features;
  const rows = new Float32Array(values.length);
  for (let input = 0; input < inputs; input += 1) {
    for (let feature = 0; feature < features; feature += 1) {
      rows[feature * inputs + input] = values[input * features + feature] ?? 0;
    }
  }
  return rows;
}

/** Oldest operator set whose whole numbers may have a scale for each feature (`DequantizeLinear`, version 13). */
const SCALED_SINCE = 13;

const MICROSOFT = 'com.microsoft';

const isPlain = ({ domain, type }: OnnxOperation): boolean =>
  domain === ''
    ? type === 'Conv' || type === 'Gemm' || type === 'MatMul'
    : domain === MICROSOFT && (type === 'FusedConv' || type === 'FusedGemm' || type === 'FusedMatMul');

/** Whether a whole-number operator has its scales where QLinearConv has them: of its first two operands behind each. */
const isScaled = ({ domain, type }: OnnxOperation): boolean =>
  domain === ''
    ? type === 'QLinearConv' || type === 'QLinearMatMul'
    : domain === MICROSOFT && (type === 'QLinearConv' || type === 'QGemm');

const factorOf = (node: OnnxOperation, name: string): number => {
  const found = node.attributes.get(name);
  return found?.kind === 'float' ? found.value : 1;
};

/**
 * Where a file has the weight and the bias of a convolution or a fully connected layer, by the engine's names for them.
 * Nothing of other layers, of factors between weight and layer, and of operators whose scales are found only in a run.
 */
export function parametersOf(
  { op, node, operands }: Step,
  opset: number,
): readonly (readonly ['weight' | 'bias', FileParameter])[] {
  if (op !== 'Conv' && op !== 'Gemm') return [];
  if (factorOf(node, 'alpha') !== 1 || factorOf(node, 'beta') !== 1) return [];
  const isQuantised = isScaled(node);
  if (!isPlain(node) && !(isQuantised && opset >= SCALED_SINCE)) return [];
  const turning = node.attributes.get('transB');
  const isTurned = op === 'Gemm' && !(turning?.kind === 'int' && turning.value !== 0);
  const [, weight, bias] = operands;
  const [, inputScale = '', , , scale = '', zero = ''] = node.inputs;
  const found = (
    name: 'weight' | 'bias',
    value: Value | null | undefined,
    scaled: FileParameter['scaled'],
    turned: boolean,
  ) => (value?.source === null ? [[name, { tensor: value.name, isTurned: turned, scaled }] as const] : []);
  return [
    ...found(
      'weight',
      weight,
      isQuantised ? { scales: [scale], zero, axis: isTurned ? 1 : 0 } : null,
      isTurned,
    ),
    // Whole numbers that an operator of its own adds have another scale.
    ...found(
      'bias',
      isQuantised && !node.inputs.includes(bias?.name ?? '') ? null : bias,
      isQuantised ? { scales: [inputScale, scale], zero: '', axis: 0 } : null,
      false,
    ),
  ];
}
