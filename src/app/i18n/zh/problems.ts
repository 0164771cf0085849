import type {
  AttributeRule,
  CountedQuantity,
  InputRule,
  NameRule,
  PlacedProblem,
  Problem,
} from '../../../engine/graph/problem.ts';
import type { Messages } from '../types.ts';

const attributeRules: Record<AttributeRule, string> = {
  'positive-integer': '不小于 1 的整数',
  'non-negative-integer': '不小于 0 的整数',
  odd: '奇数',
  finite: '有限的数',
  'padding-below-kernel': '小于卷积核的数',
  probability: '大于 0 且不超过 1 的数',
};

const nameRules: Record<NameRule, string> = {
  'integer-like': '读起来是一个整数，JavaScript 会把它挪到同组各层的最前面',
  'empty-or-slash': '为空，或含有斜杠、句点、美元符号',
  duplicate: '在同一处出现了两次',
};

const inputRules: Record<InputRule, string> = {
  'positive-integers': '不全是不小于 1 的整数',
  'at-most-2^31-values': '含有超过 2³¹ 个数值，没有设备能计算',
};

const counted: Record<CountedQuantity, string> = {
  activations: '个输出值',
  parameters: '个参数',
  operations: '次运算',
};

const axes = { height: '高度', width: '宽度' } as const;
const sides = { input: '输入', output: '输出' } as const;

const list = (shape: readonly number[]): string => shape.join('×');

function describe(problem: Problem): string {
  switch (problem.code) {
    case 'window-does-not-fit': {
      const padding = problem.padBefore + problem.padAfter;
      const padded =
        padding === 0
          ? '填充为 0'
          : `填充 ${problem.padBefore} + ${problem.padAfter}，共 ${problem.extent + padding}`;
      return `${axes[problem.axis]}方向上，大小为 ${problem.kernel} 的窗口放不进 ${problem.extent}（${padded}）`;
    }
    case 'inputs-differ':
      return problem.from.length > 1
        ? `声明的输入是 ${problem.declared} 个数，但 ${problem.from.join(' · ')} = ${problem.actual}`
        : `声明的输入是 ${problem.declared} 个数，但实际到来 ${problem.actual} 个`;
    case 'shapes-differ':
      return `形状 ${problem.shapes.map(list).join(' 与 ')} 不同，无法合并`;
    case 'rank':
      return problem.expected === 'image'
        ? `需要 [通道, 高, 宽] 的特征图，但到来的是 ${list(problem.shape)} 个数`
        : `需要一维特征，但到来的是 ${list(problem.shape)} 的特征图；请先展平`;
    case 'groups-do-not-divide':
      return `${problem.channels} 个${sides[problem.side]}通道不能被 ${problem.groups} 组整除`;
    case 'connections':
      return `连接表与 ${problem.channels} 个输出通道、${problem.inputs} 个输入通道不符`;
    case 'attribute':
      return `${problem.name} 为 ${problem.value}，但必须是${attributeRules[problem.rule]}`;
    case 'too-large':
      return `到这一层为止，网络将有 ${problem.total.toExponential(1)} ${counted[problem.quantity]}，超过了能够精确计数的上限 ${Number.MAX_SAFE_INTEGER}（2⁵³ − 1）`;
    case 'name':
      return `层名“${problem.name}”${nameRules[problem.rule]}`;
    case 'loose-branches':
      return `分支“${problem.name}”没有合并：只有处在一条分支的末尾时，才能交给外层的合并`;
    case 'input':
      return `${list(problem.shape)} 的输入${inputRules[problem.rule]}`;
    case 'shape-unknown':
      return `${problem.operator} 的输出形状未知，文件中也没有写明`;
  }
}

const describePlaced = ({ node, op, problem }: PlacedProblem): string =>
  `${op === 'Opaque' ? node : `${node}（${op}）`}：${describe(problem)}`;

/** 网络为什么搭不起来。 */
export const problems: Messages['problems'] = {
  title: '这个网络拼不起来',
  describe,
  describePlaced,
};
