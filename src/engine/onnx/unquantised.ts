import type { OnnxOperation, OnnxValue } from './read-model.ts';
import type { Value } from './values.ts';

/** What a quantised operator computes, in the terms of the plain one. */
export interface Plain {
  readonly type: string;
  readonly inputs: readonly (Value | null)[];
}

const MICROSOFT = 'com.microsoft';

/** Plain operator of a quantised one, and which of its inputs are the plain one's. */
const ofOnnx: Readonly<Record<string, readonly [type: string, inputs: readonly number[]]>> = {
  QLinearConv: ['Conv', [0, 3, 8]],
  ConvInteger: ['Conv', [0, 1]],
  QLinearMatMul: ['MatMul', [0, 3]],
  MatMulInteger: ['MatMul', [0, 1]],
};

const ofMicrosoft: Readonly<Record<string, readonly [type: string, inputs: readonly number[]]>> = {
  QGemm: ['Gemm', [0, 3, 6]],
  QLinearConv: ['Conv', [0, 3, 8]],
  QLinearAdd: ['Add', [0, 3]],
  QLinearMul: ['Mul', [0, 3]],
  QLinearGlobalAveragePool: ['GlobalAveragePool', [0]],
  QLinearAveragePool: ['AveragePool', [0]],
  QLinearReduceMean: ['ReduceMean', [0]],
  QLinearLeakyRelu: ['LeakyRelu', [0]],
  QLinearSigmoid: ['Sigmoid', [0]],
  QLinearSoftmax: ['Softmax', [0]],
  // A third input of MatMul is the bias.
  MatMulIntegerToFloat: ['MatMul', [0, 1, 6]],
  DynamicQuantizeMatMul: ['MatMul', [0, 1, 4]],
};

/** Plain form of operators of onnxruntime's own that compute nothing new. */
const sameAs: Readonly<Record<string, string>> = { Gelu: 'Gelu', QuickGelu: 'Swish', FastGelu: 'Gelu' };

const isSet = (value: OnnxValue | undefined): boolean => value?.kind === 'int' && value.value === 1;

/**
 * The plain operator of a quantised one: the same layer on whole numbers with scales and zero points beside them. Null
 * for any other operator, and for layouts that ONNX itself does not have (channels last).
 */
export function unquantised(node: OnnxOperation, inputs: readonly (Value | null)[]): Plain | null {
  if (isSet(node.attributes.get('channels_last'))) return null;
  const pick = ([type, places]: readonly [string, readonly number[]]): Plain => ({
    type,
    inputs: places.map((place) => inputs[place] ?? null),
  });
  if (node.domain === '') {
    const rule = ofOnnx[node.type];
    return rule ? pick(rule) : null;
  }
  if (node.domain !== MICROSOFT) return null;
  if (node.type === 'QLinearConcat') {
    // Scale and zero point of the result, then each input with its own.
    return { type: 'Concat', inputs: inputs.slice(2).filter((_, index) => index % 3 === 0) };
  }
  const rule = ofMicrosoft[node.type];
  return rule ? pick(rule) : null;
}

/** The ONNX operator that one of onnxruntime's own is under another name; null for others. */
export const renamed = ({ domain, type }: OnnxOperation): string | null =>
  domain === '' ? type : domain === MICROSOFT ? (sameAs[type] ?? null) : null;

/** Operators that turn numbers into whole ones, or back, and change nothing else. */
export const isQuantisation = ({ domain, type }: OnnxOperation): boolean =>
  (domain === '' || domain === MICROSOFT) && (type === 'QuantizeLinear' || type === 'DequantizeLinear');
