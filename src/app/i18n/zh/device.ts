import type { ReportProblem } from '../../../engine/measure/device-report.ts';
import type { device as english } from '../en/device.ts';
import type { Widen } from '../types.ts';

const problem = (of: ReportProblem): string => {
  switch (of.code) {
    case 'not-json':
      return '这不是测量文件：它不是 JSON。';
    case 'other-format':
      return '这不是本页写出的测量文件。';
    case 'other-version':
      return `这个文件由本页的另一版本（${of.version}）写出，无法对比。`;
    case 'damaged':
      return `这个文件已损坏：字段“${of.field}”缺失或不是这样的值。`;
  }
};

/** 测量这台设备。 */
export const device: Widen<typeof english> = {
  title: '这台设备',
  lede: '浏览器提供什么，网络在其中跑多快，又受什么限制。一切都不会离开设备。',
  offers: '浏览器提供什么',
  facts: {
    browser: '浏览器',
    cores: '处理器核心数',
    memory: '内存',
    isolated: '跨源隔离',
    simd: 'WebAssembly SIMD',
    threads: 'WebAssembly 线程',
    jspi: 'WebAssembly 可等待 Promise',
    gpu: 'WebGPU 适配器',
    half: 'WebGPU 半精度',
    buffer: 'WebGPU 最大缓冲区',
  },
  yes: '有',
  no: '无',
  notTold: '未告知',
  memoryOf: (gib) => `${gib} GiB（浏览器取整后）`,
  noThreads: '无：页面没有跨源隔离',
  noGpu: '没有找到',
  software: '由软件模拟，不是图形处理器',
  asking: '正在询问浏览器……',
  benchmark: '有多快',
  benchmarkNote:
    '网络使用随意生成的权重运行：时间与权重的值无关。启动和首次运行单独列出；先跑两次不计，再计最多三十次，至多四秒。只索取答案，因此运行时可以合并各层。',
  networks: '网络',
  more: '再加一个网络',
  choose: '选择一个网络……',
  backends: '后端',
  wasm: 'WebAssembly',
  webgpu: 'WebGPU',
  webgpuMissing: 'WebGPU：浏览器没有提供适配器',
  memoryNeeded: (amount) => `需要 ${amount}`,
  tooLarge: (amount) => `需要 ${amount}：超过一个标签页所能得到的`,
  precision: '精度',
  precisions: { fp32: 'fp32，单精度', fp16: 'fp16，半精度', int8: 'int8，整数' },
  obstacles: {
    'wasm-has-no-half': '只能在 WebGPU 上：WebAssembly 没有半精度运算',
    'no-half': '这个适配器没有 shader-f16',
    'no-adapter': '需要 WebGPU，而浏览器没有提供适配器',
    'webgpu-has-no-whole': '只能在 WebAssembly 上：运行时没有 WebGPU 的整数卷积',
  },
  calibrated: (runs) => `权重和激活（QDQ），用 ${runs} 张随意生成的图片校准`,
  way: (backend, precision) => (precision === 'fp32' ? backend : `${backend}，${precision}`),
  start: '开始测量',
  cancel: '停止',
  limits: '设备的极限',
  progress: (what, backend, done, of) => `正在 ${backend} 上测量 ${what}：已完成 ${done} / ${of}`,
  stopped: '已停止。已测得的保留。',
  failed: (what, backend, reason) => `${what}（${backend}）：${reason}`,
  nothing: '还没有测量。',
  nothingChosen: '至少选择一个网络和一个后端。',
  intensities: {
    title: '什么会限制它们',
    note: '所选网络每移动一个字节计算多少：一张图片，fp32。每个圆是一层，面积按它在运算中所占的份额。',
    label: (list) => `每字节 FLOP 数：${list}。`,
    whole: '整个网络',
    ridge: (backend, at) => `${backend}：屋顶在 ${at} 处转折`,
    unknown: '偏左受内存限制，偏右受算力限制。两者在何处交替，由这台设备决定：请测量。',
    read: '虚线左侧受这台设备的内存限制，右侧受算力限制。',
    none: '选择一个网络，看它每个字节计算多少。',
  },
  results: '在此测得',
  columns: {
    network: '网络',
    backend: '后端',
    start: '启动',
    first: '首次运行',
    median: '每次运行，中位数',
    spread: '中间一半',
    rate: '每秒乘加',
    bound: '屋顶线下界',
    times: '是下界的几倍',
    other: '另一台设备',
  },
  threads: (count) => `${count} 个线程`,
  runs: (count) => `${count} 次`,
  drift: (percent) => `运行期间慢了 ${percent}：设备可能变热了`,
  roofline: '屋顶线',
  rooflineNote: (backend, rate, bandwidth) =>
    `${backend}：大卷积达到 ${rate}，只搬运数值的算子达到 ${bandwidth}，都在此测得。网络低于屋顶多少，就损失多少。`,
  otherRoof: '虚线和空心点：另一台设备。',
  rooflineLabel: (backend, list) => `${backend} 的屋顶线：${list}。`,
  layers: {
    title: '屋顶下的逐层情况',
    note: '一个网络的每一层：每搬运一个字节要计算多少，实际有多快；屋顶线的预测与这里测得的时间并列。在 WebAssembly 上以 fp32 逐层计时，不合并任何层。',
    network: '要逐层计时的网络',
    start: '逐层计时',
    progress: '已计时的运行',
    noRoof: '请先在上面测量 WebAssembly 的极限：屋顶由它们构成。',
    misfit: '这个网络与它的输入拼不上，因此无法运行。',
    of: (title) => `${title} 各层`,
    sum: (predicted, measured, times) =>
      `全部层：预测至少 ${predicted}，测得 ${measured}，是预测的 ${times}。低于 1 倍的层，数据留在缓存中，或用了乘法更少的算法，或运行时设备比测量极限时更空闲。`,
    columns: {
      layer: '层',
      intensity: '每字节 FLOP',
      limit: '受限于',
      predicted: '预测',
      measured: '在此测得',
      times: '是预测的几倍',
      memory: '内存',
      arithmetic: '运算',
    },
    all: (count) => `列出全部 ${count} 层`,
    fewer: '只列最久的层',
  },
  across: '每字节 FLOP',
  up: 'FLOP/s',
  export: '存为 JSON',
  import: '与存下的设备对比',
  forget: '清除测量结果',
  compared: (browser, when) => `与 ${browser} 对比，测于 ${when}。`,
  stopComparing: '不再对比',
  problem,
};
