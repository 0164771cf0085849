import { architectures } from '../../architectures/index.ts';
import { type AlongDepth, alongDepth } from '../../engine/cost/along-depth.ts';
import { HEAD, levelOf } from '../../engine/layout/align-layouts.ts';
import type { KnobProblem } from '../../engine/spec/form.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import type { OpenedFile } from '../build/opened-store.ts';
import { type Analysis, analyse, analyseGraph } from '../explore/use-analysis.ts';
import { type Entry, type FileEntry, type NetworkEntry, networkOf } from './entries.ts';

/** One network of the comparison with all that is known of it. */
interface SideBase {
  /** Its place in the comparison, which has a colour. */
  readonly place: number;
  readonly title: string;
  readonly analysis: Analysis;
}

/** A network of the catalogue, perhaps with other numbers. */
export interface NetworkSide extends SideBase {
  readonly kind: 'network';
  readonly entry: NetworkEntry;
  readonly published: Architecture;
  readonly architecture: Architecture;
  readonly problem: KnobProblem | null;
}

/** A network out of a visitor's file that is open in this tab. */
export interface FileSide extends SideBase {
  readonly kind: 'file';
  readonly entry: FileEntry;
  readonly opened: OpenedFile;
}

/** One network of the comparison with all that is known of it. */
export type Side = NetworkSide | FileSide;

/** A file that the address names and that is not open in this tab. */
export interface MissingFile {
  readonly kind: 'missing';
  readonly place: number;
  readonly entry: FileEntry;
}

/** Networks that were analysed last: all of them are asked for whenever one comes, goes or moves. */
const analysed = new Map<string, NetworkSide>();
const MOST_ANALYSED = 16;

function sideOfNetwork(entry: NetworkEntry, place: number): NetworkSide {
  const known = analysed.get(entry.text);
  if (known) return { ...known, place };
  const { architecture, problem, isVaried } = networkOf(entry);
  const published = architectures.get(entry.id) ?? architecture;
  const changed = Object.entries(entry.texts).flatMap(([knob, text]) =>
    text === null ? [] : [`${knob} ${text}`],
  );
  const side: NetworkSide = {
    kind: 'network',
    place,
    entry,
    published,
    architecture,
    problem,
    title: isVaried ? `${published.title} (${changed.join(', ')})` : published.title,
    analysis: analyse(architecture, null),
  };
  for (const text of [...analysed.keys()].slice(0, Math.max(0, analysed.size + 1 - MOST_ANALYSED))) {
    analysed.delete(text);
  }
  analysed.set(entry.text, side);
  return side;
}

const analyses = new WeakMap<OpenedFile, Analysis>();

/** The analysis of a file as it was last read: it is asked for whenever another network comes or goes. */
function analysisOf(opened: OpenedFile): Analysis {
  const known = analyses.get(opened) ?? analyseGraph(opened.model.graph, opened.ownInput, false);
  analyses.set(opened, known);
  return known;
}

/** The network behind each entry; a file only where it is open in this tab. */
export const sidesOf = (
  entries: readonly Entry[],
  files: ReadonlyMap<string, OpenedFile>,
): readonly (Side | MissingFile)[] =>
  entries.map((entry, place) => {
    if (entry.kind === 'network') return sideOfNetwork(entry, place);
    const opened = files.get(entry.fingerprint);
    return opened
      ? { kind: 'file', place, entry, opened, title: opened.model.graph.title, analysis: analysisOf(opened) }
      : { kind: 'missing', place, entry };
  });

const traffic = { dtype: 'fp32', batch: 1 } as const;

const alongs = new WeakMap<Analysis, AlongDepth>();

/** What a network spends and sees along its depth, of one image in fp32; worked out once. */
export function alongOf({ analysis }: Side): AlongDepth {
  const { graph, costs, fields, peak } = analysis;
  const along = alongs.get(analysis) ?? alongDepth(graph, costs, fields, peak, traffic);
  alongs.set(analysis, along);
  return along;
}

/** The receptive field, in pixels of the input, of the last image before the head. */
export function lastField({ analysis: { graph, fields } }: Side): number {
  const last = graph.nodes.findLast(({ shape }) => shape && levelOf(graph.input, shape) !== HEAD);
  return last ? Math.max(...(fields.get(last.id)?.size ?? [1, 1])) : 1;
}
