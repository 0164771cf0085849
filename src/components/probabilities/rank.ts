/** A class with its probability. */
export interface Prediction {
  /** Position in the network's output. */
  readonly index: number;
  readonly label: string;
  /** Between 0 and 1. */
  readonly probability: number;
}

/** Classes by falling probability, equal ones in the network's order; a value that is no number counts as 0. */
export function rankPredictions(
  probabilities: ArrayLike<number>,
  labels: readonly string[],
): readonly Prediction[] {
  return labels
    .map((label, index): Prediction => {
      const probability = probabilities[index] ?? 0;
      return { index, label, probability: Number.isFinite(probability) ? probability : 0 };
    })
    .sort((a, b) => b.probability - a.probability || a.index - b.index);
}

/** How sure an answer is, and of what. */
export type Verdict =
  | { readonly kind: 'sure'; readonly label: string }
  | { readonly kind: 'likely'; readonly label: string; readonly other: string }
  | { readonly kind: 'unsure'; readonly label: string; readonly other: string };

/** From this probability on, an answer is given without a second. */
const sureFrom = 0.85;

/** From this probability on, one answer comes before another; below it two are offered as equals. */
const likelyFrom = 0.5;

/**
 * What the headline says of ranked predictions; null where there is none.
 *
 * @param names what it calls the classes, in the network's order
 */
export function judge(ranked: readonly Prediction[], names: readonly string[] = []): Verdict | null {
  const [first, second] = ranked;
  if (!first) return null;
  const nameOf = ({ index, label }: Prediction): string => names[index] ?? label;
  if (first.probability >= sureFrom || !second) return { kind: 'sure', label: nameOf(first) };
  const kind = first.probability >= likelyFrom ? 'likely' : 'unsure';
  return { kind, label: nameOf(first), other: nameOf(second) };
}

/** A probability in per cent with one decimal: `97.2 %`; never `100.0 %` or `0.0 %` for what is not quite that. */
export function formatProbability(probability: number): string {
  const percent = 100 * probability;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  if (percent < 100 && percent >= 99.95) return '> 99.9 %';
  return `${percent.toFixed(1)} %`;
}
