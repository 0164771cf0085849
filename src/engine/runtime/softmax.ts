/** Probabilities of logits, one a class: `e^(x − max) / Σ e^(x − max)`. */
export function softmax(logits: Float32Array): Float32Array {
  const most = logits.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
  const exponents = logits.map((value) => Math.exp(value - most));
  const total = exponents.reduce((sum, value) => sum + value, 0);
  return exponents.map((value) => value / total);
}
