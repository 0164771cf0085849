import { differing, error, reference, text, torchvision } from './conventions.ts';
import type { PublishedTable } from './types.ts';

const krizhevsky2012 = reference(
  'Krizhevsky et al. 2012',
  'https://proceedings.neurips.cc/paper/2012/hash/c399862d3b9d6b76c8436e924a68c45b-Abstract.html',
);
const caffe = {
  source: 'BVLC Caffe, bvlc_alexnet',
  link: 'https://github.com/BVLC/caffe/tree/master/models',
};
const oneCaffeCrop = text('ImageNet validation, one crop of 227', 'ImageNet 验证集，单次裁剪 227');
const tenCrops = text(
  'ILSVRC-2012 validation, one network, 10 crops',
  'ILSVRC-2012 验证集，单个网络，十次裁剪',
);

/** Published values of the AlexNets. */
export const alexnet: PublishedTable = {
  alexnet: [
    {
      quantity: 'parameters',
      value: 60,
      unit: 'M',
      convention: text('weights and biases, cut off', '权重和偏置，截去尾数'),
      ...krizhevsky2012('abstract'),
      agrees: 'rounded',
    },
    {
      quantity: 'neurons',
      value: 650_000,
      convention: text('outputs of the five convolutions', '五个卷积的输出'),
      ...krizhevsky2012('abstract'),
      agrees: null,
      reason: text(
        '650,080 exactly; the fully connected layers’ 9,192 units are not counted',
        '准确值是 650,080；全连接层的 9,192 个单元没有计入',
      ),
    },
    {
      quantity: 'inputSize',
      value: 224,
      unit: 'px',
      convention: text('side of the input image', '输入图像的边长'),
      ...krizhevsky2012('section 3.5, figure 2'),
      agrees: 'differs',
      reason: text(
        '11×11 at stride 4 without padding needs 227 to give the 55 that are drawn',
        '11×11、步幅 4、不填充，要得到图中的 55，输入须为 227',
      ),
    },
    differing(
      {
        quantity: 'macs',
        value: 727,
        unit: 'M',
        convention: text('multiply-adds of all layers', '所有层的乘加次数'),
        source: 'albanie/convnet-burden, README',
        link: 'https://github.com/albanie/convnet-burden',
        agrees: null,
      },
      text(
        'Pooling and normalization are counted there; convolutions and fully connected layers alone are 724.4 M.',
        '那里计入了池化和归一化；只算卷积和全连接层是 724.4 M。',
      ),
    ),
    error('top1Error', 40.7, tenCrops, krizhevsky2012('table 2')),
    error('top5Error', 18.2, tenCrops, krizhevsky2012('table 2')),
    error('top1Error', 42.9, oneCaffeCrop, caffe),
    error('top5Error', 19.8, oneCaffeCrop, caffe),
  ],
  'alexnet-owt': torchvision({ parameters: 61_100_840, giga: 0.714, top1: 43.478, top5: 20.934 }),
};
