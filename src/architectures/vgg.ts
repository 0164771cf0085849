import {
  architecture,
  convBnRelu,
  convRelu,
  each,
  family,
  fc,
  fcRelu,
  flatten,
  image,
  maxPool,
  softmax,
  stage,
} from '../engine/spec/layers.ts';
import type { Architecture } from '../engine/spec/types.ts';

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

function network(id: Column, batchNorm: boolean): Architecture {
  const { column, depths, parameters, macs } = columns[id];
  const convolution = batchNorm ? normalised : plain;
  return architecture({
    id: batchNorm ? `${id}-bn` : id,
    title: `VGG-${id.slice(3)}${batchNorm ? ' BN' : ''}`,
    source: {
      paper: 'arXiv:1409.1556',
      link: 'https://arxiv.org/abs/1409.1556',
      where: batchNorm
        ? `Table 1, column ${column}, with batch normalisation as in torchvision`
        : `Table 1, column ${column}`,
      year: 2014,
      authors: 'Simonyan, Zisserman',
    },
    input: image(3, 224),
    layers: {
      ...each('stage', depths, (depth, index) =>
        stage({
          ...each('conv', new Array<number>(depth).fill(widths[index] ?? 0), convolution),
          pool: maxPool(2),
        }),
      ),
      flatten: flatten(),
      fc6: fcRelu(4096, { dropout: 0.5 }),
      fc7: fcRelu(4096, { dropout: 0.5 }),
      fc8: fc(1000),
      softmax: softmax(),
    },
    published: {
      parameters: parameters + (batchNorm ? normParameters(depths) : 0),
      macs,
      source: 'torchvision',
    },
  });
}

const ids = Object.keys(columns) as Column[];

/** VGG: nothing but 3×3 convolutions, deep. */
export const vgg = family({
  id: 'vgg',
  title: 'VGG',
  year: 2014,
  variants: [...ids.map((id) => network(id, false)), ...ids.map((id) => network(id, true))],
});
