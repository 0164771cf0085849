import type { totals as english } from '../en/totals.ts';
import type { Widen } from '../types.ts';

/** 整个网络的总数、输入尺寸，以及拼不上时的说明。 */
export const totals: Widen<typeof english> = {
  label: '总计',
  parameters: '参数量',
  macs: '乘加 (MAC)',
  flops: 'FLOPs',
  weights: '权重',
  peakActivations: '激活内存峰值',
  peakActivationsHint: '推理时同时占用的最大激活内存：每个输出从产生它的层一直保留到最后读取它的层',
  activations: '全部激活',
  activationsHint: '一次前向计算的所有输出，互不覆盖：训练时需要全部保留',
  input: '输入',
  at: (node) => `在 ${node}`,
  asPublished: (source) => `与 ${source} 一致`,
  published: (source, figure) => `${source}：${figure}`,
  accuracy: '准确率',
  run: '本机运行一次',
  none: '—',
  atLeast: (total) => `至少 ${total}`,
  doesNotFit: '拼不上的网络没有总数。',
  unmeasured: '这个网络无法测算到最后',
  inputSize: {
    label: '输入',
    hint: '高 × 宽，例如 224 或 256×192',
    notASize: (text) => `“${text}”不是尺寸。请写一个整数，例如 224，或“高 × 宽”，例如 256×192。`,
    zero: '图像至少要有一行和一列。',
    tooLarge: (text) => `${text} 太大了，没有设备能计算这样的图像。`,
    reset: (size) => `恢复为 ${size}`,
    presets: '常用尺寸',
  },
  misfit: {
    title: '这个网络拼不上',
    show: (layer) => `查看 ${layer}`,
  },
};
