import type { OpName } from '../spec/types.ts';
import { Dropout, Identity, Relu, Sigmoid, Softmax, StochasticDepth, Tanh } from './activation.ts';
import { Conv } from './convolution.ts';
import { Gemm, Rbf } from './linear.ts';
import { Add, Concat, Mean } from './merge.ts';
import { BatchNormalization, LRN } from './normalization.ts';
import { Opaque } from './opaque.ts';
import { AdaptiveAveragePool, AveragePool, GlobalAveragePool, MaxPool, Subsample } from './pooling.ts';
import { Flatten, Pad } from './reshape.ts';
import type { Operator } from './types.ts';

/** All that the engine knows about its operators. A name without an entry, or an entry without a rule, does not compile. */
export const operators: { readonly [O in OpName]: Operator<O> } = {
  Conv,
  MaxPool,
  AveragePool,
  GlobalAveragePool,
  AdaptiveAveragePool,
  Gemm,
  BatchNormalization,
  LRN,
  Relu,
  Tanh,
  Sigmoid,
  Softmax,
  Dropout,
  Flatten,
  Pad,
  Identity,
  Add,
  Concat,
  Mean,
  StochasticDepth,
  Subsample,
  Rbf,
  Opaque,
};

/** The rules of an operator whose name is known only at run time. */
export const operatorOf = (op: OpName): Operator<OpName> => operators[op] as unknown as Operator<OpName>;
