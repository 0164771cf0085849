import { architectures, families, familyOf } from '../architectures/index.ts';
import type { RailFamily } from '../components/lineage/lineage-rail.tsx';
import type { Architecture, Family } from '../engine/spec/types.ts';

/**
 * What each family was built on, by family id, the most important first; a family that is not listed begins a line of
 * its own. Only what a family's paper says that it took over counts, not what merely came before.
 */
const parents: Readonly<Record<string, readonly string[]>> = {
  alexnet: ['lenet'],
  zfnet: ['alexnet'],
  nin: ['alexnet'],
  vgg: ['alexnet', 'zfnet'],
  googlenet: ['nin', 'alexnet'],
  resnet: ['vgg'],
  'preact-resnet': ['resnet'],
  'wide-resnet': ['preact-resnet'],
  resnext: ['resnet', 'googlenet'],
  'stochastic-depth': ['resnet'],
  fractalnet: ['resnet'],
  densenet: ['resnet', 'stochastic-depth'],
  squeezenet: ['alexnet', 'nin', 'googlenet'],
};

/** The network that stands for a family where that is not its first. */
const representatives: Readonly<Record<string, string>> = {
  vgg: 'vgg16',
  nin: 'nin-imagenet',
  resnet: 'resnet50',
  'preact-resnet': 'preact-resnet110-cifar10',
  'stochastic-depth': 'stochastic-depth-110',
  'wide-resnet': 'wrn-28-10',
  fractalnet: 'fractalnet20',
};

/** The address of the chart of accuracy against cost. */
export const chartHref = '/compare#accuracy';

/** The address of a network's page. */
export const exploreHref = (id: string): string => `/explore/${id}`;

/** The families of the catalogue that a family was built on, the most important first. */
export const parentsOf = (family: Family): readonly string[] =>
  (parents[family.id] ?? []).filter((parent) => families.some(({ id }) => id === parent));

/** The family that a family was built on; null where the catalogue has none. */
export const parentOf = (family: Family): string | null => parentsOf(family)[0] ?? null;

/** The network that stands for a family in the lineage. @throws RangeError for a family without networks */
export function representativeOf(family: Family): Architecture {
  const named = representatives[family.id];
  const chosen = (named === undefined ? undefined : architectures.get(named)) ?? family.variants[0];
  if (!chosen || familyOf(chosen.id) !== family) throw new RangeError(`no network stands for ${family.id}`);
  return chosen;
}

/** The catalogue as the rail lists it. */
export const railFamilies: readonly RailFamily[] = families.map((family) => ({
  id: family.id,
  title: family.title,
  year: family.year,
  href: exploreHref(representativeOf(family).id),
  variants: family.variants.map(({ id, title }) => ({ id, title, href: exploreHref(id) })),
}));
