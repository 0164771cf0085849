import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UsageError } from './command.ts';

/** Labelled pictures of one size. */
export interface LabelledImages {
  readonly channels: number;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** One byte a pixel, 0 (paper) to 255 (ink), picture by picture, channel by channel, row by row. */
  readonly pixels: Uint8Array;
  /** One class index a picture. */
  readonly labels: Uint8Array;
}

/** Type byte of an IDX file of unsigned bytes. */
const UNSIGNED_BYTE = 8;

/** Values of an IDX file of unsigned bytes (described at yann.lecun.com/exdb/mnist), gzipped or not. @throws UsageError */
export function parseIdx(
  name: string,
  bytes: Uint8Array,
  dimensions: number,
): { readonly extents: readonly number[]; readonly values: Uint8Array } {
  const content = bytes[0] === 0x1f && bytes[1] === 0x8b ? new Uint8Array(gunzipSync(bytes)) : bytes;
  const header = 4 + 4 * dimensions;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.length < header || view.getUint32(0) !== UNSIGNED_BYTE * 256 + dimensions) {
    throw new UsageError(`${name} is not an IDX file of bytes in ${dimensions} dimensions`);
  }
  const extents = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = extents.reduce((product, extent) => product * extent, 1);
  if (content.length - header !== size) {
    throw new UsageError(`${name} holds ${content.length - header} values, its header says ${size}`);
  }
  return { extents, values: content.subarray(header) };
}

async function readIdx(folder: string, name: string, dimensions: number) {
  const path = [join(folder, name), join(folder, `${name}.gz`)].find((candidate) => existsSync(candidate));
  if (path === undefined) throw new UsageError(`${join(folder, name)} is not there, nor its .gz`);
  try {
    return parseIdx(path, await readFile(path), dimensions);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** MNIST's 10,000 test digits from a folder with the official files. @throws UsageError */
export async function readMnistTest(folder: string): Promise<LabelledImages> {
  if (!existsSync(folder)) {
    throw new UsageError(
      `no data at ${folder}: install the packages, or name the folder of MNIST's files with --data`,
    );
  }
  const images = await readIdx(folder, 't10k-images-idx3-ubyte', 3);
  const labels = await readIdx(folder, 't10k-labels-idx1-ubyte', 1);
  const [count = 0, height = 0, width = 0] = images.extents;
  if (labels.extents[0] !== count) {
    throw new UsageError(`${folder} holds ${count} pictures and ${labels.extents[0]} labels`);
  }
  return { channels: 1, width, height, count, pixels: images.values, labels: labels.values };
}
