import type { squeezenet as en } from '../../en/networks/squeezenet.ts';

const idea =
  '要达到 AlexNet 的精度，最少需要多少参数？fire 模块先用 1×1 把输入压缩到很少的通道，再用并排的 1×1 和 3×3 展开。背后有三条规则：少用 3×3；3×3 之前通道要少；尽量晚缩小，让特征图保持较大。最后一个卷积每个类别一张特征图，平均值就是得分，与 Network in Network 相同。AlexNet 的 60,965,224 个参数，到这里只剩 1,248,424 个。';

const sizeNote =
  '“参数少 50 倍”其实是 48.8 倍。论文的 4.8 MB 是二进制单位（1,248,424 × 4 B = 4.76 MiB），旁边 AlexNet 的 240 MB 是十进制；50 来自 240 / 4.8。';

const compressedNote =
  'Deep Compression（只保留三分之一的权重，每个 8 位或 6 位）把文件压到 0.66 MB 或 0.47 MB，分别是 240 MB 的 1/363 和 1/510。精度不变，乘加次数也不变，除非设备能跳过零。';

/** 关于每个 SqueezeNet 的文字。 */
export const squeezenet: typeof en = {
  'squeezenet-1.0': {
    subtitle: 'Iandola、Han、Moskewicz、Ashraf、Dally、Keutzer，2016 · 论文原样：conv1 为 7×7',
    idea,
    notes: [
      sizeNote,
      compressedNote,
      '小并不等于快：它需要 8.19 亿次乘加，AlexNet 是 7.24 亿次。',
      '表 1 以 111×111 开头，这要求输入为 227（8.33 亿次乘加）；这里的输入是 224，得到 109×109。池化向上取整。',
    ],
  },
  'squeezenet-1.1': {
    subtitle: 'Iandola 等，2016 · 作者的修订版：conv1 为 3×3，池化提前',
    idea: '作者对“尽量晚缩小”的重新考虑：第一个卷积由 96 个 7×7 改为 64 个 3×3，池化提前两个模块。运算量降到 1/2.3，从 8.19 亿次乘加到 3.49 亿次，精度不变。',
    notes: ['参数几乎没有变少（1,235,496）：在哪里缩小，改变的是运算量，不是权重。'],
  },
  'squeezenet-1.0-simple-bypass': {
    subtitle: 'Iandola 等，2016 · 每隔一个 fire 模块加一条捷径',
    idea: '把 ResNet 的问题拿来问一个小网络：fire 模块 3、5、7、9 的输入与输出形状相同，可以把输入加到输出上。不花一个参数，top-1 精度提高 2.9 个百分点，top-5 提高 2.2。压缩层像一扇窄门，捷径让挤不过去的信息从旁边绕过。',
    notes: [sizeNote],
  },
  'squeezenet-1.0-complex-bypass': {
    subtitle: 'Iandola 等，2016 · 处处有捷径，宽度不同处用 1×1',
    idea: '另外四个 fire 模块改变通道数；这里在捷径上放一个 1×1 卷积补足差别，于是八个模块都有捷径。参数增加 27 %，乘加增加 42 %，而论文发现得益还不如只用简单的捷径。',
    notes: ['新增的四个卷积共有 341,248 个参数：在其余部分总共只有 125 万的网络里，这不是小数目。'],
  },
  'squeezenet-cifar10': {
    subtitle: '据 Iandola 等，2016 · 本项目为 CIFAR-10 定义的网络，简单捷径',
    idea: '不是论文里的网络，而是把带简单捷径的 fire 模块用于 CIFAR-10 图像的大小，由本项目训练，小到任何浏览器都能运行。',
    notes: [
      '首层是步幅为 1 的 3×3，宽度是论文的一半；除最后一个之外，每个卷积之后都有论文没有用的批归一化：少数几轮训练就够。',
    ],
  },
};
