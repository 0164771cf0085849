import { differing, error, giga, millions, reference, text, torchvision } from './conventions.ts';
import type { PublishedTable, PublishedValue } from './types.ts';

const simonyan2014 = reference('Simonyan, Zisserman 2014', 'https://arxiv.org/abs/1409.1556');
const he2015 = reference('He et al. 2015', 'https://arxiv.org/abs/1512.03385');
const dense = text(
  'ImageNet validation, one scale of 256, applied densely to the whole image: not a crop',
  'ImageNet 验证集，单一尺度 256，在整幅图像上稠密计算，不是裁剪',
);

const column = (parameters: number, top1: number, top5: number): readonly PublishedValue[] => [
  millions(parameters, simonyan2014('table 2'), text('weights and biases', '权重和偏置')),
  error('top1Error', top1, dense, simonyan2014('table 3')),
  error('top5Error', top5, dense, simonyan2014('table 3')),
];

/** Published values of the VGGs. */
export const vgg: PublishedTable = {
  vgg11: [
    ...column(133, 29.6, 10.4),
    ...torchvision({ parameters: 132_863_336, giga: 7.609, top1: 30.98, top5: 11.372 }),
  ],
  'vgg11-lrn': column(133, 29.7, 10.5),
  vgg13: [
    ...column(133, 28.7, 9.9),
    ...torchvision({ parameters: 133_047_848, giga: 11.308, top1: 30.072, top5: 10.754 }),
  ],
  'vgg16-c': column(134, 28.1, 9.4),
  vgg16: [
    ...column(138, 27, 8.8),
    differing(
      giga(15.3, he2015('section 4.1')),
      text(
        'Convolutions alone, 15.347 G; with the fully connected layers it is 15.470 G.',
        '只算卷积是 15.347 G；加上全连接层是 15.470 G。',
      ),
    ),
    ...torchvision({ parameters: 138_357_544, giga: 15.47, top1: 28.408, top5: 9.618 }),
  ],
  vgg19: [
    ...column(144, 27.3, 9),
    giga(19.6, he2015('figure 3')),
    ...torchvision({ parameters: 143_667_240, giga: 19.632, top1: 27.624, top5: 9.124 }),
  ],
  'vgg11-bn': torchvision({ parameters: 132_868_840, giga: 7.609, top1: 29.63, top5: 10.19 }),
  'vgg13-bn': torchvision({ parameters: 133_053_736, giga: 11.308, top1: 28.414, top5: 9.626 }),
  'vgg16-bn': torchvision({ parameters: 138_365_992, giga: 15.47, top1: 26.64, top5: 8.484 }),
  'vgg19-bn': torchvision({ parameters: 143_678_248, giga: 19.632, top1: 25.782, top5: 8.158 }),
};
