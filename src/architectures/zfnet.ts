import { classes, form, integer, variant } from '../engine/spec/form.ts';
import {
  convRelu,
  family,
  fc,
  fcRelu,
  flatten,
  image,
  lrn,
  maxPool,
  softmax,
} from '../engine/spec/layers.ts';
import type { Rounding, Source } from '../engine/spec/types.ts';

const zeiler2013: Source = {
  paper: 'arXiv:1311.2901',
  link: 'https://arxiv.org/abs/1311.2901',
  where: 'Figure 3',
  year: 2013,
  authors: 'Zeiler, Fergus',
};

const pool = (rounding: Rounding) => maxPool(3, { stride: 2, rounding });

/** Section 3: contrast across feature maps is normalised after the first two pools, as in AlexNet. */
const contrastNorm = () => lrn({ size: 5, alpha: 5e-4, beta: 0.75, bias: 2 });

/** ZFNet: AlexNet with a first layer of 7×7 at stride 2. Figure 3's sizes need pools that round up. */
const zfnet2013 = variant(
  form({
    id: 'zfnet',
    knobs: { classes: classes() },
    title: () => 'ZFNet',
    layers: ({ classes: count }) => ({
      conv1: convRelu(96, 7, { stride: 2, padding: 1 }),
      pool1: pool('ceil'),
      norm1: contrastNorm(),
      conv2: convRelu(256, 5, { stride: 2, padding: 0 }),
      pool2: pool('ceil'),
      norm2: contrastNorm(),
      conv3: convRelu(384, 3),
      conv4: convRelu(384, 3),
      conv5: convRelu(256, 3),
      pool5: pool('ceil'),
      flatten: flatten(),
      fc6: fcRelu(4096, { inputs: 9216, dropout: 0.5 }),
      fc7: fcRelu(4096, { dropout: 0.5 }),
      fc8: fc(count),
      softmax: softmax(),
    }),
  }),
  {
    id: 'zfnet',
    source: zeiler2013,
    input: image(3, 224),
    published: { parameters: 62_357_608, source: 'imgclsmob' },
    values: { classes: 1000 },
  },
);

/** ZFNet as lecture notes print it: every pool rounds down, and the first fully connected layer gets 6,400 numbers, not 9,216. */
const zfnetLecture = variant(
  form({
    id: 'zfnet-lecture',
    knobs: { classes: classes() },
    title: () => 'ZFNet (lecture)',
    layers: ({ classes: count }) => ({
      conv1: convRelu(96, 7, { stride: 2, padding: 1 }),
      pool1: pool('floor'),
      conv2: convRelu(256, 5, { stride: 2, padding: 0 }),
      pool2: pool('floor'),
      conv3: convRelu(384, 3),
      conv4: convRelu(384, 3),
      conv5: convRelu(256, 3),
      pool5: pool('floor'),
      flatten: flatten(),
      fc6: fcRelu(4096, { inputs: 9216 }),
      fc7: fcRelu(4096),
      fc8: fc(count),
      softmax: softmax(),
    }),
  }),
  {
    id: 'zfnet-lecture',
    source: {
      paper: 'CS231n, CNN architectures',
      where: 'the simplified listing, which does not fit',
      year: 2013,
      authors: 'after Zeiler, Fergus',
    },
    input: image(3, 224),
    values: { classes: 1000 },
  },
);

/**
 * ZFNet for 32×32: the changes to AlexNet's member of that size. The first kernel is 3×3 at stride 1 (5×5 at 2 there),
 * the second strides by 2, normalisation stands behind the pools, and the third to fifth convolution are the wider ones
 * of section 5 (512, 1024, 512 maps to 96).
 */
const zfnetCifar = form({
  id: 'zfnet-cifar',
  knobs: { filters: integer(6, 96), classes: classes() },
  title: () => 'ZFNet (CIFAR-10)',
  layers: ({ filters, classes: count }) => {
    const wide = Math.round((16 * filters) / 3);
    const halve = () => maxPool(3, { stride: 2, padding: 1 });
    return {
      conv1: convRelu(filters, 3),
      pool1: halve(),
      norm1: contrastNorm(),
      conv2: convRelu(Math.round((8 * filters) / 3), 5, { stride: 2 }),
      pool2: halve(),
      norm2: contrastNorm(),
      conv3: convRelu(wide, 3),
      conv4: convRelu(2 * wide, 3),
      conv5: convRelu(wide, 3),
      pool5: halve(),
      flatten: flatten(),
      fc6: fcRelu(8 * filters, { dropout: 0.5 }),
      fc7: fcRelu(8 * filters, { dropout: 0.5 }),
      fc8: fc(count),
      softmax: softmax(),
    };
  },
});

/** ZFNet: AlexNet improved by looking at what its layers respond to. */
export const zfnet = family({
  id: 'zfnet',
  title: 'ZFNet',
  year: 2013,
  variants: [
    zfnet2013,
    zfnetLecture,
    variant(zfnetCifar, {
      id: 'zfnet-cifar10',
      source: { ...zeiler2013, where: 'Figure 3, Section 5; scaled to 32×32 by this project' },
      input: image(3, 32),
      values: { filters: 24, classes: 10 },
    }),
  ],
});
