import type { Rounding, Shape, WindowAttributes } from '../spec/types.ts';
import type { OnnxAttribute, OnnxConstant, OnnxForm, OnnxNames, OnnxNode } from './types.ts';
import { asImage } from './window.ts';

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

/**
 * {@link windowOnnx} of a pooling from `input` to `output` shape, with its rounding as `ceil_mode`. ONNX's shape
 * inference before opset 22 keeps a last window that would start beyond the image, and onnxruntime then refuses the
 * model; without that window, ceiling and floor are equal.
 *
 * @param padCounts whether padding counts in the result
 */
export function poolOnnx(
  attributes: WindowAttributes & { readonly rounding: Rounding },
  input: Shape,
  output: Shape,
  padCounts: boolean,
): Record<string, OnnxAttribute> {
  const { kernel, stride, padding, rounding } = attributes;
  const [, height, width] = asImage(input);
  const [, rows, columns] = asImage(output);
  const along = (axis: 0 | 1, extent: number, count: number) => {
    const room = extent + padding[axis] + padding[axis === 0 ? 2 : 3] - kernel[axis];
    const over = Math.max(0, (count - 1) * stride[axis] - room);
    return { over, dropped: over === 0 ? room % stride[axis] : 0 };
  };
  // Cells by which the last window hangs over; or cells left after it, where one was dropped.
  const vertical = along(0, height, rows);
  const horizontal = along(1, width, columns);
  const ceils = vertical.over > 0 || horizontal.over > 0;
  const drops = vertical.dropped > 0 || horizontal.dropped > 0;
  if (rounding === 'floor' || !ceils || !drops) {
    return { ...windowOnnx(attributes), ceil_mode: int(rounding === 'ceil' && ceils ? 1 : 0) };
  }
  // One axis hangs over and the other has dropped a window: the end of the padding moves, where no value changes by it.
  const [top, left, bottom, right] = padding;
  const [below, beside] = padCounts
    ? [-vertical.dropped, -horizontal.dropped]
    : [vertical.over, horizontal.over];
  return {
    ...windowOnnx({
      kernel,
      stride,
      padding: [top, left, Math.max(0, bottom + below), Math.max(0, right + beside)],
    }),
    ceil_mode: int(padCounts ? 1 : 0),
  };
}

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
