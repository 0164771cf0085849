/** A stretch of a sequence taken out of it: whole copies of what stands right before it. */
export interface Cut {
  /** How many kept positions stand before the stretch. */
  readonly after: number;
  /** Where the stretch begins in the whole sequence. */
  readonly start: number;
  /** Length of one copy. */
  readonly period: number;
  readonly copies: number;
}

/** A sequence with its long repetitions shortened. */
export interface Shortened {
  /** Positions that are kept, ascending. */
  readonly kept: readonly number[];
  readonly cuts: readonly Cut[];
}

/** Copies kept at either end of a repetition: enough for an alignment to find its rhythm. */
const MARGIN = 3;

/** The period and number of copies of the repetition that begins at a position; a period of 0 for none worth a cut. */
function repetitionAt(
  keys: ArrayLike<number>,
  from: number,
  longest: number,
): { readonly period: number; readonly copies: number } {
  for (let period = 1; period <= longest; period += 1) {
    let end = from + period;
    while (end < keys.length && keys[end] === keys[end - period]) end += 1;
    const copies = Math.floor((end - from) / period);
    if (copies > 2 * MARGIN + 1) return { period, copies };
  }
  return { period: 0, copies: 1 };
}

/**
 * Takes the middle out of repetitions of up to `longest` positions, so that hundreds of equal blocks cost no more than
 * a few.
 */
export function shorten(keys: ArrayLike<number>, longest = 16): Shortened {
  const kept: number[] = [];
  const cuts: Cut[] = [];
  const keep = (from: number, to: number): void => {
    for (let index = from; index < to; index += 1) kept.push(index);
  };
  let index = 0;
  while (index < keys.length) {
    const { period, copies } = repetitionAt(keys, index, longest);
    if (period === 0) {
      keep(index, index + 1);
      index += 1;
      continue;
    }
    const start = index + MARGIN * period;
    const end = index + (copies - MARGIN) * period;
    keep(index, start);
    cuts.push({ after: kept.length, start, period, copies: copies - 2 * MARGIN });
    keep(end, index + copies * period);
    index += copies * period;
  }
  return { kept, cuts };
}
