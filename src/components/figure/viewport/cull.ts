import type { Box, Edge, FigureLayout, Frame, Rectangle, Reuse } from '../../../engine/layout/types.ts';

/** With more boxes than this, only those near the view are drawn, and with more than this near the view only outlines. */
export const MOST_DRAWN = 64;

/** What of a figure is drawn. */
export interface Drawn {
  /** Drawn in full, in execution order. */
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly frames: readonly Frame[];
  readonly reuses: readonly Reuse[];
  /** Whether boxes, edges and frames are too many to be told apart, and are drawn as a few outlines. */
  readonly isCompact: boolean;
}

/** One axis of what is drawn around a view, in figure units. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What is drawn along one axis around what is seen: whole steps of a width that holds over a range of scales, so that it
 * changes seldom while the view moves and zooms. It reaches at least one step beyond the view on both sides.
 *
 * @param edge of the figure in the view, in CSS pixels
 * @param step the least that a step measures, in CSS pixels; it is up to half as wide again
 */
export function stretchAround(edge: number, view: number, scale: number, step: number): Stretch {
  const width = 2 ** (Math.ceil(2 * Math.log2(step / scale)) / 2);
  const [first, last] = [-edge / scale / width, (view - edge) / scale / width];
  return { from: (Math.floor(first) - 1) * width, to: (Math.ceil(last) + 1) * width };
}

const boundsByEdges = new WeakMap<readonly Edge[], readonly Rectangle[]>();

/** The rectangles around the ways of edges. */
function boundsOf(edges: readonly Edge[]): readonly Rectangle[] {
  const known = boundsByEdges.get(edges);
  if (known) return known;
  const bounds = edges.map(({ points }) => {
    let [left, top, right, bottom] = [
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (const [x, y] of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return { x: left, y: top, width: right - left, height: bottom - top };
  });
  boundsByEdges.set(edges, bounds);
  return bounds;
}

/** Whether rectangles share a point; one without area counts, too. */
export const touches = (a: Rectangle, b: Rectangle): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/**
 * The part of a layout near a view: everything of a small figure; of a large one what touches the area, and in outline
 * where that is still too much.
 *
 * @param area in figure units; null for all
 */
export function cull(layout: FigureLayout, area: Rectangle | null, most = MOST_DRAWN): Drawn {
  const before = culled.get(layout) ?? [];
  const known = before.find((one) => one.most === most && sameArea(one.area, area));
  if (known) return known.drawn;
  const drawn = cullAnew(layout, area, most);
  culled.set(layout, [{ area, most, drawn }, ...before.slice(0, KEPT - 1)]);
  return drawn;
}

/** A view is asked for more than once on its way to the screen, with a narrower margin where the wider is too much. */
const culled = new WeakMap<
  FigureLayout,
  readonly { readonly area: Rectangle | null; readonly most: number; readonly drawn: Drawn }[]
>();
const KEPT = 6;

/** Whether two areas are the same; null is all of the figure. */
export const sameArea = (a: Rectangle | null, b: Rectangle | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);

function cullAnew(layout: FigureLayout, area: Rectangle | null, most: number): Drawn {
  const { boxes, edges, frames, reuses } = layout;
  if (boxes.length <= most) return { boxes, edges, frames, reuses, isCompact: false };
  if (area === null) return { boxes, edges, frames, reuses, isCompact: true };
  const bounds = boundsOf(edges);
  const right = area.x + area.width;
  const near = boxes.filter((box) => touches(box, area));
  return {
    boxes: near,
    edges: edges.filter((_, index) => touches(bounds[index] ?? area, area)),
    frames: frames.filter((frame) => touches(frame, area)),
    reuses: reuses.filter(({ from: [x], to }) => x <= right && (to.at(-1)?.[0] ?? x) >= area.x),
    isCompact: near.length > most,
  };
}

/** The box at a point of the figure, or null between boxes. */
export const boxAt = (boxes: readonly Box[], x: number, y: number): Box | null =>
  boxes.find((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) ?? null;

/** Boxes in the figure's order with some that are to be drawn whatever is in view. */
export function withForced(
  boxes: readonly Box[],
  forced: readonly (Box | null | undefined)[],
): readonly Box[] {
  const missing = forced.filter((box): box is Box => box != null && !boxes.includes(box));
  return missing.length === 0 ? boxes : [...boxes, ...new Set(missing)];
}
