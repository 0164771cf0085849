import { conventions, differing, error, imgclsmob, millions, reference, text } from './conventions.ts';
import type { PublishedTable } from './types.ts';

const he2016 = reference('He et al. 2016', 'https://arxiv.org/abs/1603.05027');
const wideResnet = reference('Zagoruyko, Komodakis 2016', 'https://arxiv.org/abs/1605.07146');
const densenet = reference('Huang et al. 2017', 'https://arxiv.org/abs/1608.06993');

const crop320 = text(
  'ImageNet validation, one crop of 320; trained with scale augmentation',
  'ImageNet 验证集，单次裁剪 320；训练时缩放增强',
);
const crop320Aspect = text(
  'ImageNet validation, one crop of 320; trained with scale and aspect augmentation',
  'ImageNet 验证集，单次裁剪 320；训练时缩放和长宽比增强',
);

/** Published values of the pre-activation ResNets. */
export const preactResnet: PublishedTable = {
  'preact-resnet110-cifar10': [
    millions(1.7, wideResnet('table 5')),
    error(
      'cifar10Error',
      6.37,
      text('with shifts and flips; median of five runs', '训练时平移、翻转；五次的中位数'),
      wideResnet('table 5'),
    ),
  ],
  'preact-resnet164-cifar10': [
    millions(1.7, he2016('table 4')),
    error('cifar10Error', 5.46, conventions.cifarAugmented, he2016('table 4')),
    error('cifar100Error', 24.33, conventions.cifarAugmented, he2016('table 4')),
    error('cifar10Error', 11.26, conventions.cifarPlain, densenet('table 2')),
  ],
  'preact-resnet1001-cifar10': [
    differing(
      millions(10.2, he2016('table 4')),
      text(
        'Convolutions and classifier alone, 10,178,490; with batch normalization it is 10.3 M.',
        '只算卷积和分类层是 10,178,490；加上批归一化是 10.3 M。',
      ),
    ),
    error(
      'cifar10Error',
      4.92,
      text('with shifts and flips; batches of 128', '训练时平移、翻转；每批 128 张'),
      he2016('table 4'),
    ),
    error(
      'cifar10Error',
      4.62,
      text('with shifts and flips; batches of 64', '训练时平移、翻转；每批 64 张'),
      he2016('table 4'),
    ),
    error('cifar100Error', 22.71, conventions.cifarAugmented, he2016('table 4')),
    error('cifar10Error', 10.56, conventions.cifarPlain, densenet('table 2')),
  ],
  'preact-resnet200': [
    millions(64.7, wideResnet('table 8')),
    {
      quantity: 'parameters',
      value: 64_666_280,
      convention: conventions.allTrained,
      ...imgclsmob,
      agrees: 'differs',
      reason: text(
        '128 more: the 64 channels are normalized once again after the first pooling.',
        '多 128 个：第一个池化之后又对 64 个通道做了一次归一化。',
      ),
    },
    error('top1Error', 21.66, conventions.oneCrop, wideResnet('table 8')),
    error('top5Error', 5.79, conventions.oneCrop, wideResnet('table 8')),
    error('top1Error', 20.7, crop320, he2016('table 5')),
    error('top1Error', 20.1, crop320Aspect, he2016('table 5')),
  ],
};
