import { classes, form, fraction, integer, variant } from '../engine/spec/form.ts';
import { family, image } from '../engine/spec/layers.ts';
import type { Architecture, Series, Source } from '../engine/spec/types.ts';
import {
  averageHead,
  bottleneck,
  imagenetStem,
  projection,
  residualStages,
  stageName,
} from './residual-blocks.ts';
import { cifarDepth, cifarResidual, cifarSize, imagenetBlocks } from './resnet.ts';

const huang2016 = (where: string): Source => ({
  paper: 'arXiv:1603.09382',
  link: 'https://arxiv.org/abs/1603.09382',
  where,
  year: 2016,
  authors: 'Huang, Sun, Liu, Sedra, Weinberger',
});

/** Equation 4: the probability falls linearly from 1 at the input to p_L at the last of L blocks. */
export const linearDecay =
  (blocks: number, last: number) =>
  (block: number): number =>
    1 - (block / blocks) * (1 - last);

const cifar = form({
  id: 'stochastic-depth-cifar',
  knobs: {
    depth: cifarDepth,
    survival: fraction(0.05, 1, 0.05),
    filters: integer(4, 256),
    classes: classes(),
  },
  title: ({ depth }) => `Stochastic depth, ResNet-${depth}`,
  layers: ({ depth, survival, filters, classes: count }) =>
    cifarResidual(depth, filters, count, linearDecay((depth - 2) / 2, survival)),
  size: cifarSize,
});

const IMAGENET_DEPTH = 152;

const imagenet = form({
  id: 'stochastic-depth-imagenet',
  knobs: { survival: fraction(0.05, 1, 0.05), classes: classes() },
  title: () => `Stochastic depth, ResNet-${IMAGENET_DEPTH}`,
  layers({ survival, classes: count }): Series {
    const counts = imagenetBlocks[IMAGENET_DEPTH] ?? [];
    const survivalOf = linearDecay(
      counts.reduce((sum, blocks) => sum + blocks, 0),
      survival,
    );
    return {
      ...imagenetStem(),
      ...residualStages(counts, stageName, ({ stage, stride, isFirst, number }) => {
        const inner = 64 * 2 ** stage;
        return bottleneck({
          inner,
          outer: 4 * inner,
          stride,
          strideOn: '3x3',
          survival: survivalOf(number),
          ...(isFirst ? { shortcut: projection(4 * inner, stride) } : {}),
        });
      }),
      ...averageHead(count),
    };
  },
});

const onCifar = (depth: number, id = `stochastic-depth-${depth}`): Architecture =>
  variant(cifar, {
    id,
    source: huang2016('Section 3, equations 2 to 5; Section 4'),
    input: image(3, 32),
    values: { depth, survival: 0.5, filters: 16, classes: 10 },
  });

/** Stochastic depth: a short network in training, a deep one in use. */
export const stochasticDepth = family({
  id: 'stochastic-depth',
  title: 'Stochastic depth',
  year: 2016,
  variants: [
    onCifar(32, 'stochastic-depth-32-cifar10'),
    onCifar(110),
    variant(imagenet, {
      id: `stochastic-depth-${IMAGENET_DEPTH}`,
      source: huang2016('Section 4, ImageNet: ResNet-152'),
      input: image(3, 224),
      values: { survival: 0.5, classes: 1000 },
    }),
    onCifar(1202),
  ],
});
