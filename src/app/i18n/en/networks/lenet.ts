import { networkWords } from '../../network-messages.ts';

/** What the page says about each LeNet. */
export const lenet = networkWords({
  lenet5: {
    subtitle: 'LeCun, Bottou, Bengio, Haffner 1998 · as taught today: full connections, tanh, max pooling',
    idea: 'Small filters, shared by every position of the image, turn reading into a short sequence: convolve, shrink, convolve, shrink, decide. Because a filter is the same everywhere, it finds its stroke wherever it lies, and very few parameters are enough. The form taught today connects every map to every map below it and keeps the maximum of each 2×2 window.',
    notes: [
      'The network of 1998 has 60,000 parameters, this one 61,706: its second convolution reads all six maps, its pooling has no parameters, and its output layer is trained.',
      'The input is 32×32. A 28×28 MNIST image without padding would leave 4×4×16 = 256 features where 400 are expected.',
    ],
  },
  'lenet5-1998': {
    subtitle: 'LeCun, Bottou, Bengio, Haffner 1998 · as published: trainable subsampling, RBF output',
    idea: 'The network that read cheques. Its subsampling layers learn a coefficient and a bias for each map; its third layer lets each of sixteen maps see only three, four or six of the maps below, which breaks the symmetry between them and saves parameters; its output units measure the distance to a small picture of each digit.',
    notes: [
      '60,000 parameters come out exactly. The paper’s 340,908 connections do too: they count the bias additions and the 840 fixed inputs of the output units.',
      'C3 connects 60 of its 96 pairs of maps: 1,516 parameters where full connections would need 2,416.',
      'The codes of the output units are fixed pictures and not learned, so they are not parameters. The pictures used here are our own drawings of the ten digits.',
    ],
  },
});
