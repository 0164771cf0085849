import { networkWords } from '../../network-messages.ts';

const idea =
  'A convolution followed by ReLU is a linear filter with a bend. Here each one is followed by two 1×1 convolutions: a small perceptron that works on the channels of every position by itself, so that a layer can settle what it saw before the next one looks. The last of them has one map a class, and the mean of each map is the class’s score: no fully connected layer is left, and with it goes most of what used to overfit.';

/** What the page says about each Network in Network. */
export const nin = networkWords({
  'nin-cifar10': {
    subtitle: 'Lin, Chen, Yan 2013 · three blocks of one convolution and two 1×1, for CIFAR-10',
    idea,
    notes: [
      'The paper states no number of parameters; the widths are those of its author’s Caffe model, and 966,986 is what an independent implementation of it counts too.',
      'The 1×1 from 192 to 160 channels costs 192·160 + 160 = 30,880 parameters at any image size. It is the ancestor of Inception’s reduction, ResNet’s bottleneck and SqueezeNet’s squeeze.',
    ],
  },
  'nin-imagenet': {
    subtitle: 'Lin, Chen, Yan 2013 · the author’s Caffe model for ImageNet',
    idea,
    notes: [
      'An eighth of AlexNet’s parameters (7,595,176 against 60,965,224) and a lower top-1 error (40.64 % against 42.9 %, one crop each, both in Caffe), for half as many MACs again.',
      'Its file is quoted as 29 MB: 7,595,176 × 4 B are 30.4 MB, or 28.97 MiB.',
      'The sizes need poolings that round up, as Caffe’s do.',
    ],
  },
  'nin-small-cifar10': {
    subtitle: 'After Lin, Chen, Yan 2013 · this project’s slim network for CIFAR-10 images',
    idea: 'Not a network of the paper but the same three blocks with fewer channels, so that it trains and runs quickly: a convolution, two 1×1 that work on its channels, and at the end the mean of one map a class.',
    notes: [
      'Batch normalization, younger than the paper, stands behind each convolution but the last. It takes the place of the paper’s dropout and lets few epochs do; the class maps have no ReLU, so that a score can be negative.',
    ],
  },
});
