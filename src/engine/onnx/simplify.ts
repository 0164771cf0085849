import { INPUT } from '../graph/types.ts';
import type { ConvAttributes, GemmAttributes, OperatorAttributes, OpName, Shape } from '../spec/types.ts';
import type { Step } from './map-operators.ts';
import { perValue, timesCounts } from './operation-counts.ts';
import { countOf, type Value } from './values.ts';

type Opaque = Step & { readonly op: 'Opaque'; readonly attributes: OperatorAttributes['Opaque'] };

const isOpaque = (step: Step | undefined, operator: string): step is Opaque =>
  step?.op === 'Opaque' && step.operator === operator;

/** The one constant of an operation on two operands; null where that is not what it is. */
function constantOf(step: Step): Value | null {
  const constants = step.operands.filter((value) => value?.source === null);
  return step.operands.length === 2 && constants.length === 1 ? (constants[0] ?? null) : null;
}

/** The number by which all values are multiplied, or that is added to them. */
function scalarOf(step: Step): number | null {
  const value = constantOf(step);
  return value?.shape && countOf(value.shape) === 1 ? (value.numbers?.[0] ?? null) : null;
}

/** Whether a constant holds one number a channel, shaped so that it meets the channels: `[C, 1, 1]`, or `[F]`. */
function isPerChannel(value: Value | null, shape: Shape): boolean {
  if (!value?.shape || countOf(value.shape) !== shape[0]) return false;
  const rank = shape.length;
  const own = value.shape.length > rank ? value.shape.slice(value.shape.length - rank) : value.shape;
  if (value.shape.length > rank && value.shape[0] !== 1) return false;
  // A vector beside an image would lie along its width.
  return own.length === rank ? own[0] === shape[0] : shape[0] === 1;
}

/**
 * Puts together what one layer was written as: a bias added behind a convolution or a product, and the engine's own
 * operators that ONNX does not have. The values stay the same.
 *
 * @param isOurs whether ConvAtlas wrote the file: then a factor is what its name says
 */
export function simplify(steps: readonly Step[], outputs: ReadonlySet<string>, isOurs: boolean): Step[] {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const readers = new Map<string, number>();
  for (const { inputs } of steps) for (const key of inputs) readers.set(key, (readers.get(key) ?? 0) + 1);
  const gone = new Set<Step>();

  /** The step before one, if nothing else reads it. */
  const before = (step: Step | undefined): Step | undefined => {
    const [key] = step?.inputs ?? [];
    if (!step || key === undefined || step.inputs.length !== 1) return undefined;
    return own(key);
  };
  const own = (key: string): Step | undefined =>
    key !== INPUT && readers.get(key) === 1 && !outputs.has(key) ? byKey.get(key) : undefined;

  /** Lets a step stand for others before it. */
  const replace = <O extends OpName>(
    step: Step,
    op: O,
    attributes: OperatorAttributes[O],
    first: Pick<Step, 'inputs' | 'inputShapes' | 'weight'>,
    others: readonly Step[],
  ): void => {
    const { inputs, inputShapes, weight } = first;
    const merged: Step = { ...step, op, attributes, inputs, inputShapes, weight };
    byKey.set(step.key, merged);
    for (const other of others) gone.add(other);
  };

  for (const step of steps) {
    const producer = before(step);
    const isSum = isOpaque(step, 'Add') || isOpaque(step, 'com.microsoft.QLinearAdd');
    if (isSum && (producer?.op === 'Conv' || producer?.op === 'Gemm')) {
      const attributes = producer.attributes as ConvAttributes | GemmAttributes;
      if (
        !attributes.bias &&
        isPerChannel(constantOf(step), step.shape) &&
        step.shape.join() === producer.shape.join()
      ) {
        // Named after the layer, found under the sum's tensor.
        const [value = null, weight = null] = producer.operands;
        const { node, operator } = producer;
        replace(
          { ...step, node, operator, operands: [value, weight, constantOf(step)] },
          producer.op,
          { ...attributes, bias: true } as never,
          producer,
          [producer],
        );
      }
    } else if (isOpaque(step, 'Add') && isPerChannel(constantOf(step), step.shape)) {
      // LeNet-5's subsampling: mean, times cells, times one coefficient a channel, plus one bias a channel.
      const scaled = producer;
      const summed = before(scaled);
      const pooled = before(summed);
      if (
        isOpaque(scaled, 'Mul') &&
        isPerChannel(constantOf(scaled), scaled.shape) &&
        isOpaque(summed, 'Mul') &&
        pooled?.op === 'AveragePool'
      ) {
        const { kernel, stride, padding, rounding } = pooled.attributes as OperatorAttributes['AveragePool'];
        if (
          scalarOf(summed) === kernel[0] * kernel[1] &&
          rounding === 'floor' &&
          padding.every((side) => side === 0)
        ) {
          replace(step, 'Subsample', { kernel, stride }, pooled, [scaled, summed, pooled]);
        }
      }
    } else if (isOpaque(step, 'Mul') && step.inputs.length === 2) {
      simplifyGate(step);
    } else if (isOpaque(step, 'Mul') && step.inputs.length === 1) {
      simplifyFactor(step, producer);
    } else if (isOurs && isOpaque(step, 'MatMul')) {
      simplifyMeans(step, producer);
    } else if (isOpaque(step, 'ReduceSum')) {
      simplifyDistance(step, producer);
    }
  }

  /** A tensor times its own sigmoid: the activations that later operator sets call Swish and HardSwish. */
  function simplifyGate(step: Opaque): void {
    for (const [place, key] of step.inputs.entries()) {
      const gate = own(key);
      const isHard = isOpaque(gate, 'HardSigmoid');
      if (!gate || !(isHard || gate.op === 'Sigmoid') || gate.inputs[0] !== step.inputs[1 - place]) continue;
      const counts = perValue[isHard ? 'HardSwish' : 'Swish'] ?? {};
      replace(
        { ...step, operator: isHard ? 'HardSwish' : 'Swish' },
        'Opaque',
        {
          ...step.attributes,
          operator: isHard ? 'HardSwish' : 'Swish',
          operations: timesCounts(counts, countOf(step.shape)),
        },
        gate,
        [gate],
      );
      return;
    }
  }

  function simplifyFactor(step: Step, producer: Step | undefined): void {
    const factor = scalarOf(step);
    if (factor === null) return;
    const slope = before(producer);
    const inner = isOpaque(slope, 'Mul') ? scalarOf(slope) : null;
    if (producer?.op === 'Tanh' && slope && inner !== null) {
      replace(step, 'Tanh', { amplitude: asWritten(factor), slope: asWritten(inner) }, slope, [
        producer,
        slope,
      ]);
      return;
    }
    const sums: Step[] = [];
    const inputs: string[] = [];
    const shapes: Shape[] = [];
    for (let sum = producer; sum?.op === 'Add' && sum.inputs.length === 2; ) {
      sums.push(sum);
      const [left = '', right = ''] = sum.inputs;
      inputs.unshift(right);
      shapes.unshift(sum.shape);
      const next = own(left);
      // Only sums that belong together are one mean: of our own files those of one name.
      if (next?.op === 'Add' && next.key.startsWith(`${step.key}#`)) {
        sum = next;
        continue;
      }
      inputs.unshift(left);
      shapes.unshift(sum.shape);
      break;
    }
    if (
      sums.length > 0 &&
      Math.abs(factor * inputs.length - 1) < 1e-6 &&
      sums.every(({ key }) => key.startsWith(`${step.key}#`) || sums.length === 1)
    ) {
      replace(step, 'Mean', {}, { inputs, inputShapes: shapes, weight: null }, sums);
      return;
    }
    if (isOurs && factor > 0 && factor <= 1 && constantOf(step)?.name === `${step.key}#survival`) {
      replace(step, 'StochasticDepth', { survival: asWritten(factor) }, step, []);
    }
  }

  /** Means of uneven windows, as products from either side: our own way to write adaptive pooling. */
  function simplifyMeans(step: Step, producer: Step | undefined): void {
    if (!isOpaque(producer, 'MatMul')) return;
    const rows = constantOf(producer);
    const columns = constantOf(step);
    if (rows?.name !== `${step.key}#rows` || columns?.name !== `${step.key}#columns`) return;
    const [, height = 0, width = 0] = step.shape;
    replace(step, 'AdaptiveAveragePool', { size: [height, width] }, producer, [producer]);
  }

  /** Squared distances to fixed codes: LeNet-5's RBF units. */
  function simplifyDistance(step: Step, square: Step | undefined): void {
    if (!isOpaque(square, 'Mul') || square.inputs.length !== 2 || square.inputs[0] !== square.inputs[1])
      return;
    const difference = byKey.get(square.inputs[0] ?? '');
    const column = before(difference);
    if (!isOpaque(difference, 'Sub') || !isOpaque(column, 'Unsqueeze')) return;
    const codes = difference.operands[1];
    const [rows = 0, width = 0] = codes?.shape ?? [];
    if (codes?.shape?.length !== 2 || !codes.numbers || column.inputShapes[0]?.join() !== `${width}`) return;
    if (step.shape.join() !== `${rows}`) return;
    const numbers = codes.numbers;
    const list = Array.from({ length: rows }, (_, row) => numbers.slice(row * width, (row + 1) * width));
    replace(step, 'Rbf', { codes: list }, column, [square, difference, column]);
  }

  return steps.flatMap((step) => (gone.has(step) ? [] : [byKey.get(step.key) ?? step]));
}

/** A float32 as the decimal number that was written: 1.7159 for 1.7158999443. */
const asWritten = (value: number): number => {
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === Math.fround(value) ? short : value;
};

/**
 * Lets a concatenation that begins with all that another one has joined read that one's result: the layers of a
 * DenseNet, of which each joins all before it, become layers that each append to one tensor. The values stay the same.
 */
export function shareConcats(steps: readonly Step[]): Step[] {
  /** Concatenations by their last input, and how many they join. */
  const known = new Map<
    string,
    { readonly key: string; readonly shape: Shape; readonly inputs: readonly string[] }[]
  >();
  return steps.map((step) => {
    if (step.op !== 'Concat') return step;
    let best: { readonly key: string; readonly shape: Shape; readonly inputs: readonly string[] } | null =
      null;
    // The one before it is met at its second last input in a dense block; few others end there.
    const last = step.inputs.at(-2) ?? '';
    for (const other of known.get(last) ?? []) {
      const fits =
        other.inputs.length < step.inputs.length &&
        other.inputs.every((key, index) => key === step.inputs[index]);
      if (fits && (best === null || other.inputs.length > best.inputs.length)) best = other;
    }
    const own = { key: step.key, shape: step.shape, inputs: step.inputs };
    const list = known.get(step.inputs.at(-1) ?? '');
    if (list) list.push(own);
    else known.set(step.inputs.at(-1) ?? '', [own]);
    if (!best) return step;
    const { length } = best.inputs;
    return {
      ...step,
      inputs: [best.key, ...step.inputs.slice(length)],
      inputShapes: [best.shape, ...step.inputShapes.slice(length)],
    };
  });
}
