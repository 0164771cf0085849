import { architectures, families, familyOf } from '../architectures/index.ts';
import { parentOf, representativeOf } from './lineage.ts';

/** What a network is best compared with, where that is not the first of its family. */
const predecessors: Readonly<Record<string, string>> = {
  alexnet: 'lenet5',
  zfnet: 'alexnet',
  'nin-cifar10': 'alexnet',
  'nin-imagenet': 'alexnet',
  vgg11: 'alexnet',
  vgg13: 'vgg11',
  vgg16: 'alexnet',
  vgg19: 'vgg16',
  'vgg11-lrn': 'vgg11',
  'vgg16-c': 'vgg13',
  'vgg11-bn': 'vgg11',
  'vgg13-bn': 'vgg13',
  'vgg16-bn': 'vgg16',
  'vgg19-bn': 'vgg19',
  googlenet: 'nin-imagenet',
  'inception-naive': 'inception-reduced',
  'inception-reduced': 'inception-naive',
  'inception-3a': 'inception-reduced',
  plain18: 'vgg11',
  plain34: 'vgg19',
  resnet18: 'plain18',
  resnet34: 'plain34',
  resnet50: 'resnet34',
  resnet101: 'resnet50',
  resnet152: 'resnet101',
  'resnet50-v1': 'resnet50',
  'resnet101-v1': 'resnet101',
  'resnet152-v1': 'resnet152',
  'plain20-cifar10': 'plain18',
  'plain56-cifar10': 'plain20-cifar10',
  'resnet20-cifar10': 'plain20-cifar10',
  'resnet32-cifar10': 'resnet20-cifar10',
  'resnet44-cifar10': 'resnet32-cifar10',
  'resnet56-cifar10': 'plain56-cifar10',
  'resnet110-cifar10': 'resnet56-cifar10',
  'resnet1202-cifar10': 'resnet110-cifar10',
  'preact-resnet110-cifar10': 'resnet110-cifar10',
  'preact-resnet164-cifar10': 'preact-resnet110-cifar10',
  'preact-resnet1001-cifar10': 'preact-resnet164-cifar10',
  'preact-resnet200': 'resnet152',
  'wrn-16-4': 'preact-resnet110-cifar10',
  'wrn-16-8': 'wrn-16-4',
  'wrn-22-8': 'wrn-16-8',
  'wrn-28-10': 'preact-resnet110-cifar10',
  'wrn-28-12': 'wrn-28-10',
  'wrn-40-4': 'preact-resnet110-cifar10',
  'wrn-50-2': 'resnet50',
  'wrn-101-2': 'resnet101',
  'resnext50-32x4d': 'resnet50',
  'resnext101-32x4d': 'resnet101',
  'resnext101-32x8d': 'resnext101-32x4d',
  'resnext101-64x4d': 'resnext101-32x4d',
  'resnext29-8x64d': 'resnet110-cifar10',
  'resnext29-16x64d': 'resnext29-8x64d',
  'stochastic-depth-110': 'resnet110-cifar10',
  'stochastic-depth-152': 'stochastic-depth-110',
  'stochastic-depth-1202': 'resnet1202-cifar10',
  fractalnet20: 'vgg16',
  fractalnet40: 'fractalnet20',
  fractalnet34: 'resnet34',
  densenet121: 'resnet50',
  'densenet40-k12': 'preact-resnet110-cifar10',
  'densenet100-k12': 'densenet40-k12',
  'densenet100-k24': 'densenet100-k12',
  'densenet-bc100-k12': 'densenet100-k12',
  'densenet-bc250-k24': 'densenet-bc100-k12',
  'densenet-bc190-k40': 'densenet-bc100-k12',
  'squeezenet-1.0': 'alexnet',
  'squeezenet-1.1': 'squeezenet-1.0',
};

/**
 * The network that a network is compared with unless the visitor chooses another: a table's, else its family's first,
 * else the one that stands for the family before; null for the network with which it all began.
 */
export function predecessorOf(id: string): string | null {
  const named = predecessors[id];
  if (named !== undefined && architectures.has(named)) return named;
  const family = familyOf(id);
  const first = family.variants[0]?.id;
  if (first !== undefined && first !== id) return first;
  const parent = families.find((one) => one.id === parentOf(family));
  return parent ? representativeOf(parent).id : null;
}
