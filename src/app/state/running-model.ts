import { createStore, useStore } from 'zustand';
import type { AdoptedFile } from '../../engine/onnx/adopt-file.ts';
import type { ImportedModel } from '../../engine/onnx/import.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import type { ImageNetWeights } from '../models/imagenet-weights.ts';

/** Weights trained on ImageNet out of a file that was fetched, ready to run. */
export interface ImageNetModel {
  readonly kind: 'imagenet';
  /** Id of the network on whose page they run. */
  readonly network: string;
  /** Id of the weights, as in the address. */
  readonly model: string;
  /** The numbers of the network that the file is of, as {@link valuesKey} writes them. */
  readonly values: string;
  readonly weights: ImageNetWeights;
  readonly file: Blob;
  readonly imported: ImportedModel;
  readonly adopted: AdoptedFile;
  /** Whether the file's layers are those of the page's network; else its answer alone is shown. */
  readonly isSame: boolean;
}

/** Weights other than those that ship, which the visitor has asked to run. */
export type RunningModel =
  | { readonly kind: 'random'; readonly network: string; readonly model: 'random' }
  | ImageNetModel;

/** What runs, on one page at a time; gone with the tab. */
export const runningStore = createStore<{ readonly running: RunningModel | null }>()(() => ({
  running: null,
}));

/** A network's numbers as one text; networks of one family with the same numbers are the same. */
export const valuesKey = ({ values = {} }: Architecture): string => JSON.stringify(values);

/** What the visitor runs on a network's page under the address's `model`; null for nothing but what ships. */
export function useRunningModel(architecture: Architecture, model: string | null): RunningModel | null {
  const running = useStore(runningStore, (state) => state.running);
  if (running?.network !== architecture.id || running.model !== model) return null;
  return running.kind === 'random' || running.values === valuesKey(architecture) ? running : null;
}
