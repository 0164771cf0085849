import type { FamilyId } from '../en/families.ts';
import type { FamilyMessages } from '../network-messages.ts';

/** 谱系图里通向每个家族的那条边上的话。 */
export const families: Readonly<Record<FamilyId, FamilyMessages>> = {
  lenet: { change: '共享的卷积核、下采样、所有层一起训练' },
  alexnet: { change: '真实照片、ReLU、dropout、两块 GPU' },
  zfnet: { change: '11×11 步幅 4 改为 7×7 步幅 2' },
  nin: { change: '1×1 卷积，用求平均代替全连接层' },
  vgg: { change: '只用 3×3，深度翻倍' },
  googlenet: { change: '四种窗口并排，靠 1×1 压低代价' },
  resnet: { change: '每块的结果加到输入上：152 层也能训练' },
  'stochastic-depth': { change: '训练时随机跳过整块' },
  'preact-resnet': { change: '归一化和 ReLU 移到卷积之前，捷径上什么都不放' },
  'wide-resnet': { change: '层数减少，通道加宽到 k 倍' },
  resnext: { change: '瓶颈分成 32 组' },
  fractalnet: { change: '没有捷径也能深：长短各列求平均汇合' },
  densenet: { change: '用拼接代替相加：每层读取前面所有层' },
  squeezenet: { change: '先用 1×1 压缩，再用 1×1 和 3×3 展开：AlexNet 的精度，只要 120 万个参数' },
};
