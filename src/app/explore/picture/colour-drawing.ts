import { paintStrokes } from '../../../components/digit-pad/paint.ts';
import { paletteColours } from '../../../components/picture/colour-pad.tsx';
import type { Pixels } from '../../../engine/runtime/preprocess/picture.ts';
import { padSize } from '../../../engine/runtime/preprocess/stroke.ts';
import { createDrawingStore, drawnStrokes } from '../../state/drawing-store.ts';
import { pictureStore } from '../../state/picture-store.ts';

/** The colour drawing of this tab: it outlives a change of page. */
export const colourDrawing = createDrawingStore({ colour: paletteColours.black });

/** The drawing as a picture on white paper, a pixel a pad unit; null where the browser gives no canvas. */
function paintDrawing(canvas: HTMLCanvasElement): Pixels | null {
  canvas.width = padSize;
  canvas.height = padSize;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, padSize, padSize);
  paintStrokes(context, drawnStrokes(colourDrawing.getState()));
  return { width: padSize, height: padSize, data: context.getImageData(0, 0, padSize, padSize).data };
}

/**
 * Gives the drawing to the network as it stands, and after every change, once a frame at most.
 *
 * @returns ends this
 */
export function giveDrawing(): () => void {
  const canvas = document.createElement('canvas');
  let frame = 0;
  const give = () => {
    frame = 0;
    const pixels = paintDrawing(canvas);
    if (pixels) pictureStore.getState().show({ pixels, origin: { kind: 'drawing' }, notes: [] });
  };
  const unsubscribe = colourDrawing.subscribe(({ revision }, before) => {
    if (revision !== before.revision && frame === 0) frame = requestAnimationFrame(give);
  });
  give();
  return () => {
    unsubscribe();
    cancelAnimationFrame(frame);
  };
}
