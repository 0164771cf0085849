import { ShapeError } from '../graph/problem.ts';
import type { AveragePoolAttributes, MaxPoolAttributes, Shape, WindowAttributes } from '../spec/types.ts';
import { expression, input } from './expression.ts';
import { floats, int, onnxNode, poolOnnx, singleNode, windowOnnx } from './onnx-form.ts';
import { isSymmetric, moduleCall, pythonPair, pythonSides } from './torch-form.ts';
import type { Cell, Context, FloatArray, Operator, Reads, TorchForm, Working } from './types.ts';
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

const poolReads = (attributes: WindowAttributes, cell: Cell): Reads[] => [
  { input: 0, channels: [cell[0]], ...windowReads(attributes, cell) },
];

const area = ({ kernel }: WindowAttributes): number => kernel[0] * kernel[1];

const torchOptions = (
  attributes: WindowAttributes,
  ceil: boolean,
): { readonly positional: readonly string[]; readonly keywords: Record<string, string | undefined> } => ({
  positional: [pythonPair(attributes.kernel), pythonPair(attributes.stride)],
  keywords: {
    padding:
      attributes.padding[0] > 0 || attributes.padding[1] > 0
        ? pythonPair([attributes.padding[0], attributes.padding[1]])
        : undefined,
    ceil_mode: ceil ? 'True' : undefined,
  },
});

/** Whether PyTorch's own pooling can pad so: alike on opposite sides, by at most half the kernel. */
const isTorchPadding = ({ kernel, padding }: WindowAttributes): boolean =>
  isSymmetric(padding) && 2 * padding[0] <= kernel[0] && 2 * padding[1] <= kernel[1];

/** The spatial output of a pooling. @throws ShapeError also where a window could lie in padding alone */
function slidePool(
  attributes: MaxPoolAttributes | AveragePoolAttributes,
  height: number,
  width: number,
): readonly [number, number] {
  const output = slide(attributes, height, width, attributes.rounding);
  for (const [side, padding] of attributes.padding.entries()) {
    if (padding >= attributes.kernel[side % 2 === 0 ? 0 : 1]) {
      throw new ShapeError({
        code: 'attribute',
        name: 'padding',
        value: padding,
        rule: 'padding-below-kernel',
      });
    }
  }
  return output;
}

const paddedPool = (name: string, base: string, pool: string): Record<string, string> => ({
  [name]: `class ${name}(nn.${base}):
    """Pooling with padding (left, right, top, bottom) of its own for each side."""

    def __init__(self, *args, pad, **kwargs):
        super().__init__(*args, **kwargs)
        self.pad = pad

    def forward(self, x):
        ${pool}
        # Rounding up makes no window that starts in the padding after the image.
        left, _, top, _ = self.pad
        vertical, horizontal = nn.modules.utils._pair(self.stride)
        rows = (x.shape[2] + top - 1) // vertical + 1
        columns = (x.shape[3] + left - 1) // horizontal + 1
        return y[:, :, :rows, :columns]`,
});

const paddedMaxPool = paddedPool(
  'PaddedMaxPool2d',
  'MaxPool2d',
  'y = super().forward(F.pad(x, self.pad, value=float("-inf")))',
);

const paddedAveragePool = paddedPool(
  'PaddedAvgPool2d',
  'AvgPool2d',
  'y = super().forward(F.pad(x, self.pad))',
);

const uncountedAveragePool = paddedPool(
  'UncountedAvgPool2d',
  'AvgPool2d',
  `# The share of each window that is image: padding does not count in the mean.
        inside = super().forward(F.pad(torch.ones_like(x), self.pad))
        y = super().forward(F.pad(x, self.pad)) / inside`,
);

/** What the pools that slide a window have in common, whatever they make of it. */
const slidingPool = <O extends 'MaxPool' | 'AveragePool'>(): Pick<
  Operator<O>,
  'category' | 'inPlace' | 'inferShape' | 'tensors' | 'extents' | 'reads' | 'explain'
> => ({
  category: 'pooling',
  inPlace: false,

  inferShape(attributes, inputs) {
    const [channels, height, width] = imageInput(inputs);
    return [channels, ...slidePool(attributes, height, width)];
  },

  tensors: () => [],

  extents: ({ attributes }) => windowExtents(attributes),

  reads: ({ attributes }, cell) => poolReads(attributes, cell),

  explain({ attributes, inputs, output }) {
    const [, height, width] = asImage(onlyInput(inputs));
    const [, outputHeight, outputWidth] = asImage(output);
    return explainWindow(attributes, height, width, [outputHeight, outputWidth], attributes.rounding);
  },
});

/** ONNX `MaxPool`; padding never wins the maximum. */
export const MaxPool: Operator<'MaxPool'> = {
  ...slidingPool(),

  keeps: ['input', 'indices'],

  operations: ({ attributes, output }) => ({
    ...noOperations,
    compare: sizeOf(output) * (area(attributes) - 1),
  }),

  evaluate({ attributes, inputs, output: shape }, [source], _tensors, output) {
    eachWindow(attributes, onlyInput(inputs), shape, source, (index, values) => {
      let largest = Number.NEGATIVE_INFINITY;
      for (const value of values) if (value > largest) largest = value;
      output[index] = largest;
    });
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, MaxPool.reads(context, cell), values);
    const result = terms.reduce(
      (largest, term) => (term.padding ? largest : Math.max(largest, term.value)),
      Number.NEGATIVE_INFINITY,
    );
    return { kind: 'maximum', terms, result };
  },

  toOnnx: ({ attributes, inputs, output }, names) =>
    singleNode('MaxPool', names, [], {
      ...poolOnnx(attributes, onlyInput(inputs), output, false),
    }),

  toTorch({ attributes }): TorchForm {
    const { positional, keywords } = torchOptions(attributes, attributes.rounding === 'ceil');
    if (isTorchPadding(attributes)) return moduleCall('nn.MaxPool2d', positional, keywords);
    return moduleCall(
      'PaddedMaxPool2d',
      positional,
      { ceil_mode: keywords.ceil_mode, pad: pythonSides(attributes.padding) },
      paddedMaxPool,
    );
  },
};

/** Calls back with the values of each window that lie inside the image, in output order. */
function eachWindow(
  attributes: WindowAttributes,
  inputShape: Shape,
  outputShape: Shape,
  source: FloatArray | undefined,
  visit: (index: number, values: readonly number[], cell: Cell) => void,
): void {
  const [, height, width] = asImage(inputShape);
  const [channels, outputHeight, outputWidth] = asImage(outputShape);
  const [kernelHeight, kernelWidth] = attributes.kernel;
  const values: number[] = [];
  let index = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let y = 0; y < outputHeight; y += 1) {
      const firstRow = y * attributes.stride[0] - attributes.padding[0];
      for (let x = 0; x < outputWidth; x += 1) {
        const firstColumn = x * attributes.stride[1] - attributes.padding[1];
        values.length = 0;
        for (let row = Math.max(0, firstRow); row < Math.min(height, firstRow + kernelHeight); row += 1) {
          const base = (channel * height + row) * width;
          for (
            let column = Math.max(0, firstColumn);
            column < Math.min(width, firstColumn + kernelWidth);
            column += 1
          ) {
            values.push(at(source, base + column));
          }
        }
        visit(index, values, [channel, y, x]);
        index += 1;
      }
    }
  }
}

/**
 * Cells that an average divides by: all of the window inside the padded image, or inside the image alone. A window
 * that the ceiling lets reach beyond the padding does not count those cells (PyTorch `AvgPool2d`).
 */
function divisor(attributes: AveragePoolAttributes, height: number, width: number, [, y, x]: Cell): number {
  const along = (axis: 0 | 1, extent: number, index: number): number => {
    const before = attributes.padding[axis];
    const after = attributes.padding[axis === 0 ? 2 : 3];
    const first = index * attributes.stride[axis] - before;
    const last = first + attributes.kernel[axis];
    return attributes.countPadding
      ? Math.min(last, extent + after) - first
      : Math.min(last, extent) - Math.max(first, 0);
  };
  return along(0, height, y) * along(1, width, x);
}

/** ONNX `AveragePool`. */
export const AveragePool: Operator<'AveragePool'> = {
  ...slidingPool(),

  keeps: ['input'],

  operations: ({ attributes, output }) => ({
    ...noOperations,
    add: sizeOf(output) * (area(attributes) - 1),
    divide: sizeOf(output),
  }),

  evaluate({ attributes, inputs, output: shape }, [source], _tensors, output) {
    const [, height, width] = asImage(onlyInput(inputs));
    eachWindow(attributes, onlyInput(inputs), shape, source, (index, values, cell) => {
      const sum = values.reduce((total, value) => total + value, 0);
      output[index] = sum / divisor(attributes, height, width, cell);
    });
  },

  arithmetic(context, values, _tensors, cell) {
    const { attributes, inputs } = context;
    const [, height, width] = asImage(onlyInput(inputs));
    const terms = collectTerms(inputs, AveragePool.reads(context, cell), values);
    const sum = terms.reduce((total, term) => total + term.value, 0);
    const scale = 1 / divisor(attributes, height, width, cell);
    return { kind: 'mean', terms, scale, sum, result: sum * scale };
  },

  toOnnx: ({ attributes, inputs, output }, names) =>
    singleNode('AveragePool', names, [], {
      ...poolOnnx(attributes, onlyInput(inputs), output, attributes.countPadding),
      count_include_pad: int(attributes.countPadding ? 1 : 0),
    }),

  toTorch({ attributes }): TorchForm {
    const { positional, keywords } = torchOptions(attributes, attributes.rounding === 'ceil');
    if (isTorchPadding(attributes)) {
      return moduleCall('nn.AvgPool2d', positional, {
        ...keywords,
        count_include_pad: attributes.countPadding ? undefined : 'False',
      });
    }
    if (attributes.countPadding) {
      return moduleCall(
        'PaddedAvgPool2d',
        positional,
        { ceil_mode: keywords.ceil_mode, pad: pythonSides(attributes.padding) },
        paddedAveragePool,
      );
    }
    return moduleCall(
      'UncountedAvgPool2d',
      positional,
      { ceil_mode: keywords.ceil_mode, pad: pythonSides(attributes.padding) },
      uncountedAveragePool,
    );
  },
};

/** ONNX `GlobalAveragePool`: the mean of each channel (Lin et al. 2013, section 3.2). */
export const GlobalAveragePool: Operator<'GlobalAveragePool'> = {
  category: 'pooling',
  inPlace: false,
  keeps: [],

  inferShape(_attributes, inputs) {
    const [channels] = imageInput(inputs);
    return [channels, 1, 1];
  },

  tensors: () => [],

  operations({ inputs, output }) {
    const cells = sizeOf(onlyInput(inputs));
    return { ...noOperations, add: cells - sizeOf(output), divide: sizeOf(output) };
  },

  extents: () => ({ kind: 'global' }),

  reads({ inputs }, [channel]) {
    const [, height, width] = asImage(onlyInput(inputs));
    return [{ input: 0, channels: [channel], rows: range(height), columns: range(width) }];
  },

  explain: () => [],

  evaluate({ inputs }, [source], _tensors, output) {
    const [channels, height, width] = asImage(onlyInput(inputs));
    const cells = height * width;
    for (let channel = 0; channel < channels; channel += 1) {
      let sum = 0;
      for (let index = 0; index < cells; index += 1) sum += at(source, channel * cells + index);
      output[channel] = sum / cells;
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, GlobalAveragePool.reads(context, cell), values);
    const sum = terms.reduce((total, term) => total + term.value, 0);
    return { kind: 'mean', terms, scale: 1 / terms.length, sum, result: sum / terms.length };
  },

  toOnnx: (_context, names) => singleNode('GlobalAveragePool', names),

  toTorch: () => moduleCall('nn.AdaptiveAvgPool2d', [1]),
};

/** First cell, and the one after the last, of each of `count` windows over an extent. */
const unevenWindows = (extent: number, count: number): readonly (readonly [first: number, end: number])[] =>
  range(count).map((index) => [
    Math.floor((index * extent) / count),
    Math.ceil(((index + 1) * extent) / count),
  ]);

/** Windows over the rows and over the columns of an image. */
function unevenWindowsOf({ attributes: { size }, inputs }: Context<'AdaptiveAveragePool'>) {
  const [, height, width] = asImage(onlyInput(inputs));
  return { rows: unevenWindows(height, size[0]), columns: unevenWindows(width, size[1]) };
}

const lengthsOf = (windows: ReturnType<typeof unevenWindows>): readonly number[] =>
  windows.map(([first, end]) => end - first);

/** Row-major matrix that takes the mean over each window: one row a window, one column a cell. */
const averaging = (windows: ReturnType<typeof unevenWindows>, extent: number): readonly number[] =>
  windows.flatMap(([first, end]) =>
    range(extent).map((cell) => (cell >= first && cell < end ? 1 / (end - first) : 0)),
  );

/** PyTorch's `AdaptiveAvgPool2d`: what torchvision's AlexNet and VGG put between convolutions and classifier. */
export const AdaptiveAveragePool: Operator<'AdaptiveAveragePool'> = {
  category: 'pooling',
  inPlace: false,
  keeps: ['input'],

  inferShape({ size }, inputs) {
    const [channels] = imageInput(inputs);
    requireIntegers('size', size, 1);
    return [channels, ...size];
  },

  tensors: () => [],

  operations(context) {
    const { rows, columns } = unevenWindowsOf(context);
    const [channels] = asImage(context.output);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const cells = channels * sum(lengthsOf(rows)) * sum(lengthsOf(columns));
    return { ...noOperations, add: cells - sizeOf(context.output), divide: sizeOf(context.output) };
  },

  extents(context) {
    const { rows, columns } = unevenWindowsOf(context);
    const [, height, width] = asImage(onlyInput(context.inputs));
    const [down, across] = context.attributes.size;
    return {
      kind: 'uneven',
      largest: [Math.max(...lengthsOf(rows)), Math.max(...lengthsOf(columns))],
      spacing: [height / down, width / across],
    };
  },

  reads(context, [channel, row, column]) {
    const { rows, columns } = unevenWindowsOf(context);
    const cells = ([first, end]: readonly [number, number] = [0, 0]) => range(end - first, first);
    return [{ input: 0, channels: [channel], rows: cells(rows[row]), columns: cells(columns[column]) }];
  },

  explain: () => [],

  evaluate(context, [source], _tensors, output) {
    const { rows, columns } = unevenWindowsOf(context);
    const [channels, height, width] = asImage(onlyInput(context.inputs));
    let index = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      for (const [top, bottom] of rows) {
        for (const [left, right] of columns) {
          let sum = 0;
          for (let row = top; row < bottom; row += 1) {
            for (let column = left; column < right; column += 1) {
              sum += at(source, (channel * height + row) * width + column);
            }
          }
          output[index] = sum / ((bottom - top) * (right - left));
          index += 1;
        }
      }
    }
  },

  arithmetic(context, values, _tensors, cell) {
    const terms = collectTerms(context.inputs, AdaptiveAveragePool.reads(context, cell), values);
    const sum = terms.reduce((total, term) => total + term.value, 0);
    return { kind: 'mean', terms, scale: 1 / terms.length, sum, result: sum / terms.length };
  },

  /** ONNX has no such pooling; windows are rectangles, so that a product from either side takes their means. */
  toOnnx(context, names) {
    const { rows, columns } = unevenWindowsOf(context);
    const [, height, width] = asImage(onlyInput(context.inputs));
    const [down, across] = context.attributes.size;
    const [vertical, horizontal, means] = [
      names.local('rows'),
      names.local('columns'),
      names.local('row_means'),
    ];
    const byWindow = averaging(columns, width);
    const transposed = range(width).flatMap((cell) =>
      range(across).map((window) => byWindow[window * width + cell] ?? 0),
    );
    return {
      nodes: [
        onnxNode('MatMul', [vertical, ...names.inputs], means),
        onnxNode('MatMul', [means, horizontal], names.output),
      ],
      constants: [
        floats(vertical, averaging(rows, height), [down, height]),
        floats(horizontal, transposed, [width, across]),
      ],
    };
  },

  toTorch: ({ attributes: { size } }) => moduleCall('nn.AdaptiveAvgPool2d', [pythonPair(size)]),
};

const subsampleWindow = ({ attributes: { kernel, stride } }: Context<'Subsample'>): WindowAttributes => ({
  kernel,
  stride,
  padding: [0, 0, 0, 0],
});

const subsampling = `class Subsample(nn.Module):
    """LeNet-5's subsampling: the sum of each window times one coefficient a channel, plus one bias."""

    def __init__(self, channels, kernel_size, stride):
        super().__init__()
        self.area = kernel_size[0] * kernel_size[1]
        self.pool = nn.AvgPool2d(kernel_size, stride)
        self.weight = nn.Parameter(torch.full((channels, 1, 1), 1.0 / self.area))
        self.bias = nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, x):
        return self.pool(x) * self.area * self.weight + self.bias`;

/** Trainable subsampling (LeCun et al. 1998, II.B): `y = w · Σ window + b`, one `w` and one `b` a channel. */
export const Subsample: Operator<'Subsample'> = {
  category: 'pooling',
  inPlace: false,
  keeps: ['input'],

  inferShape({ kernel, stride }, inputs) {
    const [channels, height, width] = imageInput(inputs);
    return [channels, ...slide({ kernel, stride, padding: [0, 0, 0, 0] }, height, width, 'floor')];
  },

  tensors({ attributes, output }) {
    const [channels] = asImage(output);
    const cells = attributes.kernel[0] * attributes.kernel[1];
    return [
      {
        name: 'weight',
        torchName: 'weight',
        shape: [channels, 1, 1],
        learnable: true,
        initialisation: { kind: 'constant', value: 1 / cells },
      },
      {
        name: 'bias',
        torchName: 'bias',
        shape: [channels, 1, 1],
        learnable: true,
        initialisation: { kind: 'constant', value: 0 },
      },
    ];
  },

  operations: ({ attributes, output }) => ({
    ...noOperations,
    // Three additions sum a 2×2 window; the fourth is the bias.
    add: sizeOf(output) * attributes.kernel[0] * attributes.kernel[1],
    multiply: sizeOf(output),
  }),

  extents: (context) => windowExtents(subsampleWindow(context)),

  reads: (context, cell) => poolReads(subsampleWindow(context), cell),

  explain(context): Working[] {
    const [, height, width] = asImage(onlyInput(context.inputs));
    const [channels, outputHeight, outputWidth] = asImage(context.output);
    return [
      ...explainWindow(subsampleWindow(context), height, width, [outputHeight, outputWidth], 'floor'),
      {
        quantity: 'parameters',
        expression: expression`${input(channels)} + ${input(channels)}`,
        result: 2 * channels,
      },
    ];
  },

  evaluate(context, [source], { weight, bias }, output) {
    eachWindow(
      subsampleWindow(context),
      onlyInput(context.inputs),
      context.output,
      source,
      (index, values, [channel]) => {
        const sum = values.reduce((total, value) => total + value, 0);
        output[index] = sum * at(weight, channel) + at(bias, channel);
      },
    );
  },

  arithmetic(context, values, { weight, bias }, cell) {
    const terms = collectTerms(context.inputs, Subsample.reads(context, cell), values);
    const sum = terms.reduce((total, term) => total + term.value, 0);
    const scale = at(weight, cell[0]);
    const constant = at(bias, cell[0]);
    return { kind: 'scaled-sum', terms, scale, bias: constant, sum, result: sum * scale + constant };
  },

  toOnnx(context, names) {
    const window = subsampleWindow(context);
    const mean = names.local('mean');
    const cells = names.local('cells');
    const sum = names.local('sum');
    const scaled = names.local('scaled');
    return {
      nodes: [
        onnxNode('AveragePool', names.inputs, mean, windowOnnx(window)),
        onnxNode('Mul', [mean, cells], sum),
        onnxNode('Mul', [sum, names.tensor('weight')], scaled),
        onnxNode('Add', [scaled, names.tensor('bias')], names.output),
      ],
      constants: [floats(cells, [area(window)])],
    };
  },

  toTorch({ attributes, output }) {
    const [channels] = asImage(output);
    return moduleCall(
      'Subsample',
      [channels, `(${attributes.kernel.join(', ')})`, `(${attributes.stride.join(', ')})`],
      {},
      { Subsample: subsampling },
    );
  },
};
