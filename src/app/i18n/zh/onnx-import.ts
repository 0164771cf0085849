import { formatBytes } from '../../../engine/cost/format.ts';
import type { ImportProblem, PlacedNode } from '../../../engine/onnx/import-problem.ts';
import type { onnxImport as english } from '../en/onnx-import.ts';
import { problems } from './problems.ts';

const list = (shape: readonly (number | string | null)[]): string =>
  shape.map((extent) => extent ?? '?').join('×');

const at = ({ node, operator }: PlacedNode): string => `${node}（${operator}）`;

const counted = { nodes: '个节点', tensors: '个张量', values: '个数（同一列表中）' } as const;

function sentence(problem: ImportProblem): string {
  switch (problem.code) {
    case 'empty':
      return '文件是空的。';
    case 'text':
      return {
        plain: '这是文本文件，不是 ONNX 模型。',
        html: '这是网页，不是 ONNX 模型。',
        pointer: '这是 Git LFS 指针文件：模型本身还没有下载。',
      }[problem.kind];
    case 'not-onnx':
      return problem.format === null
        ? '这不是 ONNX 模型。'
        : `这不是 ONNX 模型，看起来是 ${problem.format} 文件。`;
    case 'cut-short':
      return `文件不完整：只有 ${problem.size} 字节，至少需要 ${problem.needed} 字节。`;
    case 'malformed':
      return `文件已损坏：第 ${problem.at} 字节处的内容无法读取。`;
    case 'too-big':
      return `文件有 ${formatBytes(problem.size)}，而 ONNX 文件最多 ${formatBytes(problem.limit)}。`;
    case 'too-many':
      return `文件中有 ${problem.count} ${counted[problem.what]}，超过了能够显示的上限 ${problem.limit}。`;
    case 'no-graph':
      return '文件中没有网络。';
    case 'no-input':
      return '网络没有输入。';
    case 'no-output':
      return '网络没有输出。';
    case 'opset':
      return `文件使用 ONNX 算子集第 ${problem.version} 版；这里认识第 1 至 ${problem.newest} 版。`;
    case 'input-type':
      return `输入“${problem.input}”的类型是 ${problem.type}，不是数值张量。`;
    case 'input-size':
      return `文件没有写明输入“${problem.input}”的尺寸（${list(problem.shape)}）：请给出一个。`;
    case 'input-rank':
      return `尺寸 ${list(problem.asked)} 与输入“${problem.input}”（${list(problem.shape)}）的维数不符。`;
    case 'input-shape':
      return `${problems.describe(problem.problem)}。`;
    case 'cycle':
      return `节点 ${problem.nodes.join('、')} 互相等待：网络形成了环。`;
    case 'missing-tensor':
      return `${at(problem)}读取的“${problem.tensor}”既不在文件中，也没有节点产生它。`;
    case 'missing-output':
      return `没有节点产生输出“${problem.tensor}”。`;
    case 'duplicate':
      return `“${problem.tensor}”被产生了两次。`;
    case 'wrong-type':
      return `${at(problem)}不能接受类型为 ${problem.type} 的“${problem.tensor}”。`;
    case 'tensor-size':
      return `张量“${problem.tensor}”（${list(problem.shape)}，${problem.type}）应有 ${problem.expected} 字节，实际有 ${problem.actual} 字节。`;
    case 'tensor-type':
      return `张量“${problem.tensor}”的类型（${problem.type}）在 ONNX 中不存在。`;
    case 'attribute':
      return `${at(problem)}的属性“${problem.attribute}”缺失或取值不当。`;
    case 'inputs':
      return `${at(problem)}只有 ${problem.count} 个输入，不够。`;
    case 'misfit':
      return `${at(problem)}：${problems.describe(problem.problem)}。`;
    case 'shapes':
      return `${at(problem)}无法处理形状 ${problem.shapes.map(list).join(' 与 ')}。`;
    case 'dynamic-shape':
      return `${at(problem)}的尺寸要在运行时才能得出，它之后的部分无法计量。`;
    case 'batch':
      return `${at(problem)}把一批中的 ${problem.batch} 张图像混在了一起。`;
    case 'external-missing':
      return `权重存放在其他文件中，但缺少这些文件：${problem.files.join('、')}。`;
    case 'external-short':
      return `“${problem.file}”有 ${problem.size} 字节，而张量“${problem.tensor}”需要 ${problem.needed} 字节。`;
  }
}

/** 对打开的 ONNX 文件的说明。 */
export const onnxImport: typeof english = {
  problem: sentence,
  notes: {
    quantised: '整数运算的算子显示为它们所计算的层：',
    rewritten: '改写成结果相同的另一种算子：',
    'left-out': '不改变任何数值，因此略去：',
    'shared-weights': '几层共用的权重只计一次：',
    unused: '不通向任何输出，因此略去：',
    'several-inputs': '除图像外，网络还有其他输入：',
    'input-transposed': '输入的通道在最后一维；这里显示为通道在前：',
    'old-opset': '算子集版本较旧，可能无法运行：',
  },
  reasons: {
    'unknown-operator': '这里不认识的算子',
    subgraph: '内含子网络，运行次数不定',
    function: '文件自带的函数',
    definition: '这里没有推导其运算次数的算子',
    shape: '形状未知',
  },
  uncounted: (count: number) => `有 ${count} 个算子未计入`,
};
