/** What can be found: texts of falling weight. */
export interface SearchEntry {
  /** Names of the thing itself: its title, its id. */
  readonly names: readonly string[];
  /** What it belongs to: its family, authors, year. */
  readonly words: readonly string[];
  /** What it is about. */
  readonly ideas: readonly string[];
  /** What it is made of. */
  readonly operators: readonly string[];
}

/** Which of an entry's texts answered a query. */
export type SearchField = keyof SearchEntry;

/** An entry that answers a query. */
export interface SearchMatch<Entry> {
  readonly entry: Entry;
  readonly score: number;
  /** Where the best word of the query was found, and the text as written. */
  readonly field: SearchField;
  readonly text: string;
}

/** A text without case, accents and marks; `×` is an x. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[×✕*]/g, 'x')
    .replace(/[–—−‐‑]/g, '-');

/** A text as one run of letters and digits: `ResNet-50`, `resnet 50` and `resnet50` are the same. */
export const compact = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** The words of a text; a number that follows letters is a word of its own. */
export const wordsOf = (text: string): readonly string[] =>
  plain(text).match(/\p{L}+\p{N}*|\p{N}+(?:x\p{N}+)?\p{L}*/gu) ?? [];

interface PreparedText {
  readonly text: string;
  readonly whole: string;
  readonly words: readonly string[];
}

/** Prepares texts, each but once: most of a catalogue's texts stand in many entries. */
function preparing(): (texts: readonly string[]) => readonly PreparedText[] {
  const known = new Map<string, PreparedText>();
  return (texts) =>
    texts.map((text) => {
      const found = known.get(text);
      if (found) return found;
      const prepared = { text, whole: compact(text), words: wordsOf(text).map(compact) };
      known.set(text, prepared);
      return prepared;
    });
}

/** What a match is worth by where it is: exact, the beginning, a whole word, the beginning of a word, anywhere. */
const worth: Readonly<Record<SearchField, readonly [number, number, number, number, number]>> = {
  names: [100, 80, 70, 64, 50],
  words: [48, 44, 46, 42, 0],
  ideas: [40, 36, 34, 32, 30],
  operators: [28, 24, 22, 20, 0],
};

const fields: readonly SearchField[] = ['names', 'words', 'ideas', 'operators'];

/** Letters from which on a slip of the finger is forgiven. */
const FUZZY_FROM = 4;
const SLIP = 14;
const SCATTERED = 8;

function worthOf(term: string, { whole, words }: PreparedText, field: SearchField): number {
  const [exact, beginning, word, wordBeginning, anywhere] = worth[field];
  if (whole === term) return exact;
  // Of two that begin alike, the one of which more was typed.
  if (whole.startsWith(term)) return beginning - Math.min(8, (whole.length - term.length) / 4);
  if (words.includes(term)) return word;
  if (words.some((one) => one.startsWith(term))) return wordBeginning;
  // Chinese is written without spaces: any place is the beginning of a word. One letter anywhere says nothing.
  const ideographs = /\p{Script=Han}/u.test(term);
  return (term.length > 1 || ideographs) && whole.includes(term)
    ? anywhere || (ideographs ? wordBeginning : 0)
    : 0;
}

/** Whether one insertion, deletion, substitution or exchange of neighbours turns one text into the other. */
function isSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rest = (text: string, skip: number): string => text.slice(start + skip);
  return (
    rest(a, 1) === rest(b, 1) ||
    rest(a, 1) === rest(b, 0) ||
    rest(a, 0) === rest(b, 1) ||
    (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2))
  );
}

/** Whether a text holds all letters of a term in their order. */
function holdsScattered(term: string, text: string): boolean {
  let from = 0;
  for (const letter of term) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

function fuzzyWorth(term: string, { whole, words }: PreparedText): number {
  if (term.length < FUZZY_FROM) return 0;
  // A digit is never a slip: ResNet-101 is not ResNet-110.
  const [letters] = term.match(/^\p{L}{4,}/u) ?? [];
  if (letters) {
    const digits = term.slice(letters.length);
    const slipped = [whole, ...words].some(
      (text) => text.endsWith(digits) && isSlip(letters, text.slice(0, text.length - digits.length)),
    );
    if (slipped) return SLIP;
  }
  return term[0] === whole[0] && holdsScattered(term, whole) ? SCATTERED : 0;
}

/** A prepared search: called with a query, it gives what answers it, best first; all of nothing for an empty query. */
export type Search<Entry> = (query: string) => readonly SearchMatch<Entry>[];

/**
 * Prepares a search over entries. A query's words must all be found, each where it is worth most: in a name before
 * what a thing belongs to, its ideas and its operators; exactly before at the beginning before within. Case, accents,
 * hyphens and the kind of times sign make no difference. Of equals the earlier entry comes first.
 */
export function createSearch<Entry extends SearchEntry>(entries: readonly Entry[]): Search<Entry> {
  const prepare = preparing();
  const prepared = entries.map((entry) => ({
    entry,
    texts: fields.map((field) => [field, prepare(entry[field])] as const),
  }));
  type Found = Omit<SearchMatch<Entry>, 'entry'>;
  const findTerm = (term: string, texts: (typeof prepared)[number]['texts']): Found | null => {
    let best: Found | null = null;
    for (const [field, candidates] of texts) {
      for (const candidate of candidates) {
        const score =
          worthOf(term, candidate, field) || (field === 'names' ? fuzzyWorth(term, candidate) : 0);
        if (score > (best?.score ?? 0)) best = { score, field, text: candidate.text };
      }
    }
    return best;
  };
  return (query) => {
    const whole = compact(query);
    if (whole === '') return [];
    const terms = [...new Set(query.split(/[\s,，、;；]+/).map(compact))].filter((term) => term !== '');
    const matches: SearchMatch<Entry>[] = [];
    for (const { entry, texts } of prepared) {
      const together = findTerm(whole, texts);
      const apart = terms.length > 1 ? terms.map((term) => findTerm(term, texts)) : [];
      const all = apart.filter((found) => found !== null);
      const mean =
        all.length > 0 && all.length === apart.length
          ? all.reduce((sum, { score }) => sum + score, 0) / all.length
          : 0;
      if (together && together.score >= mean) matches.push({ entry, ...together });
      else if (mean > 0) {
        // The word that says most about why the entry is here: the one found outside its name, if any.
        const telling = all.find(({ field }) => field !== 'names') ?? all[0];
        if (telling) matches.push({ entry, ...telling, score: mean });
      }
    }
    return matches.sort((a, b) => b.score - a.score);
  };
}
