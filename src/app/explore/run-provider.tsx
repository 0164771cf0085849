import { createContext, type ReactNode, Suspense, use, useCallback, useMemo } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { PreparedDigit } from '../../engine/runtime/preprocess/digit.ts';
import type { PictureStep, PreparedPicture } from '../../engine/runtime/preprocess/picture.ts';
import type { DigitModel } from '../queries/use-digit-model.ts';

/** A picture on its way into the network. */
export interface GivenPicture {
  readonly prepared: PreparedPicture;
  /** The steps as they should be: those of `prepared` may be broken on purpose. */
  readonly standard: readonly PictureStep[];
  /** The latest answer to this picture, as it is cut, with no step broken; null while there is none. */
  readonly unbroken: Float32Array | null;
  /** Whether it is a camera's frame, and another follows. */
  readonly live: boolean;
}

/** What a trained network reads. */
export type Subject = 'digits' | 'pictures';

/** A trained network at work on the drawing, or on a picture. */
export interface Run {
  readonly model: DigitModel;
  /** The drawing as the network receives it; undefined until it was first prepared, and where pictures are read. */
  readonly prepared: PreparedDigit | undefined;
  /** The picture as the network receives it; null while there is none, and where digits are read. */
  readonly picture: GivenPicture | null;
  /** Values of the input and every node of the last answer, by id; null while there is none. */
  readonly activations: ReadonlyMap<string, Float32Array> | null;
  /** Whether the last answer belongs to the drawing as it stands. */
  readonly current: boolean;
  /** Whether to say so of one that does not: where the next takes longer than a moment. */
  readonly stale: boolean;
}

/** A run, once what drives it has been loaded. */
export interface RunState {
  readonly run: Run | null;
  /** Ids of the tensors on screen: no others are fetched for a picture. */
  readonly visible: readonly string[];
}

const RunContext = createContext<{
  readonly store: StoreApi<RunState>;
  readonly reads: Subject;
} | null>(null);

const nothingYet: RunState = { run: null, visible: [] };

const untrained = createStore<RunState>(() => nothingYet);

/** What the network of this part of the page reads; null where it has no weights. */
export const useSubject = (): Subject | null => use(RunContext)?.reads ?? null;

/** Says which tensors are on screen. */
export function useShowTensors(): (ids: readonly string[]) => void {
  const store = use(RunContext)?.store ?? untrained;
  return useCallback((visible) => store.setState({ visible }), [store]);
}

/**
 * A part of the run around this part of the page; the run is null without weights, and until what drives it has been
 * loaded. A drawing under way changes it many times a second: select no more than is shown.
 */
export const useRun = <T,>(select: (run: Run | null) => T): T =>
  useStore(use(RunContext)?.store ?? untrained, ({ run }) => select(run));

/** Runs a network on the drawing, or on a picture, for everything inside; without anything to drive it there is no run. */
export function RunProvider({
  reads,
  of = '',
  drive,
  children,
}: {
  /** What the network reads; null where it cannot run. */
  readonly reads: Subject | null;
  /** What runs: with another the last one's answers are gone. */
  readonly of?: string;
  /** Draws nothing: drives the network and tells the store. Its code may still be on its way. */
  readonly drive: ((store: StoreApi<RunState>) => ReactNode) | null;
  readonly children: ReactNode;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another store for another model.
  const store = useMemo(() => createStore<RunState>(() => nothingYet), [of]);
  const context = useMemo(() => reads && { store, reads }, [store, reads]);
  return (
    <RunContext value={context}>
      {reads && drive ? <Suspense fallback={null}>{drive(store)}</Suspense> : null}
      {children}
    </RunContext>
  );
}
