import type { stochasticDepth as en } from '../../en/networks/stochastic-depth.ts';

const idea =
  '训练时短、使用时深的 ResNet。每一批图像，各块都按一定概率保留，概率从输入处的 1 均匀降到最后一块的 0.5；被略过的块只剩下它的捷径。梯度穿过的是一个较短的网络，也没有哪一块能指望邻居一定在场。测试时所有块都在，每个修正量乘以它的保留概率。';

const expected = (blocks: string, kept: string, share: string) =>
  `L = ${blocks} 个块平均保留 (3L − 1)/4 = ${kept} 个，训练时一次前向只需 ${share} 的乘加。参数量和测试时的代价仍是整个网络的。`;

/** 关于每个随机深度网络的文字。 */
export const stochasticDepth: typeof en = {
  'stochastic-depth-110': {
    subtitle: 'Huang、Sun、Liu、Sedra、Weinberger，2016 · CIFAR-10，ResNet-110，末端 p = 0.5',
    idea,
    notes: [
      expected('54', '40.25', '74.6 %'),
      '它的错误率有两种说法：5.23 % 和 24.58 %（CIFAR-10 和 CIFAR-100；最初的预印本、代码和后来的论文），5.25 % 和 24.98 %（ECCV 正文）。',
      '深度不变的同一网络在 CIFAR-100 上，论文的表里是 27.76 %，正文里是 27.22 %；DenseNet 论文引用的是后者。',
    ],
  },
  'stochastic-depth-152': {
    subtitle: 'Huang、Sun、Liu、Sedra、Weinberger，2016 · ImageNet，ResNet-152，末端 p = 0.5',
    idea,
    notes: [
      expected('50', '37.25', '75.5 %'),
      '这个比例略高于 50 分之 37.25，因为第一个卷积和捷径上的 1×1 卷积每次都要计算。',
      '省的是时间，不是错误率：120 轮之后 top-1 错误率 21.98 %，深度不变时是 21.78 %。',
      '论文用于 SVHN 的 152 层（错误率 1.75 %）是另一个网络：按小图像的规则，75 个块，每块两个 3×3 卷积。',
    ],
  },
  'stochastic-depth-1202': {
    subtitle: 'Huang、Sun、Liu、Sedra、Weinberger，2016 · CIFAR-10，ResNet-1202，末端 p = 0.5',
    idea: `${idea}靠着它，1202 层的 ResNet 因深度而受益，不再过拟合：CIFAR-10 错误率 4.91 %，110 层是 5.23 %，深度不变的同一网络是 6.67 %。`,
    notes: [
      expected('600', '449.75', '75.0 %'),
      '6.67 % 是作者自己的训练结果；He 等人报告的 ResNet-1202 是 7.93 %。',
    ],
  },
  'stochastic-depth-32-cifar10': {
    subtitle: '据 Huang 等，2016 · 本项目为 CIFAR-10 定义的网络，ResNet-32',
    idea: '不是论文里的网络，而是把它的规则用于 ResNet-32，训练时真的略过一些块，p 从 1 降到 0.5。小到可以在任何浏览器里运行；还可以任意拿掉一块，看看它值多少。',
    notes: [],
  },
};
