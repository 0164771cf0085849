/** Colours of values from −1 to 1, through the colour of the page at 0. */
export interface ColourScale {
  /** 511 packed pixels (little-endian RGBA), −1 first. */
  readonly pixels: Uint32Array;
  /** The ends and the middle, as CSS colours. */
  readonly negative: string;
  readonly zero: string;
  readonly positive: string;
}

const STEPS = 255;

/** Red, green and blue from 0 to 255. */
type Rgb = readonly [number, number, number];

/** Red, green and blue of a colour of the form `#rrggbb`; null for anything else. */
export function rgbOf(colour: string): Rgb | null {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  if (!digits) return null;
  const [, red = '', green = '', blue = ''] = digits;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

const pack = ([red, green, blue]: Rgb): number =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;

/** A diverging scale, linear in the value on either side of 0. Colours are `#rrggbb`; others fall back to the light theme's. */
export function createColourScale(negative: string, zero: string, positive: string): ColourScale {
  const low = rgbOf(negative) ?? [196, 83, 47];
  const middle = rgbOf(zero) ?? [251, 250, 247];
  const high = rgbOf(positive) ?? [46, 111, 183];
  const mix = (end: Rgb, share: number): Rgb => [
    middle[0] + (end[0] - middle[0]) * share,
    middle[1] + (end[1] - middle[1]) * share,
    middle[2] + (end[2] - middle[2]) * share,
  ];
  const pixels = new Uint32Array(2 * STEPS + 1);
  for (let step = -STEPS; step <= STEPS; step += 1) {
    pixels[step + STEPS] = pack(mix(step < 0 ? low : high, Math.abs(step) / STEPS));
  }
  return { pixels, negative, zero, positive };
}

/** The scale of the theme in force at an element: its tokens `--negative`, `--zero` and `--positive`. */
export function readColourScale(element: Element): ColourScale {
  const style = getComputedStyle(element);
  return createColourScale(
    style.getPropertyValue('--negative').trim(),
    style.getPropertyValue('--zero').trim(),
    style.getPropertyValue('--positive').trim(),
  );
}

/** The largest magnitude among some values; numbers that are not finite are passed over. */
export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < values.length; index += 1) {
    const magnitude = Math.abs(values[index] ?? 0);
    if (magnitude > largest && magnitude < Number.POSITIVE_INFINITY) largest = magnitude;
  }
  return largest;
}

/**
 * Writes values as pixels into the channels' places of an image.
 *
 * @param target packed pixels, row-major, `width` to a row
 * @param peak the magnitude that gets the full colour; 0 paints everything as 0
 * @param indexOf where in the target the value at an index goes
 */
export function paintPixels(
  target: Uint32Array,
  values: ArrayLike<number>,
  peak: number,
  { pixels }: ColourScale,
  indexOf: Uint32Array,
): void {
  const factor = peak > 0 ? STEPS / peak : 0;
  for (let index = 0; index < values.length; index += 1) {
    const scaled = Math.round((values[index] ?? 0) * factor);
    const step = scaled > STEPS ? STEPS : scaled < -STEPS ? -STEPS : scaled || 0;
    target[indexOf[index] ?? 0] = pixels[step + STEPS] ?? 0;
  }
}
