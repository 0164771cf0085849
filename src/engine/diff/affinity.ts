import { operatorOf } from '../ops/index.ts';
import type { ConvAttributes, GemmAttributes, OpName, WindowAttributes } from '../spec/types.ts';
import { type DiffLayer, leadOf, type OperatorCall } from './layers.ts';

/** What it is worth to pair two layers of an operator: the more a reader cares for it, the more. */
const worth: Readonly<Partial<Record<OpName, number>>> = {
  Conv: 10,
  Gemm: 10,
  Rbf: 8,
  MaxPool: 6,
  AveragePool: 6,
  GlobalAveragePool: 6,
  AdaptiveAveragePool: 6,
  Subsample: 6,
  Add: 4,
  Concat: 4,
  Mean: 4,
};

const OTHERS = 2;

const octaves = (a: number, b: number): number => Math.abs(Math.log2(a / b));

/** What two convolutions lose of their worth by being different. */
function convolutionsApart(a: ConvAttributes, b: ConvAttributes): number {
  const [height, width] = a.kernel;
  const [otherHeight, otherWidth] = b.kernel;
  const kernel =
    height === otherHeight && width === otherWidth
      ? 0
      : // A 1×1 convolution mixes channels, any other looks around: two different things.
        (Math.max(height, width) === 1) !== (Math.max(otherHeight, otherWidth) === 1)
        ? 4
        : 1 + Math.min(2, octaves(height * width, otherHeight * otherWidth) / 2);
  return (
    kernel +
    Math.min(2.5, octaves(a.channels, b.channels)) +
    Math.min(1.5, octaves(a.stride[0], b.stride[0])) +
    (a.groups === b.groups ? 0 : 0.75)
  );
}

function callsApart(a: OperatorCall, b: OperatorCall): number {
  if (a.op !== b.op) return 1.5;
  if (a.op === 'Conv') {
    return convolutionsApart(
      a.attributes as unknown as ConvAttributes,
      b.attributes as unknown as ConvAttributes,
    );
  }
  if (a.op === 'Gemm') {
    const { features } = a.attributes as unknown as GemmAttributes;
    const other = (b.attributes as unknown as GemmAttributes).features;
    return Math.min(4, octaves(features, other));
  }
  const { kernel } = a.attributes as unknown as Partial<WindowAttributes>;
  const other = (b.attributes as unknown as Partial<WindowAttributes>).kernel;
  return kernel && other ? Math.min(2, octaves(kernel[0], other[0])) : 0;
}

/**
 * How well two layers go together by their operators alone: 0 where they do not, 10 for two equal convolutions. Two
 * layers go together if the operators that lead them are of one category, as max and average pooling are.
 */
export function affinityOf(before: DiffLayer, after: DiffLayer): number {
  const a = leadOf(before);
  const b = leadOf(after);
  if (operatorOf(a.op).category !== operatorOf(b.op).category) return 0;
  const names = new Set(after.operators.map(({ op }) => op));
  const others = before.operators.filter(({ op }) => !names.has(op)).length;
  const extra = Math.abs(before.operators.length - after.operators.length);
  const value = Math.min(worth[a.op] ?? OTHERS, worth[b.op] ?? OTHERS);
  // Even two convolutions that have nothing in common read better side by side than one out and one in.
  return Math.max(value / 10, value - callsApart(a, b) - 0.25 * (others + extra));
}
