import type { DiffEntry } from './diff-graphs.ts';
import { operatorsKey } from './layers.ts';

/** Entries of a diff that say the same several times over: equal blocks that were changed alike. */
export interface DiffRun {
  /** The entries of the first time. */
  readonly pattern: readonly DiffEntry[];
  /** The entries of the last time; the pattern itself where it comes once. */
  readonly last: readonly DiffEntry[];
  readonly times: number;
  /** Position of the first entry in the diff. */
  readonly start: number;
}

/** A text that is equal for entries that read alike: paths and what follows from the surroundings do not count. */
function readingOf(entry: DiffEntry): string {
  switch (entry.kind) {
    case 'added':
      return `+${operatorsKey(entry.after)}`;
    case 'removed':
      return `-${operatorsKey(entry.before)}`;
    case 'matched':
      return `=${operatorsKey(entry.after)}`;
    case 'changed':
      return `~${operatorsKey(entry.before)}>${operatorsKey(entry.after)}`;
  }
}

/** The path of an entry in the later network; null for what is gone from it. */
const pathOf = (entry: DiffEntry): readonly string[] | null =>
  entry.kind === 'removed' ? null : entry.after.id.split('/');

/** The number of names that all paths begin with. */
function sharedNames(entries: readonly DiffEntry[]): number {
  let shared: readonly string[] | null = null;
  for (const entry of entries) {
    const path = pathOf(entry);
    if (path === null) continue;
    if (shared === null) {
      shared = path;
      continue;
    }
    let length = 0;
    while (length < shared.length && length < path.length && shared[length] === path[length]) length += 1;
    shared = shared.slice(0, length);
  }
  return shared?.length ?? 0;
}

/**
 * Whether two stretches that read alike are two things to the reader: each lies within one layer or group that the
 * other is not part of, so that blocks are told as blocks and not as the end of one and the beginning of the next.
 */
function areSiblings(one: readonly DiffEntry[], next: readonly DiffEntry[]): boolean {
  const apart = Math.min(sharedNames(one), sharedNames(next));
  return apart > sharedNames([...one, ...next]) || one.every(({ kind }) => kind === 'removed');
}

/**
 * A diff with its repetitions told once: runs of up to `longest` entries that come again at once with the same
 * changes. Written out one after the other, the runs are the diff.
 */
export function foldDiff(entries: readonly DiffEntry[], longest = 24): readonly DiffRun[] {
  const numbers = new Map<string, number>();
  const keys = entries.map((entry) => {
    const reading = readingOf(entry);
    const number = numbers.get(reading) ?? numbers.size;
    numbers.set(reading, number);
    return number;
  });
  const copy = (start: number, period: number): readonly DiffEntry[] => entries.slice(start, start + period);
  const runs: DiffRun[] = [];
  let start = 0;
  while (start < entries.length) {
    let bestPeriod = 1;
    let bestTimes = 1;
    for (let period = 1; period <= longest && start + 2 * period <= entries.length; period += 1) {
      let end = start + period;
      while (end < keys.length && keys[end] === keys[end - period]) end += 1;
      const most = Math.floor((end - start) / period);
      if (most * period <= bestTimes * bestPeriod || most < 2) continue;
      let times = 1;
      while (
        times < most &&
        areSiblings(copy(start + (times - 1) * period, period), copy(start + times * period, period))
      ) {
        times += 1;
      }
      if (times > 1 && times * period > bestTimes * bestPeriod) {
        bestPeriod = period;
        bestTimes = times;
      }
    }
    const end = start + bestPeriod * bestTimes;
    runs.push({
      pattern: copy(start, bestPeriod),
      last: copy(end - bestPeriod, bestPeriod),
      times: bestTimes,
      start,
    });
    start = end;
  }
  return runs;
}
