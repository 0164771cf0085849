import { foldableBatchNorms } from '../graph/fold-batch-norm.ts';
import type { Graph } from '../graph/types.ts';
import type { FloatArray } from '../ops/types.ts';

/**
 * The tensors of {@link file://../graph/fold-batch-norm.ts foldBatchNorm}'s graph from those of the graph it was made of, by full name; computed in double
 * precision. @throws RangeError for a missing tensor
 */
export function foldBatchNormTensors(
  graph: Graph,
  tensors: ReadonlyMap<string, FloatArray>,
): ReadonlyMap<string, FloatArray> {
  const into = foldableBatchNorms(graph);
  const folded = new Map(tensors);
  const take = (name: string): FloatArray => {
    const values = folded.get(name);
    if (!values) throw new RangeError(`${name} has no values`);
    return values;
  };
  for (const [id, target] of into) {
    const norm = graph.nodeById.get(id);
    const layer = graph.nodeById.get(target);
    if (norm?.op !== 'BatchNormalization' || (layer?.op !== 'Conv' && layer?.op !== 'Gemm')) continue;
    const [scale, bias, mean, variance] = (['scale', 'bias', 'mean', 'variance'] as const).map((name) => {
      const values = take(`${id}.${name}`);
      folded.delete(`${id}.${name}`);
      return values;
    });
    const weight = Float64Array.from(take(`${target}.weight`));
    const before = folded.get(`${target}.bias`);
    const channels = scale?.length ?? 0;
    const after = new Float64Array(channels);
    const connections = layer.op === 'Conv' ? layer.attributes.connections : undefined;
    const slices = connections ? connections.reduce((sum, list) => sum + list.length, 0) : channels;
    const sliceSize = weight.length / slices;
    let first = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      const factor =
        (scale?.[channel] ?? 0) / Math.sqrt((variance?.[channel] ?? 0) + norm.attributes.epsilon);
      after[channel] = (bias?.[channel] ?? 0) + ((before?.[channel] ?? 0) - (mean?.[channel] ?? 0)) * factor;
      // A partially connected filter owns as many slices as channels it reads.
      const end = first + sliceSize * (connections ? (connections[channel]?.length ?? 0) : 1);
      for (let index = first; index < end; index += 1) weight[index] = (weight[index] ?? 0) * factor;
      first = end;
    }
    folded.set(`${target}.weight`, weight);
    folded.set(`${target}.bias`, after);
  }
  return folded;
}
