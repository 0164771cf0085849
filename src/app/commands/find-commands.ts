import type { Search, SearchMatch } from '../search/rank.ts';
import { type Command, type CommandGroup, commandGroups } from './page-commands.ts';

/** Commands under one heading, best first. */
export interface CommandSection {
  readonly group: CommandGroup;
  readonly commands: readonly Command[];
}

/** Commands of a group shown for a query at most. */
const SHOWN: Readonly<Record<CommandGroup, number>> = { layer: 8, network: 8, family: 4, page: 4, action: 6 };

/** Groups shown before anything is typed: where to go and what to do. */
const atFirst: readonly CommandGroup[] = ['page', 'action', 'family'];

/**
 * Commands that answer a query, by group: the group with the best answer first, within a group the best first. Without a
 * query, pages, actions and families in their own order.
 */
export function findCommands(
  query: string,
  commands: readonly Command[],
  search: Search<Command>,
): readonly CommandSection[] {
  if (query.trim() === '') {
    return atFirst.flatMap((group) => {
      const own = commands.filter((command) => command.group === group);
      return own.length > 0 ? [{ group, commands: own }] : [];
    });
  }
  const found = new Map<CommandGroup, SearchMatch<Command>[]>();
  for (const match of search(query)) {
    const { group } = match.entry;
    const own = found.get(group) ?? [];
    if (own.length < SHOWN[group]) found.set(group, [...own, match]);
  }
  const best = (group: CommandGroup): number => found.get(group)?.[0]?.score ?? 0;
  return commandGroups
    .filter((group) => found.has(group))
    .sort((a, b) => best(b) - best(a))
    .map((group) => ({ group, commands: (found.get(group) ?? []).map(({ entry }) => entry) }));
}
