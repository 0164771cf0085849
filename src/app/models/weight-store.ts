import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DownloadProblem, type downloadWeights, WeightDownloadError } from './download-weights.ts';
import type { ImageNetWeights } from './imagenet-weights.ts';
import type { KeepOutcome, WeightKeeper } from './weight-keeper.ts';

/** Downloads under way, what became of those that ended, and how to begin and end one. */
export interface WeightState {
  /** Bytes received of each file that is on its way, by its id. */
  readonly received: Readonly<Record<string, number>>;
  readonly problems: Readonly<Record<string, DownloadProblem>>;
  /** Files that arrived on this visit, and whether they are kept. */
  readonly arrived: Readonly<Record<string, KeepOutcome>>;
  /** Fetches a file unless it is on its way; true once it can be read, false where it failed or was given up. */
  fetch(weights: ImageNetWeights): Promise<boolean>;
  /** Gives a download up. */
  cancel(id: string): void;
  /** The file, out of this visit's memory or the browser's storage; null where there is none. */
  read(weights: ImageNetWeights): Promise<Blob | null>;
  /** Forgets what is held in memory of these files: they were removed. */
  forget(ids: readonly string[]): void;
}

const without = <T>(record: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));

/**
 * Makes the store of downloads.
 *
 * @param options.addresses where a file is asked for
 * @param options.onKept told when what is in storage has changed
 */
export function createWeightStore({
  download,
  keeper,
  addresses,
  onKept = () => {},
}: {
  readonly download: typeof downloadWeights;
  readonly keeper: WeightKeeper;
  readonly addresses: (weights: ImageNetWeights) => readonly string[];
  readonly onKept?: () => void;
}): StoreApi<WeightState> {
  /** Files that could not be kept, for as long as the page is open. */
  const held = new Map<string, Blob>();
  const underWay = new Map<string, { readonly end: AbortController; readonly done: Promise<boolean> }>();
  return createStore<WeightState>()((set) => {
    const run = async (weights: ImageNetWeights, signal: AbortSignal): Promise<boolean> => {
      const { id } = weights;
      try {
        const blob = await download(addresses(weights), weights, {
          signal,
          isOffline: () => globalThis.navigator?.onLine === false,
          onProgress: (received) => set((state) => ({ received: { ...state.received, [id]: received } })),
        });
        const outcome = await keeper.keep(weights, blob);
        if (outcome !== 'stored') held.set(id, blob);
        set((state) => ({ arrived: { ...state.arrived, [id]: outcome } }));
        onKept();
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (!(error instanceof WeightDownloadError)) throw error;
        set((state) => ({ problems: { ...state.problems, [id]: error.problem } }));
        return false;
      } finally {
        underWay.delete(id);
        set((state) => ({ received: without(state.received, id) }));
      }
    };
    return {
      received: {},
      problems: {},
      arrived: {},
      fetch(weights) {
        const { id } = weights;
        const already = underWay.get(id);
        if (already) return already.done;
        set((state) => ({
          received: { ...state.received, [id]: 0 },
          problems: without(state.problems, id),
        }));
        const end = new AbortController();
        const done = run(weights, end.signal);
        underWay.set(id, { end, done });
        return done;
      },
      cancel(id) {
        underWay.get(id)?.end.abort();
      },
      async read(weights) {
        return held.get(weights.id) ?? (await keeper.find(weights));
      },
      forget(ids) {
        for (const id of ids) held.delete(id);
        set(({ arrived }) => ({
          arrived: Object.fromEntries(Object.entries(arrived).filter(([id]) => !ids.includes(id))),
        }));
      },
    };
  });
}
