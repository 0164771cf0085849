import { createStore } from 'zustand/vanilla';
import type { ImageNetModel } from '../state/running-model.ts';

/**
 * ImageNet's weights with which columns of the comparison run, by column; null where the visitor has left them. A column
 * that is not there has not been decided: what is stored in this browser is used.
 */
export const comparedWeights = createStore<ReadonlyMap<string, ImageNetModel | null>>(() => new Map());

/** Runs a column with weights, or with none. */
export const chooseWeights = (column: string, model: ImageNetModel | null): void =>
  comparedWeights.setState((before) => new Map(before).set(column, model), true);

/** Forgets the columns that are gone. */
export const keepColumns = (columns: readonly string[]): void => {
  const before = comparedWeights.getState();
  const kept = new Map([...before].filter(([key]) => columns.includes(key)));
  if (kept.size < before.size) comparedWeights.setState(kept, true);
};
