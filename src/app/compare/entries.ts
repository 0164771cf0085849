import { architectures } from '../../architectures/index.ts';
import { fingerprintPattern } from '../../engine/onnx/fingerprint.ts';
import { nearestIds } from '../../engine/spec/nearest-ids.ts';
import type { KnobId } from '../../engine/spec/types.ts';
import { type VariedNetwork, varyByTexts } from '../explore/use-variation.ts';
import { type KnobTexts, noKnobs } from '../state/url.ts';

/** As many networks as can be told apart side by side. */
export const MOST_COMPARED = 4;

/** A network of the catalogue as the address writes it: `wrn-16-4`, or with other numbers `wrn-16-4;width:2`. */
export interface NetworkEntry {
  readonly kind: 'network';
  readonly text: string;
  readonly id: string;
  readonly texts: KnobTexts;
}

/** A file of the visitor's as the address writes it, `onnx:0123456789abcdef;name:net.onnx`: which one, and what to ask for. */
export interface FileEntry {
  readonly kind: 'file';
  readonly text: string;
  readonly fingerprint: string;
  readonly name: string;
}

/** A network in the comparison. */
export type Entry = NetworkEntry | FileEntry;

const FILE = 'onnx:';
const NAME = ';name:';
/** Characters of a file's name that an address takes up at most. */
const LONGEST_NAME = 80;

/** Why something that the address names is not compared. */
export type Refusal =
  | { readonly kind: 'unknown'; readonly id: string; readonly near: readonly string[] }
  | { readonly kind: 'twice'; readonly text: string }
  /** Numbers that the network does not have, as they were written. */
  | { readonly kind: 'numbers'; readonly id: string; readonly parts: readonly string[] }
  | { readonly kind: 'many'; readonly texts: readonly string[] };

/** A network with other numbers, as the address writes it; numbers that are null are the published ones. */
export function writeEntry(id: string, texts: KnobTexts): string {
  const changes = Object.entries(texts).flatMap(([knob, text]) => (text === null ? [] : [`${knob}:${text}`]));
  return [id, ...changes].join(';');
}

/** A visitor's file, as the address writes it. */
export const writeFileEntry = ({
  fingerprint,
  file: { name },
}: {
  readonly fingerprint: string;
  readonly file: { readonly name: string };
}): string => `${FILE}${fingerprint}${NAME}${name.slice(-LONGEST_NAME)}`;

/** The inverse of {@link writeFileEntry}; null for what names no file. */
function readFileEntry(text: string): FileEntry | null {
  if (!text.startsWith(FILE)) return null;
  const at = text.indexOf(NAME);
  const fingerprint = text.slice(FILE.length, at < 0 ? undefined : at);
  if (!fingerprintPattern.test(fingerprint)) return null;
  const name = at < 0 ? '' : text.slice(at + NAME.length);
  return { kind: 'file', text, fingerprint, name: name.trim() === '' ? fingerprint : name };
}

/** The inverse of {@link writeEntry}; a part that names no number of any network is left out. */
export function readEntry(text: string): NetworkEntry {
  const [id = '', ...parts] = text.split(';');
  const texts: Record<KnobId, string | null> = { ...noKnobs };
  for (const part of parts) {
    const at = part.search(/[:=]/);
    const knob = part.slice(0, at);
    if (at > 0 && Object.hasOwn(noKnobs, knob)) texts[knob as KnobId] = part.slice(at + 1);
  }
  return { kind: 'network', text: writeEntry(id, texts), id, texts };
}

/** An entry with only those numbers that its network has, and the parts of the address that name others. */
function withOwnNumbers(text: string): { readonly entry: NetworkEntry; readonly vain: readonly string[] } {
  const { id, texts } = readEntry(text);
  const values = architectures.get(id)?.values ?? {};
  const own: Record<KnobId, string | null> = { ...noKnobs };
  for (const knob of Object.keys(values) as KnobId[]) own[knob] = texts[knob];
  const vain = text
    .split(';')
    .slice(1)
    .filter((part) => part !== '' && !Object.hasOwn(values, part.split(/[:=]/)[0] ?? ''));
  return { entry: { kind: 'network', text: writeEntry(id, own), id, texts: own }, vain };
}

/** Whether two entries are of one network; a file is the same under any name. */
const isSame = (one: Entry, other: Entry): boolean =>
  one.kind === 'file' && other.kind === 'file'
    ? one.fingerprint === other.fingerprint
    : one.text === other.text;

/** The networks that an address compares, at most {@link MOST_COMPARED} and none twice, and what it names in vain. */
export function readEntries(list: readonly string[]): {
  readonly entries: readonly Entry[];
  readonly refusals: readonly Refusal[];
} {
  const entries: Entry[] = [];
  const refusals: Refusal[] = [];
  const beyond: string[] = [];
  for (const text of list) {
    if (text.trim() === '') continue;
    const own = withOwnNumbers(text);
    const file = readFileEntry(text);
    const entry = file ?? own.entry;
    if (entry.kind === 'network' && !architectures.has(entry.id)) {
      refusals.push({ kind: 'unknown', id: entry.id, near: nearestIds(entry.id, [...architectures.keys()]) });
      continue;
    }
    if (!file && own.vain.length > 0) refusals.push({ kind: 'numbers', id: own.entry.id, parts: own.vain });
    if (entries.some((other) => isSame(other, entry))) {
      refusals.push({ kind: 'twice', text: entry.text });
    } else if (entries.length === MOST_COMPARED) beyond.push(entry.text);
    else entries.push(entry);
  }
  return { entries, refusals: beyond.length > 0 ? [...refusals, { kind: 'many', texts: beyond }] : refusals };
}

/** The network of an entry. @throws RangeError where the catalogue has none of its id */
export function networkOf({ id, texts }: NetworkEntry): VariedNetwork {
  const published = architectures.get(id);
  if (!published) throw new RangeError(`no architecture "${id}"`);
  return varyByTexts(published, texts);
}
