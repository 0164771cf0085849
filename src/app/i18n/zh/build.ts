import type { OpenProblem } from '../../build/opened-store.ts';
import type { build as english } from '../en/build.ts';
import { memoryRefusal } from './models.ts';
import { onnxImport } from './onnx-import.ts';

const problemOf = (problem: OpenProblem): string => {
  switch (problem.code) {
    case 'import':
      return onnxImport.problem(problem.problem);
    case 'nothing-given':
      return '给出的内容里没有文件。';
    case 'no-model':
      return '这些文件都不是 .onnx：请把模型和存放权重的文件一起给出。';
    case 'several-models':
      return `这里有好几个模型（${problem.names.join('、')}）：请一次只给一个。`;
    case 'broke-down':
      return `读取文件时出错${problem.reason ? `（${problem.reason}）` : ''}；也许此设备的内存不够。`;
  }
};

/** 自己的网络：打开的 ONNX 文件。 */
export const build: typeof english = {
  title: '你自己的网络',
  lede: '打开一个 ONNX 文件，像图谱中的任何网络一样查看它：画出结构、逐层测算，并用图片运行。',
  open: '打开 ONNX 文件',
  drop: '或把它拖到本页任意位置。如果权重另存在其他文件中，请一次全部选中。',
  takes: [
    '任何工具导出的文件都可以：PyTorch、TensorFlow、Keras、PaddlePaddle……float32、float16 或 int8（QDQ 与 QOperator）。',
    '这里不认识的算子会列出来，不计入总数，也绝不当作零。',
  ],
  privacy: '一切都留在此设备上：文件在浏览器中读取，刷新页面后即被忘记。',
  compare: '与图鉴中的网络对比',
  another: '可把另一个文件拖到任意位置，或在此选择。',
  reading: (name) => `正在读取 ${name}`,
  cancel: '取消',
  problem: (name, problem) => (name === '' ? problemOf(problem) : `${name}：${problemOf(problem)}`),
  question: (name) => `${name} 没有固定输入的高和宽。要按什么尺寸测算？`,
  questionSize: '高 × 宽',
  questionOpen: '按此尺寸打开',
  subtitle: (file, size, opset, producer) =>
    `${file}，${size}，opset ${opset}${producer === '' ? '' : `，由 ${producer} 写出`}`,
  notices: '从文件中读到的内容',
  uncountedTitle: (count) => `有 ${count} 个算子未计入，因此总数至少是所示数值`,
  unmeasuredTitle: (count) => `有 ${count} 个算子无法测算，因此网络没有总数`,
  uncountedMore: (count) => `以及另外 ${count} 个`,
  reasons: onnxImport.reasons,
  notes: onnxImport.notes,
  weights: (size, types) =>
    types.length === 0
      ? ''
      : types.length === 1
        ? `；权重为 ${types[0]?.[0]}，${size}`
        : `；权重为 ${types.map(([type, own]) => `${type}（${own}）`).join('、')}`,
  memory: (runtime, most) => `一次运行所需内存：权重与激活 ${runtime}，整个标签页最多 ${most}。`,
  memoryRefusal,
  weightsMissing: (sentence) => `${sentence}没有它们也能画出并测算网络；要运行，请一并给出。`,
  weightsProblem: onnxImport.problem,
  otherInputs: (names) => `其他输入：${names.join('、')}。`,
  outputs: (count, answer) => `它有 ${count} 个输出；答案取自 ${answer}。`,
  fixedInput: (size) => `在此尺寸下不能运行：文件把输入固定为 ${size}。恢复该尺寸即可运行。`,
  passing: (count) =>
    `有 ${count} 条连接没有画出：连线无法归结为串联与并联的嵌套，因此图中按运行顺序排列算子。所有数字都计入了每条连接。`,
  batch: (count) => `文件固定了批大小 ${count}：数字按一张图像计，运行时把它重复 ${count} 次。`,
  obstacles: {
    'other-inputs': '这里不能运行它：除图片外它还有其他输入，而本页只能给它图片。',
    'unknown-shapes': '这里不能运行它：它的某个算子之后的形状未知。',
    'no-picture':
      '这里不能运行它：它的输入既不是单通道或三通道的图片，也不是与正方形图片数值个数相同的一列数。',
    type: '这里不能运行它：图片无法换算成它的输入类型。',
    float64:
      '这里不能运行它：它的卷积用 float64，而运行时只有 float32 与 float16 的卷积。换成 float32 即可运行。',
    output: '这里不能运行它：它的输出不是运行时能返回的张量。',
  },
  quantised: '整数算子总是在 WebAssembly 上运行，与下面的选择无关。',
  run: {
    unsaid: '文件没有说明图片应如何预处理。请选择制作者的做法。',
    range: '数值',
    ranges: {
      unit: '0 … 1',
      imagenet: 'ImageNet 均值与标准差',
      byte: '0 … 255',
      signed: '−1 … 1',
      caffe: '0 … 255 减 ImageNet 均值',
      own: '自己的数值',
    },
    own: {
      scale: '0 … 1 的数值乘以',
      mean: '减去',
      std: '除以',
      one: '请写一个数。',
      bad: '请写一个数，或红、绿、蓝各一个；除数不能为 0。',
    },
    source: '输入来自',
    sources: { pad: '手写板', picture: '图片' },
    framing: '手写内容的大小',
    framings: {
      fitted: '同 MNIST：28 像素中占 20，居中',
      padded: '同 LeNet-5：32 像素中占 20，居中',
      drawn: '按所画大小',
    },
    order: '通道顺序',
    pixels: '数值的排列',
    pixelOrders: {
      planes: '先全部红，再绿，再蓝',
      interleaved: '逐像素排列',
    },
    ink: '墨色',
    inks: { asIs: '浅底深字（原样）', inverted: '深底浅字（反色）' },
    kinds: {
      probabilities: '网络给出概率：数值之和为 1。',
      rounded: '网络以整数给出概率；本页将其缩放，使其和为 1。',
      independent: '网络对每一类单独判断，因此数值之和不必为 1。',
      binary: '网络只给出一个数：“是”的概率。它指哪一类，由制作者规定。',
      logits: '网络给出 logits；本页对其取 softmax。',
    },
    noClasses: (shape) => `输出为 ${shape}，不是每类一个数：请在图中查看。`,
    binary: ['否', '是'],
    oneNumber: '输出是一个数。',
    number: (value) => `输出是一个数：${value}。`,
    answer: '答案取自',
    labels: '类别名称',
    labelSets: { imagenet: 'ImageNet', cifar10: 'CIFAR-10', digits: '数字 0–9', none: '只用编号' },
    verdicts: {
      sure: (label) => label,
      likely: (label, other) => `可能是 ${label}（也可能是 ${other}）`,
      unsure: (label, other) => `难以判断：是 ${label}，还是 ${other}？`,
    },
  },
};
