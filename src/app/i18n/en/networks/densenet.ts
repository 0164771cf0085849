import { networkWords } from '../../network-messages.ts';

const idea =
  'ResNet adds and so mixes; this network keeps. Each layer of a block reads all maps that were made before it, stacked, and appends k of its own: k is the growth rate. What one layer found need not be found again, and every layer has a direct way to the block’s end, so that few maps a layer are enough. A block of L layers has L(L + 1)/2 connections.';

const bottleneck =
  ' A 1×1 convolution to 4k channels in front of each 3×3 keeps the ever longer input affordable, and a transition between two blocks halves the number of maps.';

const imagenetIdea = `${idea}${bottleneck} DenseNet-201 has about the one-crop error of ResNet-101 (22.6 against 22.4 %) with fewer than half its parameters and 55 % of its MACs. The price is memory: all those maps have to be kept.`;

const plainNote = (without: string) =>
  `The count agrees with the paper’s table when the first convolution has 16 channels, transitions do not compress and batch normalization is counted (${without} without). The authors’ released code starts with 2k channels and does not give it.`;

const bcNote =
  'Compressed networks start with 2k channels, plain ones with 16: only so do all six counts of the paper’s table come out.';

/** What the page says about each DenseNet. */
export const densenet = networkWords({
  densenet121: {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · ImageNet, k = 32, blocks of 6, 12, 24, 16',
    idea: imagenetIdea,
    notes: [
      'The name counts convolutions and the classifier: two for each of 58 layers, one for each of 3 transitions, the first convolution and the last layer: 116 + 3 + 1 + 1.',
    ],
  },
  densenet169: {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · ImageNet, k = 32, blocks of 6, 12, 32, 32',
    idea: imagenetIdea,
    notes: [
      'The paper gives 23.80 % top-1 error with one crop; the weights its authors released have 23.6 %, torchvision’s 24.4 %.',
    ],
  },
  densenet201: {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · ImageNet, k = 32, blocks of 6, 12, 48, 32',
    idea: imagenetIdea,
    notes: ['The paper’s “20 M parameters” are 20,013,928.'],
  },
  densenet161: {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · ImageNet, k = 48, blocks of 6, 12, 36, 24',
    idea: imagenetIdea,
    notes: [
      'The only one here with k = 48; its first convolution has 96 channels where the others have 64, 2k in each case. It came with the authors’ released weights and is not in the tables of the paper’s final version.',
    ],
  },
  densenet264: {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · ImageNet, k = 32, blocks of 6, 12, 64, 48',
    idea: imagenetIdea,
    notes: [
      'By the rule that gives 121, 169, 201 and 161 it has 265 layers: 2·130 + 3 + 2.',
      'The paper’s text states no number of parameters for it. A “264” of 72.7 M found elsewhere is another network, not of k = 32.',
    ],
  },
  'densenet40-k12': {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · CIFAR-10, 40 layers, k = 12, plain',
    idea: `${idea} The plain form for small images: three equal blocks of 3×3 convolutions, nothing narrowed.`,
    notes: [
      'The paper’s 1.0 M agree when the first convolution has 16 channels and transitions do not compress. The authors’ released code starts with 2k = 24 channels: 1,059,298.',
      'The 599,050 found elsewhere under this name belong to transitions that halve the maps: another network.',
    ],
  },
  'densenet100-k12': {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · CIFAR-10, 100 layers, k = 12, plain',
    idea: `${idea} The plain form for small images: three equal blocks of 3×3 convolutions, nothing narrowed.`,
    notes: [plainNote('6.9 M')],
  },
  'densenet100-k24': {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · CIFAR-10, 100 layers, k = 24, plain',
    idea: `${idea} The plain form for small images: three equal blocks of 3×3 convolutions, nothing narrowed.`,
    notes: [plainNote('27.0 M')],
  },
  'densenet-bc100-k12': {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · CIFAR-10, 100 layers, k = 12, BC',
    idea: idea + bottleneck,
    notes: [
      bcNote,
      'A ninth of the plain network’s parameters at the same depth and k (0.77 against 6.98 M) for 4.51 % error against 4.10 %.',
    ],
  },
  'densenet-bc250-k24': {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · CIFAR-10, 250 layers, k = 24, BC',
    idea: idea + bottleneck,
    notes: [bcNote],
  },
  'densenet-bc190-k40': {
    subtitle: 'Huang, Liu, van der Maaten, Weinberger 2016 · CIFAR-10, 190 layers, k = 40, BC',
    idea: idea + bottleneck,
    notes: [
      bcNote,
      'The lowest error of the paper on CIFAR-10, 3.46 %, with fewer parameters than WRN-28-10.',
    ],
  },
  'densenet-bc40-k12-cifar10': {
    subtitle: 'After Huang and others 2016 · this project’s network for CIFAR-10, 40 layers, k = 12, BC',
    idea: `Not a network of the paper’s tables but a small one by its rule for CIFAR-10, with bottlenecks and compression, trained here and small enough for any browser. ${idea}`,
    notes: [],
  },
});
