import { conventions, error, imgclsmob, reference, text } from './conventions.ts';
import type { PublishedTable } from './types.ts';

const lin2013 = reference('Lin et al. 2013', 'https://arxiv.org/abs/1312.4400');
const caffe = {
  source: 'Network in Network for ImageNet, the author’s Caffe model',
  link: 'https://gist.github.com/mavenlin/d802a5849de39225bcc6',
};

/** Published values of the Networks in Network. */
export const nin: PublishedTable = {
  'nin-cifar10': [
    {
      quantity: 'parameters',
      value: 966_986,
      convention: text('weights and biases; the paper states no count', '权重和偏置；论文没有给出参数量'),
      ...imgclsmob,
      agrees: 'exact',
    },
    error('cifar10Error', 10.41, conventions.cifarPlain, lin2013('table 1')),
    error('cifar10Error', 8.81, conventions.cifarAugmented, lin2013('table 1')),
    error(
      'cifar100Error',
      35.68,
      text('with 100 outputs; without augmentation', '100 个输出；不做数据增强'),
      lin2013('table 2'),
    ),
    error('svhnError', 2.35, text('trained on SVHN', '在 SVHN 上训练'), lin2013('table 3')),
  ],
  'nin-imagenet': [
    {
      quantity: 'weightsBytes',
      value: 29,
      unit: 'MiB',
      convention: text('weight file in 32-bit floats, printed as MB', '32 位浮点的权重文件，原文写作 MB'),
      ...caffe,
      agrees: 'rounded',
    },
    error('top1Error', 40.64, conventions.oneCrop, caffe),
  ],
};
