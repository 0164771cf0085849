import type { lineage as en } from '../en/lineage.ts';
import type { Widen } from '../types.ts';

/** 按时间绘制的谱系：线与图形上的文字。 */
export const lineage: Widen<typeof en> = {
  since: (parents) => `相对于 ${parents.join('、')}`,
  glyphLabel: (title, layers) => `${title} 的轮廓：深 ${layers} 层`,
  layersDeep: (layers) => `${layers} 层`,
  months: (first, last) => (first === last ? `${first} 月` : `${first}–${last} 月`),
  yearsBetween: (years) => `相隔 ${years} 年`,
  discName: '参数量',
  scale:
    '每个网络是一道轮廓：最长路径上每层一根条，高度是特征图高度的平方根，总长是深度的平方根；圆点的面积是参数量。名称之下依次是：改变了什么；参数量、乘加次数与层数。',
  links: {
    vgg: { zfnet: '更小的卷积核' },
    googlenet: { alexnet: 'ReLU、LRN、dropout' },
    resnext: { googlenet: '分支、变换、合并' },
    densenet: { 'stochastic-depth': '层可以跳过' },
    squeezenet: { nin: '结尾没有全连接层', googlenet: '先 1×1，再分支' },
  },
};
