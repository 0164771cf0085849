/**
 * The largest difference between two outputs, relative to the largest expected value; infinite where they cannot be
 * compared (another length, or a value that is not finite).
 */
export function relativeError(expected: Float32Array, actual: Float32Array): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  for (let index = 0; index < expected.length; index += 1) {
    const right = expected[index] as number;
    const error = Math.abs((actual[index] as number) - right);
    // Comparisons with NaN are false: it must not slip through as a small error.
    if (!Number.isFinite(error)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, error);
    largest = Math.max(largest, Math.abs(right));
  }
  if (difference === 0) return 0;
  return difference / largest;
}

/**
 * Whether outputs are as expected, by node id in execution order: the largest error of all, or, where one is beyond the
 * tolerance, the first node that went wrong (those after it are wrong because of it).
 */
export function compareOutputs(
  expected: readonly (readonly [id: string, values: Float32Array])[],
  actual: ReadonlyMap<string, Float32Array>,
  tolerance: number,
): { readonly wrong: string | null; readonly maxError: number } {
  let maxError = 0;
  for (const [node, values] of expected) {
    const error = relativeError(values, actual.get(node) ?? new Float32Array(0));
    if (error > tolerance) return { wrong: node, maxError: error };
    maxError = Math.max(maxError, error);
  }
  return { wrong: null, maxError };
}
