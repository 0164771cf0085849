import { conventions, differing, error, millions, reference, text } from './conventions.ts';
import type { PublishedTable } from './types.ts';

const larsson2016 = reference('Larsson et al. 2016', 'https://arxiv.org/abs/1605.07648');
const densenet = {
  source: 'Larsson et al. 2016, as reported in Huang et al. 2017, table 2',
  link: 'https://arxiv.org/abs/1608.06993',
};
const copied = {
  source: 'Larsson et al. 2016, table 1, as copied in khanrc/pt.fractalnet',
  link: 'https://github.com/khanrc/pt.fractalnet',
};

const dropPath = text(
  'with shifts and flips, drop-path and dropout',
  '训练时平移、翻转，用 drop-path 和 dropout',
);
const deepest = text(
  'the deepest column alone, after training with drop-path',
  '用 drop-path 训练后，单独取最深的一列',
);

/** Published values of the FractalNets. */
export const fractalnet: PublishedTable = {
  fractalnet20: [
    differing(
      millions(38.6, densenet, text('as reported; the convention is not stated', '据报道的数，未说明计法')),
      text(
        'The authors’ own generator (widths 64, 128, 256, 512, 512) builds 33.7 M. A 1×1 convolution at each change of width, with all 3×3 behind it at the new width, would give 38.6 M; nobody documents it.',
        '作者自己的生成程序（宽度 64、128、256、512、512）给出 33.7 M。若在宽度改变处先放一个 1×1 卷积，其后的 3×3 都用新宽度，则是 38.6 M；但没有任何文献这样写。',
      ),
    ),
    error('cifar10Error', 5.22, conventions.cifarAugmented, densenet),
    error('cifar10Error', 4.6, dropPath, densenet),
    error('cifar10Error', 4.68, deepest, copied),
    error('cifar100Error', 23.3, conventions.cifarAugmented, densenet),
    error('cifar100Error', 23.73, dropPath, densenet),
    error('svhnError', 1.87, text('with drop-path and dropout', '用 drop-path 和 dropout'), densenet),
  ],
  fractalnet40: [
    differing(
      millions(
        4.8,
        larsson2016('comparison of depths on CIFAR-100'),
        text('widths of 16, 32, 64, 128, 128; 100 classes', '宽度 16、32、64、128、128；100 类'),
      ),
      text(
        'The widths shown here are FractalNet-20’s, four times as wide; with 16 filters in the first block and 100 classes it is 4,784,340.',
        '这里用的是 FractalNet-20 的宽度，宽四倍；第一块取 16 个滤波器、100 类时是 4,784,340。',
      ),
    ),
  ],
};
