import { asImage } from '../ops/window.ts';
import type { Shape } from '../spec/types.ts';
import type { Box, FigureLayout, Point, Rectangle } from './types.ts';

/** The level of what is no image any more: features and class probabilities. */
export const HEAD = Number.POSITIVE_INFINITY;

/**
 * How often the resolution of a tensor is half of the input's, rounded: 0 for the input's own, 1 for half of it …, and
 * {@link HEAD} for tensors [features] and maps of a single cell.
 *
 * @param input [channels, height, width]
 */
export function levelOf(input: Shape, shape: Shape): number {
  if (shape.length < 3) return HEAD;
  const side = (of: Shape): number => {
    const [, height, width] = asImage(of);
    return Math.max(height, width);
  };
  const own = side(shape);
  return own <= 1 ? HEAD : Math.max(0, Math.round(Math.log2(side(input) / own)));
}

/** Where the boxes of one level begin in a layout, in figure units; the level reaches to the next one's begin. */
export interface LevelStart {
  readonly level: number;
  readonly x: number;
}

/** Half of the room between the boxes of two levels goes to either. */
const ROOM = 8;

/**
 * Where each level of a layout begins, from left to right. Along the figure the level never falls: what is drawn wider
 * again behind a bottleneck stands at the level reached.
 */
export function levelStarts(layout: FigureLayout, input: Shape): readonly LevelStart[] {
  const boxes = [...layout.boxes].sort((a, b) => a.x - b.x);
  const starts: LevelStart[] = [];
  let [level, right] = [-1, 0];
  for (const box of boxes) {
    const own = box.layer.shape === null ? level : levelOf(input, box.layer.shape);
    if (own > level) {
      level = own;
      // A frame around the first box of a level begins before it, and one around the last box of the level before ends after that.
      const left = layout.frames.reduce(
        (least, frame) => (frame.x >= right && frame.x < least ? frame.x : least),
        box.x,
      );
      const x = starts.length === 0 ? 0 : Math.max(right, left - ROOM);
      const last = starts.at(-1);
      if (last && x <= last.x) starts[starts.length - 1] = { level, x: last.x };
      else starts.push({ level, x });
    }
    right = Math.max(right, box.x + box.width);
  }
  return starts;
}

/** A level that several layouts have in common, in the units of the aligned figures. */
export interface AlignedLevel {
  readonly level: number;
  readonly x: number;
  readonly width: number;
}

/** Layouts whose levels begin at the same places, and those levels. */
export interface AlignedLayouts {
  readonly layouts: readonly FigureLayout[];
  readonly levels: readonly AlignedLevel[];
  readonly width: number;
}

/**
 * Puts layouts over one another so that equal levels of resolution begin at the same place; inside a level nothing moves.
 * A layout without a level leaves its place empty, and its wires bridge it.
 *
 * @param inputs of the layouts' networks, [channels, height, width]
 */
export function alignLayouts(layouts: readonly FigureLayout[], inputs: readonly Shape[]): AlignedLayouts {
  const starts = layouts.map((layout, index) => levelStarts(layout, inputs[index] ?? [1, 1, 1]));
  const widths = new Map<number, number>();
  starts.forEach((own, index) => {
    own.forEach(({ level, x }, place) => {
      const end = own[place + 1]?.x ?? layouts[index]?.width ?? x;
      widths.set(level, Math.max(widths.get(level) ?? 0, end - x));
    });
  });
  const levels: AlignedLevel[] = [];
  let at = 0;
  for (const [level, width] of [...widths].sort(([a], [b]) => (a === b ? 0 : a - b))) {
    levels.push({ level, x: at, width });
    at += width;
  }
  const placeOf = new Map(levels.map(({ level, x }) => [level, x]));
  return {
    width: at,
    levels,
    layouts: layouts.map((layout, index) =>
      shift(
        layout,
        (starts[index] ?? []).map(({ level, x }) => ({ x, by: (placeOf.get(level) ?? 0) - x })),
        at,
      ),
    ),
  };
}

/** A layout with everything from each place on moved to the right by an amount that never falls. */
function shift(
  layout: FigureLayout,
  steps: readonly { readonly x: number; readonly by: number }[],
  width: number,
): FigureLayout {
  const moved = (x: number): number => x + (steps.findLast((step) => step.x <= x)?.by ?? 0);
  const point = ([x, y]: Point): Point => [moved(x), y];
  const spread = <T extends Rectangle>(rectangle: T): T => {
    const x = moved(rectangle.x);
    return { ...rectangle, x, width: moved(rectangle.x + rectangle.width) - x };
  };
  const box = (one: Box): Box => {
    const by = moved(one.x) - one.x;
    return { ...one, x: one.x + by, glyph: { ...one.glyph, x: one.glyph.x + by } };
  };
  return {
    ...layout,
    width,
    boxes: layout.boxes.map(box),
    edges: layout.edges.map((edge) => ({ ...edge, points: edge.points.map(point) })),
    frames: layout.frames.map(spread),
    reuses: layout.reuses.map((reuse) => {
      const from = point(reuse.from);
      const to = reuse.to.map(point);
      const stretch = (to.at(-1)?.[0] ?? from[0]) - from[0];
      const before = (reuse.to.at(-1)?.[0] ?? reuse.from[0]) - reuse.from[0];
      // An arc that was stretched still hangs no lower than the room below allows.
      return { ...reuse, from, to, span: Math.max(reuse.span, reuse.span + stretch - before) };
    }),
  };
}
