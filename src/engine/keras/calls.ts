import type { Terms } from '../code/part.ts';
import type { Graph, GraphNode } from '../graph/types.ts';
import { isSymmetric, python, pythonPair } from '../ops/torch-form.ts';
import type { PythonCall } from '../ops/types.ts';
import { asImage, dilated, sizeOf } from '../ops/window.ts';
import type { Padding, Shape, WindowAttributes } from '../spec/types.ts';

/** Keras's names of positional parameters, and what its keywords are where nothing is said. */
export const kerasTerms: Terms = {
  positional: {
    Conv: ['filters', 'kernel_size'],
    Gemm: ['units'],
    MaxPool: ['pool_size', 'strides'],
    AveragePool: ['pool_size', 'strides'],
    Dropout: ['rate'],
    StochasticDepth: ['survival'],
  },
  fallbacks: { strides: '1', padding: '0', dilation_rate: '1', groups: '1', use_bias: 'True' },
};

/** Padding as Keras's own layers take it: `1`, `(1, 2)`, or `((top, bottom), (left, right))`. */
function sides(padding: Padding): string {
  return isSymmetric(padding) ? pythonPair([padding[0], padding[1]]) : around(padding);
}

const around = ([top, left, bottom, right]: Padding): string => `((${top}, ${bottom}), (${left}, ${right}))`;

const isNone = (padding: Padding): boolean => padding.every((side) => side === 0);

/** Zeros that Keras's `padding="same"` puts along an axis: as many as ⌈extent / stride⌉ windows need, the odd one after. */
function sameAlong(extent: number, kernel: number, stride: number): readonly [number, number] {
  const total = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + kernel - extent);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Whether Keras's `padding="same"` pads as the layer does. */
function isSame({ kernel, stride, padding }: WindowAttributes, input: Shape): boolean {
  const [, height, width] = asImage(input);
  const [top, bottom] = sameAlong(height, kernel[0], stride[0]);
  const [left, right] = sameAlong(width, kernel[1], stride[1]);
  return [top, left, bottom, right].every((side, index) => side === padding[index]);
}

const windowOf = (node: Extract<GraphNode, { op: 'Conv' }>): WindowAttributes => ({
  ...node.attributes,
  kernel: [
    dilated(node.attributes.kernel[0], node.attributes.dilation[0]),
    dilated(node.attributes.kernel[1], node.attributes.dilation[1]),
  ],
});

/** Whether some convolution pads otherwise than Keras can: then all are written with their padding. */
export const padsOtherwise = (graph: Graph): boolean =>
  graph.nodes.some(
    (node) =>
      node.op === 'Conv' &&
      !node.attributes.connections &&
      !isNone(node.attributes.padding) &&
      !isSame(windowOf(node), node.inputShapes[0] ?? []),
  );

const unless = (value: string, usual: string): string | undefined => (value === usual ? undefined : value);

function call(
  name: string,
  positional: readonly (string | number)[] = [],
  keywords: Readonly<Record<string, string | undefined>> = {},
): PythonCall {
  return {
    name,
    positional: positional.map(String),
    keywords: Object.fromEntries(
      Object.entries(keywords).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
  };
}

/** How a node is called in Keras 3: a layer of its own, or one of {@link kerasHelpers}. */
export function kerasCall(node: GraphNode, explicitPadding: boolean): PythonCall {
  const input = node.inputShapes[0] ?? [];
  switch (node.op) {
    case 'Conv': {
      const { channels, kernel, stride, padding, dilation, groups, bias, connections } = node.attributes;
      const keywords = {
        strides: unless(pythonPair(stride), '1'),
        dilation_rate: unless(pythonPair(dilation), '1'),
        groups: unless(String(groups), '1'),
        use_bias: bias ? undefined : 'False',
      };
      if (connections) {
        const table = connections.map((list) => `    [${list.join(', ')}],\n`).join('');
        return call('PartialConv2D', [`[\n${table}]`, `(${kernel.join(', ')})`], {
          ...keywords,
          groups: undefined,
          around: isNone(padding) ? undefined : around(padding),
        });
      }
      if (explicitPadding) {
        return call('conv2d', [channels, pythonPair(kernel)], {
          ...keywords,
          padding: isNone(padding) ? undefined : sides(padding),
        });
      }
      const same = isSame(windowOf(node), input);
      return call('layers.Conv2D', [channels, pythonPair(kernel)], {
        ...keywords,
        padding: same ? '"same"' : '"valid"',
      });
    }
    case 'MaxPool':
    case 'AveragePool':
      return poolCall(node, input);
    case 'GlobalAveragePool':
      return call('layers.GlobalAveragePooling2D', [], { keepdims: 'True' });
    case 'AdaptiveAveragePool': {
      const [down, across] = node.attributes.size;
      return call('AdaptiveAveragePooling2D', [`(${down}, ${across})`]);
    }
    case 'Gemm':
      return call('layers.Dense', [node.attributes.features], {
        use_bias: node.attributes.bias ? undefined : 'False',
      });
    case 'BatchNormalization': {
      // Keras's momentum is what is kept of the running mean, not what comes in.
      const { momentum, epsilon } = node.attributes;
      return call('layers.BatchNormalization', [], {
        momentum: python(Number((1 - momentum).toPrecision(12))),
        epsilon: python(epsilon),
      });
    }
    case 'LRN': {
      const { size, alpha, beta, bias } = node.attributes;
      return call('LocalResponseNorm', [size], {
        alpha: python(alpha),
        beta: python(beta),
        bias: python(bias),
      });
    }
    case 'Relu':
      return call('layers.ReLU');
    case 'Sigmoid':
      return call('layers.Activation', ['"sigmoid"']);
    case 'Tanh': {
      const { amplitude, slope } = node.attributes;
      return amplitude === 1 && slope === 1
        ? call('layers.Activation', ['"tanh"'])
        : call('ScaledTanh', [python(amplitude), python(slope)]);
    }
    case 'Softmax':
      return call('layers.Softmax');
    case 'Dropout':
      return call('layers.Dropout', [python(node.attributes.rate)]);
    case 'StochasticDepth':
      return call('StochasticDepth', [python(node.attributes.survival)]);
    case 'Flatten':
      // One pixel, or a list already: there is no order to keep.
      return call(input.length === 3 && sizeOf(input) !== input[0] ? 'flatten' : 'layers.Flatten');
    case 'Pad': {
      const { padding, channels, value } = node.attributes;
      if (value === 0 && channels[0] === 0 && channels[1] === 0) {
        return call('layers.ZeroPadding2D', [sides(padding)]);
      }
      const [top, left, bottom, right] = padding;
      return call(
        'Padding',
        [`((${top}, ${bottom}), (${left}, ${right}), (${channels[0]}, ${channels[1]}))`],
        {
          value: unless(python(value), '0'),
        },
      );
    }
    case 'Identity':
      return call('layers.Identity');
    case 'Subsample':
      return call('Subsample', [
        `(${node.attributes.kernel.join(', ')})`,
        `(${node.attributes.stride.join(', ')})`,
      ]);
    case 'Rbf':
      return call('Rbf', [
        `[\n${node.attributes.codes.map((code) => `    [${code.join(', ')}],\n`).join('')}]`,
      ]);
    case 'Add':
    case 'Concat':
    case 'Mean':
      throw new RangeError(`${node.id} (${node.op}) merges`);
    case 'Opaque':
      throw new RangeError(`${node.id} (${node.attributes.operator}) has no form in Keras here`);
  }
}

/**
 * A pooling: Keras's own where nothing is padded and no window hangs over, else one that pads with what changes no
 * value. Where windows are rounded up, the padding is what makes room for the last one.
 */
function poolCall(node: Extract<GraphNode, { op: 'MaxPool' | 'AveragePool' }>, input: Shape): PythonCall {
  const { kernel, stride, padding } = node.attributes;
  const [, height, width] = asImage(input);
  const [, rows, columns] = asImage(node.shape);
  const [top, left, bottom, right] = padding;
  const after = (count: number, axis: 0 | 1, extent: number, before: number): number =>
    Math.max(0, (count - 1) * stride[axis] + kernel[axis] - extent - before);
  const whole: Padding = [top, left, after(rows, 0, height, top), after(columns, 1, width, left)];
  const size = [pythonPair(kernel), pythonPair(stride)];
  const name = node.op === 'MaxPool' ? 'MaxPooling2D' : 'AveragePooling2D';
  if (isNone(whole)) return call(`layers.${name}`, size);
  if (node.op === 'MaxPool') {
    // Keras's own padding never wins a maximum either.
    if (isSame({ kernel, stride, padding: whole }, input)) {
      return call('layers.MaxPooling2D', size, { padding: '"same"' });
    }
    return call('PaddedMaxPooling2D', size, { around: around(whole) });
  }
  const counted: Padding = node.attributes.countPadding
    ? [top, left, Math.min(bottom, whole[2]), Math.min(right, whole[3])]
    : [0, 0, 0, 0];
  return call('PaddedAveragePooling2D', size, { around: around(whole), counted: around(counted) });
}

/** Python text of the layers and functions that Keras lacks, by name. */
export const kerasHelpers: Readonly<Record<string, string>> = {
  conv2d: `def conv2d(x, name, filters, kernel_size, strides=1, padding=0, **options):
    """Convolution with the same zeros on opposite sides, where Keras's "same" puts the odd one behind the image."""
    if padding:
        x = layers.ZeroPadding2D(padding, name=f"{name}.pad")(x)
    return layers.Conv2D(filters, kernel_size, strides=strides, name=name, **options)(x)`,

  flatten: `def flatten(x, name):
    """Channel by channel, row by row: the order in which fully connected weights elsewhere read an image."""
    x = layers.Permute((3, 1, 2), name=f"{name}.order")(x)
    return layers.Flatten(name=name)(x)`,

  PartialConv2D: `class PartialConv2D(layers.Layer):
    """Convolution in which each filter reads only the listed channels."""

    def __init__(
        self, connections, kernel_size, strides=1, dilation_rate=1, use_bias=True, around=((0, 0), (0, 0)), **kwargs
    ):
        super().__init__(**kwargs)
        self.pairs = [[o, i] for o, inputs in enumerate(connections) for i in inputs]
        self.filters, self.kernel_size = len(connections), tuple(kernel_size)
        self.options = {"strides": strides, "dilation_rate": dilation_rate}
        self.use_bias, self.around = use_bias, around

    def build(self, input_shape):
        self.dense_shape = (self.filters, input_shape[-1], *self.kernel_size)
        self.kernel = self.add_weight(shape=(len(self.pairs), *self.kernel_size), name="kernel")
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")

    def call(self, x):
        dense = ops.scatter(ops.convert_to_tensor(self.pairs), self.kernel, self.dense_shape)
        x = ops.pad(x, ((0, 0), *self.around, (0, 0)))
        y = ops.conv(x, ops.transpose(dense, (2, 3, 1, 0)), **self.options)
        return y + self.bias if self.use_bias else y`,

  PaddedMaxPooling2D: `class PaddedMaxPooling2D(layers.Layer):
    """Max pooling of an image with minus infinity around it, which never is the largest."""

    def __init__(self, pool_size, strides, around, **kwargs):
        super().__init__(**kwargs)
        self.pool = layers.MaxPooling2D(pool_size, strides)
        self.around = around

    def call(self, x):
        return self.pool(ops.pad(x, ((0, 0), *self.around, (0, 0)), constant_values=float("-inf")))`,

  PaddedAveragePooling2D: `class PaddedAveragePooling2D(layers.Layer):
    """Average pooling with padding around the image, of which only what is counted divides the sum."""

    def __init__(self, pool_size, strides, around, counted, **kwargs):
        super().__init__(**kwargs)
        self.pool = layers.AveragePooling2D(pool_size, strides)
        self.around = around
        self.uncounted = [(a - c, b - d) for (a, b), (c, d) in zip(around, counted)]
        self.counted = [c + d for c, d in counted]

    def call(self, x):
        inside = ops.ones((1, x.shape[1] + self.counted[0], x.shape[2] + self.counted[1], 1))
        share = self.pool(ops.pad(inside, ((0, 0), *self.uncounted, (0, 0))))
        return self.pool(ops.pad(x, ((0, 0), *self.around, (0, 0)))) / share`,

  AdaptiveAveragePooling2D: `class AdaptiveAveragePooling2D(layers.Layer):
    """Means over as many windows as the size says, as equal as whole cells allow."""

    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def shares(self, extent, count):
        windows = [(i * extent // count, -(-(i + 1) * extent // count)) for i in range(count)]
        return ops.convert_to_tensor(
            [[1 / (end - first) if first <= cell < end else 0.0 for cell in range(extent)] for first, end in windows]
        )

    def call(self, x):
        rows, columns = (self.shares(x.shape[axis], self.size[axis - 1]) for axis in (1, 2))
        return ops.einsum("rh,bhwc,vw->brvc", rows, x, columns)`,

  LocalResponseNorm: `class LocalResponseNorm(layers.Layer):
    """x / (bias + alpha / size * the sum of squares over size neighbouring channels) ** beta."""

    def __init__(self, size, alpha, beta, bias, **kwargs):
        super().__init__(**kwargs)
        self.size, self.alpha, self.beta, self.bias = size, alpha, beta, bias

    def call(self, x):
        channels = x.shape[-1]
        around = ((self.size - 1) // 2, self.size // 2)
        squares = ops.pad(ops.square(x), ((0, 0), (0, 0), (0, 0), around))
        total = sum(squares[..., i : i + channels] for i in range(self.size))
        return x / ops.power(self.bias + self.alpha / self.size * total, self.beta)`,

  ScaledTanh: `class ScaledTanh(layers.Layer):
    """amplitude * tanh(slope * x)."""

    def __init__(self, amplitude, slope, **kwargs):
        super().__init__(**kwargs)
        self.amplitude, self.slope = amplitude, slope

    def call(self, x):
        return self.amplitude * ops.tanh(self.slope * x)`,

  StochasticDepth: `class StochasticDepth(layers.Layer):
    """Drops a residual body as a whole in training; scales it by its survival probability in inference."""

    def __init__(self, survival, **kwargs):
        super().__init__(**kwargs)
        self.survival = survival
        self.seed = keras.random.SeedGenerator()

    def call(self, x, training=False):
        if not training:
            return self.survival * x
        return x * ops.cast(keras.random.uniform((), seed=self.seed) < self.survival, x.dtype)`,

  Padding: `class Padding(layers.Layer):
    """A constant before and after rows, columns and channels."""

    def __init__(self, around, value=0, **kwargs):
        super().__init__(**kwargs)
        self.around, self.value = around, value

    def call(self, x):
        return ops.pad(x, ((0, 0), *self.around), constant_values=self.value)`,

  Subsample: `class Subsample(layers.Layer):
    """LeNet-5's subsampling: the sum of each window times one coefficient a channel, plus one bias."""

    def __init__(self, pool_size, strides, **kwargs):
        super().__init__(**kwargs)
        self.pool = layers.AveragePooling2D(pool_size, strides)
        self.area = pool_size[0] * pool_size[1]

    def build(self, input_shape):
        first = keras.initializers.Constant(1 / self.area)
        self.weight = self.add_weight(shape=(input_shape[-1],), initializer=first, name="weight")
        self.bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros", name="bias")

    def call(self, x):
        return self.pool(x) * self.area * self.weight + self.bias`,

  Rbf: `class Rbf(layers.Layer):
    """Squared Euclidean distance to one fixed code a class."""

    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = codes

    def call(self, x):
        codes = ops.convert_to_tensor(self.codes, dtype=x.dtype)
        return ops.sum(ops.square(ops.expand_dims(x, 1) - codes), axis=2)`,
};
