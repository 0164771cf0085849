import type { Shape, WindowAttributes } from '../spec/types.ts';
import type { OnnxAttribute, OnnxConstant, OnnxForm, OnnxNames, OnnxNode } from './types.ts';

/** An ONNX integer attribute. */
export const int = (value: number): OnnxAttribute => ({ kind: 'int', value });

/** An ONNX list-of-integers attribute. */
export const ints = (value: readonly number[]): OnnxAttribute => ({ kind: 'ints', value });

/** An ONNX float attribute. */
export const float = (value: number): OnnxAttribute => ({ kind: 'float', value });

/** An ONNX node named after its (only) output. */
export const onnxNode = (
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode => ({ opType, name: output, inputs, outputs: [output], attributes });

/** A form of one node over the operator's inputs and the named tensors. */
export const singleNode = (
  opType: string,
  names: OnnxNames,
  tensors: readonly string[] = [],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxForm => ({
  nodes: [onnxNode(opType, [...names.inputs, ...tensors.map(names.tensor)], names.output, attributes)],
  constants: [],
});

/** `kernel_shape`, `strides` and `pads`; explicit pads only, never `auto_pad`. */
export const windowOnnx = ({ kernel, stride, padding }: WindowAttributes): Record<string, OnnxAttribute> => ({
  kernel_shape: ints(kernel),
  strides: ints(stride),
  pads: ints(padding),
});

/** A float constant. */
export const floats = (name: string, values: readonly number[], shape: Shape = []): OnnxConstant => ({
  name,
  type: 'float32',
  shape,
  values,
});

/** An int64 constant, one axis unless shaped. */
export const int64s = (
  name: string,
  values: readonly number[],
  shape: Shape = [values.length],
): OnnxConstant => ({
  name,
  type: 'int64',
  shape,
  values,
});
