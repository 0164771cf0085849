import type { Graph } from '../graph/types.ts';
import { INPUT } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import { sizeOf } from '../ops/window.ts';
import type { GraphCosts } from './costs.ts';
import { bytesPerValue, type DType, type PeakMemory } from './memory.ts';

/** Rules by which training moves the parameters. */
export const optimizers = ['sgd', 'momentum', 'adam'] as const;

/** A rule by which training moves the parameters. */
export type Optimizer = (typeof optimizers)[number];

/** Numbers that an optimiser keeps for each parameter: none; a velocity; first and second moments (Kingma and Ba 2015). */
const momentsOf: Record<Optimizer, number> = { sgd: 0, momentum: 1, adam: 2 };

/** Number formats that training is counted in; int8 serves inference alone. */
export type TrainingDType = Exclude<DType, 'int8'>;

/** Activations that training keeps for the backward pass, for one image. */
export interface SavedActivations {
  /** Values of the tensors kept, each counted once however many operators need it. */
  readonly values: number;
  /** Bytes beside them, whatever the number format: places of maxima (8 a value) and dropout masks (1 a value). */
  readonly markBytes: number;
  /** Ids of the tensors kept, the input among them, in execution order. */
  readonly tensors: readonly string[];
}

/**
 * What the backward pass needs of the forward pass, by the rule of PyTorch's autograd: a convolution, a fully connected
 * layer and batch norm keep their input; ReLU, tanh, sigmoid and softmax their output; max pooling its input and the
 * place of each maximum (int64); average pooling its input; response normalisation input and output; dropout a mask of
 * a byte a value. Additions, concatenations and padding keep nothing; a Flatten is its input. A tensor that several
 * operators keep is held once: the output of a ReLU is also the input of the next convolution.
 *
 * Statistics of a batch (two numbers a channel) and what a framework keeps because it composes an operator from
 * smaller ones are left out.
 */
export function savedActivations(graph: Graph): SavedActivations {
  // A view is the tensor it was made from.
  const origin = new Map<string, string>();
  const originOf = (id: string): string => origin.get(id) ?? id;
  const kept = new Set<string>();
  let markBytes = 0;
  for (const node of graph.nodes) {
    const { keeps } = operatorOf(node.op);
    if (keeps === 'view') {
      origin.set(node.id, originOf(node.inputs[0] ?? INPUT));
      continue;
    }
    for (const what of keeps) {
      switch (what) {
        case 'input':
          for (const id of node.inputs) kept.add(originOf(id));
          break;
        case 'output':
          kept.add(node.id);
          break;
        case 'indices':
          markBytes += 8 * sizeOf(node.shape);
          break;
        case 'mask':
          markBytes += sizeOf(node.shape);
          break;
      }
    }
  }
  const ordered = [INPUT, ...graph.nodes.map(({ id }) => id)].filter((id) => kept.has(id));
  const values = ordered.reduce(
    (sum, id) => sum + sizeOf(id === INPUT ? graph.input : (graph.nodeById.get(id)?.shape ?? [])),
    0,
  );
  return { values, markBytes, tensors: ordered };
}

/** Bytes that a device holds to train a network, by what they are for. */
export interface TrainingMemory {
  readonly parameters: number;
  /** Running means and variances, in fp32. */
  readonly buffers: number;
  readonly gradients: number;
  /** Moments of the optimiser, and with fp16 the fp32 master copy of the parameters. */
  readonly optimizerState: number;
  /** Of the whole batch. */
  readonly savedActivations: number;
  readonly total: number;
}

/** How a network is trained. */
export interface TrainingOptions {
  readonly optimizer: Optimizer;
  readonly batch: number;
  readonly dtype: TrainingDType;
}

/**
 * Bytes to train a network. In fp32 everything takes 4 bytes. In fp16 as mixed precision (Micikevicius et al. 2018):
 * parameters, gradients and activations in 2 bytes, the optimiser's moments and a master copy of the parameters in 4.
 * Workspaces and the gradients of activations on their way are not counted: a device needs somewhat more.
 */
export function trainingMemory(
  { total }: GraphCosts,
  saved: SavedActivations,
  { optimizer, batch, dtype }: TrainingOptions,
): TrainingMemory {
  const bytes = bytesPerValue[dtype];
  const parameters = total.parameters * bytes;
  const buffers = total.buffers * bytesPerValue.fp32;
  const gradients = total.parameters * bytes;
  const masters = dtype === 'fp16' ? 1 : 0;
  const optimizerState = total.parameters * bytesPerValue.fp32 * (momentsOf[optimizer] + masters);
  const savedBytes = batch * (saved.values * bytes + saved.markBytes);
  return {
    parameters,
    buffers,
    gradients,
    optimizerState,
    savedActivations: savedBytes,
    total: parameters + buffers + gradients + optimizerState + savedBytes,
  };
}

/** Bytes that a device holds to run a network, by what they are for. */
export interface InferenceMemory {
  readonly parameters: number;
  /** Running means and variances. */
  readonly buffers: number;
  /** The most activations alive at once, of the whole batch. */
  readonly activations: number;
  readonly total: number;
}

/** Bytes to run a network: its parameters and the peak of its activations, all in one number format. */
export function inferenceMemory(
  { total }: GraphCosts,
  peak: PeakMemory,
  { batch, dtype }: { readonly batch: number; readonly dtype: DType },
): InferenceMemory {
  const bytes = bytesPerValue[dtype];
  const parameters = total.parameters * bytes;
  const buffers = total.buffers * bytes;
  const activations = batch * peak.values * bytes;
  return { parameters, buffers, activations, total: parameters + buffers + activations };
}

/**
 * The most images at once that fit into a budget: of what does not grow with the batch and what does, both in bytes.
 * 0 where not even one image fits.
 */
export function largestBatch(budget: number, fixed: number, perImage: number): number {
  const room = budget - fixed;
  if (!(room >= perImage)) return 0;
  return perImage === 0 ? Number.MAX_SAFE_INTEGER : Math.floor(room / perImage);
}

/** The largest batch with which a network runs within a budget of bytes. */
export function largestInferenceBatch(
  costs: GraphCosts,
  peak: PeakMemory,
  budget: number,
  dtype: DType,
): number {
  const one = inferenceMemory(costs, peak, { batch: 1, dtype });
  return largestBatch(budget, one.total - one.activations, one.activations);
}

/** The largest batch with which a network trains within a budget of bytes. */
export function largestTrainingBatch(
  costs: GraphCosts,
  saved: SavedActivations,
  budget: number,
  options: Omit<TrainingOptions, 'batch'>,
): number {
  const one = trainingMemory(costs, saved, { ...options, batch: 1 });
  return largestBatch(budget, one.total - one.savedActivations, one.savedActivations);
}
