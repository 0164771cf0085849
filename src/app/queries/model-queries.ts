import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { evaluateGraph } from '../../engine/evaluate/evaluate-graph.ts';
import { lower } from '../../engine/graph/lower.ts';
import { type Graph, INPUT } from '../../engine/graph/types.ts';
import { exportOnnx, modelBytes } from '../../engine/onnx/export.ts';
import { needsNchw } from '../../engine/onnx/layout.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { RuntimeClient } from '../../engine/runtime/client.ts';
import { createRuntimeWorker } from '../../engine/runtime/create-worker.ts';
import { chooseThreads, hasSimd } from '../../engine/runtime/features.ts';
import { DownloadError, fetchBytes } from '../../engine/runtime/fetch-bytes.ts';
import { RuntimeError, readFailure } from '../../engine/runtime/problem.ts';
import type { Backend, SelfCheck, SessionFacts } from '../../engine/runtime/protocol.ts';
import {
  asModelCard,
  type ModelCard,
  parseModelCard,
  trainedArchitecture,
} from '../../engine/weights/card.ts';
import { decodeUtf8 } from '../../engine/weights/platform.ts';
import { WeightsError } from '../../engine/weights/problem.ts';
import { readWeights } from '../../engine/weights/read-weights.ts';
import { seededInput } from '../../engine/weights/seeded.ts';
import { setProgress } from './progress-store.ts';

/** A trained network ready to be evaluated: its card, graph and tensors by full name. */
export interface Model {
  readonly card: ModelCard;
  readonly graph: Graph;
  readonly tensors: ReadonlyMap<string, Float32Array>;
  /** Multiply–accumulates of one run. */
  readonly macs: number;
  /** Fetching and checking the weight file, in milliseconds. */
  readonly weightsMs: number;
}

/** A model loaded into the runtime. */
export interface Session {
  readonly client: RuntimeClient;
  readonly facts: SessionFacts;
  readonly backend: Backend;
}

/** MACs of a small network: the reference evaluator checks its session in passing (some 20 ms). */
const SMALL = 20_000_000;
/** Relative error up to which a session agrees with the reference; float32 differs by some 1e-6, a wrong kernel by 1e-2. */
const TOLERANCE = 1e-3;
const CHECK_SEED = 1998;

/** What holds for everything here: files of this site that never change while the page is open. */
export const lasting = {
  staleTime: Number.POSITIVE_INFINITY,
  networkMode: 'always',
  structuralSharing: false,
  retry: false,
} as const;

const modelUrl = (file: string): string => `${import.meta.env.BASE_URL}models/${file}`;

/** Fetches a file of weights or its card. @throws WeightsError `http` or `network` */
export async function fetchModelFile(
  file: string,
  bytes: number,
  onProgress: (received: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await fetchBytes(modelUrl(file), bytes, onProgress, signal);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    const { url, status } = error;
    throw new WeightsError(status === null ? { code: 'network', url } : { code: 'http', url, status });
  }
}

/** The card of a network's trained weights. Fails with WeightsError. */
export const cardQuery = (id: string) =>
  queryOptions({
    ...lasting,
    queryKey: ['card', id] as const,
    queryFn: async ({ signal }) => {
      const bytes = await fetchModelFile(`${id}.json`, 0, () => {}, signal);
      let text: string;
      try {
        text = decodeUtf8(bytes);
      } catch {
        return asModelCard(null);
      }
      return parseModelCard(text);
    },
  });

/** A network's trained weights, checked against its card and its definition. Fails with WeightsError. */
export const weightsQuery = (id: string) =>
  queryOptions({
    ...lasting,
    queryKey: ['weights', id] as const,
    queryFn: async ({ client, signal }): Promise<Model> => {
      const architecture = architectures.get(id);
      if (!architecture) throw new RangeError(`no architecture "${id}"`);
      const card = await client.fetchQuery(cardQuery(id));
      const start = performance.now();
      const key = `weights ${id}`;
      try {
        const bytes = await fetchModelFile(
          card.file,
          card.bytes,
          (received) => setProgress(key, { phase: 'weights', received, total: card.bytes }),
          signal,
        );
        const graph = lower(trainedArchitecture(architecture, card));
        const tensors = await readWeights(graph, card, bytes);
        const weightsMs = performance.now() - start;
        return { card, graph, tensors, macs: computeCosts(graph).total.macs, weightsMs };
      } finally {
        setProgress(key, null);
      }
    },
  });

/** A known picture with the reference's outputs; null for a network too large to evaluate in passing. */
function selfCheckOf({ graph, tensors, macs }: Model): SelfCheck | null {
  if (macs > SMALL) return null;
  const input = seededInput(sizeOf(graph.input), CHECK_SEED);
  const outputs = evaluateGraph(graph, tensors, input);
  const expected = [...outputs].map(([id, values]) => [id, Float32Array.from(values)] as const);
  return { input, expected, tolerance: TOLERANCE };
}

const watched = new WeakSet<QueryClient>();

/** Ends the worker of every session that leaves the cache; nothing else would give its memory back. */
function endForgottenSessions(queryClient: QueryClient): void {
  if (watched.has(queryClient)) return;
  watched.add(queryClient);
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'removed' || query.queryKey[0] !== 'session') return;
    (query.state.data as Session | undefined)?.client.terminate();
  });
}

/** A model in the runtime, every node's output to be had by its id. Fails with RuntimeError or WeightsError. */
export const sessionQuery = (id: string, backend: Backend) =>
  queryOptions({
    ...lasting,
    queryKey: ['session', id, backend] as const,
    gcTime: 60_000,
    queryFn: async ({ client: queryClient, signal }): Promise<Session> => {
      if (!hasSimd()) throw new RuntimeError({ code: 'no-simd' });
      endForgottenSessions(queryClient);
      const model = await queryClient.fetchQuery(weightsQuery(id));
      const { graph, tensors, macs } = model;
      const exported = exportOnnx(graph, {
        tensors,
        outputs: 'all',
        externalData: true,
        forWebGpu: backend === 'webgpu',
      });
      const client = new RuntimeClient({
        createWorker: createRuntimeWorker,
        // A small network answers in milliseconds; a large one may take half a minute on a slow device.
        runPatienceMs: macs <= SMALL ? 5_000 : 60_000,
      });
      const key = `session ${id} ${backend}`;
      try {
        const facts = await client.load(
          {
            backend,
            model: { kind: 'written', bytes: modelBytes(exported), external: exported.external },
            input: { name: INPUT, type: 'float32', shape: [1, ...graph.input], channelsLast: false },
            threads: chooseThreads(macs, crossOriginIsolated, navigator.hardwareConcurrency),
            nchw: needsNchw(graph),
            check: selfCheckOf(model),
          },
          { signal, onProgress: (progress) => setProgress(key, progress) },
        );
        return { client, facts, backend };
      } catch (error) {
        client.terminate();
        if (error instanceof RuntimeError || signal.aborted) throw error;
        throw new RuntimeError({ code: 'session-failed', detail: readFailure(error).detail });
      } finally {
        setProgress(key, null);
      }
    },
  });

/** The progress keys of a model's queries, in the order in which they run. */
export const progressKeys = (id: string, backend: Backend): readonly string[] => [
  `weights ${id}`,
  `session ${id} ${backend}`,
];
