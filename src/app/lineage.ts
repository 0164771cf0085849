import { architectures, families, familyOf } from '../architectures/index.ts';
import type { RailFamily } from '../components/lineage/lineage-rail.tsx';
import type { Architecture, Family } from '../engine/spec/types.ts';

/** What each family was built on, by family id; a family that is not listed begins a line of its own. */
const parents: Readonly<Record<string, string>> = {
  alexnet: 'lenet',
  zfnet: 'alexnet',
  vgg: 'alexnet',
};

/** The network that stands for a family where that is not its first. */
const representatives: Readonly<Record<string, string>> = { vgg: 'vgg16' };

/** The address of a network's page. */
export const exploreHref = (id: string): string => `/explore/${id}`;

/** The family that a family was built on; null where the catalogue has none. */
export function parentOf(family: Family): string | null {
  const parent = parents[family.id];
  return parent !== undefined && families.some(({ id }) => id === parent) ? parent : null;
}

/** The network that stands for a family in the lineage. @throws RangeError for a family without networks */
export function representativeOf(family: Family): Architecture {
  const named = representatives[family.id];
  const chosen = named === undefined ? family.variants[0] : architectures.get(named);
  if (!chosen || familyOf(chosen.id) !== family) throw new RangeError(`no network stands for ${family.id}`);
  return chosen;
}

/** The catalogue as the rail lists it. */
export const railFamilies: readonly RailFamily[] = families.map((family) => ({
  id: family.id,
  title: family.title,
  year: family.year,
  parent: parentOf(family),
  href: exploreHref(representativeOf(family).id),
  variants: family.variants.map(({ id, title }) => ({ id, title, href: exploreHref(id) })),
}));
