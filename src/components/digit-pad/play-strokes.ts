import type { Stroke } from '../../engine/runtime/preprocess/stroke.ts';
import type { DrawingSource } from './drawing-source.ts';

/** Strokes being drawn by themselves. */
export interface Playback {
  /** Draws what is left at once. */
  finish(): void;
  /** Ends here, keeping what has been drawn. */
  stop(): void;
}

/** No pointer of a browser has this id. */
const playedPointer = -1;
const playedMilliseconds = 650;

/** Replaces the drawing by the strokes at once, drawn with the current brush. */
export function drawAtOnce(drawing: DrawingSource, strokes: readonly Stroke[]): void {
  const { brush, load } = drawing.getState();
  load(strokes.map(({ points }) => ({ points, width: brush })));
}

/** Clears the drawing and draws the strokes one after another, as a hand would, in two thirds of a second. */
export function playStrokes(drawing: DrawingSource, strokes: readonly Stroke[]): Playback {
  const total = strokes.reduce((sum, { points }) => sum + points.length, 0);
  let strokeIndex = 0;
  let drawn = 0;
  let drawnInStroke = 0;
  let frame = 0;
  const start = performance.now();
  drawing.getState().clear();

  const drawUpTo = (count: number) => {
    while (drawn < count) {
      const points = strokes[strokeIndex]?.points;
      if (!points) return;
      const [first] = points;
      if (drawnInStroke === 0 && first) drawing.getState().begin(playedPointer, first);
      const upTo = Math.min(points.length, drawnInStroke + count - drawn);
      drawing.getState().extend(playedPointer, points.slice(Math.max(drawnInStroke, 1), upTo));
      drawn += upTo - drawnInStroke;
      drawnInStroke = upTo;
      if (drawnInStroke < points.length) return;
      drawing.getState().end(playedPointer);
      strokeIndex += 1;
      drawnInStroke = 0;
    }
  };
  const step = (now: number) => {
    drawUpTo(Math.ceil((Math.max(now - start, 0) / playedMilliseconds) * total));
    if (strokeIndex < strokes.length) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);

  const stop = () => {
    cancelAnimationFrame(frame);
    strokeIndex = strokes.length;
    drawing.getState().end(playedPointer);
  };
  const finish = () => {
    cancelAnimationFrame(frame);
    drawUpTo(total);
  };
  return { finish, stop };
}

/**
 * Shows the strokes on a pad on which nothing was drawn, point by point in two thirds of a second, or at once.
 * Whatever is drawn or cleared meanwhile ends it.
 *
 * @returns what ends it before
 */
export function showStrokes(
  drawing: DrawingSource,
  strokes: readonly Stroke[],
  isStill: boolean,
): () => void {
  const { brush } = drawing.getState();
  const total = strokes.reduce((sum, { points }) => sum + points.length, 0);
  const start = performance.now();
  let shown = -1;
  let frame = 0;
  const step = (now: number) => {
    const { revision, demonstrate } = drawing.getState();
    if (shown >= 0 && revision !== shown) return;
    const count = isStill ? total : Math.ceil((Math.max(now - start, 0) / playedMilliseconds) * total);
    let left = count;
    demonstrate(
      strokes.flatMap(({ points }) => {
        const cut = points.slice(0, Math.max(left, 0));
        left -= points.length;
        return cut.length > 0 ? [{ points: cut, width: brush }] : [];
      }),
    );
    shown = drawing.getState().revision;
    if (shown !== revision && count < total) frame = requestAnimationFrame(step);
  };
  if (isStill) step(start);
  else frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}
