import type { Pixels } from '../../../engine/runtime/preprocess/picture.ts';
import {
  type PictureFacts,
  pictureTypes,
  promisedType,
  sniffPicture,
} from '../../../engine/runtime/preprocess/sniff-picture.ts';
import type { Picture, PictureNote, PictureProblem } from '../../state/picture-store.ts';

/** Pixels beyond which a picture is not decoded: 120 million take half a gigabyte. */
export const MOST_PIXELS = 120_000_000;
/** Bytes beyond which a file is not read. */
export const MOST_BYTES = 64 * 2 ** 20;
/** Pixels of the longer side that are kept: no network here sees more. */
export const KEPT_SIDE = 1024;
/** The size of a drawing that does not say one. */
const DRAWING_SIDE = 512;

/** Thrown where a file holds no picture that can be shown. */
export class PictureError extends Error {
  readonly problem: PictureProblem;

  /** @param problem why not */
  constructor(problem: PictureProblem) {
    super(problem.code);
    this.name = 'PictureError';
    this.problem = problem;
  }
}

/** Width and height scaled to the longest side that is kept; smaller ones stay. */
function keptSize(width: number, height: number): readonly [width: number, height: number] {
  const scale = Math.min(1, KEPT_SIDE / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** The pixels of something drawable at a size, transparency kept. @throws DOMException where the browser refuses */
function readPixels(source: CanvasImageSource, width: number, height: number): Pixels {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new TypeError('no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
}

async function decodeBitmap(blob: Blob, { width, height }: PictureFacts): Promise<Pixels> {
  const options: ImageBitmapOptions = { imageOrientation: 'from-image' };
  // A large picture shrinks while it is decoded. One side alone: the other follows, turned by the camera or not.
  if (width !== null && height !== null && Math.max(width, height) > 2 * KEPT_SIDE) {
    const [across] = keptSize(width, height);
    Object.assign(options, { resizeWidth: Math.max(across, 1), resizeQuality: 'high' });
  }
  const bitmap = await createImageBitmap(blob, options);
  try {
    return readPixels(bitmap, ...keptSize(bitmap.width, bitmap.height));
  } finally {
    bitmap.close();
  }
}

/** A drawing as the browser draws it in an `<img>`, where neither scripts nor anything from elsewhere is loaded. */
async function decodeDrawing(blob: Blob, { width, height }: PictureFacts): Promise<Pixels> {
  const url = URL.createObjectURL(new Blob([blob], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const across = width ?? image.naturalWidth;
    const down = height ?? image.naturalHeight;
    const [kept, lines] = keptSize(across || DRAWING_SIDE, down || DRAWING_SIDE);
    // A drawing has no pixels of its own: a small one is drawn large enough to be seen.
    const scale = Math.max(1, DRAWING_SIDE / Math.max(kept, lines));
    return readPixels(image, Math.round(kept * scale), Math.round(lines * scale));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** What there is to say about a file that was decoded. */
function notesOn(facts: PictureFacts, name: string): readonly PictureNote[] {
  const { type, width, height, animated, depth, cmyk, scripted } = facts;
  const notes: PictureNote[] = [];
  const promised = promisedType(name);
  if (promised !== null && promised !== type) notes.push({ code: 'other-type', promised, type });
  if (animated) notes.push({ code: 'first-frame' });
  if (cmyk) notes.push({ code: 'inks' });
  if (depth !== null && depth > 8) notes.push({ code: 'deep', bits: depth });
  if (scripted) notes.push({ code: 'scripts' });
  if (type !== 'svg' && width !== null && height !== null && Math.max(width, height) > KEPT_SIDE) {
    notes.push({ code: 'shrunk', width, height });
  }
  return notes;
}

/**
 * Decodes a file in the browser: what it is and how large is read from its first bytes before anything is decoded, and
 * the picture is kept at 1,024 pixels at most.
 *
 * @throws PictureError
 */
export async function decodePicture(file: Blob, name: string): Promise<Picture> {
  if (file.size === 0) throw new PictureError({ code: 'empty' });
  if (file.size > MOST_BYTES)
    throw new PictureError({ code: 'too-heavy', bytes: file.size, most: MOST_BYTES });
  const facts = sniffPicture(new Uint8Array(await file.arrayBuffer()));
  const { type, width, height, truncated } = facts;
  if (!pictureTypes.has(type)) throw new PictureError({ code: 'no-picture', type });
  if (width !== null && height !== null && width * height > MOST_PIXELS) {
    throw new PictureError({ code: 'too-large', width, height, most: MOST_PIXELS });
  }
  if (truncated) throw new PictureError({ code: 'truncated', type });
  try {
    const pixels = await (type === 'svg' ? decodeDrawing(file, facts) : decodeBitmap(file, facts));
    return { pixels, origin: { kind: 'file', name }, notes: notesOn(facts, name) };
  } catch {
    // Formats that only some browsers know fail like damaged ones.
    const code =
      type === 'heic' || type === 'tiff' || type === 'jxl' || type === 'avif' ? 'unsupported' : 'undecodable';
    throw new PictureError({ code, type });
  }
}
