import { architectures } from '../../architectures/index.ts';
import { nearestIds } from '../../engine/spec/nearest-ids.ts';
import type { KnobId } from '../../engine/spec/types.ts';
import { type VariedNetwork, varyByTexts } from '../explore/use-variation.ts';
import { type KnobTexts, noKnobs } from '../state/url.ts';

/** As many networks as can be told apart side by side. */
export const MOST_COMPARED = 4;

/** A network in the comparison as the address writes it: `wrn-16-4`, or with other numbers `wrn-16-4;width:2`. */
export interface Entry {
  readonly text: string;
  readonly id: string;
  readonly texts: KnobTexts;
}

/** Why something that the address names is not compared. */
export type Refusal =
  | { readonly kind: 'unknown'; readonly id: string; readonly near: readonly string[] }
  | { readonly kind: 'twice'; readonly text: string }
  | { readonly kind: 'many'; readonly texts: readonly string[] };

/** A network with other numbers, as the address writes it; numbers that are null are the published ones. */
export function writeEntry(id: string, texts: KnobTexts): string {
  const changes = Object.entries(texts).flatMap(([knob, text]) => (text === null ? [] : [`${knob}:${text}`]));
  return [id, ...changes].join(';');
}

/** The inverse of {@link writeEntry}; a part that names no number of networks is left out. */
export function readEntry(text: string): Entry {
  const [id = '', ...parts] = text.split(';');
  const texts: Record<KnobId, string | null> = { ...noKnobs };
  for (const part of parts) {
    const at = part.search(/[:=]/);
    const knob = part.slice(0, at);
    if (at > 0 && Object.hasOwn(noKnobs, knob)) texts[knob as KnobId] = part.slice(at + 1);
  }
  return { text: writeEntry(id, texts), id, texts };
}

/** The networks that an address compares, at most {@link MOST_COMPARED} and none twice, and what it names in vain. */
export function readEntries(list: readonly string[]): {
  readonly entries: readonly Entry[];
  readonly refusals: readonly Refusal[];
} {
  const entries: Entry[] = [];
  const refusals: Refusal[] = [];
  const beyond: string[] = [];
  for (const text of list) {
    const entry = readEntry(text);
    if (!architectures.has(entry.id)) {
      refusals.push({ kind: 'unknown', id: entry.id, near: nearestIds(entry.id, [...architectures.keys()]) });
    } else if (entries.some((other) => other.text === entry.text)) {
      refusals.push({ kind: 'twice', text: entry.text });
    } else if (entries.length === MOST_COMPARED) beyond.push(entry.text);
    else entries.push(entry);
  }
  return { entries, refusals: beyond.length > 0 ? [...refusals, { kind: 'many', texts: beyond }] : refusals };
}

/** The network of an entry. @throws RangeError where the catalogue has none of its id */
export function networkOf({ id, texts }: Entry): VariedNetwork {
  const published = architectures.get(id);
  if (!published) throw new RangeError(`no architecture "${id}"`);
  return varyByTexts(published, texts);
}
