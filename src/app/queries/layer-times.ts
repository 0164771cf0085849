import type { QueryClient } from '@tanstack/react-query';
import { createStore } from 'zustand';
import { createRuntimeWorker } from '../../engine/runtime/create-worker.ts';
import { chooseThreads } from '../../engine/runtime/features.ts';
import type { LayerTimes } from '../../engine/runtime/layer-times.ts';
import { RuntimeError, type RuntimeProblem } from '../../engine/runtime/problem.ts';
import { timeLayers } from '../../engine/runtime/time-layers.ts';
import { answersAt } from './inference-query.ts';
import { knownInput, type ModelSource, weightsQuery } from './model-queries.ts';

/** A measurement of a network's layers: under way, done, or failed. */
export interface LayerTiming {
  readonly status: 'running' | 'done' | 'failed';
  /** Runs asked for, and those timed so far. */
  readonly runs: number;
  readonly done: number;
  readonly times: LayerTimes | null;
  readonly problem: RuntimeProblem | null;
}

/** Measurements of this visit, by the network's id. */
export const layerTimesStore = createStore<{ readonly byId: Readonly<Record<string, LayerTiming>> }>()(
  () => ({ byId: {} }),
);

const underWay = new Map<string, AbortController>();

const setTiming = (id: string, timing: LayerTiming | null): void =>
  layerTimesStore.setState(({ byId }) => {
    const { [id]: _, ...others } = byId;
    return { byId: timing ? { ...others, [id]: timing } : others };
  });

/** Runs whose medians are taken: the quicker a network, the more, as its times come in steps of some microseconds. */
export const runsToTime = (macs: number): number => (macs < 2e6 ? 100 : macs < 1e9 ? 30 : 9);

/** Gives up a measurement that is under way; what was measured before stays. */
export function cancelLayerTiming(id: string): void {
  underWay.get(id)?.abort();
}

/** Times every layer of a network, in a session of its own on WebAssembly, and tells the store. */
export async function measureLayers(client: QueryClient, source: ModelSource): Promise<void> {
  const { id } = source;
  cancelLayerTiming(id);
  const own = new AbortController();
  underWay.set(id, own);
  const before = layerTimesStore.getState().byId[id] ?? null;
  const model = await client.fetchQuery(weightsQuery(source));
  const { graph, macs } = model;
  const runs = runsToTime(macs);
  const timing: LayerTiming = { status: 'running', runs, done: 0, times: null, problem: null };
  setTiming(id, timing);
  try {
    const times = await timeLayers(
      createRuntimeWorker,
      {
        request: {
          backend: 'wasm',
          ...source.request(model, 'wasm'),
          // What is timed has been checked by the session that answers.
          check: null,
          threads: chooseThreads(macs, crossOriginIsolated, navigator.hardwareConcurrency),
        },
        input: knownInput(graph),
        runs,
        nodes: graph.nodes.map((node) => node.id),
        output: answersAt(model),
      },
      { signal: own.signal, onRun: (done) => setTiming(id, { ...timing, done }) },
    );
    setTiming(id, { ...timing, status: 'done', done: runs, times });
  } catch (error) {
    if (own.signal.aborted) setTiming(id, before?.status === 'done' ? before : null);
    else if (error instanceof RuntimeError)
      setTiming(id, { ...timing, status: 'failed', problem: error.problem });
    else throw error;
  } finally {
    if (underWay.get(id) === own) underWay.delete(id);
  }
}
