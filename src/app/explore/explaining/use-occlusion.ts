import { useCallback, useEffect, useRef, useState } from 'react';
import { coverPlaces, type OcclusionQuestion } from '../../../engine/attribution/cover-places.ts';
import { createOcclusionMap, occlusionPlaces } from '../../../engine/attribution/occlusion.ts';
import { computeCosts } from '../../../engine/cost/costs.ts';
import { RuntimeError, type RuntimeProblem } from '../../../engine/runtime/problem.ts';
import { type Answering, answersAt, probabilitiesOf } from '../../queries/inference-query.ts';
import type { Session } from '../../queries/model-queries.ts';

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

/** Moves a square over an input, behind whatever else the network is asked. */
export function useOcclusion(
  session: Session | null,
  answering: Answering | null,
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
      if (!session || !answering) return;
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      void moveSquare(session, answering, question, own.signal, (next) => {
        // What a newer question has ended has no more to say.
        if (abort.current === own) setProgress(next);
      });
    },
    [session, answering],
  );

  return { progress: progress?.question.input === input ? progress : null, start, cancel };
}

async function moveSquare(
  { client, mostImages }: Session,
  answering: Answering,
  question: OcclusionQuestion,
  signal: AbortSignal,
  tell: (progress: OcclusionProgress) => void,
): Promise<void> {
  const total = occlusionPlaces(question.plan).length;
  const output = answersAt(answering);
  const covered: Float32Array[] = [];
  let whole = new Float32Array(0);
  const say = (status: OcclusionProgress['status'], problem: RuntimeProblem | null = null) =>
    tell({ status, question, total, whole, covered: [...covered], problem });
  const ask = async (images: Float32Array, count: number) => {
    const start = performance.now();
    const outcome = await client.run(images, [output], { signal, inBackground: true, images: count });
    const values = (outcome.status === 'done' && outcome.outputs.get(output)) || new Float32Array(0);
    const size = values.length / count;
    const answers = Array.from({ length: count }, (_, image) =>
      probabilitiesOf(answering, values.slice(image * size, (image + 1) * size)),
    );
    // With the way to the worker and back, which a batch takes once.
    return { answers, ms: performance.now() - start };
  };
  say('running');
  try {
    let painted = performance.now();
    const imageBytes = 4 * computeCosts(answering.graph).total.activations;
    for await (const answers of coverPlaces(ask, question, { mostImages, imageBytes })) {
      if (whole.length === 0) whole = Float32Array.from(answers[0] ?? []);
      else covered.push(...answers);
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
