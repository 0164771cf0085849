import type { Graph } from '../graph/types.ts';
import type { Initialisation } from '../ops/types.ts';
import { type GraphTensor, tensorsOf } from './graph-tensors.ts';

/** FNV-1a over UTF-16 code units: 32 bits that differ from name to name. */
function hashText(text: string, from: number): number {
  let hash = from >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A generator of uniform numbers in [0, 1) from a 32-bit seed (Chris Doty-Humphrey's sfc32, 128 bits of state). */
export function uniformGenerator(seed: number): () => number {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = ~seed;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Neighbouring seeds start alike; a few rounds part them.
  for (let round = 0; round < 15; round += 1) next();
  return next;
}

/** Half the width of the uniform distribution around 0 that has the variance the initialisation asks for. */
function boundOf(initialisation: Exclude<Initialisation, { kind: 'constant' }>): number {
  switch (initialisation.kind) {
    case 'he':
      return Math.sqrt(6 / initialisation.fanIn);
    case 'glorot':
      return Math.sqrt(6 / (initialisation.fanIn + initialisation.fanOut));
  }
}

/**
 * Untrained values of one tensor, from the first on: every call fills the array that it is given with those that
 * follow, so that a tensor of any size can be made piece by piece.
 *
 * @param seed any 32-bit whole number
 */
export function seededValues(
  { name, spec: { initialisation } }: GraphTensor,
  seed: number,
): (into: Float32Array) => void {
  if (initialisation.kind === 'constant') return (into) => void into.fill(initialisation.value);
  const bound = boundOf(initialisation);
  const next = uniformGenerator(hashText(name, seed ^ 0x811c9dc5));
  return (into) => {
    for (let index = 0; index < into.length; index += 1) into[index] = (2 * next() - 1) * bound;
  };
}

/** {@link seededValues}, all of them. */
export function seededTensor(tensor: GraphTensor, seed: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(tensor.size);
  seededValues(tensor, seed)(values);
  return values;
}

/**
 * Untrained values of every tensor of a graph: He et al. (2015) and Glorot and Bengio (2010) in their uniform form.
 * A tensor depends on the seed and its own name alone, so that a network's head may change without its stem.
 *
 * @param seed any 32-bit whole number
 */
export function seededTensors(graph: Graph, seed: number): ReadonlyMap<string, Float32Array> {
  return new Map(tensorsOf(graph).map((tensor) => [tensor.name, seededTensor(tensor, seed)] as const));
}

/** A seeded picture for tests and self-checks: `size` values, uniform in [−1, 1). */
export function seededInput(size: number, seed: number): Float32Array {
  const next = uniformGenerator(seed);
  return Float32Array.from({ length: size }, () => 2 * next() - 1);
}
