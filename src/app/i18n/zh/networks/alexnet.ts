import type { alexnet as en } from '../../en/networks/alexnet.ts';

/** 关于每个 AlexNet 的文字。 */
export const alexnet: typeof en = {
  alexnet: {
    subtitle: 'Krizhevsky、Sutskever、Hinton，2012 · 论文原样：两块 GPU 上的两座塔，输入 227',
    idea: '把 LeNet 放大到 120 万张照片和一千个类别。ReLU 让训练比 tanh 快好几倍，dropout 使庞大的全连接层不至于死记硬背，两块显卡则让这一切成为可能：第 2、4、5 个卷积只读取自己那块卡上的特征图。它以巨大的优势赢得 2012 年的 ImageNet 竞赛，整个领域从此转向。',
    notes: [
      '论文写的是 224×224，但 ⌊(224 − 11) / 4⌋ + 1 = 54，而图中画的是 55。输入取 227 时所有尺寸都对得上；torchvision 仍用 224，另加填充 2。',
      '“六千万参数”是 60,965,224 截去尾数。“65 万个神经元”只是五个卷积的输出：650,080。',
      '图 2 的说明称第一层之后有 253,440 个神经元，而 55·55·96 是 290,400；其余的数字都对。',
    ],
  },
  'alexnet-owt': {
    subtitle: 'Krizhevsky，2014 · “One weird trick”中的单塔网络，即 torchvision 的 AlexNet',
    idea: '同样的布局，改到一台设备上：没有分组，没有响应归一化，卷积相应变窄。它所在的论文讨论如何分担训练：卷积按图像切分，全连接按特征切分，因为前者占了大部分运算，后者占了大部分参数。',
    notes: [
      'torchvision 把这个网络叫作 AlexNet，但它不是 2012 年的那个：五个卷积的通道数是 64、192、384、256、256，每个都看到全部特征图，输入为 224，填充 2。',
    ],
  },
  'alexnet-lecture': {
    subtitle: '据 Krizhevsky、Sutskever、Hinton，2012 · 课堂简化版：单塔、十个类别',
    idea: '保留论文的卷积核，去掉硬件的限制：一座塔，没有分组、归一化和 dropout，最后三层是 4096、1000 和 10。适合逐层手算。',
    notes: [
      '没有分组，第 2、4、5 个卷积要读取两倍的特征图：整个网络的乘加次数比两座塔多出一半以上。',
      '输入为 224 时这份清单行不通：最后的池化留下 5×5×256 = 6,400 个特征，而需要的是 9,216 个。',
    ],
  },
  'alexnet-cifar10': {
    subtitle: '据 Krizhevsky、Sutskever、Hinton，2012 · 本项目为 CIFAR-10 图像定义的网络',
    idea: '不是论文里的网络，而是把论文的布局缩小到 CIFAR-10 图像的大小（32×32，十个类别）：五个卷积、响应归一化、重叠池化和三个全连接层，小到可以由本项目训练，并在任何浏览器里运行。',
    notes: [],
  },
};
