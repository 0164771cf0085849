import { asImage } from '../ops/window.ts';
import type { Shape } from '../spec/types.ts';

/** Figure units along an axis of one pixel; a side of n pixels is √n times as long. */
export const UNITS_PER_ROOT_PIXEL = 8;

/** Figure units of thickness that each doubling of the channels adds. */
export const UNITS_PER_DOUBLING = 2.4;

const LEAST_THICKNESS = 3;
const COLUMN_UNITS_PER_DOUBLING = 10;
const COLUMN_WIDTH = 7;

/** How far the depth of an oblique box runs right and up, as shares of its length. */
const DEPTH_RIGHT = 0.32;
const DEPTH_UP = 0.2;

/** The length of a side of n pixels in the figure: `8 · √n`. */
export const sideOf = (pixels: number): number => UNITS_PER_ROOT_PIXEL * Math.sqrt(pixels);

/** The thickness of n channels in the figure: `3 + 2.4 · log₂ n`. */
export const thicknessOf = (channels: number): number =>
  LEAST_THICKNESS + UNITS_PER_DOUBLING * Math.log2(channels);

/** A tensor as a box in oblique projection, in figure units; all networks share this one scale. */
export interface Volume {
  /** A list of features is a column: its height is `10 · log₂ n`. */
  readonly kind: 'image' | 'column';
  /** The front face: channels across, rows up. */
  readonly thickness: number;
  readonly height: number;
  /** The image's width runs into the page: this far right and up. */
  readonly right: number;
  readonly up: number;
}

/** The box of a shape `[C, H, W]`, or the column of `[F]` and of `[C, 1, 1]`. */
export function volumeOf(shape: Shape): Volume {
  const [channels, height, width] = asImage(shape);
  if (height === 1 && width === 1) {
    return {
      kind: 'column',
      thickness: COLUMN_WIDTH,
      height: Math.max(6, COLUMN_UNITS_PER_DOUBLING * Math.log2(channels)),
      right: 3,
      up: 2,
    };
  }
  return {
    kind: 'image',
    thickness: thicknessOf(channels),
    height: sideOf(height),
    right: DEPTH_RIGHT * sideOf(width),
    up: DEPTH_UP * sideOf(width),
  };
}
