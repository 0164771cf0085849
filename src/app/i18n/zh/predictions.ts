import type { predictions as english } from '../en/predictions.ts';
import type { Widen } from '../types.ts';

/** 网络的回答。 */
export const predictions: Widen<typeof english> = {
  label: '预测',
  sure: (label) => `这是 ${label}`,
  likely: (label, other) => `可能是 ${label}（也可能是 ${other}）`,
  unsure: (label, other) => `难以判断：是 ${label}，还是 ${other}？`,
  empty: '画一个数字，看看网络怎么认',
  waiting: '正在识别……',
};
