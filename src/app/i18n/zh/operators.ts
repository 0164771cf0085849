import type { Messages } from '../types.ts';

/** 各算子与算子类别的名称和一句话说明。 */
export const operators: Messages['operators'] = {
  byOperator: {
    Conv: { name: '卷积', explanation: '小卷积核在图像上滑动；每个输出是一个窗口的加权和再加偏置。' },
    MaxPool: { name: '最大池化', explanation: '逐通道保留每个窗口中的最大值。' },
    AveragePool: { name: '平均池化', explanation: '逐通道取每个窗口的平均值。' },
    GlobalAveragePool: { name: '全局平均池化', explanation: '把每张特征图缩成它的平均值：每个通道一个数。' },
    AdaptiveAveragePool: {
      name: '自适应平均池化',
      explanation:
        '按下一层所需的尺寸划分窗口，各窗口尽量等大，取每个窗口的平均值；图像较小时，有的格子会被重复使用。',
    },
    Gemm: { name: '全连接', explanation: '每个输出是所有输入的加权和再加偏置，即一次矩阵乘法。' },
    BatchNormalization: {
      name: '批归一化',
      explanation: '用训练时的统计量把每个通道变成均值 0、方差 1，再用两个学到的数缩放和平移。',
    },
    LRN: { name: '局部响应归一化', explanation: '每个值除以相邻通道同一位置的响应强度。' },
    Relu: { name: 'ReLU', explanation: '正值保留，负值置零。' },
    Tanh: { name: 'Tanh', explanation: '把每个值平滑地压到 −1 与 1 之间。' },
    Sigmoid: { name: 'Sigmoid', explanation: '把每个值平滑地压到 0 与 1 之间。' },
    Softmax: { name: 'Softmax', explanation: '把 logits 变成概率：都为正，总和为 1。' },
    Dropout: { name: 'Dropout', explanation: '训练时随机把一部分激活置零；推理时什么也不做。' },
    Flatten: { name: '展平', explanation: '把所有特征图首尾相接，排成一列数。' },
    Pad: {
      name: '填充',
      explanation: '在每张特征图四周补一圈常数，或补上整个的零通道：ResNet 不带参数的捷径就是这样。',
    },
    Identity: { name: '恒等', explanation: '把输入原样传下去。' },
    Add: { name: '相加', explanation: '把形状相同的张量逐元素相加。' },
    Concat: { name: '拼接', explanation: '把几个张量的通道前后叠放。' },
    Mean: { name: '平均', explanation: '把形状相同的张量逐元素取平均：FractalNet 各列的汇合。' },
    StochasticDepth: {
      name: '随机深度',
      explanation: '训练时随机略过整个残差主体；推理时把它乘以被保留的概率。',
    },
    Subsample: {
      name: '可训练的下采样',
      explanation: '对每个窗口求和，乘以每通道一个学到的系数，再加学到的偏置（LeNet-5，1998）。',
    },
    Rbf: { name: 'RBF 单元', explanation: '特征与每一类固定编码之间的平方距离，最小者胜出。' },
    Opaque: {
      name: '其他算子',
      explanation: '所打开文件中的算子，本站没有为它写规则：形状与张量取自文件本身。',
    },
  },
  byCategory: {
    convolution: { name: '卷积', explanation: '用共享的权重寻找局部图案。' },
    linear: { name: '全连接', explanation: '一次综合所有特征。' },
    pooling: { name: '池化', explanation: '概括每个窗口，图像随之变小。' },
    normalization: { name: '归一化', explanation: '让数值保持在便于训练的范围内。' },
    activation: { name: '激活', explanation: '对每个值施加非线性函数。' },
    merge: { name: '合并', explanation: '把几条分支汇到一起。' },
    reshape: { name: '变形', explanation: '数值不变，排列改变。' },
    regularization: { name: '正则化', explanation: '只在训练时起作用。' },
    other: { name: '其他', explanation: '所打开文件中的算子，本站没有为它们写规则。' },
  },
};
