import type { DiffEntry } from './diff-graphs.ts';
import { isAuthored } from './differences.ts';
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
      return `~${operatorsKey(entry.before)}>${operatorsKey(entry.after)}${JSON.stringify(entry.differences.filter(isAuthored))}`;
  }
}

/** Whether equal patterns that follow one another may be told once: a lone layer may not stand for others by chance. */
const LEAST_TIMES = 2;

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
  const runs: DiffRun[] = [];
  let start = 0;
  while (start < entries.length) {
    let bestPeriod = 1;
    let bestTimes = 1;
    for (let period = 1; period <= longest && start + 2 * period <= entries.length; period += 1) {
      let end = start + period;
      while (end < keys.length && keys[end] === keys[end - period]) end += 1;
      const times = Math.floor((end - start) / period);
      if (times >= LEAST_TIMES && times * period > bestTimes * bestPeriod) {
        bestPeriod = period;
        bestTimes = times;
      }
    }
    const end = start + bestPeriod * bestTimes;
    runs.push({
      pattern: entries.slice(start, start + bestPeriod),
      last: entries.slice(end - bestPeriod, end),
      times: bestTimes,
      start,
    });
    start = end;
  }
  return runs;
}
