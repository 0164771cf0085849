import { softmax } from './softmax.ts';

/** What a network's numbers, one a class, turned out to be. */
export interface ClassAnswer {
  readonly kind: 'probabilities' | 'logits';
  /** They sum to 1. */
  readonly probabilities: Float32Array;
}

/** How far from 1 the sum of probabilities may be: those of half precision, or of 8 bits. */
const SUM_TOLERANCE = 0.02;

/** Reads numbers, one a class: probabilities as they are, anything else through a softmax. */
export function readClasses(values: Float32Array): ClassAnswer {
  let least = Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const value of values) {
    least = Math.min(least, value);
    sum += value;
  }
  if (least >= 0 && Math.abs(sum - 1) <= SUM_TOLERANCE)
    return { kind: 'probabilities', probabilities: values };
  return { kind: 'logits', probabilities: softmax(values) };
}

/** How many classes an output of this shape has numbers for; null where it is no list of them. */
export function classesOf(shape: readonly number[]): number | null {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return size > 1 && shape.filter((extent) => extent > 1).length === 1 ? size : null;
}
