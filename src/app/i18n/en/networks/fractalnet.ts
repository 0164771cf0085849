import { networkWords } from '../../network-messages.ts';

const idea =
  'Deep without a shortcut. One rule makes the network: a fractal of C columns is two fractals of C − 1 columns one after the other, and beside them a single convolution; a join takes the mean. Applied again, it gives columns of 1, 2, 4 and 8 convolutions that meet on the way. In training, drop-path leaves out inputs of joins at random, sometimes all columns but one, so that each learns to answer alone. Cut out afterwards, the deepest column is a plain network nearly as good as the whole (4.68 % error on CIFAR-10 against 4.60 %): deep networks, the authors conclude, need short ways while they train and not the identity.';

/** What the page says about each FractalNet. */
export const fractalnet = networkWords({
  fractalnet20: {
    subtitle: 'Larsson, Maire, Shakhnarovich 2016 · CIFAR-10, 5 blocks of 3 columns: 20 deep',
    idea,
    notes: [
      '38.6 M parameters are reported for it; they are not what the authors’ own generator builds. Its widths (64, 128, 256, 512, 512) give the 33.7 M counted here, and another implementation notes the same difference.',
      'The one simple variant found that prints 38.6 M has a 1×1 convolution wherever the width changes and seven convolutions of one width behind it (38,626,506). Nobody documents that, so it is a guess.',
      'The 20 are convolutions of the deepest column, 4 in each of 5 blocks. The DenseNet paper’s “depth 21” counts the classifier too.',
    ],
  },
  fractalnet40: {
    subtitle: 'Larsson, Maire, Shakhnarovich 2016 · CIFAR-10, 5 blocks of 4 columns: 40 deep',
    idea: `${idea} With 4 columns the deepest has 8 convolutions a block: a plain network of 40 layers, too deep to train well by itself, which learns as part of the fractal.`,
    notes: [
      'The widths decide: those of FractalNet-20 (64 to 512) make 76.1 M parameters with 4 columns; a quarter of them (16, 32, 64, 128, 128), which the paper takes to compare depths, make the 4.8 M it states: 4,784,340 with CIFAR-100’s classes, 4,772,730 with ten. Its other counts follow from them too: 0.3, 0.8, 2.1, 10.2 and 21.1 M with 1, 2, 3, 5 and 6 columns.',
      'The 22.9 M sometimes quoted for 40 layers were not found in any text of the authors, and neither width gives them.',
    ],
  },
  fractalnet34: {
    subtitle: 'Larsson, Maire, Shakhnarovich 2016 · ImageNet, 4 blocks of 4 columns: 34 deep',
    idea,
    notes: [
      'Widths of 128, 256, 512 and 1,024 behind a 7×7 convolution are our reading of the paper’s description. They give 164 M parameters; no published count was found to compare with.',
    ],
  },
  'fractalnet-cifar10': {
    subtitle: 'After Larsson, Maire, Shakhnarovich 2016 · this project’s network for CIFAR-10, 3 columns',
    idea: 'Not a network of the paper but its rule with three columns and few channels, trained here with drop-path so that every column answers alone too: a whole and three plain networks in one file, small enough for any browser.',
    notes: [],
  },
});
