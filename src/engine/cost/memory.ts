import { type Graph, INPUT } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import { sizeOf } from '../ops/window.ts';

/** Number formats of a value in memory. */
export type DType = 'fp32' | 'fp16' | 'int8';

/** Bytes of one value. */
export const bytesPerValue: Record<DType, number> = { fp32: 4, fp16: 2, int8: 1 };

/** The largest sum of activations that are alive at once. */
export interface PeakMemory {
  /** Values (not bytes) alive at the peak, for one image. */
  readonly values: number;
  /** Id of the node during whose execution the peak occurs; `input` for a graph without nodes. */
  readonly node: string;
  /** Ids of the tensors that hold memory at the peak, in execution order. */
  readonly alive: readonly string[];
  /** Values alive while each node runs, in execution order. */
  readonly along: readonly number[];
}

/** A piece of memory that inference holds, and while which nodes run: `from` … `to`, both included. */
export interface LiveBuffer {
  /** The tensor for which it was taken; others may overwrite it in place. */
  readonly id: string;
  /** Values for one image. */
  readonly values: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The memory that inference takes for activations, in execution order, the input first: a tensor is held from the node
 * that makes it to the last node that reads it. An operator marked in-place overwrites its input where nothing else
 * reads it afterwards. A network's outputs are held to the end.
 */
export function liveBuffers(graph: Graph): readonly LiveBuffer[] {
  const { nodes } = graph;
  const end = nodes.length;
  const lastUse = new Map<string, number>();
  for (const node of nodes) for (const id of node.inputs) lastUse.set(id, node.index);
  for (const id of graph.outputs) lastUse.set(id, end);

  // Tensors that share one buffer, named by the tensor that opened it; the buffer lives as long as any of them.
  const bufferOf = new Map<string, string>([[INPUT, INPUT]]);
  const buffers = new Map([
    [INPUT, { id: INPUT, values: sizeOf(graph.input), from: 0, to: lastUse.get(INPUT) ?? 0 }],
  ]);
  for (const node of nodes) {
    const [source] = node.inputs;
    const reusable =
      source !== undefined && operatorOf(node.op).inPlace && lastUse.get(source) === node.index;
    const buffer = reusable ? bufferOf.get(source) : undefined;
    const open = buffer === undefined ? undefined : buffers.get(buffer);
    // The buffer of an alias may still be read through another name: then it is not free to overwrite.
    if (buffer !== undefined && open && open.to <= node.index) {
      bufferOf.set(node.id, buffer);
      open.to = Math.max(open.to, lastUse.get(node.id) ?? node.index);
    } else {
      bufferOf.set(node.id, node.id);
      buffers.set(node.id, {
        id: node.id,
        values: sizeOf(node.shape),
        from: node.index,
        to: lastUse.get(node.id) ?? node.index,
      });
    }
  }
  return [...buffers.values()];
}

/** Peak activation memory of inference by liveness: the largest sum of {@link liveBuffers} held at once. */
export function peakMemory(graph: Graph): PeakMemory {
  const { nodes } = graph;
  const end = nodes.length;
  const buffers = liveBuffers(graph);
  const changes = new Float64Array(end + 2);
  for (const { values, from, to } of buffers) {
    changes[from] = (changes[from] ?? 0) + values;
    changes[to + 1] = (changes[to + 1] ?? 0) - values;
  }
  const along: number[] = [];
  let held = 0;
  let values = end === 0 ? sizeOf(graph.input) : 0;
  let peakAt = -1;
  for (let index = 0; index < end; index += 1) {
    held += changes[index] ?? 0;
    along.push(held);
    if (held > values) {
      values = held;
      peakAt = index;
    }
  }
  const alive = buffers
    .filter((buffer) => buffer.from <= Math.max(0, peakAt) && buffer.to >= peakAt)
    .map(({ id }) => id);
  return { values, node: nodes[peakAt]?.id ?? INPUT, alive, along };
}

/** Bytes of a count of values, for a batch. */
export const bytesOf = (values: number, dtype: DType, batch = 1): number =>
  values * bytesPerValue[dtype] * batch;
