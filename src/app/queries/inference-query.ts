import { queryOptions } from '@tanstack/react-query';
import { evaluateGraph } from '../../engine/evaluate/evaluate-graph.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { softmax } from '../../engine/runtime/softmax.ts';
import type { Model, Session } from './model-queries.ts';

/** Who computed an answer: the reference evaluator in plain TypeScript, or onnxruntime-web. */
export type Answerer = 'reference' | Backend;

/** What a network says to one input. */
export interface Inference {
  /** Number of the drawing that this answers. */
  readonly revision: number;
  readonly by: Answerer;
  /** The network's main output, one number a class. */
  readonly probabilities: Float32Array;
  /** Outputs of nodes by id, row-major: of every node, or of those that were asked for. */
  readonly activations: ReadonlyMap<string, Float32Array>;
  /** Milliseconds of the run alone. */
  readonly runMs: number;
}

/** Thrown for a run that a newer drawing overtook before it began. */
export class Superseded extends Error {
  constructor() {
    super('superseded by a newer drawing');
    this.name = 'Superseded';
  }
}

function evaluateReference({ graph, tensors }: Model, input: Float32Array) {
  if (!tensors) throw new RangeError(`the tensors of ${graph.id} are the runtime's alone`);
  const start = performance.now();
  const outputs = evaluateGraph(graph, tensors, input, { precision: 'fp32' });
  const runMs = performance.now() - start;
  return { outputs: outputs as ReadonlyMap<string, Float32Array>, runMs };
}

async function runSession(
  { client }: Session,
  { returned }: Model,
  input: Float32Array,
  wanted: readonly string[] | null,
) {
  const outcome = await client.run(input, wanted ?? [...returned]);
  if (outcome.status === 'superseded') throw new Superseded();
  return outcome;
}

/**
 * One input's answer, by the runtime or, without a session, by the reference evaluator. The key holds the drawing's
 * revision, never its pixels. Fails with RuntimeError, or Superseded.
 *
 * @param wanted ids of the nodes whose outputs are returned, the network's output among them; null for all. Another choice
 * needs another revision.
 */
export const inferenceQuery = (
  model: Model,
  session: Session | null,
  input: Float32Array,
  revision: number,
  wanted: readonly string[] | null = null,
) => {
  const by: Answerer = session?.backend ?? 'reference';
  return queryOptions({
    queryKey: ['inference', model.graph.id, by, revision] as const,
    queryFn: async (): Promise<Inference> => {
      const { outputs, runMs } = session
        ? await runSession(session, model, input, wanted)
        : evaluateReference(model, input);
      const output = model.graph.outputs[0] ?? '';
      if (model.answersAt === undefined || model.answersAt === output) {
        const probabilities = outputs.get(output) ?? new Float32Array(0);
        return { revision, by, probabilities, activations: outputs, runMs };
      }
      // The network's last layer is not in its file: a softmax, which is taken here.
      const probabilities = softmax(outputs.get(model.answersAt) ?? new Float32Array(0));
      return { revision, by, probabilities, activations: new Map(outputs).set(output, probabilities), runMs };
    },
    staleTime: Number.POSITIVE_INFINITY,
    // A drawing has some sixty revisions a second, of 50 kB each.
    gcTime: 5_000,
    networkMode: 'always',
    structuralSharing: false,
    retry: false,
  });
};
