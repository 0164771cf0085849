import type { preactResnet as en } from '../../en/networks/preact-resnet.ts';

const idea =
  'ResNet 的块在加法之后还有一个 ReLU，捷径因此不完全是恒等。这里把归一化和 ReLU 移到每个卷积之前，块与块之间的路上什么都不留。于是任何一块收到的，都是前面某块的信号加上一串修正；梯度里总有一部分原样到达每一块。到 1001 层，这就是 CIFAR-10 上 7.61 % 与 4.92 % 错误率的差别。';

const bottlenecks = '用于小图像的瓶颈结构共 9n + 2 层。';

/** 关于每个预激活 ResNet 的文字。 */
export const preactResnet: typeof en = {
  'preact-resnet110-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2016 · CIFAR-10，110 层 3×3',
    idea,
    notes: ['参数和乘加与 ResNet-110 相同：同样的层，次序不同。6.37 % 的错误率是五次训练的中位数。'],
  },
  'preact-resnet164-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2016 · CIFAR-10，164 层，54 个瓶颈块',
    idea: idea + bottlenecks,
    notes: ['比 110 层的网络更深，却并不更大（1,703,258 对 1,727,962 个参数）：这正是瓶颈的用处。'],
  },
  'preact-resnet1001-cifar10': {
    subtitle: 'He、Zhang、Ren、Sun，2016 · CIFAR-10，1001 层，333 个瓶颈块',
    idea: idea + bottlenecks,
    notes: [
      '论文的 10.2 M 只算卷积和分类层，即 10,178,490。若像其他表格那样把批归一化每通道的两个数也算上，是 10,327,706，即 10.3 M。',
      '错误率与批量有关：每批 128 张是 4.92 %，64 张是 4.62 %。Wide ResNet 论文把后者印成 4.64 %。',
    ],
  },
  'preact-resnet200': {
    subtitle: 'He、Zhang、Ren、Sun，2016 · ImageNet，200 层，66 个瓶颈块',
    idea,
    notes: [
      '训练方法不变，只移动激活的位置，top-1 错误率就从 21.8 % 降到 20.7 %（320 像素，单次裁剪）。',
      'Wide ResNet 论文的 64.7 M 与 64,666,152 相符。另一个常用的实现多出 128 个参数：它在第一个池化之后又对 64 个通道做了一次归一化。',
    ],
  },
  'preact-resnet20-cifar10': {
    subtitle: '据 He、Zhang、Ren、Sun，2016 · 本项目为 CIFAR-10 定义的网络，20 层',
    idea: '不是论文里的网络（论文从 110 层起），而是把它的块放进 CIFAR-10 上最小的 ResNet：6n + 2 层，n = 3，每个卷积之前是归一化和 ReLU。可以让它和 ResNet-20 看同一张图，两者只有次序不同。',
    notes: [],
  },
};
