import { queryOptions } from '@tanstack/react-query';
import { lasting } from '../queries/model-queries.ts';
import { queryClient } from '../queries/query-client.ts';
import { downloadWeights } from './download-weights.ts';
import { addressesOf } from './weight-hosts.ts';
import { createKeeper } from './weight-keeper.ts';
import { createWeightStore } from './weight-store.ts';

/** Where this browser keeps files of weights. */
export const weightKeeper = createKeeper({
  caches: globalThis.caches,
  estimate: navigator.storage?.estimate ? () => navigator.storage.estimate() : undefined,
  base: new URL(import.meta.env.BASE_URL, location.origin).href,
});

/** What is kept, and the room that there is for more. */
export const keptQuery = queryOptions({
  ...lasting,
  queryKey: ['kept-weights'] as const,
  queryFn: async () => ({ files: await weightKeeper.list(), space: await weightKeeper.space() }),
});

/** Looks again at what is kept: it has changed. */
export const refreshKept = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: keptQuery.queryKey });

/** The downloads of this tab. */
export const weightStore = createWeightStore({
  download: downloadWeights,
  keeper: weightKeeper,
  addresses: (weights) => addressesOf(weights, __WEIGHTS_MIRROR__),
  onKept: () => void refreshKept(),
});
