import { classes, form, integer, variant } from '../engine/spec/form.ts';
import {
  branches,
  convBnRelu,
  family,
  fc,
  flatten,
  globalAveragePool,
  image,
  maxPool,
  softmax,
  stage,
} from '../engine/spec/layers.ts';
import type { Architecture, Series, Source, Spec } from '../engine/spec/types.ts';

const larsson2016 = (where: string): Source => ({
  paper: 'arXiv:1605.07648',
  link: 'https://arxiv.org/abs/1605.07648',
  where,
  year: 2016,
  authors: 'Larsson, Maire, Shakhnarovich',
});

type Convolution = (width: number) => Spec;

/** Convolution with bias, batch normalisation, ReLU: the unit of the authors' generator for 32×32. */
const biased: Convolution = (width) => convBnRelu(width, 3, { bias: true });

/** The same without the bias, which the normalisation makes redundant: ImageNet's. */
const unbiased: Convolution = (width) => convBnRelu(width, 3);

/**
 * The fractal expansion (section 2, Figure 1): column 1 is one convolution; beside it stand two copies of the
 * expansion with one column less, the first joined, the second not: its columns enter the join around them.
 *
 * @param first number of the leftmost column
 * @param alone the only column to be kept, a plain chain then; 0 for all
 */
function columns(convolution: () => Spec, first: number, last: number, alone: number): Record<string, Spec> {
  const own = alone === 0 || alone === first ? { [`column${first}`]: convolution() } : {};
  if (first === last || alone === first) return own;
  const inner = first + 1 === last ? `column${last}` : `columns${first + 1}to${last}`;
  const half = (joined: boolean): Spec => {
    if (first + 1 === last) return convolution();
    const parts = columns(convolution, first + 1, last, alone);
    // A column on its own meets nothing: the names stay, the joins go.
    return alone === 0 ? branches(joined ? 'Mean' : null, parts) : (parts as Series);
  };
  return { ...own, [inner]: { first: half(true), second: half(false) } };
}

/** A block of C columns; with one column it is that convolution alone. */
function fractalBlock(convolution: () => Spec, count: number, alone: number): Spec {
  if (count === 1) return { column1: convolution() };
  const parts = columns(convolution, 1, count, alone);
  return alone === 0 ? branches('Mean', parts) : (parts as Series);
}

/** The columns that a network of C columns can run on its own; column 0 is all of them. */
const MAXIMUM_COLUMNS = 7;

const knobs = {
  columns: integer(1, MAXIMUM_COLUMNS),
  column: integer(0, MAXIMUM_COLUMNS),
  filters: integer(4, 512),
  classes: classes(),
} as const;

/** Only a column that there is can run alone. */
const atMost = { column: 'columns' } as const;

const named = (depth: number, column: number): string =>
  column === 0 ? `FractalNet-${depth}` : `FractalNet-${depth}, column ${column} alone`;

/** Operators of B blocks of C columns: three a convolution, and the joins. */
const sizeOf = (blocks: number, count: number): number => blocks * 5 * 2 ** count;

/** Five blocks for 32×32, each followed by a pooling that halves the image. */
const cifar = form({
  id: 'fractalnet-cifar',
  knobs,
  atMost,
  title: ({ columns: count, column }) => named(5 * 2 ** (count - 1), column),
  layers: ({ columns: count, column, filters, classes: classCount }): Series => ({
    ...Object.fromEntries(
      [1, 2, 4, 8, 8].map((times, index) => [
        `stage${index + 1}`,
        stage({
          fractal: fractalBlock(() => biased(filters * times), count, column),
          pool: maxPool(2),
        }),
      ]),
    ),
    flatten: flatten(),
    fc: fc(classCount),
    softmax: softmax(),
  }),
  size: ({ columns: count }) => sizeOf(5, count),
});

/** Four blocks for ImageNet behind ResNet's stem. */
const imagenet = form({
  id: 'fractalnet-imagenet',
  knobs,
  atMost,
  title: ({ columns: count, column }) => named(4 * 2 ** (count - 1) + 2, column),
  layers: ({ columns: count, column, filters, classes: classCount }): Series => ({
    conv1: convBnRelu(64, 7, { stride: 2 }),
    pool1: maxPool(3, { stride: 2, padding: 1 }),
    ...Object.fromEntries(
      [1, 2, 4, 8].map((times, index) => [
        `stage${index + 1}`,
        stage({
          fractal: fractalBlock(() => unbiased(filters * times), count, column),
          ...(index < 3 ? { pool: maxPool(2) } : {}),
        } as Series),
      ]),
    ),
    pool: globalAveragePool(),
    flatten: flatten(),
    fc: fc(classCount),
    softmax: softmax(),
  }),
  size: ({ columns: count }) => sizeOf(4, count),
});

const onCifar = (id: string, count: number, filters = 64, by = '', title?: string): Architecture =>
  variant(cifar, {
    id,
    ...(title === undefined ? {} : { title }),
    source: larsson2016(`Section 4.1; the widths of the authors’ network generator${by}`),
    input: image(3, 32),
    values: { columns: count, column: 0, filters, classes: 10 },
  });

/** FractalNet: very deep without residuals, and every column a network of its own. */
export const fractalnet = family({
  id: 'fractalnet',
  title: 'FractalNet',
  year: 2016,
  variants: [
    onCifar('fractalnet-cifar10', 3, 8, ', divided by eight by this project', 'FractalNet-20, slim'),
    onCifar('fractalnet20', 3),
    onCifar('fractalnet40', 4),
    variant(imagenet, {
      id: 'fractalnet34',
      source: larsson2016('Section 4.2; our reading of the text'),
      input: image(3, 224),
      values: { columns: 4, column: 0, filters: 128, classes: 1000 },
    }),
  ],
});
