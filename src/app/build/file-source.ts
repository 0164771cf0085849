import { computeCosts } from '../../engine/cost/costs.ts';
import type { ImportedModel } from '../../engine/onnx/import.ts';
import { needsNchw } from '../../engine/onnx/layout.ts';
import { type InputType, inputTypes } from '../../engine/runtime/tensor-values.ts';
import { type RunMemory, runMemory } from '../models/run-memory.ts';
import { tellingParameters } from '../queries/file-parameters.ts';
import type { ModelSource } from '../queries/model-queries.ts';
import type { OpenedFile } from './opened-store.ts';
import { type PictureInput, type PixelOrder, pictureInputOf } from './picture-input.ts';

/** Milliseconds for which the runtime is kept after the page has been left: a file may be large. */
const KEPT_MS = 5_000;

/** What a run of a file's network takes. */
export const memoryOfFile = ({ graph, weights }: ImportedModel): RunMemory =>
  runMemory(weights.bytes, computeCosts(graph).total.activations, 'file');

const isInputType = (type: string): type is InputType => inputTypes.includes(type as InputType);

/** Whether a file holds whole-number operators, which run on WebAssembly alone. */
export const isQuantised = ({ notes }: ImportedModel): boolean =>
  notes.some(({ code }) => code === 'quantised');

/** Why a network out of a file cannot be run on a picture. */
export type RunObstacle =
  /** Weights in files that were not given, or that are too short. */
  | 'weights'
  | 'other-inputs'
  | 'unknown-shapes'
  | 'no-picture'
  | 'type'
  /** The runtime has no convolution of doubles. */
  | 'float64'
  | 'output';

/** What keeps a network from being run on a picture; null where nothing does. */
export function runObstacle({
  graph,
  input,
  otherInputs,
  weights,
  tensors,
}: ImportedModel): RunObstacle | null {
  if (weights.problem) return 'weights';
  if (otherInputs.length > 0) return 'other-inputs';
  if (graph.problem) return 'unknown-shapes';
  if (!pictureInputOf(graph.input)) return 'no-picture';
  if (!isInputType(input.type)) return 'type';
  const isDouble = 2 * (weights.byType.get('float64') ?? 0) > weights.bytes;
  if (isDouble && graph.nodes.some(({ op }) => op === 'Conv')) return 'float64';
  return tensors.has(graph.outputs[0] ?? '') ? null : 'output';
}

/**
 * A visitor's file as something to run.
 *
 * @param picture that it takes
 * @param order of the picture's values
 */
export function fileSource(
  { id, file, beside, model }: OpenedFile,
  { shape: [channels = 1] }: PictureInput,
  order: PixelOrder,
): ModelSource {
  const { graph, input, tensors, answer } = model;
  const parameters = tellingParameters(model);
  return {
    // Another size is another session, and so is another answer: the weights that explain it are.
    id: `${id} ${input.shape.join('×')} ${order} ${[...beside.keys()].join()} ${answer}`,
    isEager: false,
    keptMs: KEPT_MS,
    card: () => Promise.resolve(null),
    model: () =>
      Promise.resolve({
        card: null,
        graph,
        tensors: null,
        parameters,
        returned: new Set(tensors.keys()),
        macs: computeCosts(graph).total.macs,
        weightsMs: null,
      }),
    request: () => ({
      model: { kind: 'file', file, beside, tensors, parameters },
      input: {
        ...input,
        type: isInputType(input.type) ? input.type : 'float32',
        channelsLast: order === 'interleaved' ? channels : input.channelsLast,
      },
      // Convolutions without rules here may be of the kind that the default layout gets wrong.
      nchw: needsNchw(graph) || graph.nodes.some(({ op }) => op === 'Opaque'),
      check: null,
    }),
  };
}
