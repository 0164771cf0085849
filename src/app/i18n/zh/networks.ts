import type { Messages } from '../types.ts';

const vggIdea =
  '只用一种卷积：3×3、填充 1，池化之间再无别的。两个 3×3 相叠，感受野是 5×5；三个相叠是 7×7，参数却比一个大卷积核少，而且每层之后都有 ReLU。整个网络极其规整，便于在它上面继续搭建，但也很重：大部分参数都在第一个全连接层里。';

const vggNormIdea =
  '同样的结构，每个卷积之后加上批归一化。每个通道在进入 ReLU 之前先变成均值 0、方差 1，梯度一路传下去大小不变，很深的几列也能从随机初值直接训练。';

const vggNormNotes = [
  '批归一化比 VGG 晚出现，这几个网络来自 torchvision。它们保留了卷积的偏置，而随后的归一化使偏置成为多余：每个通道有一个可以省去的参数。',
];

/** 关于每个网络和每个家族的文字。 */
export const networks: Messages['networks'] = {
  byArchitecture: {
    lenet5: {
      subtitle: 'LeCun、Bottou、Bengio、Haffner，1998 · 今天教学用的形式：全连接的特征图、tanh、最大池化',
      idea: '很小的卷积核由图像的所有位置共享，于是“读”变成了短短一串步骤：卷积、缩小、卷积、缩小、判断。卷积核处处相同，笔画落在哪里都能找到，所以很少的参数就够了。今天教学用的形式让每张特征图都连到下一层的所有特征图，并在每个 2×2 窗口里取最大值。',
      notes: [
        '1998 年的网络有 60,000 个参数，这个有 61,706 个：第二个卷积读取全部六张特征图，池化没有参数，输出层也要训练。',
        '输入是 32×32。28×28 的 MNIST 图像若不填充，只剩 4×4×16 = 256 个特征，而需要的是 400 个。',
      ],
    },
    'lenet5-1998': {
      subtitle: 'LeCun、Bottou、Bengio、Haffner，1998 · 论文原样：可训练的下采样、部分连接、RBF 输出',
      idea: '这就是读支票的那个网络。下采样层为每张特征图学习一个系数和一个偏置；第三层的十六张特征图各自只看下层的三张、四张或六张，既打破了它们之间的对称，又节省了参数；输出单元计算特征与每个数字小图之间的距离。',
      notes: [
        '60,000 个参数分毫不差。论文所说的 340,908 个连接也一样：它把偏置相加和输出单元的 840 个固定输入都算在内。',
        'C3 在 96 对特征图中只连接 60 对：1,516 个参数，若全部连接则需要 2,416 个。',
        '输出单元的编码是固定的图案，不经学习，所以不算参数。这里用的十个数字图案是我们自己画的。',
      ],
    },
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
    zfnet: {
      subtitle: 'Zeiler、Fergus，2013 · 第一层更精细的 AlexNet',
      idea: '作者把激活投影回像素，看每张特征图对什么有反应。结果发现 AlexNet 的第一层（11×11、步幅 4）漏掉了中频，还留下混叠。改成 7×7、步幅 2 之后，细节保住了，错误率也降了：这是靠“看”修好的网络。',
      notes: [
        '图 3 的尺寸（110、55、26、13、6）要求池化向上取整，或者前两个池化填充 1。两种做法的参数量和 MAC 相同。',
        '论文没有给出参数量。常被引用的 38.4 % top-1 错误率是每张图像十个裁剪的平均。',
      ],
    },
    'zfnet-lecture': {
      subtitle: '据 Zeiler、Fergus，2013 · 讲义上印的样子：拼不起来',
      idea: '一份网络清单，只有各层尺寸能一环扣一环地推下来才是对的。这一份声明第一个全连接层有 9,216 个输入，而它的池化向下取整，只留下 6,400 个。',
      notes: ['如果池化向下取整，输入要在 233 到 264 像素之间，才能得到清单所期望的 6×6。'],
      lesson: {
        why: '每个尺寸都是向下取整的除法。pool1、conv2、pool5 各丢掉半行，到最后缺了整整一行一列，而全连接层声明了多少个输入，就只能接受多少个。',
        asPrinted: '讲义原样：向下取整',
        repairs: { ceil: '让池化向上取整', padding: '前两个池化填充 1' },
        fits: (input: string) => `输入为 ${input} 时，各层衔接得上。`,
        stillBroken: '在这个输入尺寸下仍然衔接不上。',
      },
    },
    vgg11: {
      subtitle: 'Simonyan、Zisserman，2014 · A 列：8 个卷积，3 个全连接层',
      idea: vggIdea,
      notes: ['最浅的一列，能从随机初值训练；它的权重随后成为更深各列训练的起点。'],
    },
    vgg13: {
      subtitle: 'Simonyan、Zisserman，2014 · B 列：10 个卷积，3 个全连接层',
      idea: vggIdea,
      notes: [],
    },
    vgg16: {
      subtitle: 'Simonyan、Zisserman，2014 · D 列：13 个卷积，3 个全连接层',
      idea: vggIdea,
      notes: [
        '讲义说一张图像的激活是“24M × 4 B ≈ 93 MB”。但它所加的各行一共只有 1520 万个值，约 61 MB。',
        '与 ResNet 比较时引用的 15.3 G 只算卷积；加上全连接层是 15.47 G。',
      ],
    },
    vgg19: {
      subtitle: 'Simonyan、Zisserman，2014 · E 列：16 个卷积，3 个全连接层',
      idea: vggIdea,
      notes: ['与 ResNet 比较时引用的 19.6 G 包括全连接层，而同一处给 VGG-16 的数字并不包括。'],
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
  },
  byFamily: {
    lenet: { change: '共享的卷积核、下采样、所有层一起训练' },
    alexnet: { change: '真实照片、ReLU、dropout、两块 GPU' },
    zfnet: { change: '11×11 步幅 4 改为 7×7 步幅 2' },
    vgg: { change: '只用 3×3，深度翻倍' },
  },
};
