import { conventions, error, millions, reference, text, torchvision } from './conventions.ts';
import type { PublishedTable, PublishedValue } from './types.ts';

const huang2017 = reference('Huang et al. 2017', 'https://arxiv.org/abs/1608.06993');
const readme = { source: 'liuzhuang13/DenseNet, README', link: 'https://github.com/liuzhuang13/DenseNet' };

const onImagenet = (
  oneCrop: readonly [top1: number, top5: number],
  tenCrops: number,
): readonly PublishedValue[] => [
  error('top1Error', oneCrop[0], conventions.oneCrop, huang2017('table 3')),
  error('top5Error', oneCrop[1], conventions.oneCrop, huang2017('table 3')),
  error('top1Error', tenCrops, conventions.tenCrops, huang2017('table 3')),
];

const plainCount = text(
  'batch normalization counted; the first convolution has 16 channels',
  '计入批归一化；第一个卷积 16 个通道',
);
const compressedCount = text(
  'batch normalization counted; the first convolution has 2k channels',
  '计入批归一化；第一个卷积 2k 个通道',
);

const onCifar = (
  parameters: number,
  count: PublishedValue['convention'],
  augmented: readonly [cifar10: number, cifar100: number],
  plain?: readonly [cifar10: number, cifar100: number],
): readonly PublishedValue[] => [
  millions(parameters, huang2017('table 2'), count),
  error('cifar10Error', augmented[0], conventions.cifarAugmented, huang2017('table 2')),
  error('cifar100Error', augmented[1], conventions.cifarAugmented, huang2017('table 2')),
  ...(plain
    ? [
        error('cifar10Error', plain[0], conventions.cifarPlain, huang2017('table 2')),
        error('cifar100Error', plain[1], conventions.cifarPlain, huang2017('table 2')),
      ]
    : []),
];

/** Published values of the DenseNets. */
export const densenet: PublishedTable = {
  densenet121: [
    ...onImagenet([25.02, 7.71], 23.61),
    ...torchvision({ parameters: 7_978_856, giga: 2.834, top1: 25.566, top5: 8.028 }),
  ],
  densenet169: [
    ...onImagenet([23.8, 6.85], 22.08),
    ...torchvision({ parameters: 14_149_480, giga: 3.36, top1: 24.4, top5: 7.194 }),
  ],
  densenet201: [
    millions(20, huang2017('section 4.4')),
    ...onImagenet([22.58, 6.34], 21.46),
    ...torchvision({ parameters: 20_013_928, giga: 4.291, top1: 23.104, top5: 6.63 }),
  ],
  densenet161: [
    error('top1Error', 22.2, conventions.oneCrop, readme),
    ...torchvision({ parameters: 28_681_000, giga: 7.728, top1: 22.862, top5: 6.44 }),
  ],
  densenet264: [
    {
      quantity: 'weightLayers',
      value: 264,
      convention: text('convolutions and the classifier', '卷积和分类层'),
      ...huang2017('table 1'),
      agrees: 'differs',
      reason: text(
        'By the rule that gives 121, 169, 201 and 161 there are 2·130 + 3 + 2 = 265.',
        '按照得出 121、169、201、161 的数法，应是 2·130 + 3 + 2 = 265。',
      ),
    },
    ...onImagenet([22.15, 6.12], 20.8),
  ],
  'densenet40-k12': onCifar(1, plainCount, [5.24, 24.42], [7, 27.55]),
  'densenet100-k12': onCifar(7, plainCount, [4.1, 20.2], [5.77, 23.79]),
  'densenet100-k24': onCifar(27.2, plainCount, [3.74, 19.25], [5.83, 23.42]),
  'densenet-bc100-k12': onCifar(0.8, compressedCount, [4.51, 22.27], [5.92, 24.15]),
  'densenet-bc250-k24': onCifar(15.3, compressedCount, [3.62, 17.6], [5.19, 19.64]),
  'densenet-bc190-k40': onCifar(25.6, compressedCount, [3.46, 17.18]),
};
