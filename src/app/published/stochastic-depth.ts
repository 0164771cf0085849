import { conventions, error, reference, text } from './conventions.ts';
import type { PublishedTable } from './types.ts';

const huang2016 = reference('Huang et al. 2016', 'https://arxiv.org/abs/1603.09382');
const readme = {
  source: 'yueatsprograms/Stochastic_Depth, README',
  link: 'https://github.com/yueatsprograms/Stochastic_Depth',
};
const wideResnet = reference('Zagoruyko, Komodakis 2016', 'https://arxiv.org/abs/1605.07146');

const constant = text(
  'the same network at constant depth; with shifts and flips',
  '深度不变的同一网络；训练时平移、翻转',
);
const epochs = text('ImageNet validation, 120 epochs', 'ImageNet 验证集，120 轮');
const constantEpochs = text(
  'the same network at constant depth; ImageNet validation, 120 epochs',
  '深度不变的同一网络；ImageNet 验证集，120 轮',
);

/** Published values of the networks with stochastic depth. */
export const stochasticDepth: PublishedTable = {
  'stochastic-depth-110': [
    {
      quantity: 'expectedDepth',
      value: 40,
      convention: text(
        'blocks kept on average, of 54; given as “about”',
        '54 个块中平均保留的块数，原文注明是约数',
      ),
      ...huang2016('section 3'),
      agrees: null,
      reason: text('(3·54 − 1) / 4 = 40.25', '(3·54 − 1) / 4 = 40.25'),
    },
    error('cifar10Error', 5.25, conventions.cifarAugmented, huang2016('table 1')),
    error('cifar10Error', 5.23, conventions.cifarAugmented, readme),
    error('cifar100Error', 24.98, conventions.cifarAugmented, huang2016('table 1')),
    error('cifar100Error', 24.58, conventions.cifarAugmented, wideResnet('table 5')),
    error('cifar10Error', 6.41, constant, huang2016('table 1')),
  ],
  'stochastic-depth-152': [
    error('top1Error', 21.98, epochs, huang2016('section 4')),
    error('top1Error', 21.78, constantEpochs, huang2016('section 4')),
  ],
  'stochastic-depth-1202': [
    error('cifar10Error', 4.91, conventions.cifarAugmented, huang2016('section 4')),
    error('cifar10Error', 6.67, constant, huang2016('section 4')),
  ],
};
