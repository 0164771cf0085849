import type { OpName } from '../spec/types.ts';
import type { Lane, Piece, Row } from './figure-layers.ts';
import type {
  Box,
  BoxForm,
  Edge,
  EdgeKind,
  FigureLayer,
  FigureLayout,
  Frame,
  GlyphSize,
  Point,
  Reuse,
} from './types.ts';

/** The lengths by which a figure is set out, in figure units. */
export interface Metrics {
  readonly margin: number;
  /** Between neighbours on one line, more by `cardRoom` for each that is folded; `tight` where neither has words around it. */
  readonly gap: number;
  readonly cardRoom: number;
  readonly tight: number;
  /** Room for the words above and below a column's drawing. */
  readonly label: number;
  readonly shape: number;
  /** Of an open group: room for its name, around what it holds, and for the name's length. */
  readonly header: number;
  readonly padding: number;
  readonly nameWidth: (name: string) => number;
  /** Room below equal blocks for their ×N. */
  readonly count: number;
  /** Length of the ways that part to branches, to a shortcut, and to the columns of a mean. */
  readonly fork: number;
  readonly bow: number;
  readonly rail: number;
  readonly laneGap: number;
  readonly tapGap: number;
  /** Half the height of a path that nothing stands on. */
  readonly passing: number;
  /** How far above its surroundings the arc of a shortcut rises. */
  readonly arch: number;
  /** The room below a dense block for the arcs that say what is read again; 0 for none. */
  readonly reuse: number;
}

/** How far something reaches above and below its line. */
interface Reach {
  readonly up: number;
  readonly down: number;
}

/** A tensor on its way through the figure. */
interface Flow {
  /** The box that made it. */
  readonly from: string;
  /** Where it leaves that box, if not on the box's line. */
  readonly start: Point | null;
  /** The points it has passed. */
  readonly via: readonly Point[];
  /** How many of them it shares with other ways from the same box, and whether they part on a rail. */
  readonly shared: number;
  readonly onRail: boolean;
  /** The height at which it now runs. */
  readonly y: number;
  readonly kind: EdgeKind;
  readonly place: number | null;
}

const edgeKinds = { branch: 'branch', body: 'series', shortcut: 'shortcut', through: 'through' } as const;

/** With fewer layers the line itself shows all that a dense block reads again. */
const LEAST_REUSED = 3;

/** Whether parallel paths part and meet on straight rails across them: the columns of a mean. */
const isRailed = (merge: OpName | null): boolean => merge === 'Mean' || merge === null;

/** A layer of a dense block, open or folded: the place of the channels that it appends. */
const appendedBy = (piece: Piece): number | null => {
  if (piece.kind === 'parallel') return null;
  return piece.kind === 'box' ? piece.layer.appends : piece.appends;
};

/** Lays rows out: widths and heights bottom-up, places top-down. Heights are common to a line, so that names align. */
class FigurePlacer {
  readonly boxes: Box[] = [];
  readonly edges: Edge[] = [];
  readonly frames: Frame[] = [];
  readonly reuses: Reuse[] = [];
  readonly #metrics: Metrics;
  readonly #glyph: (layer: FigureLayer) => GlyphSize;
  readonly #sizes = new Map<FigureLayer, GlyphSize>();
  readonly #widths = new Map<Row, number>();
  readonly #halves = new Map<Row, number>();
  readonly #starting = new Map<Row, readonly number[]>();
  /** By row: for which half its reach was worked out last, and the reach. */
  readonly #reaches = new Map<Row, { readonly half: number; readonly reach: Reach }>();
  readonly #stacks = new Map<readonly Lane[], readonly { offset: number; reach: Reach }[]>();
  readonly #right = new Map<string, Point>();
  /** Bars by id: where each ends, and from which height to which. */
  readonly #bars = new Map<
    string,
    { readonly right: number; readonly top: number; readonly bottom: number }
  >();

  constructor(metrics: Metrics, glyph: (layer: FigureLayer) => GlyphSize) {
    this.#metrics = metrics;
    this.#glyph = glyph;
  }

  #size(layer: FigureLayer): GlyphSize {
    const known = this.#sizes.get(layer);
    if (known) return known;
    const size = this.#glyph(layer);
    this.#sizes.set(layer, size);
    return size;
  }

  #formOf(piece: Piece | undefined): BoxForm | null {
    return piece?.kind === 'box' ? (this.#size(piece.layer).form ?? 'column') : null;
  }

  #forkOf(merge: OpName | null, main: number | null): number {
    if (isRailed(merge)) return this.#metrics.rail;
    return main === null ? this.#metrics.fork : this.#metrics.bow;
  }

  #widthOf(piece: Piece): number {
    switch (piece.kind) {
      case 'box': {
        const { width, labelWidth, lead, form = 'column' } = this.#size(piece.layer);
        const drawn = (lead?.width ?? 0) + width;
        return form === 'column' ? Math.max(drawn, labelWidth) : drawn;
      }
      case 'frame':
        return Math.max(
          this.rowWidth(piece.row) + 2 * this.#metrics.padding,
          this.#metrics.nameWidth(piece.group.name),
        );
      case 'parallel':
        return (
          2 * this.#forkOf(piece.merge, piece.main) +
          Math.max(...piece.lanes.map(({ row }) => this.rowWidth(row)))
        );
    }
  }

  /** Between a piece and the next: nothing where paths run into their merge, little between boxes without words. */
  #gapAfter(row: Row, index: number): number {
    const [piece, next] = [row.pieces[index], row.pieces[index + 1]];
    if (piece?.kind === 'parallel') return piece.merge === null ? this.#metrics.gap : 0;
    const [form, nextForm] = [this.#formOf(piece), this.#formOf(next)];
    const isTight = form !== 'column' && nextForm !== 'column';
    if (isTight && piece?.kind === 'box') return this.#metrics.tight;
    const cards = [piece, next].filter((each) => each?.kind === 'box' && each.layer.kind === 'folded').length;
    return this.#metrics.gap + cards * this.#metrics.cardRoom;
  }

  /** Where a row's pieces start, from its left end, and one more: where the next would. */
  #starts(row: Row): readonly number[] {
    const known = this.#starting.get(row);
    if (known) return known;
    const starts = [this.#lead(row)];
    row.pieces.forEach((piece, index) => {
      starts.push((starts[index] ?? 0) + this.#widthOf(piece) + this.#gapAfter(row, index));
    });
    this.#starting.set(row, starts);
    return starts;
  }

  rowWidth(row: Row): number {
    const known = this.#widths.get(row);
    if (known !== undefined) return known;
    const last = row.pieces.length - 1;
    const starts = this.#starts(row);
    const main = last < 0 ? (starts[0] ?? 0) : (starts[last + 1] ?? 0) - this.#gapAfter(row, last);
    const ends = this.#tapPlaces(row).map(({ x, width }) => x + width);
    const width = Math.max(main, ...ends);
    this.#widths.set(row, width);
    return width;
  }

  /** Room before the first piece for the way down to a tap that hangs there. */
  #lead(row: Row): number {
    return row.taps.some(({ after }) => after === 0) ? this.#metrics.gap : 0;
  }

  /**
   * Where the taps of a row start, and on which level below the line. Taps side by side share a level; of those that
   * would lie on one another the one further right hangs higher, so that no way down meets another tap.
   */
  #tapPlaces(row: Row): { piece: Piece; after: number; x: number; width: number; level: number }[] {
    const { gap } = this.#metrics;
    const levels: number[] = [];
    const starts = this.#starts(row);
    return [...row.taps]
      .reverse()
      .map(({ piece, after }) => {
        const x = (starts[after] ?? 0) + (after > 0 ? gap - this.#gapAfter(row, after - 1) : 0);
        const width = this.#widthOf(piece);
        const above = levels.findLastIndex((start) => x + width + gap > start);
        const level = above + 1;
        levels[level] = Math.min(levels[level] ?? Number.POSITIVE_INFINITY, x - gap);
        return { piece, after, x, width, level };
      })
      .reverse();
  }

  /** Half the tallest column's drawing on a line, looking into open groups on the same line. */
  half(row: Row): number {
    const known = this.#halves.get(row);
    if (known !== undefined) return known;
    let half = 0;
    for (const piece of row.pieces) {
      if (piece.kind === 'box') {
        const { height, lead, form = 'column' } = this.#size(piece.layer);
        if (form === 'column') half = Math.max(half, height / 2, lead?.up ?? 0, lead?.down ?? 0);
      } else if (piece.kind === 'frame') half = Math.max(half, this.half(piece.row));
    }
    this.#halves.set(row, half);
    return half;
  }

  #reachOf(piece: Piece, half: number): Reach {
    const { label, shape, header, padding, count } = this.#metrics;
    switch (piece.kind) {
      case 'box': {
        const { height, form = 'column' } = this.#size(piece.layer);
        if (form !== 'column') return { up: height / 2, down: height / 2 };
        return { up: half + label, down: half + shape };
      }
      case 'frame': {
        const { up, down } = this.reach(piece.row, half);
        return { up: up + header, down: down + padding + (piece.count > 1 ? count : 0) };
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
    const { passing } = this.#metrics;
    if (row.pieces.length === 0) return { up: passing, down: passing };
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

  /** Depth of the arcs below a row that show what the layers of a dense block read again. */
  #reuseDepth(row: Row): number {
    const layers = row.pieces.filter((piece) => appendedBy(piece) !== null).length;
    return layers < LEAST_REUSED ? 0 : Math.min(this.#metrics.reuse, 10 + 5 * layers);
  }

  /** Heights of the levels of taps, in order. */
  #tapLevels(row: Row): Reach[] {
    const levels: Reach[] = [];
    for (const { piece, level } of this.#tapPlaces(row)) {
      const reach = this.#reachOf(piece, this.#tapHalf(piece));
      const before = levels[level] ?? { up: 0, down: 0 };
      levels[level] = { up: Math.max(before.up, reach.up), down: Math.max(before.down, reach.down) };
    }
    return Array.from(levels, (level) => level ?? { up: 0, down: 0 });
  }

  #tapHalf(piece: Piece): number {
    return this.half({ pieces: [piece], taps: [] });
  }

  reach(row: Row, half: number): Reach {
    const { up, down } = this.#mainReach(row, half);
    const taps = this.#tapLevels(row).reduce(
      (sum, level) => sum + this.#metrics.tapGap + level.up + level.down,
      0,
    );
    return { up, down: down + this.#reuseDepth(row) + taps };
  }

  /** Lanes around the line: the main one on it, a shortcut above, other passing lanes below; without a main one, centred. */
  #stack(lanes: readonly Lane[], main: number | null): readonly { offset: number; reach: Reach }[] {
    const known = this.#stacks.get(lanes);
    if (known) return known;
    const { laneGap, passing, arch } = this.#metrics;
    const reaches = lanes.map(({ row, kind }) => {
      if (kind !== 'shortcut') return this.reach(row, this.half(row));
      if (row.pieces.length === 0) return { up: passing / 2, down: arch };
      const { up, down } = this.reach(row, this.half(row));
      return { up, down: Math.max(down, arch) };
    });
    const offsets = new Array<number>(lanes.length).fill(0);
    if (main === null) {
      const total = reaches.reduce((sum, { up, down }) => sum + up + down, laneGap * (lanes.length - 1));
      let y = -total / 2;
      reaches.forEach(({ up, down }, index) => {
        offsets[index] = y + up;
        y += up + down + laneGap;
      });
    } else {
      let { up: above, down: below } = reaches[main] ?? { up: 0, down: 0 };
      reaches.forEach(({ up, down }, index) => {
        if (index === main) return;
        if (lanes[index]?.kind === 'shortcut') {
          offsets[index] = -(above + laneGap + down);
          above += laneGap + down + up;
        } else {
          offsets[index] = below + laneGap + up;
          below += laneGap + up + down;
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
    const { gap, tapGap } = this.#metrics;
    const taps = this.#tapPlaces(row);
    const levels = this.#tapLevels(row);
    const starts = this.#starts(row);
    const { down } = this.#mainReach(row, half);
    const below = down + this.#reuseDepth(row);
    const hang = (after: number, from: readonly Flow[]): void => {
      for (const tap of taps) {
        if (tap.after !== after) continue;
        const before = levels
          .slice(0, tap.level)
          .reduce((sum, level) => sum + tapGap + level.up + level.down, 0);
        const y = axisY + below + before + tapGap + (levels[tap.level]?.up ?? 0);
        const edge = x + tap.x - gap;
        const tapFlows = from.map(
          (flow): Flow => ({
            ...flow,
            kind: 'tap',
            shared: flow.via.length + 1,
            onRail: false,
            via: [...flow.via, [edge, flow.y], [x + tap.x, y]],
            y,
          }),
        );
        this.#placePiece(tap.piece, x + tap.x, y, this.#tapHalf(tap.piece), tapFlows, depth);
      }
    };
    let current = flows;
    hang(0, current);
    row.pieces.forEach((piece, index) => {
      current = this.#placePiece(piece, x + (starts[index] ?? 0), axisY, half, current, depth);
      hang(index + 1, current);
    });
    this.#placeReuses(row, x, axisY + down, starts);
    return current;
  }

  #placeReuses(row: Row, x: number, y: number, starts: readonly number[]): void {
    const depth = this.#reuseDepth(row);
    if (depth === 0) return;
    const layers = row.pieces.flatMap((piece, index) => {
      const place = appendedBy(piece);
      const left = x + (starts[index] ?? 0);
      return place === null ? [] : [{ place, left, right: left + this.#widthOf(piece), index }];
    });
    const [first] = layers;
    if (!first) return;
    const span = (layers.at(-1)?.left ?? 0) + 8 - (first.left - 2);
    const sources = [{ place: null, right: first.left + 6 }, ...layers];
    sources.forEach((source, at) => {
      // The layer right behind reads it on the line itself.
      const to = layers.slice(at + 1).map(({ left }): Point => [left + 8, y]);
      if (to.length === 0) return;
      const id = `${row.pieces.length}:${round(x)}:${round(y)}:${at}`;
      this.reuses.push({ id, place: source.place, from: [source.right - 8, y], to, depth, span });
    });
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
        const { group, status, count } = piece;
        this.frames.push({
          id: group.id,
          name: group.name,
          kind: group.kind,
          status,
          depth,
          toggle: group.id,
          count,
          x,
          y: axisY - up,
          width,
          height: up + down,
        });
        return this.place(piece.row, x + this.#metrics.padding, axisY, half, flows, depth + 1);
      }
      case 'parallel': {
        const lanes = this.#stack(piece.lanes, piece.main);
        const fork = this.#forkOf(piece.merge, piece.main);
        const railed = isRailed(piece.merge);
        const room = width - 2 * fork;
        return piece.lanes.flatMap((lane, index) => {
          const y = axisY + (lanes[index]?.offset ?? 0);
          const entering = flows.map((flow) => ({
            ...(railed ? this.#enterRail(flow, x, y) : enterFork(flow, x, x + fork, y)),
            kind: edgeKinds[lane.kind],
          }));
          // What stands alone on its way stands in the middle of it; branches start together.
          const isCentred = railed || lane.kind === 'shortcut' || index === piece.main;
          const start = x + fork + (isCentred ? (room - this.rowWidth(lane.row)) / 2 : 0);
          const leaving = this.place(lane.row, start, y, this.half(lane.row), entering, depth);
          return leaving.map((flow): Flow => {
            const end: Point = [x + width - fork, flow.y];
            return {
              ...flow,
              kind: edgeKinds[lane.kind],
              place: lane.place ?? flow.place,
              via: railed ? [...flow.via, end] : [...flow.via, end, [x + width, axisY]],
              onRail: false,
              y: railed ? flow.y : axisY,
            };
          });
        });
      }
    }
  }

  /** Onto a rail across columns: straight out of a bar before it, or along the rail to the column's height. */
  #enterRail(flow: Flow, x: number, y: number): Flow {
    const bar = this.#bars.get(flow.from);
    if (bar && flow.via.length === 0 && bar.top <= y && y <= bar.bottom) {
      return { ...flow, start: [bar.right, y], y };
    }
    if (flow.onRail) return { ...flow, via: [...flow.via.slice(0, -1), [flow.via.at(-1)?.[0] ?? x, y]], y };
    const shared = flow.via.length + 1;
    return { ...flow, via: [...flow.via, [x, flow.y], [x, y]], shared, onRail: true, y };
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
    const { label, shape } = this.#metrics;
    const { id } = layer;
    const { form = 'column', sign } = size;
    const heights = flows.map(({ y }) => y);
    const isBar = form === 'bar' && heights.length > 1;
    const top = isBar ? Math.min(axisY, ...heights) - size.height / 2 : axisY - size.height / 2;
    const bottom = isBar ? Math.max(axisY, ...heights) + size.height / 2 : axisY + size.height / 2;
    flows.forEach((flow, index) => {
      const start = flow.start ?? this.#right.get(flow.from);
      const arrives = flow.via.at(-1);
      // A shortcut comes down on the sum's sign; all else enters from the left.
      const isArc =
        sign !== undefined && flow.kind === 'shortcut' && arrives?.[0] === x && arrives[1] === axisY;
      const via = isArc ? flow.via.slice(0, -1) : flow.via;
      const end: Point = isArc ? [x + sign / 2, axisY - sign / 2] : [x, isBar ? flow.y : axisY];
      const all: Point[] = [...(start ? [start] : []), ...via, end];
      const shared = Math.min(flow.shared > 0 && start ? flow.shared : 0, all.length - 1);
      const points = withoutRepeats(all);
      this.edges.push({
        id: `${flow.from}→${id}${index > 0 ? `#${index}` : ''}`,
        from: flow.from,
        to: id,
        kind: flow.kind === 'series' && layer.lane === 'shortcut' ? 'shortcut' : flow.kind,
        place: flow.place ?? layer.place,
        points,
        own: withoutRepeats(all.slice(0, shared + 1)).length - 1,
      });
    });
    const glyphX = x + (size.lead?.width ?? 0);
    this.#right.set(id, [glyphX + size.width, axisY]);
    if (isBar) this.#bars.set(id, { right: glyphX + size.width, top, bottom });
    const isColumn = form === 'column';
    this.boxes.push({
      id,
      layer,
      form,
      x,
      y: isColumn ? axisY - half - label : top,
      width,
      height: isColumn ? 2 * half + label + shape : bottom - top,
      glyph: { x: glyphX, y: top, width: size.width, height: bottom - top },
      axisY,
    });
    return [
      { from: id, start: null, via: [], shared: 0, onRail: false, y: axisY, kind: 'series', place: null },
    ];
  }
}

/** Into one of several branches that part in curves. */
function enterFork(flow: Flow, x: number, start: number, y: number): Flow {
  return {
    ...flow,
    via: [...flow.via, [x, flow.y], [start, y]],
    shared: flow.via.length + 1,
    onRail: false,
    y,
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter(
    ([x, y], index) => index === 0 || x !== points[index - 1]?.[0] || y !== points[index - 1]?.[1],
  );
}

const isInOrder = (boxes: readonly Box[]): boolean =>
  boxes.every(({ layer }, index) => layer.first >= (boxes[index - 1]?.layer.first ?? 0));

/** A laid-out figure before its words are set. */
export type PlacedRow = Omit<FigureLayout, 'words'>;

/** Lays a row out by the given lengths: series left to right on one line, parallel paths as lanes around it. */
export function placeRow(
  row: Row,
  metrics: Metrics,
  glyph: (layer: FigureLayer) => GlyphSize,
  flows: readonly string[] = [],
): PlacedRow {
  const placer = new FigurePlacer(metrics, glyph);
  const { margin } = metrics;
  const half = placer.half(row);
  const { up, down } = placer.reach(row, half);
  const axisY = margin + up;
  const entering = flows.map(
    (from): Flow => ({
      from,
      start: [0, axisY],
      via: [],
      shared: 0,
      onRail: false,
      y: axisY,
      kind: 'series',
      place: null,
    }),
  );
  placer.place(row, margin, axisY, half, entering, 0);
  return {
    width: placer.rowWidth(row) + 2 * margin,
    height: up + down + 2 * margin,
    axisY,
    boxes: isInOrder(placer.boxes)
      ? placer.boxes
      : [...placer.boxes].sort((a, b) => a.layer.first - b.layer.first || a.layer.end - b.layer.end),
    edges: placer.edges,
    frames: placer.frames,
    reuses: placer.reuses,
    broken: placer.boxes.find(({ layer }) => layer.status === 'broken')?.id ?? null,
  };
}
