import { conventions, differing, error, imgclsmob, reference, text } from './conventions.ts';
import type { PublishedTable } from './types.ts';

const zeiler2013 = reference('Zeiler, Fergus 2013', 'https://arxiv.org/abs/1311.2901');

/** Published values of the ZFNets. */
export const zfnet: PublishedTable = {
  zfnet: [
    {
      quantity: 'parameters',
      value: 62_357_608,
      convention: text('weights and biases; the paper states no count', '权重和偏置；论文没有给出参数量'),
      ...imgclsmob,
      agrees: 'exact',
    },
    differing(
      {
        quantity: 'macs',
        value: 1170.33,
        unit: 'M',
        convention: text('half the FLOPs of all layers', '所有层 FLOPs 的一半'),
        ...imgclsmob,
        agrees: null,
      },
      text(
        'Bias additions and ReLUs are counted there; without them it is 1,168.03 M.',
        '那里计入了偏置相加和 ReLU；不计则是 1,168.03 M。',
      ),
    ),
    error('top1Error', 38.4, conventions.tenCrops, zeiler2013('table 2')),
    error('top5Error', 16.5, conventions.tenCrops, zeiler2013('table 2')),
    error(
      'top1Error',
      39.79,
      text('ImageNet validation, one crop; trained anew', 'ImageNet 验证集，单次裁剪；重新训练'),
      imgclsmob,
    ),
  ],
};
