import { usualWords } from '../../../engine/layout/layout-figure.ts';
import type { Wording } from '../../../engine/layout/types.ts';

/** Words are legible from this share of their usual size on; smaller ones are drawn larger. */
const LEGIBLE = 0.82;
/** Smaller words than this are not read. */
const HARD_TO_READ = 0.7;
/** A figure that fits the width at this scale is shown whole, words drawn larger; one that does not scrolls instead. */
const LEAST_WHOLE = 0.4;
/** Below this scale the drawing needs the room that shapes would take. */
const LEAST_WITH_SHAPES = 0.5;
/** How much larger words may be drawn, one after the other. */
const LARGER_WORDS = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8];
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
 * How the words of a figure are set so that all of it is in view and they are still legible: no larger than they have to
 * be, and without shapes only where they would be hard to read with them. As usual for a figure that fits as it is, or has
 * to scroll anyhow.
 *
 * @param widthWith the figure's width with its words so set: more room for words makes it wider
 * @param width of the view, 0 before it was measured
 */
export function fitWords(widthWith: (words: Wording) => number, width: number): Wording {
  let [best, bestShown] = [usualWords, 0];
  for (const hasShapes of [true, false]) {
    for (const size of LARGER_WORDS) {
      const words = { size, hasShapes };
      const scale = width / widthWith(words);
      if (scale < (hasShapes ? LEAST_WITH_SHAPES : LEAST_WHOLE)) break;
      if (scale * size > bestShown) [best, bestShown] = [words, scale * size];
      if (bestShown >= LEGIBLE) return best;
    }
    if (bestShown >= HARD_TO_READ) break;
  }
  return best;
}

/**
 * The scale of a figure nobody has zoomed: all of it across within what stays legible, and 1 where it has to scroll; a
 * figure higher than the view gives way to it in part.
 *
 * @param view 0 wide before it was measured
 * @param isScalable whether what it draws can be told at small scales, too: volumes can, the values in maps cannot
 */
export function automaticScale(figure: Extent, view: Extent, isScalable = true): number {
  if (view.width === 0) return 1;
  const across = view.width / figure.width;
  const least = isScalable ? LEAST_WHOLE : LEGIBLE;
  const scale = across < least ? 1 : Math.min(MOST_AUTOMATIC, across);
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
