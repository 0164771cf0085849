import type { sampler as en } from '../en/sampler.ts';

/** 训练时丢弃的部分：随机深度与路径丢弃。 */
export const sampler: typeof en = {
  depthTitle: '每一步训练的深度都不同',
  depthIntro: (first, last) =>
    `每个残差块按自己的概率保留：第一块为 ${first}，最后一块为 ${last}。被丢弃的块把输入原样传下去；使用时所有块都运行，各主体乘以自己的概率。`,
  blocks: '残差块',
  expected: '期望块数 E(L)',
  expectedWorking: '所有块的 pₗ 之和',
  expectedLayers: '期望的带权层数',
  expectedLayersNote: '主路径上，含起始层与分类层',
  expectedMacs: '每步期望 MACs',
  ofAll: (share) => `占整个网络的 ${share}，一幅图像前向`,
  chart: '每个块的存活概率；实心：这一步保留',
  block: (number) => `第 ${number} 块`,
  roll: '掷一步训练',
  rolled: (kept, all, macs, share) => `${all} 块中存活 ${kept} 块：${macs} MACs，占整体的 ${share}`,
  rolls: (count, mean) => `至今 ${count} 步，平均 ${mean} 块`,
  pathTitle: '训练时丢弃的路径',
  pathIntro:
    '每个汇合处对相遇的各列取平均。一半的训练步随机丢弃汇合处的输入（局部），另一半只让一列单独运行（全局）。这样每一列都成为独立的网络，训练后可以单独取出。',
  kind: '显示什么',
  all: '全部路径',
  local: '局部采样',
  global: '单独一列（全局）',
  schematic: '网络的各列与汇合处；着墨的是这一步用到的部分',
  usedAll: (macs) => `全部列：${macs} MACs`,
  usedLocal: (macs, share, drop) => `每个汇合处以概率 ${drop} 丢弃每个输入：${macs} MACs，占整体的 ${share}`,
  usedGlobal: (column, macs, share) => `第 ${column} 列单独运行：${macs} MACs，占整体的 ${share}`,
  showColumn: (column) => `把第 ${column} 列作为普通网络打开`,
};
