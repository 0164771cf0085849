import { classes, form, integer, variant } from '../engine/spec/form.ts';
import type { ConvOptions } from '../engine/spec/layers.ts';
import {
  averagePool,
  conv,
  convBnRelu,
  convRelu,
  dropout,
  family,
  flatten,
  globalAveragePool,
  image,
  maxPool,
  type PoolOptions,
  softmax,
  stage,
} from '../engine/spec/layers.ts';
import type { Series, Source, Spec } from '../engine/spec/types.ts';

const lin2013 = (where: string): Source => ({
  paper: 'arXiv:1312.4400',
  link: 'https://arxiv.org/abs/1312.4400',
  where,
  year: 2013,
  authors: 'Lin, Chen, Yan',
});

/** A convolution and two 1×1 convolutions: a small fully connected network at every pixel (the “mlpconv” layer). */
const mlpconv = (
  kernel: number,
  [width, ...perceptron]: readonly [number, number, number],
  options: ConvOptions = {},
): Record<string, Spec> => ({
  conv: convRelu(width, kernel, options),
  ...Object.fromEntries(perceptron.map((channels, index) => [`cccp${index + 1}`, convRelu(channels, 1)])),
});

const overlapping: PoolOptions = { stride: 2, rounding: 'ceil' };

/** The mean of each class's own map is its logit: no fully connected layer. */
const mapHead = (): Series => ({ pool: globalAveragePool(), flatten: flatten(), softmax: softmax() });

const cifar = form({
  id: 'nin-cifar',
  knobs: { classes: classes() },
  title: () => 'NiN (CIFAR-10)',
  layers: ({ classes: count }): Series => ({
    mlpconv1: stage({
      ...mlpconv(5, [192, 160, 96]),
      pool: maxPool(3, overlapping),
      dropout: dropout(),
    } as Series),
    mlpconv2: stage({
      ...mlpconv(5, [192, 192, 192]),
      pool: averagePool(3, { ...overlapping, countPadding: false }),
      dropout: dropout(),
    } as Series),
    mlpconv3: stage(mlpconv(3, [192, 192, count]) as Series),
    ...mapHead(),
  }),
});

/**
 * The same plan at a fraction of the widths, with batch normalisation, which is younger than the network: it takes the
 * place of dropout and of the activation on the class maps, and lets few epochs do.
 */
const small = form({
  id: 'nin-small-cifar',
  knobs: { filters: integer(6, 192), classes: classes() },
  title: () => 'NiN, small (CIFAR-10)',
  layers({ filters, classes: count }): Series {
    const perceptron = (kernel: number, [width, ...rest]: readonly number[]): Record<string, Spec> => ({
      conv: convBnRelu(width ?? filters, kernel),
      ...Object.fromEntries(rest.map((channels, index) => [`cccp${index + 1}`, convBnRelu(channels, 1)])),
    });
    const narrowing = [filters, Math.round((5 * filters) / 6), Math.round(filters / 2)];
    const pool = averagePool(3, { ...overlapping, countPadding: false });
    return {
      mlpconv1: stage({ ...perceptron(5, narrowing), pool: maxPool(3, overlapping) } as Series),
      mlpconv2: stage({ ...perceptron(5, [filters, filters, filters]), pool } as Series),
      mlpconv3: stage({ ...perceptron(3, [filters, filters]), cccp2: conv(count, 1) } as Series),
      ...mapHead(),
    };
  },
});

const imagenet = form({
  id: 'nin-imagenet',
  knobs: { classes: classes() },
  title: () => 'NiN (ImageNet)',
  layers: ({ classes: count }): Series => ({
    mlpconv1: stage({
      ...mlpconv(11, [96, 96, 96], { stride: 4, padding: 0 }),
      pool: maxPool(3, overlapping),
    } as Series),
    mlpconv2: stage({ ...mlpconv(5, [256, 256, 256]), pool: maxPool(3, overlapping) } as Series),
    mlpconv3: stage({
      ...mlpconv(3, [384, 384, 384]),
      pool: maxPool(3, overlapping),
      dropout: dropout(),
    } as Series),
    mlpconv4: stage(mlpconv(3, [1024, 1024, count]) as Series),
    ...mapHead(),
  }),
});

/** Network in Network: a perceptron at every pixel, and no fully connected head. */
export const nin = family({
  id: 'nin',
  title: 'NiN',
  year: 2013,
  variants: [
    variant(cifar, {
      id: 'nin-cifar10',
      source: lin2013('Section 4.2; layer widths of the authors’ Caffe model'),
      input: image(3, 32),
      values: { classes: 10 },
      published: { parameters: 966_986, source: 'imgclsmob' },
    }),
    variant(small, {
      id: 'nin-small-cifar10',
      source: lin2013('Section 4.2; a quarter of the widths, with batch normalisation, by this project'),
      input: image(3, 32),
      values: { filters: 48, classes: 10 },
    }),
    variant(imagenet, {
      id: 'nin-imagenet',
      source: lin2013('the authors’ Caffe model for ImageNet'),
      input: image(3, 224),
      values: { classes: 1000 },
    }),
  ],
});
