import { createStore } from 'zustand';
import type { Progress, RuntimePhase } from '../../engine/runtime/protocol.ts';

/** What a visitor waits for: the weights, the runtime's WebAssembly, or the session (whose total is 0: not known). */
export type ModelProgress = Progress<'weights' | RuntimePhase>;

/** Downloads and starts under way, by query. */
interface ProgressState {
  readonly byKey: Readonly<Record<string, ModelProgress>>;
}

/** Progress of the queries under way; a query's result says only that it is pending. */
export const progressStore = createStore<ProgressState>()(() => ({ byKey: {} }));

/** Sets the progress of a query, or takes it away with null once it has ended. */
export const setProgress = (key: string, progress: ModelProgress | null): void =>
  progressStore.setState(({ byKey }) => {
    const { [key]: _, ...others } = byKey;
    return { byKey: progress ? { ...others, [key]: progress } : others };
  });
