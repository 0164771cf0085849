import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './command.ts';
import type { LabelledImages } from './mnist.ts';

const SIDE = 32;
const SIZE = 3 * SIDE * SIDE;
/** A record of the official binary files: the label, then red, green and blue, row by row. */
const RECORD = 1 + SIZE;
const TEST_FILE = 'test_batch.bin';

/** Pictures of a file of CIFAR-10's binary records. @throws UsageError */
export function parseCifar10(name: string, bytes: Uint8Array): LabelledImages {
  const count = bytes.length / RECORD;
  if (!Number.isInteger(count) || count === 0) {
    throw new UsageError(
      `${name} is not a file of CIFAR-10: ${bytes.length} bytes are no number of ${RECORD}`,
    );
  }
  const labels = new Uint8Array(count);
  const pixels = new Uint8Array(count * SIZE);
  for (let index = 0; index < count; index += 1) {
    const first = index * RECORD;
    labels[index] = bytes[first] ?? 0;
    pixels.set(bytes.subarray(first + 1, first + RECORD), index * SIZE);
  }
  if (labels.some((label) => label > 9))
    throw new UsageError(`${name} is not a file of CIFAR-10: a label above 9`);
  return { channels: 3, width: SIDE, height: SIDE, count, pixels, labels };
}

/** Where CIFAR-10's test records lie for a data path, decoded by the training scripts if they are in another form. @throws UsageError */
export function cifar10TestFile(data: string | undefined, root: string): string {
  const path = data ?? join(root, '../shared/data/cifar10-jpeg.tar.xz');
  if (!existsSync(path)) {
    throw new UsageError(
      `no data at ${path}: name CIFAR-10's archive, or the folder of its batches, with --data`,
    );
  }
  const official = join(path, TEST_FILE);
  if (existsSync(official)) return official;
  const python = [process.env.PYTHON, '/usr/bin/python3', 'python3'].find(
    (program) => program && spawnSync(program, ['-c', 'import numpy']).status === 0,
  );
  if (!python)
    throw new UsageError(`${path} is read by Python with NumPy, which is not there: set PYTHON to one`);
  const done = spawnSync(python, [join(root, 'training/decode_cifar10.py'), path], { encoding: 'utf8' });
  if (done.status !== 0) throw new UsageError(done.stderr.trim() || `${path} was not decoded`);
  return join(done.stdout.trim(), 'test.bin');
}

/** CIFAR-10's 10,000 test pictures. @throws UsageError */
export async function readCifar10Test(data: string | undefined, root: string): Promise<LabelledImages> {
  const file = cifar10TestFile(data, root);
  return parseCifar10(file, await readFile(file));
}
