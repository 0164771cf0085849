import type { FamilyId } from './en/families.ts';

/** Ways to mend a network that does not fit. */
export type RepairName = 'ceil' | 'padding';

/** Why a network that cannot be built cannot be built, and what would repair it; the arithmetic is derived. */
export interface LessonMessages {
  /** What goes wrong, in prose. */
  readonly why: string;
  readonly asPrinted: string;
  readonly repairs: Readonly<Record<RepairName, string>>;
  /** Said of a repair that works, for the input's shape as text. */
  readonly fits: (input: string) => string;
  readonly stillBroken: string;
}

/** What the page says about one architecture. */
export interface NetworkMessages {
  /** Authors, year and which form of the network this is. */
  readonly subtitle: string;
  /** What it brought and why that worked. */
  readonly idea: string;
  /** Where sources disagree about it. */
  readonly notes: readonly string[];
  readonly lesson?: LessonMessages;
}

/** What the page says about the networks of one family, by id. */
export type FamilyWords = Readonly<Record<string, NetworkMessages>>;

/** Fetches the words of each family, by the family's id. */
export type FamilyLoaders = Readonly<Record<FamilyId, () => Promise<FamilyWords>>>;

/** What the lineage says about one family. */
export interface FamilyMessages {
  /** What changed from its predecessor; for the first, what began. */
  readonly change: string;
}

/** Words by id; the ids stay in the type, so that a translation has to know each of them. */
export const networkWords = <Id extends string>(
  words: Readonly<Record<Id, NetworkMessages>>,
): Readonly<Record<Id, NetworkMessages>> => words;
