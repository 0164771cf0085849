import { DONE, FAILED, type ToPump } from './file-reader.ts';

/** Bytes that are asked of a file at a time. */
const PIECE_BYTES = 2 ** 21;

/** Readers at work. A file's stream that only its own read refers to is collected as garbage in the midst of it, and never ends. */
const working = new Set<ReadableStreamBYOBReader>();

/** Writes a piece of a file into memory, from its first byte to its last. */
async function pump(piece: Blob, target: Uint8Array): Promise<void> {
  // Into one array again and again: what is allocated for each read lies about until somebody collects it.
  let buffer = new ArrayBuffer(Math.min(PIECE_BYTES, piece.size));
  const reader = piece.stream().getReader({ mode: 'byob' });
  working.add(reader);
  try {
    let at = 0;
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (value) {
        target.set(value, at);
        at += value.length;
      }
      if (done || !value) break;
      buffer = value.buffer;
    }
    if (at !== target.length) throw new RangeError(`${at} bytes, not ${target.length}`);
  } finally {
    working.delete(reader);
  }
}

self.onmessage = ({ data: { piece, memory, at, control } }: MessageEvent<ToPump>) => {
  const end = (): void => {
    Atomics.add(control, DONE, 1);
    Atomics.notify(control, DONE);
  };
  pump(piece, new Uint8Array(memory, at, piece.size)).then(end, () => {
    Atomics.add(control, FAILED, 1);
    end();
  });
};

self.postMessage('ready');
