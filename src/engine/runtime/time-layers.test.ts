import { describe, expect, it, vi } from 'vitest';
import type { WorkerLike } from './client.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { timeLayers } from './time-layers.ts';

/** A worker that the test plays. */
function play() {
  const received: ToWorker[] = [];
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (message) => received.push(message),
    terminate: vi.fn(),
  };
  const say = (data: FromWorker) => worker.onmessage?.({ data } as MessageEvent<FromWorker>);
  return { worker, received, say };
}

const job = {
  request: {
    backend: 'wasm',
    model: { kind: 'written', bytes: Uint8Array.of(1), external: [] },
    input: { name: 'input', type: 'float32', shape: [1, 1], channelsLast: null, mostImages: 1 },
    threads: 1,
    nchw: false,
    check: null,
  },
  input: Float32Array.of(1),
  runs: 5,
  nodes: ['a'],
  output: 'a',
} as const;

describe('timing layers', () => {
  it('tells of its runs, gives the times, and ends its worker', async () => {
    const { worker, received, say } = play();
    const seen: number[] = [];
    const timing = timeLayers(() => worker, job, {
      signal: new AbortController().signal,
      onRun: (runs) => seen.push(runs),
    });
    expect(received).toEqual([{ type: 'time-layers', ...job }]);
    say({ type: 'timed', runs: 4 });
    say({ type: 'timed', runs: 5 });
    const times = { byNode: new Map([['a', 0.5]]), layersMs: 0.5, otherMs: 0.1, runs: 5 };
    say({ type: 'layers-timed', times });
    expect(await timing).toEqual(times);
    expect(seen).toEqual([4, 5]);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it('fails with the worker’s problem, and when it breaks down', async () => {
    const first = play();
    const refused = timeLayers(() => first.worker, job, {
      signal: new AbortController().signal,
      onRun: () => {},
    });
    first.say({ type: 'load-failed', problem: { code: 'out-of-memory', detail: 'heap' } });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'out-of-memory' } });
    const second = play();
    const broken = timeLayers(() => second.worker, job, {
      signal: new AbortController().signal,
      onRun: () => {},
    });
    second.worker.onerror?.({ message: 'boom' } as ErrorEvent);
    await expect(broken).rejects.toMatchObject({ problem: { code: 'worker-died', detail: 'boom' } });
    expect(second.worker.terminate).toHaveBeenCalledOnce();
  });

  it('ends its worker at once when it is cancelled', async () => {
    const { worker } = play();
    const abort = new AbortController();
    const timing = timeLayers(() => worker, job, { signal: abort.signal, onRun: () => {} });
    abort.abort('changed my mind');
    await expect(timing).rejects.toBe('changed my mind');
    expect(worker.terminate).toHaveBeenCalledOnce();
    await expect(timeLayers(() => worker, job, { signal: abort.signal, onRun: () => {} })).rejects.toBe(
      'changed my mind',
    );
  });
});
