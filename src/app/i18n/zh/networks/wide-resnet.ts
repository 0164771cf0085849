import type { wideResnet as en } from '../../en/networks/wide-resnet.ts';

const idea =
  '一千个细薄的层学得很慢：每层添得不多，显卡还得一层接一层地算。这里只用 16 到 40 层，宽度是原来的 k 倍。参数和乘加随 k² 增长，但一个宽层可以一次算完。WRN-16-8 的参数和乘加与 1001 层的预激活网络差不多，深度是它的六十分之一，在 CIFAR-10 上的错误率反而更低（4.27 % 对 4.62 %）。宽度原来是一直被忽视的那个数。';

const depthNote =
  '名字里的第一个数把捷径上的三个 1×1 卷积算在内，却不算分类层；ResNet 自己的数法正好相反。6n + 4 层在三个阶段里各有 n 个块。';

const inputNote =
  '论文有两组错误率：一组用白化（ZCA）的图像，一组用均值 0、标准差 1 的图像；两组都常被引用，所以数字旁边必须写明预处理。';

const imagenetIdea =
  '把 ResNet 瓶颈里面的 3×3 加宽一倍，块的输入和输出不变。增加的运算大多在大的卷积里，而这正是显卡最擅长的。';

/** 关于每个 Wide ResNet 的文字。 */
export const wideResnet: typeof en = {
  'wrn-16-4': {
    subtitle: 'Zagoruyko、Komodakis，2016 · CIFAR-10，16 层，4 倍宽',
    idea,
    notes: [depthNote],
  },
  'wrn-16-8': {
    subtitle: 'Zagoruyko、Komodakis，2016 · CIFAR-10，16 层，8 倍宽',
    idea,
    notes: [depthNote, `${inputNote}这里在 CIFAR-10 上分别是 4.81 % 和 4.27 %。`],
  },
  'wrn-22-8': {
    subtitle: 'Zagoruyko、Komodakis，2016 · CIFAR-10，22 层，8 倍宽',
    idea,
    notes: [depthNote, '论文的 17.2 M 计入了批归一化；不计则是 17.1 M。'],
  },
  'wrn-28-10': {
    subtitle: 'Zagoruyko、Komodakis，2016 · CIFAR-10，28 层，10 倍宽',
    idea,
    notes: [
      depthNote,
      `${inputNote}这里在 CIFAR-10 上分别是 4.17 % 和 4.00 %，在 CIFAR-100 上是 20.50 % 和 19.25 %。`,
    ],
  },
  'wrn-28-12': {
    subtitle: 'Zagoruyko、Komodakis，2016 · CIFAR-10，28 层，12 倍宽',
    idea,
    notes: [
      depthNote,
      '加宽到这里不再划算：参数比 28-10 多 44 %，CIFAR-10 错误率却是 4.33 % 对 4.17 %（都用白化图像）。',
    ],
  },
  'wrn-40-4': {
    subtitle: 'Zagoruyko、Komodakis，2016 · CIFAR-10，40 层，4 倍宽',
    idea,
    notes: [
      depthNote,
      '作者拿它与又细又深的网络相比：错误率 4.53 %，1001 层预激活网络是 4.62 %，参数更少，训练时间约为八分之一。',
    ],
  },
  'wrn-50-2': {
    subtitle: 'Zagoruyko、Komodakis，2016 · ImageNet，50 层，瓶颈加宽一倍',
    idea: `${imagenetIdea}深度是 ResNet-152 的三分之一，乘加相当（11.4 G 对 11.5 G），错误率还略低：21.9 % 对 22.16 %。`,
    notes: [
      '论文的表 8 和表 9 对它的 top-5 错误率说法不一：6.03 % 与 5.79 %。后一个数在表 8 里写在预激活 ResNet-200 旁边。',
      'torchvision 最初的权重文件是半精度，131.8 MiB，除以 4 并不是参数量。作者自己的文件是 263 MiB。',
    ],
  },
  'wrn-101-2': {
    subtitle: '据 Zagoruyko、Komodakis，2016 · torchvision 的 ResNet-101，加宽一倍',
    idea: imagenetIdea,
    notes: [
      '论文在 ImageNet 上只做到 50 层，这个网络来自 torchvision。乘加是 WRN-50-2 的两倍，top-1 错误率降低 0.4 个百分点，从 21.5 % 到 21.2 %。',
      'torchvision 最初的权重文件是半精度，242.9 MiB。',
    ],
  },
  'wrn-16-2-cifar10': {
    subtitle: '据 Zagoruyko、Komodakis，2016 · 本项目为 CIFAR-10 定义的网络',
    idea: '不在论文的表里，而是按它的规则做的一个小网络：16 层，比细的 ResNet 宽一倍，可以由本项目训练，并在任何浏览器里运行。层数少于 ResNet-20，参数却是它的两倍多。',
    notes: [depthNote],
  },
};
