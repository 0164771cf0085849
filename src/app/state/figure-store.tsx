import { createContext, type ReactNode, useContext, useState } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { Cell } from '../../engine/ops/types.ts';

/** One output cell of a node. */
export interface CellRef {
  readonly node: string;
  readonly cell: Cell;
}

/** What a visitor is doing with one figure; nothing here outlives the page. */
export interface FigureState {
  /** Layer under the pointer, in figure or table alike. */
  readonly hovered: string | null;
  /** Groups drawn unfolded. */
  readonly open: ReadonlySet<string>;
  /** Output cell under the pointer, or the one last pinned by a click or a key. */
  readonly cell: CellRef | null;
  /** CSS pixels per figure unit; null while the figure chooses its scale itself. */
  readonly scale: number | null;
  /** How often a layer was chosen. */
  readonly choice: number;
  choose(): void;
  hover(id: string | null): void;
  toggle(group: string): void;
  setOpen(groups: Iterable<string>): void;
  pointAt(cell: CellRef | null): void;
  setScale(scale: number | null): void;
}

/** A store for one figure, so that two figures can stand side by side. */
export const createFigureStore = (open: Iterable<string>): StoreApi<FigureState> =>
  createStore<FigureState>()((set) => ({
    hovered: null,
    open: new Set(open),
    cell: null,
    scale: null,
    choice: 0,
    choose: () => set(({ choice }) => ({ choice: choice + 1 })),
    hover: (hovered) => set((state) => (state.hovered === hovered ? state : { hovered })),
    toggle: (group) =>
      set(({ open: before }) => {
        const after = new Set(before);
        if (!after.delete(group)) after.add(group);
        return { open: after };
      }),
    setOpen: (groups) => set({ open: new Set(groups) }),
    pointAt: (cell) => set({ cell }),
    setScale: (scale) => set({ scale }),
  }));

const FigureContext = createContext<StoreApi<FigureState> | null>(null);

/** Gives the figure inside its own store; remount with a `key` to start afresh. */
export function FigureStoreProvider({
  open,
  children,
}: {
  readonly open: Iterable<string>;
  readonly children: ReactNode;
}) {
  const [store] = useState(() => createFigureStore(open));
  return <FigureContext value={store}>{children}</FigureContext>;
}

/** A part of the surrounding figure's state. @throws Error outside a provider */
export function useFigure<T>(select: (state: FigureState) => T): T {
  const store = useContext(FigureContext);
  if (!store) throw new Error('useFigure needs a FigureStoreProvider around it');
  return useStore(store, select);
}
