/** A square cut out of a picture, in whole source pixels. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** A picture's extent in pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The smallest side of a crop in source pixels; a smaller picture is cut whole. */
export const LEAST_SIDE = 8;

const within = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(most, least));

const finite = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);

/** The nearest crop that lies in the picture, its side between 8 pixels and the picture's shorter side. */
export function fitCrop({ x, y, side }: Crop, { width, height }: Extent): Crop {
  const most = Math.min(width, height);
  const fitted = within(Math.round(finite(side, most)), Math.min(LEAST_SIDE, most), most);
  return {
    x: within(Math.round(finite(x, 0)), 0, width - fitted),
    y: within(Math.round(finite(y, 0)), 0, height - fitted),
    side: fitted,
  };
}

/** The largest crop around the picture's middle. */
export const centredCrop = (extent: Extent): Crop => {
  const side = Math.min(extent.width, extent.height);
  return fitCrop({ x: (extent.width - side) / 2, y: (extent.height - side) / 2, side }, extent);
};

/** The crop moved by some source pixels, as far as the picture goes. */
export const moveCrop = (crop: Crop, dx: number, dy: number, extent: Extent): Crop =>
  fitCrop({ ...crop, x: crop.x + dx, y: crop.y + dy }, extent);

/**
 * The crop with its side multiplied, a point of the picture staying where it is within the crop.
 *
 * @param about in source pixels; the crop's middle unless told otherwise
 */
export function scaleCrop(
  crop: Crop,
  factor: number,
  extent: Extent,
  about: { readonly x: number; readonly y: number } = {
    x: crop.x + crop.side / 2,
    y: crop.y + crop.side / 2,
  },
): Crop {
  const { side } = fitCrop({ ...crop, side: crop.side * finite(factor, 1) }, extent);
  const ratio = side / crop.side;
  return fitCrop(
    { x: about.x + (crop.x - about.x) * ratio, y: about.y + (crop.y - about.y) * ratio, side },
    extent,
  );
}
