import type { Graph } from '../graph/types.ts';
import { affinityOf } from './affinity.ts';
import { align, type Step } from './align.ts';
import {
  applyDifferences,
  compareLayers,
  compareOperators,
  type Difference,
  isAuthored,
} from './differences.ts';
import { type DiffLayer, listLayers, operatorsKey } from './layers.ts';
import { type Cut, shorten } from './repeats.ts';

/** What became of one layer on the way from one network to another. */
export type DiffEntry =
  | {
      /** `matched`: the same operators with the same attributes; `changed`: a counterpart that differs. */
      readonly kind: 'matched' | 'changed';
      readonly before: DiffLayer;
      readonly after: DiffLayer;
      /** Everything that differs; of a matched layer only what follows from its surroundings. */
      readonly differences: readonly Difference[];
    }
  | { readonly kind: 'removed'; readonly before: DiffLayer }
  | { readonly kind: 'added'; readonly after: DiffLayer };

/** The kinds of entries, in the order in which a reader wants their counts. */
export const diffKinds = ['matched', 'changed', 'removed', 'added'] as const;

/** {@link diffKinds} as a type. */
export type DiffKind = (typeof diffKinds)[number];

/** How one network becomes another, layer by layer. */
export interface GraphDiff {
  readonly before: readonly DiffLayer[];
  readonly after: readonly DiffLayer[];
  /** Every layer of both networks once, each network's in its own order. */
  readonly entries: readonly DiffEntry[];
  readonly counts: Readonly<Record<DiffKind, number>>;
}

/** Pairs of layers that are weighed one by one; beyond them the repetitions of both networks are shortened first. */
const CELLS = 600_000;

/** What it adds to the worth of a pair to stand at the same path, or to have the same last name. */
const SAME_PATH = 1.5;
const SAME_NAME = 0.4;

/** What it adds that both read the image: a reader compares first layers with first layers. */
const BOTH_FIRST = 2;

/** What it adds to the worth of a pair to work at the same resolution. */
const SAME_SIZE = 0.8;

/** One network's layers as numbers that are quick to compare. */
interface Keys {
  /** Equal for layers with equal operators. */
  readonly operators: Int32Array;
  readonly paths: Int32Array;
  readonly names: Int32Array;
  /** Binary logarithm of the height of what leaves the layer; −1 for a list of features. */
  readonly sizes: Float64Array;
}

/** Numbers texts in the order in which they first come. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

const keysOf = (
  layers: readonly DiffLayer[],
  operatorNumber: (text: string) => number,
  textNumber: (text: string) => number,
): Keys => ({
  operators: Int32Array.from(layers, (layer) => operatorNumber(operatorsKey(layer))),
  paths: Int32Array.from(layers, ({ id }) => textNumber(id)),
  names: Int32Array.from(layers, ({ id }) => textNumber(id.slice(id.lastIndexOf('/') + 1))),
  sizes: Float64Array.from(layers, ({ shape }) => (shape.length === 3 ? Math.log2(shape[1] ?? 1) : -1)),
});

/** The worth of pairing a layer of one network with one of the other; operators are weighed once a kind of layer. */
function weigher(
  before: readonly DiffLayer[],
  after: readonly DiffLayer[],
  a: Keys,
  b: Keys,
  kinds: number,
): (i: number, j: number) => number {
  const affinities = new Float32Array(kinds * kinds).fill(-1);
  return (i, j) => {
    const cell = (a.operators[i] as number) * kinds + (b.operators[j] as number);
    let value = affinities[cell] as number;
    if (value < 0) {
      value = affinityOf(before[i] as DiffLayer, after[j] as DiffLayer);
      affinities[cell] = value;
    }
    if (value === 0) return 0;
    if (i === 0 && j === 0) value += BOTH_FIRST;
    if (a.paths[i] === b.paths[j]) value += SAME_PATH;
    else if (a.names[i] === b.names[j]) value += SAME_NAME;
    const apart = Math.abs((a.sizes[i] as number) - (b.sizes[j] as number));
    return apart < 1 ? value + SAME_SIZE * (1 - apart) : value;
  };
}

/**
 * Puts what {@link shorten} took out of two sequences back into their alignment. Where both were cut at the same place
 * of the alignment, the copies taken out go together as the copies right before them do; what remains stands alone.
 */
function lengthen(steps: readonly Step[], a: readonly Cut[], b: readonly Cut[]): readonly Step[] {
  const result: Step[] = [];
  const alone = (cut: Cut, copies: number, side: 0 | 1): void => {
    const end = cut.start + cut.period * cut.copies;
    for (let index = end - cut.period * copies; index < end; index += 1) {
      result.push(side === 0 ? [index, -1] : [-1, index]);
    }
  };
  let consumedA = 0;
  let consumedB = 0;
  let nextA = 0;
  let nextB = 0;
  const putBack = (): void => {
    const cutA = a[nextA]?.after === consumedA ? a[nextA] : undefined;
    const cutB = b[nextB]?.after === consumedB ? b[nextB] : undefined;
    let together = 0;
    if (cutA && cutB) {
      const pattern = rhythm(result, cutA, cutB);
      together = pattern ? Math.min(cutA.copies, cutB.copies) : 0;
      for (let copy = 0; pattern && copy < together; copy += 1) {
        for (const [i, j] of pattern) {
          result.push([
            i < 0 ? -1 : i + cutA.start + copy * cutA.period,
            j < 0 ? -1 : j + cutB.start + copy * cutB.period,
          ]);
        }
      }
    }
    // A cut waits for its counterpart as long as steps of the other side alone can still reach it.
    if (cutA) {
      alone(cutA, cutA.copies - together, 0);
      nextA += 1;
    }
    if (cutB) {
      alone(cutB, cutB.copies - together, 1);
      nextB += 1;
    }
  };
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    if (!step) continue;
    const waitingA = a[nextA]?.after === consumedA;
    const waitingB = b[nextB]?.after === consumedB;
    const otherComes = (waitingA && !waitingB && step[0] < 0) || (waitingB && !waitingA && step[1] < 0);
    if ((waitingA || waitingB) && !otherComes) putBack();
    result.push(step);
    if (step[0] >= 0) consumedA += 1;
    if (step[1] >= 0) consumedB += 1;
  }
  while (nextA < a.length || nextB < b.length) {
    const left = nextA + nextB;
    putBack();
    if (nextA + nextB === left) break;
  }
  return result;
}

/**
 * The last steps of an alignment as one copy against one copy, counted from the start of the copies; null where they
 * are not exactly one copy of either side.
 */
function rhythm(steps: readonly Step[], a: Cut, b: Cut): readonly Step[] | null {
  let countA = 0;
  let countB = 0;
  let from = steps.length;
  while (from > 0 && (countA < a.period || countB < b.period)) {
    from -= 1;
    if ((steps[from]?.[0] ?? -1) >= 0) countA += 1;
    if ((steps[from]?.[1] ?? -1) >= 0) countB += 1;
  }
  if (countA !== a.period || countB !== b.period) return null;
  const pattern = steps.slice(from);
  if (!pattern.some(([i, j]) => i >= 0 && j >= 0)) return null;
  const firstA = a.start - a.period;
  const firstB = b.start - b.period;
  const inside = pattern.every(
    ([i, j]) => (i < 0 || (i >= firstA && i < a.start)) && (j < 0 || (j >= firstB && j < b.start)),
  );
  if (!inside) return null;
  return pattern.map(([i, j]): Step => [i < 0 ? -1 : i - firstA, j < 0 ? -1 : j - firstB]);
}

/** Aligns two lists of layers; −1 stands for no counterpart. */
function alignLayers(before: readonly DiffLayer[], after: readonly DiffLayer[]): readonly Step[] {
  const operatorNumber = numbering();
  const textNumber = numbering();
  const a = keysOf(before, operatorNumber, textNumber);
  const b = keysOf(after, operatorNumber, textNumber);
  const kinds = operatorNumber('') + 1;
  const same = (i: number, j: number): boolean =>
    a.operators[i] === b.operators[j] && a.paths[i] === b.paths[j] && a.sizes[i] === b.sizes[j];

  // Equal beginnings and ends, as variants of one network have them, need no weighing.
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && same(head, head)) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(before.length - 1 - tail, after.length - 1 - tail)) tail += 1;

  const innerA = a.operators.subarray(head, before.length - tail);
  const innerB = b.operators.subarray(head, after.length - tail);
  const worth = weigher(before, after, a, b, kinds);
  let steps: readonly Step[];
  if (innerA.length * innerB.length <= CELLS) {
    steps = align(innerA.length, innerB.length, (i, j) => worth(i + head, j + head));
  } else {
    const shortA = shorten(innerA);
    const shortB = shorten(innerB);
    const { kept: keptA } = shortA;
    const { kept: keptB } = shortB;
    const short = align(keptA.length, keptB.length, (i, j) =>
      worth((keptA[i] as number) + head, (keptB[j] as number) + head),
    );
    steps = lengthen(
      short.map(([i, j]): Step => [i < 0 ? -1 : (keptA[i] ?? -1), j < 0 ? -1 : (keptB[j] ?? -1)]),
      shortA.cuts,
      shortB.cuts,
    );
  }
  const all: Step[] = [];
  for (let index = 0; index < head; index += 1) all.push([index, index]);
  for (const [i, j] of steps) all.push([i < 0 ? -1 : i + head, j < 0 ? -1 : j + head]);
  for (let index = tail; index > 0; index -= 1) all.push([before.length - index, after.length - index]);
  return all;
}

/** How a list of layers becomes another. */
export function diffLayers(before: readonly DiffLayer[], after: readonly DiffLayer[]): GraphDiff {
  const counts = { matched: 0, changed: 0, removed: 0, added: 0 };
  // Blocks repeat, and with them the pairs of operators that are compared.
  const compared = new Map<string, Map<string, readonly Difference[]>>();
  const operatorsOf = (from: DiffLayer, to: DiffLayer): readonly Difference[] => {
    const row = compared.get(operatorsKey(from)) ?? new Map<string, readonly Difference[]>();
    compared.set(operatorsKey(from), row);
    const known = row.get(operatorsKey(to));
    if (known) return known;
    const differences = compareOperators(from, to);
    row.set(operatorsKey(to), differences);
    return differences;
  };
  const entries = alignLayers(before, after).map(([i, j]): DiffEntry => {
    const from = before[i];
    const to = after[j];
    if (from && to) {
      const differences = compareLayers(from, to, operatorsOf(from, to));
      const kind = differences.some(isAuthored) ? 'changed' : 'matched';
      counts[kind] += 1;
      return { kind, before: from, after: to, differences };
    }
    if (from) {
      counts.removed += 1;
      return { kind: 'removed', before: from };
    }
    if (!to) throw new RangeError('a step of an alignment with neither side');
    counts.added += 1;
    return { kind: 'added', after: to };
  });
  return { before, after, entries, counts };
}

/**
 * How one network becomes another, layer by layer: layers are paired by operator, path and resolution so that the pairs
 * have most in common. A network that does not fit takes part with the layers that lowering reached.
 *
 * With n and m layers between the beginning and the end that are equal: O(n·m) time and memory for up to 600,000 pairs. Beyond,
 * O(n + m) to leave out repetitions, and the product of what is left of both; 50 ms for the largest of the catalogue.
 */
export const diffGraphs = (before: Graph, after: Graph): GraphDiff =>
  diffLayers(listLayers(before), listLayers(after));

/**
 * The list of layers that a diff makes of the list it was taken from.
 *
 * @throws RangeError where the list is not the one before
 */
export function applyDiff(layers: readonly DiffLayer[], { entries }: GraphDiff): readonly DiffLayer[] {
  const rest = [...layers].reverse();
  const result: DiffLayer[] = [];
  for (const entry of entries) {
    if (entry.kind === 'added') {
      result.push(entry.after);
      continue;
    }
    const layer = rest.pop();
    if (layer?.id !== entry.before.id) {
      throw new RangeError(`the diff expects ${entry.before.id}, not ${layer?.id ?? 'the end'}`);
    }
    if (entry.kind !== 'removed') result.push(applyDifferences(layer, entry.differences));
  }
  if (rest.length > 0) throw new RangeError(`the diff knows nothing of ${rest.at(-1)?.id}`);
  return result;
}
