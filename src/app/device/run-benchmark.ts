import { computeCosts } from '../../engine/cost/costs.ts';
import { bytesPerValue } from '../../engine/cost/memory.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { NetworkMeasurement, PeakMeasurement, Precision } from '../../engine/measure/device-report.ts';
import { arithmeticGraph, memoryGraph } from '../../engine/measure/peak-networks.ts';
import { type RunStatistics, summariseRuns } from '../../engine/measure/statistics.ts';
import { needsNchw } from '../../engine/onnx/layout.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { RuntimeClient } from '../../engine/runtime/client.ts';
import { createRuntimeWorker } from '../../engine/runtime/create-worker.ts';
import { chooseThreads } from '../../engine/runtime/features.ts';
import { writtenInput } from '../../engine/runtime/model-input.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { seededInput } from '../../engine/weights/seeded.ts';

/** Runs before any is counted. */
const WARM_UPS = 2;
/** Runs that are counted at most, and the time after which no further one is begun. */
const MOST_RUNS = 30;
const LEAST_RUNS = 3;
const MOST_MS = 4000;
const SEED = 2026;

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
  const client = new RuntimeClient({ createWorker: createRuntimeWorker, runPatienceMs: 120_000 });
  try {
    const { macs } = computeCosts(graph).total;
    const begin = performance.now();
    const facts = await client.load(
      {
        backend,
        model: { kind: 'seeded', graph, seed: SEED, dtype: precision, answersOnly },
        input: writtenInput(graph),
        nchw: needsNchw(graph),
        check: null,
        threads: chooseThreads(macs, crossOriginIsolated, navigator.hardwareConcurrency),
      },
      { signal },
    );
    const startMs = performance.now() - begin;
    const input = seededInput(sizeOf(graph.input), SEED);
    const wanted = graph.outputs;
    const run = async (): Promise<number> => {
      const outcome = await client.run(input, wanted, { signal });
      if (outcome.status !== 'done') throw new DOMException('overtaken', 'AbortError');
      return outcome.runMs;
    };
    const firstRunMs = await run();
    for (let index = 0; index < WARM_UPS; index += 1) await run();
    const times: number[] = [];
    const until = performance.now() + MOST_MS;
    while (times.length < MOST_RUNS && (times.length < LEAST_RUNS || performance.now() < until)) {
      times.push(await run());
    }
    return { startMs, firstRunMs, threads: facts.threads, times: summariseRuns(times) };
  } finally {
    client.terminate();
  }
}

/** What a backend reaches at most: a large convolution's rate, and that of operators that only move values. */
export async function measurePeak(way: Way, signal: AbortSignal): Promise<PeakMeasurement> {
  const arithmetic = arithmeticGraph();
  const computed = await timeGraph(arithmetic, way, true, signal);
  const memory = memoryGraph();
  // Put together, its layers would move less than they are counted to.
  const moved = await timeGraph(memory, way, false, signal);
  // Every layer reads and writes its values once.
  const bytes = memory.nodes.reduce(
    (sum, { shape }) => sum + 2 * bytesPerValue[way.precision] * sizeOf(shape),
    0,
  );
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
