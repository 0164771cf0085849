import type { Shape } from '../../engine/spec/types.ts';

/** In which order the values of a colour picture stand: plane after plane, or pixel by pixel. */
export const pixelOrders = ['planes', 'interleaved'] as const;

/** In which order the values of a colour picture stand: plane after plane, or pixel by pixel. */
export type PixelOrder = (typeof pixelOrders)[number];

/** The picture that an input takes. */
export interface PictureInput {
  /** `[channels, height, width]` of one or three channels. */
  readonly shape: Shape;
  /** The order that the input's shape says; null where it is a plain list of a colour picture's values. */
  readonly order: PixelOrder | null;
}

/** Smallest side of a square picture that a list of numbers is taken for: scikit-learn's digits. */
const LEAST_SIDE = 8;

const squareRoot = (size: number): number | null => {
  const side = Math.round(Math.sqrt(size));
  return side >= LEAST_SIDE && side * side === size ? side : null;
};

/**
 * The picture that an input takes; null where it takes none. Beside `[channels, height, width]` these are its transposition,
 * a grey square `[side, side]`, and a list of as many numbers as a square picture in grey or in colour has.
 *
 * @param shape of one image, without the batch
 */
export function pictureInputOf(shape: Shape): PictureInput | null {
  const [first = 0, second = 0, third = 0] = shape;
  const isPicture = (channels: number): boolean => channels === 1 || channels === 3;
  switch (shape.length) {
    case 3:
      if (isPicture(first)) return { shape, order: 'planes' };
      return isPicture(third)
        ? { shape: [third, first, second], order: third === 1 ? 'planes' : 'interleaved' }
        : null;
    case 2:
      return first === second && first >= LEAST_SIDE ? { shape: [1, first, second], order: 'planes' } : null;
    case 1: {
      const grey = squareRoot(first);
      if (grey !== null) return { shape: [1, grey, grey], order: 'planes' };
      const colour = first % 3 === 0 ? squareRoot(first / 3) : null;
      return colour === null ? null : { shape: [3, colour, colour], order: null };
    }
    default:
      return null;
  }
}
