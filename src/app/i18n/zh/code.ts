import type { code as original } from '../en/code.ts';
import type { Widen } from '../types.ts';

/** 网络的代码、文件与表格。 */
export const code: Widen<typeof original> = {
  kind: '形式',
  kinds: { torch: 'PyTorch', keras: 'Keras', onnx: 'ONNX', table: '表格' },
  format: '格式',
  formats: { csv: 'CSV', json: 'JSON', latex: 'LaTeX', markdown: 'Markdown' },
  hints: {
    torch:
      '适用于 PyTorch 1.10 及以上版本。state_dict 的键就是这里各层的名称，斜线换成点；重复的部分写成类。',
    keras:
      '适用于 Keras 3 的任意后端，通道在最后。各层沿用这里的名称，斜线换成点；Keras 填充方式不同之处均显式填充。',
    table: '每个算子及其各项数值（按一幅图像计），以及合计。',
    onnx: 'Opset 17。与图中所示相同的网络，权重未经训练：由种子决定的随机数，取值范围依 He 等（2015）与 Glorot、Bengio（2010），在任何机器上都一样。',
  },
  lines: (count) => `${count} 行`,
  cut: (shown, all) => `这里只显示全部 ${all} 行中的前 ${shown} 行；复制和下载包含全部内容。`,
  copy: '复制',
  copied: '已复制。',
  copyFailed: '浏览器不允许复制，请直接选中文本。',
  download: '下载',
  seed: '权重的种子',
  decrease: '减小种子',
  increase: '增大种子',
  makeFile: (size) => `生成并下载（${size}）`,
  large: (size) => `文件在您的浏览器中分块生成；保存完成之前，需要两倍于 ${size} 的磁盘空间。`,
  tooLarge: (size) => `这个网络需要 ${size}，超过了单个 ONNX 文件 2 GiB 的上限。`,
  making: '正在生成文件',
  made: (done, all) => `${done} / ${all}`,
  cancel: '取消',
  cancelled: '已放弃，没有保存任何内容。',
  saved: (name) => `${name} 已交给浏览器下载。`,
  formless: (form, operators) => `这个网络没有 ${form} 代码：对于 ${operators.join('、')}，这里只知道形状。`,
  failed: (reason) => `无法生成文件：${reason}`,
};
