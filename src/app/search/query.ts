/** What a network was made for, as its input and its classes say; `module` is a part of a network on its own. */
export const tasks = ['imagenet', 'cifar10', 'mnist', 'module', 'other'] as const;

/** What a network was made for. */
export type Task = (typeof tasks)[number];

/** A range; null where it is open. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** Columns that the list can be sorted by. */
export const sortKeys = ['title', 'year', 'depth', 'parameters', 'macs', 'weights', 'time'] as const;

/** A column that the list can be sorted by. */
export type SortKey = (typeof sortKeys)[number];

/** What a visitor asked the catalogue for. */
export interface CatalogueQuery {
  readonly q: string;
  readonly task: Task | null;
  readonly years: Range | null;
  readonly parameters: Range | null;
  readonly macs: Range | null;
  /** A column, with `-` before it for the largest first; null for the order of relevance, or else of time. */
  readonly sort: SortKey | `-${SortKey}` | null;
}
