import type { diagrams as english } from '../en/diagrams.ts';
import type { Widen } from '../types.ts';

/** 可以拨动的小图。 */
export const diagrams: Widen<typeof english> = {
  heading: '看它如何起作用',
  common: { parameters: '参数量', macs: '乘加 (MAC)', channels: '通道数' },
  residual: {
    title: '残差块：F(x) + x',
    caption: '两个卷积不必负责把 x 传下去，那是捷径的事。它们只需学会要在 x 上加些什么。',
    drawing: 'x 一路经过两个 3×3 卷积，另一路走捷径，最后相加',
    scale: 'F(x) 的分量',
    body: '主体 F',
    shortcut: '捷径',
    outcome: (scale, additions) =>
      `F 取 ${scale} 时，输出仍是 x，只是作了修正。捷径没有参数，在 28×28 上只花 ${additions} 次加法。`,
    identity:
      'F 为零时，块把 x 原样传下去。普通的块必须学出能复制输入的卷积核；这里权重为零就够了，所以多加一块不会有坏处。',
  },
  bottleneck: {
    title: '瓶颈：变窄、计算、恢复',
    caption: '一个 1×1 卷积把通道减到四分之一，3×3 在那里工作，另一个 1×1 再把通道恢复。',
    drawing: '通道减到四分之一，卷积，再恢复；下面是全宽度的一个 3×3 卷积',
    bottleneck: '三个合计',
    direct: '直接',
    wide: '全宽度',
    outcome: ({ bottleneck, direct, times }) =>
      `在 14×14 上，瓶颈要 ${bottleneck} 次乘加，全宽度的一个 3×3 要 ${direct} 次，是它的 ${times} 倍。`,
  },
  threeThrees: {
    title: '三个 3×3 与一个 7×7 看得一样宽',
    caption: '最后一层的每个格子看下面三个，那三个看五个，那五个看七个。每层之后都有 ReLU。',
    drawing: '三层 3×3 窗口从一个格子扩展到七个；一个 7×7 窗口一步做到',
    small: '三个 3×3',
    large: '一个 7×7',
    outcome: ({ channels, share, field, smallMacs, largeMacs }) =>
      `输入输出都是 ${channels} 个通道时：同样看到 ${field}，ReLU 从一个变成三个，参数只有 ${share}；在 56×56 上乘加由 ${largeMacs} 降到 ${smallMacs}。无论通道多少，这个比例不变：27/49。`,
  },
  dense: {
    title: '稠密块每层增长 k',
    caption: '每层读取之前的全部通道，再添上自己的 k 个；颜色表示由哪一层产生，灰色是块的输入。',
    drawing: (input, output) => `通道由 ${input} 增长到 ${output}，每层一种颜色`,
    growth: '增长率 k',
    layers: '层数',
    input: '输入',
    outcome: ({ start, layers, growth, channels, parameters, connections }) =>
      `${start} + ${layers}·${growth} = ${channels} 个通道，${connections} 条直接连接，3×3 卷积及其归一化共 ${parameters} 个参数。什么都不必重新计算，所以每层可以很窄。`,
  },
  oneByOne: {
    title: '1×1：每个像素上的全连接层',
    caption:
      'Network in Network 在每个卷积之后放上小小的全连接层，每个像素都用同一个。Inception 的降维、ResNet 的瓶颈和 SqueezeNet 的压缩层都是这一层。',
    drawing: '一个像素的各个通道，每个都与结果的每个通道相连',
    pixel: '一个像素',
    width: '1×1 之后的通道数',
    use: '它的后继',
    uses: { inception: 'Inception 的降维', resnet: 'ResNet 的瓶颈' },
    without: '直接：',
    reduce: '先',
    after: '再',
    back: '恢复：',
    together: '合计',
    same: (convolution, linear) =>
      convolution === linear
        ? `这个 1×1 卷积有 ${convolution} 个参数；只管一个像素的全连接层有 ${linear} 个，是同一批。`
        : `这个 1×1 卷积有 ${convolution} 个参数；只管一个像素的全连接层有 ${linear} 个。`,
    outcome: ({ use, times, width }) => {
      const what =
        use === 'inception' ? 'Inception 3a 在 28×28 上的 5×5' : 'ResNet conv4_x 在 14×14 上的 3×3';
      return Number(times) > 1
        ? `${what}：先降到 ${width} 个通道，代价降为 ${times} 分之一。`
        : `${what}：降到 ${width} 个通道已不再节省。`;
    },
  },
  inception: {
    title: 'Inception：有无降维',
    caption:
      '课上的例子：256 张 28×28 的特征图经过四个分支，结果叠在一起。池化保留得到的全部通道，所以没有降维时模块会越来越厚。',
    drawing: '同一输入上的四个分支，最后叠在一起',
    form: '模块',
    naive: '朴素',
    reduced: '带 1×1',
    pool: '最大池化',
    reduceTo: '降到',
    outcome: ({ naive, reduced, naiveChannels, reducedChannels, lecture }) =>
      `不降维要 ${naive} 次乘加、输出 ${naiveChannels} 个通道；降维后是 ${reduced} 次、${reducedChannels} 个通道。${lecture ? '幻灯片上这种形式印的是 358 M，但它列出的六项乘积之和就是这里的数；358 M 把 3×3 算了两遍。' : ''}`,
  },
  grouped: {
    title: '分组：每个卷积核只读一部分',
    caption:
      '填色处表示哪些输出通道读取哪些输入通道。AlexNet 把通道分给两块显卡；ResNeXt 有 32 组，并把组数称为基数。',
    drawing: '输入通道乘输出通道的方格，只有对角线上的块填了色',
    groups: '组数',
    reads: '输入通道',
    writes: '输出通道',
    grouped: '分组',
    full: '全部连接',
    outcome: ({ groups, each, times, macs }) =>
      groups === '1'
        ? `只有一组：每个卷积核读取全部 ${each} 个通道；在 28×28 上 ${macs} 次乘加。`
        : `${groups} 组，每组 ${each} 个通道：参数减为 ${times} 分之一，在 28×28 上 ${macs} 次乘加。省下的可以用来加宽。`,
  },
};
