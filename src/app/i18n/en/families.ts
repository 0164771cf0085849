import type { FamilyMessages } from '../network-messages.ts';

/** What the lineage says about each family: the words on the edge that leads to it. */
export const families = {
  lenet: { change: 'shared filters, subsampling, one training for all layers' },
  alexnet: { change: 'photographs, ReLU, dropout, two GPUs' },
  zfnet: { change: '11×11 at stride 4 becomes 7×7 at stride 2' },
  nin: { change: '1×1 convolutions, and a mean in place of the fully connected head' },
  vgg: { change: 'nothing but 3×3, twice as deep' },
  googlenet: { change: 'four window sizes side by side, 1×1 to pay for them' },
  resnet: { change: 'blocks add to their input: 152 layers train' },
  'stochastic-depth': { change: 'training leaves out whole blocks at random' },
  'preact-resnet': { change: 'normalization and ReLU before the convolution, nothing on the shortcut' },
  'wide-resnet': { change: 'fewer layers, k times as many channels' },
  resnext: { change: 'the bottleneck in 32 groups' },
  fractalnet: { change: 'deep without shortcuts: short and long columns meet in a mean' },
  densenet: { change: 'concatenate instead of adding: each layer reads all before it' },
  squeezenet: {
    change: 'squeeze by 1×1, expand by 1×1 and 3×3: AlexNet’s accuracy with 1.2 million parameters',
  },
} satisfies Record<string, FamilyMessages>;

/** A family that the page has words for. */
export type FamilyId = keyof typeof families;
