import { attribute, expression, input } from './expression.ts';
import { floats, int, int64s, onnxNode, singleNode } from './onnx-form.ts';
import { moduleCall, python, pythonSides } from './torch-form.ts';
import type { Operator } from './types.ts';
import {
  asImage,
  at,
  collectTerms,
  imageInput,
  noOperations,
  onlyInput,
  requireIntegers,
  sizeOf,
} from './window.ts';

/** ONNX `Flatten` (axis 1): the image as a list of features, channel by channel, row by row. */
export const Flatten: Operator<'Flatten'> = {
  category: 'reshape',
  inPlace: true,
  keeps: 'view',

  inferShape: (_attributes, inputs) => [sizeOf(onlyInput(inputs))],

  tensors: () => [],

  operations: () => noOperations,

  extents: () => ({ kind: 'pointwise' }),

  reads({ inputs }, [feature]) {
    const [, height, width] = asImage(onlyInput(inputs));
    const cells = height * width;
    const inside = feature % cells;
    return [
      {
        input: 0,
        channels: [Math.floor(feature / cells)],
        rows: [Math.floor(inside / width)],
        columns: [inside % width],
      },
    ];
  },

  explain({ inputs, output }) {
    const [channels, height, width] = asImage(onlyInput(inputs));
    return [
      {
        quantity: 'outputFeatures',
        expression: expression`${input(channels)}·${input(height)}·${input(width)}`,
        result: sizeOf(output),
      },
    ];
  },

  evaluate(_context, [source], _tensors, output) {
    if (source) output.set(source);
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, Flatten.reads(context, cell), values);
    return { kind: 'copy', terms, result: terms[0]?.value ?? 0 };
  },

  toOnnx: (_context, names) => singleNode('Flatten', names, [], { axis: int(1) }),

  toTorch: () => moduleCall('nn.Flatten', []),
};

/** ONNX `Pad` with a constant around height and width, and before and after the channels. */
export const Pad: Operator<'Pad'> = {
  category: 'reshape',
  inPlace: false,
  keeps: [],

  inferShape({ padding, channels: [before, after] }, inputs) {
    const [channels, height, width] = imageInput(inputs);
    requireIntegers('padding', padding, 0);
    requireIntegers('channels', [before, after], 0);
    const [top, left, bottom, right] = padding;
    return [before + channels + after, height + top + bottom, width + left + right];
  },

  tensors: () => [],

  operations: () => noOperations,

  extents: ({ attributes: { padding } }) => ({
    kind: 'window',
    kernel: [1, 1],
    stride: [1, 1],
    dilation: [1, 1],
    before: [padding[0], padding[1]],
  }),

  reads({ attributes: { padding, channels }, inputs }, [channel, row, column]) {
    const [own] = asImage(onlyInput(inputs));
    const from = channel - channels[0];
    // A channel that was added reads nothing of the image.
    if (from < 0 || from >= own) return [];
    return [{ input: 0, channels: [from], rows: [row - padding[0]], columns: [column - padding[1]] }];
  },

  explain({ attributes: { padding, channels }, inputs, output }) {
    const [own, height, width] = asImage(onlyInput(inputs));
    const [, outputHeight, outputWidth] = asImage(output);
    const [top, left, bottom, right] = padding;
    if (padding.every((side) => side === 0)) {
      return [
        {
          quantity: 'outputChannels',
          expression: expression`${attribute(channels[0])} + ${input(own)} + ${attribute(channels[1])}`,
          result: output[0] ?? 0,
        },
      ];
    }
    return [
      {
        quantity: 'outputHeight',
        expression: expression`${attribute(top)} + ${input(height)} + ${attribute(bottom)}`,
        result: outputHeight,
      },
      {
        quantity: 'outputWidth',
        expression: expression`${attribute(left)} + ${input(width)} + ${attribute(right)}`,
        result: outputWidth,
      },
    ];
  },

  evaluate({ attributes, inputs, output: shape }, [source], _tensors, output) {
    const [channels, height, width] = asImage(onlyInput(inputs));
    const [, outputHeight, outputWidth] = asImage(shape);
    const [top, left] = attributes.padding;
    const [before] = attributes.channels;
    output.fill(attributes.value);
    for (let channel = 0; channel < channels; channel += 1) {
      for (let row = 0; row < height; row += 1) {
        const to = ((before + channel) * outputHeight + row + top) * outputWidth + left;
        const from = (channel * height + row) * width;
        for (let column = 0; column < width; column += 1) output[to + column] = at(source, from + column);
      }
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, Pad.reads(context, cell), values);
    const [term] = terms;
    return { kind: 'copy', terms, result: term && !term.padding ? term.value : context.attributes.value };
  },

  toOnnx({ attributes }, names) {
    const [top, left, bottom, right] = attributes.padding;
    const [before, after] = attributes.channels;
    const pads = names.local('pads');
    const value = names.local('value');
    return {
      nodes: [onnxNode('Pad', [...names.inputs, pads, value], names.output)],
      constants: [
        int64s(pads, [0, before, top, left, 0, after, bottom, right]),
        floats(value, [attributes.value]),
      ],
    };
  },

  toTorch({ attributes }) {
    const [before, after] = attributes.channels;
    const all = `${pythonSides(attributes.padding).slice(0, -1)}, ${before}, ${after})`;
    if (before > 0 || after > 0) return moduleCall('nn.ConstantPad3d', [all, python(attributes.value)]);
    const sides = pythonSides(attributes.padding);
    return attributes.value === 0
      ? moduleCall('nn.ZeroPad2d', [sides])
      : moduleCall('nn.ConstantPad2d', [sides, python(attributes.value)]);
  },
};
