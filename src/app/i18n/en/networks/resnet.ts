import { networkWords } from '../../network-messages.ts';

const idea =
  'Beyond some twenty layers a plain network gets worse with depth, on its own training images too: it does not overfit, it fails to train. Here two or three convolutions compute only a correction F(x), and the block returns F(x) + x. A block with nothing to add can let its weights go to zero and does no harm, and a part of the gradient comes back through the sum as it is. So depth pays again: 34 layers beat 18, and 152 beat 34.';

const bottleneckIdea = `${idea} From 50 layers on each block is a bottleneck: 1×1 narrows 256 channels to 64, 3×3 works on those, 1×1 widens again. That takes 69,632 weights, fewer than the two 3×3 on 64 channels of the shallower networks (73,728), and a seventeenth of two on 256.`;

const originalIdea =
  'The same network as the page without “v1” shows, with the stride where the paper has it. The first block of a stage halves the image in its first 1×1 convolution, which therefore reads one position in four and never sees the rest; the 3×3 behind it works on the small image. That is cheaper by 231 million MACs at every depth, and a little less accurate.';

const plainIdea = (layers: string, partner: string) =>
  `${partner} with its shortcuts taken away, and nothing else: ${layers}. It is the other half of the paper’s argument. The convolutions and their cost are the same, so whatever differs after training is the shortcut’s doing.`;

const cifarIdea =
  'The paper’s rule for small images: one convolution, then three stages of 2n convolutions of 3×3 on 16, 32 and 64 channels at 32, 16 and 8 pixels, a mean and ten outputs: 6n + 2 layers. Where a stage halves the image its shortcut takes every second pixel and fills the missing channels with zeros, so that no shortcut has a parameter and only depth varies.';

const plainCifarIdea =
  'The rule for small images without shortcuts: the same 6n + 2 layers, the same parameters, nothing added. Shallow it trains about as well as its residual partner; with depth its error rises, in training as on the test images. Put both through the same picture to see what one addition does.';

const strideNote = (here: string, there: string, printed: string) =>
  `As in torchvision, stages halve the image in the 3×3 convolution: ${here} G MACs. The paper has the stride in the 1×1 before it, ${there} G, and prints ${printed}. Parameters are the same; elsewhere this layout is called “v1.5”.`;

const tableNote = (printed: string) =>
  `Table 6 of the paper prints ${printed}; that holds only with batch normalization counted and with shortcuts that have no parameters (option A).`;

/** What the page says about each ResNet. */
export const resnet = networkWords({
  resnet18: {
    subtitle: 'He, Zhang, Ren, Sun 2015 · 18 layers: 8 blocks of two 3×3 convolutions',
    idea,
    notes: [
      'At 18 layers the shortcut hardly changes the error (27.88 % against 27.94 % for the plain network, 10 crops): it makes training faster. At 34 it decides.',
    ],
  },
  resnet34: {
    subtitle: 'He, Zhang, Ren, Sun 2015 · 34 layers: 16 blocks of two 3×3 convolutions',
    idea,
    notes: [
      'Where a stage widens, its shortcut here is a 1×1 convolution (option B, as in torchvision): 3.664 G MACs. The paper’s 3.6 G belong to shortcuts without parameters (option A): 3.644 G.',
    ],
  },
  resnet50: {
    subtitle: 'He, Zhang, Ren, Sun 2015 · 50 layers: 16 bottlenecks, stride on the 3×3',
    idea: bottleneckIdea,
    notes: [
      strideNote('4.089', '3.858', '3.8, cut off'),
      'Top-1 errors of one crop: 24.7 % with the paper’s layout and 23.9 % with this one, 19.1 % after torchvision’s newer recipe of training. The last gain is not the architecture’s.',
    ],
  },
  resnet101: {
    subtitle: 'He, Zhang, Ren, Sun 2015 · 101 layers: 33 bottlenecks, stride on the 3×3',
    idea: bottleneckIdea,
    notes: [strideNote('7.801', '7.570', '7.6')],
  },
  resnet152: {
    subtitle: 'He, Zhang, Ren, Sun 2015 · 152 layers: 50 bottlenecks, stride on the 3×3',
    idea: bottleneckIdea,
    notes: [
      strideNote('11.514', '11.282', '11.3'),
      'Eight times as deep as VGG-19 and cheaper: 11.5 against 19.6 G MACs. The 3.57 % top-5 error that won the ImageNet challenge of 2015 is an ensemble’s; one network reaches 4.49 % over several scales.',
    ],
  },
  'resnet50-v1': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · as published: stride on the first 1×1 of a stage',
    idea: originalIdea,
    notes: ['3.858 G MACs, which the paper cuts to 3.8. “4.1 G” is the other layout’s figure, 4.089 G.'],
  },
  'resnet101-v1': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · as published: stride on the first 1×1 of a stage',
    idea: originalIdea,
    notes: ['7.570 G MACs: the paper’s 7.6 G. The other layout needs 7.801 G.'],
  },
  'resnet152-v1': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · as published: stride on the first 1×1 of a stage',
    idea: originalIdea,
    notes: ['11.282 G MACs: the paper’s 11.3 G. The other layout needs 11.514 G.'],
  },
  plain18: {
    subtitle: 'He, Zhang, Ren, Sun 2015 · ResNet-18 without its shortcuts',
    idea: plainIdea('18 layers one after the other', 'ResNet-18'),
    notes: [
      'At this depth the plain network still keeps up: 27.94 % top-1 error, ResNet-18 27.88 % (10 crops).',
    ],
  },
  plain34: {
    subtitle: 'He, Zhang, Ren, Sun 2015 · ResNet-34 without its shortcuts',
    idea: plainIdea('34 layers one after the other', 'ResNet-34'),
    notes: [
      'Deeper and worse: 28.54 % top-1 error against 27.94 % for 18 plain layers, while ResNet-34 falls to 25.03 % (10 crops, shortcuts without parameters). Its training error is higher too.',
    ],
  },
  'resnet20-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, n = 3: 20 layers',
    idea: cifarIdea,
    notes: [
      tableNote('0.27 M'),
      'Implementations with 1×1 convolutions on the shortcuts (option B) count 272,474 instead of 269,722.',
    ],
  },
  'resnet32-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, n = 5: 32 layers',
    idea: cifarIdea,
    notes: [tableNote('0.46 M')],
  },
  'resnet44-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, n = 7: 44 layers',
    idea: cifarIdea,
    notes: [tableNote('0.66 M')],
  },
  'resnet56-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, n = 9: 56 layers',
    idea: cifarIdea,
    notes: [
      tableNote('0.85 M'),
      'With 1×1 convolutions on the shortcuts (option B) it would be 855,770 parameters.',
    ],
  },
  'resnet110-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, n = 18: 110 layers',
    idea: cifarIdea,
    notes: [
      'The paper’s 6.43 % is the best of five runs; their mean is 6.61 %.',
      'The Wide ResNet paper (Table 5) gives it 25.16 % on CIFAR-100; the paper on identity mappings gives that figure to a network of 164 layers.',
    ],
  },
  'resnet1202-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, n = 200: 1202 layers',
    idea: `${cifarIdea} At 1202 layers it still trains, to an error near zero, but its test error is higher than with 110: 7.93 % against 6.43 %. Now it does overfit.`,
    notes: [
      '19.4 M parameters with batch normalization (19.33 M without). The Wide ResNet paper (Table 5) and the DenseNet paper (Table 2) print 10.2 M beside it: that belongs to the pre-activation network of 1001 layers.',
      'The same table gives it 27.82 % on CIFAR-100, which the paper on identity mappings gives to a network of 1001 layers.',
    ],
  },
  'plain20-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, 20 layers without shortcuts',
    idea: plainCifarIdea,
    notes: [],
  },
  'plain56-cifar10': {
    subtitle: 'He, Zhang, Ren, Sun 2015 · CIFAR-10, 56 layers without shortcuts',
    idea: plainCifarIdea,
    notes: [
      'Figure 1 of the paper is this network beside its 20-layer sibling: the deeper one is worse from the first epochs to the last, on training and test images alike.',
    ],
  },
});
