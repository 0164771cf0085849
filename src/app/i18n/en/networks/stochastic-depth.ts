import { networkWords } from '../../network-messages.ts';

const idea =
  'A ResNet that is short while it trains and deep when it works. For each batch every block is kept with a probability that falls evenly from 1 at the input to 0.5 at the last block; one that is left out is only its shortcut. The gradient passes through a shorter network, and no block can lean on its neighbour being there. At test all blocks are there, each correction multiplied by its probability.';

const expected = (blocks: string, kept: string, share: string) =>
  `Of L = ${blocks} blocks, (3L − 1)/4 = ${kept} are kept on average, and a training pass forward costs ${share} of the MACs. Parameters and the cost at test are those of the whole network.`;

/** What the page says about each network with stochastic depth. */
export const stochasticDepth = networkWords({
  'stochastic-depth-110': {
    subtitle: 'Huang, Sun, Liu, Sedra, Weinberger 2016 · CIFAR-10, ResNet-110, p = 0.5 at the end',
    idea,
    notes: [
      expected('54', '40.25', '74.6 %'),
      'Its errors are quoted in two versions: 5.23 % and 24.58 % (CIFAR-10 and CIFAR-100; first preprint, code and later papers), 5.25 % and 24.98 % (the ECCV text).',
      'The same network at constant depth has 27.76 % on CIFAR-100 in the paper’s table and 27.22 % in its text; the DenseNet paper repeats the latter.',
    ],
  },
  'stochastic-depth-152': {
    subtitle: 'Huang, Sun, Liu, Sedra, Weinberger 2016 · ImageNet, ResNet-152, p = 0.5 at the end',
    idea,
    notes: [
      expected('50', '37.25', '75.5 %'),
      'The share is a little above 37.25 of 50 because the first convolution and those on the shortcuts are always computed.',
      'A gain in time and not in accuracy: 21.98 % top-1 error after 120 epochs, 21.78 % at constant depth.',
      'The paper’s 152 layers for SVHN (1.75 % error) are another network: two 3×3 convolutions in each of 75 blocks, by the rule for small images.',
    ],
  },
  'stochastic-depth-1202': {
    subtitle: 'Huang, Sun, Liu, Sedra, Weinberger 2016 · CIFAR-10, ResNet-1202, p = 0.5 at the end',
    idea: `${idea} With it the ResNet of 1202 layers profits from its depth instead of overfitting: 4.91 % error on CIFAR-10, against 5.23 % with 110 layers and 6.67 % for the same network at constant depth.`,
    notes: [
      expected('600', '449.75', '75.0 %'),
      'The 6.67 % are the authors’ own training; He and others report 7.93 % for ResNet-1202.',
    ],
  },
  'stochastic-depth-32-cifar10': {
    subtitle: 'After Huang and others 2016 · this project’s network for CIFAR-10, ResNet-32',
    idea: 'Not a network of the paper but its rule on ResNet-32, trained here with blocks really left out, p falling from 1 to 0.5. Small enough to run in any browser, and a network of which any one block can be taken out to see what it was worth.',
    notes: [],
  },
});
