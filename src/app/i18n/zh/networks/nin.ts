import type { nin as en } from '../../en/networks/nin.ts';

const idea =
  '卷积加 ReLU，不过是一个线性滤波器带一道弯。这里每个卷积之后再跟两个 1×1 卷积：一个小小的感知机，在每个位置上只对通道做运算，一层可以先把看到的东西想清楚，再交给下一层。最后一个 1×1 为每个类别留一张特征图，图的平均值就是该类的得分：全连接层不见了，最容易过拟合的那部分参数也随之消失。';

/** 关于每个 Network in Network 的文字。 */
export const nin: typeof en = {
  'nin-cifar10': {
    subtitle: 'Lin、Chen、Yan，2013 · 三个块，每块一个卷积加两个 1×1，用于 CIFAR-10',
    idea,
    notes: [
      '论文没有给出参数量；这里的宽度取自作者的 Caffe 模型，另一份独立实现数出来的也是 966,986。',
      '从 192 到 160 通道的 1×1 卷积有 192·160 + 160 = 30,880 个参数，与图像大小无关。Inception 的降维、ResNet 的瓶颈、SqueezeNet 的压缩层都由它而来。',
    ],
  },
  'nin-imagenet': {
    subtitle: 'Lin、Chen、Yan，2013 · 作者用于 ImageNet 的 Caffe 模型',
    idea,
    notes: [
      '参数只有 AlexNet 的八分之一（7,595,176 对 60,965,224），top-1 错误率更低（40.64 % 对 42.9 %，都是 Caffe、单次裁剪），乘加次数则多出一半。',
      '它的文件通常写作 29 MB：7,595,176 × 4 B 是 30.4 MB，即 28.97 MiB。',
      '各层尺寸要求池化向上取整，Caffe 正是如此。',
    ],
  },
  'nin-small-cifar10': {
    subtitle: '据 Lin、Chen、Yan，2013 · 本项目为 CIFAR-10 图像定义的窄网络',
    idea: '不是论文里的网络，而是同样的三个块、较少的通道，训练和运行都快：一个卷积，两个在通道上运算的 1×1，最后每个类别一张特征图，取平均。',
    notes: [],
  },
};
