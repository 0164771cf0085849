import type { ReducedPicture } from './figure-controls.tsx';
import type { PlainColour } from './standalone-svg.ts';

/** Device pixels per figure unit in a PNG, and of feature maps in either file. */
export const DENSITY = 2;
/** Longer sides and larger areas than these are refused by one browser or another. */
const MOST_PIXELS_ACROSS = 16_384;
const MOST_PIXELS = 2 ** 27;

/** Any CSS colour by painting one pixel with it. */
export function paintedColour(): (value: string) => PlainColour | null {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (value) => {
    if (!context) return null;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    if (alpha === 0) return null;
    const two = (channel: number) => channel.toString(16).padStart(2, '0');
    return {
      colour: `#${two(red)}${two(green)}${two(blue)}`,
      opacity: Math.round((alpha / 255) * 1000) / 1000,
    };
  };
}

/** How many device pixels per figure unit a PNG of this size may have. */
export const pngDensity = (width: number, height: number): number =>
  Math.min(DENSITY, MOST_PIXELS_ACROSS / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));

/** Paints an SVG file. @throws Error where the browser does not paint it */
export async function svgToPng(
  svg: Blob,
  width: number,
  height: number,
): Promise<{ file: Blob; reduced: ReducedPicture | null }> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const density = pngDensity(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * density));
    canvas.height = Math.max(1, Math.round(height * density));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const file = await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not painted'))), 'image/png');
    });
    const reduced =
      density < DENSITY
        ? {
            width: canvas.width,
            height: canvas.height,
            percent: Math.max(1, Math.round((100 * density) / DENSITY)),
          }
        : null;
    return { file, reduced };
  } finally {
    URL.revokeObjectURL(url);
  }
}
