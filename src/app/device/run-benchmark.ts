import { computeCosts } from '../../engine/cost/costs.ts';
import { bytesPerValue } from '../../engine/cost/memory.ts';
import { foldBatchNorm } from '../../engine/graph/fold-batch-norm.ts';
import { type Graph, INPUT } from '../../engine/graph/types.ts';
import type {
  DeviceFacts,
  NetworkMeasurement,
  PeakMeasurement,
  Precision,
} from '../../engine/measure/device-report.ts';
import { arithmeticGraph, memoryGraph } from '../../engine/measure/peak-networks.ts';
import { type RunStatistics, summariseRuns } from '../../engine/measure/statistics.ts';
import { needsNchw } from '../../engine/onnx/layout.ts';
import {
  planQuantisation,
  type QuantisationPlan,
  type Range,
  widenRanges,
} from '../../engine/onnx/quantise.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { type RunOutcome, RuntimeClient } from '../../engine/runtime/client.ts';
import { createRuntimeWorker } from '../../engine/runtime/create-worker.ts';
import { chooseThreads } from '../../engine/runtime/features.ts';
import { writtenInput } from '../../engine/runtime/model-input.ts';
import type { Backend, SeededModel } from '../../engine/runtime/protocol.ts';
import { seededInput } from '../../engine/weights/seeded.ts';

/** Runs before any is counted. */
const WARM_UPS = 2;
/** Runs that are counted at most, and the time after which no further one is begun. */
const MOST_RUNS = 30;
const LEAST_RUNS = 3;
const MOST_MS = 4000;
const SEED = 2026;
/** Runs in float32 from which the scales of whole numbers are taken. */
export const CALIBRATION_RUNS = 4;

/** One network to be timed on one backend. */
export interface BenchmarkTask {
  readonly network: string;
  readonly graph: Graph;
  readonly way: Way;
}

/** Where and with what numbers a network is computed. */
export interface Way {
  readonly backend: Backend;
  readonly precision: Precision;
}

/** Why nothing is computed in a way; null where it is. */
export type Obstacle = 'no-adapter' | 'no-half' | 'wasm-has-no-half' | 'webgpu-has-no-whole';

/** What a device lacks for a way to compute. */
export function obstacleOf({ backend, precision }: Way, { gpu }: DeviceFacts): Obstacle | null {
  if (backend === 'wasm') {
    // It would turn every tensor, and compute in float32.
    return precision === 'fp16' ? 'wasm-has-no-half' : null;
  }
  if (!gpu) return 'no-adapter';
  if (precision === 'fp16' && !gpu.hasHalf) return 'no-half';
  // onnxruntime has no whole-number convolution for WebGPU: it would go back to the CPU, layer by layer.
  return precision === 'int8' ? 'webgpu-has-no-whole' : null;
}

type ModelOf = Omit<SeededModel, 'kind' | 'seed'>;

/** A worker with a network of seeded weights in it; to be ended by whoever asked for it. */
async function load(
  model: ModelOf,
  backend: Backend,
  signal: AbortSignal,
): Promise<{
  readonly client: RuntimeClient;
  readonly threads: number;
  run(input: Float32Array, wanted: readonly string[]): Promise<Extract<RunOutcome, { status: 'done' }>>;
}> {
  const { graph } = model;
  const client = new RuntimeClient({ createWorker: createRuntimeWorker, runPatienceMs: 120_000 });
  try {
    const { threads } = await client.load(
      {
        backend,
        model: { kind: 'seeded', seed: SEED, ...model },
        input: writtenInput(graph),
        nchw: needsNchw(graph),
        check: null,
        threads: chooseThreads(
          computeCosts(graph).total.macs,
          crossOriginIsolated,
          navigator.hardwareConcurrency,
        ),
      },
      { signal },
    );
    return {
      client,
      threads,
      run: async (input, wanted) => {
        const outcome = await client.run(input, wanted, { signal });
        if (outcome.status !== 'done') throw new DOMException('overtaken', 'AbortError');
        return outcome;
      },
    };
  } catch (error) {
    client.terminate();
    throw error;
  }
}

/** At which scales a network's tensors are bytes: from a few runs in float32, in a worker that ends with them. */
async function calibrate(graph: Graph, signal: AbortSignal): Promise<QuantisationPlan> {
  const { client, run } = await load({ graph }, 'wasm', signal);
  try {
    const ranges = new Map<string, Range>();
    const wanted = graph.nodes.map(({ id }) => id);
    for (let picture = 1; picture <= CALIBRATION_RUNS; picture += 1) {
      const input = seededInput(sizeOf(graph.input), SEED + picture);
      widenRanges(ranges, [[INPUT, input]]);
      widenRanges(ranges, (await run(input, wanted)).outputs);
    }
    return planQuantisation(graph, ranges);
  } finally {
    client.terminate();
  }
}

/** A network as it is computed in some precision. */
async function modelIn(precision: Precision, graph: Graph, signal: AbortSignal): Promise<ModelOf> {
  if (precision !== 'int8') return { graph, dtype: precision };
  // A batch norm between a convolution and its bytes would be computed in float32.
  const folded = foldBatchNorm(graph);
  return { graph: folded, quantisation: await calibrate(folded, signal) };
}

/** Times a graph with seeded weights: start, first run, and steady runs, never mixed. The worker is ended afterwards. */
async function timeGraph(
  graph: Graph,
  { backend, precision }: Way,
  /** Whether the runtime may put layers together. */
  answersOnly: boolean,
  signal: AbortSignal,
): Promise<{
  readonly startMs: number;
  readonly firstRunMs: number;
  readonly threads: number;
  readonly times: RunStatistics;
}> {
  const model = await modelIn(precision, graph, signal);
  const begin = performance.now();
  const { client, threads, run } = await load({ ...model, answersOnly }, backend, signal);
  try {
    const startMs = performance.now() - begin;
    const input = seededInput(sizeOf(graph.input), SEED);
    const runMs = async (): Promise<number> => (await run(input, model.graph.outputs)).runMs;
    const firstRunMs = await runMs();
    for (let index = 0; index < WARM_UPS; index += 1) await runMs();
    const times: number[] = [];
    const until = performance.now() + MOST_MS;
    while (times.length < MOST_RUNS && (times.length < LEAST_RUNS || performance.now() < until)) {
      times.push(await runMs());
    }
    return { startMs, firstRunMs, threads, times: summariseRuns(times) };
  } finally {
    client.terminate();
  }
}

/** What a backend reaches at most: a large convolution's rate, and that of operators that only move values. */
export async function measurePeak(way: Way, signal: AbortSignal): Promise<PeakMeasurement> {
  const arithmetic = arithmeticGraph();
  const computed = await timeGraph(arithmetic, way, true, signal);
  const memory = memoryGraph();
  // Bytes take as long whatever they stand for, and its layers would turn whole numbers into float32 and back.
  const moving = way.precision === 'int8' ? 'fp32' : way.precision;
  // Put together, its layers would move less than they are counted to.
  const moved = await timeGraph(memory, { ...way, precision: moving }, false, signal);
  // Every layer reads and writes its values once.
  const bytes = memory.nodes.reduce((sum, { shape }) => sum + 2 * bytesPerValue[moving] * sizeOf(shape), 0);
  return {
    ...way,
    threads: computed.threads,
    macsPerSecond: (1000 * computeCosts(arithmetic).total.macs) / computed.times.least,
    bytesPerSecond: (1000 * bytes) / moved.times.least,
  };
}

/** Times a network. Fails with RuntimeError, or the signal's reason once it is aborted. */
export async function measureNetwork(task: BenchmarkTask, signal: AbortSignal): Promise<NetworkMeasurement> {
  const { network, graph, way } = task;
  return { network, ...way, ...(await timeGraph(graph, way, true, signal)) };
}
