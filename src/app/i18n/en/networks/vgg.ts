import { networkWords } from '../../network-messages.ts';

const vggIdea =
  'One kind of convolution, 3×3 with padding 1, and nothing else between the poolings. Two of them in a row see 5×5 and three see 7×7, with fewer parameters than one large filter and a ReLU after each. The stack is perfectly regular, easy to build on, and heavy: most of its parameters stand in the first fully connected layer.';

const vggNormIdea =
  'The same stack with batch normalization after every convolution. Each channel is brought to mean 0 and variance 1 before the ReLU, so that gradients keep their size on the way down and the deep columns train from a random start.';

const otherSizes =
  'At another input than 224 the first fully connected layer still takes 7·7·512 numbers: as in torchvision, means over 7×7 windows then stand before it. The paper slides the fully connected layers over the larger image instead.';

const vggNormNotes = [
  'Batch normalization is younger than VGG; these networks are torchvision’s. They keep the bias of each convolution although the normalization that follows makes it redundant: one parameter a channel that could be left out.',
  otherSizes,
];

/** What the page says about each VGG. */
export const vgg = networkWords({
  vgg11: {
    subtitle: 'Simonyan, Zisserman 2014 · column A: 8 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [
      'The smallest column trained from a random start; its weights then began the training of the deeper ones.',
      otherSizes,
    ],
  },
  vgg13: {
    subtitle: 'Simonyan, Zisserman 2014 · column B: 10 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [otherSizes],
  },
  vgg16: {
    subtitle: 'Simonyan, Zisserman 2014 · column D: 13 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [
      'Lecture notes give “24M × 4 B ≈ 93 MB” for the activations of one image. The rows they add up hold 15.2 million values, about 61 MB.',
      'The 15.3 G quoted beside ResNet are its convolutions alone; with the fully connected layers it is 15.47 G.',
      otherSizes,
    ],
  },
  vgg19: {
    subtitle: 'Simonyan, Zisserman 2014 · column E: 16 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [
      'The 19.6 G quoted beside ResNet include the fully connected layers, unlike the figure quoted there for VGG-16.',
      otherSizes,
    ],
  },
  'vgg11-bn': {
    subtitle: 'After Simonyan, Zisserman 2014 · column A with batch normalization',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg13-bn': {
    subtitle: 'After Simonyan, Zisserman 2014 · column B with batch normalization',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg16-bn': {
    subtitle: 'After Simonyan, Zisserman 2014 · column D with batch normalization',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg19-bn': {
    subtitle: 'After Simonyan, Zisserman 2014 · column E with batch normalization',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg11-lrn': {
    subtitle: 'Simonyan, Zisserman 2014 · column A-LRN: column A with AlexNet’s normalization',
    idea: 'A question with a clear answer: does AlexNet’s response normalization still help? It stands here once, after the first convolution, and the top-1 error is 29.7 % with it and 29.6 % without. None of the deeper columns has it.',
    notes: [
      'Response normalization has no parameters, so both columns have 132,863,336. It does need memory and time, on the largest maps of the network.',
      otherSizes,
    ],
  },
  'vgg16-c': {
    subtitle: 'Simonyan, Zisserman 2014 · column C: the third convolution of a stage is 1×1',
    idea: 'Column C separates two things that depth brings. Its extra convolutions are 1×1: they add a ReLU but no wider view. Top-1 error falls from 28.7 % (column B) to 28.1 %, so the non-linearity helps; with 3×3 in the same places (column D) it falls to 27.0 %, so seeing more helps further.',
    notes: [
      'Three 1×1 convolutions where VGG-16 has 3×3 save 4.7 million parameters and 3.7 G MACs, a quarter of the whole arithmetic.',
      otherSizes,
    ],
  },
  'vgg11-cifar10': {
    subtitle: 'After Simonyan, Zisserman 2014 · this project’s network for CIFAR-10 images',
    idea: 'Not a network of the paper but column A made slim for CIFAR-10’s 32×32 pictures, with batch normalization after each 3×3 convolution. Five poolings leave one pixel, and nearly all of VGG’s fully connected weight is gone with the image it stood on.',
    notes: [],
  },
});
