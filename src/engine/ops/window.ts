import { ShapeError } from '../graph/problem.ts';
import type { Pair, Rounding, Shape, WindowAttributes } from '../spec/types.ts';
import { attribute, type Expression, expression, input } from './expression.ts';
import type { Cell, CellTerm, Extents, FloatArray, Operations, Reads, Working } from './types.ts';

/** Nothing counted: the base to which an operator's operations are added. */
export const noOperations: Operations = {
  multiplyAccumulate: 0,
  add: 0,
  multiply: 0,
  compare: 0,
  divide: 0,
  exponent: 0,
};

/** Values in a shape. */
export function sizeOf(shape: Shape): number {
  let product = 1;
  for (let axis = 0; axis < shape.length; axis += 1) product *= shape[axis] ?? 1;
  return product;
}

/** Channels, height and width of any shape; a list of F features is F×1×1. */
export const asImage = (shape: Shape): readonly [number, number, number] => [
  shape[0] ?? 1,
  shape[1] ?? 1,
  shape[2] ?? 1,
];

/** The single input of an operator. */
export const onlyInput = (inputs: readonly Shape[]): Shape => inputs[0] ?? [];

/** The input as an image. @throws ShapeError `rank` for a list of features */
export function imageInput(inputs: readonly Shape[]): readonly [number, number, number] {
  const shape = onlyInput(inputs);
  if (shape.length !== 3) throw new ShapeError({ code: 'rank', expected: 'image', shape });
  return asImage(shape);
}

/** @throws ShapeError `attribute` unless every number is a whole number of at least `least` */
export function requireIntegers(name: string, values: readonly number[], least: 0 | 1): void {
  for (const value of values) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new ShapeError({
        code: 'attribute',
        name,
        value,
        rule: least === 1 ? 'positive-integer' : 'non-negative-integer',
      });
    }
  }
}

/**
 * Windows along one axis: `⌊(extent + before + after − kernel) / stride⌋ + 1`, or with the ceiling, then without a
 * last window that would start beyond the input and its leading padding (ONNX MaxPool-19 note; PyTorch `ceil_mode`).
 * With the ceiling a first window may hang over too, by less than a stride: one of 3 at stride 2 fits in 2 cells.
 *
 * @param kernel extent of the window after dilation, in cells
 * @throws ShapeError `window-does-not-fit` where no window is left
 */
export function countWindows(
  axis: 'height' | 'width',
  extent: number,
  kernel: number,
  stride: number,
  before: number,
  after: number,
  rounding: Rounding,
): number {
  const steps = (extent + before + after - kernel) / stride;
  const count = (rounding === 'floor' ? Math.floor(steps) : Math.ceil(steps)) + 1;
  if (count < 1) {
    throw new ShapeError({
      code: 'window-does-not-fit',
      axis,
      extent,
      kernel,
      padBefore: before,
      padAfter: after,
    });
  }
  const startsBeyond = rounding === 'ceil' && (count - 1) * stride >= extent + before;
  return startsBeyond ? count - 1 : count;
}

/** A window's extent with holes: `dilation · (kernel − 1) + 1`. */
export const dilated = (kernel: number, dilation: number): number => dilation * (kernel - 1) + 1;

/** The spatial output of a sliding window. @throws ShapeError */
export function slide(
  { kernel, stride, padding }: WindowAttributes,
  height: number,
  width: number,
  rounding: Rounding,
  dilation: Pair = [1, 1],
): Pair {
  requireIntegers('kernel', kernel, 1);
  requireIntegers('stride', stride, 1);
  requireIntegers('dilation', dilation, 1);
  requireIntegers('padding', padding, 0);
  return [
    countWindows(
      'height',
      height,
      dilated(kernel[0], dilation[0]),
      stride[0],
      padding[0],
      padding[2],
      rounding,
    ),
    countWindows(
      'width',
      width,
      dilated(kernel[1], dilation[1]),
      stride[1],
      padding[1],
      padding[3],
      rounding,
    ),
  ];
}

/** Extents of a sliding window, for the receptive field. */
export const windowExtents = (
  { kernel, stride, padding }: WindowAttributes,
  dilation: Pair = [1, 1],
): Extents => ({
  kind: 'window',
  kernel,
  stride,
  dilation,
  before: [padding[0], padding[1]],
});

/** Whole numbers `first`, `first + step`, … : `count` of them. */
export const range = (count: number, first = 0, step = 1): number[] =>
  Array.from({ length: count }, (_, index) => first + index * step);

/** Rows and columns of the window behind an output cell; those outside the image are padding. */
export const windowReads = (
  { kernel, stride, padding }: WindowAttributes,
  [, row, column]: Cell,
  dilation: Pair = [1, 1],
): Pick<Reads, 'rows' | 'columns'> => ({
  rows: range(kernel[0], row * stride[0] - padding[0], dilation[0]),
  columns: range(kernel[1], column * stride[1] - padding[1], dilation[1]),
});

/** The same cell of the (first) input. */
export const sameCell = ([channel, row, column]: Cell, from = 0): Reads[] => [
  { input: from, channels: [channel], rows: [row], columns: [column] },
];

/** Position of a cell in a row-major tensor. */
export function offsetOf(shape: Shape, [channel, row, column]: Cell): number {
  const [, height, width] = asImage(shape);
  return (channel * height + row) * width + column;
}

/** The cells of some reads with their values, padding as 0. */
export function collectTerms(
  inputs: readonly Shape[],
  reads: readonly Reads[],
  values: readonly FloatArray[],
  weightOf?: (index: number) => number,
): CellTerm[] {
  const terms: CellTerm[] = [];
  for (const { input: from, channels, rows, columns } of reads) {
    const shape = inputs[from] ?? [];
    const data = values[from];
    const [, height, width] = asImage(shape);
    for (const channel of channels) {
      for (const row of rows) {
        for (const column of columns) {
          const padding = row < 0 || row >= height || column < 0 || column >= width;
          const cell: Cell = [channel, row, column];
          terms.push({
            input: from,
            cell,
            value: padding ? 0 : (data?.[offsetOf(shape, cell)] ?? 0),
            ...(weightOf ? { weight: weightOf(terms.length) } : {}),
            padding,
          });
        }
      }
    }
  }
  return terms;
}

/** Workings of a sliding window's output height and width. */
export function explainWindow(
  { kernel, stride, padding }: WindowAttributes,
  height: number,
  width: number,
  output: Pair,
  rounding: Rounding,
  dilation: Pair = [1, 1],
): Working[] {
  const along = (axis: 0 | 1, extent: number): Expression => {
    const before = padding[axis];
    const after = padding[axis === 0 ? 2 : 3];
    const window =
      dilation[axis] === 1
        ? [attribute(kernel[axis])]
        : expression`(${attribute(dilation[axis])}·(${attribute(kernel[axis])} − 1) + 1)`;
    const padded =
      before === after
        ? expression`2·${attribute(before)}`
        : expression`${attribute(before)} + ${attribute(after)}`;
    const [open, close] = rounding === 'floor' ? ['⌊', '⌋'] : ['⌈', '⌉'];
    const formula = expression`(${input(extent)} − ${window} + ${padded}) / ${attribute(stride[axis])}`;
    const dropped =
      rounding === 'ceil' &&
      Math.ceil((extent + before + after - dilated(kernel[axis], dilation[axis])) / stride[axis]) + 1 >
        output[axis];
    return [
      { kind: 'text', text: open },
      ...formula,
      { kind: 'text', text: dropped ? `${close} + 1 − 1` : `${close} + 1` },
    ];
  };
  return [
    { quantity: 'outputHeight', expression: along(0, height), result: output[0] },
    { quantity: 'outputWidth', expression: along(1, width), result: output[1] },
  ];
}

/** Value of an array at an index that is known to be inside. */
export const at = (values: FloatArray | undefined, index: number): number => values?.[index] ?? 0;
