import type { RuntimeProblem } from '../../../engine/runtime/problem.ts';
import type { WeightsProblem } from '../../../engine/weights/problem.ts';
import type { failures as english } from '../en/failures.ts';
import type { Widen } from '../types.ts';

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

/** 权重或运行时失败的原因；只有运行网络的部分才用得到。 */
export const failures: Widen<typeof english> = { weights: weightsFailure, runtime: runtimeFailure };
