import { choice, classes, congruent, form, integer, variant } from '../engine/spec/form.ts';
import { convBnRelu, family, image } from '../engine/spec/layers.ts';
import type { Architecture, Series, Source, Spec } from '../engine/spec/types.ts';
import {
  averageHead,
  bottleneck,
  imagenetStem,
  projection,
  residualStages,
  stageName,
} from './residual-blocks.ts';
import { imagenetBlocks } from './resnet.ts';

const xie2016 = (where: string): Source => ({
  paper: 'arXiv:1611.05431',
  link: 'https://arxiv.org/abs/1611.05431',
  where,
  year: 2016,
  authors: 'Xie, Girshick, Dollár, Tu, He',
});

/** Stages of bottlenecks whose 3×3 convolution is split into C groups of d channels, doubled from stage to stage. */
const grouped = (
  counts: readonly number[],
  cardinality: number,
  groupWidth: number,
  narrowest = 256,
): Record<string, Spec> =>
  residualStages(counts, stageName, ({ stage, stride, isFirst }) => {
    const outer = narrowest * 2 ** stage;
    return bottleneck({
      inner: cardinality * groupWidth * 2 ** stage,
      outer,
      stride,
      groups: cardinality,
      strideOn: '3x3',
      ...(isFirst ? { shortcut: projection(outer, stride) } : {}),
    });
  });

const imagenet = form({
  id: 'resnext-imagenet',
  knobs: {
    depth: choice(50, 101, 152),
    cardinality: integer(1, 128),
    groupWidth: integer(1, 128),
    classes: classes(),
  },
  title: ({ depth, cardinality, groupWidth }) => `ResNeXt-${depth} (${cardinality}×${groupWidth}d)`,
  layers: ({ depth, cardinality, groupWidth, classes: count }): Series => ({
    ...imagenetStem(),
    ...grouped(imagenetBlocks[depth] ?? [], cardinality, groupWidth),
    ...averageHead(count),
  }),
});

/** Section 5.3: three stages of bottlenecks, 9n + 2 layers. */
const cifar = form({
  id: 'resnext-cifar',
  knobs: {
    depth: congruent(11, 1001, 9, 2),
    cardinality: integer(1, 128),
    groupWidth: integer(1, 256),
    classes: classes(),
  },
  title: ({ depth, cardinality, groupWidth }) => `ResNeXt-${depth} (${cardinality}×${groupWidth}d)`,
  layers({ depth, cardinality, groupWidth, classes: count }): Series {
    const n = (depth - 2) / 9;
    return {
      conv1: convBnRelu(64, 3),
      ...grouped([n, n, n], cardinality, groupWidth),
      ...averageHead(count),
    };
  },
  size: ({ depth }) => (10 * depth) / 3,
});

/** The same with a stem of any width, and blocks that give four times as many channels as the stem. */
const slim = form({
  id: 'resnext-slim-cifar',
  knobs: {
    depth: congruent(11, 1001, 9, 2),
    cardinality: integer(1, 64),
    groupWidth: integer(1, 64),
    filters: integer(4, 64),
    classes: classes(),
  },
  title: ({ depth, cardinality, groupWidth }) => `ResNeXt-${depth}, small (${cardinality}×${groupWidth}d)`,
  layers({ depth, cardinality, groupWidth, filters, classes: count }): Series {
    const n = (depth - 2) / 9;
    return {
      conv1: convBnRelu(filters, 3),
      ...grouped([n, n, n], cardinality, groupWidth, 4 * filters),
      ...averageHead(count),
    };
  },
  size: ({ depth }) => (10 * depth) / 3,
});

const network = (
  plan: typeof imagenet,
  depth: number,
  cardinality: number,
  groupWidth: number,
  published?: readonly [parameters: number, macs: number],
): Architecture =>
  variant(plan, {
    id: `resnext${depth}-${cardinality}x${groupWidth}d`,
    source: xie2016(plan === imagenet ? 'Table 1, Figure 3c' : 'Section 5.3, Table 7'),
    input: image(3, plan === imagenet ? 224 : 32),
    values: { depth, cardinality, groupWidth, classes: plan === imagenet ? 1000 : 10 },
    ...(published
      ? { published: { parameters: published[0], macs: published[1], source: 'torchvision' } }
      : {}),
  });

/** ResNeXt: a block as many equal small ones side by side, written as a grouped convolution. */
export const resnext = family({
  id: 'resnext',
  title: 'ResNeXt',
  year: 2016,
  variants: [
    network(imagenet, 50, 32, 4, [25_028_904, 4_230_479_872]),
    network(imagenet, 101, 32, 4),
    network(imagenet, 101, 32, 8, [88_791_336, 16_414_015_488]),
    network(imagenet, 101, 64, 4, [83_455_272, 15_460_270_080]),
    variant(slim, {
      id: 'resnext29-mini-cifar10',
      source: xie2016('Section 5.3; an eighth of the width, by this project'),
      input: image(3, 32),
      values: { depth: 29, cardinality: 8, groupWidth: 4, filters: 8, classes: 10 },
    }),
    network(cifar, 29, 8, 64),
    network(cifar, 29, 16, 64),
  ],
});
