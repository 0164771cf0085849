import type { aboutArea as original } from '../en/about-area.ts';
import type { Widen } from '../types.ts';

/** 各层表格下方的选项卡。 */
export const aboutArea: Widen<typeof original> = {
  label: '关于这个网络',
  titles: {
    idea: '核心思想',
    sampler: '训练时',
    changes: '改了什么',
    published: '已发表的数值',
    claims: '课上的论断',
    weights: '权重',
    code: '代码',
  },
};
