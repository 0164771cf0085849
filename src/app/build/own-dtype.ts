import type { DType } from '../../engine/cost/memory.ts';
import type { ImportedModel } from '../../engine/onnx/import.ts';

/** Operators that make whole numbers of a layer's output by a scale that the file fixes. */
const fixesScale = (operator: string): boolean =>
  operator === 'QuantizeLinear' || /^QLinear|^QGemm/.test(operator);

/**
 * The number format that a file's network computes in: whole numbers where the file fixes the scales of its activations
 * too, halves where most of its weights are stored so. Dynamic quantisation keeps activations in float32.
 */
export function ownDtypeOf({ notes, weights }: Pick<ImportedModel, 'notes' | 'weights'>): DType {
  const quantised = notes.find(({ code }) => code === 'quantised')?.operators ?? [];
  if (quantised.some(({ operator }) => fixesScale(operator.replace(/^.*\./, '')))) return 'int8';
  const halves = (weights.byType.get('float16') ?? 0) + (weights.byType.get('bfloat16') ?? 0);
  return 2 * halves > weights.bytes ? 'fp16' : 'fp32';
}
