import type { resnet as en } from '../../en/networks/resnet.ts';

const idea =
  '普通网络超过二十来层，越深反而越差，在训练图像上也是如此：这不是过拟合，而是训练不动。这里每两三个卷积只计算一个修正量 F(x)，块的输出是 F(x) + x。没有什么可加的块让权重趋于零就行，不会添乱；总有一部分梯度经过加法原样传回。于是深度重新变得有用：34 层胜过 18 层，152 层胜过 34 层。';

const bottleneckIdea = `${idea}从 50 层起，每个块都是瓶颈：1×1 把 256 个通道压到 64 个，3×3 在这 64 个上运算，再由 1×1 展开。这样共 69,632 个权重，比浅网络里 64 通道上的两个 3×3（73,728）还少，只是 256 通道上两个 3×3 的十七分之一。`;

const originalIdea =
  '与不带“v1”的那个网络相同，只是步幅放在论文里的位置。每个阶段的第一个块在它的第一个 1×1 卷积处把图像减半，于是这个卷积只读四分之一的位置，其余的从不看到；后面的 3×3 在小图上运算。无论多深都省 2.31 亿次乘加，精度略低。';

const plainIdea = (layers: string, partner: string) =>
  `${partner} 去掉捷径，别的都不变：${layers}。它是论文论证的另一半：卷积和代价完全一样，训练之后有什么不同，就都是捷径的作用。`;

const cifarIdea =
  '论文针对小图像的规则：先一个卷积，再是三个阶段，各有 2n 个 3×3 卷积，通道数 16、32、64，边长 32、16、8 像素，最后求平均、输出十类，共 6n + 2 层。阶段之间图像减半时，捷径隔一个像素取一个，缺少的通道补零，所以捷径没有任何参数，变化的只有深度。';

const plainCifarIdea =
  '针对小图像的同一规则，但没有捷径：同样的 6n + 2 层，同样的参数，只是不做加法。浅的时候与残差网络不相上下；加深之后，训练和测试的错误率一起上升。让两者看同一张图，就能看出一个加法有多大作用。';

const strideNote = (here: string, there: string, printed: string) =>
  `与 torchvision 一样，各阶段在 3×3 卷积处把图像减半：${here} G 次乘加。论文把步幅放在它前面的 1×1，是 ${there} G，印作 ${printed}。两者参数相同；别处称这种布局为“v1.5”。`;

const tableNote = (printed: string) =>
  `论文表 6 印的是 ${printed}；只有把批归一化计入、并且捷径不带参数（方案 A）时才对得上。`;

/** 关于每个 ResNet 的文字。 */
export const resnet: typeof en = {
  resnet18: {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 18 层：8 个块，每块两个 3×3 卷积',
    idea,
    notes: [
      '18 层时捷径几乎不改变错误率（27.88 %，普通网络 27.94 %，十次裁剪），只是训练得更快。到 34 层，它就是决定性的了。',
    ],
  },
  resnet34: {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 34 层：16 个块，每块两个 3×3 卷积',
    idea,
    notes: [
      '通道变宽处的捷径在这里是 1×1 卷积（方案 B，与 torchvision 相同）：3.664 G 次乘加。论文的 3.6 G 用的是不带参数的捷径（方案 A）：3.644 G。',
    ],
  },
  resnet50: {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 50 层：16 个瓶颈块，步幅在 3×3 上',
    idea: bottleneckIdea,
    notes: [
      strideNote('4.089', '3.858', '3.8（截去尾数）'),
      '单次裁剪的 top-1 错误率：论文的布局 24.7 %，这种布局 23.9 %，用 torchvision 较新的训练方法则是 19.1 %。最后这一步进步不是结构带来的。',
    ],
  },
  resnet101: {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 101 层：33 个瓶颈块，步幅在 3×3 上',
    idea: bottleneckIdea,
    notes: [strideNote('7.801', '7.570', '7.6')],
  },
  resnet152: {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 152 层：50 个瓶颈块，步幅在 3×3 上',
    idea: bottleneckIdea,
    notes: [
      strideNote('11.514', '11.282', '11.3'),
      '深度是 VGG-19 的八倍，代价却更低：11.5 G 对 19.6 G 次乘加。赢得 2015 年 ImageNet 竞赛的 3.57 % top-5 错误率属于多个网络的组合；单个网络在多个尺度上是 4.49 %。',
    ],
  },
  'resnet50-v1': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 论文原样：步幅在每阶段的第一个 1×1 上',
    idea: originalIdea,
    notes: ['3.858 G 次乘加，论文截作 3.8。“4.1 G”是另一种布局的数字，即 4.089 G。'],
  },
  'resnet101-v1': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 论文原样：步幅在每阶段的第一个 1×1 上',
    idea: originalIdea,
    notes: ['7.570 G 次乘加，即论文的 7.6 G。另一种布局需要 7.801 G。'],
  },
  'resnet152-v1': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 论文原样：步幅在每阶段的第一个 1×1 上',
    idea: originalIdea,
    notes: ['11.282 G 次乘加，即论文的 11.3 G。另一种布局需要 11.514 G。'],
  },
  plain18: {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 去掉捷径的 ResNet-18',
    idea: plainIdea('18 层首尾相接', 'ResNet-18'),
    notes: ['在这个深度普通网络还跟得上：top-1 错误率 27.94 %，ResNet-18 是 27.88 %（十次裁剪）。'],
  },
  plain34: {
    subtitle: 'He、Zhang、Ren、Sun，2015 · 去掉捷径的 ResNet-34',
    idea: plainIdea('34 层首尾相接', 'ResNet-34'),
    notes: [
      '更深却更差：top-1 错误率 28.54 %，18 层的普通网络是 27.94 %，而 ResNet-34 降到 25.03 %（十次裁剪，捷径不带参数）。它的训练错误率也更高。',
    ],
  },
  'resnet20-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，n = 3：20 层',
    idea: cifarIdea,
    notes: [tableNote('0.27 M'), '捷径用 1×1 卷积的实现（方案 B）数出来是 272,474，而不是 269,722。'],
  },
  'resnet32-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，n = 5：32 层',
    idea: cifarIdea,
    notes: [tableNote('0.46 M')],
  },
  'resnet44-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，n = 7：44 层',
    idea: cifarIdea,
    notes: [tableNote('0.66 M')],
  },
  'resnet56-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，n = 9：56 层',
    idea: cifarIdea,
    notes: [tableNote('0.85 M'), '捷径若用 1×1 卷积（方案 B），则有 855,770 个参数。'],
  },
  'resnet110-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，n = 18：110 层',
    idea: cifarIdea,
    notes: [
      '论文的 6.43 % 是五次训练中最好的一次，五次平均是 6.61 %。',
      'Wide ResNet 论文（表 5）说它在 CIFAR-100 上是 25.16 %；而恒等映射那篇论文把这个数字记在一个 164 层的网络名下。',
    ],
  },
  'resnet1202-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，n = 200：1202 层',
    idea: `${cifarIdea}到 1202 层仍然训练得动，训练错误率接近零，但测试错误率比 110 层更高：7.93 % 对 6.43 %。这回才真是过拟合。`,
    notes: [
      '计入批归一化是 19.4 M 个参数（不计是 19.33 M）。Wide ResNet 论文（表 5）和 DenseNet 论文（表 2）在它旁边印的 10.2 M，属于 1001 层的预激活网络。',
      '同一张表说它在 CIFAR-100 上是 27.82 %，恒等映射那篇论文则把这个数字记在一个 1001 层的网络名下。',
    ],
  },
  'plain20-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，20 层，没有捷径',
    idea: plainCifarIdea,
    notes: [],
  },
  'plain56-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2015 · CIFAR-10，56 层，没有捷径',
    idea: plainCifarIdea,
    notes: [
      '论文的图 1 画的就是它和 20 层的同类：从最初几轮到最后，更深的那个在训练图像和测试图像上都更差。',
    ],
  },
};
