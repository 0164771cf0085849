import type { GreyImage } from '../../engine/runtime/preprocess/digit.ts';
import { type Stroke, smoothStroke } from '../../engine/runtime/preprocess/stroke.ts';

/** Draws strokes in the context's own units (one pad unit each) as round-ended lines. */
export function paintStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    const path = smoothStroke(stroke);
    const [first] = path;
    if (!first) continue;
    context.strokeStyle = stroke.colour ?? '#fff';
    const isEven = path.every(({ radius }) => radius === first.radius);
    if (isEven) {
      context.lineWidth = 2 * first.radius;
      context.beginPath();
      context.moveTo(first.x, first.y);
      // A line of no length still leaves the pen's round mark.
      if (path.length === 1) context.lineTo(first.x, first.y);
      for (let i = 1; i < path.length; i += 1) {
        const point = path[i];
        if (point) context.lineTo(point.x, point.y);
      }
      context.stroke();
      continue;
    }
    for (let i = 1; i < path.length; i += 1) {
      const from = path[i - 1];
      const to = path[i];
      if (!from || !to) continue;
      context.lineWidth = from.radius + to.radius;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
  }
}

const levels = 255;
/** White at each opacity, as the bytes of one pixel: the canvas's own background is the paper. */
const shades = Uint32Array.from(
  { length: levels + 1 },
  (_, level) => new Uint32Array(Uint8Array.of(255, 255, 255, level).buffer)[0] ?? 0,
);

/** Draws a picture pixel for pixel on a canvas, its left top corner at (left, top); other pixels become clear. */
export function paintImage(canvas: HTMLCanvasElement, image: GreyImage | undefined, left = 0, top = 0): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { height, width } = canvas;
  const pixels = context.createImageData(width, height);
  const colours = new Uint32Array(pixels.data.buffer);
  if (image) {
    for (let y = Math.max(-top, 0); y < Math.min(image.height, height - top); y += 1) {
      for (let x = Math.max(-left, 0); x < Math.min(image.width, width - left); x += 1) {
        const level = Math.round((image.data[y * image.width + x] ?? 0) * levels);
        colours[(top + y) * width + left + x] = shades[level] ?? 0;
      }
    }
  }
  context.putImageData(pixels, 0, 0);
}
