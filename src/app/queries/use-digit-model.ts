/**
 * A trained network that answers while one draws, or shows it pictures.
 *
 * ```tsx
 * const model = useDigitModel({ source, backend });             // source: shippedSource('lenet5'), the same each time
 * useEffect(() => model.run(input, revision), [revision]);     // input: normalise(padded, model.card.input.preprocessing)
 * model.last?.probabilities; model.last?.activations.get('conv1/tanh'); model.last?.by;
 * ```
 *
 * Until the runtime has arrived `last.by` is `reference`; then the latest drawing is answered again by the runtime. A
 * network too large for the reference to keep up with the pen waits for the runtime.
 * Nothing here needs the network to be drawable: an error of the weights or the runtime leaves all else as it is.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { Graph } from '../../engine/graph/types.ts';
import { hasWebGpu } from '../../engine/runtime/features.ts';
import { RuntimeError, type RuntimeProblem } from '../../engine/runtime/problem.ts';
import type { Backend, SessionFacts } from '../../engine/runtime/protocol.ts';
import type { ModelCard } from '../../engine/weights/card.ts';
import { WeightsError, type WeightsProblem } from '../../engine/weights/problem.ts';
import { recordTime } from '../state/measured-times.ts';
import { type BackendTrial, trialQuery } from './backend-trial.ts';
import { parametersQuery } from './file-parameters.ts';
import { type Inference, inferenceQuery, Superseded } from './inference-query.ts';
import {
  type Model,
  type ModelSource,
  progressKeys,
  type Session,
  sessionQuery,
  sourceCardQuery,
  weightsQuery,
} from './model-queries.ts';
import { type ModelProgress, progressStore } from './progress-store.ts';
import { RunClock } from './run-clock.ts';
import { whenIdle } from './when-idle.ts';

/** Clocks kept apart, in milliseconds. */
export interface ModelClocks {
  /** Fetching and checking the weights; null where nothing is fetched. */
  readonly weightsMs: number | null;
  /** What the session in use cost to fetch and start; null while the reference answers. */
  readonly session: SessionFacts | null;
  /** Median of recent runs by whoever answers now; null before the first. */
  readonly runMs: number | null;
  /** Runs by whoever answers now. */
  readonly runs: number;
}

/** Where a network shall run; `auto` is where its runs take less time on this device. */
export type BackendChoice = Backend | 'auto';

/** WebGPU beside WebAssembly: what came of trying both. */
export interface TrialState {
  readonly isUnderWay: boolean;
  readonly result: BackendTrial | null;
  /** Why WebGPU could not be tried. */
  readonly problem: RuntimeProblem | null;
}

/** A trained network that answers while one draws. */
export interface DigitModel {
  /** Where the network comes from. */
  readonly source: ModelSource;
  /**
   * `idle`: nothing fetched yet. `loading`: nothing can answer yet. `reference`: the reference evaluator answers.
   * `runtime`: onnxruntime-web answers. `failed`: nothing can answer, see `weightsProblem`.
   */
  readonly status: 'idle' | 'loading' | 'reference' | 'runtime' | 'failed';
  /** What is on its way, if anything. */
  readonly progress: ModelProgress | null;
  readonly weightsProblem: WeightsProblem | null;
  /** Of WebGPU and WebAssembly; null where WebGPU was neither asked for nor is to be had. */
  readonly trial: TrialState | null;
  /** Why the backend asked for does not answer, or its latest run did not. Something else answers meanwhile. */
  readonly runtimeProblem: RuntimeProblem | null;
  /** The backend in use, which is `wasm` where WebGPU was asked for and failed; null while the reference answers. */
  readonly backend: Backend | null;
  /** What answers; null while the reference does. */
  readonly session: Session | null;
  readonly card: ModelCard | null;
  /** The network that the weights are of; null until they have arrived. */
  readonly graph: Graph | null;
  /** Ids of the nodes whose outputs can be asked for; none until the weights have arrived. */
  readonly returned: ReadonlySet<string>;
  /** Id of the node that the answer is read from, where that is not the network's output. */
  readonly answersAt: string | undefined;
  /** Tensors by full name (`conv1/conv.weight`), for the arithmetic of a cell; null where the runtime alone has them. */
  readonly tensors: ReadonlyMap<string, Float32Array> | null;
  /** The weights that explain answers, by full name: all there are, or those that the runtime gave; none until then. */
  readonly telling: ReadonlyMap<string, Float32Array>;
  /** The weights, by full name, that the runtime gives where it alone has them. */
  readonly parameters: ReadonlyMap<string, unknown>;
  /** Largest error of the runtime against the reference on a known input, relative to a node's largest value. */
  readonly agreement: number | null;
  /** The newest answer; an older drawing's stays until then. */
  readonly last: Inference | null;
  readonly clocks: ModelClocks | null;
  /**
   * Answers an input (values as the card wants them) and starts what is needed for it. Calls come as fast as one draws:
   * the newest wins. A failing runtime is told by `runtimeProblem`; the call rejects for an input of the wrong size alone.
   * Its identity changes with the network alone. `wanted` names the nodes whose outputs are looked at; null for all.
   */
  run(input: Float32Array, revision: number, wanted?: readonly string[] | null): Promise<void>;
  /** Forgets the answer: the drawing was cleared. */
  clear(): void;
  /** Fetches weights and runtime now, without a run. */
  start(): void;
  /** Tries again what failed. */
  retry(): void;
}

interface Answers {
  readonly last: Inference | null;
  /** Problem of the latest run; gone with the next that succeeds. */
  readonly runProblem: RuntimeProblem | null;
  /** The session that nothing can be run in any more, and why: said even where another answers. */
  readonly broken: { readonly session: Session; readonly problem: RuntimeProblem } | null;
  readonly runMs: number | null;
  readonly runs: number;
}

/** What was last asked of the network, and what it answered. */
interface Conversation {
  readonly id: string;
  readonly store: StoreApi<Answers>;
  readonly asked: {
    current: {
      readonly input: Float32Array;
      readonly revision: number;
      readonly wanted: readonly string[] | null;
    } | null;
  };
}

const nothingReturned: ReadonlySet<string> = new Set();

const noTensors: ReadonlyMap<string, Float32Array> = new Map();

const noAnswers: Answers = { last: null, runProblem: null, broken: null, runMs: null, runs: 0 };

const newConversation = (id: string): Conversation => ({
  id,
  store: createStore<Answers>()(() => noAnswers),
  asked: { current: null },
});

/** MACs up to which the reference answers in a few milliseconds; LeNet-5 has 0.4 million. */
const EVALUATED = 2_000_000;

/** Whether the reference evaluator keeps up with the pen. */
const isEvaluated = ({ macs, tensors }: Model): boolean => tensors !== null && macs <= EVALUATED;

const runtimeProblemOf = (error: unknown): RuntimeProblem | null =>
  error instanceof RuntimeError ? error.problem : null;

/** Anything else is a mistake of ours, for the panel's error boundary. */
const isUnforeseen = (error: unknown): boolean =>
  !(error instanceof WeightsError || error instanceof RuntimeError);

/** Whether WebGPU is worth a try where nobody asked for it: it is there, and the visitor does not save data. */
function useMayTryWebGpu(isAsked: boolean): boolean {
  const [may, setMay] = useState(false);
  useEffect(() => {
    const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
    if (!isAsked || connection?.saveData) return;
    let isCurrent = true;
    void hasWebGpu().then((found) => {
      if (isCurrent && found) setMay(true);
    });
    return () => {
      isCurrent = false;
    };
  }, [isAsked]);
  return may && isAsked;
}

/** Whether the page has been idle since something became so. */
function useIdleAfter(isReady: boolean): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => (isReady ? whenIdle(() => setIdle(true)) : undefined), [isReady]);
  return isReady && isIdle;
}

/**
 * Loads a trained network (when it is wanted or the page is idle) and answers inputs with it. WebAssembly answers first;
 * WebGPU takes over once it has been compared with it on the same input, and under `auto` only where it is faster.
 *
 * @param options.backend where to run it; WebGPU falls back to WebAssembly, and says why in `runtimeProblem`
 */
export function useDigitModel({
  source,
  backend,
}: {
  readonly source: ModelSource;
  readonly backend: BackendChoice;
}): DigitModel {
  const { id, isEager } = source;
  const queryClient = useQueryClient();
  const [wanted, setWanted] = useState(false);
  // Another network begins without an answer, and without a question made for this one.
  const { store, asked } = useMemo(() => newConversation(id), [id]);
  const answers = useStore(store);

  useEffect(() => (isEager ? whenIdle(() => setWanted(true)) : undefined), [isEager]);

  const card = useQuery({ ...sourceCardQuery(source), throwOnError: isUnforeseen });
  const weights = useQuery({ ...weightsQuery(source), enabled: wanted, throwOnError: isUnforeseen });
  const wasm = useQuery({
    ...sessionQuery(source, 'wasm'),
    enabled: wanted && weights.isSuccess,
    throwOnError: isUnforeseen,
  });
  // Unasked, a file of one's own is not loaded twice: it may be of any size.
  const mayTry = useMayTryWebGpu(backend === 'auto' && isEager);
  const isIdle = useIdleAfter(wasm.isSuccess && mayTry);
  const trial = useQuery({
    ...trialQuery(source),
    enabled: wanted && weights.isSuccess && (backend === 'webgpu' || (backend === 'auto' && isIdle)),
    throwOnError: isUnforeseen,
  });
  const tried = trial.data ?? null;
  const isWebGpuChosen =
    tried !== null &&
    tried.problem === null &&
    (backend === 'webgpu' || (backend === 'auto' && tried.faster === 'webgpu'));
  const webgpu = useQuery({
    ...sessionQuery(source, 'webgpu'),
    enabled: wanted && isWebGpuChosen,
    throwOnError: isUnforeseen,
  });

  // Once there is an answer to explain.
  const parameters = useQuery({
    ...parametersQuery(source),
    enabled: wasm.isSuccess && answers.last !== null && (weights.data?.parameters.size ?? 0) > 0,
    throwOnError: isUnforeseen,
  });

  const model = weights.data ?? null;
  const sound = (candidate: Session | undefined): Session | null =>
    candidate && candidate !== answers.broken?.session && !candidate.client.closed ? candidate : null;
  const session = (isWebGpuChosen ? sound(webgpu.data) : null) ?? sound(wasm.data);

  const latest = useRef({ model, session });
  const clock = useMemo(() => ({ of: session, runs: new RunClock() }), [session]);
  const clockInUse = useRef(clock);

  const answer = useCallback(
    async function ask(): Promise<void> {
      const request = asked.current;
      const { model: current, session: running } = latest.current;
      if (!request || !current) return;
      if (!running && !isEvaluated(current)) return;
      const { input, revision, wanted } = request;
      const settle = (inference: Inference, ran: Session | null): void => {
        // Cleared meanwhile, or a newer drawing was answered first.
        const { last } = store.getState();
        if (!asked.current || (last && last.revision > revision)) return;
        const { of, runs } = clockInUse.current;
        if (of === ran) runs.record(inference.runMs);
        const { median } = runs;
        store.setState({ last: inference, runMs: median, runs: runs.runs });
        if (ran && of === ran && median !== null && current.timedAs !== undefined) {
          recordTime(current.timedAs, { ms: median, backend: ran.backend, runs: runs.runs });
        }
      };
      try {
        settle(
          await queryClient.fetchQuery(inferenceQuery(current, running, input, revision, wanted)),
          running,
        );
        if (running) store.setState({ runProblem: null });
      } catch (error) {
        if (error instanceof Superseded) return;
        const problem = runtimeProblemOf(error);
        if (!problem) throw error;
        store.setState({
          runProblem: problem,
          ...(running?.client.closed ? { broken: { session: running, problem } } : {}),
        });
        if (!isEvaluated(current)) {
          // By a fresh worker, unless that one has been given up.
          if (running && !running.client.closed) await ask();
          return;
        }
        // The drawing is answered all the same.
        settle(await queryClient.fetchQuery(inferenceQuery(current, null, input, revision)), null);
      }
    },
    [queryClient, store, asked],
  );

  useEffect(() => {
    latest.current = { model, session };
    clockInUse.current = clock;
    // Weights have arrived, or another backend has taken over.
    void answer();
  }, [model, session, clock, answer]);

  const run = useCallback(
    (input: Float32Array, revision: number, wanted: readonly string[] | null = null): Promise<void> => {
      asked.current = { input, revision, wanted };
      setWanted(true);
      return answer();
    },
    [answer, asked],
  );

  const clear = useCallback(() => {
    asked.current = null;
    store.setState({ last: null });
  }, [store, asked]);

  const start = useCallback(() => setWanted(true), []);

  const retry = useCallback(() => {
    setWanted(true);
    store.getState().broken?.session.client.terminate();
    store.setState({ runProblem: null, broken: null });
    // Weights that do not match their card: either of the two may be the wrong one.
    const isCardDoubted = queryClient.getQueryState(['weights', id])?.status === 'error';
    for (const key of ['card', 'weights', 'session', 'trial'] as const) {
      void queryClient.resetQueries({
        queryKey: [key, id],
        predicate: ({ state }) =>
          state.status === 'error' ||
          (key === 'trial' && Boolean((state.data as BackendTrial | undefined)?.problem)) ||
          (key === 'card' && isCardDoubted) ||
          (key === 'session' && Boolean((state.data as Session | undefined)?.client.closed)),
      });
    }
  }, [queryClient, store, id]);

  const keys = progressKeys(id, backend === 'webgpu' ? ['wasm', 'webgpu'] : ['wasm']);
  const progress = useStore(progressStore, ({ byKey }) => {
    const key = keys.find((candidateKey) => byKey[candidateKey]);
    return key === undefined ? null : (byKey[key] ?? null);
  });

  const weightsError = weights.error ?? card.error;
  const weightsProblem = weightsError instanceof WeightsError ? weightsError.problem : null;
  const trialProblem = tried?.problem ?? runtimeProblemOf(trial.error) ?? runtimeProblemOf(webgpu.error);
  const runtimeProblem =
    answers.runProblem ??
    answers.broken?.problem ??
    runtimeProblemOf(wasm.error) ??
    // Nobody asked for what is only tried.
    (backend === 'webgpu' ? trialProblem : null);

  return {
    source,
    status: session
      ? 'runtime'
      : model
        ? 'reference'
        : weightsProblem
          ? 'failed'
          : wanted
            ? 'loading'
            : 'idle',
    progress,
    weightsProblem,
    runtimeProblem,
    trial:
      backend === 'webgpu' || mayTry
        ? { isUnderWay: trial.isFetching, result: tried, problem: trialProblem }
        : null,
    backend: session?.backend ?? null,
    session,
    card: card.data ?? null,
    graph: model?.graph ?? null,
    returned: model?.returned ?? nothingReturned,
    answersAt: model?.answersAt,
    tensors: model?.tensors ?? null,
    telling: model?.tensors ?? parameters.data ?? noTensors,
    parameters: model?.parameters ?? noTensors,
    agreement: session?.facts.maxError ?? null,
    last: answers.last,
    clocks: model && {
      weightsMs: model.weightsMs,
      session: session?.facts ?? null,
      runMs: answers.runMs,
      runs: answers.runs,
    },
    run,
    clear,
    start,
    retry,
  };
}
