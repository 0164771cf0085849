import { classes, form, variant } from '../engine/spec/form.ts';
import {
  architecture,
  conv,
  family,
  fc,
  flatten,
  image,
  maxPool,
  rbf,
  softmax,
  subsample,
  tanh,
  unit,
} from '../engine/spec/layers.ts';
import type { Source } from '../engine/spec/types.ts';

const lecun1998: Source = {
  paper: 'Proceedings of the IEEE 86(11), 2278–2324',
  link: 'https://doi.org/10.1109/5.726791',
  where: 'Section II.B, Figure 2',
  year: 1998,
  authors: 'LeCun, Bottou, Bengio, Haffner',
};

const convTanh = (channels: number) => unit({ conv: conv(channels, 5), tanh: tanh() });

const fcTanh = (features: number, inputs?: number) =>
  unit({ fc: fc(features, inputs === undefined ? {} : { inputs }), tanh: tanh() });

/** LeNet-5 as it is taught today: full connections, max pooling, a trained output layer. */
const lenet5 = variant(
  form({
    id: 'lenet5',
    knobs: { classes: classes() },
    title: () => 'LeNet-5',
    layers: ({ classes: count }) => ({
      conv1: convTanh(6),
      pool1: maxPool(2),
      conv2: convTanh(16),
      pool2: maxPool(2),
      flatten: flatten(),
      fc1: fcTanh(120, 400),
      fc2: fcTanh(84),
      fc3: fc(count),
      softmax: softmax(),
    }),
  }),
  {
    id: 'lenet5',
    source: lecun1998,
    input: image(1, 32),
    values: { classes: 10 },
  },
);

/** Table I: which of S2's six maps each of C3's sixteen reads. */
const c3Connections = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [0, 4, 5],
  [0, 1, 5],
  [0, 1, 2, 3],
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 3, 4, 5],
  [0, 1, 4, 5],
  [0, 1, 2, 5],
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
];

/**
 * A 7×12 bitmap of each digit, the codes of the output units. The paper shows its own drawings in Figure 3; these are
 * ours, of the same kind. Rows are joined by spaces: `#` is +1, `.` is −1.
 */
const digitBitmaps = [
  '....... ..###.. .#...#. #.....# #.....# #.....# #.....# #.....# #.....# .#...#. ..###.. .......',
  '....... ...#... ..##... .#.#... ...#... ...#... ...#... ...#... ...#... ...#... .#####. .......',
  '....... .#####. #.....# ......# ......# .....#. ...##.. ..#.... .#..... #...... ####### .......',
  '....... .#####. #.....# ......# ......# ..####. ......# ......# ......# #.....# .#####. .......',
  '....... .....#. ....##. ...#.#. ..#..#. .#...#. #....#. ####### .....#. .....#. .....#. .......',
  '....... ####### #...... #...... #...... ######. ......# ......# ......# #.....# .#####. .......',
  '....... ..####. .#..... #...... #...... ######. #.....# #.....# #.....# #.....# .#####. .......',
  '....... ####### ......# .....#. .....#. ....#.. ....#.. ...#... ...#... ..#.... ..#.... .......',
  '....... .#####. #.....# #.....# #.....# .#####. #.....# #.....# #.....# #.....# .#####. .......',
  '....... .#####. #.....# #.....# #.....# #.....# .###### ......# ......# .....#. .####.. .......',
];

const digitCodes = digitBitmaps.map((bitmap) =>
  [...bitmap.replaceAll(' ', '')].map((pixel) => (pixel === '#' ? 1 : -1)),
);

/** Appendix A: the squashing function of every layer up to F6. */
const squash = () => tanh({ amplitude: 1.7159, slope: 2 / 3 });

/** LeNet-5 as published: trainable subsampling, C3's partial connections, RBF output units. */
const lenet51998 = architecture({
  id: 'lenet5-1998',
  title: 'LeNet-5 (1998)',
  source: lecun1998,
  input: image(1, 32),
  layers: {
    c1: unit({ conv: conv(6, 5), tanh: squash() }),
    s2: unit({ subsample: subsample(2), tanh: squash() }),
    c3: unit({ conv: conv(16, 5, { connections: c3Connections }), tanh: squash() }),
    s4: unit({ subsample: subsample(2), tanh: squash() }),
    c5: unit({ conv: conv(120, 5), tanh: squash() }),
    flatten: flatten(),
    f6: unit({ fc: fc(84, { inputs: 120 }), tanh: squash() }),
    output: rbf(digitCodes),
  },
  published: { parameters: 60_000, source: 'LeCun et al. 1998' },
});

/** LeNet-5: the convolutional network that read cheques. */
export const lenet = family({ id: 'lenet', title: 'LeNet-5', year: 1998, variants: [lenet5, lenet51998] });
