import { extent, group, ticks as linearTicks, pairs } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';

/** One point of a scatter chart, in the units of its axes. */
export interface ScatterPoint {
  readonly key: string;
  /** What stands beside it. */
  readonly title: string;
  /** All about it, for assistive technology. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** What the area of its mark stands for; null where that is not known. */
  readonly size: number | null;
  /** Points of one series are joined, from the least x to the largest. */
  readonly series: string;
  /** Colour, 1 to 6, and shape, 0 to 2. */
  readonly hue: number;
  readonly shape: number;
  /** Drawn as an outline: not to be compared with the others. */
  readonly hollow: boolean;
}

/** An axis. */
export interface ScatterAxis {
  readonly title: string;
  readonly scale: 'log' | 'linear';
  /** What its marks fall on: any number, whole ones as of years, or powers of two and MiB as of bytes. */
  readonly grid: 'decimal' | 'whole' | 'binary';
  readonly format: (value: number) => string;
}

/** A range of an axis. */
export type Range = readonly [from: number, to: number];

/** What the brush has taken in. */
export interface Brushed {
  readonly x: Range;
  readonly y: Range;
}

/** A point in its place. */
export interface PlacedPoint extends ScatterPoint {
  /** Centre in pixels. */
  readonly cx: number;
  readonly cy: number;
  /** Area of the mark in square pixels. */
  readonly area: number;
}

/** A mark on an axis. */
export interface Tick {
  readonly value: number;
  readonly at: number;
  readonly text: string;
}

/** Words beside a point. */
export interface Label {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end' | 'middle';
}

/** A chart laid out for a width and a height in pixels. */
export interface ScatterScene {
  readonly width: number;
  readonly height: number;
  /** The plot: where points lie. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly points: readonly PlacedPoint[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly xOf: (value: number) => number;
  readonly yOf: (value: number) => number;
  /** The values at a place. */
  readonly xAt: (pixel: number) => number;
  readonly yAt: (pixel: number) => number;
}

const LEFT = 58;
const RIGHT = 12;
const TOP = 30;
const BOTTOM = 44;
/** Area of the smallest mark, and of the largest as a share of the plot. */
const LEAST_AREA = 60;
const MOST_SHARE = 0.004;
/** From the middle of a mark to its furthest corner, as a share of the root of its area: of a square on its corner. */
const CORNER = Math.SQRT1_2;
/** Between the outermost marks and the frame. */
const MARGIN = 8;
const MIB = 2 ** 20;
/** Ratio of an axis's ends up to which even steps lie far enough apart on a logarithmic one. */
const NEARLY_LINEAR = 6;
/** Pixels that a tick's words need along the horizontal axis. */
const TICK_WIDTH = 62;
const TICK_HEIGHT = 34;

/** Values to mark on an axis: 1, 2, 5 of each power of ten, or powers of two, on a logarithmic one, as there is room. */
export function axisTicks([from, to]: Range, axis: ScatterAxis, room: number): readonly number[] {
  const most = Math.max(2, Math.floor(room));
  const evenly = (): readonly number[] => {
    if (axis.grid === 'binary') return linearTicks(from / MIB, to / MIB, most).map((value) => value * MIB);
    const values = linearTicks(from, to, most);
    return axis.grid === 'whole' ? values.filter(Number.isInteger) : values;
  };
  if (axis.scale === 'linear') return evenly();
  const within = (base: number, factors: readonly number[]): number[] => {
    const values = [];
    const last = Math.ceil(Math.log(to) / Math.log(base));
    for (let power = Math.floor(Math.log(from) / Math.log(base)); power <= last; power += 1) {
      for (const factor of factors) values.push(factor * base ** power);
    }
    return values.filter((value) => value >= from && value <= to);
  };
  const candidates =
    axis.grid === 'binary'
      ? [2, 4, 8, 16, 32].map((base) => within(base, [1]))
      : [[1, 2, 5], [1, 3], [1]].map((factors) => within(10, factors));
  // Of less than a decade the axis is nearly linear; over more, even steps would crowd at its end.
  const fewest = to / from > NEARLY_LINEAR ? 2 : 3;
  return candidates.find((values) => values.length <= most && values.length >= fewest) ?? evenly();
}

/** A tick's words without zeros after the point: `5 G` for `5.00 G`. */
const tidy = (text: string): string => text.replace(/\.0+(?=\D|$)/, '');

function scaleOf(values: readonly number[], axis: ScatterAxis, range: Range) {
  const [least = 1, most = 1] = extent(values);
  if (axis.scale === 'log') return scaleLog(least === most ? [least / 2, most * 2] : [least, most], range);
  return scaleLinear(least === most ? [least - 1, most + 1] : [least, most], range);
}

/** Lays points out in a chart of a size; a logarithmic axis has no place for values up to 0, and they are left out. */
export function layOutScatter(
  points: readonly ScatterPoint[],
  x: ScatterAxis,
  y: ScatterAxis,
  width: number,
  height: number,
): ScatterScene {
  const shown = points.filter(
    (point) => (x.scale === 'linear' || point.x > 0) && (y.scale === 'linear' || point.y > 0),
  );
  const right = width - RIGHT;
  const bottom = height - BOTTOM;
  const most = Math.max(LEAST_AREA, MOST_SHARE * (right - LEFT) * (bottom - TOP));
  const inset = CORNER * Math.sqrt(most) + MARGIN;
  const across = scaleOf(
    shown.map((point) => point.x),
    x,
    [LEFT + inset, right - inset],
  );
  const up = scaleOf(
    shown.map((point) => point.y),
    y,
    [bottom - inset, TOP + inset],
  );
  const largest = Math.max(...shown.map(({ size }) => size ?? 0), 0);
  const areaOf = (size: number | null): number =>
    size === null || largest <= 0 ? LEAST_AREA : Math.max(LEAST_AREA, (size / largest) * most);
  const xRange: Range = [across.invert(LEFT), across.invert(right)];
  const yRange: Range = [up.invert(bottom), up.invert(TOP)];
  return {
    width,
    height,
    left: LEFT,
    top: TOP,
    right,
    bottom,
    points: shown
      .map((point) => ({ ...point, cx: across(point.x), cy: up(point.y), area: areaOf(point.size) }))
      // Small marks over large ones, so that none is hidden.
      .sort((a, b) => b.area - a.area),
    xTicks: axisTicks(xRange, x, (right - LEFT) / TICK_WIDTH).map((value) => ({
      value,
      at: across(value),
      text: tidy(x.format(value)),
    })),
    yTicks: axisTicks(yRange, y, (bottom - TOP) / TICK_HEIGHT).map((value) => ({
      value,
      at: up(value),
      text: tidy(y.format(value)),
    })),
    xOf: across,
    yOf: up,
    xAt: (pixel) => across.invert(pixel),
    yAt: (pixel) => up.invert(pixel),
  };
}

/** Radius of the circle of an area. */
export const radiusOf = (area: number): number => Math.sqrt(area / Math.PI);

/** Whether a point lies in what the brush has taken in; without a brush all do. */
export const isWithin = (
  { x, y }: { readonly x: number; readonly y: number },
  brush: Brushed | null,
): boolean => brush === null || (x >= brush.x[0] && x <= brush.x[1] && y >= brush.y[0] && y <= brush.y[1]);

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LABEL_HEIGHT = 12;
/** Mean width of a letter at the labels' size. */
const LETTER = 6.1;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The points of each series of more than one, in the order in which a line joins them. */
export const seriesLines = (points: readonly PlacedPoint[]): readonly (readonly PlacedPoint[])[] =>
  [...group(points, (point) => point.series).values()]
    .filter((members) => members.length > 1)
    .map((members) => [...members].sort((a, b) => a.x - b.x || a.y - b.y));

/** The points of the front that are shown, in its order. */
export function frontLine(points: readonly PlacedPoint[], front: readonly string[]): readonly PlacedPoint[] {
  const byKey = new Map(points.map((point) => [point.key, point]));
  return front.flatMap((key) => byKey.get(key) ?? []);
}

/** Whether a straight line from one point to another passes through a box (Liang and Barsky 1984). */
function passes(from: PlacedPoint, to: PlacedPoint, { left, right, top, bottom }: Box): boolean {
  const [dx, dy] = [to.cx - from.cx, to.cy - from.cy];
  let [enters, leaves] = [0, 1];
  for (const [step, room] of [
    [-dx, from.cx - left],
    [dx, right - from.cx],
    [-dy, from.cy - top],
    [dy, bottom - from.cy],
  ] as const) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) enters = Math.max(enters, room / step);
    else leaves = Math.min(leaves, room / step);
  }
  return enters <= leaves;
}

/**
 * Words beside the points that have room for them, those of the front coming first; none lies over another or over a
 * mark, nor over a line where there is a place beside it.
 */
export function placeLabels(scene: ScatterScene, front: readonly string[]): readonly Label[] {
  const { points, left, right, top, bottom } = scene;
  const first = new Set(front);
  const lines = [frontLine(points, front), ...seriesLines(points)].flatMap((members) => pairs(members));
  const taken: Box[] = points.map(({ cx, cy, area }) => {
    const half = 0.85 * radiusOf(area);
    return { left: cx - half, right: cx + half, top: cy - half, bottom: cy + half };
  });
  const labels: Label[] = [];
  const named = new Set<string>();
  const ordered = [...points].sort(
    (a, b) =>
      Number(first.has(b.key)) - Number(first.has(a.key)) || Number(a.hollow) - Number(b.hollow) || b.y - a.y,
  );
  for (const { key, title, cx, cy, area, hollow } of ordered) {
    if (named.has(title)) continue;
    const text = hollow ? `${title} †` : title;
    const width = text.length * LETTER;
    const away = radiusOf(area) + 4;
    const places = [
      { anchor: 'start', x: cx + away, y: cy },
      { anchor: 'end', x: cx - away, y: cy },
      { anchor: 'middle', x: cx, y: cy - away - LABEL_HEIGHT / 2 },
      { anchor: 'middle', x: cx, y: cy + away + LABEL_HEIGHT / 2 },
      // Where the frame is near on one side.
      { anchor: 'start', x: cx - away, y: cy - away - LABEL_HEIGHT / 2 },
      { anchor: 'start', x: cx - away, y: cy + away + LABEL_HEIGHT / 2 },
      { anchor: 'end', x: cx + away, y: cy - away - LABEL_HEIGHT / 2 },
      { anchor: 'end', x: cx + away, y: cy + away + LABEL_HEIGHT / 2 },
    ] as const;
    const free = places.flatMap(({ anchor, x, y }) => {
      const start = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
      const box = {
        left: start,
        right: start + width,
        top: y - LABEL_HEIGHT / 2,
        bottom: y + LABEL_HEIGHT / 2,
      };
      const isInside =
        box.left >= left + 2 && box.right <= right - 2 && box.top >= top && box.bottom <= bottom;
      return isInside && !taken.some((other) => overlap(other, box)) ? [{ anchor, x, y, box }] : [];
    });
    const chosen = free.find(({ box }) => !lines.some(([from, to]) => passes(from, to, box))) ?? free[0];
    if (!chosen) continue;
    taken.push(chosen.box);
    labels.push({ key, text, x: chosen.x, y: chosen.y, anchor: chosen.anchor });
    named.add(title);
  }
  return labels;
}

/** A direction of an arrow key. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest point in a direction, its way across counting double; null where there is none. */
export function neighbourOf(
  points: readonly PlacedPoint[],
  from: PlacedPoint,
  direction: Direction,
): PlacedPoint | null {
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: PlacedPoint | null = null;
  let shortest = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const [dx, dy] = [point.cx - from.cx, point.cy - from.cy];
    const [ahead, aside] = horizontal ? [sign * dx, dy] : [sign * dy, dx];
    // Points in one place are told apart by their keys, so that each can be reached.
    const coincides =
      dx === 0 && dy === 0 && sign * (point.key < from.key ? -1 : 1) > 0 && point.key !== from.key;
    if (!(ahead > 0) && !coincides) continue;
    const distance = ahead + 2 * Math.abs(aside);
    if (distance < shortest) {
      shortest = distance;
      best = point;
    }
  }
  return best;
}

/** Pixels that words take up at most, in the small type of a chart: Chinese ones are as wide as high. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 11.5 : 6.6), 0);

/** Things of some widths one after the other, in rows no wider than there is room. */
export function placeInRows(
  widths: readonly number[],
  room: number,
): { readonly places: readonly { readonly x: number; readonly row: number }[]; readonly rows: number } {
  let [x, row] = [0, 0];
  const places = widths.map((width) => {
    if (x > 0 && x + width > room) [x, row] = [0, row + 1];
    const place = { x, row };
    x += width;
    return place;
  });
  return { places, rows: widths.length === 0 ? 0 : row + 1 };
}

/** Words in lines no wider than there is room; Chinese may be broken anywhere. */
export function wrapText(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) ?? []) {
    if (line !== '' && textWidth(line + part.trimEnd()) > room) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}
