import type { claimWords as english } from '../en/claims.ts';
import type { Widen } from '../types.ts';

/** 课上的论断，以及数字对它们的评判。 */
export const claimWords: Widen<typeof english> = {
  heading: '课上怎么说，数字怎么说',
  hint: 'CS231n 2017 第 9 讲比较了下面这些网络。计数由定义算出：一幅图像，每个网络用自己的输入。',
  accuracyHint: '准确率是 ImageNet 验证集的 top-1：每幅图像只取一次中心裁剪，权重来自网络各自的年代：',
  verdicts: { holds: '成立', qualified: '有保留地成立', fails: '不成立' },
  quantities: {
    parameters: '参数量',
    macs: '乘加 (MAC)',
    peak: '激活内存峰值（fp32）',
    top1: 'top-1 准确率',
  },
  parametersUnit: (value) => `${value} 个参数`,
  macsUnit: (value) => `${value} 次乘加`,
  beyondMore: (names) => `图谱中后来的网络走得更远：${names}。`,
  statements: {
    alexnetFewOperations: {
      claim: 'AlexNet：运算少',
      shown: (figures) =>
        `一幅图像只要 ${figures.value}，是课上所比较的网络中最少的。第一层步幅就是 4，剩下要算的位置不多；分组又使五个卷积中的三个减半。`,
    },
    alexnetMuchMemory: {
      claim: 'AlexNet：内存多',
      shown: (figures) =>
        `${figures.value}，权重共 ${figures.weights}，只少于 VGG 和与它几乎一样的 ZFNet；其中 ${figures.linearShare} 在三个全连接层里。大的是权重：激活内存的峰值只有 ${figures.peak}，属于最小之列。`,
    },
    alexnetLowAccuracy: {
      claim: 'AlexNet：准确率低',
      shown: (figures) => `首选答案的正确率是 ${figures.value}，在所有网络中最低。`,
    },
    vggMostMemory: {
      claim: 'VGG：权重占的内存最多',
      shown: (figures) =>
        `${figures.value}，权重共 ${figures.weights}；其中 ${figures.linearShare} 在全连接层里。`,
    },
    vggMostPeak: {
      claim: 'VGG：激活占的内存最多',
      shown: (figures) =>
        `推理一幅图像时峰值为 ${figures.value}：第一阶段在全分辨率上计算 64 张特征图，输入和输出必须同时保留。别的网络在第一层之后都不再保持 224×224。`,
    },
    vggMostOperations: {
      claim: 'VGG：运算最多',
      shown: (figures) => `一幅图像要 ${figures.value}，是课上所比较的网络中最多的。`,
    },
    googlenetOperations: {
      claim: 'GoogLeNet：运算效率最高',
      shown: (figures) =>
        `达到同样准确率（${figures.accuracy}）的网络中，没有一个比它的 ${figures.value} 更少。准确率更低的网络可以更少，所以“效率最高”是就这一准确率而言。`,
    },
    googlenetParameters: {
      claim: 'GoogLeNet：参数效率最高',
      shown: (figures) =>
        `达到同样准确率（${figures.accuracy}）的网络中，没有一个比它的 ${figures.value} 更少：平均池化取代了 AlexNet 的两个大全连接层。`,
    },
    resnetModerate: {
      claim: 'ResNet：效率中等',
      shown: (figures) =>
        `152 层要 ${figures.value}，是 ${figures.other}（${figures.otherValue}）的 ${figures.times}，但仍是 GoogLeNet 的好几倍。`,
    },
    resnetAccuracy: {
      claim: 'ResNet：准确率最高',
      shown: (figures) => `首选答案的正确率是 ${figures.value}，是课上所比较的网络中最高的。`,
    },
    squeezenetAccuracy: {
      claim: 'SqueezeNet：与 AlexNet 同样准确',
      shown: (figures) =>
        `首选答案的正确率是 ${figures.value}，AlexNet 是 ${figures.otherValue}。论文报告的是 57.5 %。`,
    },
    squeezenetFifty: {
      claim: 'SqueezeNet：参数少 50 倍',
      shown: (figures) =>
        `${figures.otherValue} 比 ${figures.value}，是 ${figures.times}。50 这个数来自两个单位不同的文件大小相除：AlexNet 的 240 MB（${figures.otherWeights}，十进制）除以 SqueezeNet 的 4.8 MB（${figures.weights}，二进制）。`,
    },
  },
};
