import type { layerDiff as english } from '../en/layer-diff.ts';
import type { Widen } from '../types.ts';
import { layerTable } from './layer-table.ts';

/** 从一个网络到另一个网络改了什么。 */
export const layerDiff: Widen<typeof english> = {
  heading: (predecessor) => `与 ${predecessor} 相比改了什么`,
  against: '对比',
  sideBySide: '并排对比',
  ownPredecessor: '它的前身',
  none: '谱系从这个网络开始，它之前没有别的网络。可以另选一个来对比。',
  misfit: '这个网络与它的输入拼不上，因此只有算得出来的层参与对比。',
  totals: {
    label: '两个网络的总计',
    quantity: '',
    ratio: '比值',
    parameters: '参数量',
    macs: '乘加 (MAC)',
    activations: '全部激活',
    peak: '激活内存峰值',
    layers: '深度：带权重的层',
    inputs: (before, after) =>
      before === after ? `两者的输入都是 ${after}。` : `各用自己的输入：${before} 和 ${after}。`,
  },
  words: {
    kinds: { matched: '相同', changed: '改动', removed: '去掉', added: '新增' },
    counted: {
      matched: (count) => `${count} 层相同`,
      changed: (count) => `${count} 层改动`,
      removed: (count) => `${count} 层去掉`,
      added: (count) => `${count} 层新增`,
    },
    changes: '改动',
    parameters: '参数量',
    macs: '乘加 (MAC)',
    unchanged: (count) => `${count} 层相同`,
    showUnchanged: (count) => `显示相同的 ${count} 层`,
    times: (count, first, last) =>
      first === last ? `在 ${first} 中重复 ${count} 次` : `从 ${first} 到 ${last} 都如此`,
    nothing: '无',
    showAll: (count) => `再显示 ${count} 行`,
    filters: (before, after) => `卷积核数 ${before} → ${after}`,
    outputs: (before, after) => `输出数 ${before} → ${after}`,
    padding: (before, after) => `填充 ${before} → ${after}`,
    groups: (before, after) => `分组 ${before} → ${after}`,
    dilation: (before, after) => `膨胀 ${before} → ${after}`,
    biasAdded: '+ 偏置',
    biasDropped: '− 偏置',
    roundsUp: '由向下取整改为向上取整',
    roundsDown: '由向上取整改为向下取整',
    partial: '全部连接 → 部分连接',
    full: '部分连接 → 全部连接',
    ahead: (operators) => `${operators} 移到卷积之前`,
    behind: (operators) => `${operators} 移到卷积之后`,
    attribute: (name, before, after) => `${name} ${before} → ${after}`,
    reads: (before, after) => `输入由 ${before} 变为 ${after}`,
    operators: layerTable.operators,
  },
};
