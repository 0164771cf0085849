import type { resnext as en } from '../../en/networks/resnext.ts';

const idea =
  '深度和宽度是两个可调的数，这个网络加上第三个：组数。ResNet 瓶颈里的 3×3 分成 32 组，每组 4 个通道，互不相见；省下的运算用来加宽：ResNet-50 里面是 64 个通道，这里是 128 个。代价大致不变，top-1 错误率从 23.9 % 降到 22.2 %。许多条形状相同的窄路相加：这是 Inception 的想法，却不需要那张宽度表。';

const cifarIdea =
  '同样的块用于小图像：一个卷积，三个阶段各三个瓶颈块，最后求平均、输出十类，共 29 层。名字里第一个数是组数，第二个是第一阶段每组的通道数；后两个阶段各加宽一倍。';

/** 关于每个 ResNeXt 的文字。 */
export const resnext: typeof en = {
  'resnext50-32x4d': {
    subtitle: 'Xie、Girshick、Dollár、Tu、He，2016 · 50 层，32 组，每组 4 个通道',
    idea,
    notes: [
      '作者给它和 ResNet-50 都写“约 4.1 G”次乘加。它需要 4.230 G，同样布局的 ResNet-50 是 4.089 G：多 3 %。',
    ],
  },
  'resnext101-32x4d': {
    subtitle: 'Xie、Girshick、Dollár、Tu、He，2016 · 101 层，32 组，每组 4 个通道',
    idea,
    notes: ['“约 7.8 G”实为 7.970 G；7.8 G 是 ResNet-101 的数字（7.801 G）。'],
  },
  'resnext101-32x8d': {
    subtitle: '据 Xie 等，2016 · torchvision 的 101 层，32 组，每组 8 个通道',
    idea,
    notes: [
      '论文的表里没有它，权重来自 torchvision。与同样宽的 64 组 × 4 相比，参数和乘加都多 6 %，组数只有一半。',
    ],
  },
  'resnext101-64x4d': {
    subtitle: 'Xie、Girshick、Dollár、Tu、He，2016 · 101 层，64 组，每组 4 个通道',
    idea: `${idea}预算加倍时，论文比较了这三个数：加深到 200 层的 ResNet，top-5 错误率 5.8 %；加宽的 101 层，5.7 %；增加到 64 组的这一个，5.3 %。`,
    notes: [
      '“约 15.6 G”实为 15.460 G。',
      'torchvision 给它的唯一一份权重用的是较新的训练方法（resize 232 时 top-1 为 83.2 %），不要拿去和别的网络最初的权重比较。',
    ],
  },
  'resnext29-8x64d': {
    subtitle: 'Xie、Girshick、Dollár、Tu、He，2016 · CIFAR-10，29 层，8 组，每组 64',
    idea: cifarIdea,
    notes: [
      '论文的 34.4 M 相符。另一个实现数出 34,426,634，少 64 个：它的第一个卷积似乎用偏置代替了批归一化。',
    ],
  },
  'resnext29-16x64d': {
    subtitle: 'Xie、Girshick、Dollár、Tu、He，2016 · CIFAR-10，29 层，16 组，每组 64',
    idea: cifarIdea,
    notes: [
      '论文的 68.1 M 是 68,155,210 截去尾数而不是四舍五入，或者是不计批归一化的 68,054,730。',
      '网络大了一倍，CIFAR-10 上只好 0.07 个百分点（3.58 % 对 3.65 %），CIFAR-100 上好 0.46。',
    ],
  },
  'resnext29-mini-cifar10': {
    subtitle: '据 Xie 等，2016 · 本项目为 CIFAR-10 图像定义的网络，8 组',
    idea: '不是论文里的网络，而是它的分组瓶颈，分成 8 组，通道较少，小到可以由本项目训练，并在任何浏览器里运行。',
    notes: [],
  },
};
