import { useEffect, useRef } from 'react';
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

/** What the page on screen adds to the palette, made when the palette opens. */
export type CommandSource = () => readonly Command[];

const sources = new Set<{ readonly current: CommandSource }>();

/** Adds commands to the palette for as long as a component is on the page. */
export function usePageCommands(source: CommandSource): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => {
    sources.add(latest);
    return () => {
      sources.delete(latest);
    };
  }, []);
}

/** The commands of the page on screen, as they are now. */
export const pageCommands = (): readonly Command[] => [...sources].flatMap(({ current }) => current());
