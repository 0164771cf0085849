import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { SearchEntry } from '../search/rank.ts';

/** Under which heading the palette lists a command. */
export const commandGroups = ['layer', 'network', 'family', 'page', 'action'] as const;

/** Under which heading the palette lists a command. */
export type CommandGroup = (typeof commandGroups)[number];

/** Something that the palette can do; the texts of {@link SearchEntry} are what it is found by. */
export interface Command extends SearchEntry {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** Said beside the title: a network's year, a layer's operator, the state that an action would leave. */
  readonly hint?: string;
  run(): void;
}

/** What the page on screen adds to the palette, made when the palette asks. */
export type CommandSource = () => readonly Command[];

/** Which sources there are; another object whenever one comes or goes. */
interface PageSources {
  readonly sources: readonly { readonly current: CommandSource }[];
  /** How many parts of the page have yet to say what they add: their code is on its way. */
  readonly arriving: number;
}

let state: PageSources = { sources: [], arriving: 0 };
const listeners = new Set<() => void>();

function change(next: Partial<PageSources>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

/** Adds commands to the palette for as long as a component is on the page. */
export function usePageCommands(source: CommandSource): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => {
    change({ sources: [...state.sources, latest] });
    return () => change({ sources: state.sources.filter((other) => other !== latest) });
  }, []);
}

/** Stands in for a part that will call {@link usePageCommands} once its code is there: the palette then waits for it. */
export function CommandsArriving(): null {
  useEffect(() => {
    change({ arriving: state.arriving + 1 });
    return () => change({ arriving: state.arriving - 1 });
  }, []);
  return null;
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The sources of the page on screen and whether more are to come. */
export const usePageSources = (): PageSources => useSyncExternalStore(subscribe, () => state);

/** The commands of these sources, as they are now. */
export const commandsOf = ({ sources }: PageSources): readonly Command[] =>
  sources.flatMap(({ current }) => current());
