import type { CatalogueFacts, NetworkFacts } from './catalogue-facts.ts';
import type { NetworkEntry } from './catalogue-search.ts';
import { searchNetworks } from './catalogue-search.ts';
import type { CatalogueQuery, Range, SortKey } from './query.ts';

/** A condition that can be taken back. */
export type Condition = 'q' | 'task' | 'years' | 'parameters' | 'macs';

/** A network of the list, and why the search found it. */
export interface CatalogueRow {
  readonly entry: NetworkEntry;
  readonly facts: NetworkFacts;
  /** The word that answered the query, where it is not the name itself. */
  readonly reason: { readonly field: 'words' | 'ideas' | 'operators'; readonly text: string } | null;
}

const conditions: readonly Condition[] = ['q', 'task', 'years', 'parameters', 'macs'];

const isWithin = (value: number, range: Range | null): boolean =>
  range === null ||
  ((range.from === null || value >= range.from) && (range.to === null || value <= range.to));

const meets = (facts: NetworkFacts, { task, years, parameters, macs }: CatalogueQuery): boolean =>
  (task === null || facts.task === task) &&
  isWithin(facts.year, years) &&
  isWithin(facts.parameters, parameters) &&
  isWithin(facts.macs, macs);

const compareTitles = new Intl.Collator('en', { numeric: true }).compare;

/** Milliseconds of a run by network, for those that were measured. */
export type RunTimes = Readonly<Record<string, { readonly ms: number }>>;

type Compare = (a: CatalogueRow, b: CatalogueRow) => number;

function compareBy(key: SortKey, descending: boolean, times: RunTimes): Compare {
  const sign = descending ? -1 : 1;
  if (key === 'title') {
    return (a, b) => sign * compareTitles(a.entry.architecture.title, b.entry.architecture.title);
  }
  if (key !== 'time') return (a, b) => sign * (a.facts[key] - b.facts[key]);
  return (a, b) => {
    const [own, other] = [times[a.facts.id]?.ms, times[b.facts.id]?.ms];
    // What was not measured stands behind what was, either way.
    if (own === undefined || other === undefined)
      return Number(own === undefined) - Number(other === undefined);
    return sign * (own - other);
  };
}

/**
 * The networks that answer a query, sorted.
 *
 * @param times of runs, to sort by them
 */
export function queryCatalogue(
  query: CatalogueQuery,
  facts: CatalogueFacts,
  entries: readonly NetworkEntry[],
  times: RunTimes = {},
): readonly CatalogueRow[] {
  const found: readonly { entry: NetworkEntry; reason: CatalogueRow['reason'] }[] =
    query.q.trim() === ''
      ? entries.map((entry) => ({ entry, reason: null }))
      : searchNetworks(query.q).map(({ entry, field, text }) => ({
          entry,
          reason: field === 'names' ? null : { field, text },
        }));
  const rows = found.flatMap(({ entry, reason }): CatalogueRow[] => {
    const own = facts.get(entry.architecture.id);
    return own && meets(own, query) ? [{ entry, facts: own, reason }] : [];
  });
  if (query.sort === null) return rows;
  const descending = query.sort.startsWith('-');
  const key = (descending ? query.sort.slice(1) : query.sort) as SortKey;
  return rows.sort(compareBy(key, descending, times));
}

/** A query without one of its conditions. */
export const without = (query: CatalogueQuery, condition: Condition): CatalogueQuery => ({
  ...query,
  [condition]: condition === 'q' ? '' : null,
});

/** The conditions that a query makes. */
export const conditionsOf = (query: CatalogueQuery): readonly Condition[] =>
  conditions.filter((condition) => (condition === 'q' ? query.q.trim() !== '' : query[condition] !== null));

/** For a query that nothing answers: which single condition taken back gives how many networks, most first. */
export const relaxations = (
  query: CatalogueQuery,
  facts: CatalogueFacts,
  entries: readonly NetworkEntry[],
): readonly { readonly condition: Condition; readonly count: number }[] =>
  conditionsOf(query)
    .map((condition) => ({
      condition,
      count: queryCatalogue(without(query, condition), facts, entries).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
