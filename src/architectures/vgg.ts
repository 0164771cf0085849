import {
  architecture,
  conv,
  convBnRelu,
  convRelu,
  each,
  family,
  fc,
  fcRelu,
  flatten,
  image,
  lrn,
  maxPool,
  relu,
  same,
  softmax,
  stage,
  unit,
} from '../engine/spec/layers.ts';
import type { Architecture, PublishedTotals, Series, Source } from '../engine/spec/types.ts';

type Convolution = (width: number) => ReturnType<typeof convRelu>;

const plain: Convolution = (width) => convRelu(width, 3);

/** torchvision's `-bn` networks keep the convolution's bias before the batch normalisation. */
const normalised: Convolution = (width) => convBnRelu(width, 3, { bias: true });

/** Table 1: how many 3×3 convolutions stand in each of the five stages. */
const columns = {
  vgg11: { column: 'A', depths: [1, 1, 2, 2, 2], parameters: 132_863_336, macs: 7_609_090_048 },
  vgg13: { column: 'B', depths: [2, 2, 2, 2, 2], parameters: 133_047_848, macs: 11_308_466_176 },
  vgg16: { column: 'D', depths: [2, 2, 3, 3, 3], parameters: 138_357_544, macs: 15_470_264_320 },
  vgg19: { column: 'E', depths: [2, 2, 4, 4, 4], parameters: 143_667_240, macs: 19_632_062_464 },
} as const;

type Column = keyof typeof columns;

const widths = [64, 128, 256, 512, 512];

/** Parameters that batch normalisation adds: two a channel of every convolution. */
const normParameters = (depths: readonly number[]): number =>
  depths.reduce((sum, depth, index) => sum + 2 * depth * (widths[index] ?? 0), 0);

const simonyan2014 = (where: string): Source => ({
  paper: 'arXiv:1409.1556',
  link: 'https://arxiv.org/abs/1409.1556',
  where,
  year: 2014,
  authors: 'Simonyan, Zisserman',
});

/** Section 2.1: the same classifier behind every column. */
const head: Series = {
  flatten: flatten(),
  fc6: fcRelu(4096, { dropout: 0.5 }),
  fc7: fcRelu(4096, { dropout: 0.5 }),
  fc8: fc(1000),
  softmax: softmax(),
};

function network(id: Column, batchNorm: boolean): Architecture {
  const { column, depths, parameters, macs } = columns[id];
  const convolution = batchNorm ? normalised : plain;
  return architecture({
    id: batchNorm ? `${id}-bn` : id,
    title: `VGG-${id.slice(3)}${batchNorm ? ' BN' : ''}`,
    source: simonyan2014(
      `Table 1, column ${column}${batchNorm ? ', with batch normalisation as in torchvision' : ''}`,
    ),
    input: image(3, 224),
    layers: {
      ...each('stage', depths, (depth, index) =>
        stage({
          ...each('conv', new Array<number>(depth).fill(widths[index] ?? 0), convolution),
          pool: maxPool(2),
        }),
      ),
      ...head,
    },
    published: {
      parameters: parameters + (batchNorm ? normParameters(depths) : 0),
      macs,
      source: 'torchvision',
    },
  });
}

/** The paper's own counts, in millions (Table 2). */
const table2 = (millions: number): PublishedTotals => ({
  parameters: millions * 1e6,
  source: 'Simonyan, Zisserman 2014, Table 2',
});

/** AlexNet's normalisation (section 2.3), after the first convolution: the only column that has one. */
const convReluLrn = (width: number) =>
  unit({
    conv: conv(width, 3, { padding: same(3) }),
    relu: relu(),
    lrn: lrn({ size: 5, alpha: 5e-4, beta: 0.75, bias: 2 }),
  });

const vgg11Lrn = architecture({
  id: 'vgg11-lrn',
  title: 'VGG-11 LRN',
  source: simonyan2014('Table 1, column A-LRN'),
  input: image(3, 224),
  layers: {
    ...each('stage', columns.vgg11.depths, (depth, index) =>
      stage({
        ...each('conv', new Array<number>(depth).fill(widths[index] ?? 0), (width) =>
          index === 0 ? convReluLrn(width) : plain(width),
        ),
        pool: maxPool(2),
      }),
    ),
    ...head,
  },
  published: table2(133),
});

const vgg16C = architecture({
  id: 'vgg16-c',
  title: 'VGG-16 C',
  source: simonyan2014('Table 1, column C'),
  input: image(3, 224),
  layers: {
    ...each('stage', widths, (width, index) =>
      stage({
        conv1: plain(width),
        conv2: plain(width),
        ...(index < 2 ? {} : { conv3: convRelu(width, 1) }),
        pool: maxPool(2),
      }),
    ),
    ...head,
  },
  published: table2(134),
});

const ids = Object.keys(columns) as Column[];

/** VGG: nothing but 3×3 convolutions, deep. */
export const vgg = family({
  id: 'vgg',
  title: 'VGG',
  year: 2014,
  variants: [...ids.map((id) => network(id, false)), ...ids.map((id) => network(id, true)), vgg11Lrn, vgg16C],
});
