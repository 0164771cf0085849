import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { exportOnnx, modelBytes } from '../../engine/onnx/export.ts';
import type { FileParameter } from '../../engine/onnx/file-parameters.ts';
import { needsNchw } from '../../engine/onnx/layout.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { RuntimeClient } from '../../engine/runtime/client.ts';
import { createRuntimeWorker } from '../../engine/runtime/create-worker.ts';
import { chooseThreads, hasSimd } from '../../engine/runtime/features.ts';
import { DownloadError, fetchBytes } from '../../engine/runtime/fetch-bytes.ts';
import { writtenInput } from '../../engine/runtime/model-input.ts';
import { RuntimeError, readFailure } from '../../engine/runtime/problem.ts';
import type { Backend, LoadRequest, SelfCheck, SessionFacts } from '../../engine/runtime/protocol.ts';
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
import { timeKeyOf } from '../state/measured-times.ts';
import { setProgress } from './progress-store.ts';

/** A network ready to be run. */
export interface Model {
  /** Null for weights that do not ship with the site. */
  readonly card: ModelCard | null;
  readonly graph: Graph;
  /** By full name; null where the runtime alone reads them. */
  readonly tensors: ReadonlyMap<string, Float32Array> | null;
  /** Tensors by full name that the runtime returns like the outputs of nodes, where it alone has them. */
  readonly parameters: ReadonlyMap<string, FileParameter>;
  /** Ids of the nodes whose outputs the runtime returns. */
  readonly returned: ReadonlySet<string>;
  /** Id of the node that the answer is read from, where that is not the network's output. */
  readonly answersAt?: string;
  /** Multiply–accumulates of one run. */
  readonly macs: number;
  /** What its steady time is kept under (`timeKeyOf`); absent where it is of no network of the catalogue as that is published. */
  readonly timedAs?: string;
  /** Fetching and checking the weight file, in milliseconds; null where nothing is fetched. */
  readonly weightsMs: number | null;
}

/** What is needed to make a network of its own kind ready. */
interface SourceContext {
  readonly client: QueryClient;
  readonly signal: AbortSignal;
}

/** Where a network that runs comes from. */
export interface ModelSource {
  /** Tells it from all others. */
  readonly id: string;
  /** Whether it is made ready when the page is idle, before anything is asked of it. */
  readonly isEager: boolean;
  /** Milliseconds for which the runtime is kept after the page has been left. */
  readonly keptMs: number;
  /** Fails with WeightsError. */
  card(context: SourceContext): Promise<ModelCard | null>;
  /** Fails with WeightsError. */
  model(context: SourceContext): Promise<Model>;
  /** What the runtime is told of it. */
  request(model: Model, backend: Backend): Pick<LoadRequest, 'model' | 'input' | 'nchw' | 'check'>;
}

/** A model loaded into the runtime. */
export interface Session {
  readonly client: RuntimeClient;
  readonly facts: SessionFacts;
  readonly backend: Backend;
  /** Different images that one run takes. */
  readonly mostImages: number;
}

/** MACs of a small network: the reference evaluator checks its session while the runtime is fetched (up to 0.3 s). */
const SMALL = 20_000_000;
/** Relative error up to which a session agrees with the reference; float32 differs by some 1e-6, a wrong kernel by 1e-2. */
export const TOLERANCE = 1e-3;

const CHECK_SEED = 1998;

/** The same noise each time: an input with every channel and place at work. */
export const knownInput = (graph: Graph): Float32Array => seededInput(sizeOf(graph.input), CHECK_SEED);

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

async function readCard(id: string, signal: AbortSignal): Promise<ModelCard> {
  const bytes = await fetchModelFile(`${id}.json`, 0, () => {}, signal);
  let text: string;
  try {
    text = decodeUtf8(bytes);
  } catch {
    return asModelCard(null);
  }
  return parseModelCard(text);
}

/** The card of a network's trained weights. Fails with WeightsError. */
export const cardQuery = (id: string) =>
  queryOptions({
    ...lasting,
    queryKey: ['card', id] as const,
    queryFn: ({ signal }) => readCard(id, signal),
  });

/** The card of a network, null where it has none. Fails with WeightsError. */
export const sourceCardQuery = (source: ModelSource) =>
  queryOptions({
    ...lasting,
    queryKey: ['card', source.id] as const,
    queryFn: ({ client, signal }): Promise<ModelCard | null> => source.card({ client, signal }),
  });

/** A network with what it needs to be run. Fails with WeightsError. */
export const weightsQuery = (source: ModelSource) =>
  queryOptions({
    ...lasting,
    queryKey: ['weights', source.id] as const,
    queryFn: ({ client, signal }) => source.model({ client, signal }),
  });

/** Fetches trained weights and checks them against their card and their definition. @throws WeightsError */
async function readShipped(id: string, { client, signal }: SourceContext): Promise<Model> {
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
    const returned = new Set(graph.nodes.map((node) => node.id));
    const { macs } = computeCosts(graph).total;
    const timedAs = timeKeyOf(id, card.values);
    return { card, graph, tensors, parameters: new Map(), returned, macs, timedAs, weightsMs };
  } finally {
    setProgress(key, null);
  }
}

/** A known picture for the worker to compare with the reference; null for a network too large to evaluate in passing. */
const selfCheckOf = ({ graph, tensors, macs }: Model): SelfCheck | null =>
  macs > SMALL || !tensors ? null : { input: knownInput(graph), graph, tensors, tolerance: TOLERANCE };

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

/** Trained weights that ship with the site. */
export const shippedSource = (id: string): ModelSource => ({
  id,
  isEager: true,
  keptMs: 60_000,
  card: ({ signal }) => readCard(id, signal),
  model: (context) => readShipped(id, context),
  request: (model, backend) => {
    const { graph, tensors } = model;
    const exported = exportOnnx(graph, {
      ...(tensors ? { tensors } : {}),
      outputs: 'all',
      externalData: true,
      forWebGpu: backend === 'webgpu',
      batch: 'any',
    });
    return {
      model: { kind: 'written', bytes: modelBytes(exported), external: exported.external },
      input: writtenInput(graph),
      nchw: needsNchw(graph),
      check: selfCheckOf(model),
    };
  },
});

/** A model in the runtime, its nodes' outputs to be had by their ids. Fails with RuntimeError or WeightsError. */
export const sessionQuery = (source: ModelSource, backend: Backend) =>
  queryOptions({
    ...lasting,
    queryKey: ['session', source.id, backend] as const,
    gcTime: source.keptMs,
    queryFn: async ({ client: queryClient, signal }): Promise<Session> => {
      if (!hasSimd()) throw new RuntimeError({ code: 'no-simd' });
      endForgottenSessions(queryClient);
      const model = await queryClient.fetchQuery(weightsQuery(source));
      const { macs } = model;
      const client = new RuntimeClient({
        createWorker: createRuntimeWorker,
        // A small network answers in milliseconds; a large one may take half a minute on a slow device.
        runPatienceMs: macs <= SMALL ? 5_000 : 60_000,
      });
      const key = `session ${source.id} ${backend}`;
      try {
        const request = source.request(model, backend);
        const facts = await client.load(
          {
            backend,
            ...request,
            threads: chooseThreads(macs, crossOriginIsolated, navigator.hardwareConcurrency),
          },
          { signal, onProgress: (progress) => setProgress(key, progress) },
        );
        return { client, facts, backend, mostImages: request.input.mostImages };
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
export const progressKeys = (id: string, backends: readonly Backend[]): readonly string[] => [
  `weights ${id}`,
  ...backends.map((backend) => `session ${id} ${backend}`),
];
