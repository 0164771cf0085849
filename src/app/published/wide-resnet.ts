import { conventions, error, millions, reference, text, torchvision } from './conventions.ts';
import type { PublishedTable, PublishedValue } from './types.ts';

const zagoruyko2016 = reference('Zagoruyko, Komodakis 2016', 'https://arxiv.org/abs/1605.07146');
const densenet = reference('Huang et al. 2017', 'https://arxiv.org/abs/1608.06993');

const whitened = text('whitened images (ZCA); with shifts and flips', '白化（ZCA）的图像；训练时平移、翻转');
const standardised = text(
  'images of mean 0, deviation 1; with shifts and flips',
  '均值 0、标准差 1 的图像；训练时平移、翻转',
);
const withDropout = text(
  'images of mean 0, deviation 1; with shifts, flips and dropout',
  '均值 0、标准差 1 的图像；训练时平移、翻转，并用 dropout',
);

const errors = (
  cifar10: number,
  cifar100: number,
  convention: PublishedValue['convention'],
  where: string,
): readonly PublishedValue[] => [
  error('cifar10Error', cifar10, convention, zagoruyko2016(where)),
  error('cifar100Error', cifar100, convention, zagoruyko2016(where)),
];

/** The size of torchvision's first weight file, which is in half precision. */
const halfPrecision = (mebibytes: number): PublishedValue => ({
  quantity: 'weightsBytes',
  value: mebibytes,
  unit: 'MiB',
  convention: text('size of the first weight file', '最初的权重文件的大小'),
  source: 'torchvision 0.14, documentation and weight metadata',
  link: 'https://pytorch.org/vision/stable/models.html',
  agrees: 'differs',
  reason: text('The file is in half precision: 2 bytes a number.', '该文件是半精度：每个数 2 字节。'),
});

/** Published values of the wide ResNets. */
export const wideResnet: PublishedTable = {
  'wrn-16-4': [millions(2.7, densenet('table 2')), ...errors(5.02, 24.03, standardised, 'table 6')],
  'wrn-16-8': [
    millions(11, zagoruyko2016('table 4')),
    ...errors(4.81, 22.07, whitened, 'table 4'),
    ...errors(4.27, 20.43, standardised, 'table 5'),
  ],
  'wrn-22-8': [millions(17.2, zagoruyko2016('table 4')), ...errors(4.38, 21.22, whitened, 'table 4')],
  'wrn-28-10': [
    millions(36.5, zagoruyko2016('table 4')),
    ...errors(4.17, 20.5, whitened, 'table 4'),
    ...errors(4, 19.25, standardised, 'table 5'),
    error('cifar10Error', 3.89, withDropout, zagoruyko2016('table 6')),
  ],
  'wrn-28-12': [millions(52.5, zagoruyko2016('table 4')), ...errors(4.33, 20.43, whitened, 'table 4')],
  'wrn-40-4': [
    millions(8.9, zagoruyko2016('table 4')),
    ...errors(4.97, 22.89, whitened, 'table 4'),
    ...errors(4.53, 21.18, standardised, 'table 5'),
  ],
  'wrn-50-2': [
    millions(68.9, zagoruyko2016('table 8')),
    error('top1Error', 21.9, conventions.oneCrop, zagoruyko2016('table 8')),
    error('top5Error', 6.03, conventions.oneCrop, zagoruyko2016('table 8')),
    error(
      'top5Error',
      5.79,
      text(
        'ImageNet validation, one crop of 224; table 8 says 6.03 and gives this figure to another network',
        'ImageNet 验证集，单次裁剪 224；表 8 写的是 6.03，并把这个数记在另一个网络名下',
      ),
      zagoruyko2016('table 9'),
    ),
    ...torchvision({ parameters: 68_883_240, giga: 11.398, top1: 21.532, top5: 5.914 }),
    {
      quantity: 'weightsBytes',
      value: 263,
      unit: 'MiB',
      convention: text('weight file in 32-bit floats, printed as MB', '32 位浮点的权重文件，原文写作 MB'),
      source: 'szagoruyko/wide-residual-networks, README',
      link: 'https://github.com/szagoruyko/wide-residual-networks',
      agrees: 'rounded',
    },
    halfPrecision(131.82),
  ],
  'wrn-101-2': [
    ...torchvision({ parameters: 126_886_696, giga: 22.753, top1: 21.152, top5: 5.716 }),
    halfPrecision(242.896),
  ],
};
