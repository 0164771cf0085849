/** Words stay legible down to this scale; a figure that does not fit the width at it scrolls instead. */
const LEAST_LEGIBLE = 0.86;
/** A small figure grows no further than this by itself. */
const MOST_AUTOMATIC = 1.2;
/** A tall figure shrinks no further than this by itself. */
const LEAST_AUTOMATIC = 0.6;

/** The largest scale, in CSS pixels per figure unit. */
export const MOST_SCALE = 4;
/** The smallest scale of a figure that fits at a larger one. */
const LEAST_SCALE = 0.2;
/** One press of a button or key. */
export const SCALE_STEP = 1.25;

/** How much of a figure stays in view whatever is done, as a share of the view. */
const KEPT_IN_VIEW = 0.25;

/** Width and height: of a view in CSS pixels, of a figure in its own units. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Where one axis of the figure stands in its view, in CSS pixels: blank before it, scrolled past, blank behind it. */
export interface AxisPlacement {
  readonly before: number;
  readonly after: number;
  readonly scroll: number;
}

/** The scale at which all of a figure is in view. */
export const fitScale = (figure: Extent, view: Extent): number =>
  Math.min(MOST_AUTOMATIC, view.width / figure.width, view.height / figure.height);

/** A scale within what is allowed: from the whole figure in view to {@link MOST_SCALE}. */
export const limitScale = (scale: number, figure: Extent, view: Extent): number =>
  Math.min(MOST_SCALE, Math.max(Math.min(LEAST_SCALE, fitScale(figure, view)), scale));

/**
 * The scale of a figure nobody has zoomed: it fills the width within what stays legible, and is 1 where it has to
 * scroll; a figure higher than the view gives way to it in part.
 *
 * @param view 0 wide before it was measured
 */
export function automaticScale(figure: Extent, view: Extent): number {
  if (view.width === 0) return 1;
  const across = view.width / figure.width;
  const scale = across < LEAST_LEGIBLE ? 1 : Math.min(MOST_AUTOMATIC, across);
  const down = view.height / figure.height;
  return down >= scale ? scale : Math.max(Math.min(scale, LEAST_AUTOMATIC), down);
}

/** Height of the view of a figure at its automatic scale: all of it, or as much as is allowed. */
export const viewHeight = (figure: Extent, automatic: number, most: number): number =>
  Math.min(most, figure.height * automatic);

/**
 * Where the figure's edge goes so that a point keeps its place while the scale changes.
 *
 * @param edge of the figure in the view, negative where it is scrolled past
 * @param point that keeps its place in the view
 * @param ratio of the new scale to the old
 */
export const keepPoint = (edge: number, point: number, ratio: number): number =>
  point - (point - edge) * ratio;

/**
 * Turns the wanted place of the figure's edge into blank and scroll: blank only as much as is seen at that moment, so that a
 * point can keep its place near an end and scrolling never runs into emptiness.
 *
 * @param edge wanted place of the figure's first edge in the view, in CSS pixels
 * @param content length of the figure in CSS pixels
 */
export function settle(edge: number, content: number, view: number): AxisPlacement {
  const kept = Math.min(content, view * KEPT_IN_VIEW);
  const place = Math.min(view - kept, Math.max(kept - content, edge));
  return {
    before: Math.max(0, place),
    after: Math.max(0, view - content - place),
    scroll: Math.max(0, -place),
  };
}

/** The same place where the figure covers its view, and the middle where it does not. */
export function settleWithin(edge: number, content: number, view: number): AxisPlacement {
  if (content <= view) return settle((view - content) / 2, content, view);
  return settle(Math.min(0, Math.max(view - content, edge)), content, view);
}

/** Where the figure's edge has to be so that a stretch of it is in view, or null where it is already. */
export function reveal(edge: number, view: number, from: number, to: number, margin: number): number | null {
  const room = Math.min(margin, Math.max(0, (view - (to - from)) / 2));
  if (from + edge < room - 0.5) return room - from;
  if (to + edge > view - room + 0.5) return Math.max(view - room - to, room - from);
  return null;
}
