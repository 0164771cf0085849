import { error, reference, text, torchvision } from './conventions.ts';
import type { PublishedTable, PublishedValue } from './types.ts';

const iandola2016 = reference('Iandola et al. 2016', 'https://arxiv.org/abs/1602.07360');
const oneCrop227 = text('ImageNet validation, one crop of 227', 'ImageNet 验证集，单次裁剪 227');

const compressed = (megabytes: number, bits: number, times: number): PublishedValue => ({
  quantity: 'compressedBytes',
  value: megabytes,
  unit: 'MB',
  convention: text(
    `Deep Compression, a third of the weights kept, ${bits} bits each: ${times} times below AlexNet’s 240 MB`,
    `Deep Compression，保留三分之一的权重，每个 ${bits} 位：是 AlexNet 240 MB 的 1/${times}`,
  ),
  ...iandola2016('table 2'),
  agrees: null,
});

/** Published values of the SqueezeNets. */
export const squeezenet: PublishedTable = {
  'squeezenet-1.0': [
    {
      quantity: 'weightsBytes',
      value: 4.8,
      unit: 'MiB',
      convention: text('32-bit weights, printed as MB', '32 位的权重，原文写作 MB'),
      ...iandola2016('table 2'),
      agrees: 'rounded',
    },
    {
      quantity: 'ratio',
      value: 50,
      unit: '×',
      convention: text('fewer parameters than AlexNet', '比 AlexNet 少的参数倍数'),
      ...iandola2016('title, table 2'),
      agrees: 'differs',
      reason: text(
        '60,965,224 / 1,248,424 = 48.8; 240 MB / 4.8 MB, a decimal and a binary size, give 50.',
        '60,965,224 / 1,248,424 = 48.8；用十进制的 240 MB 除以二进制的 4.8 MB，才是 50。',
      ),
    },
    compressed(0.66, 8, 363),
    compressed(0.47, 6, 510),
    error('top1Error', 42.5, oneCrop227, iandola2016('table 2')),
    error('top5Error', 19.7, oneCrop227, iandola2016('table 2')),
    ...torchvision({ parameters: 1_248_424, giga: 0.819, top1: 41.908, top5: 19.58 }),
  ],
  'squeezenet-1.1': torchvision({ parameters: 1_235_496, giga: 0.349, top1: 41.822, top5: 19.376 }),
  'squeezenet-1.0-simple-bypass': [
    error(
      'top1Error',
      39.6,
      text(
        'ImageNet validation, one crop of 227; accuracy 2.9 points above the network without bypass',
        'ImageNet 验证集，单次裁剪 227；精度比没有捷径的高 2.9 个百分点',
      ),
      iandola2016('section 6'),
    ),
    error(
      'top5Error',
      17.5,
      text(
        'ImageNet validation, one crop of 227; accuracy 2.2 points above the network without bypass',
        'ImageNet 验证集，单次裁剪 227；精度比没有捷径的高 2.2 个百分点',
      ),
      iandola2016('section 6'),
    ),
  ],
};
