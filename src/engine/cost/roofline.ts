import type { Graph, GraphNode } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import { sizeOf } from '../ops/window.ts';
import { type Costs, type GraphCosts, nothing } from './costs.ts';
import { bytesPerValue, type DType } from './memory.ts';

/** How values are stored and how many images run at once. */
export interface Traffic {
  readonly dtype: DType;
  readonly batch: number;
}

/**
 * Bytes that one call moves between memory and processor: every input and every tensor of its own read once, the
 * output written once; nothing is fused with its neighbours and nothing is read twice. What only renames its input or
 * passes it on (Flatten, Identity, dropout in inference) moves nothing.
 */
export function bytesMoved(node: GraphNode, costs: Costs, { dtype, batch }: Traffic): number {
  const { inPlace } = operatorOf(node.op);
  if (inPlace && costs.flops === 0) return 0;
  const read = node.inputShapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  return bytesPerValue[dtype] * (batch * (read + sizeOf(node.shape)) + costs.parameters + costs.buffers);
}

/** Operations for each byte moved; null where nothing is moved. */
export const intensityOf = (operations: number, bytes: number): number | null =>
  bytes === 0 ? null : operations / bytes;

/** A device as the roofline model sees it (Williams, Waterman and Patterson 2009). */
export interface Device {
  /** FLOP/s; one multiply–accumulate is two. */
  readonly peak: number;
  /** Bytes a second. */
  readonly bandwidth: number;
}

/** What a device cannot do faster. */
export interface Roofline {
  /** Seconds: no run of the batch, operator after operator, takes less. */
  readonly seconds: number;
  /** Seconds if only arithmetic took time. */
  readonly computeSeconds: number;
  /** Seconds if only memory took time. */
  readonly memorySeconds: number;
  /** Of `seconds`, those in operators that wait for memory. */
  readonly memoryBoundSeconds: number;
  /** FLOPs a byte above which arithmetic is what limits: peak / bandwidth. */
  readonly ridge: number;
  /** FLOPs a byte of the whole network; null for one that moves nothing. */
  readonly intensity: number | null;
}

/**
 * The roofline bound of a network's time: each operator takes at least as long as its FLOPs at the peak and as its bytes
 * at the bandwidth, one after the other. A lower bound; no device reaches its stated peak.
 */
export function roofline(graph: Graph, costs: GraphCosts, traffic: Traffic, device: Device): Roofline {
  let [seconds, computeSeconds, memorySeconds, memoryBoundSeconds] = [0, 0, 0, 0];
  let [flops, bytes] = [0, 0];
  for (const node of graph.nodes) {
    const own = costs.byNode.get(node.id) ?? nothing;
    const moved = bytesMoved(node, own, traffic);
    const computing = (traffic.batch * own.flops) / device.peak;
    const moving = moved / device.bandwidth;
    flops += traffic.batch * own.flops;
    bytes += moved;
    computeSeconds += computing;
    memorySeconds += moving;
    seconds += Math.max(computing, moving);
    if (moving > computing) memoryBoundSeconds += moving;
  }
  return {
    seconds,
    computeSeconds,
    memorySeconds,
    memoryBoundSeconds,
    ridge: device.peak / device.bandwidth,
    intensity: intensityOf(flops, bytes),
  };
}

/** A device that can be bought, with what its maker states. */
export interface KnownDevice {
  readonly id: string;
  readonly name: string;
  /** FLOP/s (operations a second for int8) without sparsity; null where the maker states none for the format. */
  readonly peak: Readonly<Record<DType, number | null>>;
  /** Bytes a second. */
  readonly bandwidth: number;
  /** Bytes of memory. */
  readonly memory: number;
  /** Where the figures stand. */
  readonly source: string;
}

const GIB = 1024 ** 3;

/** Devices whose figures can be looked up; AlexNet was trained on two of the first (Krizhevsky et al. 2012, section 1). */
export const knownDevices: readonly KnownDevice[] = [
  {
    id: 'gtx580',
    name: 'GeForce GTX 580, 3 GB (2010)',
    // 512 cores · 2 · 1.544 GHz; 384 bit · 4.008 Gbit/s.
    peak: { fp32: 512 * 2 * 1.544e9, fp16: null, int8: null },
    bandwidth: (384 / 8) * 4.008e9,
    memory: 3 * GIB,
    source: 'NVIDIA GeForce GTX 580, specifications: 512 cores at 1544 MHz, 384 bit at 4008 Mbit/s',
  },
  {
    id: 't4',
    name: 'NVIDIA T4, 16 GB (2018)',
    peak: { fp32: 8.1e12, fp16: 65e12, int8: 130e12 },
    bandwidth: 320e9,
    memory: 16 * GIB,
    source: 'NVIDIA T4 datasheet: 8.1 TFLOPS, 65 TFLOPS, 130 TOPS, 320 GB/s',
  },
  {
    id: 'a100',
    name: 'NVIDIA A100, 40 GB (2020)',
    peak: { fp32: 19.5e12, fp16: 312e12, int8: 624e12 },
    bandwidth: 1555e9,
    memory: 40 * GIB,
    source: 'NVIDIA A100 40GB datasheet: 19.5 TFLOPS, 312 TFLOPS, 624 TOPS, 1555 GB/s',
  },
];
