import type { vgg as en } from '../../en/networks/vgg.ts';

const vggIdea =
  '只用一种卷积：3×3、填充 1，池化之间再无别的。两个 3×3 相叠，感受野是 5×5；三个相叠是 7×7，参数却比一个大卷积核少，而且每层之后都有 ReLU。整个网络极其规整，便于在它上面继续搭建，但也很重：大部分参数都在第一个全连接层里。';

const vggNormIdea =
  '同样的结构，每个卷积之后加上批归一化。每个通道在进入 ReLU 之前先变成均值 0、方差 1，梯度一路传下去大小不变，很深的几列也能从随机初值直接训练。';

const otherSizes =
  '输入不是 224 时，第一个全连接层仍然只收 7·7·512 个数：与 torchvision 一样，这时前面会有一层取 7×7 个窗口的平均值。论文的做法则是让全连接层在更大的图像上滑动。';

const vggNormNotes = [
  '批归一化比 VGG 晚出现，这几个网络来自 torchvision。它们保留了卷积的偏置，而随后的归一化使偏置成为多余：每个通道有一个可以省去的参数。',
  otherSizes,
];

/** 关于每个 VGG 的文字。 */
export const vgg: typeof en = {
  vgg11: {
    subtitle: 'Simonyan、Zisserman，2014 · A 列：8 个卷积，3 个全连接层',
    idea: vggIdea,
    notes: ['最浅的一列，能从随机初值训练；它的权重随后成为更深各列训练的起点。', otherSizes],
  },
  vgg13: {
    subtitle: 'Simonyan、Zisserman，2014 · B 列：10 个卷积，3 个全连接层',
    idea: vggIdea,
    notes: [otherSizes],
  },
  vgg16: {
    subtitle: 'Simonyan、Zisserman，2014 · D 列：13 个卷积，3 个全连接层',
    idea: vggIdea,
    notes: [
      '讲义说一张图像的激活是“24M × 4 B ≈ 93 MB”。但它所加的各行一共只有 1520 万个值，约 61 MB。',
      '与 ResNet 比较时引用的 15.3 G 只算卷积；加上全连接层是 15.47 G。',
      otherSizes,
    ],
  },
  vgg19: {
    subtitle: 'Simonyan、Zisserman，2014 · E 列：16 个卷积，3 个全连接层',
    idea: vggIdea,
    notes: ['与 ResNet 比较时引用的 19.6 G 包括全连接层，而同一处给 VGG-16 的数字并不包括。', otherSizes],
  },
  'vgg11-bn': {
    subtitle: '据 Simonyan、Zisserman，2014 · A 列加批归一化',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg13-bn': {
    subtitle: '据 Simonyan、Zisserman，2014 · B 列加批归一化',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg16-bn': {
    subtitle: '据 Simonyan、Zisserman，2014 · D 列加批归一化',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg19-bn': {
    subtitle: '据 Simonyan、Zisserman，2014 · E 列加批归一化',
    idea: vggNormIdea,
    notes: vggNormNotes,
  },
  'vgg11-lrn': {
    subtitle: 'Simonyan、Zisserman，2014 · A-LRN 列：A 列加上 AlexNet 的归一化',
    idea: '一个有明确答案的问题：AlexNet 的响应归一化还有用吗？这里只在第一个卷积之后放了一次，top-1 错误率有它是 29.7 %，没有它是 29.6 %。更深的几列都不再用它。',
    notes: [
      '响应归一化没有参数，两列都是 132,863,336 个参数。但它要占内存和时间，而且是在全网最大的特征图上。',
      otherSizes,
    ],
  },
  'vgg16-c': {
    subtitle: 'Simonyan、Zisserman，2014 · C 列：后三个阶段的第三个卷积是 1×1',
    idea: 'C 列把加深带来的两样东西分开来看。它多出的卷积是 1×1：多一个 ReLU，视野却不变宽。top-1 错误率从 28.7 %（B 列）降到 28.1 %，可见非线性有用；同样的位置换成 3×3（D 列）则降到 27.0 %，可见看得更宽更有用。',
    notes: [
      '三个卷积用 1×1 代替 VGG-16 的 3×3，省下 470 万个参数和 3.7 G 次乘加，约占全部运算的四分之一。',
      otherSizes,
    ],
  },
  'vgg11-cifar10': {
    subtitle: '据 Simonyan、Zisserman，2014 · 本项目为 CIFAR-10 图像定义的网络',
    idea: '不是论文里的网络，而是把 A 列收窄，用于 CIFAR-10 的 32×32 图像，每个 3×3 卷积之后加批归一化。五次池化之后只剩一个像素，VGG 那些沉重的全连接参数也就随之几乎全部消失。',
    notes: [],
  },
};
