import type { runTimes as en } from '../en/run-times.ts';
import type { Widen } from '../types.ts';

/** 运行耗时，以及两种后端的比较。 */
export const runTimes: Widen<typeof en> = {
  clocks: '计时',
  weights: '获取权重',
  runtime: '获取运行时',
  start: '启动',
  first: '首次运行',
  answers: (runs) => (runs === 1 ? '目前唯一的一次作答' : `作答，${runs} 次的中位数`),
  answersNote: '作答时还要交出屏幕上的各层。',
  steady: (runs) => `稳定运行，${runs} 次的中位数`,
  middle: (lower, upper) => `其中一半在 ${lower} 与 ${upper} 之间`,
  timeIt: (runs) => `计时 ${runs} 次`,
  timing: '正在计时',
  timingOf: (done, total) => `${done} / ${total}`,
  cancel: '取消',
  failed: '运行失败，没有得到时间。',
  onWasm: (threads, cores) => `WebAssembly 上的 onnxruntime-web，${threads} 个线程，处理器有 ${cores} 个核心`,
  onWebgpu: (adapter) => `WebGPU 上的 onnxruntime-web，${adapter || '未报告名称的适配器'}`,
  byReference: '页面自带的求值器，在页面线程上',
  trial: {
    running: '正在这台设备上比较 WebGPU 与 WebAssembly……',
    parity: (tensors, error) =>
      `WebGPU 与 WebAssembly 得到同一输入，所比较的 ${tensors} 个张量全部一致：最大相差 ${error}。`,
    faster: (by, wasm, webgpu, runs) =>
      `这里 ${by} 更快：每次运行 WebAssembly ${wasm}，WebGPU ${webgpu}（预热后 ${runs} 次的中位数）。`,
    wrong: 'WebGPU 在这里算出的数与 WebAssembly 不同，因此不使用它。',
    unusable: '已尝试 WebGPU，但在这里无法使用。',
    auto: (by) => `自动（${by}）`,
  },
  layers: {
    title: '逐层耗时',
    how: (runs) =>
      `onnxruntime 自己在 WebAssembly 上对 ${runs} 次运行的剖析，使用单独的会话：每个节点取中位数。每个节点的输出都是模型的输出，因此没有节点与相邻节点融合。`,
    webgpu: 'WebGPU 只报告提交任务的时间，因此各层在 WebAssembly 上计时。',
    start: '测量各层',
    again: '重新测量',
    cancel: '取消',
    progress: '已计时的运行',
    table: '按时间列出的各层',
    layer: '层',
    macs: 'MACs',
    time: '时间',
    total: (time, runs) => `所有层共 ${time}（${runs} 次运行的各中位数相加）`,
    other: (time) => `每次运行另有 ${time} 在各层之间度过，含计时本身。`,
    tiny: '计时本身也要花时间：对这么小的网络，请看比例，而不是毫秒数。',
    none: '被运行时略去',
    failed: '未能对各层计时。',
    here: (time, share) => `在此实测：${time}，占所有层用时的 ${share}。`,
    shares: (macs) => `它占 MACs 的 ${macs}。`,
  },
};
