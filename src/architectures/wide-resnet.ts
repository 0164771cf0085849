import { choice, classes, congruent, form, integer, variant } from '../engine/spec/form.ts';
import { conv, family, image } from '../engine/spec/layers.ts';
import type { Architecture, Series, Source } from '../engine/spec/types.ts';
import {
  averageHead,
  bottleneck,
  finalActivation,
  imagenetStem,
  preactivated,
  projection,
  residualStages,
  stageName,
} from './residual-blocks.ts';
import { imagenetBlocks } from './resnet.ts';

const zagoruyko2016 = (where: string): Source => ({
  paper: 'arXiv:1605.07146',
  link: 'https://arxiv.org/abs/1605.07146',
  where,
  year: 2016,
  authors: 'Zagoruyko, Komodakis',
});

/** Table 1: 16, 16k, 32k and 64k filters; pre-activated blocks of two 3×3 convolutions. */
const cifar = form({
  id: 'wide-resnet-cifar',
  knobs: {
    depth: congruent(10, 1000, 6, 4),
    width: integer(1, 32),
    filters: integer(4, 64),
    classes: classes(),
  },
  title: ({ depth, width }) => `WRN-${depth}-${width}`,
  layers({ depth, width, filters, classes: count }): Series {
    const n = (depth - 4) / 6;
    return {
      conv1: conv(filters, 3, { padding: 1, bias: false }),
      ...residualStages([n, n, n], stageName, ({ stage, stride, isFirst }) => {
        const channels = filters * width * 2 ** stage;
        const inputs = stage === 0 ? filters : channels / 2;
        const widens = isFirst && inputs !== channels;
        return preactivated(
          [
            { channels, kernel: 3, stride },
            { channels, kernel: 3 },
          ],
          {
            shared: isFirst ? 'activation' : null,
            ...(widens ? { shortcut: { conv: conv(channels, 1, { stride, bias: false }) } } : {}),
          },
        );
      }),
      ...finalActivation(),
      ...averageHead(count),
    };
  },
  size: ({ depth }) => (10 * depth) / 3,
});

/** Section 3.1, ImageNet: ResNet's bottleneck with k times wider 3×3 convolutions, activated behind the sum. */
const imagenet = form({
  id: 'wide-resnet-imagenet',
  knobs: { depth: choice(50, 101, 152), width: integer(1, 8), classes: classes() },
  title: ({ depth, width }) => `WRN-${depth}-${width}`,
  layers: ({ depth, width, classes: count }): Series => ({
    ...imagenetStem(),
    ...residualStages(imagenetBlocks[depth] ?? [], stageName, ({ stage, stride, isFirst }) => {
      const outer = 256 * 2 ** stage;
      return bottleneck({
        inner: 64 * width * 2 ** stage,
        outer,
        stride,
        strideOn: '3x3',
        ...(isFirst ? { shortcut: projection(outer, stride) } : {}),
      });
    }),
    ...averageHead(count),
  }),
});

const onCifar = (depth: number, width: number, id = `wrn-${depth}-${width}`): Architecture =>
  variant(cifar, {
    id,
    source: zagoruyko2016('Table 1, Table 4'),
    input: image(3, 32),
    values: { depth, width, filters: 16, classes: 10 },
  });

const onImagenet = (depth: number, parameters: number, macs: number): Architecture =>
  variant(imagenet, {
    id: `wrn-${depth}-2`,
    source: zagoruyko2016('Section 3.1, Table 8; torchvision'),
    input: image(3, 224),
    values: { depth, width: 2, classes: 1000 },
    published: { parameters, macs, source: 'torchvision' },
  });

/** Wide ResNet: fewer, wider layers. */
export const wideResnet = family({
  id: 'wide-resnet',
  title: 'Wide ResNet',
  year: 2016,
  variants: [
    onCifar(16, 2, 'wrn-16-2-cifar10'),
    onCifar(16, 4),
    onCifar(16, 8),
    onCifar(22, 8),
    onCifar(28, 10),
    onCifar(28, 12),
    onCifar(40, 4),
    onImagenet(50, 68_883_240, 11_398_021_120),
    onImagenet(101, 126_886_696, 22_753_050_624),
  ],
});
