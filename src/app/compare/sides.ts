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

function sideOfNetwork(entry: NetworkEntry, place: number): NetworkSide {
  const { architecture, problem, isVaried } = networkOf(entry);
  const published = architectures.get(entry.id) ?? architecture;
  const changed = Object.entries(entry.texts).flatMap(([knob, text]) =>
    text === null ? [] : [`${knob} ${text}`],
  );
  return {
    kind: 'network',
    place,
    entry,
    published,
    architecture,
    problem,
    title: isVaried ? `${published.title} (${changed.join(', ')})` : published.title,
    analysis: analyse(architecture, null),
  };
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

/** What a network spends and sees along its depth, of one image in fp32. */
export const alongOf = ({ analysis: { graph, costs, fields, peak } }: Side): AlongDepth =>
  alongDepth(graph, costs, fields, peak, traffic);

/** The receptive field, in pixels of the input, of the last image before the head. */
export function lastField({ analysis: { graph, fields } }: Side): number {
  const last = graph.nodes.findLast(({ shape }) => shape && levelOf(graph.input, shape) !== HEAD);
  return last ? Math.max(...(fields.get(last.id)?.size ?? [1, 1])) : 1;
}
