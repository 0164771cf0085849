import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { type Graph, shapeOf } from '../../engine/graph/types.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import type { RuntimeProblem } from '../../engine/runtime/problem.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { compareOutputs } from '../../engine/runtime/self-check.ts';
import { answersAt } from './inference-query.ts';
import {
  knownInput,
  lasting,
  type Model,
  type ModelSource,
  type Session,
  sessionQuery,
  TOLERANCE,
  weightsQuery,
} from './model-queries.ts';
import { type TimedRuns, timeRuns } from './time-runs.ts';

/** How WebGPU compares with WebAssembly for one network on this device. */
export interface BackendTrial {
  /** Steady runs of both, after warming up; null of WebGPU where it computes wrong numbers. */
  readonly times: { readonly wasm: TimedRuns; readonly webgpu: TimedRuns | null };
  readonly faster: Backend;
  /** Largest difference on the same input, relative to a tensor's largest value. */
  readonly maxError: number;
  /** Tensors that were compared. */
  readonly compared: number;
  /** Why WebGPU must not answer; null where it may. */
  readonly problem: RuntimeProblem | null;
}

/** Values that are fetched for a comparison at most; of a larger network the last tensors are compared. */
const MOST_VALUES = 6_000_000;

const TIMED_RUNS = 9;
const WARMING_RUNS = 2;
/** A backend that takes longer than this for its runs is slow enough to be told by three of them. */
const MOST_MS = 3000;

/** Ids of the tensors to compare, in execution order: all, or of a large network the last ones. */
export function tensorsToCompare(graph: Graph, returned: ReadonlySet<string>): readonly string[] {
  const ids: string[] = [];
  let values = 0;
  for (const { id } of [...graph.nodes].reverse()) {
    if (!returned.has(id)) continue;
    values += sizeOf(shapeOf(graph, id));
    if (values > MOST_VALUES && ids.length > 0) break;
    ids.unshift(id);
  }
  return ids;
}

/** Runs both on the same input, compares them, and takes their times. */
async function compare(
  model: Model,
  wasm: Session,
  webgpu: Session,
  signal: AbortSignal,
): Promise<BackendTrial> {
  const { graph, returned } = model;
  const input = knownInput(graph);
  const ids = tensorsToCompare(graph, returned);
  const outputsOf = async ({ client }: Session): Promise<ReadonlyMap<string, Float32Array>> => {
    const outcome = await client.run(input, ids, { signal, inBackground: true });
    return outcome.status === 'done' ? outcome.outputs : new Map();
  };
  const right = await outputsOf(wasm);
  const expected = ids.map((id) => [id, right.get(id) ?? new Float32Array(0)] as const);
  const { wrong, maxError } = compareOutputs(expected, await outputsOf(webgpu), TOLERANCE);
  const time = ({ client }: Session) =>
    timeRuns(client, input, answersAt(model), {
      ...{ runs: TIMED_RUNS, warming: WARMING_RUNS, mostMs: MOST_MS, signal },
    });
  const times = { wasm: await time(wasm), webgpu: wrong === null ? await time(webgpu) : null };
  return {
    times,
    faster: times.webgpu && times.webgpu.median < times.wasm.median ? 'webgpu' : 'wasm',
    maxError,
    compared: ids.length,
    problem: wrong === null ? null : { code: 'wrong-numbers', node: wrong, maxError },
  };
}

/** Both backends tried with one network, once a visit. Fails with RuntimeError or WeightsError. */
export const trialQuery = (source: ModelSource) =>
  queryOptions({
    ...lasting,
    queryKey: ['trial', source.id] as const,
    gcTime: Number.POSITIVE_INFINITY,
    queryFn: ({ client, signal }): Promise<BackendTrial> => tryBackends(client, source, signal),
  });

async function tryBackends(
  client: QueryClient,
  source: ModelSource,
  signal: AbortSignal,
): Promise<BackendTrial> {
  const model = await client.fetchQuery(weightsQuery(source));
  const wasm = await client.fetchQuery(sessionQuery(source, 'wasm'));
  const webgpu = await client.fetchQuery(sessionQuery(source, 'webgpu'));
  return compare(model, wasm, webgpu, signal);
}
