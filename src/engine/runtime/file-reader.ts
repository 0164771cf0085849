/** A piece of a file, and where it is to be written. */
export interface ToPump {
  readonly piece: Blob;
  readonly memory: SharedArrayBuffer;
  /** Its place in the memory, in bytes. */
  readonly at: number;
  /** Counts pieces. */
  readonly control: Int32Array;
}

/** Where the pieces are counted that have been written, well or not, and those that could not be read. */
export const DONE = 0;
export const FAILED = 1;

/** Workers that read at once: most of the time goes into the pages of memory that are written for the first time. */
const PUMPS = 2;

/** Bytes that are not parted. */
const LEAST_PART = 2 ** 22;

/** Milliseconds until workers that have not started are done without. */
const START_MS = 5000;

/** Milliseconds until a piece that is not there will not come. */
const PATIENCE_MS = 60_000;

/**
 * Reads files for a worker that cannot wait but by standing still, as the runtime does when it asks for a tensor in the midst of
 * making a session. Other workers write what they read into the runtime's memory meanwhile: in less than half the time that
 * `FileReaderSync` takes, and nothing of it is anywhere else.
 */
export class FileReaders {
  readonly #pumps: readonly Worker[];
  readonly #control = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

  private constructor(pumps: readonly Worker[]) {
    this.#pumps = pumps;
  }

  /** Starts the workers; null where none can share memory with this one, or they do not start. */
  static async start(): Promise<FileReaders | null> {
    if (!self.crossOriginIsolated) return null;
    const pumps = Array.from(
      { length: PUMPS },
      () =>
        new Worker(new URL('./file-pump.ts', import.meta.url), {
          type: 'module',
          name: 'convatlas-file-pump',
        }),
    );
    const started = await Promise.all(
      pumps.map(
        (pump) =>
          new Promise<boolean>((resolve) => {
            pump.onmessage = () => resolve(true);
            pump.onerror = () => resolve(false);
            setTimeout(() => resolve(false), START_MS);
          }),
      ),
    );
    const readers = new FileReaders(pumps);
    if (started.every(Boolean)) return readers;
    readers.end();
    return null;
  }

  /**
   * Fills an array in shared memory with a piece of a file of its length.
   *
   * @throws Error where it cannot be read
   */
  read(piece: Blob, target: Uint8Array<SharedArrayBuffer>): void {
    const control = this.#control;
    control.fill(0);
    const size = Math.max(LEAST_PART, Math.ceil(piece.size / this.#pumps.length));
    let parts = 0;
    for (const pump of this.#pumps) {
      const from = parts * size;
      if (from >= piece.size) break;
      const to: ToPump = {
        piece: piece.slice(from, from + size),
        memory: target.buffer,
        at: target.byteOffset + from,
        control,
      };
      pump.postMessage(to);
      parts += 1;
    }
    for (;;) {
      const done = Atomics.load(control, DONE);
      if (done === parts) break;
      if (Atomics.wait(control, DONE, done, PATIENCE_MS) === 'timed-out') {
        throw new Error('the file is not read any more');
      }
    }
    if (Atomics.load(control, FAILED) > 0) throw new Error('the file cannot be read');
  }

  /** Ends the workers. */
  end(): void {
    for (const pump of this.#pumps) pump.terminate();
  }
}
