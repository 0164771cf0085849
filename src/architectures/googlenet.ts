import { classes, form, integer, variant } from '../engine/spec/form.ts';
import type { ConvOptions } from '../engine/spec/layers.ts';
import {
  architecture,
  averagePool,
  branches,
  conv,
  convBnRelu,
  convRelu,
  dropout,
  type Extent,
  family,
  fc,
  fcRelu,
  flatten,
  globalAveragePool,
  image,
  lrn,
  maxPool,
  softmax,
  stage,
  tap,
} from '../engine/spec/layers.ts';
import type { GroupSpec, Series, Source, Spec } from '../engine/spec/types.ts';

const szegedy2014 = (where: string): Source => ({
  paper: 'arXiv:1409.4842',
  link: 'https://arxiv.org/abs/1409.4842',
  where,
  year: 2014,
  authors: 'Szegedy, Liu, Jia, Sermanet, Reed, Anguelov, Erhan, Vanhoucke, Rabinovich',
});

type Convolution = (channels: number, kernel: Extent, options?: ConvOptions) => GroupSpec;

/** The widths of one module, in the order of Table 1's columns. */
export type InceptionWidths = readonly [
  c1x1: number,
  reduce3x3: number,
  c3x3: number,
  reduce5x5: number,
  c5x5: number,
  poolProj: number,
];

/** Figure 2(b): four views of one input, concatenated. */
export const inception = (
  [c1x1, reduce3x3, c3x3, reduce5x5, c5x5, poolProj]: InceptionWidths,
  convolution: Convolution = convRelu,
  large = 5,
): Spec =>
  branches('Concat', {
    '1x1': convolution(c1x1, 1),
    '3x3': { reduce: convolution(reduce3x3, 1), conv: convolution(c3x3, 3) },
    '5x5': { reduce: convolution(reduce5x5, 1), conv: convolution(c5x5, large) },
    pool: { pool: maxPool(3, { stride: 1, padding: 1, rounding: 'ceil' }), proj: convolution(poolProj, 1) },
  });

/** Table 1, from the third inception module's row on. */
const table1 = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
} as const satisfies Record<string, InceptionWidths>;

/** AlexNet's normalisation, as in the authors' Caffe model. */
const responseNorm = () => lrn({ size: 5, alpha: 1e-4, beta: 0.75, bias: 1 });

const halve = (kernel = 3) => maxPool(kernel, { stride: 2, rounding: 'ceil' });

/** Section 5: an auxiliary classifier on the output of an inner module; used in training only. */
const auxiliary = (count: number, pool: Spec) =>
  tap({
    pool,
    conv: convRelu(128, 1),
    flatten: flatten(),
    fc1: fcRelu(1024, { dropout: 0.7 }),
    fc2: fc(count),
    softmax: softmax(),
  });

interface Plan {
  readonly convolution: Convolution;
  /** Side of the window that the paper's 5×5 has. */
  readonly large: number;
  readonly lastPool: number;
  readonly normalises: boolean;
  readonly auxiliaries: boolean;
}

const layersOf = (count: number, { convolution, large, lastPool, normalises, auxiliaries }: Plan): Series => {
  const module = (name: keyof typeof table1) => inception(table1[name], convolution, large);
  const aux = (name: string): Record<string, Spec> =>
    auxiliaries ? { [name]: auxiliary(count, averagePool(5, { stride: 3 })) } : {};
  return {
    stem: stage({
      conv1: convolution(64, 7, { stride: 2 }),
      pool1: halve(),
      ...(normalises ? { norm1: responseNorm() } : {}),
      conv2_reduce: convolution(64, 1),
      conv2: convolution(192, 3),
      ...(normalises ? { norm2: responseNorm() } : {}),
      pool2: halve(),
    } as Series),
    inception3: stage({ '3a': module('3a'), '3b': module('3b'), pool: halve() }),
    inception4: stage({
      '4a': module('4a'),
      ...aux('aux1'),
      '4b': module('4b'),
      '4c': module('4c'),
      '4d': module('4d'),
      ...aux('aux2'),
      '4e': module('4e'),
      pool: halve(lastPool),
    } as Series),
    inception5: stage({ '5a': module('5a'), '5b': module('5b') }),
    pool: globalAveragePool(),
    flatten: flatten(),
    dropout: dropout(auxiliaries || normalises ? 0.4 : 0.2),
    fc: fc(count),
    softmax: softmax(),
  };
};

const asPublished = (auxiliaries: boolean) =>
  form({
    id: auxiliaries ? 'googlenet-aux' : 'googlenet',
    knobs: { classes: classes() },
    title: () => (auxiliaries ? 'GoogLeNet with auxiliary classifiers' : 'GoogLeNet'),
    layers: ({ classes: count }) =>
      layersOf(count, { convolution: convRelu, large: 5, lastPool: 3, normalises: true, auxiliaries }),
  });

/** torchvision's: batch normalisation (ε = 10⁻³), 3×3 where the paper has 5×5, a last pool of 2×2. */
const asInTorchvision = form({
  id: 'googlenet-torchvision',
  knobs: { classes: classes() },
  title: () => 'GoogLeNet (torchvision)',
  layers: ({ classes: count }) =>
    layersOf(count, {
      convolution: (channels, kernel, options) => convBnRelu(channels, kernel, { ...options, epsilon: 1e-3 }),
      large: 3,
      lastPool: 2,
      normalises: false,
      auxiliaries: false,
    }),
});

/**
 * GoogLeNet for 32×32: a stem that halves the image once where the paper's halves it three times, five of the nine
 * modules at 16, 8 and 4 pixels with Table 1's widths in proportion, batch normalisation in place of the stem's own.
 */
const cifar = form({
  id: 'inception-cifar',
  knobs: { filters: integer(4, 64), classes: classes() },
  title: () => 'Inception (CIFAR-10)',
  layers({ filters, classes: count }): Series {
    const scaled = (width: number): number => Math.max(1, Math.round((width * filters) / 64));
    const module = (name: keyof typeof table1) =>
      inception(table1[name].map(scaled) as unknown as InceptionWidths, convBnRelu);
    return {
      stem: stage({
        conv1: convBnRelu(filters, 3),
        pool1: halve(),
        conv2_reduce: convBnRelu(filters, 1),
        conv2: convBnRelu(3 * filters, 3),
      }),
      inception3: stage({ '3a': module('3a'), '3b': module('3b'), pool: halve() }),
      inception4: stage({ '4a': module('4a'), '4e': module('4e'), pool: halve() }),
      inception5: stage({ '5b': module('5b') }),
      pool: globalAveragePool(),
      flatten: flatten(),
      fc: fc(count),
      softmax: softmax(),
    };
  },
});

/** Conv with bias → BatchNormalization → Relu, as lecture listings write it: the bias is redundant. */
const lectureConv: Convolution = (channels, kernel, options = {}) =>
  convBnRelu(channels, kernel, { bias: true, ...options });

const lecture = (where: string): Source => ({
  paper: 'CS231n, CNN architectures',
  where,
  year: 2014,
  authors: 'after Szegedy et al.',
});

/** GoogLeNet: wide modules in which cheap 1×1 convolutions come before dear ones. */
export const googlenet = family({
  id: 'googlenet',
  title: 'GoogLeNet',
  year: 2014,
  variants: [
    variant(asPublished(false), {
      id: 'googlenet',
      source: szegedy2014('Table 1'),
      input: image(3, 224),
      values: { classes: 1000 },
    }),
    variant(asPublished(true), {
      id: 'googlenet-aux',
      source: szegedy2014('Table 1, Section 5, Figure 3'),
      input: image(3, 224),
      values: { classes: 1000 },
    }),
    variant(asInTorchvision, {
      id: 'googlenet-torchvision',
      source: szegedy2014('Table 1, as torchvision builds it'),
      input: image(3, 224),
      values: { classes: 1000 },
      published: { parameters: 6_624_904, macs: 1_498_376_192, source: 'torchvision' },
    }),
    variant(cifar, {
      id: 'inception-cifar10',
      source: szegedy2014(
        'Table 1; five of its modules at a quarter of the widths, for 32×32, by this project',
      ),
      input: image(3, 32),
      values: { filters: 16, classes: 10 },
    }),
    architecture({
      id: 'inception-3a',
      title: 'Inception module 3a',
      source: lecture('the module of Table 1, row 3a, with batch normalisation'),
      input: [192, 28, 28],
      layers: { inception: inception(table1['3a'], lectureConv) },
    }),
    architecture({
      id: 'inception-naive',
      title: 'Inception module, naive',
      source: lecture('the naive module, Figure 2(a)'),
      input: [256, 28, 28],
      layers: {
        inception: branches('Concat', {
          '1x1': conv(128, 1),
          '3x3': conv(192, 3, { padding: 1 }),
          '5x5': conv(96, 5, { padding: 2 }),
          pool: maxPool(3, { stride: 1, padding: 1 }),
        }),
      },
    }),
    architecture({
      id: 'inception-reduced',
      title: 'Inception module, reduced',
      source: lecture('the module with 1×1 convolutions, Figure 2(b)'),
      input: [256, 28, 28],
      layers: {
        inception: branches('Concat', {
          '1x1': conv(128, 1),
          '3x3': { reduce: conv(64, 1), conv: conv(192, 3, { padding: 1 }) },
          '5x5': { reduce: conv(64, 1), conv: conv(96, 5, { padding: 2 }) },
          pool: { pool: maxPool(3, { stride: 1, padding: 1 }), proj: conv(64, 1) },
        }),
      },
    }),
  ],
});
