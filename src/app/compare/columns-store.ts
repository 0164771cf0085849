import { createStore, type StoreApi } from 'zustand';
import type { OcclusionProgress } from '../explore/explaining/use-occlusion.ts';
import type { ColumnAnswer } from './agreement.ts';

/** What the columns tell one another: each its answer, and how far its map is. */
export interface ColumnState {
  /** Null until the network has answered the picture in hand. */
  readonly answer: ColumnAnswer | null;
  /** Whether it can be asked about covered pictures. */
  readonly isReady: boolean;
  readonly occlusion: {
    readonly status: OcclusionProgress['status'];
    readonly done: number;
    readonly total: number;
    /** The largest change of a probability so far: maps of all columns have one scale. */
    readonly peak: number;
  } | null;
}

/** The state of every column by its key. */
export type ColumnsStore = StoreApi<ReadonlyMap<string, ColumnState>>;

const nothingYet: ColumnState = { answer: null, isReady: false, occlusion: null };

/** A store for the columns of one comparison. */
export const createColumnsStore = (): ColumnsStore =>
  createStore<ReadonlyMap<string, ColumnState>>(() => new Map());

/** Changes what one column tells. */
export const tellColumn = (store: ColumnsStore, key: string, change: Partial<ColumnState>): void =>
  store.setState(
    (before) => new Map(before).set(key, { ...nothingYet, ...before.get(key), ...change }),
    true,
  );

/** Forgets a column that is gone. */
export const forgetColumn = (store: ColumnsStore, key: string): void =>
  store.setState((before) => new Map([...before].filter(([one]) => one !== key)), true);
