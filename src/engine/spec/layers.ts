import type {
  Architecture,
  BranchesSpec,
  Family,
  GroupRole,
  GroupSpec,
  MergeName,
  OperatorAttributes,
  OperatorSpec,
  OpName,
  Padding,
  Pair,
  RbfAttributes,
  ResidualSpec,
  Rounding,
  Series,
  Shape,
  Spec,
  TapSpec,
} from './types.ts';

/** One number for both spatial axes, or height and width. */
export type Extent = number | Pair;

/** One number for all sides, `[vertical, horizontal]`, or `[top, left, bottom, right]`. */
export type PaddingOption = number | Pair | Padding;

const pair = (extent: Extent): Pair => (typeof extent === 'number' ? [extent, extent] : extent);

function sides(padding: PaddingOption): Padding {
  if (typeof padding === 'number') return [padding, padding, padding, padding];
  if (padding.length === 2) return [padding[0], padding[1], padding[0], padding[1]];
  return padding;
}

const operator = <O extends OpName>(op: O, attributes: OperatorAttributes[O]): OperatorSpec =>
  ({ $: 'operator', op, attributes }) as unknown as OperatorSpec;

/** Operators in use by what they were built from; forgotten when there are many, as while a knob is turned. */
const built = new Map<string, OperatorSpec>();
const MOST_BUILT = 5000;

/** Equal operators are one object: a thousand equal blocks hold it once, and what follows from it is worked out once. */
function once(key: string, build: () => OperatorSpec): OperatorSpec {
  const before = built.get(key);
  if (before) return before;
  if (built.size >= MOST_BUILT) built.clear();
  const spec = build();
  built.set(key, spec);
  return spec;
}

/** Options of a convolution; padding defaults to "same" for odd kernels at stride 1 in {@link convRelu}, 0 here. */
export interface ConvOptions {
  readonly stride?: Extent;
  readonly padding?: PaddingOption;
  readonly dilation?: Extent;
  readonly groups?: number;
  readonly bias?: boolean;
  readonly connections?: readonly (readonly number[])[];
}

/** Options of a convolution with batch normalisation behind it. */
export interface ConvBnOptions extends ConvOptions {
  /** Of the normalisation; 10⁻⁵ unless given. */
  readonly epsilon?: number;
}

const normOf = ({ epsilon }: ConvBnOptions): OperatorSpec =>
  batchNorm(epsilon === undefined ? {} : { epsilon });

/** A convolution of `channels` filters (ONNX `Conv`); no padding unless asked for. */
export function conv(channels: number, kernel: Extent, options: ConvOptions = {}): OperatorSpec {
  const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, connections } = options;
  const build = () =>
    operator('Conv', {
      channels,
      kernel: pair(kernel),
      stride: pair(stride),
      padding: sides(padding),
      dilation: pair(dilation),
      groups,
      bias,
      ...(connections ? { connections } : {}),
    });
  return connections
    ? build()
    : once(`Conv ${channels} ${kernel} ${stride} ${padding} ${dilation} ${groups} ${bias}`, build);
}

/** Options of a pooling; the stride is the kernel unless given. */
export interface PoolOptions {
  readonly stride?: Extent;
  readonly padding?: PaddingOption;
  readonly rounding?: Rounding;
}

/** Max pooling (ONNX `MaxPool`). */
export const maxPool = (kernel: Extent, options: PoolOptions = {}): OperatorSpec =>
  operator('MaxPool', {
    kernel: pair(kernel),
    stride: pair(options.stride ?? kernel),
    padding: sides(options.padding ?? 0),
    rounding: options.rounding ?? 'floor',
  });

/** Average pooling (ONNX `AveragePool`); padding counts in the mean unless `countPadding` is false. */
export const averagePool = (
  kernel: Extent,
  options: PoolOptions & { readonly countPadding?: boolean } = {},
): OperatorSpec =>
  operator('AveragePool', {
    kernel: pair(kernel),
    stride: pair(options.stride ?? kernel),
    padding: sides(options.padding ?? 0),
    rounding: options.rounding ?? 'floor',
    countPadding: options.countPadding ?? true,
  });

/** The mean of each channel over the whole image (ONNX `GlobalAveragePool`): `[C, H, W]` → `[C, 1, 1]`. */
export const globalAveragePool = (): OperatorSpec =>
  once('GlobalAveragePool', () => operator('GlobalAveragePool', {}));

/**
 * The mean of each channel over `size` windows a side, as equal as whole cells allow (PyTorch `AdaptiveAvgPool2d`):
 * `[C, H, W]` → `[C, size, size]`. No layer at all where that is what arrives.
 */
export const adaptiveAveragePool = (size: Extent): OperatorSpec =>
  operator('AdaptiveAveragePool', { size: pair(size) });

/** A fully connected layer (ONNX `Gemm`); `inputs` states what the source says and is checked. */
export const fc = (
  features: number,
  options: { readonly bias?: boolean; readonly inputs?: number } = {},
): OperatorSpec =>
  operator('Gemm', {
    features,
    bias: options.bias ?? true,
    ...(options.inputs === undefined ? {} : { inputs: options.inputs }),
  });

/** Batch normalisation (ONNX `BatchNormalization`), PyTorch's defaults. */
export const batchNorm = (
  options: { readonly epsilon?: number; readonly momentum?: number } = {},
): OperatorSpec => {
  const { epsilon = 1e-5, momentum = 0.1 } = options;
  return once(`BatchNormalization ${epsilon} ${momentum}`, () =>
    operator('BatchNormalization', { epsilon, momentum }),
  );
};

/** Local response normalisation (ONNX `LRN`; alpha is divided by `size`). */
export const lrn = (options: {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}): OperatorSpec => operator('LRN', options);

/** Rectified linear unit. */
export const relu = (): OperatorSpec => once('Relu', () => operator('Relu', {}));

/** Hyperbolic tangent; `amplitude · tanh(slope · x)` when scaled. */
export const tanh = (options: { readonly amplitude?: number; readonly slope?: number } = {}): OperatorSpec =>
  operator('Tanh', { amplitude: options.amplitude ?? 1, slope: options.slope ?? 1 });

/** Logistic sigmoid. */
export const sigmoid = (): OperatorSpec => once('Sigmoid', () => operator('Sigmoid', {}));

/** Softmax over the channel (or feature) axis. */
export const softmax = (): OperatorSpec => once('Softmax', () => operator('Softmax', {}));

/** Dropout: nothing in inference, `rate` of the activations set to zero in training. */
export const dropout = (rate = 0.5): OperatorSpec => operator('Dropout', { rate });

/** `[C, H, W]` → `[C·H·W]`. */
export const flatten = (): OperatorSpec => once('Flatten', () => operator('Flatten', {}));

/** Constant padding around the image. */
export const pad = (padding: PaddingOption, value = 0): OperatorSpec =>
  operator('Pad', { padding: sides(padding), channels: [0, 0], value });

/** Channels of zeros before and after the image's own (option A of He et al. 2015). */
export const padChannels = (before: number, after: number): OperatorSpec =>
  operator('Pad', { padding: [0, 0, 0, 0], channels: [before, after], value: 0 });

/** The end of a residual body that survives a training step with the given probability (Huang et al. 2016). */
export const stochasticDepth = (survival: number): OperatorSpec => operator('StochasticDepth', { survival });

/** The input unchanged, where a path needs a name of its own. */
export const identity = (): OperatorSpec => once('Identity', () => operator('Identity', {}));

/** Trainable subsampling of LeNet-5 (1998): one coefficient and one bias a channel. */
export const subsample = (kernel: Extent, stride: Extent = kernel): OperatorSpec =>
  operator('Subsample', { kernel: pair(kernel), stride: pair(stride) });

/** Euclidean RBF units with fixed codes (LeNet-5, 1998). */
export const rbf = (codes: RbfAttributes['codes']): OperatorSpec => operator('Rbf', { codes });

const group = (role: GroupRole, layers: Series): GroupSpec => ({ $: 'group', role, layers });

/** Layers at one resolution, as a paper's table rows are grouped. */
export const stage = (layers: Series): GroupSpec => group('stage', layers);

/** The repeated part of a network. */
export const block = (layers: Series): GroupSpec => group('block', layers);

/** An operator with the normalisation and activation that follow it: one row to the reader. */
export const unit = (layers: Series): GroupSpec => group('unit', layers);

/**
 * Parallel branches over one input, merged by `Add`, `Concat` (over channels) or `Mean`; with null they are the end of
 * a branch of an outer merge, which takes their results one by one.
 */
export const branches = (merge: MergeName | null, parts: Readonly<Record<string, Spec>>): BranchesSpec => ({
  $: 'branches',
  merge,
  branches: parts,
});

/** A residual block: body plus shortcut (`{}` for the identity), then `after`. */
export const residual = (parts: {
  readonly body: Spec;
  readonly shortcut?: Spec;
  readonly after?: Series;
}): ResidualSpec => ({
  $: 'residual',
  body: parts.body,
  shortcut: parts.shortcut ?? {},
  after: parts.after ?? {},
});

/** A branch that does not rejoin the main path. */
export const tap = (layers: Series): TapSpec => ({ $: 'tap', layers });

/** `name1`, `name2`, … from a list: `each('conv', [64, 64], (width) => convRelu(width, 3))`. */
export function each<T>(
  name: string,
  items: readonly T[],
  build: (item: T, index: number) => Spec,
): Record<string, Spec> {
  return Object.fromEntries(items.map((item, index) => [`${name}${index + 1}`, build(item, index)]));
}

/** `name1` … `nameN`. */
export const repeat = (name: string, times: number, build: (index: number) => Spec): Record<string, Spec> =>
  each(
    name,
    Array.from({ length: times }, (_, index) => index),
    build,
  );

/** "Same" padding of an odd kernel: `(k − 1) / 2` on every side. */
export const same = (kernel: Extent): Pair => {
  const [height, width] = pair(kernel);
  return [(height - 1) / 2, (width - 1) / 2];
};

/** Conv → Relu as one unit, "same"-padded unless told otherwise. */
export const convRelu = (channels: number, kernel: Extent, options: ConvOptions = {}): GroupSpec =>
  unit({ conv: conv(channels, kernel, { padding: same(kernel), ...options }), relu: relu() });

/** Conv (no bias) → BatchNormalization as one unit. */
export const convBn = (channels: number, kernel: Extent, options: ConvBnOptions = {}): GroupSpec =>
  unit({
    conv: conv(channels, kernel, { padding: same(kernel), bias: false, ...options }),
    bn: normOf(options),
  });

/** Conv (no bias unless asked) → BatchNormalization → Relu as one unit. */
export const convBnRelu = (channels: number, kernel: Extent, options: ConvBnOptions = {}): GroupSpec =>
  unit({
    conv: conv(channels, kernel, { padding: same(kernel), bias: false, ...options }),
    bn: normOf(options),
    relu: relu(),
  });

/** Gemm → Relu (→ Dropout) as one unit. */
export const fcRelu = (
  features: number,
  options: { readonly dropout?: number; readonly inputs?: number } = {},
): GroupSpec =>
  unit({
    fc: fc(features, options.inputs === undefined ? {} : { inputs: options.inputs }),
    relu: relu(),
    ...(options.dropout === undefined ? {} : { dropout: dropout(options.dropout) }),
  });

/** An image input: `[channels, height, width]`. */
export const image = (channels: number, height: number, width: number = height): Shape => [
  channels,
  height,
  width,
];

/** Declares an architecture; the identity function, there for its type and for searching. */
export const architecture = (definition: Architecture): Architecture => definition;

/** Declares the architectures of one file. */
export const family = (definition: Family): Family => definition;
