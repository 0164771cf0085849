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
