import { byId, type FamilyMessages, type NetworkMessages } from '../network-messages.ts';

const vggIdea =
  'One kind of convolution, 3×3 with padding 1, and nothing else between the poolings. Two of them in a row see 5×5 and three see 7×7, with fewer parameters than one large filter and a ReLU after each. The stack is perfectly regular, easy to build on, and heavy: most of its parameters stand in the first fully connected layer.';

const vggNormIdea =
  'The same stack with batch normalization after every convolution. Each channel is brought to mean 0 and variance 1 before the ReLU, so that gradients keep their size on the way down and the deep columns train from a random start.';

const vggNormNotes = [
  'Batch normalization is younger than VGG; these networks are torchvision’s. They keep the bias of each convolution although the normalization that follows makes it redundant: one parameter a channel that could be left out.',
];

const byArchitecture = {
  lenet5: {
    subtitle:
      'LeCun, Bottou, Bengio, Haffner 1998 · the form taught today: full connections, tanh, max pooling',
    idea: 'Small filters, shared by every position of the image, turn reading into a short sequence: convolve, shrink, convolve, shrink, decide. Because a filter is the same everywhere, it finds its stroke wherever it lies, and very few parameters are enough. The form taught today connects every map to every map below it and keeps the maximum of each 2×2 window.',
    notes: [
      'The network of 1998 has 60,000 parameters, this one 61,706: its second convolution reads all six maps, its pooling has no parameters, and its output layer is trained.',
      'The input is 32×32. A 28×28 MNIST image without padding would leave 4×4×16 = 256 features where 400 are expected.',
    ],
  },
  'lenet5-1998': {
    subtitle:
      'LeCun, Bottou, Bengio, Haffner 1998 · as published: trainable subsampling, partial connections, RBF output',
    idea: 'The network that read cheques. Its subsampling layers learn a coefficient and a bias for each map; its third layer lets each of sixteen maps see only three, four or six of the maps below, which breaks the symmetry between them and saves parameters; its output units measure the distance to a small picture of each digit.',
    notes: [
      '60,000 parameters come out exactly. The paper’s 340,908 connections do too: they count the bias additions and the 840 fixed inputs of the output units.',
      'C3 connects 60 of its 96 pairs of maps: 1,516 parameters where full connections would need 2,416.',
      'The codes of the output units are fixed pictures and not learned, so they are not parameters. The pictures used here are our own drawings of the ten digits.',
    ],
  },
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
  zfnet: {
    subtitle: 'Zeiler, Fergus 2013 · AlexNet with a finer first layer',
    idea: 'The authors projected activations back to pixels to see what each map responds to. AlexNet’s first layer, 11×11 at stride 4, turned out to miss the middle frequencies and to leave aliasing behind it. A 7×7 window at stride 2 keeps that detail, and the error falls: a network repaired by looking at it.',
    notes: [
      'The sizes of Figure 3 (110, 55, 26, 13, 6) need poolings that round up, or padding 1 on the first two poolings. Both give the same parameters and MACs.',
      'The paper states no number of parameters. Its often quoted top-1 error of 38.4 % is an average over ten crops of each image.',
    ],
  },
  'zfnet-lecture': {
    subtitle: 'After Zeiler, Fergus 2013 · as lecture notes print it: it does not fit',
    idea: 'A listing is right only if its sizes follow from one another. This one states 9,216 inputs for its first fully connected layer, but its poolings, rounding down, leave 6,400.',
    notes: [
      'With poolings that round down, inputs of 233 to 264 pixels would reach the 6×6 that the listing expects.',
    ],
    lesson: {
      why: 'Every size is a division rounded down. Half a row is lost at pool1, at conv2 and at pool5; at the end a whole row and column are missing, and a fully connected layer takes exactly the number of inputs it was declared for.',
      asPrinted: 'As printed: round down',
      repairs: { ceil: 'Let the poolings round up', padding: 'Pad the first two poolings by 1' },
      fits: (input: string) => `With an input of ${input} it fits.`,
      stillBroken: 'At this input it still does not fit.',
    },
  },
  vgg11: {
    subtitle: 'Simonyan, Zisserman 2014 · column A: 8 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [
      'The smallest column trained from a random start; its weights then began the training of the deeper ones.',
    ],
  },
  vgg13: {
    subtitle: 'Simonyan, Zisserman 2014 · column B: 10 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [],
  },
  vgg16: {
    subtitle: 'Simonyan, Zisserman 2014 · column D: 13 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [
      'Lecture notes give “24M × 4 B ≈ 93 MB” for the activations of one image. The rows they add up hold 15.2 million values, about 61 MB.',
      'The 15.3 G quoted beside ResNet are its convolutions alone; with the fully connected layers it is 15.47 G.',
    ],
  },
  vgg19: {
    subtitle: 'Simonyan, Zisserman 2014 · column E: 16 convolutions, 3 fully connected layers',
    idea: vggIdea,
    notes: [
      'The 19.6 G quoted beside ResNet include the fully connected layers, unlike the figure quoted there for VGG-16.',
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
} satisfies Record<string, NetworkMessages>;

const byFamily = {
  lenet: { change: 'shared filters, subsampling, one training for all layers' },
  alexnet: { change: 'photographs, ReLU, dropout, two GPUs' },
  zfnet: { change: '11×11 at stride 4 becomes 7×7 at stride 2' },
  vgg: { change: 'nothing but 3×3, twice as deep' },
} satisfies Record<string, FamilyMessages>;

/** What the page says about each architecture, and in the lineage about each family. */
export const networks = {
  byArchitecture: byId<keyof typeof byArchitecture, NetworkMessages>(byArchitecture),
  byFamily: byId<keyof typeof byFamily, FamilyMessages>(byFamily),
};
