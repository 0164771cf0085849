import type { Graph } from '../graph/types.ts';
import { readFigure } from './figure-layers.ts';
import { type Metrics, placeRow } from './place-figure.ts';
import type { Box, FigureLayer, FigureLayout, GlyphSize, Wording } from './types.ts';

/** How a figure is laid out; lengths in figure units. */
export interface LayoutOptions {
  /** Keys of the groups drawn unfolded. */
  readonly open: ReadonlySet<string>;
  /** The room that a layer's drawing needs. */
  readonly glyph: (layer: FigureLayer) => GlyphSize;
  /** Between neighbours on one line. */
  readonly gap?: number;
  /** Around the whole figure. */
  readonly margin?: number;
  /** Whether a Flatten stands in the box of the layer that reads it, not in one of its own. */
  readonly joinsFlatten?: boolean;
  /** How the words are set: their room follows. As usual unless said otherwise. */
  readonly words?: Wording;
}

/** Room for the name above a drawing, with its rule. */
export const LABEL_HEIGHT = 34;
/** Room for the shape below a drawing. */
export const SHAPE_HEIGHT = 24;
/** Room for the name of an open group. */
export const FRAME_HEADER = 22;

/** Words at their usual size, with shapes. */
export const usualWords: Wording = { size: 1, hasShapes: true };

const metrics: Metrics = {
  margin: 12,
  gap: 16,
  cardRoom: 4,
  tight: 16,
  label: LABEL_HEIGHT,
  shape: SHAPE_HEIGHT,
  header: FRAME_HEADER,
  padding: 10,
  // The name of a narrow group still has to fit beside its fold control.
  nameWidth: (name) => 44 + 8 * name.length,
  count: 0,
  fork: 34,
  bow: 26,
  rail: 16,
  laneGap: 14,
  tapGap: 14,
  passing: 12,
  arch: 18,
  reuse: 70,
};

/**
 * Lays a graph out analytically from its hierarchy: series left to right on one line, parallel paths as lanes around it
 * that meet at their merge, shortcuts above, what passes through unchanged and taps below. Deterministic; boxes do not
 * overlap, and no way leads through a box.
 */
export function layoutFigure(graph: Graph, options: LayoutOptions): FigureLayout {
  const {
    margin = metrics.margin,
    gap = metrics.gap,
    joinsFlatten = false,
    words = usualWords,
    open,
    glyph,
  } = options;
  const { label, shape, header, nameWidth } = metrics;
  const lengths: Metrics = {
    ...metrics,
    margin,
    gap,
    label: label * words.size,
    shape: shape * words.size,
    header: header * words.size,
    nameWidth: (name) => nameWidth(name) * words.size,
  };
  return { ...placeRow(readFigure(graph, open, joinsFlatten), lengths, glyph), words };
}

const boxesByLayout = new WeakMap<FigureLayout, ReadonlyMap<string, Box>>();

/** The boxes of a layout by their ids and those of their members; the first where several bear one. */
function boxesById(layout: FigureLayout): ReadonlyMap<string, Box> {
  const known = boxesByLayout.get(layout);
  if (known) return known;
  const boxes = new Map<string, Box>();
  for (const box of layout.boxes) {
    for (const id of [box.id, ...box.layer.members]) if (!boxes.has(id)) boxes.set(id, box);
  }
  boxesByLayout.set(layout, boxes);
  return boxes;
}

/**
 * The box that shows a layer: the box itself, the one into which it is folded, or of an open group its first.
 *
 * @param id of a node or group, or `input`
 */
export function findBox(layout: FigureLayout, graph: Graph, id: string): Box | null {
  const own = boxesById(layout).get(id);
  if (own) return own;
  const index = graph.nodeById.get(id)?.index ?? graph.groups.get(id)?.first;
  if (index === undefined) {
    // A layer behind the problem has no index: the longest id that holds it is its box.
    return (
      layout.boxes
        .filter((box) => id.startsWith(`${box.id}/`))
        .sort((a, b) => b.id.length - a.id.length)[0] ?? null
    );
  }
  return layout.boxes.find(({ layer }) => layer.first <= index && index < layer.end) ?? null;
}
