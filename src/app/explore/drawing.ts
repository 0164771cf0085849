import { createDrawingStore, type DrawingStorage } from '../state/drawing-store.ts';

/** The tab's storage, where the browser allows one: reading it may throw. */
function tabStorage(): DrawingStorage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

/** The drawing of this tab: it outlives a change of page, and a reload where storage is allowed. */
export const drawing = createDrawingStore({ storage: tabStorage() });
