import { noOperations } from '../ops/window.ts';
import type { OperationCounts } from '../spec/types.ts';

type Counts = Partial<OperationCounts>;

/**
 * Scalar operations that ONNX's elementwise operators make of one value of their output, by their definitions: one
 * transcendental function is one exponent. Of those that take any number of inputs, for each input after the first.
 */
export const perValue: Readonly<Record<string, Counts>> = {
  Add: { add: 1 },
  Sum: { add: 1 },
  Sub: { add: 1 },
  Mul: { multiply: 1 },
  Div: { divide: 1 },
  Mod: { divide: 1 },
  Max: { compare: 1 },
  Min: { compare: 1 },
  Pow: { exponent: 1 },
  Exp: { exponent: 1 },
  Log: { exponent: 1 },
  Sqrt: { exponent: 1 },
  Erf: { exponent: 1 },
  Sin: { exponent: 1 },
  Cos: { exponent: 1 },
  Reciprocal: { divide: 1 },
  Neg: { multiply: 1 },
  Abs: { compare: 1 },
  Sign: { compare: 1 },
  Floor: { compare: 1 },
  Ceil: { compare: 1 },
  Round: { compare: 1 },
  Not: { compare: 1 },
  Where: { compare: 1 },
  Equal: { compare: 1 },
  Less: { compare: 1 },
  Greater: { compare: 1 },
  LessOrEqual: { compare: 1 },
  GreaterOrEqual: { compare: 1 },
  And: { compare: 1 },
  Or: { compare: 1 },
  Xor: { compare: 1 },
  Clip: { compare: 2 },
  Relu: { compare: 1 },
  // x or slope · x
  LeakyRelu: { compare: 1, multiply: 1 },
  PRelu: { compare: 1, multiply: 1 },
  ThresholdedRelu: { compare: 1 },
  // x or α · (eˣ − 1)
  Elu: { compare: 1, exponent: 1, add: 1, multiply: 1 },
  Celu: { compare: 2, exponent: 1, add: 2, multiply: 1, divide: 1 },
  Selu: { compare: 1, exponent: 1, add: 1, multiply: 2 },
  // max(0, min(1, α · x + β))
  HardSigmoid: { compare: 2, multiply: 1, add: 1 },
  HardSwish: { compare: 2, multiply: 2, add: 1 },
  Softplus: { exponent: 2, add: 1 },
  Softsign: { compare: 1, add: 1, divide: 1 },
  Sigmoid: { exponent: 1, add: 1, divide: 1 },
  Tanh: { exponent: 1, add: 2, divide: 1, multiply: 1 },
  Swish: { exponent: 1, add: 1, divide: 1, multiply: 1 },
  // x · tanh(softplus(x))
  Mish: { exponent: 3, add: 3, divide: 1, multiply: 2 },
  // ½ · x · (1 + erf(x / √2))
  Gelu: { exponent: 1, add: 1, multiply: 3 },
};

/** Counts of one value, so many times. */
export const timesCounts = (counts: Counts, times: number): OperationCounts => ({
  multiplyAccumulate: (counts.multiplyAccumulate ?? 0) * times,
  add: (counts.add ?? 0) * times,
  multiply: (counts.multiply ?? 0) * times,
  compare: (counts.compare ?? 0) * times,
  divide: (counts.divide ?? 0) * times,
  exponent: (counts.exponent ?? 0) * times,
});

/** Counts with the rest zero. */
export const countsOf = (counts: Counts): OperationCounts => ({ ...noOperations, ...counts });
