import fc from 'fast-check';
import {
  averagePool,
  batchNorm,
  block,
  branches,
  conv,
  dropout,
  identity,
  lrn,
  maxPool,
  relu,
  residual,
  sigmoid,
  stage,
  tanh,
  tap,
  unit,
} from './layers.ts';
import type {
  Architecture,
  AveragePoolAttributes,
  ConvAttributes,
  MaxPoolAttributes,
  OperatorAttributes,
  OpName,
  Padding,
  Pair,
  Rounding,
  Series,
  Shape,
  Spec,
} from './types.ts';

const count = (least: number, most: number) => fc.integer({ min: least, max: most });

const pairOf = (least: number, most: number): fc.Arbitrary<Pair> =>
  fc.tuple(count(least, most), count(least, most));

const rounding: fc.Arbitrary<Rounding> = fc.constantFrom('floor', 'ceil');

/** Padding below the kernel on every side, as poolings have it. */
const paddingBelow = ([height, width]: Pair): fc.Arbitrary<Padding> =>
  fc.tuple(count(0, height - 1), count(0, width - 1), count(0, height - 1), count(0, width - 1));

/** One operator call with inputs that fit it. */
export interface ArbitraryCall<O extends OpName = OpName> {
  readonly op: O;
  readonly attributes: OperatorAttributes[O];
  readonly inputs: readonly Shape[];
}

const image = (channels = count(1, 4), least = 1): fc.Arbitrary<Shape> =>
  fc.tuple(channels, count(least, 9), count(least, 9));

const features: fc.Arbitrary<Shape> = fc.tuple(count(1, 12));

const call = <O extends OpName>(
  op: O,
  inputs: fc.Arbitrary<readonly Shape[]>,
  attributes: fc.Arbitrary<OperatorAttributes[O]>,
): fc.Arbitrary<ArbitraryCall> =>
  fc.record({ inputs, attributes }).map((rest) => ({ op, ...rest }) as unknown as ArbitraryCall);

const alone = (shape: fc.Arbitrary<Shape>): fc.Arbitrary<readonly Shape[]> => fc.tuple(shape);

const none = fc.constant({});

const fits = (
  { kernel, padding }: { readonly kernel: Pair; readonly padding: Padding },
  [, height = 0, width = 0]: Shape,
  dilation: Pair = [1, 1],
): boolean =>
  dilation[0] * (kernel[0] - 1) + 1 <= height + padding[0] + padding[2] &&
  dilation[1] * (kernel[1] - 1) + 1 <= width + padding[1] + padding[3];

/** Whether a pooling has a window: with the ceiling a first one may hang over by less than a stride. */
const poolFits = (window: MaxPoolAttributes, [, height = 0, width = 0]: Shape): boolean => {
  const over = (axis: 0 | 1, extent: number) =>
    window.kernel[axis] - extent - window.padding[axis] - window.padding[axis === 0 ? 2 : 3];
  const most = (axis: 0 | 1) => (window.rounding === 'ceil' ? window.stride[axis] - 1 : 0);
  return over(0, height) <= most(0) && over(1, width) <= most(1);
};

const anyPadding: fc.Arbitrary<Padding> = fc.tuple(count(0, 3), count(0, 3), count(0, 3), count(0, 3));

const groupedConv: fc.Arbitrary<ArbitraryCall> = fc
  .record({
    groups: count(1, 3),
    inPerGroup: count(1, 3),
    outPerGroup: count(1, 3),
    size: pairOf(1, 9),
    kernel: pairOf(1, 4),
    stride: pairOf(1, 3),
    padding: anyPadding,
    dilation: pairOf(1, 2),
    bias: fc.boolean(),
  })
  .map(
    ({ groups, inPerGroup, outPerGroup, size, ...attributes }): ArbitraryCall<'Conv'> => ({
      op: 'Conv',
      attributes: { ...attributes, groups, channels: groups * outPerGroup },
      inputs: [[groups * inPerGroup, ...size]],
    }),
  )
  .filter(({ attributes, inputs }) => fits(attributes, inputs[0] ?? [], attributes.dilation))
  .map((conv) => conv as unknown as ArbitraryCall);

const partialConv: fc.Arbitrary<ArbitraryCall> = fc
  .record({
    inputChannels: count(1, 5),
    connections: fc.array(fc.uniqueArray(count(0, 4), { minLength: 1 }), { minLength: 1, maxLength: 5 }),
    size: pairOf(2, 9),
    kernel: pairOf(1, 3),
    stride: pairOf(1, 2),
    padding: anyPadding,
    dilation: pairOf(1, 2),
    bias: fc.boolean(),
  })
  .map(({ inputChannels, connections, size, ...attributes }): ArbitraryCall<'Conv'> => {
    const inside = connections
      .map((list) => [...new Set(list.map((channel) => channel % inputChannels))])
      .map((list) => list.sort((a, b) => a - b));
    const conv: ConvAttributes = { ...attributes, groups: 1, channels: inside.length, connections: inside };
    return { op: 'Conv', attributes: conv, inputs: [[inputChannels, ...size]] };
  })
  .filter(({ attributes, inputs }) => fits(attributes, inputs[0] ?? [], attributes.dilation))
  .map((conv) => conv as unknown as ArbitraryCall);

const pool = <O extends 'MaxPool' | 'AveragePool'>(
  op: O,
  rest: fc.Arbitrary<Omit<OperatorAttributes[O], keyof MaxPoolAttributes>>,
): fc.Arbitrary<ArbitraryCall> =>
  fc
    .record({ kernel: pairOf(1, 4), stride: pairOf(1, 4), rounding, shape: image(), rest })
    .chain(({ shape, rest: own, ...window }) =>
      paddingBelow(window.kernel).map((padding) => ({
        op,
        attributes: { ...window, ...own, padding },
        inputs: [shape],
      })),
    )
    .filter(({ attributes, inputs }) => poolFits(attributes, inputs[0] ?? []))
    .map((pooling) => pooling as unknown as ArbitraryCall);

/** Operators that have rules of their own. */
export type RuledOpName = Exclude<OpName, 'Opaque'>;

/** A call of every operator with rules by its name: small shapes, any attributes that fit them. */
export const arbitraryCalls: { readonly [O in RuledOpName]: fc.Arbitrary<ArbitraryCall> } = {
  Conv: fc.oneof({ arbitrary: groupedConv, weight: 3 }, { arbitrary: partialConv, weight: 1 }),
  MaxPool: pool('MaxPool', none),
  AveragePool: pool(
    'AveragePool',
    fc.record<Pick<AveragePoolAttributes, 'countPadding'>>({ countPadding: fc.boolean() }),
  ),
  GlobalAveragePool: call('GlobalAveragePool', alone(image()), none),
  AdaptiveAveragePool: call('AdaptiveAveragePool', alone(image()), fc.record({ size: pairOf(1, 9) })),
  Gemm: call('Gemm', alone(features), fc.record({ features: count(1, 6), bias: fc.boolean() })),
  BatchNormalization: call(
    'BatchNormalization',
    alone(fc.oneof(image(), features)),
    fc.record({ epsilon: fc.constantFrom(1e-5, 1e-3), momentum: fc.constant(0.1) }),
  ),
  LRN: call(
    'LRN',
    alone(image(count(1, 7))),
    fc.record({
      size: count(1, 6),
      alpha: fc.constantFrom(1e-4, 0.5, 2),
      beta: fc.constantFrom(0.75, 0.5, 1),
      bias: fc.constantFrom(1, 2),
    }),
  ),
  Relu: call('Relu', alone(fc.oneof(image(), features)), none),
  Tanh: call(
    'Tanh',
    alone(fc.oneof(image(), features)),
    fc.constantFrom({ amplitude: 1, slope: 1 }, { amplitude: 1.7159, slope: 2 / 3 }),
  ),
  Sigmoid: call('Sigmoid', alone(fc.oneof(image(), features)), none),
  Softmax: call('Softmax', alone(fc.oneof(image(), features)), none),
  Dropout: call('Dropout', alone(fc.oneof(image(), features)), fc.constant({ rate: 0.5 })),
  Flatten: call('Flatten', alone(fc.oneof(image(), features)), none),
  Pad: call(
    'Pad',
    alone(image()),
    fc.record({
      padding: anyPadding,
      channels: fc.tuple(count(0, 2), count(0, 2)),
      value: fc.constantFrom(0, -1.5, 0.25),
    }),
  ),
  Identity: call('Identity', alone(fc.oneof(image(), features)), none),
  Add: call(
    'Add',
    fc.tuple(fc.oneof(image(), features), count(1, 4)).map(([shape, times]) => Array(times).fill(shape)),
    none,
  ),
  Concat: call(
    'Concat',
    fc
      .tuple(fc.oneof(image(), features), fc.array(count(1, 3), { minLength: 1, maxLength: 4 }))
      .map(([[, ...rest], channels]) => channels.map((own) => [own, ...rest])),
    none,
  ),
  Mean: call(
    'Mean',
    fc.tuple(fc.oneof(image(), features), count(1, 4)).map(([shape, times]) => Array(times).fill(shape)),
    none,
  ),
  StochasticDepth: call(
    'StochasticDepth',
    alone(fc.oneof(image(), features)),
    fc.record({ survival: fc.constantFrom(1, 0.5, 0.8) }),
  ),
  Subsample: call(
    'Subsample',
    alone(image(count(1, 4), 3)),
    fc.record({ kernel: pairOf(1, 3), stride: pairOf(1, 3) }),
  ),
  Rbf: fc
    .array(fc.array(fc.constantFrom(-1, 1), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 4 })
    .map((codes) => ({ op: 'Rbf', attributes: { codes }, inputs: [[5]] }) as unknown as ArbitraryCall),
};

/** A call of any operator. */
export const arbitraryCall: fc.Arbitrary<ArbitraryCall> = fc.oneof(...Object.values(arbitraryCalls));

const channels = 3;

const named = (parts: readonly Spec[], prefix = 'part'): Record<string, Spec> =>
  Object.fromEntries(parts.map((part, index) => [`${prefix}${index + 1}`, part]));

const series = (part: fc.Arbitrary<Spec>, least = 0): fc.Arbitrary<Series> =>
  fc.array(part, { minLength: least, maxLength: 3 }).map((parts) => named(parts) as Series);

/** Operators and structures that keep the shape: any of them may follow or stand beside any other. */
const { keeping } = fc.letrec<{ keeping: Spec; parallel: Spec; leaf: Spec }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Spec>(
      relu(),
      tanh(),
      sigmoid(),
      identity(),
      dropout(),
      batchNorm(),
      lrn({ size: 3, alpha: 0.1, beta: 0.75, bias: 1 }),
      maxPool(3, { stride: 1, padding: 1 }),
      averagePool(3, { stride: 1, padding: 1, countPadding: false }),
    ),
    fc.constantFrom<Spec>(
      conv(channels, 3, { padding: 1 }),
      conv(channels, 1, { bias: false }),
      conv(channels, 3, { padding: 2, dilation: 2 }),
      conv(channels, [2, 4], { padding: [1, 2, 0, 1] }),
      conv(channels, 3, { padding: 1, groups: channels }),
    ),
  ),
  parallel: fc.oneof(
    fc
      .tuple(series(tie('keeping')), series(tie('keeping')), series(tie('keeping')))
      .map(([body, shortcut, after]) => residual({ body, shortcut, after })),
    fc
      .array(tie('keeping'), { minLength: 1, maxLength: 3 })
      .map((parts) => branches('Add', named(parts, '3x'))),
    fc.tuple(fc.array(tie('keeping'), { minLength: 1, maxLength: 2 }), tie('keeping'), tie('keeping')).map(
      ([parts, before, column]): Spec =>
        branches('Mean', {
          column,
          // Their results enter the mean around them one by one, as in a fractal block.
          rest: { before, ends: branches(null, named(parts, 'column')) },
        }),
    ),
    fc.array(tie('keeping'), { minLength: 1, maxLength: 3 }).map(
      (parts): Spec => ({
        concat: branches('Concat', named(parts, '1x')),
        project: conv(channels, 1),
      }),
    ),
    series(tie('keeping'), 1).map((layers): Spec => ({ tap: tap(layers), go_on: identity() })),
  ),
  keeping: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    tie('parallel'),
    series(tie('keeping')).map(stage),
    series(tie('keeping')).map(block),
    series(tie('keeping')).map(unit),
    series(tie('keeping')),
  ),
}));

const shrinking: fc.Arbitrary<Spec> = fc.constantFrom(
  maxPool(2),
  maxPool(3, { stride: 2, rounding: 'ceil' }),
  averagePool([2, 3], { stride: [2, 1], padding: [1, 1, 0, 1] }),
  conv(channels, 3, { stride: 2 }),
);

/** A network of any structure that fits its input of 3×19×17: nested groups, branches, residuals and taps. */
export const arbitraryArchitecture: fc.Arbitrary<Architecture> = fc
  .tuple(
    fc.array(keeping, { minLength: 1, maxLength: 3 }),
    fc.array(shrinking, { maxLength: 2 }),
    fc.array(keeping, { maxLength: 2 }),
  )
  .map(([first, middle, last]) => ({
    id: 'arbitrary',
    title: 'Arbitrary',
    source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
    input: [channels, 19, 17],
    layers: { ...named(first, 'first'), ...named(middle, 'middle'), ...named(last, 'last') } as Series,
  }));
