import { sha256 } from '../weights/read-weights.ts';
import type { FileLike } from './import.ts';

/** Pieces of a file that are read, and bytes of each: all of a file of up to 4 MiB. */
const PIECES = 64;
const PIECE_BYTES = 64 * 1024;
/** Hexadecimal digits: enough to tell apart what one person opens. */
const DIGITS = 16;

/** What fingerprints look like. */
export const fingerprintPattern = /^[0-9a-f]{16}$/;

/**
 * Tells a file from others by what is in it, whatever it is called: the first 64 bits of the SHA-256 of its size and up to
 * 64 evenly spaced pieces of 64 KiB, so that a file of gigabytes takes no longer than one of 4 MiB. Its size alone where
 * the platform has no SHA-256.
 */
export async function fingerprintOf(file: FileLike): Promise<string> {
  const count = Math.min(PIECES, Math.ceil(file.size / PIECE_BYTES));
  const last = Math.max(0, file.size - PIECE_BYTES);
  const bytes = new Uint8Array(8 + count * PIECE_BYTES);
  new DataView(bytes.buffer).setFloat64(0, file.size);
  for (let index = 0; index < count; index += 1) {
    const start = count === 1 ? 0 : Math.round((last * index) / (count - 1));
    const piece = await file.slice(start, Math.min(file.size, start + PIECE_BYTES)).arrayBuffer();
    bytes.set(new Uint8Array(piece), 8 + index * PIECE_BYTES);
  }
  return ((await sha256(bytes)) ?? file.size.toString(16).padStart(DIGITS, '0')).slice(0, DIGITS);
}
