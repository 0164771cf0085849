import { use } from 'react';
import { families } from '../../architectures/index.ts';
import { useMessages } from './index.tsx';
import type { FamilyWords, NetworkMessages } from './network-messages.ts';

type Loader = () => Promise<FamilyWords>;

/** How long a failed fetch is remembered: until then no render asks again, later a page that is opened does. */
const FORGET_FAILURE_AFTER_MS = 5000;

const requests = new Map<Loader, Promise<FamilyWords | null>>();

function request(load: Loader): Promise<FamilyWords | null> {
  const known = requests.get(load);
  if (known) return known;
  const words = load().catch(() => {
    setTimeout(() => requests.delete(load), FORGET_FAILURE_AFTER_MS);
    return null;
  });
  requests.set(load, words);
  return words;
}

/**
 * What the page says about a network, in the language on screen; null where there are no words or they could not be
 * fetched, since no page needs them to work. Suspends while they are on their way.
 */
export function useNetworkWords(id: string): NetworkMessages | null {
  const { load } = useMessages().networks;
  const family = families.find(({ variants }) => variants.some((variant) => variant.id === id));
  const loader = family && (load as Readonly<Record<string, Loader>>)[family.id];
  return (loader && use(request(loader))?.[id]) ?? null;
}
