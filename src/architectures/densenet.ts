import { choice, classes, congruent, form, fraction, integer, variant } from '../engine/spec/form.ts';
import {
  averagePool,
  batchNorm,
  branches,
  conv,
  convBnRelu,
  family,
  image,
  maxPool,
  relu,
  repeat,
  stage,
  unit,
} from '../engine/spec/layers.ts';
import type { Architecture, Series, Source, Spec } from '../engine/spec/types.ts';
import { averageHead, bnReluConv } from './residual-blocks.ts';

const huang2016 = (where: string): Source => ({
  paper: 'arXiv:1608.06993',
  link: 'https://arxiv.org/abs/1608.06993',
  where,
  year: 2016,
  authors: 'Huang, Liu, van der Maaten, Weinberger',
});

/** One layer of a dense block: everything before it goes through, and k new channels stand behind it. */
const denseLayer = (growth: number, bottleneck: boolean): Spec =>
  branches('Concat', {
    through: {},
    new: bottleneck
      ? { conv1: bnReluConv(4 * growth, 1), conv2: bnReluConv(growth, 3) }
      : { conv: bnReluConv(growth, 3) },
  });

const denseBlock = (layers: number, growth: number, bottleneck: boolean): Spec =>
  stage(repeat('layer', layers, () => denseLayer(growth, bottleneck)) as Series);

/** Between blocks: a 1×1 convolution that keeps a part of the channels, and a pooling that halves the image. */
const transition = (channels: number): Spec => stage({ conv: bnReluConv(channels, 1), pool: averagePool(2) });

/** Dense blocks with transitions between them; ends with the activation that the head reads. */
function denseStages(
  counts: readonly number[],
  options: {
    readonly channels: number;
    readonly growth: number;
    readonly compression: number;
    readonly bottleneck: boolean;
  },
): Series {
  const { growth, compression, bottleneck } = options;
  let { channels } = options;
  const stages: Record<string, Spec> = {};
  counts.forEach((layers, index) => {
    stages[`block${index + 1}`] = denseBlock(layers, growth, bottleneck);
    channels += layers * growth;
    if (index === counts.length - 1) return;
    channels = Math.max(1, Math.floor(channels * compression));
    stages[`transition${index + 1}`] = transition(channels);
  });
  return { ...stages, activate: unit({ bn: batchNorm(), relu: relu() }) } as Series;
}

/** Table 1: layers of two convolutions in each of the four blocks. DenseNet-161 is the authors' own, with k = 48. */
const imagenetLayers: Readonly<Record<number, readonly number[]>> = {
  121: [6, 12, 24, 16],
  161: [6, 12, 36, 24],
  169: [6, 12, 32, 32],
  201: [6, 12, 48, 32],
  264: [6, 12, 64, 48],
};

const growth = integer(1, 128);
const compression = fraction(0.1, 1, 0.1);

const imagenet = form({
  id: 'densenet-imagenet',
  knobs: { depth: choice(121, 161, 169, 201, 264), growth, compression, classes: classes() },
  title: ({ depth }) => `DenseNet-${depth}`,
  layers: ({ depth, growth: k, compression: theta, classes: count }): Series => ({
    conv0: convBnRelu(2 * k, 7, { stride: 2 }),
    pool0: maxPool(3, { stride: 2, padding: 1 }),
    ...denseStages(imagenetLayers[depth] ?? [], {
      channels: 2 * k,
      growth: k,
      compression: theta,
      bottleneck: true,
    }),
    ...averageHead(count),
  }),
});

/** Section 3 and 4.2: three blocks at 32, 16 and 8 pixels; 16 channels at first, with bottlenecks 2k. */
const cifar = (bottleneck: boolean) => {
  const perLayer = bottleneck ? 6 : 3;
  return form({
    id: bottleneck ? 'densenet-bc-cifar' : 'densenet-cifar',
    knobs: {
      depth: congruent(bottleneck ? 10 : 7, 400, perLayer, 4 % perLayer),
      growth,
      compression,
      classes: classes(),
    },
    title: ({ depth, growth: k }) => `DenseNet${bottleneck ? '-BC' : ''}-${depth} (k = ${k})`,
    layers({ depth, growth: k, compression: theta, classes: count }): Series {
      const n = (depth - 4) / perLayer;
      const channels = bottleneck ? 2 * k : 16;
      return {
        conv0: conv(channels, 3, { padding: 1, bias: false }),
        ...denseStages([n, n, n], { channels, growth: k, compression: theta, bottleneck }),
        ...averageHead(count),
      };
    },
    size: ({ depth }) => 4 * depth,
  });
};

const plain = cifar(false);
const compressed = cifar(true);

const onImagenet = (depth: number, k: number, published?: readonly [number, number]): Architecture =>
  variant(imagenet, {
    id: `densenet${depth}`,
    source: huang2016('Table 1'),
    input: image(3, 224),
    values: { depth, growth: k, compression: 0.5, classes: 1000 },
    ...(published
      ? { published: { parameters: published[0], macs: published[1], source: 'torchvision' } }
      : {}),
  });

const onCifar = (id: string, plan: typeof plain, depth: number, k: number): Architecture =>
  variant(plan, {
    id,
    source: huang2016('Section 3, Table 2'),
    input: image(3, 32),
    values: { depth, growth: k, compression: plan === plain ? 1 : 0.5, classes: 10 },
  });

/** DenseNet: every layer reads what all layers before it made. */
export const densenet = family({
  id: 'densenet',
  title: 'DenseNet',
  year: 2016,
  variants: [
    onImagenet(121, 32, [7_978_856, 2_834_161_664]),
    onImagenet(169, 32, [14_149_480, 3_359_843_328]),
    onImagenet(201, 32, [20_013_928, 4_291_365_888]),
    onImagenet(161, 48, [28_681_000, 7_727_907_072]),
    onImagenet(264, 32),
    onCifar('densenet40-k12', plain, 40, 12),
    onCifar('densenet100-k12', plain, 100, 12),
    onCifar('densenet100-k24', plain, 100, 24),
    onCifar('densenet-bc40-k12-cifar10', compressed, 40, 12),
    onCifar('densenet-bc100-k12', compressed, 100, 12),
    onCifar('densenet-bc250-k24', compressed, 250, 24),
    onCifar('densenet-bc190-k40', compressed, 190, 40),
  ],
});
