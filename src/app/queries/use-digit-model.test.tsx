import { readFileSync } from 'node:fs';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../engine/runtime/protocol.ts';
import { seededInput } from '../../engine/weights/seeded.ts';
import { shippedSource } from './model-queries.ts';
import { type BackendChoice, useDigitModel } from './use-digit-model.ts';

const shipped = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(`public/models/${name}`));

/** Files that the site serves, by name; what is not here is a 404. */
let files: Map<string, Uint8Array<ArrayBuffer>>;

/** Every worker started, oldest first. */
let workers: FakeWorker[];

/** What a worker does with a message; a test may put its own in. */
let answer: (message: ToWorker, worker: FakeWorker) => void;

/** Stands for the runtime's worker: it answers with ten times 0.1. */
class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  terminated = false;
  readonly runs: number[] = [];

  constructor() {
    workers.push(this);
  }

  postMessage(message: ToWorker): void {
    if (message.type === 'run') this.runs.push(message.input[0] ?? Number.NaN);
    queueMicrotask(() => answer(message, this));
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: FromWorker): void {
    if (!this.terminated) this.onmessage?.({ data });
  }
}

const tenths = new Float32Array(10).fill(0.1);

const obliging = (message: ToWorker, worker: FakeWorker): void => {
  if (message.type === 'load') {
    const { backend, threads } = message.request;
    worker.say({ type: 'progress', progress: { phase: 'runtime', received: 1, total: 2 } });
    worker.say({
      type: 'loaded',
      facts: {
        ...{ backend, build: 'wasm', threads, adapter: '' },
        ...{ fetchMs: 1, startMs: 2, firstRunMs: 3, maxError: 1e-6 },
      },
    });
  } else if (message.type === 'run') {
    const outputs = message.wanted.map((id) => [id, tenths] as const);
    worker.say({ type: 'ran', run: message.run, outputs, runMs: 0.25 });
  }
};

beforeEach(() => {
  files = new Map(['lenet5.json', 'lenet5.safetensors'].map((name) => [name, shipped(name)]));
  workers = [];
  answer = obliging;
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('crossOriginIsolated', false);
  vi.stubGlobal('fetch', (url: string) => {
    const file = files.get(url.split('/').at(-1) ?? '');
    return Promise.resolve(file ? new Response(file) : new Response('', { status: 404 }));
  });
  // Idleness comes when a test says so: never.
  vi.stubGlobal('requestIdleCallback', () => 0);
  vi.stubGlobal('cancelIdleCallback', () => {});
});

afterEach(() => vi.unstubAllGlobals());

function renderModel(backend: BackendChoice = 'wasm', id = 'lenet5') {
  const queryClient = new QueryClient();
  const source = shippedSource(id);
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const { result, rerender } = renderHook((props) => useDigitModel({ source, ...props }), {
    wrapper,
    initialProps: { backend },
  });
  return { queryClient, result, rerender };
}

const picture = (first: number): Float32Array => {
  const input = seededInput(1024, 1);
  input[0] = first;
  return input;
};

describe('a network too large for the reference', () => {
  const id = 'nin-small-cifar10';
  const photograph = seededInput(3 * 32 * 32, 2);

  beforeEach(() => {
    for (const name of [`${id}.json`, `${id}.safetensors`]) files.set(name, shipped(name));
  });

  it('waits for the runtime, and is asked for no more tensors than are looked at', {
    timeout: 60_000,
  }, async () => {
    let arrive = (): void => {};
    const asked: (readonly string[])[] = [];
    answer = (message, worker) => {
      if (message.type === 'run') asked.push(message.wanted);
      if (message.type === 'load') arrive = () => obliging(message, worker);
      else obliging(message, worker);
    };
    const { result } = renderModel('wasm', id);
    act(() => void result.current.run(photograph, 1, ['mlpconv1/conv/conv', 'softmax']));
    await waitFor(() => expect(workers).toHaveLength(1), { timeout: 30_000 });
    expect(result.current.status).toBe('reference');
    expect(result.current.last).toBeNull();
    act(() => arrive());
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
    expect(asked).toEqual([['mlpconv1/conv/conv', 'softmax']]);
  });

  it('asks a fresh worker again when one dies in the middle of a run', { timeout: 60_000 }, async () => {
    let deaths = 1;
    answer = (message, worker) => {
      if (message.type === 'run' && deaths > 0) {
        deaths -= 1;
        worker.onerror?.({ message: 'gone' });
      } else obliging(message, worker);
    };
    const { result } = renderModel('wasm', id);
    act(() => void result.current.run(photograph, 1));
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'), { timeout: 30_000 });
    expect(workers).toHaveLength(2);
    expect(result.current.runtimeProblem).toBeNull();
  });
});

describe('a trained network in the page', () => {
  it('fetches its card and nothing more until a run is wanted', async () => {
    const { result } = renderModel();
    expect(result.current.status).toBe('idle');
    await waitFor(() => expect(result.current.card?.classes).toHaveLength(10));
    expect(result.current.status).toBe('idle');
    expect(workers).toEqual([]);
  });

  it('fetches everything once the page is idle', async () => {
    vi.stubGlobal('requestIdleCallback', (callback: () => void) => setTimeout(callback, 0));
    const { result } = renderModel();
    await waitFor(() => expect(result.current.status).toBe('runtime'));
    expect(result.current.agreement).toBe(1e-6);
    expect(result.current.clocks?.session).toMatchObject({ fetchMs: 1, startMs: 2, firstRunMs: 3 });
    expect(result.current.progress).toBeNull();
  });

  it('answers by the reference evaluator until the runtime has arrived, then again by the runtime', async () => {
    let arrive = (): void => {};
    answer = (message, worker) => {
      if (message.type === 'load') arrive = () => obliging(message, worker);
      else obliging(message, worker);
    };
    const { result } = renderModel();
    act(() => void result.current.run(picture(0), 1));
    expect(result.current.status).toBe('loading');
    await waitFor(() => expect(result.current.last?.by).toBe('reference'));
    const reference = result.current.last?.probabilities ?? [];
    expect([...reference].reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(result.current.status).toBe('reference');
    expect(result.current.last?.activations.get('conv2/tanh')).toHaveLength(1600);
    act(() => arrive());
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
    expect(result.current.last).toMatchObject({ revision: 1, runMs: 0.25 });
    expect(result.current.last?.probabilities).toEqual(tenths);
    expect(result.current.clocks).toMatchObject({ runMs: 0.25, runs: 1 });
  });

  it('shows the newest of many drawings and runs only some of them', async () => {
    const { result } = renderModel();
    act(() => result.current.start());
    await waitFor(() => expect(result.current.status).toBe('runtime'));
    await act(async () => {
      await Promise.all(Array.from({ length: 50 }, (_, index) => result.current.run(picture(index), index)));
    });
    expect(result.current.last?.revision).toBe(49);
    expect(workers[0]?.runs).toEqual([0, 49]);
    expect(result.current.runtimeProblem).toBeNull();
  });

  it('forgets a cleared drawing, even one that is being answered', async () => {
    const { result } = renderModel();
    act(() => result.current.start());
    await waitFor(() => expect(result.current.status).toBe('runtime'));
    await act(() => result.current.run(picture(0), 1));
    expect(result.current.last).not.toBeNull();
    await act(async () => {
      const late = result.current.run(picture(0), 2);
      result.current.clear();
      await late;
    });
    expect(result.current.last).toBeNull();
  });

  it.each([
    ['a missing card', () => files.delete('lenet5.json'), { code: 'http', status: 404 }],
    ['a missing weight file', () => files.delete('lenet5.safetensors'), { code: 'http', status: 404 }],
    [
      'a weight file cut short',
      () => files.set('lenet5.safetensors', shipped('lenet5.safetensors').slice(0, 9000)),
      { code: 'truncated', actual: 9000 },
    ],
    [
      'a changed weight file',
      () => files.set('lenet5.safetensors', shipped('lenet5.safetensors').fill(0, 90_000, 90_100)),
      { code: 'hash-differs' },
    ],
    [
      'a page in place of the card',
      () => files.set('lenet5.json', new TextEncoder().encode('<!doctype html>')),
      { code: 'bad-card' },
    ],
  ])('says what is wrong with %s, and goes on once it is mended', async (_, spoil, problem) => {
    spoil();
    const { result } = renderModel();
    act(() => void result.current.run(picture(0), 1));
    await waitFor(() => expect(result.current.weightsProblem).toMatchObject(problem));
    expect(result.current.status).toBe('failed');
    expect(workers).toEqual([]);
    files = new Map(['lenet5.json', 'lenet5.safetensors'].map((name) => [name, shipped(name)]));
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
    expect(result.current.weightsProblem).toBeNull();
  });

  it('survives a worker that dies in the middle of a run: the drawing is answered, and the next by a new worker', async () => {
    const { result } = renderModel();
    act(() => result.current.start());
    await waitFor(() => expect(result.current.status).toBe('runtime'));
    answer = (message, worker) => {
      if (message.type === 'run') worker.onerror?.({ message: 'boom' });
      else obliging(message, worker);
    };
    await act(() => result.current.run(picture(0), 1));
    expect(result.current.runtimeProblem).toMatchObject({ code: 'worker-died', detail: 'boom' });
    expect(result.current.last).toMatchObject({ revision: 1, by: 'reference' });
    answer = obliging;
    await act(() => result.current.run(picture(0), 2));
    expect(result.current.last).toMatchObject({ revision: 2, by: 'wasm' });
    expect(result.current.runtimeProblem).toBeNull();
    expect(workers).toHaveLength(2);
  });

  it('goes on with the reference when the worker keeps dying, until told to try again', async () => {
    const { result } = renderModel();
    act(() => result.current.start());
    await waitFor(() => expect(result.current.status).toBe('runtime'));
    answer = (message, worker) => {
      if (message.type === 'run') worker.onerror?.({ message: 'boom' });
      else obliging(message, worker);
    };
    for (const revision of [1, 2, 3]) await act(() => result.current.run(picture(0), revision));
    expect(result.current.last).toMatchObject({ revision: 3, by: 'reference' });
    expect(result.current.status).toBe('reference');
    expect(result.current.runtimeProblem).toMatchObject({ code: 'worker-died' });
    answer = obliging;
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
    expect(result.current.runtimeProblem).toBeNull();
  });

  it.each([{ code: 'no-adapter' }, { code: 'wrong-numbers', node: 'conv2/conv', maxError: 0.47 }] as const)(
    'runs on WebAssembly and says why when WebGPU fails with $code',
    async (problem) => {
      answer = (message, worker) => {
        if (message.type === 'load' && message.request.backend === 'webgpu') {
          worker.say({ type: 'load-failed', problem });
        } else obliging(message, worker);
      };
      const { result } = renderModel('webgpu');
      act(() => void result.current.run(picture(0), 1));
      await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
      await waitFor(() => expect(result.current.runtimeProblem).toEqual(problem));
      expect(result.current.backend).toBe('wasm');
      expect(workers.map((worker) => worker.terminated)).toEqual([false, true]);
    },
  );

  it('asks for the layout that WebGPU computes right, and no self-check may be left out', async () => {
    const requests: ToWorker[] = [];
    answer = (message, worker) => {
      requests.push(message);
      obliging(message, worker);
    };
    const { result } = renderModel('webgpu');
    act(() => result.current.start());
    await waitFor(() => expect(result.current.backend).toBe('webgpu'));
    const load = requests.find((message) => message.type === 'load' && message.request.backend === 'webgpu');
    if (load?.type !== 'load') throw new Error('no load');
    expect(load.request).toMatchObject({ nchw: true, threads: 1, input: { shape: [1, 1, 32, 32] } });
    expect(load.request.check?.graph.nodeById.has('conv2/conv')).toBe(true);
    expect(load.request.check?.input).toHaveLength(1024);
    const { model } = load.request;
    expect(model.kind === 'written' ? model.external : []).toHaveLength(10);
  });

  it('goes on with the reference in a browser without SIMD', async () => {
    vi.stubGlobal('WebAssembly', { validate: () => false });
    const { result } = renderModel();
    act(() => void result.current.run(picture(0), 1));
    await waitFor(() => expect(result.current.runtimeProblem).toEqual({ code: 'no-simd' }));
    await waitFor(() => expect(result.current.last?.by).toBe('reference'));
    expect(workers).toEqual([]);
  });

  it('changes the backend on the spot and keeps the drawing', async () => {
    const { result, rerender, queryClient } = renderModel('wasm');
    act(() => void result.current.run(picture(0), 1));
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
    rerender({ backend: 'webgpu' });
    await waitFor(() => expect(result.current.last).toMatchObject({ by: 'webgpu', revision: 1 }));
    queryClient.clear();
    expect(workers.map((worker) => worker.terminated)).toEqual([true, true]);
  });

  /** Workers whose runs take some milliseconds by backend, and whose conv2 may be off on WebGPU. */
  const racing =
    (runMs: Readonly<Record<'wasm' | 'webgpu', number>>, offBy = 0) =>
    (message: ToWorker, worker: FakeWorker): void => {
      if (message.type === 'load') kinds.set(worker, message.request.backend);
      const kind = kinds.get(worker) ?? 'wasm';
      if (message.type !== 'run') {
        obliging(message, worker);
        return;
      }
      const outputs = message.wanted.map((id) => {
        const off = kind === 'webgpu' && id === 'conv2/conv' ? offBy : 0;
        return [id, tenths.map((value, index) => (index === 3 ? value + off : value))] as const;
      });
      worker.say({ type: 'ran', run: message.run, outputs, runMs: runMs[kind] });
    };
  const kinds = new Map<FakeWorker, 'wasm' | 'webgpu'>();

  it('never shows an answer of WebGPU where it differs from WebAssembly on the same input', async () => {
    answer = racing({ wasm: 5, webgpu: 1 }, 0.002);
    const { result } = renderModel('webgpu');
    const seen = new Set<string>();
    act(() => void result.current.run(picture(0), 1));
    await waitFor(() => {
      if (result.current.last) seen.add(result.current.last.by);
      expect(result.current.runtimeProblem).toMatchObject({ code: 'wrong-numbers', node: 'conv2/conv' });
    });
    expect(result.current.backend).toBe('wasm');
    expect(result.current.trial?.result?.maxError).toBeCloseTo(0.02, 5);
    expect(result.current.trial?.result?.times.webgpu).toBeNull();
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
    expect(seen.has('webgpu')).toBe(false);
  });

  it.each([
    ['webgpu', { wasm: 5, webgpu: 1 }],
    ['wasm', { wasm: 1, webgpu: 5 }],
  ] as const)('left to choose it measures both and keeps %s, the faster', async (faster, runMs) => {
    vi.stubGlobal('navigator', {
      gpu: { requestAdapter: () => Promise.resolve({}) },
      hardwareConcurrency: 4,
    });
    vi.stubGlobal('requestIdleCallback', (callback: () => void) => setTimeout(callback, 0));
    answer = racing(runMs, 1e-5);
    const { result } = renderModel('auto');
    act(() => void result.current.run(picture(0), 1));
    await waitFor(() => expect(result.current.trial?.result).toMatchObject({ faster, problem: null }));
    await waitFor(() => expect(result.current.last).toMatchObject({ by: faster, revision: 1 }));
    expect(result.current.trial?.result?.times).toMatchObject({
      wasm: { median: runMs.wasm, runs: 9 },
      webgpu: { median: runMs.webgpu, runs: 9 },
    });
    expect(result.current.trial?.result?.maxError).toBeCloseTo(1e-4, 6);
    expect(result.current.runtimeProblem).toBeNull();
  });

  it('left to choose it stays on WebAssembly where there is no WebGPU, and fetches nothing for it', async () => {
    vi.stubGlobal('requestIdleCallback', (callback: () => void) => setTimeout(callback, 0));
    const { result } = renderModel('auto');
    act(() => void result.current.run(picture(0), 1));
    await waitFor(() => expect(result.current.last?.by).toBe('wasm'));
    expect(result.current.trial).toBeNull();
    expect(workers).toHaveLength(1);
  });

  it('falls back to WebAssembly when the device is lost again and again, answers, and goes on saying so', async () => {
    const steady = racing({ wasm: 5, webgpu: 1 });
    answer = steady;
    const { result } = renderModel('webgpu');
    act(() => void result.current.run(picture(0), 1));
    await waitFor(() => expect(result.current.last?.by).toBe('webgpu'));
    answer = (message, worker) => {
      if (message.type === 'run' && kinds.get(worker) === 'webgpu') {
        const problem = { code: 'run-failed', detail: 'device lost' } as const;
        worker.say({ type: 'run-failed', run: message.run, problem });
      } else steady(message, worker);
    };
    for (const revision of [2, 3]) await act(() => result.current.run(picture(0), revision));
    await waitFor(() => expect(result.current.last).toMatchObject({ by: 'wasm', revision: 3 }));
    expect(result.current.backend).toBe('wasm');
    expect(result.current.runtimeProblem).toMatchObject({ code: 'run-failed', detail: 'device lost' });
    act(() => void result.current.run(picture(0), 4));
    await waitFor(() => expect(result.current.last).toMatchObject({ by: 'wasm', revision: 4 }));
    expect(result.current.runtimeProblem).not.toBeNull();
  });
});
