import type { DiffEntry } from '../../engine/diff/diff-graphs.ts';
import type { DiffRun } from '../../engine/diff/fold-diff.ts';
import { readsOtherwise } from './describe-difference.ts';

/** What the view of a diff lists. */
export type DiffRow =
  | { readonly kind: 'entry'; readonly key: string; readonly entry: DiffEntry }
  | {
      /** Layers one after the other that are the same in both networks. */
      readonly kind: 'same';
      readonly key: string;
      readonly entries: readonly DiffEntry[];
    }
  | {
      /** What happened alike several times over. */
      readonly kind: 'times';
      readonly key: string;
      readonly times: number;
      readonly rows: readonly DiffRow[];
      readonly first: DiffEntry;
      readonly last: DiffEntry;
    };

/** The id by which an entry is spoken of: the later network's where it has one. */
export const idOf = (entry: DiffEntry): string =>
  entry.kind === 'removed' ? entry.before.id : entry.after.id;

/** Nothing that would interest someone who asks what changed. */
const isQuiet = (entry: DiffEntry): boolean => entry.kind === 'matched' && readsOtherwise(entry) === null;

function rowsOf(entries: readonly DiffEntry[], into: DiffRow[]): void {
  for (const entry of entries) {
    const key = `${entry.kind} ${idOf(entry)}`;
    const last = into.at(-1);
    if (!isQuiet(entry)) into.push({ kind: 'entry', key, entry });
    else if (last?.kind === 'same') into[into.length - 1] = { ...last, entries: [...last.entries, entry] };
    else into.push({ kind: 'same', key, entries: [entry] });
  }
}

/** The rows of a folded diff: layers that stayed as they were are gathered, repetitions told once. */
export function listDiffRows(entries: readonly DiffEntry[], runs: readonly DiffRun[]): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  for (const { pattern, last, times, start } of runs) {
    const first = pattern[0];
    const final = last.at(-1);
    if (times === 1 || pattern.every(isQuiet) || !first || !final) {
      rowsOf(entries.slice(start, start + pattern.length * times), rows);
      continue;
    }
    const inner: DiffRow[] = [];
    rowsOf(pattern, inner);
    rows.push({ kind: 'times', key: `times ${idOf(first)}`, times, rows: inner, first, last: final });
  }
  return rows;
}
