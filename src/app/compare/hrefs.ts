import { exploreHref } from '../lineage.ts';
import { writeList, writeState } from '../state/query-state.ts';
import { knobParameters } from '../state/url.ts';
import type { NetworkEntry } from './entries.ts';

/** The address of the page of a compared network, with the numbers by which it differs from the published one. */
export const writeExploreHref = ({ id, texts }: NetworkEntry): string =>
  `${exploreHref(id)}${writeState(knobParameters, texts)}`;

/** The address of a comparison of networks as {@link writeEntry} writes them. */
export const compareHref = (texts: readonly string[]): string => `/compare${writeList('n', texts)}`;
