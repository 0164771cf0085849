import { conventions, differing, error, reference, text, torchvision } from './conventions.ts';
import type { LocalisedText, PublishedTable, PublishedValue } from './types.ts';

const szegedy2014 = reference('Szegedy et al. 2014', 'https://arxiv.org/abs/1409.4842');
const caffe = {
  source: 'BVLC Caffe, bvlc_googlenet',
  link: 'https://github.com/BVLC/caffe/tree/master/models',
};
const cs231n = { source: 'CS231n 2017, lecture 9', link: 'https://cs231n.stanford.edu/slides/2017/' };

const withoutBiases = text('weights without biases, in units of 1,024', '不含偏置的权重，以 1,024 为单位');
const operations = text('the table’s “ops”: multiply-adds', '表中的“ops”一列：乘加次数');
const separable = text(
  'The printed value is that of a separable 7×7 with depth multiplier 8; the full 7×7 that is drawn has 9,408 weights and 118 M MACs.',
  '印出的数字属于深度倍数为 8 的可分离 7×7；图中画的完整 7×7 有 9,408 个权重、118 M 次乘加。',
);
const otherRevision = text(
  'The table does not follow from its own widths here; it may be another revision’s count.',
  '此处表中的数与它自己的宽度不符，也许是另一个版本的计数。',
);

const parametersOf = (
  layer: string,
  value: number,
  agrees: 'rounded' | 'differs',
  reason: LocalisedText,
): PublishedValue => ({
  quantity: 'parameters',
  value,
  unit: 'K',
  convention: withoutBiases,
  ...szegedy2014('table 1'),
  layer,
  agrees,
  reason,
});

const macsOf = (layer: string, value: number, reason?: LocalisedText): PublishedValue => ({
  quantity: 'macs',
  value,
  unit: 'M',
  convention: operations,
  ...szegedy2014('table 1'),
  layer,
  ...(reason ? { agrees: 'differs', reason } : { agrees: 'rounded' }),
});

/** Published values of the GoogLeNets and Inception modules. */
export const googlenet: PublishedTable = {
  googlenet: [
    {
      quantity: 'parameters',
      value: 6797.7,
      unit: 'K',
      convention: text(
        'weights without biases, in units of 1,024: the sum of the table’s column',
        '不含偏置的权重，以 1,024 为单位：表中该列之和',
      ),
      ...szegedy2014('table 1'),
      agrees: 'differs',
      reason: text(
        'Biases are left out, the first row is that of a separable 7×7, and eight modules do not follow from their widths.',
        '没有计偏置，第一行属于可分离的 7×7，另有八个模块与自身的宽度不符。',
      ),
    },
    {
      quantity: 'macs',
      value: 1.502,
      unit: 'G',
      convention: text(
        'the sum of the table’s “ops”; the text says 1.5 billion',
        '表中“ops”一列之和；正文说 15 亿',
      ),
      ...szegedy2014('table 1'),
      agrees: 'differs',
      reason: separable,
    },
    {
      quantity: 'ratio',
      value: 12,
      unit: '×',
      convention: text('fewer parameters than AlexNet', '比 AlexNet 少的参数倍数'),
      ...szegedy2014('section 1'),
      agrees: 'differs',
      reason: text(
        '60,965,224 / 6,998,552 = 8.7; without the classifier 10.2.',
        '60,965,224 / 6,998,552 = 8.7；不算分类层是 10.2。',
      ),
    },
    error(
      'top5Error',
      10.07,
      text('ImageNet validation, one network, one crop', 'ImageNet 验证集，单个网络，单次裁剪'),
      szegedy2014('table 3'),
    ),
    error(
      'top5Error',
      6.67,
      text('7 networks, 144 crops each', '7 个网络，每个 144 次裁剪'),
      szegedy2014('table 3'),
    ),
    error('top1Error', 31.3, conventions.oneCrop, caffe),
    error('top5Error', 11.1, conventions.oneCrop, caffe),
    macsOf('stem/conv1', 34, separable),
    macsOf('inception3/3a', 128),
    parametersOf(
      'inception4/4c',
      463,
      'differs',
      text('Its widths give 497.5K without biases.', '按它的宽度，不含偏置应为 497.5K。'),
    ),
    parametersOf(
      'inception5/5a',
      1072,
      'differs',
      text('Its widths give 1,018.0K without biases.', '按它的宽度，不含偏置应为 1,018.0K。'),
    ),
    macsOf('inception5/5a', 54, otherRevision),
  ],
  'googlenet-torchvision': [
    ...torchvision({ parameters: 6_624_904, giga: 1.498, top1: 30.222, top5: 10.47 }),
    {
      quantity: 'weightsBytes',
      value: 49.731,
      unit: 'MiB',
      convention: text('size of the weight file', '权重文件的大小'),
      source: 'torchvision 0.14, documentation and weight metadata',
      link: 'https://pytorch.org/vision/stable/models.html',
      agrees: 'differs',
      reason: text(
        'The file also holds the auxiliary heads and the running statistics of batch normalization.',
        '文件里还有辅助分类器和批归一化的滑动统计量。',
      ),
    },
  ],
  'inception-3a': [
    differing(
      {
        quantity: 'parameters',
        value: 159,
        unit: 'K',
        convention: withoutBiases,
        ...szegedy2014('table 1'),
        agrees: null,
      },
      text(
        '163,328 weights are 159.5K; biases and batch normalization are this form’s.',
        '163,328 个权重即 159.5K；偏置和批归一化是这种写法加上的。',
      ),
    ),
    {
      quantity: 'macs',
      value: 128,
      unit: 'M',
      convention: operations,
      ...szegedy2014('table 1'),
      agrees: 'rounded',
    },
  ],
  'inception-naive': [
    {
      quantity: 'macs',
      value: 854,
      unit: 'M',
      convention: text('multiply-adds of the convolutions', '卷积的乘加次数'),
      ...cs231n,
      agrees: 'rounded',
    },
  ],
  'inception-reduced': [
    differing(
      {
        quantity: 'macs',
        value: 358,
        unit: 'M',
        convention: text('multiply-adds of the convolutions', '卷积的乘加次数'),
        ...cs231n,
        agrees: null,
      },
      text(
        'The six products on the slide add up to 271.4 M; 358.1 M is their sum with the 3×3’s 86.7 M counted twice.',
        '幻灯片上的六项乘积之和是 271.4 M；把 3×3 的 86.7 M 算两遍才是 358.1 M。',
      ),
    ),
  ],
};
