import type { layerTable as english } from '../en/layer-table.ts';
import type { Widen } from '../types.ts';

/** 各层的表格。 */
export const layerTable: Widen<typeof english> = {
  label: '各层',
  layer: '层',
  operator: '算子',
  output: '输出',
  parameters: '参数量',
  macs: '乘加 (MAC)',
  flops: 'FLOPs',
  activations: '内存',
  activationsHint: '激活内存：该层内所有输出的字节数，互不覆盖',
  sees: '感受野',
  seesHint: '感受野：一个输出值背后的输入像素范围，高 × 宽',
  share: '占比',
  shareHint: (units) => (units === 'macs' ? '占整个网络乘加次数的比例' : '占整个网络 FLOPs 的比例'),
  total: '合计',
  open: (layer) => `展开 ${layer}`,
  fold: (layer) => `折叠 ${layer}`,
  none: '—',
  operators: {
    padding: (sides) => `填充 ${sides}`,
    groups: (count) => `${count} 组`,
    dilation: (extent) => `膨胀 ${extent}`,
    ceil: '向上取整',
    partial: '部分连接',
    layers: (count) => `${count} 层`,
  },
};
