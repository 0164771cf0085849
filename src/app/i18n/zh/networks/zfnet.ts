import type { zfnet as en } from '../../en/networks/zfnet.ts';

/** 关于每个 ZFNet 的文字。 */
export const zfnet: typeof en = {
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
  'zfnet-cifar10': {
    subtitle: '据 Zeiler、Fergus，2013 · 本项目为 CIFAR-10 图像定义的网络',
    idea: '不是论文里的网络，而是把它与 AlexNet 的差别搬到 CIFAR-10 图像的大小：与本项目为同样 32×32 图像定义的 AlexNet 相比，第一个窗口更小、步子更细，从第三层起更宽。可以让两者看同一张图。',
    notes: [],
  },
};
