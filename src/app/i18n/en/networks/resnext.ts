import { networkWords } from '../../network-messages.ts';

const idea =
  'Depth and width are two numbers to turn; this network adds a third, the number of groups. The 3×3 of ResNet’s bottleneck is split into 32 groups of 4 channels that do not see one another, and what that saves is spent on width: 128 channels inside where ResNet-50 has 64. The cost stays about the same, and the top-1 error falls from 23.9 % to 22.2 %. Many narrow paths of one shape, summed: Inception’s thought without its table of widths.';

const cifarIdea =
  'The same block for small images: one convolution, three stages of three bottlenecks, a mean and ten outputs, 29 layers in all. The first number is the number of groups, the second the channels of each in the first stage; both later stages double the width.';

/** What the page says about each ResNeXt. */
export const resnext = networkWords({
  'resnext50-32x4d': {
    subtitle: 'Xie, Girshick, Dollár, Tu, He 2016 · 50 layers, 32 groups of 4 channels',
    idea,
    notes: [
      'The authors write “about 4.1 G” MACs for this network and for ResNet-50 alike. It needs 4.230 G, ResNet-50 in the same layout 4.089 G: 3 % more.',
    ],
  },
  'resnext101-32x4d': {
    subtitle: 'Xie, Girshick, Dollár, Tu, He 2016 · 101 layers, 32 groups of 4 channels',
    idea,
    notes: ['“About 7.8 G” is 7.970 G; the 7.8 G are those of ResNet-101 (7.801 G).'],
  },
  'resnext101-32x8d': {
    subtitle: 'After Xie and others 2016 · torchvision’s 101 layers, 32 groups of 8 channels',
    idea,
    notes: [
      'Not in the paper’s tables; its weights are torchvision’s. Beside 64 groups of 4, which are as wide, it needs 6 % more of everything and has half the groups.',
    ],
  },
  'resnext101-64x4d': {
    subtitle: 'Xie, Girshick, Dollár, Tu, He 2016 · 101 layers, 64 groups of 4 channels',
    idea: `${idea} With twice the budget the paper compares the three numbers: a ResNet of 200 layers has 5.8 % top-5 error, one of 101 wider layers 5.7 %, and this one with 64 groups 5.3 %.`,
    notes: [
      '“About 15.6 G” is 15.460 G.',
      'torchvision’s only weights for it come from the newer recipe of training (83.2 % top-1 at resize 232): do not compare them with the first weights of the other networks.',
    ],
  },
  'resnext29-8x64d': {
    subtitle: 'Xie, Girshick, Dollár, Tu, He 2016 · CIFAR-10, 29 layers, 8 groups of 64',
    idea: cifarIdea,
    notes: [
      'The paper’s 34.4 M agree. Another implementation counts 34,426,634, which is 64 less: its first convolution seems to have a bias in place of batch normalization.',
    ],
  },
  'resnext29-16x64d': {
    subtitle: 'Xie, Girshick, Dollár, Tu, He 2016 · CIFAR-10, 29 layers, 16 groups of 64',
    idea: cifarIdea,
    notes: [
      'The paper’s 68.1 M is 68,155,210 cut off rather than rounded, or 68,054,730 without batch normalization.',
      'Twice the network for 0.07 points on CIFAR-10 (3.58 % against 3.65 %) and 0.46 on CIFAR-100.',
    ],
  },
  'resnext29-mini-cifar10': {
    subtitle: 'After Xie and others 2016 · this project’s network for CIFAR-10 images, 8 groups',
    idea: 'Not a network of the paper but its grouped bottleneck in 8 groups and few channels, small enough to train here and to run in any browser.',
    notes: [],
  },
});
