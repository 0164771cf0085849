import { sha256 } from '../../engine/weights/read-weights.ts';

/** Why a file of weights did not arrive, and from which host. */
export type DownloadProblem =
  | { readonly code: 'http'; readonly host: string; readonly status: number }
  /** A web page or another text came instead of the file. */
  | { readonly code: 'not-the-file'; readonly host: string }
  | { readonly code: 'unreachable'; readonly host: string }
  | { readonly code: 'offline' }
  /** Nothing came for so long. */
  | { readonly code: 'stalled'; readonly host: string; readonly seconds: number }
  | {
      readonly code: 'cut-short';
      readonly host: string;
      readonly received: number;
      readonly expected: number;
    }
  | { readonly code: 'too-long'; readonly host: string; readonly expected: number }
  | { readonly code: 'hash-differs'; readonly host: string }
  /** The browser has no room for the file in memory. */
  | { readonly code: 'no-memory'; readonly bytes: number };

/** Thrown where a file of weights did not arrive. */
export class WeightDownloadError extends Error {
  readonly problem: DownloadProblem;

  /** @param problem why not */
  constructor(problem: DownloadProblem) {
    super(problem.code);
    this.name = 'WeightDownloadError';
    this.problem = problem;
  }
}

/** What a file of weights has to be. */
export interface ExpectedFile {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What a download needs of its surroundings. */
export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Bytes received so far. */
  readonly onProgress: (received: number) => void;
  readonly fetch?: typeof fetch;
  /** Milliseconds without a byte after which a host is given up. */
  readonly stallMs?: number;
  /** Whether the browser says that there is no network. */
  readonly isOffline?: () => boolean;
}

const STALL_MS = 30_000;

/** A model's bytes begin with a field's number, which is no character; pages and git's pointers are all text. */
const isText = (start: Uint8Array): boolean =>
  start.length > 0 &&
  start.subarray(0, 64).every((byte) => byte >= 0x09 && byte < 0x7f && byte !== 0x0b) &&
  start[0] !== 0x0a;

const hostOf = (url: string): string => new URL(url).host;

/** One host's answer, whole. @throws WeightDownloadError, or the signal's reason once it is aborted */
async function downloadFrom(
  url: string,
  { bytes, sha256: expected }: ExpectedFile,
  options: DownloadOptions,
): Promise<Blob> {
  const { signal, onProgress, stallMs = STALL_MS, isOffline = () => false } = options;
  const host = hostOf(url);
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () =>
        stalled.abort(
          new WeightDownloadError({ code: 'stalled', host, seconds: Math.round(stallMs / 1000) }),
        ),
      stallMs,
    );
  };
  const either = AbortSignal.any([signal, stalled.signal]);
  // A reader does not end by itself where a body never comes.
  const ended = new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(either.reason), { once: true });
  });
  ended.catch(() => {});
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let received = 0;
  try {
    wait();
    // No referrer: some hosts refuse requests by where they come from. No range: redirects to storage answer none.
    const response = await Promise.race([
      (options.fetch ?? fetch)(url, {
        signal: either,
        mode: 'cors',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      }),
      ended,
    ]);
    if (!response.ok) throw new WeightDownloadError({ code: 'http', host, status: response.status });
    if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
      throw new WeightDownloadError({ code: 'not-the-file', host });
    }
    let file: Uint8Array<ArrayBuffer>;
    try {
      file = new Uint8Array(bytes);
    } catch {
      throw new WeightDownloadError({ code: 'no-memory', bytes });
    }
    reader = response.body?.getReader();
    for (;;) {
      const chunk = reader ? await Promise.race([reader.read(), ended]) : null;
      if (!chunk || chunk.done) break;
      wait();
      if (received === 0 && isText(chunk.value))
        throw new WeightDownloadError({ code: 'not-the-file', host });
      if (received + chunk.value.length > bytes) {
        throw new WeightDownloadError({ code: 'too-long', host, expected: bytes });
      }
      file.set(chunk.value, received);
      received += chunk.value.length;
      onProgress(received);
    }
    if (received < bytes) {
      throw new WeightDownloadError({ code: 'cut-short', host, received, expected: bytes });
    }
    clearTimeout(timer);
    // Computed by the browser, off the page's thread; null on a page that was not served securely, which cannot check.
    const actual = await sha256(file);
    if (actual !== null && actual !== expected) throw new WeightDownloadError({ code: 'hash-differs', host });
    signal.throwIfAborted();
    return new Blob([file], { type: 'application/octet-stream' });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (stalled.signal.aborted) throw stalled.signal.reason;
    if (error instanceof WeightDownloadError) throw error;
    if (isOffline()) throw new WeightDownloadError({ code: 'offline' });
    throw new WeightDownloadError(
      received > 0 ? { code: 'cut-short', host, received, expected: bytes } : { code: 'unreachable', host },
    );
  } finally {
    clearTimeout(timer);
    void reader?.cancel().catch(() => {});
  }
}

/**
 * Fetches a file of weights from the first of its hosts that gives the right bytes: length and SHA-256 of the whole file
 * are checked, and nothing else is ever returned.
 *
 * @throws WeightDownloadError what the last host did, or the signal's reason once it is aborted
 */
export async function downloadWeights(
  urls: readonly string[],
  file: ExpectedFile,
  options: DownloadOptions,
): Promise<Blob> {
  let last: unknown = new RangeError('no address');
  for (const url of urls) {
    try {
      return await downloadFrom(url, file, options);
    } catch (error) {
      if (!(error instanceof WeightDownloadError)) throw error;
      last = error;
      // Another host would fare no better.
      if (error.problem.code === 'no-memory' || error.problem.code === 'offline') break;
      options.onProgress(0);
    }
  }
  throw last;
}
