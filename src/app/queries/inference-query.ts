import { queryOptions } from '@tanstack/react-query';
import { evaluateGraph } from '../../engine/evaluate/evaluate-graph.ts';
import { classNumbersOf } from '../../engine/graph/class-list.ts';
import { readClasses } from '../../engine/runtime/class-answer.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import type { Model, Session } from './model-queries.ts';

/** Who computed an answer: the reference evaluator in plain TypeScript, or onnxruntime-web. */
export type Answerer = 'reference' | Backend;

/** What a network says to one input. */
export interface Inference {
  /** Number of the drawing that this answers. */
  readonly revision: number;
  readonly by: Answerer;
  /** What the network's answer says of each class; they sum to 1. */
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

/** What has to be known of a network to read its answer. */
export type Answering = Pick<Model, 'graph'> & { readonly answersAt?: string | undefined };

/** Id of the node that the answer is read from. */
export const answersAt = ({ graph, answersAt: other }: Answering): string => other ?? graph.outputs[0] ?? '';

/** The probabilities that the values of the node `answersAt` stand for. */
export const probabilitiesOf = (answering: Answering, values: Float32Array): Float32Array =>
  // A softmax that the file lacks is taken here.
  readClasses(values, classNumbersOf(answering.graph, answersAt(answering))).probabilities;

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
      const probabilities = probabilitiesOf(model, outputs.get(answersAt(model)) ?? new Float32Array(0));
      // The network's last layer may not be in its file.
      const activations = outputs.has(output) ? outputs : new Map(outputs).set(output, probabilities);
      return { revision, by, probabilities, activations, runMs };
    },
    staleTime: Number.POSITIVE_INFINITY,
    // A drawing has some sixty revisions a second, of 50 kB each.
    gcTime: 5_000,
    networkMode: 'always',
    structuralSharing: false,
    retry: false,
  });
};
