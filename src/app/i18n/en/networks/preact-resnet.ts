import { networkWords } from '../../network-messages.ts';

const idea =
  'ResNet’s block ends with a ReLU behind the addition, so that its shortcut is not quite an identity. Here normalization and ReLU move in front of each convolution, and nothing is left on the path from block to block. Any block then receives an earlier one’s signal plus a sum of corrections, and the gradient has a part that reaches every block unchanged. At 1001 layers this is the difference between 7.61 % and 4.92 % error on CIFAR-10.';

const bottlenecks = ' For small images the bottleneck’s rule is 9n + 2 layers.';

/** What the page says about each pre-activation ResNet. */
export const preactResnet = networkWords({
  'preact-resnet110-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2016 · CIFAR-10, 110 layers of 3×3',
    idea,
    notes: [
      'As many parameters and MACs as ResNet-110: the same layers in another order. The 6.37 % error quoted for it is the median of five runs.',
    ],
  },
  'preact-resnet164-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2016 · CIFAR-10, 164 layers in 54 bottlenecks',
    idea: idea + bottlenecks,
    notes: [
      'Deeper than the network of 110 layers and no larger (1,703,258 against 1,727,962 parameters): that is what the bottleneck is for.',
    ],
  },
  'preact-resnet1001-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2016 · CIFAR-10, 1001 layers in 333 bottlenecks',
    idea: idea + bottlenecks,
    notes: [
      'The paper’s 10.2 M are convolutions and classifier alone, 10,178,490. With the two numbers a channel of batch normalization, as the other tables count, it has 10,327,706: 10.3 M.',
      'Its error depends on the batch: 4.92 % with 128 images, 4.62 % with 64. The Wide ResNet paper prints the latter as 4.64 %.',
    ],
  },
  'preact-resnet200': {
    subtitle: 'He, Zhang, Ren, Sun 2016 · ImageNet, 200 layers in 66 bottlenecks',
    idea,
    notes: [
      'With the same training, moving the activations alone lowers its top-1 error from 21.8 % to 20.7 % (one crop of 320 pixels).',
      'The Wide ResNet paper’s 64.7 M agrees with 64,666,152. A well-known implementation counts 128 more: it normalizes the 64 channels once again after the first pooling.',
    ],
  },
  'preact-resnet20-cifar10': {
    subtitle: 'After He, Zhang, Ren, Sun 2016 · this project’s network for CIFAR-10, 20 layers',
    idea: 'Not a network of the paper, which starts at 110 layers, but its block in the smallest ResNet for CIFAR-10: 6n + 2 layers with n = 3, normalization and ReLU in front of each convolution. It can be given the same picture as ResNet-20, from which it differs in nothing but that order.',
    notes: [],
  },
});
