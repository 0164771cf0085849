import { choice, classes, congruent, form, integer, variant } from '../engine/spec/form.ts';
import { conv, family, image } from '../engine/spec/layers.ts';
import type { Architecture, Series, Source, Spec } from '../engine/spec/types.ts';
import {
  averageHead,
  type BodyConv,
  finalActivation,
  imagenetStem,
  preactivated,
  residualStages,
  stageName,
  zeroPadded,
} from './residual-blocks.ts';
import { cifarDepth, cifarSize, imagenetBlocks } from './resnet.ts';

const he2016 = (where: string): Source => ({
  paper: 'arXiv:1603.05027',
  link: 'https://arxiv.org/abs/1603.05027',
  where,
  year: 2016,
  authors: 'He, Zhang, Ren, Sun',
});

/** The 1×1 reduction, the 3×3 convolution, and the 1×1 restoration to four times the width; one of the first two strides. */
const bottleneckConvs = (inner: number, stride: number, strideOn: '1x1' | '3x3'): readonly BodyConv[] => [
  { channels: inner, kernel: 1, stride: strideOn === '1x1' ? stride : 1 },
  { channels: inner, kernel: 3, stride: strideOn === '3x3' ? stride : 1 },
  { channels: 4 * inner, kernel: 1 },
];

const plainProjection = (channels: number, stride: number): Spec => ({
  conv: conv(channels, 1, { stride, bias: false }),
});

const basic = form({
  id: 'preact-resnet-basic',
  knobs: { depth: cifarDepth, filters: integer(4, 256), classes: classes() },
  title: ({ depth }) => `Pre-activation ResNet-${depth} (CIFAR-10)`,
  layers({ depth, filters, classes: count }): Series {
    const n = (depth - 2) / 6;
    return {
      conv1: conv(filters, 3, { padding: 1, bias: false }),
      ...residualStages([n, n, n], stageName, ({ stage, stride, isFirst }) => {
        const width = filters * 2 ** stage;
        const widens = isFirst && stage > 0;
        return preactivated(
          [
            { channels: width, kernel: 3, stride },
            { channels: width, kernel: 3 },
          ],
          {
            shared: isFirst ? 'activation' : null,
            ...(widens ? { shortcut: zeroPadded(width / 2, width, stride) } : {}),
          },
        );
      }),
      ...finalActivation(),
      ...averageHead(count),
    };
  },
  size: cifarSize,
});

const deep = form({
  id: 'preact-resnet-bottleneck',
  knobs: { depth: congruent(11, 2000, 9, 2), filters: integer(4, 256), classes: classes() },
  title: ({ depth }) => `Pre-activation ResNet-${depth} (CIFAR-10)`,
  layers({ depth, filters, classes: count }): Series {
    const n = (depth - 2) / 9;
    return {
      conv1: conv(filters, 3, { padding: 1, bias: false }),
      ...residualStages([n, n, n], stageName, ({ stage, stride, isFirst }) => {
        const inner = filters * 2 ** stage;
        // The published counts of CIFAR-10 stride the first convolution, those of ImageNet the 3×3.
        return preactivated(bottleneckConvs(inner, stride, '1x1'), {
          shared: isFirst ? 'activation' : null,
          ...(isFirst ? { shortcut: plainProjection(4 * inner, stride) } : {}),
        });
      }),
      ...finalActivation(),
      ...averageHead(count),
    };
  },
  size: ({ depth }) => (10 * (depth - 2)) / 3,
});

const imagenet = form({
  id: 'preact-resnet-imagenet',
  knobs: { depth: choice(50, 101, 152, 200), filters: integer(8, 256), classes: classes() },
  title: ({ depth }) => `Pre-activation ResNet-${depth}`,
  layers: ({ depth, filters, classes: count }): Series => ({
    ...imagenetStem(filters),
    ...residualStages(imagenetBlocks[depth] ?? [], stageName, ({ stage, stride, isFirst, number }) => {
      const inner = filters * 2 ** stage;
      // The stem has activated what the first block reads.
      const shared = number === 1 ? 'nothing' : isFirst ? 'activation' : null;
      return preactivated(bottleneckConvs(inner, stride, '3x3'), {
        shared,
        ...(isFirst ? { shortcut: plainProjection(4 * inner, stride) } : {}),
      });
    }),
    ...finalActivation(),
    ...averageHead(count),
  }),
});

const onCifar = (plan: typeof deep, id: string, depth: number): Architecture =>
  variant(plan, {
    id,
    source: he2016('Section 4, Table 4'),
    input: image(3, 32),
    values: { depth, filters: 16, classes: 10 },
  });

/** Identity mappings: normalise and activate first, and nothing ever stands in the way of the sum. */
export const preactResnet = family({
  id: 'preact-resnet',
  title: 'Identity mappings',
  year: 2016,
  variants: [
    onCifar(basic, 'preact-resnet20-cifar10', 20),
    onCifar(basic, 'preact-resnet110-cifar10', 110),
    onCifar(deep, 'preact-resnet164-cifar10', 164),
    onCifar(deep, 'preact-resnet1001-cifar10', 1001),
    variant(imagenet, {
      id: 'preact-resnet200',
      source: he2016('Section 5, Table 5'),
      input: image(3, 224),
      values: { depth: 200, filters: 64, classes: 1000 },
    }),
  ],
});
