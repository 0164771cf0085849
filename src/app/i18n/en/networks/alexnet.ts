import { networkWords } from '../../network-messages.ts';

/** What the page says about each AlexNet. */
export const alexnet = networkWords({
  alexnet: {
    subtitle: 'Krizhevsky, Sutskever, Hinton 2012 · as published: two towers on two GPUs, input 227',
    idea: 'A LeNet grown to 1.2 million photographs and a thousand classes. ReLU let it train several times faster than tanh, dropout kept its huge fully connected layers from memorising, and two graphics cards made it possible at all: convolutions 2, 4 and 5 read only the maps of their own card. It won the ImageNet challenge of 2012 by so much that the field changed course.',
    notes: [
      'The paper says 224×224, but ⌊(224 − 11) / 4⌋ + 1 = 54, and it draws 55. With 227 all its sizes come out; torchvision keeps 224 and pads by 2.',
      '“60 million parameters” is 60,965,224, cut off. “650,000 neurons” are the outputs of the five convolutions alone: 650,080.',
      'The caption of Figure 2 counts 253,440 neurons after the first layer; 55·55·96 is 290,400. Its other numbers are right.',
    ],
  },
  'alexnet-owt': {
    subtitle: 'Krizhevsky 2014 · the one-tower network of “One weird trick”, torchvision’s AlexNet',
    idea: 'The same plan for one device: no groups, no response normalization, and narrower convolutions in return. The paper it comes from is about splitting the work of training: convolutions by images, fully connected layers by features, since the first hold most of the arithmetic and the second most of the parameters.',
    notes: [
      'torchvision calls this network AlexNet. It is not the one of 2012: its convolutions have 64, 192, 384, 256 and 256 filters, all see every map, and the input is 224 with padding 2.',
      'At another input than 224 the first fully connected layer still takes 6·6·256 numbers: means over 6×6 windows then stand before it.',
    ],
  },
  'alexnet-lecture': {
    subtitle: 'After Krizhevsky, Sutskever, Hinton 2012 · simplified for lectures: one tower, ten classes',
    idea: 'The paper’s filters without its hardware: one tower, no groups, no normalization, no dropout, and a head of 4096, 1000 and 10. Good for working through the arithmetic by hand, layer by layer.',
    notes: [
      'Without groups, convolutions 2, 4 and 5 read twice as many maps each: the network needs over half again as many MACs as the two towers.',
      'At 224 the listing fails: the last pooling leaves 5×5×256 = 6,400 features where 9,216 are expected.',
    ],
  },
  'alexnet-cifar10': {
    subtitle: 'After Krizhevsky, Sutskever, Hinton 2012 · this project’s network for CIFAR-10 images',
    idea: 'Not a network of the paper but its plan at the size of CIFAR-10’s pictures, 32×32 with ten classes: five convolutions, response normalization, overlapping poolings and three fully connected layers, small enough to be trained here and to run in any browser.',
    notes: [
      'The two towers of 2012 are kept: the second, fourth and fifth convolution read half of the maps each. Kernels shrink with the image, 11×11 at stride 4 to 5×5 at stride 2, and poolings pad by 1 so that 16, 8, 4 and 2 come out.',
    ],
  },
});
