import type { OnnxOperation } from './read-model.ts';

/** Names of the scale and the zero point of a tensor of whole numbers; '' for a zero point that is left out. */
export interface Quantisation {
  readonly scale: string;
  readonly zero: string;
}

const MICROSOFT = 'com.microsoft';

/** Place among the inputs at which the scale of the result stands; its zero point is the next. */
const scaleOf: Readonly<Record<string, number>> = {
  QuantizeLinear: 1,
  QLinearConv: 6,
  QLinearMatMul: 6,
};

/** The same of onnxruntime's own operators (`ContribOperators.md`). */
const scaleOfMicrosoft: Readonly<Record<string, number>> = {
  QuantizeLinear: 1,
  QLinearConv: 6,
  QGemm: 7,
  QLinearAdd: 6,
  QLinearMul: 6,
  QLinearConcat: 0,
  QLinearGlobalAveragePool: 3,
  QLinearAveragePool: 3,
  QLinearReduceMean: 3,
  QLinearLeakyRelu: 3,
  QLinearSigmoid: 3,
  QLinearSoftmax: 3,
};

/** Operators that move numbers and leave them what they are. */
const moving: ReadonlySet<string> = new Set([
  'MaxPool',
  'Flatten',
  'Reshape',
  'Transpose',
  'Squeeze',
  'Unsqueeze',
  'Identity',
  'Dropout',
  'Slice',
  'DepthToSpace',
  'SpaceToDepth',
]);

/** What a node's first result stands for where it is whole numbers; null for other results. */
export function quantisationOf(
  { domain, type, inputs }: OnnxOperation,
  /** Of the tensors before it. */
  known: ReadonlyMap<string, Quantisation>,
): Quantisation | null {
  if (domain === '' && moving.has(type)) return known.get(inputs[0] ?? '') ?? null;
  const place = domain === '' ? scaleOf[type] : domain === MICROSOFT ? scaleOfMicrosoft[type] : undefined;
  const scale = place === undefined ? '' : (inputs[place] ?? '');
  return scale === '' ? null : { scale, zero: inputs[(place ?? 0) + 1] ?? '' };
}
