import {
  type DifferenceWords,
  describeDifferences,
} from '../../components/layer-diff/describe-difference.ts';
import { formatInteger } from '../../engine/cost/format.ts';
import type { GraphDiff } from '../../engine/diff/diff-graphs.ts';

/** Words that make a sentence of a diff. */
export interface SentenceWords extends DifferenceWords {
  /** `conv1: 11×11/4 → 7×7/2` */
  at(layer: string, changes: string): string;
  /** `groups 1 → 32 in 16 layers, the first conv2_x/block1/conv2` */
  atMany(layers: number, first: string, changes: string): string;
  /** Many layers with so many times the filters: `2 × the filters`. */
  filtersTimes(factor: string): string;
  outputsTimes(factor: string): string;
  more(changes: number): string;
  added(layers: number, first: string): string;
  removed(layers: number, first: string): string;
  /** Where hardly a layer has a counterpart. */
  apart(alike: number, added: number, removed: number): string;
  readonly same: string;
  join(parts: readonly string[]): string;
}

/** More kinds of changes than this make no sentence that anybody reads to its end. */
const MOST_CHANGES = 6;
/** With fewer counterparts than this share of the longer network's layers, two networks have little in common. */
const LEAST_ALIKE = 0.3;

const factor = (before: string, after: string): string =>
  String(Number((Number(after) / Number(before)).toPrecision(3)));

/**
 * What became of a network's layers in the other, in one sentence: like changes together, in the order of the network. What
 * follows from a change before, such as the number of maps that a layer reads, is left to the list of layers.
 */
export function differenceSentence({ entries, counts }: GraphDiff, words: SentenceWords): string {
  const both = counts.matched + counts.changed;
  if (both < LEAST_ALIKE * (both + Math.max(counts.added, counts.removed))) {
    return words.apart(both, counts.added, counts.removed);
  }
  const exact: DifferenceWords = { ...words, reads: () => '' };
  // Stages double their filters: what is the same in all of them is how many times more they are.
  const relative: DifferenceWords = {
    ...exact,
    filters: (before, after) => words.filtersTimes(factor(before, after)),
    outputs: (before, after) => words.outputsTimes(factor(before, after)),
  };
  const alike = new Map<string, { first: string; texts: Set<string>; count: number }>();
  const apart = { added: [] as string[], removed: [] as string[] };
  for (const entry of entries) {
    if (entry.kind === 'added') apart.added.push(entry.after.id);
    else if (entry.kind === 'removed') apart.removed.push(entry.before.id);
    else if (entry.kind === 'changed') {
      const say = (how: DifferenceWords, format: (value: number) => string): string =>
        describeDifferences(entry, how, format)
          .filter((phrase) => phrase !== '')
          .join(', ');
      const key = say(relative, String);
      if (key === '') continue;
      const text = say(exact, formatInteger);
      const known = alike.get(key);
      if (known) {
        known.count += 1;
        known.texts.add(text);
      } else alike.set(key, { first: entry.after.id, texts: new Set([text]), count: 1 });
    }
  }
  const changes = [...alike].map(([key, { first, texts, count }]) => {
    const text = texts.size === 1 ? ([...texts][0] ?? key) : key;
    return count === 1 ? words.at(first, text) : words.atMany(count, first, text);
  });
  const parts = changes.slice(0, MOST_CHANGES);
  if (changes.length > MOST_CHANGES) parts.push(words.more(changes.length - MOST_CHANGES));
  if (apart.added[0]) parts.push(words.added(apart.added.length, apart.added[0]));
  if (apart.removed[0]) parts.push(words.removed(apart.removed.length, apart.removed[0]));
  return parts.length === 0 ? words.same : words.join(parts);
}
