import type { PublishedTable, PublishedValue } from './types.ts';

/** Published values of every family, by architecture id: one file a family, one line here. */
export const published: PublishedTable = {};

/** What was published about a network, in the order of its file; nothing for one without entries. */
export const publishedOf = (id: string): readonly PublishedValue[] => published[id] ?? [];
