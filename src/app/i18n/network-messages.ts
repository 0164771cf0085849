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

/** What the lineage says about one family. */
export interface FamilyMessages {
  /** What changed from its predecessor; for the first, what began. */
  readonly change: string;
}

/** Messages by id; the ids stay in the type, so that a translation has to know each of them. */
export const byId = <Id extends string, Value>(
  messages: Readonly<Record<Id, Value>>,
): Readonly<Record<Id, Value>> => messages;
