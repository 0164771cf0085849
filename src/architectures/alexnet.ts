import { classes, form, integer, variant } from '../engine/spec/form.ts';
import {
  adaptiveAveragePool,
  conv,
  convRelu,
  family,
  fc,
  fcRelu,
  flatten,
  image,
  lrn,
  maxPool,
  relu,
  softmax,
  unit,
} from '../engine/spec/layers.ts';
import type { Source } from '../engine/spec/types.ts';

const krizhevsky2012: Source = {
  paper: 'Advances in Neural Information Processing Systems 25',
  link: 'https://proceedings.neurips.cc/paper/2012/hash/c399862d3b9d6b76c8436e924a68c45b-Abstract.html',
  where: 'Section 3.5, Figure 2',
  year: 2012,
  authors: 'Krizhevsky, Sutskever, Hinton',
};

/** Section 3.3: n = 5, α = 10⁻⁴, β = 0.75, k = 2; the paper does not divide α by n, ONNX does. */
const responseNorm = () => lrn({ size: 5, alpha: 5e-4, beta: 0.75, bias: 2 });

const overlappingPool = () => maxPool(3, { stride: 2 });

/** The two-tower network of 2012: convolutions 2, 4 and 5 see only the maps on their own GPU (groups of two). */
const alexnet2012 = variant(
  form({
    id: 'alexnet',
    knobs: { classes: classes() },
    title: () => 'AlexNet',
    layers: ({ classes: count }) => ({
      conv1: unit({ conv: conv(96, 11, { stride: 4 }), relu: relu(), lrn: responseNorm() }),
      pool1: overlappingPool(),
      conv2: unit({ conv: conv(256, 5, { padding: 2, groups: 2 }), relu: relu(), lrn: responseNorm() }),
      pool2: overlappingPool(),
      conv3: convRelu(384, 3),
      conv4: convRelu(384, 3, { groups: 2 }),
      conv5: convRelu(256, 3, { groups: 2 }),
      pool5: overlappingPool(),
      flatten: flatten(),
      fc6: fcRelu(4096, { inputs: 9216, dropout: 0.5 }),
      fc7: fcRelu(4096, { dropout: 0.5 }),
      fc8: fc(count),
      softmax: softmax(),
    }),
  }),
  {
    id: 'alexnet',
    source: krizhevsky2012,
    input: image(3, 227),
    // “60 million parameters” in the abstract: the exact count, cut off.
    published: { parameters: 60_000_000, source: 'Krizhevsky et al. 2012' },
    values: { classes: 1000 },
  },
);

/** The one-tower network of "One weird trick" (arXiv:1404.5997), which torchvision ships as AlexNet. */
const alexnetOwt = variant(
  form({
    id: 'alexnet-owt',
    knobs: { classes: classes() },
    title: () => 'AlexNet (one tower)',
    layers: ({ classes: count }) => ({
      conv1: convRelu(64, 11, { stride: 4, padding: 2 }),
      pool1: overlappingPool(),
      conv2: convRelu(192, 5),
      pool2: overlappingPool(),
      conv3: convRelu(384, 3),
      conv4: convRelu(256, 3),
      conv5: convRelu(256, 3),
      pool5: overlappingPool(),
      // Nothing at 224; at another input torchvision's network takes means.
      avgpool: adaptiveAveragePool(6),
      flatten: flatten(),
      fc6: fcRelu(4096, { dropout: 0.5 }),
      fc7: fcRelu(4096, { dropout: 0.5 }),
      fc8: fc(count),
      softmax: softmax(),
    }),
  }),
  {
    id: 'alexnet-owt',
    source: {
      paper: 'arXiv:1404.5997',
      link: 'https://arxiv.org/abs/1404.5997',
      where: 'Section 5; torchvision.models.alexnet',
      year: 2014,
      authors: 'Krizhevsky',
    },
    input: image(3, 224),
    published: { parameters: 61_100_840, macs: 714_188_480, source: 'torchvision' },
    values: { classes: 1000 },
  },
);

/** AlexNet as lecture notes simplify it: one tower at the paper's widths, and a head of 4096–1000–10. */
const alexnetLecture = variant(
  form({
    id: 'alexnet-lecture',
    knobs: { classes: classes() },
    title: () => 'AlexNet (lecture)',
    layers: ({ classes: count }) => ({
      conv1: convRelu(96, 11, { stride: 4, padding: 0 }),
      pool1: overlappingPool(),
      conv2: convRelu(256, 5),
      pool2: overlappingPool(),
      conv3: convRelu(384, 3),
      conv4: convRelu(384, 3),
      conv5: convRelu(256, 3),
      pool5: overlappingPool(),
      flatten: flatten(),
      fc6: fcRelu(4096, { inputs: 9216 }),
      fc7: fcRelu(1000),
      fc8: fc(count),
      softmax: softmax(),
    }),
  }),
  {
    id: 'alexnet-lecture',
    source: {
      paper: 'CS231n, CNN architectures',
      where: 'the simplified listing: no groups, no response normalisation, ten classes',
      year: 2012,
      authors: 'after Krizhevsky, Sutskever, Hinton',
    },
    input: image(3, 227),
    values: { classes: 10 },
  },
);

/**
 * AlexNet for 32×32: five convolutions in the paper's proportions, two towers in the second, fourth and fifth, response
 * normalisation behind the first two, three fully connected layers. Kernels and strides shrink with the image; pools pad
 * by 1, so that 32, 16, 8, 4, 2 come out.
 */
const alexnetCifar = form({
  id: 'alexnet-cifar',
  knobs: { filters: integer(6, 192), classes: classes() },
  title: () => 'AlexNet (CIFAR-10)',
  layers: ({ filters, classes: count }) => {
    // Even numbers in the paper's proportion of 256 to 96: two towers share them.
    const first = 2 * Math.round(filters / 2);
    const wide = 2 * Math.round((4 * filters) / 3);
    const pool = () => maxPool(3, { stride: 2, padding: 1 });
    return {
      conv1: unit({
        conv: conv(first, 5, { stride: 2, padding: 2 }),
        relu: relu(),
        lrn: responseNorm(),
      }),
      pool1: pool(),
      conv2: unit({ conv: conv(wide, 5, { padding: 2, groups: 2 }), relu: relu(), lrn: responseNorm() }),
      pool2: pool(),
      conv3: convRelu(4 * filters, 3),
      conv4: convRelu(4 * filters, 3, { groups: 2 }),
      conv5: convRelu(wide, 3, { groups: 2 }),
      pool5: pool(),
      flatten: flatten(),
      fc6: fcRelu(8 * filters, { dropout: 0.5 }),
      fc7: fcRelu(8 * filters, { dropout: 0.5 }),
      fc8: fc(count),
      softmax: softmax(),
    };
  },
});

/** AlexNet: the network that made deep learning the way to see. */
export const alexnet = family({
  id: 'alexnet',
  title: 'AlexNet',
  year: 2012,
  variants: [
    alexnet2012,
    alexnetOwt,
    alexnetLecture,
    variant(alexnetCifar, {
      id: 'alexnet-cifar10',
      source: { ...krizhevsky2012, where: 'Section 3.5, Figure 2; scaled to 32×32 by this project' },
      input: image(3, 32),
      values: { filters: 48, classes: 10 },
    }),
  ],
});
