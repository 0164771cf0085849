import type { LrnAttributes } from '../spec/types.ts';
import { expression, input } from './expression.ts';
import { float, floats, int, int64s, ints, onnxNode, singleNode } from './onnx-form.ts';
import { moduleCall, python } from './torch-form.ts';
import type { Context, Operator, TensorSpec } from './types.ts';
import {
  asImage,
  at,
  collectTerms,
  imageInput,
  noOperations,
  offsetOf,
  onlyInput,
  range,
  requireIntegers,
  sameCell,
  sizeOf,
} from './window.ts';

const perChannel = (
  name: string,
  torchName: string,
  channels: number,
  learnable: boolean,
  value: number,
): TensorSpec => ({
  name,
  torchName,
  shape: [channels],
  learnable,
  initialisation: { kind: 'constant', value },
});

/** ONNX `BatchNormalization` in inference (Ioffe and Szegedy 2015): two parameters a channel, two buffers. */
export const BatchNormalization: Operator<'BatchNormalization'> = {
  category: 'normalization',
  inPlace: true,
  keeps: ['input'],

  inferShape: (_attributes, inputs) => onlyInput(inputs),

  tensors({ inputs }) {
    const [channels] = asImage(onlyInput(inputs));
    return [
      perChannel('scale', 'weight', channels, true, 1),
      perChannel('bias', 'bias', channels, true, 0),
      perChannel('mean', 'running_mean', channels, false, 0),
      perChannel('variance', 'running_var', channels, false, 1),
    ];
  },

  // In inference the four numbers of a channel fold into one factor and one addend.
  operations: ({ output }) => ({ ...noOperations, multiply: sizeOf(output), add: sizeOf(output) }),

  extents: () => ({ kind: 'pointwise' }),

  reads: (_context, cell) => sameCell(cell),

  explain({ inputs }) {
    const [channels] = asImage(onlyInput(inputs));
    return [
      {
        quantity: 'parameters',
        expression: expression`${input(channels)} + ${input(channels)}`,
        result: 2 * channels,
      },
    ];
  },

  evaluate({ attributes, inputs }, [source], { scale, bias, mean, variance }, output) {
    const [channels, height, width] = asImage(onlyInput(inputs));
    const cells = height * width;
    for (let channel = 0; channel < channels; channel += 1) {
      const factor = at(scale, channel) / Math.sqrt(at(variance, channel) + attributes.epsilon);
      const offset = at(bias, channel) - factor * at(mean, channel);
      for (let index = channel * cells; index < (channel + 1) * cells; index += 1) {
        output[index] = at(source, index) * factor + offset;
      }
    }
  },

  arithmetic(context, values, { scale, bias, mean, variance }, cell) {
    const [channel] = cell;
    const factor = at(scale, channel) / Math.sqrt(at(variance, channel) + context.attributes.epsilon);
    const constant = at(bias, channel) - factor * at(mean, channel);
    const terms = collectTerms(context.inputs, sameCell(cell), values, () => factor);
    const sum = (terms[0]?.value ?? 0) * factor;
    return { kind: 'weighted-sum', terms, bias: constant, sum, result: sum + constant };
  },

  toOnnx: ({ attributes }, names) =>
    singleNode('BatchNormalization', names, ['scale', 'bias', 'mean', 'variance'], {
      epsilon: float(attributes.epsilon),
    }),

  toTorch({ attributes, inputs }) {
    const [channels] = asImage(onlyInput(inputs));
    const name = onlyInput(inputs).length === 3 ? 'nn.BatchNorm2d' : 'nn.BatchNorm1d';
    return moduleCall(name, [channels], {
      eps: attributes.epsilon === 1e-5 ? undefined : python(attributes.epsilon),
      momentum: attributes.momentum === 0.1 ? undefined : python(attributes.momentum),
    });
  },
};

/** Neighbouring channels that count for a channel (ONNX `LRN`: ⌊(size−1)/2⌋ before, ⌈(size−1)/2⌉ after). */
function neighbours({ size }: LrnAttributes, channels: number, channel: number): number[] {
  const first = Math.max(0, channel - Math.floor((size - 1) / 2));
  const last = Math.min(channels - 1, channel + Math.ceil((size - 1) / 2));
  return range(last - first + 1, first);
}

/** Neighbours of all channels together, without walking through them: a file may claim very many. */
const neighbourCount = ({ attributes: { size }, output }: Context<'LRN'>): number => {
  const [channels] = asImage(output);
  // `channels − distance` channels have a neighbour at each distance.
  const upTo = (distance: number): number => {
    const reach = Math.min(distance, channels - 1);
    return reach * channels - (reach * (reach + 1)) / 2;
  };
  return channels + upTo(Math.floor((size - 1) / 2)) + upTo(Math.ceil((size - 1) / 2));
};

/** ONNX `LRN` across channels (Krizhevsky et al. 2012, section 3.3; alpha divided by size). */
export const LRN: Operator<'LRN'> = {
  category: 'normalization',
  inPlace: false,
  keeps: ['input', 'output'],

  inferShape(attributes, inputs) {
    imageInput(inputs);
    requireIntegers('size', [attributes.size], 1);
    return onlyInput(inputs);
  },

  tensors: () => [],

  operations(context) {
    const [, height, width] = asImage(context.output);
    const cells = sizeOf(context.output);
    const squares = neighbourCount(context) * height * width;
    return {
      ...noOperations,
      // Squares of the neighbours, the factor alpha / size; their sum and the constant; one power; one division.
      multiply: squares + cells,
      add: squares,
      exponent: cells,
      divide: cells,
    };
  },

  extents: () => ({ kind: 'pointwise' }),

  reads({ attributes, output }, [channel, row, column]) {
    const [channels] = asImage(output);
    return [
      { input: 0, channels: neighbours(attributes, channels, channel), rows: [row], columns: [column] },
    ];
  },

  explain: () => [],

  evaluate({ attributes, inputs }, [source], _tensors, output) {
    const [channels, height, width] = asImage(onlyInput(inputs));
    const cells = height * width;
    const { size, alpha, beta, bias } = attributes;
    for (let channel = 0; channel < channels; channel += 1) {
      const near = neighbours(attributes, channels, channel);
      for (let index = 0; index < cells; index += 1) {
        let sum = 0;
        for (const other of near) sum += at(source, other * cells + index) ** 2;
        const own = channel * cells + index;
        output[own] = at(source, own) / (bias + (alpha / size) * sum) ** beta;
      }
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const { size, alpha, beta, bias } = context.attributes;
    const terms = collectTerms(context.inputs, LRN.reads(context, cell), values);
    const sum = terms.reduce((total, term) => total + term.value ** 2, 0);
    const own = at(values[0], offsetOf(onlyInput(context.inputs), cell));
    return { kind: 'normalisation', terms, sum, result: own / (bias + (alpha / size) * sum) ** beta };
  },

  toOnnx({ attributes, inputs }, names) {
    const { size, alpha, beta, bias } = attributes;
    // onnxruntime takes odd sizes alone, though ONNX allows even ones.
    if (!names.forWebGpu && size % 2 === 1) {
      return singleNode('LRN', names, [], {
        size: int(size),
        alpha: float(alpha),
        beta: float(beta),
        bias: float(bias),
      });
    }
    const [channels, height, width] = asImage(onlyInput(inputs));
    const source = names.inputs[0] ?? '';
    const local = names.local;
    const before = Math.floor((size - 1) / 2);
    const after = Math.ceil((size - 1) / 2);
    return {
      nodes: [
        onnxNode('Mul', [source, source], local('squares')),
        onnxNode('Reshape', [local('squares'), local('rows')], local('columns')),
        // An average over channels that counts its padding is the sum over neighbours divided by size.
        onnxNode('AveragePool', [local('columns')], local('mean'), {
          kernel_shape: ints([size, 1]),
          strides: ints([1, 1]),
          pads: ints([before, 0, after, 0]),
          count_include_pad: int(1),
        }),
        onnxNode('Reshape', [local('mean'), local('shape')], local('mean_square')),
        onnxNode('Mul', [local('mean_square'), local('alpha')], local('scaled')),
        onnxNode('Add', [local('scaled'), local('bias')], local('base')),
        onnxNode('Pow', [local('base'), local('beta')], local('divisor')),
        onnxNode('Div', [source, local('divisor')], names.output),
      ],
      constants: [
        int64s(local('rows'), [-1, 1, channels, height * width]),
        int64s(local('shape'), [-1, channels, height, width]),
        floats(local('alpha'), [alpha]),
        floats(local('bias'), [bias]),
        floats(local('beta'), [beta]),
      ],
    };
  },

  toTorch({ attributes: { size, alpha, beta, bias } }) {
    const keywords = { alpha: python(alpha), beta: python(beta), k: python(bias) };
    return size % 2 === 1
      ? moduleCall('nn.LocalResponseNorm', [size], keywords)
      : moduleCall('EvenResponseNorm', [size], keywords, { EvenResponseNorm: evenResponseNorm });
  },
};

const evenResponseNorm = `class EvenResponseNorm(nn.LocalResponseNorm):
    """Response normalisation over an even number of channels, with ONNX's one more after than before."""

    def forward(self, x):
        return super().forward(x.flip(1)).flip(1)`;
