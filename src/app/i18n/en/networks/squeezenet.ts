import { networkWords } from '../../network-messages.ts';

const idea =
  'How few parameters does AlexNet’s accuracy need? A fire module squeezes its input to a few channels by 1×1 and expands them by 1×1 and 3×3 side by side. Three rules stand behind it: few 3×3 filters, few channels in front of them, and shrinking late, so that maps stay large. The last convolution has a map a class and the mean of each is its score, as in Network in Network. That leaves 1,248,424 parameters of AlexNet’s 60,965,224.';

const sizeNote =
  '“50 times fewer parameters” is 48.8 times. The paper’s 4.8 MB are binary (1,248,424 × 4 B = 4.76 MiB) and AlexNet’s 240 MB beside them decimal; 240 / 4.8 gives the 50.';

const compressedNote =
  'Deep Compression (a third of the weights kept, in 8 or 6 bits) brings the file to 0.66 or 0.47 MB: 363 and 510 times below 240 MB. The accuracy stays, and so do these MACs, unless the device can skip zeros.';

/** What the page says about each SqueezeNet. */
export const squeezenet = networkWords({
  'squeezenet-1.0': {
    subtitle: 'Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer 2016 · as published: conv1 of 7×7',
    idea,
    notes: [
      sizeNote,
      compressedNote,
      'Small is not fast: it needs 819 million MACs, AlexNet 724 million.',
      'Table 1 begins with 111×111, which takes an input of 227 (833 million MACs); at 224, as here, it is 109×109. The poolings round up.',
    ],
  },
  'squeezenet-1.1': {
    subtitle: 'Iandola and others 2016 · the authors’ revision: conv1 of 3×3, earlier poolings',
    idea: 'The authors’ second thoughts on shrinking late: a first convolution of 3×3 with 64 filters instead of 7×7 with 96, and poolings two modules earlier. The arithmetic falls 2.3 times, from 819 to 349 million MACs, and the accuracy stays what it was.',
    notes: [
      'It has hardly fewer parameters than 1.0 (1,235,496): where maps shrink changes their cost, not the weights.',
    ],
  },
  'squeezenet-1.0-simple-bypass': {
    subtitle: 'Iandola and others 2016 · with shortcuts around every second fire module',
    idea: 'ResNet’s question put to a small network: fire modules 3, 5, 7 and 9 have equal inputs and outputs, so that their input can be added to their output. It costs no parameter, and top-1 accuracy gains 2.9 points, top-5 2.2. The squeeze layers are a narrow door; a shortcut lets what does not fit through go round it.',
    notes: [sizeNote],
  },
  'squeezenet-1.0-complex-bypass': {
    subtitle: 'Iandola and others 2016 · shortcuts everywhere, with 1×1 where widths differ',
    idea: 'The other four fire modules change the number of channels; here a 1×1 convolution on the shortcut makes up the difference, so that all eight have one. Parameters grow by 27 %, MACs by 42 %, and the paper found less gain than with the simple shortcuts alone.',
    notes: [
      'The four added convolutions have 341,248 parameters in all: no small sum where everything else has 1.25 million.',
    ],
  },
  'squeezenet-cifar10': {
    subtitle: 'After Iandola and others 2016 · this project’s network for CIFAR-10, simple bypass',
    idea: 'Not a network of the paper but its fire modules with simple shortcuts at the size of CIFAR-10’s pictures, trained here and small enough for any browser.',
    notes: [
      'The stem is a 3×3 at stride 1, the widths are half of the paper’s, and batch normalization, which the paper does without, stands behind each convolution but the last: few epochs are enough.',
    ],
  },
});
