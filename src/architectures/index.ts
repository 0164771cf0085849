import type { Architecture, Family } from '../engine/spec/types.ts';
import { alexnet } from './alexnet.ts';
import { lenet } from './lenet.ts';
import { vgg } from './vgg.ts';
import { zfnet } from './zfnet.ts';

/** The catalogue: every family, in the order of its years. */
export const families: readonly Family[] = [lenet, alexnet, zfnet, vgg];

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
