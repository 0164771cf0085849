import type { Graph } from '../graph/types.ts';
import { type Lane, type Piece, type Row, readFigure } from './figure-layers.ts';
import type { Box, Edge, EdgeKind, FigureLayer, FigureLayout, Frame, GlyphSize, Point } from './types.ts';

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
}

/** Room for the name above a drawing, with its rule. */
export const LABEL_HEIGHT = 32;
/** Room for the shape below a drawing. */
export const SHAPE_HEIGHT = 24;
/** Room for the name of an open group. */
export const FRAME_HEADER = 22;

const FRAME_PADDING = 10;
const FORK = 30;
const LANE_GAP = 14;
const TAP_GAP = 14;
const PASSING_LANE = 9;

/** How far something reaches above and below its line. */
interface Reach {
  readonly up: number;
  readonly down: number;
}

/** A tensor on its way through the figure: the box that made it, and the points it has passed. */
interface Flow {
  readonly from: string;
  readonly via: readonly Point[];
  readonly kind: EdgeKind;
}

const edgeKinds = { branch: 'branch', body: 'series', shortcut: 'shortcut' } as const;

/** Lays rows out: widths and heights bottom-up, places top-down. Heights are common to a line, so that names align. */
class FigurePlacer {
  readonly boxes: Box[] = [];
  readonly edges: Edge[] = [];
  readonly frames: Frame[] = [];
  readonly #options: Required<LayoutOptions>;
  readonly #sizes = new Map<FigureLayer, GlyphSize>();
  readonly #widths = new Map<Row, number>();
  readonly #halves = new Map<Row, number>();
  /** By row: for which half its reach was worked out last, and the reach. */
  readonly #reaches = new Map<Row, { readonly half: number; readonly reach: Reach }>();
  readonly #stacks = new Map<readonly Lane[], { offset: number; reach: Reach }[]>();
  readonly #right = new Map<string, Point>();

  constructor(options: Required<LayoutOptions>) {
    this.#options = options;
  }

  #size(layer: FigureLayer): GlyphSize {
    const known = this.#sizes.get(layer);
    if (known) return known;
    const size = this.#options.glyph(layer);
    this.#sizes.set(layer, size);
    return size;
  }

  #widthOf(piece: Piece): number {
    switch (piece.kind) {
      case 'box': {
        const { width, labelWidth } = this.#size(piece.layer);
        return Math.max(width, labelWidth);
      }
      case 'frame':
        return Math.max(
          this.rowWidth(piece.row) + 2 * FRAME_PADDING,
          // The name of a narrow group still has to fit beside its fold control.
          44 + 8 * piece.group.name.length,
        );
      case 'parallel':
        return 2 * FORK + Math.max(...piece.lanes.map(({ row }) => this.rowWidth(row)));
    }
  }

  rowWidth(row: Row): number {
    const known = this.#widths.get(row);
    if (known !== undefined) return known;
    const { gap } = this.#options;
    const main = row.pieces.reduce(
      (sum, piece, index) => sum + (index > 0 ? gap : 0) + this.#widthOf(piece),
      this.#lead(row),
    );
    const ends = this.#tapPlaces(row).map(({ x, width }) => x + width);
    const width = Math.max(main, ...ends);
    this.#widths.set(row, width);
    return width;
  }

  /** Room before the first piece for the way down to a tap that hangs there. */
  #lead(row: Row): number {
    return row.taps.some(({ after }) => after === 0) ? this.#options.gap : 0;
  }

  /** Where the taps of a row start, and on which level below the line; taps side by side share a level. */
  #tapPlaces(row: Row): { piece: Piece; after: number; x: number; width: number; level: number }[] {
    const { gap } = this.#options;
    const levels: number[] = [];
    return row.taps.map(({ piece, after }) => {
      const x = row.pieces
        .slice(0, after)
        .reduce((sum, before) => sum + this.#widthOf(before) + gap, this.#lead(row));
      const width = this.#widthOf(piece);
      const free = levels.findIndex((end) => end + gap <= x);
      const level = free < 0 ? levels.length : free;
      levels[level] = x + width;
      return { piece, after, x, width, level };
    });
  }

  /** Half the tallest drawing on a line, looking into open groups on the same line. */
  half(row: Row): number {
    const known = this.#halves.get(row);
    if (known !== undefined) return known;
    let most = 0;
    for (const piece of row.pieces) {
      if (piece.kind === 'box') most = Math.max(most, this.#size(piece.layer).height / 2);
      else if (piece.kind === 'frame') most = Math.max(most, this.half(piece.row));
    }
    this.#halves.set(row, most);
    return most;
  }

  #reachOf(piece: Piece, half: number): Reach {
    switch (piece.kind) {
      case 'box':
        return { up: half + LABEL_HEIGHT, down: half + SHAPE_HEIGHT };
      case 'frame': {
        const { up, down } = this.reach(piece.row, half);
        return { up: up + FRAME_HEADER, down: down + FRAME_PADDING };
      }
      case 'parallel': {
        const lanes = this.#stack(piece.lanes, piece.main);
        return {
          up: Math.max(...lanes.map(({ offset, reach }) => reach.up - offset)),
          down: Math.max(...lanes.map(({ offset, reach }) => reach.down + offset)),
        };
      }
    }
  }

  #mainReach(row: Row, half: number): Reach {
    if (row.pieces.length === 0) return { up: PASSING_LANE, down: PASSING_LANE };
    const known = this.#reaches.get(row);
    if (known?.half === half) return known.reach;
    let up = Number.NEGATIVE_INFINITY;
    let down = Number.NEGATIVE_INFINITY;
    for (const piece of row.pieces) {
      const reach = this.#reachOf(piece, half);
      up = Math.max(up, reach.up);
      down = Math.max(down, reach.down);
    }
    this.#reaches.set(row, { half, reach: { up, down } });
    return { up, down };
  }

  /** Heights of the levels of taps, in order. */
  #tapLevels(row: Row): Reach[] {
    const levels: Reach[] = [];
    for (const { piece, level } of this.#tapPlaces(row)) {
      const reach = this.#reachOf(piece, this.#tapHalf(piece));
      const before = levels[level] ?? { up: 0, down: 0 };
      levels[level] = { up: Math.max(before.up, reach.up), down: Math.max(before.down, reach.down) };
    }
    return levels;
  }

  #tapHalf(piece: Piece): number {
    return this.half({ pieces: [piece], taps: [] });
  }

  reach(row: Row, half: number): Reach {
    const { up, down } = this.#mainReach(row, half);
    const taps = this.#tapLevels(row).reduce((sum, level) => sum + TAP_GAP + level.up + level.down, 0);
    return { up, down: down + taps };
  }

  /** Lanes around the line: the main one on it, a shortcut above, other passing lanes below; without a main one, centred. */
  #stack(lanes: readonly Lane[], main: number | null): { offset: number; reach: Reach }[] {
    const known = this.#stacks.get(lanes);
    if (known) return known;
    const reaches = lanes.map(({ row }) => this.reach(row, this.half(row)));
    const offsets = new Array<number>(lanes.length).fill(0);
    if (main === null) {
      const total = reaches.reduce((sum, { up, down }) => sum + up + down, LANE_GAP * (lanes.length - 1));
      let y = -total / 2;
      reaches.forEach(({ up, down }, index) => {
        offsets[index] = y + up;
        y += up + down + LANE_GAP;
      });
    } else {
      let { up: above, down: below } = reaches[main] ?? { up: 0, down: 0 };
      reaches.forEach(({ up, down }, index) => {
        if (index === main) return;
        if (lanes[index]?.kind === 'shortcut') {
          offsets[index] = -(above + LANE_GAP + down);
          above += LANE_GAP + down + up;
        } else {
          offsets[index] = below + LANE_GAP + up;
          below += LANE_GAP + up + down;
        }
      });
    }
    const stacked = reaches.map((reach, index) => ({ reach, offset: offsets[index] ?? 0 }));
    this.#stacks.set(lanes, stacked);
    return stacked;
  }

  place(
    row: Row,
    x: number,
    axisY: number,
    half: number,
    flows: readonly Flow[],
    depth: number,
  ): readonly Flow[] {
    const { gap } = this.#options;
    const taps = this.#tapPlaces(row);
    const levels = this.#tapLevels(row);
    const { down } = this.#mainReach(row, half);
    const hang = (after: number, from: readonly Flow[]): void => {
      for (const tap of taps) {
        if (tap.after !== after) continue;
        const before = levels
          .slice(0, tap.level)
          .reduce((sum, level) => sum + TAP_GAP + level.up + level.down, 0);
        const y = axisY + down + before + TAP_GAP + (levels[tap.level]?.up ?? 0);
        const edge = x + tap.x - gap;
        const tapFlows = from.map(
          (flow): Flow => ({
            ...flow,
            kind: 'tap',
            via: [...flow.via, [edge, axisY], [x + tap.x, y]],
          }),
        );
        this.#placePiece(tap.piece, x + tap.x, y, this.#tapHalf(tap.piece), tapFlows, depth);
      }
    };
    let at = x + this.#lead(row);
    let current = flows;
    hang(0, current);
    row.pieces.forEach((piece, index) => {
      current = this.#placePiece(piece, at, axisY, half, current, depth);
      at += this.#widthOf(piece) + gap;
      hang(index + 1, current);
    });
    return current;
  }

  #placePiece(
    piece: Piece,
    x: number,
    axisY: number,
    half: number,
    flows: readonly Flow[],
    depth: number,
  ): readonly Flow[] {
    const width = this.#widthOf(piece);
    switch (piece.kind) {
      case 'box':
        return this.#placeBox(piece.layer, x, axisY, half, width, flows);
      case 'frame': {
        const { up, down } = this.#reachOf(piece, half);
        const { group, status } = piece;
        this.frames.push({
          id: group.id,
          name: group.name,
          kind: group.kind,
          status,
          depth,
          toggle: group.id,
          x,
          y: axisY - up,
          width,
          height: up + down,
        });
        return this.place(piece.row, x + FRAME_PADDING, axisY, half, flows, depth + 1);
      }
      case 'parallel': {
        const lanes = this.#stack(piece.lanes, piece.main);
        const start = x + FORK;
        const end = x + width - FORK;
        return piece.lanes.flatMap(({ row, kind }, index) => {
          const y = axisY + (lanes[index]?.offset ?? 0);
          const entering = flows.map(
            (flow): Flow => ({
              ...flow,
              kind: edgeKinds[kind],
              via: [...flow.via, [x, axisY], [start, y]],
            }),
          );
          const leaving = this.place(row, start, y, this.half(row), entering, depth);
          return leaving.map(
            (flow): Flow => ({
              ...flow,
              kind: edgeKinds[kind],
              via: [...flow.via, [end, y], [x + width, axisY]],
            }),
          );
        });
      }
    }
  }

  #placeBox(
    layer: FigureLayer,
    x: number,
    axisY: number,
    half: number,
    width: number,
    flows: readonly Flow[],
  ): readonly Flow[] {
    const size = this.#size(layer);
    const { id } = layer;
    flows.forEach((flow, index) => {
      const start = this.#right.get(flow.from);
      this.edges.push({
        id: `${flow.from}→${id}${index > 0 ? `#${index}` : ''}`,
        from: flow.from,
        to: id,
        kind: flow.kind,
        points: withoutRepeats([...(start ? [start] : []), ...flow.via, [x, axisY]]),
      });
    });
    this.#right.set(id, [x + size.width, axisY]);
    this.boxes.push({
      id,
      layer,
      x,
      y: axisY - half - LABEL_HEIGHT,
      width,
      height: 2 * half + LABEL_HEIGHT + SHAPE_HEIGHT,
      glyph: { x, y: axisY - size.height / 2, width: size.width, height: size.height },
      axisY,
    });
    return [{ from: id, via: [], kind: 'series' }];
  }
}

function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter(
    ([x, y], index) => index === 0 || x !== points[index - 1]?.[0] || y !== points[index - 1]?.[1],
  );
}

/**
 * Lays a graph out analytically from its hierarchy: series left to right on one line, parallel paths as lanes around it
 * that meet at their merge, shortcuts above, taps below. Deterministic; boxes do not overlap.
 */
export function layoutFigure(graph: Graph, options: LayoutOptions): FigureLayout {
  const { margin = 12, gap = 22, joinsFlatten = false } = options;
  const placer = new FigurePlacer({ ...options, margin, gap, joinsFlatten });
  const row = readFigure(graph, options.open, joinsFlatten);
  const half = placer.half(row);
  const { up, down } = placer.reach(row, half);
  const axisY = margin + up;
  placer.place(row, margin, axisY, half, [], 0);
  return {
    width: placer.rowWidth(row) + 2 * margin,
    height: up + down + 2 * margin,
    axisY,
    boxes: isInOrder(placer.boxes)
      ? placer.boxes
      : [...placer.boxes].sort((a, b) => a.layer.first - b.layer.first || a.layer.end - b.layer.end),
    edges: placer.edges,
    frames: placer.frames,
    broken: placer.boxes.find(({ layer }) => layer.status === 'broken')?.id ?? null,
  };
}

const isInOrder = (boxes: readonly Box[]): boolean =>
  boxes.every(({ layer }, index) => layer.first >= (boxes[index - 1]?.layer.first ?? 0));

/**
 * The box that shows a layer: the box itself, the one into which it is folded, or of an open group its first.
 *
 * @param id of a node or group, or `input`
 */
export function findBox(layout: FigureLayout, graph: Graph, id: string): Box | null {
  const own = layout.boxes.find((box) => box.id === id || box.layer.members.includes(id));
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
