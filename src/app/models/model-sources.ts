import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { needsNchw } from '../../engine/onnx/layout.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { writtenInput } from '../../engine/runtime/model-input.ts';
import type { PictureExpectation } from '../../engine/runtime/preprocess/picture.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { tellingParameters } from '../queries/file-parameters.ts';
import type { ModelSource } from '../queries/model-queries.ts';
import type { ImageNetModel } from '../state/running-model.ts';

/** Milliseconds for which the runtime is kept after its model was left: it holds up to gigabytes. */
const KEPT_MS = 5_000;

/** The seed of all random weights: the same network has the same ones everywhere. */
export const SEED = 1;

/** A network with untrained weights, at any size of its input. */
export function randomSource(architecture: Architecture, graph: Graph): ModelSource {
  const { values } = architecture;
  // The time does not depend on the weights, but on the network's numbers and the size of its input.
  const isPublished =
    architectures.get(graph.id) === architecture && sizeOf(graph.input) === sizeOf(architecture.input);
  return {
    id: `random ${graph.id} ${graph.input.join('×')} ${JSON.stringify(values ?? {})}`,
    isEager: false,
    keptMs: KEPT_MS,
    card: () => Promise.resolve(null),
    model: () =>
      Promise.resolve({
        card: null,
        graph,
        tensors: null,
        parameters: new Map(),
        returned: new Set(graph.nodes.map(({ id }) => id)),
        macs: computeCosts(graph).total.macs,
        ...(isPublished ? { timedAs: graph.id } : {}),
        weightsMs: null,
      }),
    request: () => ({
      model: { kind: 'seeded', graph, seed: SEED },
      input: writtenInput(graph),
      nchw: needsNchw(graph),
      check: null,
    }),
  };
}

/** Weights out of a downloaded file, run as the file has them. */
export function fileWeightsSource({ network, weights, file, imported, adopted }: ImageNetModel): ModelSource {
  const { input } = imported;
  const parameters = tellingParameters(adopted);
  return {
    id: `imagenet ${weights.id} ${network}`,
    isEager: false,
    keptMs: KEPT_MS,
    card: () => Promise.resolve(null),
    model: () =>
      Promise.resolve({
        card: null,
        graph: adopted.graph,
        tensors: null,
        parameters,
        returned: new Set(adopted.tensors.keys()),
        answersAt: adopted.answer,
        macs: computeCosts(adopted.graph).total.macs,
        // Whole numbers and halves take another time than the network itself.
        ...(weights.kind === 'fp32' ? { timedAs: network } : {}),
        weightsMs: null,
      }),
    request: () => ({
      model: { kind: 'file', file, beside: new Map(), tensors: adopted.tensors, parameters },
      input: { ...input, type: 'float32' },
      nchw: needsNchw(imported.graph) || imported.graph.nodes.some(({ op }) => op === 'Opaque'),
      check: null,
    }),
  };
}

/** How a picture is given to a network with random weights: colour by ImageNet's mean and spread, grey from 0 to 1. */
export const untrainedExpectation = (graph: Graph): PictureExpectation => ({
  shape: graph.input,
  preprocessing:
    graph.input[0] === 3
      ? { scale: 1, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
      : { scale: 1, mean: 0, std: 1 },
});

/** Whether random weights can be run: the network fits together and reads a picture, and gives one number a class. */
export const takesPictures = (graph: Graph): boolean =>
  graph.problem === null && graph.input.length === 3 && (graph.input[0] === 1 || graph.input[0] === 3);
