import {
  conventions,
  differing,
  error,
  giga,
  imgclsmob,
  millions,
  reference,
  text,
  torchvision,
} from './conventions.ts';
import type { PublishedTable } from './types.ts';

const xie2016 = reference('Xie et al. 2016', 'https://arxiv.org/abs/1611.05431');
const readme = {
  source: 'facebookresearch/ResNeXt, README',
  link: 'https://github.com/facebookresearch/ResNeXt',
};
const meanOfTen = text('with shifts and flips; mean of 10 runs', '训练时平移、翻转；十次平均');

/** Published values of the ResNeXts. */
export const resnext: PublishedTable = {
  'resnext50-32x4d': [
    millions(25, xie2016('figure 5')),
    differing(
      giga(4.1, readme, conventions.aboutMultiplyAdds),
      text(
        'That is ResNet-50’s figure (4.089 G); this network needs 3 % more.',
        '那是 ResNet-50 的数字（4.089 G）；这个网络要多 3 %。',
      ),
    ),
    error('top1Error', 22.2, conventions.oneCrop, xie2016('table 3')),
    ...torchvision({ parameters: 25_028_904, giga: 4.23, top1: 22.382, top5: 6.302 }),
  ],
  'resnext101-32x4d': [
    millions(44, xie2016('figure 5')),
    differing(
      giga(7.8, readme, conventions.aboutMultiplyAdds),
      text(
        'That is ResNet-101’s figure (7.801 G); this network needs 2 % more.',
        '那是 ResNet-101 的数字（7.801 G）；这个网络要多 2 %。',
      ),
    ),
    error('top1Error', 21.2, conventions.oneCrop, xie2016('table 4')),
    error('top5Error', 5.6, conventions.oneCrop, xie2016('table 4')),
  ],
  'resnext101-32x8d': torchvision({ parameters: 88_791_336, giga: 16.414, top1: 20.688, top5: 5.474 }),
  'resnext101-64x4d': [
    differing(
      giga(15.6, readme, conventions.aboutMultiplyAdds),
      text(
        'Twice ResNet-101’s 7.8 G; this network needs 15.460 G.',
        '这是 ResNet-101 的 7.8 G 的两倍；这个网络需要 15.460 G。',
      ),
    ),
    error('top1Error', 20.4, conventions.oneCrop, xie2016('table 4')),
    error('top5Error', 5.3, conventions.oneCrop, xie2016('table 4')),
    ...torchvision({ parameters: 83_455_272, giga: 15.46, top1: 16.754, top5: 3.546, newerRecipe: true }),
  ],
  'resnext29-8x64d': [
    millions(34.4, xie2016('table 7')),
    error('cifar10Error', 3.65, meanOfTen, xie2016('table 7')),
    error('cifar100Error', 17.77, meanOfTen, xie2016('table 7')),
  ],
  'resnext29-16x64d': [
    {
      ...millions(68.1, xie2016('table 7')),
      reason: text(
        'Cut off from 68,155,210, or 68,054,730 without batch normalization.',
        '由 68,155,210 截去尾数，或是不计批归一化的 68,054,730。',
      ),
    },
    {
      quantity: 'parameters',
      value: 68_155_210,
      convention: conventions.allTrained,
      ...imgclsmob,
      agrees: 'exact',
    },
    error('cifar10Error', 3.58, meanOfTen, xie2016('table 7')),
    error('cifar100Error', 17.31, meanOfTen, xie2016('table 7')),
  ],
};
