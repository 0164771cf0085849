import type { RuntimeProblem } from '../../../engine/runtime/problem.ts';
import type { WeightsProblem } from '../../../engine/weights/problem.ts';
import type { Messages } from '../types.ts';

const weightsFailure = (problem: WeightsProblem): string => {
  switch (problem.code) {
    case 'truncated':
      return `权重文件不完整：应有 ${problem.expected} 字节，只收到 ${problem.actual} 字节。`;
    case 'not-safetensors':
      return '收到的不是权重文件。';
    case 'hash-differs':
      return '权重文件与它的说明卡不符：SHA-256 不一致，因此不予使用。';
    case 'missing-tensor':
      return `这是另一个网络的权重：其中没有张量“${problem.tensor}”。`;
    case 'unexpected-tensor':
      return `这是另一个网络的权重：其中的张量“${problem.tensor}”在本网络中不存在。`;
    case 'shape-differs':
      return `这是另一个网络的权重：“${problem.tensor}”的形状是 ${problem.actual.join('×')}，而不是 ${problem.expected.join('×')}。`;
    case 'bad-card':
      return `权重的说明卡已损坏：字段“${problem.field}”不合要求。`;
    case 'http':
      return `无法获取权重：服务器返回状态 ${problem.status}。`;
    case 'network':
      return '无法获取权重：连接不到服务器。';
  }
};

const runtimeFailure = (problem: RuntimeProblem): string => {
  switch (problem.code) {
    case 'no-simd':
      return '此浏览器不支持运行时所需的 WebAssembly SIMD，仍由页面自带的求值器作答。';
    case 'no-adapter':
      return '此浏览器没有可用的 WebGPU 适配器，网络改用 WebAssembly 运行。';
    case 'download':
      return problem.status === null
        ? '无法获取运行时：连接不到服务器。'
        : `无法获取运行时：服务器返回状态 ${problem.status}。`;
    case 'out-of-memory':
      return '运行时内存不足。';
    case 'session-failed':
      return `运行时拒绝了这个网络：${problem.detail}`;
    case 'wrong-numbers':
      return `此后端算出的数有误（${problem.node} 相差 ${problem.maxError.toPrecision(2)}），因此不显示它的结果。`;
    case 'run-failed':
      return `上一次运行失败：${problem.detail}`;
    case 'worker-died':
      return problem.silent
        ? '运行时没有响应，正在重新启动；画的内容不会丢失。'
        : '运行时出了故障，正在重新启动；画的内容不会丢失。';
    case 'terminated':
      return '运行时已关闭。';
  }
};

/** 单个网络的页面。 */
export const explore: Messages['explore'] = {
  unknownTitle: '没有这个网络',
  unknown: (id) => `图谱中没有名为“${id}”的网络。`,
  didYouMean: '您要找的是',
  backToAtlas: '返回图谱',
  settings: '输入、单位与各项数值',
  units: '运算的计数方式',
  macs: 'MAC',
  flops: 'FLOP',
  dtype: '数值格式',
  batch: '批大小',
  batchNorm: '批归一化',
  batchNormApart: '批归一化单列',
  batchNormFolded: '已折叠',
  memoryPanel: '设备上的内存与时间',
  view: '视图',
  viewMaps: '特征图',
  viewVolumes: '张量',
  modelsPanel: '可运行的模型',
  figurePanel: '逐层看网络',
  tablePanel: '各层',
  inspectorPanel: '层',
  aboutPanel: '关于这个网络',
  unfoldAll: '全部展开',
  foldAll: '全部折叠',
  idea: '它带来了什么',
  notes: '各处说法的出入',
  source: '出处',
  grows: (layer, inputs, usual) =>
    `在这个尺寸下，${layer} 的输入是 ${inputs} 个数，而不是 ${usual} 个：它的参数量随输入改变，按通常尺寸训练的权重不再适用。`,
  runOn: '运行于',
  runOnAuto: '自动（WebAssembly）',
  runOnWasm: 'WebAssembly',
  runOnWebgpu: 'WebGPU',
  runOnWebgpuMissing: 'WebGPU（此浏览器不支持）',
  accuracyNote: (task, images) => `${task}，${images} 张测试图像`,
  oneRunNote: (by, runs) => `${by}，${runs} 次的中位数`,
  by: { reference: '页面求值器', wasm: 'WebAssembly', webgpu: 'WebGPU' },
  byLong: {
    reference: '运行时到达之前，由页面自带的求值器作答。',
    wasm: '由 onnxruntime-web 在 WebAssembly 上作答。',
    webgpu: '由 onnxruntime-web 在 WebGPU 上作答。',
  },
  agreement: (error) => `已与页面自带的求值器核对：最大相差 ${error}。`,
  progress: { weights: '正在获取权重', runtime: '正在获取运行时', session: '正在启动运行时' },
  progressOf: (received, total) => `${received} / ${total}`,
  clocks: '计时',
  clockWeights: '获取权重',
  clockRuntime: '获取运行时',
  clockStart: '启动',
  clockFirst: '首次运行',
  clockRun: '单次运行（中位数）',
  weightsFailed: weightsFailure,
  runtimeFailed: runtimeFailure,
  weightsFailedRest: '下面的形状、代价和算式不需要权重。',
  fellBack: '现改用 WebAssembly 运行。',
  modelNeedsInput: (size) => `训练好的权重只适用于 ${size} 的输入。恢复输入尺寸后即可绘制。`,
};
