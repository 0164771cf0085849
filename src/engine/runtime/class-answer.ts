import type { ClassNumbers } from '../graph/class-list.ts';
import { softmax } from './softmax.ts';

/** What a network's numbers, one a class, turned out to be. */
export interface ClassAnswer {
  /**
   * `rounded` where a softmax in whole numbers no longer sums to 1, `independent` where each class is judged by itself,
   * `binary` where one number is the probability of a yes.
   */
  readonly kind: 'probabilities' | 'rounded' | 'independent' | 'binary' | 'logits';
  /** They sum to 1, but for classes that are judged by themselves. */
  readonly probabilities: Float32Array;
}

/** How far from 1 the sum of probabilities may be: those of half precision, or of 8 bits. */
const SUM_TOLERANCE = 0.02;

/** Most that a softmax in 8 bits sums to: a thousand shares, each rounded by half a step of 1/256 at most, stay far below. */
const MOST_ROUNDED = 1.5;

/**
 * Reads numbers, one a class: a softmax as it is, a sigmoid class by class (one alone as no and yes), all else
 * through a softmax.
 *
 * @param numbers what the network's wiring says of them; where that is null, numbers that sum to 1 are probabilities
 */
export function readClasses(values: Float32Array, numbers: ClassNumbers | null = null): ClassAnswer {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  if (numbers === 'sigmoid' && least >= 0 && most <= 1) {
    return values.length === 1
      ? { kind: 'binary', probabilities: Float32Array.of(1 - most, most) }
      : { kind: 'independent', probabilities: values };
  }
  if (numbers !== 'sums' && least >= 0) {
    if (Math.abs(sum - 1) <= SUM_TOLERANCE) return { kind: 'probabilities', probabilities: values };
    // A softmax along an axis of one number, a slip of some exporters, gives nothing but ones: it is none of the classes.
    if (numbers === 'softmax' && sum > 0 && sum <= MOST_ROUNDED) {
      return { kind: 'rounded', probabilities: values.map((value) => value / sum) };
    }
  }
  return { kind: 'logits', probabilities: softmax(values) };
}
