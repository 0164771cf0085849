import { ShapeError } from '../graph/problem.ts';
import type { Shape } from '../spec/types.ts';
import { attribute, expression, input } from './expression.ts';
import { floats, int, int64s, onnxNode, singleNode } from './onnx-form.ts';
import { moduleCall } from './torch-form.ts';
import type { Operator, Reads } from './types.ts';
import { at, collectTerms, noOperations, onlyInput, range, requireIntegers, sizeOf } from './window.ts';

/** @throws ShapeError `rank` for an image: a fully connected layer needs it flattened first */
function featureInput(inputs: readonly Shape[]): number {
  const shape = onlyInput(inputs);
  if (shape.length !== 1) throw new ShapeError({ code: 'rank', expected: 'features', shape });
  return shape[0] ?? 0;
}

const noValues = new Float64Array(0);

const allFeatures = (inputs: readonly Shape[]): Reads[] => [
  { input: 0, channels: range(sizeOf(onlyInput(inputs))), rows: [0], columns: [0] },
];

/** ONNX `Gemm` with `transB = 1`: `y = W·x + b`, W stored as [outputs, inputs]. */
export const Gemm: Operator<'Gemm'> = {
  category: 'linear',
  inPlace: false,
  keeps: ['input'],

  inferShape(attributes, inputs) {
    requireIntegers('features', [attributes.features], 1);
    const actual = featureInput(inputs);
    if (attributes.inputs !== undefined && attributes.inputs !== actual) {
      throw new ShapeError({
        code: 'inputs-differ',
        declared: attributes.inputs,
        actual,
        from: onlyInput(inputs),
      });
    }
    return [attributes.features];
  },

  tensors({ attributes, inputs }) {
    const fanIn = sizeOf(onlyInput(inputs));
    const weight = {
      name: 'weight',
      torchName: 'weight',
      shape: [attributes.features, fanIn],
      learnable: true,
      initialisation: { kind: 'he', fanIn },
    } as const;
    const bias = {
      name: 'bias',
      torchName: 'bias',
      shape: [attributes.features],
      learnable: true,
      initialisation: { kind: 'constant', value: 0 },
    } as const;
    return attributes.bias ? [weight, bias] : [weight];
  },

  operations: ({ attributes, inputs }) => ({
    ...noOperations,
    multiplyAccumulate: sizeOf(onlyInput(inputs)) * attributes.features,
    add: attributes.bias ? attributes.features : 0,
  }),

  extents: () => ({ kind: 'global' }),

  reads: ({ inputs }) => allFeatures(inputs),

  explain({ attributes, inputs }) {
    const from = input(sizeOf(onlyInput(inputs)));
    const to = attribute(attributes.features);
    const product = sizeOf(onlyInput(inputs)) * attributes.features;
    return [
      {
        quantity: 'parameters',
        expression: attributes.bias ? expression`${from}·${to} + ${to}` : expression`${from}·${to}`,
        result: product + (attributes.bias ? attributes.features : 0),
      },
      { quantity: 'macs', expression: expression`${from}·${to}`, result: product },
    ];
  },

  evaluate({ attributes, inputs }, [source = noValues], { weight = noValues, bias }, output) {
    const from = sizeOf(onlyInput(inputs));
    for (let feature = 0; feature < attributes.features; feature += 1) {
      let sum = attributes.bias ? at(bias, feature) : 0;
      const base = feature * from;
      for (let index = 0; index < from; index += 1) {
        sum += (weight[base + index] as number) * (source[index] as number);
      }
      output[feature] = sum;
    }
  },

  arithmetic({ attributes, inputs }, values, { weight, bias }, [feature]) {
    const base = feature * sizeOf(onlyInput(inputs));
    const terms = collectTerms(inputs, allFeatures(inputs), values, (index) => at(weight, base + index));
    const constant = attributes.bias ? at(bias, feature) : 0;
    const sum = terms.reduce((total, term) => total + term.value * (term.weight ?? 0), 0);
    return { kind: 'weighted-sum', terms, bias: constant, sum, result: sum + constant };
  },

  toOnnx: ({ attributes }, names) =>
    singleNode('Gemm', names, attributes.bias ? ['weight', 'bias'] : ['weight'], { transB: int(1) }),

  toTorch: ({ attributes, inputs }) =>
    moduleCall('nn.Linear', [sizeOf(onlyInput(inputs)), attributes.features], {
      bias: attributes.bias ? undefined : 'False',
    }),
};

const rbfUnits = `class Rbf(nn.Module):
    """Squared Euclidean distance to one fixed code a class."""

    def __init__(self, codes):
        super().__init__()
        self.register_buffer("codes", torch.tensor(codes, dtype=torch.float32), persistent=False)

    def forward(self, x):
        return (x.unsqueeze(1) - self.codes).square().sum(2)`;

/** Euclidean RBF units with fixed codes (LeCun et al. 1998, II.B). No learnable parameters, no MACs by the convention. */
export const Rbf: Operator<'Rbf'> = {
  category: 'linear',
  inPlace: false,
  keeps: ['input'],

  inferShape({ codes }, inputs) {
    const actual = featureInput(inputs);
    const declared = codes[0]?.length ?? 0;
    if (codes.length === 0 || codes.some((code) => code.length !== actual)) {
      throw new ShapeError({ code: 'inputs-differ', declared, actual, from: onlyInput(inputs) });
    }
    return [codes.length];
  },

  tensors: () => [],

  operations({ attributes, inputs }) {
    const from = sizeOf(onlyInput(inputs));
    const classes = attributes.codes.length;
    return { ...noOperations, add: classes * (2 * from - 1), multiply: classes * from };
  },

  extents: () => ({ kind: 'global' }),

  reads: ({ inputs }) => allFeatures(inputs),

  explain: () => [],

  evaluate({ attributes }, [source], _tensors, output) {
    attributes.codes.forEach((code, row) => {
      output[row] = code.reduce((sum, value, index) => sum + (at(source, index) - value) ** 2, 0);
    });
  },

  arithmetic({ attributes, inputs }, values, _tensors, [row]) {
    const code = attributes.codes[row] ?? [];
    const terms = collectTerms(inputs, allFeatures(inputs), values, (index) => code[index] ?? 0);
    const result = terms.reduce((total, term) => total + (term.value - (term.weight ?? 0)) ** 2, 0);
    return { kind: 'squared-distance', terms, result };
  },

  toOnnx({ attributes }, names) {
    const codes = names.local('codes');
    const axis = names.local('axis');
    const last = names.local('last');
    const column = names.local('column');
    const difference = names.local('difference');
    const square = names.local('square');
    const width = attributes.codes[0]?.length ?? 0;
    return {
      nodes: [
        onnxNode('Unsqueeze', [names.inputs[0] ?? '', axis], column),
        onnxNode('Sub', [column, codes], difference),
        onnxNode('Mul', [difference, difference], square),
        onnxNode('ReduceSum', [square, last], names.output, { keepdims: int(0) }),
      ],
      constants: [
        floats(codes, attributes.codes.flat(), [attributes.codes.length, width]),
        int64s(axis, [1]),
        int64s(last, [2]),
      ],
    };
  },

  toTorch: ({ attributes }) =>
    moduleCall(
      'Rbf',
      [`[\n${attributes.codes.map((code) => `    [${code.join(', ')}],\n`).join('')}]`],
      {},
      {
        Rbf: rbfUnits,
      },
    ),
};
