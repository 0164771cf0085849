import { ShapeError } from '../graph/problem.ts';
import type { Shape } from '../spec/types.ts';
import { expression, input, joined } from './expression.ts';
import { floats, int, onnxNode } from './onnx-form.ts';
import type { Operator, Reads } from './types.ts';
import { asImage, at, collectTerms, noOperations, sizeOf } from './window.ts';

const sameShapes = (shapes: readonly Shape[]): boolean =>
  shapes.every(
    (shape) =>
      shape.length === shapes[0]?.length && shape.every((extent, axis) => extent === shapes[0]?.[axis]),
  );

/** ONNX `Add` of two or more equal shapes (`Sum` where there are more than two). */
export const Add: Operator<'Add'> = {
  category: 'merge',
  inPlace: false,
  keeps: [],

  inferShape(_attributes, inputs) {
    const [first] = inputs;
    if (!first || !sameShapes(inputs)) throw new ShapeError({ code: 'shapes-differ', shapes: inputs });
    return first;
  },

  tensors: () => [],

  operations: ({ inputs, output }) => ({ ...noOperations, add: (inputs.length - 1) * sizeOf(output) }),

  extents: () => ({ kind: 'pointwise' }),

  reads: ({ inputs }, [channel, row, column]) =>
    inputs.map((_, from) => ({ input: from, channels: [channel], rows: [row], columns: [column] })),

  explain: () => [],

  evaluate(_context, inputs, _tensors, output) {
    for (let index = 0; index < output.length; index += 1) {
      output[index] = inputs.reduce((sum, source) => sum + at(source, index), 0);
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, Add.reads(context, cell), values);
    return { kind: 'sum', terms, result: terms.reduce((sum, term) => sum + term.value, 0) };
  },

  toOnnx: ({ inputs }, names) => ({
    nodes: [onnxNode(inputs.length === 2 ? 'Add' : 'Sum', names.inputs, names.output)],
    constants: [],
  }),

  toTorch: () => ({ kind: 'merge', expression: (inputs) => inputs.join(' + ') }),
};

/**
 * The mean of equal shapes, value by value: FractalNet's join (Larsson et al. 2017, section 2). ONNX's own `Mean` runs
 * on the CPU under WebGPU, so it is written as additions and one multiplication.
 */
export const Mean: Operator<'Mean'> = {
  ...(Add as unknown as Operator<'Mean'>),

  operations: ({ inputs, output }) => ({
    ...noOperations,
    add: (inputs.length - 1) * sizeOf(output),
    divide: sizeOf(output),
  }),

  evaluate(_context, inputs, _tensors, output) {
    for (let index = 0; index < output.length; index += 1) {
      output[index] = inputs.reduce((sum, source) => sum + at(source, index), 0) / inputs.length;
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, Mean.reads(context, cell), values);
    return {
      kind: 'mean',
      terms,
      result: terms.reduce((sum, term) => sum + term.value, 0) / Math.max(1, terms.length),
    };
  },

  toOnnx({ inputs }, names) {
    const share = names.local('share');
    const last = inputs.length - 1;
    const nodes = names.inputs.slice(1).map((input, index) => {
      const before = index === 0 ? (names.inputs[0] ?? '') : names.local(`sum${index}`);
      return onnxNode('Add', [before, input], names.local(`sum${index + 1}`));
    });
    const sum = last === 0 ? (names.inputs[0] ?? '') : names.local(`sum${last}`);
    return {
      nodes: [...nodes, onnxNode('Mul', [sum, share], names.output)],
      constants: [floats(share, [1 / inputs.length])],
    };
  },

  toTorch: () => ({
    kind: 'merge',
    expression: (inputs) => `(${inputs.join(' + ')}) / ${inputs.length}`,
  }),
};

/** ONNX `Concat` over channels (axis 1 of the batched tensor). */
export const Concat: Operator<'Concat'> = {
  category: 'merge',
  inPlace: false,
  keeps: [],

  inferShape(_attributes, inputs) {
    const [first] = inputs;
    const rest = inputs.map((shape) => shape.slice(1));
    if (!first || !sameShapes(rest)) throw new ShapeError({ code: 'shapes-differ', shapes: inputs });
    return [inputs.reduce((sum, shape) => sum + (shape[0] ?? 0), 0), ...first.slice(1)];
  },

  tensors: () => [],

  operations: () => noOperations,

  extents: () => ({ kind: 'pointwise' }),

  reads({ inputs }, [channel, row, column]): Reads[] {
    let first = 0;
    for (const [from, shape] of inputs.entries()) {
      const [channels] = asImage(shape);
      if (channel < first + channels) {
        return [{ input: from, channels: [channel - first], rows: [row], columns: [column] }];
      }
      first += channels;
    }
    return [];
  },

  explain({ inputs, output }) {
    const channels = inputs.map((shape) => input(shape[0] ?? 0));
    return [
      {
        quantity: output.length === 3 ? 'outputChannels' : 'outputFeatures',
        expression: expression`${joined(channels, ' + ')}`,
        result: output[0] ?? 0,
      },
    ];
  },

  evaluate(_context, inputs, _tensors, output) {
    let to = 0;
    for (const source of inputs) {
      output.set(source, to);
      to += source.length;
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, Concat.reads(context, cell), values);
    return { kind: 'copy', terms, result: terms[0]?.value ?? 0 };
  },

  toOnnx: (_context, names) => ({
    nodes: [onnxNode('Concat', names.inputs, names.output, { axis: int(1) })],
    constants: [],
  }),

  toTorch: () => ({ kind: 'merge', expression: (inputs) => `torch.cat([${inputs.join(', ')}], dim=1)` }),
};
