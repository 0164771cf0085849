import { createContext, lazy, type ReactNode, Suspense, use, useState } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { PreparedDigit } from '../../engine/runtime/preprocess/digit.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import type { DigitModel } from '../queries/use-digit-model.ts';

/** A trained network at work on the drawing. */
export interface Run {
  readonly model: DigitModel;
  /** The drawing as the network receives it; undefined until it was first prepared. */
  readonly prepared: PreparedDigit | undefined;
  /** Values of the input and every node of the last answer, by id; null while there is none. */
  readonly activations: ReadonlyMap<string, Float32Array> | null;
  /** Whether the last answer belongs to the drawing as it stands. */
  readonly current: boolean;
}

/** A run, once what drives it has been loaded. */
export interface RunState {
  readonly run: Run | null;
}

// Nothing of weights, runtime or ONNX is needed to draw the page: it comes after the first paint.
const TrainedRun = lazy(() => import('./trained-run.tsx'));

const RunContext = createContext<StoreApi<RunState> | null>(null);

const untrained = createStore<RunState>(() => ({ run: null }));

/** Whether the network of this part of the page has weights. */
export const useTrained = (): boolean => use(RunContext) !== null;

/**
 * A part of the run around this part of the page; the run is null without weights, and until what drives it has been
 * loaded. A drawing under way changes it many times a second: select no more than is shown.
 */
export const useRun = <T,>(select: (run: Run | null) => T): T =>
  useStore(use(RunContext) ?? untrained, ({ run }) => select(run));

/** Runs a trained network on the drawing for everything inside; without weights there is no run. */
export function RunProvider({
  id,
  trained,
  backend,
  children,
}: {
  readonly id: string;
  readonly trained: boolean;
  readonly backend: Backend;
  readonly children: ReactNode;
}) {
  const [store] = useState(() => createStore<RunState>(() => ({ run: null })));
  return (
    <RunContext value={trained ? store : null}>
      {trained ? (
        <Suspense fallback={null}>
          <TrainedRun id={id} backend={backend} store={store} />
        </Suspense>
      ) : null}
      {children}
    </RunContext>
  );
}
