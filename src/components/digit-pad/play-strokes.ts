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

/**
 * Draws some points one after another, frame by frame, in two thirds of a second.
 *
 * @param drawUpTo draws the first so many; whether to go on
 * @returns what ends it before
 */
function overTime(points: number, drawUpTo: (count: number) => boolean): () => void {
  const start = performance.now();
  const step = (now: number) => {
    const count = Math.ceil((Math.max(now - start, 0) / playedMilliseconds) * points);
    if (drawUpTo(count)) frame = requestAnimationFrame(step);
  };
  let frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}

const countPoints = (strokes: readonly Stroke[]): number =>
  strokes.reduce((sum, { points }) => sum + points.length, 0);

/** Replaces the drawing by the strokes at once, drawn with the current brush. */
export function drawAtOnce(drawing: DrawingSource, strokes: readonly Stroke[]): void {
  const { brush, load } = drawing.getState();
  load(strokes.map(({ points }) => ({ points, width: brush })));
}

/** Clears the drawing and draws the strokes one after another, as a hand would, in two thirds of a second. */
export function playStrokes(drawing: DrawingSource, strokes: readonly Stroke[]): Playback {
  const total = countPoints(strokes);
  let strokeIndex = 0;
  let drawn = 0;
  let drawnInStroke = 0;
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
  const end = overTime(total, (count) => {
    drawUpTo(count);
    return strokeIndex < strokes.length;
  });

  const stop = () => {
    end();
    strokeIndex = strokes.length;
    drawing.getState().end(playedPointer);
  };
  const finish = () => {
    end();
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
  const total = countPoints(strokes);
  let shown: number | null = null;
  const showUpTo = (count: number): boolean => {
    const { revision, demonstrate } = drawing.getState();
    if (shown !== null && revision !== shown) return false;
    let left = count;
    demonstrate(
      strokes.flatMap(({ points }) => {
        const cut = points.slice(0, Math.max(left, 0));
        left -= points.length;
        return cut.length > 0 ? [{ points: cut, width: brush }] : [];
      }),
    );
    shown = drawing.getState().revision;
    return shown !== revision && count < total;
  };
  if (!isStill) return overTime(total, showUpTo);
  showUpTo(total);
  return () => {};
}
