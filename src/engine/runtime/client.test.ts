import { describe, expect, it, vi } from 'vitest';
import { RuntimeClient, type WorkerLike } from './client.ts';
import type { RuntimeError, RuntimeProblem } from './problem.ts';
import type { FromWorker, LoadRequest, SessionFacts, ToWorker } from './protocol.ts';

/** A worker that the test plays. */
class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  readonly received: ToWorker[] = [];
  terminated = false;

  postMessage(message: ToWorker, transfer: Transferable[]): void {
    this.received.push(structuredClone(message, { transfer }));
  }

  terminate(): void {
    this.terminated = true;
  }

  say(message: FromWorker): void {
    this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
  }

  die(message = 'boom'): void {
    this.onerror?.({ message } as ErrorEvent);
  }

  get runs() {
    return this.received.filter((message) => message.type === 'run');
  }

  /** Answers the latest run with its input's first value. */
  answer(runMs = 1): void {
    const run = this.runs.at(-1);
    if (run?.type !== 'run') throw new Error('no run');
    const outputs = run.wanted.map((id) => [id, run.input.slice(0, 1)] as const);
    this.say({ type: 'ran', run: run.run, outputs, runMs });
  }
}

const request: LoadRequest = {
  backend: 'wasm',
  model: { kind: 'written', bytes: Uint8Array.of(1), external: [] },
  input: { name: 'input', type: 'float32', shape: [1, 1], channelsLast: null, mostImages: 1 },
  threads: 1,
  nchw: false,
  check: null,
};

const facts: SessionFacts = {
  backend: 'wasm',
  build: 'wasm',
  threads: 1,
  adapter: '',
  fetchMs: 1,
  startMs: 2,
  firstRunMs: 3,
  maxError: 0,
};

const problemOf = (promise: Promise<unknown>): Promise<RuntimeProblem | string> =>
  promise.then(
    () => 'resolved',
    (error: RuntimeError) => error.problem ?? error,
  );

function setUp(options: { readonly runPatienceMs?: number; readonly loadPatienceMs?: number } = {}) {
  const workers: FakeWorker[] = [];
  const client = new RuntimeClient({
    ...options,
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
  const worker = (index = workers.length - 1): FakeWorker => {
    const found = workers[index];
    if (!found) throw new Error('no worker');
    return found;
  };
  return { client, workers, worker };
}

async function ready(options = {}) {
  const parts = setUp(options);
  const loading = parts.client.load(request);
  parts.worker().say({ type: 'loaded', facts });
  await loading;
  return parts;
}

const input = (value: number): Float32Array => Float32Array.of(value);

describe('loading a model', () => {
  it('posts the request, reports progress and gives the session’s facts', async () => {
    const { client, worker } = setUp();
    const seen: number[] = [];
    const loading = client.load(request, { onProgress: ({ received }) => seen.push(received) });
    expect(worker().received).toEqual([{ type: 'load', request }]);
    for (const received of [0, 5, 9]) {
      worker().say({ type: 'progress', progress: { phase: 'runtime', received, total: 9 } });
    }
    worker().say({ type: 'loaded', facts });
    expect(await loading).toEqual(facts);
    expect(seen).toEqual([0, 5, 9]);
  });

  it('fails with the worker’s problem, ends it, and answers runs with the same problem', async () => {
    const { client, worker } = setUp();
    const loading = client.load(request);
    const waiting = client.run(input(1), ['y']);
    const problem: RuntimeProblem = { code: 'wrong-numbers', node: 'conv2/conv', maxError: 0.06 };
    worker().say({ type: 'load-failed', problem });
    expect(await problemOf(loading)).toEqual(problem);
    expect(await problemOf(waiting)).toEqual(problem);
    expect(await problemOf(client.run(input(1), ['y']))).toEqual(problem);
    expect(client.closed).toEqual(problem);
    expect(worker().terminated).toBe(true);
  });

  it('fails when the worker dies while loading, and does not try again by itself', async () => {
    const { client, worker, workers } = setUp();
    const loading = client.load(request);
    worker().die('no such file');
    expect(await problemOf(loading)).toEqual({ code: 'worker-died', silent: false, detail: 'no such file' });
    expect(workers).toHaveLength(1);
  });

  it('stops when aborted', async () => {
    const { client, worker } = setUp();
    const abort = new AbortController();
    const loading = client.load(request, { signal: abort.signal });
    abort.abort('changed my mind');
    await expect(loading).rejects.toBe('changed my mind');
    expect(worker().terminated).toBe(true);
    await expect(client.load(request, { signal: abort.signal })).rejects.toBe('changed my mind');
  });

  it('of another model ends the worker of the first, whose late messages count for nothing', async () => {
    const { client, worker } = setUp();
    const first = client.load(request);
    const second = client.load(request);
    expect(await problemOf(first)).toEqual({ code: 'terminated' });
    expect(worker(0).terminated).toBe(true);
    worker(0).say({ type: 'load-failed', problem: { code: 'no-adapter' } });
    worker(0).die();
    worker(1).say({ type: 'loaded', facts });
    expect(await second).toEqual(facts);
  });
});

describe('running', () => {
  it('waits for the model', async () => {
    const { client, worker } = setUp();
    const loading = client.load(request);
    const run = client.run(input(4), ['y']);
    expect(worker().runs).toEqual([]);
    worker().say({ type: 'loaded', facts });
    await loading;
    worker().answer(0.5);
    expect(await run).toEqual({ status: 'done', outputs: new Map([['y', input(4)]]), runMs: 0.5 });
  });

  it('keeps one run in flight and one waiting, the newest', async () => {
    const { client, worker } = await ready();
    const runs = [1, 2, 3, 4].map((value) => client.run(input(value), ['y']));
    expect(worker().runs).toHaveLength(1);
    expect(await runs[1]).toEqual({ status: 'superseded' });
    expect(await runs[2]).toEqual({ status: 'superseded' });
    worker().answer();
    expect(await runs[0]).toMatchObject({ outputs: new Map([['y', input(1)]]) });
    expect(worker().runs).toHaveLength(2);
    worker().answer();
    expect(await runs[3]).toMatchObject({ outputs: new Map([['y', input(4)]]) });
  });

  it('lets background runs go one by one while nothing else waits, and supersedes none of them', async () => {
    const { client, worker } = await ready();
    const order: number[] = [];
    const note = (value: number) => async (run: ReturnType<typeof client.run>) => {
      expect((await run).status).toBe('done');
      order.push(value);
    };
    const background = [1, 2, 3].map((value) =>
      note(value)(client.run(input(value), ['y'], { inBackground: true })),
    );
    const newest = note(9)(client.run(input(9), ['y']));
    for (let turn = 0; turn < 4; turn += 1) {
      expect(worker().runs).toHaveLength(turn + 1);
      worker().answer();
      await Promise.resolve();
    }
    await Promise.all([...background, newest]);
    expect(order).toEqual([1, 9, 2, 3]);
  });

  it('takes back background runs that are aborted, and fails those that wait when it is closed', async () => {
    const { client, worker } = await ready();
    const abort = new AbortController();
    const flying = client.run(input(1), ['y'], { inBackground: true });
    const aborted = client.run(input(2), ['y'], { inBackground: true, signal: abort.signal });
    const closed = client.run(input(3), ['y'], { inBackground: true });
    abort.abort('changed my mind');
    await expect(aborted).rejects.toBe('changed my mind');
    worker().answer();
    await flying;
    expect(worker().runs.map((run) => run.type === 'run' && run.input[0])).toEqual([1, 3]);
    client.terminate();
    expect(await problemOf(closed)).toEqual({ code: 'terminated' });
  });

  it('leaves the caller’s input alone', async () => {
    const { client, worker } = await ready();
    const values = Float32Array.of(1, 2);
    const first = client.run(values, ['y']);
    void client.run(values, ['y']);
    values[0] = 9;
    worker().answer();
    await first;
    expect(values).toEqual(Float32Array.of(9, 2));
    expect(worker().runs.map((run) => run.type === 'run' && run.input[0])).toEqual([1, 1]);
  });

  it('takes back a run that is aborted while it waits, and gives up one in flight without losing the next', async () => {
    const { client, worker } = await ready();
    const aborts = [new AbortController(), new AbortController()];
    const flying = client.run(input(1), ['y'], { signal: aborts[0]?.signal as AbortSignal });
    const waiting = client.run(input(2), ['y'], { signal: aborts[1]?.signal as AbortSignal });
    for (const abort of aborts) abort.abort('stop');
    await expect(flying).rejects.toBe('stop');
    await expect(waiting).rejects.toBe('stop');
    const next = client.run(input(3), ['y']);
    worker().answer();
    worker().answer();
    expect(await next).toMatchObject({ outputs: new Map([['y', input(3)]]) });
  });

  it('survives a worker that dies: its run fails, the waiting one is done by another worker', async () => {
    const { client, worker, workers } = await ready();
    const flying = client.run(input(1), ['y']);
    const waiting = client.run(input(2), ['y']);
    worker().die('unreachable executed');
    expect(await problemOf(flying)).toEqual({
      code: 'worker-died',
      silent: false,
      detail: 'unreachable executed',
    });
    expect(worker(0).terminated).toBe(true);
    expect(workers).toHaveLength(2);
    expect(worker(1).received[0]).toEqual({ type: 'load', request });
    worker(1).say({ type: 'loaded', facts });
    worker(1).answer();
    expect(await waiting).toMatchObject({ status: 'done', outputs: new Map([['y', input(2)]]) });
    expect(client.closed).toBeNull();
  });

  it('gives up when the worker dies twice with nothing done in between, and begins anew after a load', async () => {
    const { client, worker, workers } = await ready();
    const first = client.run(input(1), ['y']);
    worker().die();
    worker().say({ type: 'loaded', facts });
    const second = client.run(input(2), ['y']);
    worker().die('again');
    expect(await problemOf(first)).toMatchObject({ code: 'worker-died' });
    expect(await problemOf(second)).toMatchObject({ code: 'worker-died', detail: 'again' });
    expect(workers).toHaveLength(2);
    expect(client.closed).toMatchObject({ code: 'worker-died' });
    const again = client.load(request);
    worker().say({ type: 'loaded', facts });
    await again;
    const third = client.run(input(3), ['y']);
    worker().answer();
    expect(await third).toMatchObject({ status: 'done' });
  });

  it('is started again any number of times while runs succeed in between', async () => {
    const { client, worker, workers } = await ready();
    for (let round = 0; round < 4; round += 1) {
      const lost = client.run(input(1), ['y']);
      worker().die();
      expect(await problemOf(lost)).toMatchObject({ code: 'worker-died' });
      worker().say({ type: 'loaded', facts });
      const done = client.run(input(2), ['y']);
      worker().answer();
      expect(await done).toMatchObject({ status: 'done' });
    }
    expect(workers).toHaveLength(5);
  });

  it('fails the run that the runtime could not do and goes on with a fresh worker', async () => {
    const { client, worker, workers } = await ready();
    const run = client.run(input(1), ['y']);
    worker().say({ type: 'run-failed', run: 1, problem: { code: 'run-failed', detail: 'device lost' } });
    expect(await problemOf(run)).toEqual({ code: 'run-failed', detail: 'device lost' });
    expect(workers).toHaveLength(2);
  });

  it('counts a worker that falls silent as dead', async () => {
    vi.useFakeTimers();
    try {
      const { client, worker, workers } = await ready({ runPatienceMs: 1000, loadPatienceMs: 5000 });
      const run = problemOf(client.run(input(1), ['y']));
      vi.advanceTimersByTime(999);
      expect(worker(0).terminated).toBe(false);
      vi.advanceTimersByTime(1);
      expect(await run).toEqual({ code: 'worker-died', silent: true, detail: '' });
      expect(workers).toHaveLength(2);
      vi.advanceTimersByTime(4000);
      worker(1).say({ type: 'progress', progress: { phase: 'runtime', received: 1, total: 2 } });
      vi.advanceTimersByTime(4000);
      expect(client.closed).toBeNull();
      vi.advanceTimersByTime(1000);
      expect(client.closed).toMatchObject({ code: 'worker-died', silent: true });
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits for the first run of a model that was not tried while loading as long as for the load', async () => {
    vi.useFakeTimers();
    try {
      const { client, worker } = setUp({ runPatienceMs: 1000, loadPatienceMs: 5000 });
      const loading = client.load(request);
      worker().say({ type: 'loaded', facts: { ...facts, firstRunMs: null } });
      await loading;
      const first = client.run(input(1), ['y']);
      vi.advanceTimersByTime(4999);
      worker().answer();
      await first;
      const second = problemOf(client.run(input(2), ['y']));
      vi.advanceTimersByTime(1000);
      expect(await second).toMatchObject({ code: 'worker-died', silent: true });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is refused before a load and after the end', async () => {
    const { client } = setUp();
    expect(await problemOf(client.run(input(1), ['y']))).toEqual({ code: 'terminated' });
    const loaded = await ready();
    const run = loaded.client.run(input(1), ['y']);
    loaded.client.terminate();
    expect(await problemOf(run)).toEqual({ code: 'terminated' });
    expect(loaded.worker().terminated).toBe(true);
  });
});
