import { alexnet } from './alexnet.ts';
import { densenet } from './densenet.ts';
import { fractalnet } from './fractalnet.ts';
import { googlenet } from './googlenet.ts';
import { lenet } from './lenet.ts';
import { nin } from './nin.ts';
import { preactResnet } from './preact-resnet.ts';
import { resnet } from './resnet.ts';
import { resnext } from './resnext.ts';
import { squeezenet } from './squeezenet.ts';
import { stochasticDepth } from './stochastic-depth.ts';
import type { PublishedTable, PublishedValue } from './types.ts';
import { vgg } from './vgg.ts';
import { wideResnet } from './wide-resnet.ts';
import { zfnet } from './zfnet.ts';

/** Published values of every family, by architecture id: one file a family, one line here. */
export const published: PublishedTable = {
  ...lenet,
  ...alexnet,
  ...zfnet,
  ...nin,
  ...vgg,
  ...googlenet,
  ...resnet,
  ...stochasticDepth,
  ...preactResnet,
  ...wideResnet,
  ...resnext,
  ...fractalnet,
  ...densenet,
  ...squeezenet,
};

/** What was published about a network, in the order of its file; nothing for one without entries. */
export const publishedOf = (id: string): readonly PublishedValue[] => published[id] ?? [];
