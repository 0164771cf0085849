import { formatBytes } from '../../../engine/cost/format.ts';
import type { DownloadProblem } from '../../models/download-weights.ts';
import type { OpenWeightsProblem } from '../../models/open-weights.ts';
import type { MemoryRefusal } from '../../models/run-memory.ts';
import type { KeepOutcome } from '../../models/weight-keeper.ts';
import type { models as en } from '../en/models.ts';
import type { Widen } from '../types.ts';
import { onnxImport } from './onnx-import.ts';

const downloadProblem = (problem: DownloadProblem): string => {
  switch (problem.code) {
    case 'http':
      return `${problem.host} 没有给出文件：返回状态 ${problem.status}。`;
    case 'not-the-file':
      return `${problem.host} 发来的是网页或文本，不是所要的文件，因此不予使用。`;
    case 'unreachable':
      return `无法连接 ${problem.host}，或它不允许本站读取。`;
    case 'offline':
      return '设备处于离线状态。已存储在此的权重仍可使用。';
    case 'stalled':
      return `${problem.host} 连续 ${problem.seconds} 秒没有发来数据，下载已中止。`;
    case 'cut-short':
      return `文件提前结束：从 ${problem.host} 只收到 ${formatBytes(problem.received)}，应为 ${formatBytes(problem.expected)}。`;
    case 'too-long':
      return `${problem.host} 发来的数据超过文件应有的 ${formatBytes(problem.expected)}，因此不予使用。`;
    case 'hash-differs':
      return `${problem.host} 发来的不是所要的文件：SHA-256 不符，因此不予使用。`;
    case 'no-memory':
      return `浏览器没有 ${formatBytes(problem.bytes)} 内存来存放该文件。`;
  }
};

const openProblem = (problem: OpenWeightsProblem): string => {
  switch (problem.code) {
    case 'import':
      return onnxImport.problem(problem.problem);
    case 'broke-down':
      return '读取文件时出错；可能是本设备内存不足。';
    case 'gone':
      return '浏览器中已没有该文件，请重新下载。';
  }
};

/** Why a network is not run for want of memory. */
export const memoryRefusal = ({ code, bytes, limit, beside }: MemoryRefusal): string =>
  code === 'runtime'
    ? `不予运行：需要 ${formatBytes(bytes)}，而此处 WebAssembly 最多可用 ${formatBytes(limit)}。较小的输入所需较少。`
    : beside > 0
      ? `不予运行：启动时需要 ${formatBytes(bytes)}，连同正在运行的网络所占的 ${formatBytes(beside)}，超过本设备内存的一半（${formatBytes(limit)}）。`
      : `不予运行：启动时需要 ${formatBytes(bytes)}，超过本设备内存的一半（${formatBytes(limit)}）。`;

const keepNotes: Readonly<Record<KeepOutcome, string | null>> = {
  stored: null,
  full: '浏览器没有空间保存该文件：它会保留到本页关闭为止。',
  unavailable: '浏览器不允许本页存储：该文件会保留到本页关闭为止。',
};

/** The weights that a network can run with, and where they are kept. */
export const models: Widen<typeof en> = {
  title: '用哪组权重运行',
  nothingBefore: '在你要求之前，不会下载或启动任何东西。',
  tasks: { mnist: 'MNIST', cifar10: 'CIFAR-10' },
  trained: (task) => `在 ${task} 上训练的权重`,
  trainedOrigin: '由本项目训练，随网页提供',
  imagenet: (kind) => `ImageNet 权重，${kind}`,
  imagenetOf: (kind, title) => `${title} 的 ImageNet 权重，${kind}`,
  imagenetOrigin: (hosts) => `来自 ONNX 模型库，托管于 ${hosts}`,
  random: '随机权重',
  randomOrigin: (seed) => `在此按 He 初始化生成，种子 ${seed}：无需下载`,
  columns: { size: '大小', accuracy: '准确率', licence: '许可', memory: '运行所需内存' },
  none: '—',
  top1: (percent) => `${percent} %`,
  top5: (percent) => `前五：${percent} %`,
  accuracySources: {
    zoo: '据模型库所述',
    torchvision: '据 torchvision 0.14 所述',
  },
  accuracySource:
    'ImageNet 权重的准确率：在 ImageNet 的 50,000 张验证图片上答对的比例，取每张图片的中央，数值据其来源所述，并非在此测得。',
  testPictures: (count) => `在 ${count} 张测试图片上测得`,
  guessing: '与乱猜无异',
  memory: (bytes) => bytes,
  memoryMost: (bytes) => `整个标签页最多 ${bytes}`,
  inUse: '使用中',
  use: '使用',
  stop: '停止并释放内存',
  download: (size) => `下载 ${size}`,
  cancel: '取消',
  again: '重试',
  opening: '正在读取文件……',
  runRandom: '用随机权重运行',
  stored: '已存于此浏览器',
  progress: '正在下载',
  progressOf: (received, total) => `${received} / ${total}`,
  action: (action, name) => `${action}：${name}`,
  noRoom: (free) => `浏览器只剩 ${free} 空间：该文件只能保留到本页关闭为止。`,
  unknown: (id) => `本页没有名为“${id}”的权重。`,
  press: '地址要求使用随机权重；按下按钮后才会生成。',
  problem: downloadProblem,
  openProblem,
  refusal: memoryRefusal,
  keepNotes,
  sameNetwork: '文件中正是这个网络，各层按文件所载运行：',
  otherNetwork: '文件中的网络与本页的构造不同，因此只给出答案，不显示特征图。',
  changed: (count, examples) => `${count} 层的数值不同（${examples}）。`,
  changedLayer: (id, own, file) => (own === file ? id : `${id}：${file}，此处为 ${own}`),
  absorbed: (count) => `${count} 个批归一化或 ReLU 已并入前一层；该处显示的是其后的输出。`,
  quantised: '8 位整数：特征图显示它们所代表的数值。在 WebAssembly 上运行。',
  asDefined: '文件中正是这个网络，逐层与此处的定义相同。',
  randomWarning: '这些权重是随机的：答案没有意义。特征图和用时是真实的。',
  randomOverflow: '网络如此之深，随机权重下数值会溢出。',
  className: (index) => `类别 ${index}`,
  verdicts: {
    sure: (label) => `它认为这是：${label}`,
    likely: (label, other) => `可能是${label}（或${other}）`,
    unsure: (label, other) => `难以判断：${label}，还是${other}？`,
  },
  knows: '它只认识 ImageNet 的 1,000 个类别。',
  labelsFailed: '无法取得类别名称，故以编号代替。',
  storage: {
    open: '已存储的权重',
    title: '存储在此浏览器中的权重',
    empty: '没有存储任何权重。',
    close: '关闭',
    file: '文件',
    size: '大小',
    date: '存储日期',
    remove: '删除',
    removeNamed: (file) => `删除 ${file}`,
    removeAll: '全部删除',
    total: (count, bytes) => `${count} 个文件，${bytes}`,
    space: (used, quota) => `本站已使用 ${used}，浏览器允许 ${quota}。`,
    held: (count) => `另有 ${count} 个文件保留到本页关闭为止。`,
    noDate: '未知',
    words: ['storage', 'cache', 'downloads', 'weights', 'remove', '存储', '权重'],
  },
};
