import { ShapeError } from '../graph/problem.ts';
import type { ConvAttributes } from '../spec/types.ts';
import { attribute, derived, type Expression, expression, input } from './expression.ts';
import { floats, int, int64s, ints, onnxNode, singleNode, windowOnnx } from './onnx-form.ts';
import { isSymmetric, moduleCall, pythonPair, pythonSides } from './torch-form.ts';
import type { Operator, Reads, TensorSpec, Working } from './types.ts';
import {
  asImage,
  at,
  collectTerms,
  explainWindow,
  imageInput,
  noOperations,
  onlyInput,
  range,
  requireIntegers,
  sizeOf,
  slide,
  windowExtents,
  windowReads,
} from './window.ts';

/** Input channels that each filter reads. */
const channelsPerGroup = ({ groups }: ConvAttributes, inputChannels: number): number =>
  inputChannels / groups;

/** Connected (output, input) channel pairs: the slices of the weight tensor that exist. */
const connectionCount = (attributes: ConvAttributes, inputChannels: number): number =>
  attributes.connections
    ? attributes.connections.reduce((sum, inputs) => sum + inputs.length, 0)
    : attributes.channels * channelsPerGroup(attributes, inputChannels);

/** Input channels read by an output channel. */
function inputChannelsOf(
  attributes: ConvAttributes,
  inputChannels: number,
  channel: number,
): readonly number[] {
  if (attributes.connections) return attributes.connections[channel] ?? [];
  const perGroup = channelsPerGroup(attributes, inputChannels);
  const group = Math.floor(channel / (attributes.channels / attributes.groups));
  return range(perGroup, group * perGroup);
}

/** First weight slice of an output channel. */
function firstSlice(attributes: ConvAttributes, inputChannels: number, channel: number): number {
  if (!attributes.connections) return channel * channelsPerGroup(attributes, inputChannels);
  let slices = 0;
  for (let earlier = 0; earlier < channel; earlier += 1) {
    slices += attributes.connections[earlier]?.length ?? 0;
  }
  return slices;
}

function checkConnections(attributes: ConvAttributes, inputs: number): void {
  const { connections, channels, groups } = attributes;
  if (!connections) return;
  const sound =
    groups === 1 &&
    connections.length === channels &&
    connections.every(
      (list) =>
        list.length > 0 &&
        new Set(list).size === list.length &&
        list.every((channel) => Number.isInteger(channel) && channel >= 0 && channel < inputs),
    );
  if (!sound) throw new ShapeError({ code: 'connections', channels, inputs });
}

const noValues = new Float64Array(0);

/** The outputs along one axis whose input cell `index · stride + shift` lies inside the image: first, and end. */
const insideImage = (shift: number, stride: number, extent: number, outputs: number): [number, number] => [
  Math.min(outputs, Math.max(0, Math.ceil(-shift / stride))),
  Math.max(0, Math.min(outputs, Math.floor((extent - 1 - shift) / stride) + 1)),
];

const partialConvolution = `class PartialConv2d(nn.Module):
    """Convolution in which each output channel reads only the listed input channels; pad is (left, right, top, bottom)."""

    def __init__(self, in_channels, connections, kernel_size, stride=1, dilation=1, bias=True, pad=(0, 0, 0, 0)):
        super().__init__()
        pairs = [(o, i) for o, inputs in enumerate(connections) for i in inputs]
        self.register_buffer("outputs", torch.tensor([o for o, _ in pairs]), persistent=False)
        self.register_buffer("inputs", torch.tensor([i for _, i in pairs]), persistent=False)
        self.dense_shape = (len(connections), in_channels, *kernel_size)
        self.weight = nn.Parameter(torch.empty(len(pairs), *kernel_size))
        self.bias = nn.Parameter(torch.zeros(len(connections))) if bias else None
        self.options = {"stride": stride, "dilation": dilation}
        self.pad = pad
        nn.init.normal_(self.weight, std=(kernel_size[0] * kernel_size[1] * len(pairs) / len(connections)) ** -0.5)

    def forward(self, x):
        dense = self.weight.new_zeros(self.dense_shape).index_put((self.outputs, self.inputs), self.weight)
        return F.conv2d(F.pad(x, self.pad), dense, self.bias, **self.options)`;

const asymmetricConvolution = `class PaddedConv2d(nn.Conv2d):
    """Convolution whose zero padding differs from side to side: (left, right, top, bottom)."""

    def __init__(self, *args, pad, **kwargs):
        super().__init__(*args, **kwargs)
        self.pad = pad

    def forward(self, x):
        return super().forward(F.pad(x, self.pad))`;

/** ONNX `Conv` with groups, dilation, asymmetric padding, and LeNet-5's partial connections. */
export const Conv: Operator<'Conv'> = {
  category: 'convolution',
  inPlace: false,
  keeps: ['input'],

  inferShape(attributes, inputs) {
    const [channels, height, width] = imageInput(inputs);
    requireIntegers('channels', [attributes.channels], 1);
    requireIntegers('groups', [attributes.groups], 1);
    for (const [side, count] of [
      ['input', channels],
      ['output', attributes.channels],
    ] as const) {
      if (count % attributes.groups !== 0) {
        throw new ShapeError({
          code: 'groups-do-not-divide',
          groups: attributes.groups,
          channels: count,
          side,
        });
      }
    }
    checkConnections(attributes, channels);
    return [attributes.channels, ...slide(attributes, height, width, 'floor', attributes.dilation)];
  },

  tensors({ attributes, inputs }) {
    const [inputChannels] = asImage(onlyInput(inputs));
    const { kernel, channels } = attributes;
    const perFilter = connectionCount(attributes, inputChannels) / channels;
    const fanIn = perFilter * kernel[0] * kernel[1];
    const weight: TensorSpec = {
      name: 'weight',
      torchName: 'weight',
      shape: attributes.connections
        ? [connectionCount(attributes, inputChannels), ...kernel]
        : [channels, channelsPerGroup(attributes, inputChannels), ...kernel],
      learnable: true,
      initialisation: { kind: 'he', fanIn },
    };
    const bias: TensorSpec = {
      name: 'bias',
      torchName: 'bias',
      shape: [channels],
      learnable: true,
      initialisation: { kind: 'constant', value: 0 },
    };
    return attributes.bias ? [weight, bias] : [weight];
  },

  operations({ attributes, inputs, output }) {
    const [inputChannels] = asImage(onlyInput(inputs));
    const [channels, height, width] = asImage(output);
    const { kernel } = attributes;
    return {
      ...noOperations,
      multiplyAccumulate: height * width * connectionCount(attributes, inputChannels) * kernel[0] * kernel[1],
      add: attributes.bias ? channels * height * width : 0,
    };
  },

  extents: ({ attributes }) => windowExtents(attributes, attributes.dilation),

  reads({ attributes, inputs }, cell): Reads[] {
    const [inputChannels] = asImage(onlyInput(inputs));
    return [
      {
        input: 0,
        channels: inputChannelsOf(attributes, inputChannels, cell[0]),
        ...windowReads(attributes, cell, attributes.dilation),
      },
    ];
  },

  explain(context) {
    const { attributes, inputs, output } = context;
    const [inputChannels, height, width] = asImage(onlyInput(inputs));
    const [channels, outputHeight, outputWidth] = asImage(output);
    const { kernel, groups, connections, bias } = attributes;
    const slices: Expression = connections
      ? expression`${derived(connectionCount(attributes, inputChannels))}`
      : groups > 1
        ? expression`(${input(inputChannels)}/${attribute(groups)})·${attribute(channels)}`
        : expression`${input(inputChannels)}·${attribute(channels)}`;
    const perOutput: Expression = connections
      ? expression`${derived(connectionCount(attributes, inputChannels))}`
      : groups > 1
        ? expression`${attribute(channels)}·(${input(inputChannels)}/${attribute(groups)})`
        : expression`${attribute(channels)}·${input(inputChannels)}`;
    const area = expression`${attribute(kernel[0])}·${attribute(kernel[1])}`;
    const operations = Conv.operations(context);
    const parameters = Conv.tensors(context).reduce((sum, tensor) => sum + sizeOf(tensor.shape), 0);
    const workings: Working[] = [
      ...explainWindow(attributes, height, width, [outputHeight, outputWidth], 'floor', attributes.dilation),
      {
        quantity: 'parameters',
        expression: bias
          ? expression`${area}·${slices} + ${attribute(channels)}`
          : expression`${area}·${slices}`,
        result: parameters,
      },
      {
        quantity: 'macs',
        expression: expression`${derived(outputHeight)}·${derived(outputWidth)} · ${perOutput} · ${area}`,
        result: operations.multiplyAccumulate,
      },
    ];
    return workings;
  },

  evaluate({ attributes, inputs, output: shape }, [source = noValues], { weight = noValues, bias }, output) {
    const [inputChannels, height, width] = asImage(onlyInput(inputs));
    const [channels, outputHeight, outputWidth] = asImage(shape);
    const [kernelHeight, kernelWidth] = attributes.kernel;
    const [strideY, strideX] = attributes.stride;
    const [dilationY, dilationX] = attributes.dilation;
    const [top, left] = attributes.padding;
    const area = kernelHeight * kernelWidth;
    const sums = new Float64Array(outputHeight * outputWidth);
    let slice = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sums.fill(attributes.bias ? at(bias, channel) : 0);
      for (const from of inputChannelsOf(attributes, inputChannels, channel)) {
        for (let ky = 0; ky < kernelHeight; ky += 1) {
          const shiftY = ky * dilationY - top;
          const [firstY, endY] = insideImage(shiftY, strideY, height, outputHeight);
          for (let kx = 0; kx < kernelWidth; kx += 1) {
            const factor = at(weight, slice * area + ky * kernelWidth + kx);
            const shiftX = kx * dilationX - left;
            const [firstX, endX] = insideImage(shiftX, strideX, width, outputWidth);
            for (let y = firstY; y < endY; y += 1) {
              let cell = (from * height + y * strideY + shiftY) * width + firstX * strideX + shiftX;
              const end = y * outputWidth + endX;
              for (let index = y * outputWidth + firstX; index < end; index += 1) {
                sums[index] = (sums[index] as number) + factor * (source[cell] as number);
                cell += strideX;
              }
            }
          }
        }
        slice += 1;
      }
      output.set(sums, channel * outputHeight * outputWidth);
    }
  },

  arithmetic(context, values, { weight, bias }, cell) {
    const { attributes, inputs } = context;
    const [inputChannels] = asImage(onlyInput(inputs));
    const area = attributes.kernel[0] * attributes.kernel[1];
    const first = firstSlice(attributes, inputChannels, cell[0]) * area;
    const terms = collectTerms(inputs, Conv.reads(context, cell), values, (index) =>
      at(weight, first + index),
    );
    const constant = attributes.bias ? at(bias, cell[0]) : 0;
    const sum = terms.reduce((total, term) => total + term.value * (term.weight ?? 0), 0);
    return { kind: 'weighted-sum', terms, bias: constant, sum, result: sum + constant };
  },

  toOnnx({ attributes, inputs }, names) {
    const [inputChannels] = asImage(onlyInput(inputs));
    const own = {
      ...windowOnnx(attributes),
      dilations: ints(attributes.dilation),
      group: int(attributes.groups),
    };
    const tensors = attributes.bias ? ['weight', 'bias'] : ['weight'];
    if (!attributes.connections) return singleNode('Conv', names, tensors, own);
    // ONNX has no partial convolution: the existing slices are scattered into a kernel of zeros.
    const { connections, channels, kernel } = attributes;
    const slots = connections.flatMap((list, channel) => list.map((from) => channel * inputChannels + from));
    const zeros = names.local('zeros');
    const indices = names.local('indices');
    const shape = names.local('shape');
    const scattered = names.local('scattered');
    const dense = names.local('dense');
    const cells = channels * inputChannels;
    return {
      nodes: [
        onnxNode('ScatterND', [zeros, indices, names.tensor('weight')], scattered),
        onnxNode('Reshape', [scattered, shape], dense),
        onnxNode(
          'Conv',
          [names.inputs[0] ?? '', dense, ...(attributes.bias ? [names.tensor('bias')] : [])],
          names.output,
          own,
        ),
      ],
      constants: [
        floats(zeros, new Array<number>(cells * kernel[0] * kernel[1]).fill(0), [cells, ...kernel]),
        int64s(indices, slots, [slots.length, 1]),
        int64s(shape, [channels, inputChannels, ...kernel]),
      ],
    };
  },

  toTorch({ attributes, inputs }) {
    const [inputChannels] = asImage(onlyInput(inputs));
    const { kernel, stride, padding, dilation, groups, bias, channels, connections } = attributes;
    const unless1 = (extent: readonly [number, number]): string | undefined =>
      extent[0] === 1 && extent[1] === 1 ? undefined : pythonPair(extent);
    const symmetric = isSymmetric(padding);
    const isPadded = padding.some((extent) => extent > 0);
    const options = {
      stride: unless1(stride),
      dilation: unless1(dilation),
      bias: bias ? undefined : 'False',
    };
    if (connections) {
      const table = connections.map((list) => `    [${list.join(', ')}],\n`).join('');
      return moduleCall(
        'PartialConv2d',
        [inputChannels, `[\n${table}]`, `(${kernel.join(', ')})`],
        { ...options, pad: isPadded ? pythonSides(padding) : undefined },
        { PartialConv2d: partialConvolution },
      );
    }
    const rest = {
      stride: options.stride,
      padding: symmetric && isPadded ? pythonPair([padding[0], padding[1]]) : undefined,
      dilation: options.dilation,
      groups: groups === 1 ? undefined : groups,
      bias: options.bias,
    };
    const positional = [inputChannels, channels, pythonPair(kernel)];
    if (symmetric) return moduleCall('nn.Conv2d', positional, rest);
    return moduleCall(
      'PaddedConv2d',
      positional,
      { ...rest, pad: pythonSides(padding) },
      { PaddedConv2d: asymmetricConvolution },
    );
  },
};
