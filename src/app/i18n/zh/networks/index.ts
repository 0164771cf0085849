import type { Messages } from '../../types.ts';

/** 关于每个网络的文字，按家族在需要时载入。 */
export const networks: Messages['networks'] = {
  load: {
    lenet: async () => (await import('./lenet.ts')).lenet,
    alexnet: async () => (await import('./alexnet.ts')).alexnet,
    zfnet: async () => (await import('./zfnet.ts')).zfnet,
    nin: async () => (await import('./nin.ts')).nin,
    vgg: async () => (await import('./vgg.ts')).vgg,
    googlenet: async () => (await import('./googlenet.ts')).googlenet,
    resnet: async () => (await import('./resnet.ts')).resnet,
    'stochastic-depth': async () => (await import('./stochastic-depth.ts')).stochasticDepth,
    'preact-resnet': async () => (await import('./preact-resnet.ts')).preactResnet,
    'wide-resnet': async () => (await import('./wide-resnet.ts')).wideResnet,
    resnext: async () => (await import('./resnext.ts')).resnext,
    fractalnet: async () => (await import('./fractalnet.ts')).fractalnet,
    densenet: async () => (await import('./densenet.ts')).densenet,
    squeezenet: async () => (await import('./squeezenet.ts')).squeezenet,
  },
};
