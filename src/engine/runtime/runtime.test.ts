import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseThreads, hasSimd, hasWebGpu } from './features.ts';
import { DownloadError, fetchBytes } from './fetch-bytes.ts';
import { describeRuntimeProblem, readFailure } from './problem.ts';
import { compareOutputs, relativeError } from './self-check.ts';

afterEach(() => vi.unstubAllGlobals());

describe('what a browser can do', () => {
  it('is asked for SIMD with a module that is valid with it', () => {
    expect(hasSimd()).toBe(true);
    vi.stubGlobal('WebAssembly', { validate: () => false });
    expect(hasSimd()).toBe(false);
    vi.stubGlobal('WebAssembly', undefined);
    expect(hasSimd()).toBe(false);
  });

  it('is asked for a WebGPU adapter, not for the interface alone', async () => {
    vi.stubGlobal('navigator', {});
    expect(await hasWebGpu()).toBe(false);
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(null) } });
    expect(await hasWebGpu()).toBe(false);
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.reject(new Error('lost')) } });
    expect(await hasWebGpu()).toBe(false);
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve({}) } });
    expect(await hasWebGpu()).toBe(true);
  });

  it('decides the number of threads', () => {
    expect(chooseThreads(416_520, true, 8)).toBe(1);
    expect(chooseThreads(15e9, false, 8)).toBe(1);
    expect(chooseThreads(15e9, true, 8)).toBe(4);
    expect(chooseThreads(15e9, true, 2)).toBe(2);
    expect(chooseThreads(15e9, true, 0)).toBe(1);
  });
});

describe('a self-check', () => {
  it('measures errors by the largest value', () => {
    expect(relativeError(Float32Array.of(1, -4), Float32Array.of(1, -4))).toBe(0);
    expect(relativeError(Float32Array.of(1, -4), Float32Array.of(2, -4))).toBe(0.25);
  });

  it('lets nothing pass that cannot be compared', () => {
    const infinite = Number.POSITIVE_INFINITY;
    expect(relativeError(Float32Array.of(1), Float32Array.of(Number.NaN))).toBe(infinite);
    expect(relativeError(Float32Array.of(1), Float32Array.of(infinite))).toBe(infinite);
    expect(relativeError(Float32Array.of(1), Float32Array.of(1, 1))).toBe(infinite);
    expect(relativeError(Float32Array.of(0), Float32Array.of(1))).toBe(infinite);
  });

  const expected = [
    ['a', Float32Array.of(2)],
    ['b', Float32Array.of(2)],
    ['c', Float32Array.of(2)],
  ] as const;

  it('passes with its largest error', () => {
    const actual = new Map([
      ['a', Float32Array.of(2)],
      ['b', Float32Array.of(2.5)],
      ['c', Float32Array.of(2.25)],
    ]);
    expect(compareOutputs(expected, actual, 0.3)).toEqual({ wrong: null, maxError: 0.25 });
  });

  it('names the first node that is wrong, or missing, not the worst', () => {
    const actual = new Map([
      ['b', Float32Array.of(3)],
      ['c', Float32Array.of(9)],
    ]);
    expect(compareOutputs(expected, actual, 0.3)).toEqual({ wrong: 'a', maxError: Number.POSITIVE_INFINITY });
    actual.set('a', Float32Array.of(2));
    expect(compareOutputs(expected, actual, 0.3)).toEqual({ wrong: 'b', maxError: 0.5 });
  });
});

describe('a download', () => {
  const stream = (...chunks: readonly number[][]): Response =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(Uint8Array.from(chunk));
          controller.close();
        },
      }),
    );

  it('collects what arrives and says how far it is, whatever size was expected', async () => {
    for (const expected of [0, 2, 5, 100]) {
      vi.stubGlobal('fetch', () => Promise.resolve(stream([1, 2], [3], [4, 5])));
      const seen: number[] = [];
      const bytes = await fetchBytes('file', expected, (received) => seen.push(received));
      expect(bytes).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
      expect(seen).toEqual([2, 3, 5]);
    }
  });

  it('fails with the server’s status, or with none when it breaks', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    await expect(fetchBytes('file', 0, () => {})).rejects.toMatchObject({ url: 'file', status: 404 });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    await expect(fetchBytes('file', 0, () => {})).rejects.toMatchObject({ status: null });
    const broken = new Response(
      new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) }),
    );
    vi.stubGlobal('fetch', () => Promise.resolve(broken));
    await expect(fetchBytes('file', 0, () => {})).rejects.toBeInstanceOf(DownloadError);
  });

  it('stops with the signal’s reason', async () => {
    const abort = new AbortController();
    vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) => Promise.reject(signal.reason));
    abort.abort('enough');
    await expect(fetchBytes('file', 0, () => {}, abort.signal)).rejects.toBe('enough');
  });
});

describe('what was thrown', () => {
  it('is told apart from a full memory', () => {
    expect(readFailure(new Error('std::bad_alloc')).outOfMemory).toBe(true);
    expect(readFailure(new RangeError('Array buffer allocation failed')).outOfMemory).toBe(true);
    expect(readFailure(new Error('invalid shape'))).toEqual({ detail: 'invalid shape', outOfMemory: false });
    expect(readFailure(1234)).toEqual({ detail: '1234', outOfMemory: false });
  });

  it('is worded', () => {
    expect(describeRuntimeProblem({ code: 'download', url: 'x.wasm', status: 404 })).toBe(
      'x.wasm answered with status 404',
    );
    expect(describeRuntimeProblem({ code: 'worker-died', silent: true, detail: '' })).toBe(
      'the worker does not answer',
    );
  });
});
