/** How often a network's first answer is right on ImageNet's validation images, from one centre crop of each. */
export interface Accuracy {
  /** Per cent. */
  readonly top1: number;
  /** Who measured it, on which weights. */
  readonly source: string;
}

const torchvision = (top1: number): Accuracy => ({ top1, source: 'torchvision 0.14, IMAGENET1K_V1' });
const caffe = (top1: number): Accuracy => ({ top1, source: 'BVLC Caffe' });

/**
 * Top-1 accuracies that may be compared: one centre crop, and recipes of training of the networks' own years. By
 * architecture id. Newer weights of the same networks are 3 to 5 points better and left out.
 */
export const accuracies: Readonly<Record<string, Accuracy>> = {
  alexnet: caffe(57.1),
  'alexnet-owt': torchvision(56.522),
  zfnet: { top1: 60.21, source: 'osmr/imgclsmob' },
  'nin-imagenet': { top1: 59.36, source: 'NiN, Caffe model zoo' },
  vgg11: torchvision(69.02),
  'vgg11-bn': torchvision(70.37),
  vgg13: torchvision(69.928),
  'vgg13-bn': torchvision(71.586),
  vgg16: torchvision(71.592),
  'vgg16-bn': torchvision(73.36),
  vgg19: torchvision(72.376),
  'vgg19-bn': torchvision(74.218),
  googlenet: caffe(68.7),
  'googlenet-torchvision': torchvision(69.778),
  resnet18: torchvision(69.758),
  resnet34: torchvision(73.314),
  resnet50: torchvision(76.13),
  resnet101: torchvision(77.374),
  resnet152: torchvision(78.312),
  'resnet50-v1': { top1: 75.3, source: 'He et al., deep-residual-networks' },
  'resnet101-v1': { top1: 76.4, source: 'He et al., deep-residual-networks' },
  'resnet152-v1': { top1: 77, source: 'He et al., deep-residual-networks' },
  'preact-resnet200': { top1: 78.34, source: 'Zagoruyko, Komodakis 2016' },
  'wrn-50-2': torchvision(78.468),
  'wrn-101-2': torchvision(78.848),
  'resnext50-32x4d': torchvision(77.618),
  'resnext101-32x4d': { top1: 78.8, source: 'Xie et al. 2016' },
  'resnext101-32x8d': torchvision(79.312),
  densenet121: torchvision(74.434),
  densenet169: torchvision(75.6),
  densenet201: torchvision(76.896),
  densenet161: torchvision(77.138),
  densenet264: { top1: 77.85, source: 'Huang et al. 2017' },
  'squeezenet-1.0': torchvision(58.092),
  'squeezenet-1.1': torchvision(58.178),
};
