import type { Edge, Point } from '../../engine/layout/types.ts';

const RADIUS = 7;

const round = (value: number): number => Math.round(value * 100) / 100;

/** Curves through points, level at each of them; nothing where there is no second point. */
export function smoothPath(points: readonly Point[]): string {
  if (points.length < 2) return '';
  return points
    .map(([x, y], index) => {
      const before = points[index - 1];
      if (!before) return `M${round(x)},${round(y)}`;
      const middle = round((before[0] + x) / 2);
      return `C${middle},${round(before[1])},${middle},${round(y)},${round(x)},${round(y)}`;
    })
    .join('');
}

/** An arc over or under the line: it leaves upright, runs level and comes back upright. */
function arcPath(ends: readonly Point[], isAbove: boolean): string {
  return widenCorners(ends)
    .map(([x, y], index, points) => {
      const before = points[index - 1];
      if (!before) return `M${round(x)} ${round(y)}`;
      if (before[1] === y) return `H${round(x)}`;
      const leaves = y < before[1] === isAbove;
      const corner = leaves ? `${round(before[0])} ${round(y)}` : `${round(x)} ${round(before[1])}`;
      return `C${corner} ${corner} ${round(x)} ${round(y)}`;
    })
    .join('');
}

const WIDEST_CORNER = 64;

/** An arc bends as widely as its level part allows. */
function widenCorners(points: readonly Point[]): readonly Point[] {
  const [first, rise, ...rest] = points;
  const [fall, last] = [rest.at(-2), rest.at(-1)];
  if (!first || !rise || !last || rest.length < 2) return points;
  const [next, previous] = [rest[0], rest.at(-3) ?? rise];
  const isWhole = rest.length === 2;
  const share = isWhole ? 0.36 : 0.8;
  const rising = Math.min(WIDEST_CORNER, share * ((next?.[0] ?? 0) - first[0]));
  const falling = Math.min(WIDEST_CORNER, share * (last[0] - previous[0]));
  return [
    first,
    [Math.max(rise[0], first[0] + rising), rise[1]],
    ...rest.slice(0, -2),
    [Math.min(fall?.[0] ?? 0, last[0] - falling), fall?.[1] ?? 0],
    last,
  ];
}

const towards = (from: Point, to: Point, length: number): string => {
  const whole = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const share = whole === 0 ? 0 : length / whole;
  return `${round(from[0] + share * (to[0] - from[0]))} ${round(from[1] + share * (to[1] - from[1]))}`;
};

/** Lines with rounded corners: the rails between the columns of a mean. */
function railPath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${round(point[0])} ${round(point[1])}`;
      if (before[1] !== point[1] && before[0] !== point[0]) {
        const middle = round((before[0] + point[0]) / 2);
        return `C${middle} ${round(before[1])} ${middle} ${round(point[1])} ${round(point[0])} ${round(point[1])}`;
      }
      const turns = after && (before[0] === point[0]) !== (point[0] === after[0]);
      if (!turns || (after[0] !== point[0] && after[1] !== point[1])) {
        return `L${round(point[0])} ${round(point[1])}`;
      }
      const radius = Math.min(
        RADIUS,
        Math.hypot(point[0] - before[0], point[1] - before[1]) / 2,
        Math.hypot(after[0] - point[0], after[1] - point[1]) / 2,
      );
      return `L${towards(point, before, radius)}Q${round(point[0])} ${round(point[1])} ${towards(point, after, radius)}`;
    })
    .join('');
}

/** A connection's drawing: the trunk that it shares with others from the same box, and the way that is its own. */
export function edgePaths({ kind, points, own }: Edge): { readonly trunk: string; readonly way: string } {
  const hasRail = points.some(
    ([x, y], index) => x === points[index - 1]?.[0] && y !== points[index - 1]?.[1],
  );
  const ends = points.slice(own);
  const isArc = kind === 'shortcut' || kind === 'through';
  const way = hasRail ? railPath(ends) : isArc ? arcPath(ends, kind === 'shortcut') : smoothPath(ends);
  return { trunk: own > 0 ? smoothPath(points.slice(0, own + 1)) : '', way };
}

/** Edges' ways, and the trunk that several share once. */
export function waysOf(
  edges: readonly Edge[],
): readonly { readonly edge: Edge; readonly trunk: string; readonly way: string }[] {
  const trunks = new Set<string>();
  return edges.map((edge) => {
    const { trunk, way } = edgePaths(edge);
    const isNew = !trunks.has(trunk);
    trunks.add(trunk);
    return { edge, trunk: isNew ? trunk : '', way };
  });
}
