import type { Graph } from '../graph/types.ts';
import type { ModelCard } from './card.ts';
import { tensorsOf } from './graph-tensors.ts';
import { digestSha256 } from './platform.ts';
import { WeightsError } from './problem.ts';
import { readSafetensors, type StoredTensor } from './safetensors.ts';

/** SHA-256 in hexadecimal; null where the platform has no cryptography. */
export async function sha256(bytes: Uint8Array): Promise<string | null> {
  const digest = await digestSha256(bytes);
  return digest && Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/**
 * The tensors of a graph from those of a file, by the graph's own names. A file may use PyTorch's name within a node
 * (`running_mean`) instead.
 *
 * @throws WeightsError `missing-tensor`, `shape-differs` or `unexpected-tensor`: the file is of another network
 */
export function matchTensors(
  graph: Graph,
  stored: ReadonlyMap<string, StoredTensor>,
): ReadonlyMap<string, Float32Array> {
  const used = new Set<string>();
  const matched = new Map<string, Float32Array>();
  for (const { name, node, shape, spec } of tensorsOf(graph)) {
    const found = [name, `${node}.${spec.torchName}`].find((candidate) => stored.has(candidate));
    const tensor = stored.get(found ?? '');
    if (found === undefined || !tensor) throw new WeightsError({ code: 'missing-tensor', tensor: name });
    if (!sameShape(tensor.shape, shape)) {
      throw new WeightsError({ code: 'shape-differs', tensor: name, actual: tensor.shape, expected: shape });
    }
    used.add(found);
    matched.set(name, tensor.values);
  }
  for (const tensor of stored.keys()) {
    if (!used.has(tensor)) throw new WeightsError({ code: 'unexpected-tensor', tensor });
  }
  return matched;
}

/**
 * Reads a weight file for a graph, having checked that it is the one its card describes. Where the platform has no
 * cryptography the hash goes unchecked; length, names and shapes never do.
 *
 * @throws WeightsError any code but `http`, `network` and `bad-card`
 */
export async function readWeights(
  graph: Graph,
  card: ModelCard,
  bytes: Uint8Array,
): Promise<ReadonlyMap<string, Float32Array>> {
  if (bytes.length < card.bytes) {
    throw new WeightsError({ code: 'truncated', actual: bytes.length, expected: card.bytes });
  }
  const actual = await sha256(bytes);
  if (actual !== null && actual !== card.sha256) {
    throw new WeightsError({ code: 'hash-differs', actual, expected: card.sha256 });
  }
  return matchTensors(graph, readSafetensors(bytes));
}
