import { type RefObject, useEffect } from 'react';
import { padSize, type Stroke } from '../../engine/runtime/preprocess/stroke.ts';
import type { DrawingSource } from './drawing-source.ts';
import { paintStrokes } from './paint.ts';

/**
 * Keeps a square canvas painted with the drawing at the screen's own resolution, once a frame and only after a
 * change. Finished strokes are kept on a second canvas, so that a frame costs the strokes under way alone.
 * Calls `onUnavailable` if the browser gives no 2D context.
 */
export function useStrokeCanvas(
  ref: RefObject<HTMLCanvasElement | null>,
  drawing: DrawingSource,
  onUnavailable: () => void,
): void {
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const context = canvas.getContext('2d');
    const finished = document.createElement('canvas');
    const finishedContext = finished.getContext('2d');
    if (!context || !finishedContext) {
      onUnavailable();
      return;
    }
    let frame = 0;
    let finishedStrokes: readonly Stroke[] | undefined;

    const paint = () => {
      frame = 0;
      const { current, strokes } = drawing.getState();
      const scale = canvas.width / padSize;
      if (strokes !== finishedStrokes) {
        finishedContext.setTransform(scale, 0, 0, scale, 0, 0);
        finishedContext.clearRect(0, 0, padSize, padSize);
        paintStrokes(finishedContext, strokes);
        finishedStrokes = strokes;
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      if (finished.width > 0) context.drawImage(finished, 0, 0);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      paintStrokes(context, [...current.values()]);
    };
    const requestPaint = () => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    const repaint = () => {
      finishedStrokes = undefined;
      requestPaint();
    };
    const fitToScreen = () => {
      const side = Math.max(Math.round(canvas.clientWidth * window.devicePixelRatio), 1);
      if (canvas.width === side && canvas.height === side) return;
      for (const sized of [canvas, finished]) {
        sized.width = side;
        sized.height = side;
      }
      finishedStrokes = undefined;
      // Resizing empties the canvas: painting now, not in the next frame, keeps it from blinking.
      cancelAnimationFrame(frame);
      paint();
    };

    fitToScreen();
    requestPaint();
    const unsubscribe = drawing.subscribe(requestPaint);
    const observer = new ResizeObserver(fitToScreen);
    observer.observe(canvas);
    // Zooming or moving to another screen changes the pixel ratio, which the observer alone does not see.
    window.addEventListener('resize', fitToScreen);
    canvas.addEventListener('contextrestored', repaint);
    finished.addEventListener('contextrestored', repaint);
    return () => {
      cancelAnimationFrame(frame);
      unsubscribe();
      observer.disconnect();
      window.removeEventListener('resize', fitToScreen);
      canvas.removeEventListener('contextrestored', repaint);
      finished.removeEventListener('contextrestored', repaint);
    };
  }, [ref, drawing, onUnavailable]);
}
