import { ShapeError } from '../graph/problem.ts';
import type { OpName } from '../spec/types.ts';
import { floats, int, onnxNode, singleNode } from './onnx-form.ts';
import { moduleCall, python } from './torch-form.ts';
import type { Context, Operations, Operator } from './types.ts';
import {
  asImage,
  at,
  collectTerms,
  noOperations,
  offsetOf,
  onlyInput,
  range,
  sameCell,
  sizeOf,
} from './window.ts';

/** Scalar operations for one value of an elementwise function. */
type PerValue = Partial<Operations>;

const scaled = (perValue: PerValue, values: number): Operations => ({
  multiplyAccumulate: 0,
  add: (perValue.add ?? 0) * values,
  multiply: (perValue.multiply ?? 0) * values,
  compare: (perValue.compare ?? 0) * values,
  divide: (perValue.divide ?? 0) * values,
  exponent: (perValue.exponent ?? 0) * values,
});

/** An operator that applies one function to every value. */
function elementwise<O extends OpName>(definition: {
  readonly category: Operator<O>['category'];
  readonly perValue: (context: Context<O>) => PerValue;
  readonly apply: (value: number, context: Context<O>) => number;
  readonly toOnnx: Operator<O>['toOnnx'];
  readonly toTorch: Operator<O>['toTorch'];
  readonly kind?: 'function' | 'copy';
  /** The output unless said otherwise: the derivatives of ReLU, tanh and sigmoid follow from it. */
  readonly keeps?: Operator<O>['keeps'];
}): Operator<O> {
  return {
    category: definition.category,
    inPlace: true,
    keeps: definition.keeps ?? ['output'],
    inferShape: (_attributes, inputs) => onlyInput(inputs),
    tensors: () => [],
    operations: (context) => scaled(definition.perValue(context), sizeOf(context.output)),
    extents: () => ({ kind: 'pointwise' }),
    reads: (_context, cell) => sameCell(cell),
    explain: () => [],
    evaluate(context, [source], _tensors, output) {
      for (let index = 0; index < output.length; index += 1) {
        output[index] = definition.apply(at(source, index), context);
      }
    },
    arithmetic(context, values, _tensors, cell) {
      const terms = collectTerms(context.inputs, sameCell(cell), values);
      return {
        kind: definition.kind ?? 'function',
        terms,
        result: definition.apply(terms[0]?.value ?? 0, context),
      };
    },
    toOnnx: definition.toOnnx,
    toTorch: definition.toTorch,
  };
}

/** ONNX `Relu`. */
export const Relu = elementwise<'Relu'>({
  category: 'activation',
  perValue: () => ({ compare: 1 }),
  apply: (value) => Math.max(0, value),
  toOnnx: (_context, names) => singleNode('Relu', names),
  // Not in place: its input may be read elsewhere, or kept for the backward pass.
  toTorch: () => moduleCall('nn.ReLU', []),
});

const scaledTanh = `class ScaledTanh(nn.Module):
    """amplitude * tanh(slope * x)."""

    def __init__(self, amplitude, slope):
        super().__init__()
        self.amplitude, self.slope = amplitude, slope

    def forward(self, x):
        return self.amplitude * torch.tanh(self.slope * x)`;

/** ONNX `Tanh`, scaled where the attributes say so (LeCun et al. 1998: A = 1.7159, S = 2/3). */
export const Tanh = elementwise<'Tanh'>({
  category: 'activation',
  // tanh(x) = (e²ˣ − 1) / (e²ˣ + 1); each scaling is one multiplication more.
  perValue: ({ attributes: { amplitude, slope } }) => ({
    exponent: 1,
    add: 2,
    divide: 1,
    multiply: 1 + (amplitude === 1 ? 0 : 1) + (slope === 1 ? 0 : 1),
  }),
  apply: (value, { attributes: { amplitude, slope } }) => amplitude * Math.tanh(slope * value),
  toOnnx({ attributes: { amplitude, slope } }, names) {
    if (amplitude === 1 && slope === 1) return singleNode('Tanh', names);
    const local = names.local;
    return {
      nodes: [
        onnxNode('Mul', [names.inputs[0] ?? '', local('slope')], local('sloped')),
        onnxNode('Tanh', [local('sloped')], local('tanh')),
        onnxNode('Mul', [local('tanh'), local('amplitude')], names.output),
      ],
      constants: [floats(local('slope'), [slope]), floats(local('amplitude'), [amplitude])],
    };
  },
  toTorch: ({ attributes: { amplitude, slope } }) =>
    amplitude === 1 && slope === 1
      ? moduleCall('nn.Tanh', [])
      : moduleCall('ScaledTanh', [python(amplitude), python(slope)], {}, { ScaledTanh: scaledTanh }),
});

/** ONNX `Sigmoid`. */
export const Sigmoid = elementwise<'Sigmoid'>({
  category: 'activation',
  perValue: () => ({ exponent: 1, add: 1, divide: 1 }),
  apply: (value) => 1 / (1 + Math.exp(-value)),
  toOnnx: (_context, names) => singleNode('Sigmoid', names),
  toTorch: () => moduleCall('nn.Sigmoid', []),
});

/** ONNX `Dropout` in inference: the identity. */
export const Dropout = elementwise<'Dropout'>({
  category: 'regularization',
  perValue: () => ({}),
  apply: (value) => value,
  keeps: ['mask'],
  kind: 'copy',
  toOnnx({ attributes }, names) {
    if (names.forWebGpu) return singleNode('Identity', names);
    const ratio = names.local('ratio');
    return {
      nodes: [onnxNode('Dropout', [...names.inputs, ratio], names.output)],
      constants: [floats(ratio, [attributes.rate])],
    };
  },
  toTorch: ({ attributes }) => moduleCall('nn.Dropout', [python(attributes.rate)]),
});

const stochasticDepth = `class StochasticDepth(nn.Module):
    """Keeps or drops a residual body as a whole in training; scales it by its survival probability in inference."""

    def __init__(self, survival):
        super().__init__()
        self.survival = survival

    def forward(self, x):
        if not self.training:
            return self.survival * x
        # A product, not a branch: the parameters of a dropped body keep a gradient, of zero.
        return x * (torch.rand((), device=x.device) < self.survival)`;

/** Stochastic depth in inference: the body times its survival probability (Huang et al. 2016, equation 5). */
export const StochasticDepth: Operator<'StochasticDepth'> = {
  ...elementwise<'StochasticDepth'>({
    category: 'regularization',
    perValue: ({ attributes: { survival } }) => (survival === 1 ? {} : { multiply: 1 }),
    apply: (value, { attributes: { survival } }) => survival * value,
    // A dropped body is dropped as a whole: one number says so.
    keeps: [],
    toOnnx({ attributes: { survival } }, names) {
      const factor = names.local('survival');
      return {
        nodes: [onnxNode('Mul', [names.inputs[0] ?? '', factor], names.output)],
        constants: [floats(factor, [survival])],
      };
    },
    toTorch: ({ attributes: { survival } }) =>
      moduleCall('StochasticDepth', [python(survival)], {}, { StochasticDepth: stochasticDepth }),
  }),
  inferShape({ survival }, inputs) {
    if (!(survival > 0 && survival <= 1)) {
      throw new ShapeError({ code: 'attribute', name: 'survival', value: survival, rule: 'probability' });
    }
    return onlyInput(inputs);
  },
};

/** ONNX `Identity`. */
export const Identity = elementwise<'Identity'>({
  category: 'reshape',
  perValue: () => ({}),
  apply: (value) => value,
  keeps: 'view',
  kind: 'copy',
  toOnnx: (_context, names) => singleNode('Identity', names),
  toTorch: () => moduleCall('nn.Identity', []),
});

/** ONNX `Softmax` over channels (or features), axis 1 of the batched tensor. */
export const Softmax: Operator<'Softmax'> = {
  category: 'activation',
  inPlace: false,
  keeps: ['output'],

  inferShape: (_attributes, inputs) => onlyInput(inputs),

  tensors: () => [],

  operations({ output }) {
    const [channels, height, width] = asImage(output);
    const cells = height * width;
    return {
      ...noOperations,
      // The largest is found and taken away first, so that no exponential overflows.
      compare: (channels - 1) * cells,
      add: channels * cells + (channels - 1) * cells,
      exponent: channels * cells,
      divide: channels * cells,
    };
  },

  extents: () => ({ kind: 'pointwise' }),

  reads({ inputs }, [, row, column]) {
    const [channels] = asImage(onlyInput(inputs));
    return [{ input: 0, channels: range(channels), rows: [row], columns: [column] }];
  },

  explain: () => [],

  evaluate({ inputs }, [source], _tensors, output) {
    const [channels, height, width] = asImage(onlyInput(inputs));
    const cells = height * width;
    for (let cell = 0; cell < cells; cell += 1) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let channel = 0; channel < channels; channel += 1) {
        largest = Math.max(largest, at(source, channel * cells + cell));
      }
      let sum = 0;
      for (let channel = 0; channel < channels; channel += 1) {
        sum += Math.exp(at(source, channel * cells + cell) - largest);
      }
      for (let channel = 0; channel < channels; channel += 1) {
        const index = channel * cells + cell;
        output[index] = Math.exp(at(source, index) - largest) / sum;
      }
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, Softmax.reads(context, cell), values);
    const largest = terms.reduce((most, term) => Math.max(most, term.value), Number.NEGATIVE_INFINITY);
    const sum = terms.reduce((total, term) => total + Math.exp(term.value - largest), 0);
    const own = at(values[0], offsetOf(onlyInput(context.inputs), cell));
    return { kind: 'normalisation', terms, sum, result: Math.exp(own - largest) / sum };
  },

  toOnnx: (_context, names) => singleNode('Softmax', names, [], { axis: int(1) }),

  toTorch: () => moduleCall('nn.Softmax', [], { dim: 1 }),
};
