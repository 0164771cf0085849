import type { Architecture, Family } from '../engine/spec/types.ts';
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
import { vgg } from './vgg.ts';
import { wideResnet } from './wide-resnet.ts';
import { zfnet } from './zfnet.ts';

/** The catalogue: every family, in the order of its years. */
export const families: readonly Family[] = [
  lenet,
  alexnet,
  zfnet,
  nin,
  vgg,
  googlenet,
  resnet,
  preactResnet,
  squeezenet,
  stochasticDepth,
  wideResnet,
  densenet,
  fractalnet,
  resnext,
];

/** Every architecture by its id. */
export const architectures: ReadonlyMap<string, Architecture> = new Map(
  families.flatMap((family) => family.variants.map((variant) => [variant.id, variant] as const)),
);

/** The family an architecture belongs to. @throws RangeError for an unknown id */
export function familyOf(id: string): Family {
  const family = families.find(({ variants }) => variants.some((variant) => variant.id === id));
  if (!family) throw new RangeError(`no architecture "${id}"`);
  return family;
}
