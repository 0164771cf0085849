import type { Graph } from '../graph/types.ts';
import { type Piece, type Row, readSketch } from './figure-layers.ts';
import { type Metrics, type PlacedRow, placeRow } from './place-figure.ts';
import type { FigureLayer, GlyphSize } from './types.ts';

/** The inside of something folded, drawn small: not to scale, but with every path, shortcut and merge in its place. */
export type Sketch = PlacedRow;

/** Name of the tensor that enters a sketch: its edges come from here. */
export const SKETCH_INPUT = '';

/** Of a longer row the middle is left out. */
const MOST_PIECES = 22;
const KEPT_AT_START = 10;
const KEPT_AT_END = 6;

const PILL_WIDTH = 10;
const SIGN = 13;
const CONCAT = { width: 5, height: 26 };
const DENSE_HEIGHT = 48;
/** Room above the growing stack of a dense block for its arcs. */
export const DENSE_ARCS = 16;

const metrics: Metrics = {
  margin: 3,
  gap: 5,
  cardRoom: 0,
  tight: 5,
  label: 0,
  shape: 0,
  header: 0,
  padding: 0,
  nameWidth: () => 0,
  count: 12,
  fork: 14,
  bow: 9,
  rail: 6,
  laneGap: 5,
  tapGap: 5,
  passing: 7,
  arch: 15,
  reuse: 0,
};

const sketches = new WeakMap<Graph, Map<string, Sketch | null>>();

/**
 * What a folded layer holds, as a small drawing in figure units: lanes of branches, arcs of shortcuts, the growing stack
 * of a dense block, the columns of a fractal one. Of identical blocks the first; null where all is one plain series.
 */
export function sketchOf(graph: Graph, layer: FigureLayer): Sketch | null {
  if (layer.kind !== 'folded' || layer.shape === null) return null;
  const inGraph = sketches.get(graph) ?? new Map<string, Sketch | null>();
  sketches.set(graph, inGraph);
  const known = inGraph.get(layer.id);
  if (known !== undefined) return known;
  const row = shorten(readSketch(graph, [layer.id]));
  const last = row.pieces.at(-1);
  const end = last?.kind === 'box' && last.layer.op === 'Concat' ? last.layer : null;
  const sketch = isPlain(row)
    ? null
    : placeRow(row, metrics, (inner) => sizeOf(graph, inner, end), [SKETCH_INPUT]);
  inGraph.set(layer.id, sketch);
  return sketch;
}

const isPlain = ({ pieces }: Row): boolean =>
  pieces.every((piece) =>
    piece.kind === 'box' ? piece.layer.dense === 0 : piece.kind === 'frame' && isPlain(piece.row),
  );

function shorten(row: Row): Row {
  if (row.pieces.length <= MOST_PIECES) return row;
  const start = row.pieces.slice(0, KEPT_AT_START);
  // Parallel paths stay with the merge behind them.
  let from = row.pieces.length - KEPT_AT_END;
  if (row.pieces[from - 1]?.kind === 'parallel') from -= 1;
  while (start.at(-1)?.kind === 'parallel') start.pop();
  const first = row.pieces.find((piece) => piece.kind === 'box');
  const dots: Piece[] = first ? [{ kind: 'box', layer: { ...first.layer, ...elided } }] : [];
  return { pieces: [...start, ...dots, ...row.pieces.slice(from)], taps: [] };
}

/** A box that stands for what is left out. */
const elided = { id: '…', name: '…', kind: 'node', op: 'Identity', category: null, dense: 0 } as const;

/** Heights of the small boxes say the size of the kernel. */
function sizeOf(graph: Graph, layer: FigureLayer, end: FigureLayer | null): GlyphSize {
  const pill = (width: number, height: number): GlyphSize => ({ width, height, labelWidth: 0, form: 'pill' });
  if (layer.dense > 1) {
    return pill(Math.min(112, Math.max(40, 6 * layer.dense)), DENSE_HEIGHT + 2 * DENSE_ARCS);
  }
  switch (layer.op) {
    case 'Add':
      return { width: SIGN, height: SIGN, labelWidth: 0, form: 'sign', sign: SIGN };
    case 'Mean':
      return { width: 4, height: 5, labelWidth: 0, form: 'bar' };
    case 'Concat':
      // At the end the volume itself stands behind the sketch.
      return layer === end ? pill(0, 0) : pill(CONCAT.width, CONCAT.height);
    default: {
      const node = graph.nodes.slice(layer.first, layer.end).find(({ op }) => op === layer.op);
      const attributes = node?.attributes;
      const kernel = attributes && 'kernel' in attributes ? attributes.kernel[0] : 3;
      return pill(PILL_WIDTH, Math.min(22, 8 + 2.6 * kernel));
    }
  }
}
