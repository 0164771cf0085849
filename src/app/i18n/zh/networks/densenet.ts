import type { densenet as en } from '../../en/networks/densenet.ts';

const idea =
  'ResNet 用加法，加过就混在一起；这个网络则把一切留着。块里的每一层读取在它之前产生的所有特征图，叠在一起，再添上自己的 k 张：k 叫增长率。前面找到过的不必再找，每一层离块的出口也只有一步，所以每层几张图就够了。L 层的块有 L(L + 1)/2 条连接。';

const bottleneck =
  '每个 3×3 之前先用 1×1 卷积变成 4k 个通道，越来越长的输入才负担得起；两个块之间的过渡层再把特征图减半。';

const imagenetIdea = `${idea}${bottleneck}DenseNet-201 的单次裁剪错误率与 ResNet-101 相当（22.6 % 对 22.4 %），参数不到一半，乘加是它的 55 %。代价是内存：这些特征图都得留着。`;

const plainNote = (without: string) =>
  `第一个卷积取 16 个通道、过渡层不压缩、计入批归一化（不计是 ${without}）时，与论文的表相符。作者发布的代码从 2k 个通道开始，得不到这个数。`;

const bcNote = '带压缩的网络从 2k 个通道开始，普通的从 16 个开始：只有这样，论文表中的六个参数量才都对得上。';

/** 关于每个 DenseNet 的文字。 */
export const densenet: typeof en = {
  densenet121: {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · ImageNet，k = 32，各块 6、12、24、16 层',
    idea: imagenetIdea,
    notes: [
      '名字里数的是卷积和分类层：58 层各两个卷积，3 个过渡层各一个，再加第一个卷积和最后的分类层：116 + 3 + 1 + 1。',
    ],
  },
  densenet169: {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · ImageNet，k = 32，各块 6、12、32、32 层',
    idea: imagenetIdea,
    notes: ['论文给出的单次裁剪 top-1 错误率是 23.80 %；作者发布的权重是 23.6 %，torchvision 的是 24.4 %。'],
  },
  densenet201: {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · ImageNet，k = 32，各块 6、12、48、32 层',
    idea: imagenetIdea,
    notes: ['论文的“20 M 参数”是 20,013,928。'],
  },
  densenet161: {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · ImageNet，k = 48，各块 6、12、36、24 层',
    idea: imagenetIdea,
    notes: [
      '这里唯一 k = 48 的网络；第一个卷积有 96 个通道，其他的是 64 个，都等于 2k。它随作者发布的权重而来，论文最后一版的表里没有它。',
    ],
  },
  densenet264: {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · ImageNet，k = 32，各块 6、12、64、48 层',
    idea: imagenetIdea,
    notes: [
      '按照得出 121、169、201、161 的数法，它有 265 层：2·130 + 3 + 2。',
      '论文正文没有给出它的参数量。别处有一个 72.7 M 的“264”，是另一个网络，k 不是 32。',
    ],
  },
  'densenet40-k12': {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · CIFAR-10，40 层，k = 12，普通型',
    idea: `${idea}这是用于小图像的普通型：三个相同的块，全是 3×3 卷积，没有压缩。`,
    notes: [
      '第一个卷积取 16 个通道、过渡层不压缩时，与论文的 1.0 M 相符。作者发布的代码从 2k = 24 个通道开始，是 1,059,298。',
      '别处以这个名字给出的 599,050，属于过渡层把特征图减半的另一个网络。',
    ],
  },
  'densenet100-k12': {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · CIFAR-10，100 层，k = 12，普通型',
    idea: `${idea}这是用于小图像的普通型：三个相同的块，全是 3×3 卷积，没有压缩。`,
    notes: [plainNote('6.9 M')],
  },
  'densenet100-k24': {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · CIFAR-10，100 层，k = 24，普通型',
    idea: `${idea}这是用于小图像的普通型：三个相同的块，全是 3×3 卷积，没有压缩。`,
    notes: [plainNote('27.0 M')],
  },
  'densenet-bc100-k12': {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · CIFAR-10，100 层，k = 12，BC 型',
    idea: idea + bottleneck,
    notes: [bcNote, '深度和 k 相同，参数只有普通型的九分之一（0.77 M 对 6.98 M），错误率 4.51 % 对 4.10 %。'],
  },
  'densenet-bc250-k24': {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · CIFAR-10，250 层，k = 24，BC 型',
    idea: idea + bottleneck,
    notes: [bcNote],
  },
  'densenet-bc190-k40': {
    subtitle: 'Huang、Liu、van der Maaten、Weinberger，2016 · CIFAR-10，190 层，k = 40，BC 型',
    idea: idea + bottleneck,
    notes: [bcNote, '论文在 CIFAR-10 上的最低错误率 3.46 %，参数比 WRN-28-10 还少。'],
  },
  'densenet-bc40-k12-cifar10': {
    subtitle: '据 Huang 等，2016 · 本项目为 CIFAR-10 定义的网络，40 层，k = 12，BC 型',
    idea: `不在论文的表里，而是按它的规则为 CIFAR-10 做的小网络，带瓶颈和压缩，由本项目训练，小到任何浏览器都能运行。${idea}`,
    notes: [],
  },
};
