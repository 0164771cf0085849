/** The side of the square drawing pad in pad units; every stroke coordinate and width is in these. */
export const padSize = 280;

/** A pen position in pad units (x to the right, y downwards), with the pen's pressure 0..1 where it has one. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly pressure?: number;
}

/** One movement of the pen from down to up; `width` is the pen's diameter in pad units. */
export interface Stroke {
  readonly points: readonly Point[];
  readonly width: number;
  /** A CSS colour; a stroke without one is white, as digits are. */
  readonly colour?: string;
}

/** A point of a smoothed stroke: position and pen radius, both in pad units. */
export interface PathPoint {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const narrowestPen = 1;
const widestPen = padSize / 2;
const nearest = 0.5;
/** Positions beyond this are moved to it: far outside the pad, yet small enough for exact arithmetic. */
const farthest = 64 * padSize;
const cornerCut = 5;
const gentleTurn = Math.cos(Math.PI / 4);
const sharpTurn = Math.cos((5 * Math.PI) / 12);

/** Tells whether a point has usable coordinates (neither NaN nor infinite). */
export function isUsablePoint(point: Point): boolean {
  return Number.isFinite(point.x) && Number.isFinite(point.y);
}

/** The pen's radius in pad units at a point: half its width, from 0.7 (no pressure) to 1.3 times (full). */
function penRadius(width: number, pressure: number | undefined): number {
  const radius = Math.min(Math.max(Number.isFinite(width) ? width : 0, narrowestPen), widestPen) / 2;
  if (pressure === undefined || !Number.isFinite(pressure)) return radius;
  return radius * (0.7 + 0.6 * Math.min(Math.max(pressure, 0), 1));
}

/** Drops unusable and repeated points and gives each remaining one its pen radius. */
function cleanPoints(stroke: Stroke): PathPoint[] {
  const kept: PathPoint[] = [];
  let last: PathPoint | undefined;
  let skipped: PathPoint | undefined;
  for (const point of stroke.points) {
    if (!isUsablePoint(point)) continue;
    const next = {
      x: Math.min(Math.max(point.x, -farthest), farthest),
      y: Math.min(Math.max(point.y, -farthest), farthest),
      radius: penRadius(stroke.width, point.pressure),
    };
    if (last !== undefined && Math.hypot(next.x - last.x, next.y - last.y) < nearest) {
      skipped = next;
      continue;
    }
    skipped = undefined;
    last = next;
    kept.push(next);
  }
  // A held pen presses on one spot: the heaviest reading there is the mark it leaves.
  if (skipped !== undefined && kept.length === 1 && last !== undefined) {
    kept[0] = { ...last, radius: Math.max(last.radius, skipped.radius) };
  }
  return kept;
}

/** The share of a leg that the curve may cut off at a corner whose legs turn by the angle of this cosine. */
function cutLength(leg: number, cosine: number): number {
  const half = leg / 2;
  if (cosine >= gentleTurn) return half;
  const sharpness = Math.min((gentleTurn - cosine) / (gentleTurn - sharpTurn), 1);
  return half + (Math.min(half, cornerCut) - half) * sharpness;
}

function between(from: PathPoint, to: PathPoint, share: number): PathPoint {
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    radius: from.radius + (to.radius - from.radius) * share,
  };
}

/**
 * The smooth line of a stroke as a fine polyline in pad units (chord error under 0.25 units).
 *
 * Quadratic curves run from the middle of one leg to the middle of the next, so that a sampled curve looks
 * drawn; where the pen turns sharply only the last few units of the corner are rounded, so that a 7 or a 4
 * given by its corners alone keeps them. Unusable points are dropped; no usable point gives an empty path.
 */
export function smoothStroke(stroke: Stroke): readonly PathPoint[] {
  const points = cleanPoints(stroke);
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined || points.length < 3) return points;
  const path: PathPoint[] = [first];
  for (let i = 1; i < points.length - 1; i += 1) {
    const before = points[i - 1];
    const corner = points[i];
    const after = points[i + 1];
    if (before === undefined || corner === undefined || after === undefined) break;
    const inX = corner.x - before.x;
    const inY = corner.y - before.y;
    const outX = after.x - corner.x;
    const outY = after.y - corner.y;
    const inLength = Math.hypot(inX, inY);
    const outLength = Math.hypot(outX, outY);
    const cosine = (inX * outX + inY * outY) / (inLength * outLength);
    const start = between(corner, before, cutLength(inLength, cosine) / inLength);
    const end = between(corner, after, cutLength(outLength, cosine) / outLength);
    // The chord error of a quadratic cut into n equal parts is |start − 2·corner + end| / (4n²).
    const bend = Math.hypot(start.x - 2 * corner.x + end.x, start.y - 2 * corner.y + end.y);
    const parts = Math.min(Math.max(Math.ceil(Math.sqrt(bend)), 1), 32);
    path.push(start);
    for (let part = 1; part <= parts; part += 1) {
      const t = part / parts;
      path.push(between(between(start, corner, t), between(corner, end, t), t));
    }
  }
  path.push(last);
  return path;
}

/** The length of the line a stroke's points draw, in pad units; unusable points are skipped. */
export function strokeLength(stroke: Stroke): number {
  let length = 0;
  let last: Point | undefined;
  for (const point of stroke.points) {
    if (!isUsablePoint(point)) continue;
    if (last !== undefined) length += Math.hypot(point.x - last.x, point.y - last.y);
    last = point;
  }
  return length;
}
