import { useCallback, useEffect, useRef, useState } from 'react';
import {
  createOcclusionMap,
  type OcclusionPlan,
  occlude,
  occlusionPlaces,
} from '../../../engine/attribution/occlusion.ts';
import { RuntimeError, type RuntimeProblem } from '../../../engine/runtime/problem.ts';
import type { Session } from '../../queries/model-queries.ts';

/** What was asked about one input. */
export interface OcclusionQuestion {
  /** `[channels, height, width]` as the network is given it. */
  readonly input: Float32Array;
  readonly plan: OcclusionPlan;
  /** What a covered pixel is, one value a channel. */
  readonly fill: readonly number[];
  /** Id of the node with the probabilities. */
  readonly output: string;
}

/** How far the square has come, and what the network said at each of its places. */
export interface OcclusionProgress {
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  readonly question: OcclusionQuestion;
  readonly total: number;
  /** Probabilities with nothing covered. */
  readonly whole: Float32Array;
  /** Probabilities with one place covered, in the order of the places: of all of them once it is done. */
  readonly covered: readonly Float32Array[];
  readonly problem: RuntimeProblem | null;
}

/** Milliseconds between two paintings of a map that grows. */
const PAINTED_MS = 80;

/** Moves a square over an input, one run after the other, behind whatever else the network is asked. */
export function useOcclusion(
  session: Session | null,
  input: Float32Array | null,
): {
  /** Of the input at hand; null while nothing was asked of it. */
  readonly progress: OcclusionProgress | null;
  start(question: OcclusionQuestion): void;
  cancel(): void;
} {
  const [progress, setProgress] = useState<OcclusionProgress | null>(null);
  const abort = useRef<AbortController | null>(null);

  const cancel = useCallback(() => abort.current?.abort(), []);

  // Another input, or another way to run it, ends what is under way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both stand for what the runs are of.
  useEffect(() => cancel, [session, input, cancel]);

  const start = useCallback(
    (question: OcclusionQuestion) => {
      if (!session) return;
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      void moveSquare(session, question, own.signal, (next) => {
        // What a newer question has ended has no more to say.
        if (abort.current === own) setProgress(next);
      });
    },
    [session],
  );

  return { progress: progress?.question.input === input ? progress : null, start, cancel };
}

async function moveSquare(
  { client }: Session,
  question: OcclusionQuestion,
  signal: AbortSignal,
  tell: (progress: OcclusionProgress) => void,
): Promise<void> {
  const { input, plan, fill, output } = question;
  const places = occlusionPlaces(plan);
  const covered: Float32Array[] = [];
  let whole = new Float32Array(0);
  const say = (status: OcclusionProgress['status'], problem: RuntimeProblem | null = null) =>
    tell({ status, question, total: places.length, whole, covered: [...covered], problem });
  const ask = async (values: Float32Array): Promise<Float32Array<ArrayBuffer>> => {
    const outcome = await client.run(values, [output], { signal, inBackground: true });
    return outcome.status === 'done'
      ? Float32Array.from(outcome.outputs.get(output) ?? [])
      : new Float32Array(0);
  };
  say('running');
  try {
    whole = await ask(input);
    let painted = performance.now();
    for (const place of places) {
      covered.push(await ask(occlude(input, plan, place, fill)));
      if (performance.now() - painted < PAINTED_MS) continue;
      painted = performance.now();
      say('running');
    }
    say('done');
  } catch (error) {
    if (signal.aborted) say('cancelled');
    else if (error instanceof RuntimeError) say('failed', error.problem);
    else throw error;
  }
}

/** The drops of one class's probability so far: the mean over the squares that covered a pixel. */
export function dropsOf({ question, whole, covered }: OcclusionProgress, index: number): Float32Array {
  const map = createOcclusionMap(question.plan);
  const places = occlusionPlaces(question.plan);
  for (const [at, probabilities] of covered.entries()) {
    const place = places[at];
    if (place) map.add(place, (whole[index] ?? 0) - (probabilities[index] ?? 0));
  }
  return map.values();
}
