import { choice, classes, form, integer, variant } from '../engine/spec/form.ts';
import {
  adaptiveAveragePool,
  conv,
  convBnRelu,
  convRelu,
  each,
  family,
  fc,
  fcRelu,
  flatten,
  image,
  lrn,
  maxPool,
  relu,
  softmax,
  stage,
  unit,
} from '../engine/spec/layers.ts';
import type { Architecture, PublishedTotals, Series, Source, Spec } from '../engine/spec/types.ts';

/** One convolution of a stage: its filters, and where it stands. */
type Convolution = (width: number, place: { readonly stage: number; readonly index: number }) => Spec;

const plain: Convolution = (width) => convRelu(width, 3);

/** torchvision's `-bn` networks keep the convolution's bias before the batch normalisation. */
const normalised: Convolution = (width) => convBnRelu(width, 3, { bias: true });

/** Column A-LRN: response normalisation, with AlexNet's constants, behind the first convolution. */
const responseNormalised: Convolution = (width, { stage: stageIndex }) =>
  stageIndex === 0
    ? unit({
        conv: conv(width, 3, { padding: 1 }),
        relu: relu(),
        lrn: lrn({ size: 5, alpha: 5e-4, beta: 0.75, bias: 2 }),
      })
    : convRelu(width, 3);

/** Column C: the third convolution of a stage is 1×1. */
const withPointwise: Convolution = (width, { index }) => convRelu(width, index === 2 ? 1 : 3);

/** Table 1: how many convolutions stand in each of the five stages. */
const depths: Readonly<Record<number, readonly number[]>> = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
};

/** Filters of the five stages, as multiples of the first one's. */
const widths = [1, 2, 4, 8, 8];

const plan = (id: string, suffix: string, convolution: Convolution, depthChoices: readonly number[]) =>
  form({
    id,
    knobs: { depth: choice(...depthChoices), filters: integer(4, 512), classes: classes() },
    title: ({ depth }) => `VGG-${depth}${suffix}`,
    layers: ({ depth, filters, classes: count }): Series => ({
      ...each('stage', depths[depth] ?? [], (convolutions, stageIndex) =>
        stage({
          ...each(
            'conv',
            new Array<number>(convolutions).fill(filters * (widths[stageIndex] ?? 1)),
            (width, index) => convolution(width, { stage: stageIndex, index }),
          ),
          pool: maxPool(2),
        } as Series),
      ),
      // Nothing at 224; at another input what torchvision's networks do there.
      avgpool: adaptiveAveragePool(7),
      flatten: flatten(),
      fc6: fcRelu(4096, { dropout: 0.5 }),
      fc7: fcRelu(4096, { dropout: 0.5 }),
      fc8: fc(count),
      softmax: softmax(),
    }),
  });

/** For 32×32: the five stages with batch normalisation end at one pixel, and one fully connected layer reads it. */
const cifar = form({
  id: 'vgg-cifar',
  knobs: { depth: choice(11, 13, 16, 19), filters: integer(4, 128), classes: classes() },
  title: ({ depth }) => `VGG-${depth} (CIFAR-10)`,
  layers: ({ depth, filters, classes: count }): Series => ({
    ...each('stage', depths[depth] ?? [], (convolutions, stageIndex) =>
      stage({
        ...each('conv', new Array<number>(convolutions).fill(filters * (widths[stageIndex] ?? 1)), (width) =>
          convBnRelu(width, 3),
        ),
        pool: maxPool(2),
      } as Series),
    ),
    flatten: flatten(),
    fc: fc(count),
    softmax: softmax(),
  }),
});

const columns = plan('vgg', '', plain, [11, 13, 16, 19]);
const normalisedColumns = plan('vgg-bn', ' BN', normalised, [11, 13, 16, 19]);
const columnALrn = plan('vgg-lrn', ' with LRN', responseNormalised, [11]);
const columnC = plan('vgg-c', ' C', withPointwise, [16]);

const simonyan2014 = (where: string): Source => ({
  paper: 'arXiv:1409.1556',
  link: 'https://arxiv.org/abs/1409.1556',
  where,
  year: 2014,
  authors: 'Simonyan, Zisserman',
});

const network = (
  from: typeof columns,
  id: string,
  depth: number,
  where: string,
  published?: PublishedTotals,
): Architecture =>
  variant(from, {
    id,
    source: simonyan2014(where),
    input: image(3, 224),
    values: { depth, filters: 64, classes: 1000 },
    ...(published ? { published } : {}),
  });

/** torchvision's counts: column, depth, MACs, parameters without and with batch normalisation. */
const torchvision = [
  ['A', 11, 7_609_090_048, 132_863_336, 132_868_840],
  ['B', 13, 11_308_466_176, 133_047_848, 133_053_736],
  ['D', 16, 15_470_264_320, 138_357_544, 138_365_992],
  ['E', 19, 19_632_062_464, 143_667_240, 143_678_248],
] as const;

/** VGG: nothing but 3×3 convolutions, deep. */
export const vgg = family({
  id: 'vgg',
  title: 'VGG',
  year: 2014,
  variants: [
    ...torchvision.map(([column, depth, macs, parameters]) =>
      network(columns, `vgg${depth}`, depth, `Table 1, column ${column}`, {
        parameters,
        macs,
        source: 'torchvision',
      }),
    ),
    network(columnALrn, 'vgg11-lrn', 11, 'Table 1, column A-LRN'),
    network(columnC, 'vgg16-c', 16, 'Table 1, column C'),
    ...torchvision.map(([column, depth, macs, , parameters]) =>
      network(
        normalisedColumns,
        `vgg${depth}-bn`,
        depth,
        `Table 1, column ${column}, with batch normalisation as in torchvision`,
        { parameters, macs, source: 'torchvision' },
      ),
    ),
    variant(cifar, {
      id: 'vgg11-cifar10',
      source: simonyan2014('Table 1, column A; a quarter of the widths, for 32×32, by this project'),
      input: image(3, 32),
      values: { depth: 11, filters: 16, classes: 10 },
    }),
  ],
});
