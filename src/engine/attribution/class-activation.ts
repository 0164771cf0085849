import type { Graph, GraphNode } from '../graph/types.ts';
import type { FloatArray } from '../ops/types.ts';
import { asImage } from '../ops/window.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';

/**
 * Where a network's class maps come from (Zhou et al. 2016, "Learning Deep Features for Discriminative Localization"):
 * maps whose spatial means are all that the classes are told by.
 */
export interface ClassMaps {
  /** Id of the node whose output, `[channels, height, width]`, is averaged. */
  readonly maps: string;
  /** Id of the linear layer behind the means; null where each mean is a class's logit itself (NiN, SqueezeNet). */
  readonly classifier: string | null;
  /** Full names of that layer's tensors: its weight, and its bias where it has one. */
  readonly tensors: readonly string[];
  /** Id of the node whose values are the logits. */
  readonly logits: string;
  readonly classes: number;
  readonly height: number;
  readonly width: number;
}

/** Whether a node hands its input's values on as they are, in inference. */
const passesOn = ({ op }: GraphNode): boolean =>
  op === 'Flatten' || op === 'Identity' || op === 'Dropout' || op === 'StochasticDepth';

/** Whether a node makes one mean of each whole map. */
function isWholeMean(node: GraphNode): boolean {
  const [, height, width] = node.shape;
  if (height !== 1 || width !== 1) return false;
  if (node.op === 'GlobalAveragePool' || node.op === 'AdaptiveAveragePool') return true;
  if (node.op !== 'AveragePool') return false;
  const [, rows, columns] = node.inputShapes[0] ?? [];
  const { kernel, padding } = node.attributes;
  return kernel[0] === rows && kernel[1] === columns && padding.every((side) => side === 0);
}

/** Whether a node is a linear layer over means: fully connected, or a 1×1 convolution over one pixel. */
function isLinear(node: GraphNode): boolean {
  if (node.op === 'Gemm') return true;
  if (node.op !== 'Conv' || node.attributes.groups !== 1 || node.attributes.connections) return false;
  const [, rows, columns] = node.inputShapes[0] ?? [];
  const { kernel, padding } = node.attributes;
  return (
    rows === 1 && columns === 1 && kernel[0] === 1 && kernel[1] === 1 && padding.every((side) => side === 0)
  );
}

/**
 * The class maps of a network whose main output is the mean of its last maps, through at most one linear layer and a
 * softmax; null for any other. Nothing of the result is approximate: the mean of a class's map and the class's bias add
 * up to its logit.
 */
export function findClassMaps(graph: Graph): ClassMaps | null {
  if (graph.problem) return null;
  const before = (node: GraphNode | undefined): GraphNode | undefined =>
    graph.nodeById.get(node?.inputs[0] ?? '');
  let node = graph.nodeById.get(graph.outputs[0] ?? '');
  if (node?.op === 'Softmax') node = before(node);
  if (!node) return null;
  const logits = node;
  while (node && passesOn(node)) node = before(node);
  let classifier: GraphNode | null = null;
  if (node && isLinear(node)) {
    classifier = node;
    node = before(node);
    while (node && passesOn(node)) node = before(node);
  }
  if (!node || !isWholeMean(node)) return null;
  const [, height = 1, width = 1] = asImage(node.inputShapes[0] ?? []);
  // One pixel says nothing of where.
  if (height * width < 2 || !graph.nodeById.has(node.inputs[0] ?? '')) return null;
  return {
    maps: node.inputs[0] ?? '',
    classifier: classifier?.id ?? null,
    tensors: tensorsOf(graph).flatMap(({ name, node: of }) => (of === classifier?.id ? [name] : [])),
    logits: logits.id,
    classes: logits.shape.reduce((product, extent) => product * extent, 1),
    height,
    width,
  };
}

/** A class's map and what is added to its mean. */
export interface ClassActivation {
  /** `[height, width]`, in units of the logit. */
  readonly map: Float32Array;
  /** The class's bias in the linear layer; 0 without one. */
  readonly bias: number;
}

/**
 * How much each place of the last maps speaks for a class: their sum weighted by the class's row of the linear layer, or
 * the class's own map where there is none. Its mean plus `bias` is the class's logit.
 *
 * @param maps values of the node `found.maps`, `[channels, height, width]`
 * @param tensors of the graph by full name; asked for those of `found.tensors` alone
 * @throws RangeError for a class that the network does not have, values of another size, or a tensor that is missing
 */
export function classActivation(
  found: ClassMaps,
  maps: FloatArray,
  tensors: ReadonlyMap<string, FloatArray>,
  index: number,
): ClassActivation {
  const { classifier, classes, height, width } = found;
  const size = height * width;
  const channels = maps.length / size;
  if (!Number.isInteger(index) || index < 0 || index >= classes) {
    throw new RangeError(`no class ${index} of ${classes}`);
  }
  if (!Number.isInteger(channels))
    throw new RangeError(`${maps.length} values are no maps of ${height}×${width}`);
  if (classifier === null) {
    return { map: Float32Array.from(maps.slice(index * size, (index + 1) * size)), bias: 0 };
  }
  const weights = tensors.get(`${classifier}.weight`);
  if (weights?.length !== channels * classes) {
    throw new RangeError(
      `${classifier}.weight has ${weights?.length ?? 'no'} values, not ${classes}×${channels}`,
    );
  }
  const sums = new Float64Array(size);
  for (let channel = 0; channel < channels; channel += 1) {
    const weight = weights[index * channels + channel] ?? 0;
    for (let place = 0; place < size; place += 1) {
      sums[place] = (sums[place] ?? 0) + weight * (maps[channel * size + place] ?? 0);
    }
  }
  const biases = tensors.get(`${classifier}.bias`);
  if (!biases && found.tensors.includes(`${classifier}.bias`))
    throw new RangeError(`${classifier} has a bias`);
  return { map: Float32Array.from(sums), bias: biases?.[index] ?? 0 };
}
