import { networkWords } from '../../network-messages.ts';

const idea =
  'Which window is right, 1×1, 3×3 or 5×5? A module tries all three and a pooling, side by side, and stacks what they find. Done plainly that would be far too dear, so 1×1 convolutions first narrow the input of the 3×3 and the 5×5. Nine such modules and a mean in place of the fully connected layers: about twice AlexNet’s MACs with 8.7 times fewer parameters, and the ImageNet challenge of 2014 won.';

/** What the page says about each GoogLeNet and Inception module. */
export const googlenet = networkWords({
  googlenet: {
    subtitle: 'Szegedy and others 2014 · as published: response normalization, real 5×5 windows',
    idea,
    notes: [
      '“12 times fewer parameters than AlexNet” is 60,965,224 / 6,998,552 = 8.7 times, and 10.2 times without the classifier. The 5 million sometimes quoted are not this network’s count either.',
      'Table 1 counts parameters in units of 1,024 and without biases, 6.96 M in sum. Its first row, 2.7K and 34 M operations, is that of a separable 7×7; the full one that is drawn has 9,408 weights and 118 M MACs. That is why the paper’s 1.5 G are 1.58 G here.',
      'Eight modules of the table (3b, 4a to 4e, 5a and 5b) print other parameter counts than their own widths give: 463K for 4c, where 497.5K follow. Its operations agree but for conv1, 5a (54 M printed, 51.1 M counted) and a rounding in 4a. No single change explains the rest; they may belong to another revision.',
    ],
  },
  'googlenet-aux': {
    subtitle: 'Szegedy and others 2014 · with the two auxiliary classifiers used in training',
    idea: 'Twenty-two layers were a long way for a gradient before batch normalization and shortcuts. Two small classifiers branch off after modules 4a and 4d; in training their losses are added with weight 0.3, so that the lower half gets a direct signal. For inference they are taken off.',
    notes: [
      'The two heads hold 6,379,728 parameters, nearly as many as all the rest, but need only 8.4 million MACs: most of them are two fully connected layers from 2,048 to 1,024.',
    ],
  },
  'googlenet-torchvision': {
    subtitle: 'After Szegedy and others 2014 · torchvision’s network: batch norm, 3×3 for 5×5',
    idea: 'The network that most people run under this name. Every convolution is followed by batch normalization, which came half a year after the paper and took the place of response normalization.',
    notes: [
      'Its 5×5 branches have 3×3 windows: a slip that torchvision has kept since its weights depend on it (issue 906). With real 5×5 it would have 7,005,832 parameters and 1.583 G MACs in place of 6,624,904 and 1.498 G.',
      'The last max pooling is 2×2 and not 3×3, and there is no response normalization. That its 1.498 G look like the paper’s 1.5 G is a coincidence: the paper’s come from a separable first layer.',
      'The weight file of 49.7 MiB holds the auxiliary heads as well, which run in training only.',
    ],
  },
  'inception-3a': {
    subtitle: 'Szegedy and others 2014 · the first module alone, on 192×28×28, with batch norm',
    idea: 'One module to work through by hand: 64 maps of 1×1, 128 of 3×3 behind 96 of 1×1, 32 of 5×5 behind 16, and 32 of 1×1 behind a pooling. All four keep 28×28, so that their outputs can be stacked: 64 + 128 + 32 + 32 = 256.',
    notes: [
      'Its convolutions have 163,328 weights (the paper prints 159K, in units of 1,024) and 128 million MACs, as the paper says. This form, the teaching code’s, adds 368 biases and the 736 numbers of batch normalization, which make the biases redundant: 164,432 in all.',
    ],
  },
  'inception-naive': {
    subtitle: 'After Szegedy and others 2014 · the lecture’s example without 1×1 reductions',
    idea: 'What the plain idea costs: 128 maps of 1×1, 192 of 3×3 and 96 of 5×5, each on all 256 channels, and the pooling’s own 256 maps stacked beside them. 854 million MACs, more than half of them in the 5×5; and the next module would have to read 672 channels, for a pooling cannot make fewer.',
    notes: [],
  },
  'inception-reduced': {
    subtitle: 'After Szegedy and others 2014 · the lecture’s example with 1×1 reductions',
    idea: 'The same three windows, but the 3×3 and the 5×5 read 64 channels that a 1×1 has made of the 256, and another 1×1 makes 64 of the pooling’s. MACs fall from 854 to 271 million and the output from 672 to 480 channels.',
    notes: [
      'CS231n’s slide writes 358 M under these same six products. They add up to 271,351,808; 358 M comes out when the 3×3’s 86.7 M are added twice.',
    ],
  },
  'inception-cifar10': {
    subtitle: 'After Szegedy and others 2014 · this project’s network for CIFAR-10 images',
    idea: 'Not a network of the paper but its idea at the size of CIFAR-10’s pictures: a short stem, a few inception modules whose branches can be looked at one by one, and the mean of each map in place of fully connected layers.',
    notes: [
      'Five of Table 1’s nine modules (3a, 3b, 4a, 4e, 5b) at a quarter of their widths, with batch normalization, which one of its authors proposed half a year later.',
    ],
  },
});
