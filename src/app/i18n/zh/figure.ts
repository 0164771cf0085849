import type { figure as english } from '../en/figure.ts';
import type { Widen } from '../types.ts';

/** 网络结构图、沿深度的开销条和图例。 */
export const figure: Widen<typeof english> = {
  figure: '网络结构图',
  input: '输入',
  help: '方向键沿网络移动。回车选中一层并进入它的特征图：其中方向键逐格移动，Page Up 和 Page Down 切换特征图，Esc 退出。加号展开一组，减号折叠。Z 键放大，Shift+Z 缩小，方括号键也可缩放；0 显示全图，1 显示实际大小。',
  box: (name, operator, shape) => (operator === '' ? `${name} ${shape}` : `${name} ${shape}，${operator}`),
  repeated: (count) => `连续 ${count} 个相同`,
  broken: '尺寸不匹配',
  unreached: '未到达',
  unfold: (name) => `展开 ${name}`,
  fold: (name) => `折叠 ${name}`,
  overlayScale: { linear: '线性刻度', log: '对数刻度' },
  overlayPlain: '灰色：没有',
  legend: '图例',
  categories: {
    convolution: '卷积',
    linear: '全连接',
    pooling: '池化',
    normalization: '归一化',
    activation: '激活',
    merge: '合并',
    reshape: '变形',
    regularization: '正则化',
  },
  volumeScale: '所有网络使用同一比例：高和进深按像素数的平方根，厚度按通道数的 log₂。',
  columnScale: '细柱是特征列表，高度按特征数的 log₂。',
  mapScale: '每层中绝对值最大者颜色最深，底色为 0。',
  negative: '负',
  positive: '正',
  cell: (layer, channel, row, column) => `${layer}：第 ${channel} 通道，第 ${row} 行，第 ${column} 列`,
  feature: (layer, index) => `${layer}：第 ${index} 个特征`,
  pointAtCell: '指向特征图中的一格，查看它背后的窗口。',
  pointAtLayer: '指向一层，查看它的开销。',
};
