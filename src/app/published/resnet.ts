import {
  conventions,
  differing,
  error,
  giga,
  millions,
  reference,
  text,
  torchvision,
} from './conventions.ts';
import type { LocalisedText, PublishedTable, PublishedValue } from './types.ts';

const he2015 = reference('He et al. 2015', 'https://arxiv.org/abs/1512.03385');
const msra = {
  source: 'KaimingHe/deep-residual-networks, README',
  link: 'https://github.com/KaimingHe/deep-residual-networks',
};
const wideResnet = reference('Zagoruyko, Komodakis 2016', 'https://arxiv.org/abs/1605.07146');

/** Why the paper's MACs are fewer than those of torchvision's layout. */
const strideOf = (original: string): LocalisedText =>
  text(
    `With the stride on the first 1×1 of each stage, as in the paper, it is ${original} G.`,
    `若像论文那样把步幅放在每阶段的第一个 1×1 上，则是 ${original} G。`,
  );

interface Originals {
  readonly giga: number;
  readonly oneCrop: readonly [top1: number, top5: number];
  readonly tenCrops: readonly [top1: number, top5: number];
  readonly manyScales: readonly [top1: number, top5: number];
}

const original = ({ giga: macs, oneCrop, tenCrops, manyScales }: Originals): readonly PublishedValue[] => [
  giga(macs, he2015('table 1')),
  error('top1Error', oneCrop[0], conventions.oneCrop, msra),
  error('top5Error', oneCrop[1], conventions.oneCrop, msra),
  error('top1Error', tenCrops[0], conventions.tenCrops, he2015('table 3')),
  error('top5Error', tenCrops[1], conventions.tenCrops, he2015('table 3')),
  error('top5Error', manyScales[1], conventions.manyScales, he2015('table 4')),
];

const optionA = text(
  'all trained numbers, batch normalization among them; shortcuts without parameters',
  '全部可训练的数，含批归一化；捷径不带参数',
);

const onCifar = (parameters: number, cifar10: number, convention = conventions.cifarAugmented) => [
  millions(parameters, he2015('table 6'), optionA),
  error('cifar10Error', cifar10, convention, he2015('table 6')),
];

/** Published values of the ResNets and plain networks. */
export const resnet: PublishedTable = {
  resnet18: [
    giga(1.8, he2015('table 1')),
    error('top1Error', 27.88, conventions.tenCrops, he2015('table 2')),
    ...torchvision({ parameters: 11_689_512, giga: 1.814, top1: 30.242, top5: 10.922 }),
  ],
  resnet34: [
    differing(
      giga(3.6, he2015('table 1')),
      text(
        'With shortcuts that have no parameters (option A) it is 3.644 G; the 1×1 convolutions of option B make it 3.664 G.',
        '捷径不带参数（方案 A）时是 3.644 G；方案 B 的 1×1 卷积使它成为 3.664 G。',
      ),
    ),
    error(
      'top1Error',
      24.52,
      text('ImageNet validation, 10 crops; option B', 'ImageNet 验证集，十次裁剪；方案 B'),
      he2015('table 3'),
    ),
    error(
      'top5Error',
      7.46,
      text('ImageNet validation, 10 crops; option B', 'ImageNet 验证集，十次裁剪；方案 B'),
      he2015('table 3'),
    ),
    ...torchvision({ parameters: 21_797_672, giga: 3.664, top1: 26.686, top5: 8.58 }),
  ],
  resnet50: [
    differing(giga(3.8, he2015('table 1')), strideOf('3.858')),
    ...torchvision({ parameters: 25_557_032, giga: 4.089, top1: 23.87, top5: 7.138 }),
    error(
      'top1Error',
      19.142,
      text(
        'ImageNet validation, one crop of 224 after resizing to 232; newer recipe of training',
        'ImageNet 验证集，缩放到 232 后单次裁剪 224；较新的训练方法',
      ),
      { source: 'torchvision 0.14, second weights', link: 'https://pytorch.org/vision/stable/models.html' },
    ),
  ],
  resnet101: [
    differing(giga(7.6, he2015('table 1')), strideOf('7.570')),
    ...torchvision({ parameters: 44_549_160, giga: 7.801, top1: 22.626, top5: 6.454 }),
  ],
  resnet152: [
    differing(giga(11.3, he2015('table 1')), strideOf('11.282')),
    ...torchvision({ parameters: 60_192_808, giga: 11.514, top1: 21.688, top5: 5.954 }),
  ],
  'resnet50-v1': original({
    giga: 3.8,
    oneCrop: [24.7, 7.8],
    tenCrops: [22.85, 6.71],
    manyScales: [20.74, 5.25],
  }),
  'resnet101-v1': original({
    giga: 7.6,
    oneCrop: [23.6, 7.1],
    tenCrops: [21.75, 6.05],
    manyScales: [19.87, 4.6],
  }),
  'resnet152-v1': original({
    giga: 11.3,
    oneCrop: [23, 6.7],
    tenCrops: [21.43, 5.71],
    manyScales: [19.38, 4.49],
  }),
  plain18: [giga(1.8, he2015('table 1')), error('top1Error', 27.94, conventions.tenCrops, he2015('table 2'))],
  plain34: [
    giga(3.6, he2015('table 1')),
    error('top1Error', 28.54, conventions.tenCrops, he2015('table 3')),
    error('top5Error', 10.02, conventions.tenCrops, he2015('table 3')),
  ],
  'resnet20-cifar10': onCifar(0.27, 8.75),
  'resnet32-cifar10': onCifar(0.46, 7.51),
  'resnet44-cifar10': onCifar(0.66, 7.17),
  'resnet56-cifar10': onCifar(0.85, 6.97),
  'resnet110-cifar10': onCifar(
    1.7,
    6.43,
    text('with shifts and flips; best of five runs, mean 6.61', '训练时平移、翻转；五次中最好，平均 6.61'),
  ),
  'resnet1202-cifar10': [
    ...onCifar(19.4, 7.93),
    differing(
      millions(10.2, wideResnet('table 5')),
      text(
        'A slip that the DenseNet paper repeats: 10.2 M belongs to the pre-activation network of 1001 layers.',
        '这是一处笔误，DenseNet 论文也照抄了：10.2 M 属于 1001 层的预激活网络。',
      ),
    ),
  ],
};
