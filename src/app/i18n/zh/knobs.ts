import type { KnobProblem, KnobRule } from '../../../engine/spec/form.ts';
import type { KnobId } from '../../../engine/spec/types.ts';
import type { knobs as en } from '../en/knobs.ts';
import { shownValue } from '../knob-values.ts';

const names: Readonly<Record<KnobId, string>> = {
  depth: '深度',
  width: '宽度系数 k',
  filters: '第一阶段的卷积核数',
  cardinality: '基数 C',
  groupWidth: '每组宽度 d',
  growth: '增长率 k',
  compression: '压缩率 θ',
  columns: '列数 C',
  column: '单独一列（0 为全部）',
  survival: '最后一块的存活概率 p_L',
  classes: '类别数',
};

function ruleText(rule: KnobRule): string {
  switch (rule.kind) {
    case 'integer':
      return '整数';
    case 'congruent':
      return `${rule.modulus}n + ${rule.remainder}（n 为整数）`;
    case 'choice':
      return `${rule.choices.join('、')} 之一`;
    case 'fraction':
      return '数';
  }
}

function describe({ id, value, reason, knob, limit }: KnobProblem, text: string, title: string): string {
  const shown = shownValue(value, text, 'zh');
  if (!knob || reason === 'unknown-knob') return `${title} 没有名为“${names[id] ?? id}”的参数。`;
  const range = `介于 ${knob.minimum.toLocaleString('zh')} 与 ${knob.maximum.toLocaleString('zh')} 之间`;
  if (reason === 'too-large') return `${names[id]}取 ${shown} 时，网络的层数太多，这里既画不出也数不清。`;
  if (reason === 'above-other' && limit) {
    return `${shown} 不行：${names[id]}最多为 ${limit.value.toLocaleString('zh')}，即${names[limit.id]}的值。现在显示的是 ${title} 的数字。`;
  }
  return `${shown} 不行：${names[id]}必须是${ruleText(knob.rule)}，${range}。现在显示的是 ${title} 的数字。`;
}

/** 一个家族中各网络所不同的数。 */
export const knobs: typeof en = {
  title: '调节这个家族的参数',
  names,
  rule: (rule) => (rule.kind === 'congruent' ? `${rule.modulus}n + ${rule.remainder}` : ''),
  slider: (name) => `${name}，滑块`,
  marks: (titles) => `论文中的网络：${titles.join('、')}`,
  describe,
  reset: (title) => `回到 ${title}`,
  varied: (title) => `${title} 的变体：不是任何论文中的网络`,
  same: '这正是以下网络的参数：',
};
