import type { Pixels } from '../../engine/runtime/preprocess/picture.ts';
import type { ColourScale } from '../feature-maps/colour-scale.ts';
import { rgbOf } from '../feature-maps/colour-scale.ts';

/** A picture in its grey (ITU-R BT.601), opaque: red, green, blue and alpha, row by row. */
export function paintGrey({ data }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const grey = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    pixels.fill(grey, at, at + 3);
    pixels[at + 3] = 255;
  }
  return pixels;
}

/**
 * A map as pixels to be laid over a picture: the colour says the sign, and how little of the picture shows through says
 * how much; nothing at all where the value is 0 or there is none.
 *
 * @param peak the magnitude that gets the full colour
 * @param opacity of the full colour, from 0 to 1
 */
export function paintHeat(
  values: ArrayLike<number>,
  peak: number,
  opacity: number,
  { negative, positive }: Pick<ColourScale, 'negative' | 'positive'>,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  const low = rgbOf(negative) ?? [0, 0, 0];
  const high = rgbOf(positive) ?? [0, 0, 0];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value) || peak <= 0) continue;
    pixels.set(value < 0 ? low : high, 4 * index);
    pixels[4 * index + 3] = 255 * opacity * Math.min(1, Math.abs(value) / peak);
  }
  return pixels;
}
