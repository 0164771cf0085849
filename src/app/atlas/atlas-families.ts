import { useSyncExternalStore } from 'react';
import { families } from '../../architectures/index.ts';
import type { MapFamily } from '../../components/lineage/lineage-map.tsx';
import type { TimelineFamily } from '../../components/lineage/lineage-timeline.tsx';
import { type SkylineBar, skylineBars } from '../../components/lineage/skyline.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { formatCount } from '../../engine/cost/format.ts';
import { depthOf, longestPath } from '../../engine/graph/depth.ts';
import { lower, operatorsOf } from '../../engine/graph/lower.ts';
import type { Architecture, Family } from '../../engine/spec/types.ts';
import type { AtlasMessages } from '../i18n/atlas.ts';
import type { FamilyMessages } from '../i18n/network-messages.ts';
import { exploreHref, parentsOf, representativeOf } from '../lineage.ts';
import { madeInTurns } from '../search/turns.ts';

/** What the atlas shows of the network that stands for a family. */
export interface Representative {
  readonly title: string;
  readonly skyline: readonly SkylineBar[];
  readonly depth: number;
  readonly parameters: number;
  readonly parametersText: string;
  readonly macsText: string;
}

const known = new WeakMap<Architecture, Representative>();

/** What the atlas shows of a network, computed once. */
export function represent(architecture: Architecture): Representative {
  const found = known.get(architecture);
  if (found) return found;
  const graph = lower(architecture);
  const { total } = computeCosts(graph);
  const representative = {
    title: architecture.title,
    skyline: skylineBars(longestPath(graph)),
    depth: depthOf(graph),
    parameters: total.parameters,
    parametersText: formatCount(total.parameters),
    macsText: formatCount(total.macs),
  };
  known.set(architecture, representative);
  return representative;
}

const representatives = madeInTurns(
  () => families.map((family) => () => represent(representativeOf(family))),
  () => true as const,
);

/** Whether what stands for the families is computed: it is done in short turns, after the first look at the page. */
export const useRepresentatives = (): boolean =>
  useSyncExternalStore(representatives.subscribe, representatives.current) ?? false;

/**
 * When a family was published, in years and fractions: an arXiv number says the month, anything else the year. Of
 * several papers the first of the family's year counts.
 */
export function timeOf({ year, variants }: Family): number {
  for (const { source } of variants) {
    const [, years, month] = /^arXiv:(\d\d)(\d\d)\./.exec(source.paper) ?? [];
    if (month !== undefined && 2000 + Number(years) === year) return year + (Number(month) - 1) / 12;
  }
  return year;
}

/**
 * Whether a network fits at its own input. Only where a layer declares how many numbers it takes can a definition
 * contradict itself, so only such networks are lowered for the answer.
 */
const fits = (variant: Architecture): boolean =>
  !operatorsOf(variant.layers).some(
    (layer) => layer.op === 'Gemm' && layer.attributes.inputs !== undefined,
  ) || lower(variant).problem === null;

/** A family on the atlas: what the map and the list show of it. */
export type AtlasFamily = MapFamily & TimelineFamily;

/** The families as the atlas shows them, in the words of a language. */
export function atlasFamilies(
  words: Readonly<Record<string, FamilyMessages>>,
  { lineage }: Pick<AtlasMessages, 'lineage'>,
): readonly AtlasFamily[] {
  const links: Readonly<Record<string, Readonly<Record<string, string>>>> = lineage.links;
  return families.map((family) => {
    const representative = representativeOf(family);
    const parents = parentsOf(family);
    return {
      id: family.id,
      title: family.title,
      year: family.year,
      time: timeOf(family),
      parent: parents[0] ?? null,
      parents: parents.map((id) => ({ id, label: links[family.id]?.[id] ?? null })),
      change: words[family.id]?.change ?? '',
      href: exploreHref(representative.id),
      shown: represent(representative),
      variants: family.variants.map((variant) => ({
        id: variant.id,
        title: variant.title,
        href: exploreHref(variant.id),
        fits: fits(variant),
      })),
    };
  });
}
