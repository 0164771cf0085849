import { useCallback, useMemo, useSyncExternalStore } from 'react';

/**
 * The query string as typed state. A value is on screen as soon as it is set; the address follows at most every
 * {@link WRITE_EVERY} milliseconds, because browsers refuse to have it written more often while a slider is dragged.
 */

/** How a value stands in the address. */
export interface Parser<T> {
  /** The value of a text; null where the text is none, which counts as absent. */
  parse(text: string): T | null;
  serialize(value: T): string;
  /** Whether two values are the same; identity unless given. */
  readonly eq?: (a: T, b: T) => boolean;
}

/** A parameter of the address: absent it is null, or its default. */
export interface Parameter<T, Absent extends T | null = null> extends Parser<T> {
  readonly absent: Absent;
  /** The same with a value for the absent parameter; that value is never written. */
  withDefault(value: T): Parameter<T, T>;
}

/** Parameters by name. */
// biome-ignore lint/suspicious/noExplicitAny: any value fits a table of parameters; `StateOf` tells them apart
export type Parameters = Readonly<Record<string, Parameter<any, any>>>;

/** The values that a table of parameters holds. */
export type StateOf<P extends Parameters> = {
  readonly [Key in keyof P]: P[Key] extends Parameter<infer T, infer Absent>
    ? Absent extends null
      ? T | null
      : T
    : never;
};

/** Some of a table's values; null for an absent one. */
export type Changes<P extends Parameters> = {
  readonly [Key in keyof P]?: StateOf<P>[Key] | null;
};

/** A parameter without a default. */
export const parameter = <T>(parser: Parser<T>): Parameter<T> => ({
  ...parser,
  absent: null,
  withDefault: (value) => ({ ...parameter(parser), absent: value }) as unknown as Parameter<T, T>,
});

/** Any text, as it is written. */
export const textParameter = parameter<string>({ parse: (text) => text, serialize: (text) => text });

/** One of some words; any other counts as absent. */
export const wordParameter = <T extends string>(words: readonly T[]): Parameter<T> =>
  parameter<T>({
    parse: (text) => words.find((word) => word === text) ?? null,
    serialize: (word) => word,
  });

const valueIn = (of: Parameters[string] | undefined, text: string | null): unknown =>
  (text === null ? null : of?.parse(text)) ?? of?.absent ?? null;

/** Reads a table of parameters out of a query string. */
export const readState = <P extends Parameters>(parameters: P, search: string): StateOf<P> => {
  const texts = new URLSearchParams(search);
  return Object.fromEntries(
    Object.keys(parameters).map((key) => [key, valueIn(parameters[key], texts.get(key))]),
  ) as StateOf<P>;
};

/** Writes values into a query string; what is null or at its default is left out, and foreign parameters stay. */
export function writeState<P extends Parameters>(parameters: P, changes: Changes<P>, search = ''): string {
  const texts = new URLSearchParams(search);
  for (const [key, value] of Object.entries(changes)) {
    const of = parameters[key];
    if (!of || value === undefined) continue;
    const isAbsent =
      value === null || (of.absent !== null && (of.eq ? of.eq(value, of.absent) : value === of.absent));
    if (isAbsent) texts.delete(key);
    else texts.set(key, of.serialize(value));
  }
  const query = String(texts);
  return queryOf(query);
}

// Allowed in a query as they are, and ids of layers are read by people.
const queryOf = (query: string): string =>
  query === ''
    ? ''
    : `?${query.replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';')}`;

/** Writes a parameter that may stand several times into a query string: once for each text, in their order. */
export function writeList(key: string, texts: readonly string[], search = ''): string {
  const all = new URLSearchParams(search);
  all.delete(key);
  for (const text of texts) all.append(key, text);
  return queryOf(String(all));
}

/** Milliseconds between two writings of the address: Chrome allows 200 in 10 seconds. */
export const WRITE_EVERY = 60;
/** Milliseconds until a browser that refused to write (Safari after 100 in 30 seconds) is asked again. */
const ASK_AGAIN = 1000;

/** What the query string will be once it is written; null where the address is up to date. */
let pending: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let isWriting = false;
const listeners = new Set<() => void>();

const currentSearch = (): string => pending ?? location.search;

/** Brings the address up to date; a second call within {@link WRITE_EVERY} waits. */
function write(): void {
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    if (pending !== null) write();
  }, WRITE_EVERY);
  if (pending === null) return;
  const search = pending;
  isWriting = true;
  try {
    history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
    pending = null;
  } catch {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      write();
    }, ASK_AGAIN);
  } finally {
    isWriting = false;
  }
}

/** The address was changed by a link or by the visitor: what was to be written belonged to the one before. */
function onNavigation(): void {
  if (isWriting) return;
  pending = null;
  for (const listener of listeners) listener();
}

// The router dispatches an event of the method's name whenever the history is written to.
const NAVIGATIONS = ['popstate', 'pushState', 'replaceState', 'hashchange'] as const;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) for (const name of NAVIGATIONS) addEventListener(name, onNavigation);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) for (const name of NAVIGATIONS) removeEventListener(name, onNavigation);
  };
}

/** The query string last taken apart: many parts of a page ask for the same. */
let parsed = { search: '', texts: new URLSearchParams() };

function textsOf(search: string): URLSearchParams {
  if (parsed.search !== search) parsed = { search, texts: new URLSearchParams(search) };
  return parsed.texts;
}

function setState<P extends Parameters>(parameters: P, changes: Changes<P>): void {
  goTo(writeState(parameters, changes, currentSearch()));
}

function goTo(search: string): void {
  if (search === currentSearch()) return;
  pending = search;
  for (const listener of listeners) listener();
  write();
}

/**
 * The values of a table of parameters in the address, and a setter for some of them. Setting adds nothing to the
 * history. The table has to stay the same from render to render.
 */
export function useQueryStates<P extends Parameters>(
  parameters: P,
): readonly [StateOf<P>, (changes: Changes<P>) => void] {
  // Only these parameters' texts: another one that changes renders nothing here.
  const texts = useSyncExternalStore(subscribe, () => {
    const all = textsOf(currentSearch());
    return JSON.stringify(Object.keys(parameters).map((key) => all.get(key)));
  });
  const state = useMemo(() => {
    const values = JSON.parse(texts) as readonly (string | null)[];
    return Object.fromEntries(
      Object.keys(parameters).map((key, index) => [key, valueIn(parameters[key], values[index] ?? null)]),
    ) as StateOf<P>;
  }, [parameters, texts]);
  const set = useCallback((changes: Changes<P>) => setState(parameters, changes), [parameters]);
  return [state, set];
}

/** One parameter of the address and its setter, as {@link useQueryStates}; null sets it to its default. */
export function useQueryState<T, Absent extends T | null>(
  key: string,
  of: Parameter<T, Absent>,
): readonly [Absent extends null ? T | null : T, (value: T | null) => void] {
  const text = useSyncExternalStore(subscribe, () => textsOf(currentSearch()).get(key));
  const value = useMemo(() => valueIn(of, text), [of, text]) as Absent extends null ? T | null : T;
  const set = useCallback(
    (next: T | null) => setState<Parameters>({ [key]: of }, { [key]: next }),
    [key, of],
  );
  return [value, set];
}

/** All texts of a parameter that may stand several times, in their order, and their setter. */
export function useQueryList(key: string): readonly [readonly string[], (texts: readonly string[]) => void] {
  const texts = useSyncExternalStore(subscribe, () => JSON.stringify(textsOf(currentSearch()).getAll(key)));
  const list = useMemo(() => JSON.parse(texts) as readonly string[], [texts]);
  const set = useCallback((next: readonly string[]) => goTo(writeList(key, next, currentSearch())), [key]);
  return [list, set];
}
