import { createStore, type StoreApi } from 'zustand/vanilla';
import { isUsablePoint, type Point, type Stroke } from '../../engine/runtime/preprocess/stroke.ts';

/** What the pad holds, and the actions that change it. */
export interface DrawingState {
  /** Finished strokes, oldest first, in pad units. */
  readonly strokes: readonly Stroke[];
  /** The stroke under way of each pointer; its points grow in place, so compare `revision`, not arrays. */
  readonly current: ReadonlyMap<number, Stroke>;
  /** The pen's diameter in pad units, taken by strokes that begin from now on. */
  readonly brush: number;
  /** The pen's colour, taken by strokes that begin from now on; null where a drawing has none. */
  readonly colour: string | null;
  /** Raised by every change of what the drawing looks like: the key of whatever is computed from it. */
  readonly revision: number;
  /** Whether the strokes were shown to the visitor, not drawn: the first stroke of a pen takes them away, and nothing keeps them. */
  readonly isDemonstration: boolean;
  readonly past: readonly (readonly Stroke[])[];
  readonly future: readonly (readonly Stroke[])[];
  /** Starts a stroke; a pointer that had one under way finishes it first. An unusable point is ignored. */
  begin(pointerId: number, point: Point): void;
  /** Adds points to the pointer's stroke; unusable points and unknown pointers are ignored. */
  extend(pointerId: number, points: readonly Point[]): void;
  /** Finishes the pointer's stroke. */
  end(pointerId: number): void;
  /** Throws the pointer's unfinished stroke away. */
  cancel(pointerId: number): void;
  /** Takes the last change back: a finished stroke, a clearing or a loading. */
  undo(): void;
  /** Makes the last undone change again. */
  redo(): void;
  /** Empties the pad, strokes under way included; can be undone. */
  clear(): void;
  /** Replaces the drawing; can be undone. */
  load(strokes: readonly Stroke[]): void;
  /** Shows strokes on a pad on which nothing was drawn; ignored on any other. */
  demonstrate(strokes: readonly Stroke[]): void;
  /** Sets the pen's diameter in pad units, kept within 4 and 60. */
  setBrush(width: number): void;
  /** Sets the pen's colour, a CSS colour. */
  setColour(colour: string): void;
}

/** The part of the browser's Storage that keeps a drawing; any of its methods may throw. */
export type DrawingStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Where a drawing store keeps its drawing. */
export interface DrawingStoreOptions {
  /** Absent: the drawing lives only in memory. */
  readonly storage?: DrawingStorage | undefined;
  /** The pen's first colour; absent: strokes have none. */
  readonly colour?: string;
}

const storageKey = 'convatlas.drawing';
const keptSteps = 200;
const thinnestBrush = 4;
const thickestBrush = 60;
const usualBrush = 20;

interface StoredDrawing {
  readonly brush: number;
  readonly strokes: readonly Stroke[];
}

function clampBrush(width: number): number {
  return Number.isFinite(width) ? Math.min(Math.max(width, thinnestBrush), thickestBrush) : usualBrush;
}

/** The drawing as text: per stroke its width, x, y, pressure (−1 for none) to a hundredth of a unit, and its colour if any. */
function writeDrawing({ brush, strokes }: StoredDrawing): string {
  const round = (value: number) => Math.round(value * 100) / 100;
  return JSON.stringify({
    brush,
    strokes: strokes.map(({ points, width, colour }) => [
      width,
      points.flatMap(({ x, y, pressure }) => [
        round(x),
        round(y),
        pressure === undefined ? -1 : round(pressure),
      ]),
      ...(colour === undefined ? [] : [colour]),
    ]),
  });
}

/** Reads what `writeDrawing` wrote; anything else gives undefined, since another version may have written it. */
function readDrawing(text: string): StoredDrawing | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { brush, strokes } = value as { brush?: unknown; strokes?: unknown };
  if (typeof brush !== 'number' || !Array.isArray(strokes)) return undefined;
  const read: Stroke[] = [];
  for (const entry of strokes as unknown[]) {
    if (!Array.isArray(entry)) return undefined;
    const [width, numbers, colour] = entry as unknown[];
    if (typeof width !== 'number' || !Array.isArray(numbers) || numbers.length % 3 !== 0) return undefined;
    const points: Point[] = [];
    for (let i = 0; i < numbers.length; i += 3) {
      const [x, y, pressure] = numbers.slice(i, i + 3) as unknown[];
      if (typeof x !== 'number' || typeof y !== 'number' || typeof pressure !== 'number') return undefined;
      points.push(pressure < 0 ? { x, y } : { x, y, pressure });
    }
    if (colour !== undefined && typeof colour !== 'string') return undefined;
    read.push({ width, points, ...(colour === undefined ? {} : { colour }) });
  }
  return { brush: clampBrush(brush), strokes: read };
}

function restoreDrawing(storage: DrawingStorage | undefined): StoredDrawing {
  try {
    const text = storage?.getItem(storageKey);
    const stored = text ? readDrawing(text) : undefined;
    if (stored) return stored;
  } catch {
    // Storage may be refused and its text may be damaged: the pad then starts empty.
  }
  return { brush: usualBrush, strokes: [] };
}

function keepDrawing(storage: DrawingStorage | undefined, drawing: StoredDrawing): void {
  if (!storage) return;
  try {
    storage.setItem(storageKey, writeDrawing(drawing));
  } catch {
    try {
      // An older drawing must not come back in place of one that did not fit.
      storage.removeItem(storageKey);
    } catch {
      // Without storage the drawing lives in memory, which is enough to draw on.
    }
  }
}

/**
 * Creates the store of one drawing pad: strokes, undo history and brush, restored from and kept in `storage`
 * whenever a stroke is finished or the drawing changes otherwise. It never throws, whatever the storage does.
 */
export function createDrawingStore({ storage, colour }: DrawingStoreOptions = {}): StoreApi<DrawingState> {
  const restored = restoreDrawing(storage);
  return createStore<DrawingState>((set, get) => {
    const own = () => (get().isDemonstration ? [] : get().strokes);
    const keep = () => keepDrawing(storage, { brush: get().brush, strokes: own() });
    const replace = (
      strokes: readonly Stroke[],
      current = get().current,
      before: readonly Stroke[] = own(),
      revision = get().revision + 1,
    ) => {
      const { past } = get();
      set({
        strokes,
        current,
        isDemonstration: false,
        past: [...past, before].slice(-keptSteps),
        future: [],
        revision,
      });
      keep();
    };
    const without = (pointerId: number) => {
      const current = new Map(get().current);
      current.delete(pointerId);
      return current;
    };

    return {
      ...restored,
      colour: colour ?? null,
      current: new Map(),
      revision: 0,
      isDemonstration: false,
      past: [],
      future: [],
      begin(pointerId, point) {
        if (!isUsablePoint(point)) return;
        get().end(pointerId);
        const { brush, colour: ink, current, revision } = get();
        const stroke: Stroke = { points: [point], width: brush, ...(ink === null ? {} : { colour: ink }) };
        set({
          strokes: own(),
          isDemonstration: false,
          current: new Map(current).set(pointerId, stroke),
          revision: revision + 1,
        });
      },
      extend(pointerId, points) {
        const { current, revision } = get();
        const stroke = current.get(pointerId);
        const usable = points.filter(isUsablePoint);
        if (!stroke || usable.length === 0) return;
        // Appending in place keeps a long stroke linear; only this store creates the arrays it appends to.
        const grown = stroke.points as Point[];
        for (const point of usable) grown.push(point);
        set({
          current: new Map(current).set(pointerId, { ...stroke, points: grown }),
          revision: revision + 1,
        });
      },
      end(pointerId) {
        const { current, revision, strokes } = get();
        const stroke = current.get(pointerId);
        if (!stroke) return;
        // A lone stroke that is finished looks as it did: what was computed from it stands. Of several the order changes.
        const next = current.size === 1 ? revision : revision + 1;
        replace([...strokes, stroke], without(pointerId), strokes, next);
      },
      cancel(pointerId) {
        if (!get().current.has(pointerId)) return;
        set({ current: without(pointerId), revision: get().revision + 1 });
      },
      undo() {
        const { future, isDemonstration, past, revision, strokes } = get();
        if (isDemonstration) return get().clear();
        const before = past[past.length - 1];
        // A drawing restored after a reload has no history, yet its strokes can still be taken back one by one.
        const earlier = before ?? (strokes.length > 0 ? strokes.slice(0, -1) : undefined);
        if (!earlier) return;
        set({
          strokes: earlier,
          past: past.slice(0, -1),
          future: [strokes, ...future].slice(0, keptSteps),
          revision: revision + 1,
        });
        keep();
      },
      redo() {
        const { future, past, revision, strokes } = get();
        const [next, ...rest] = future;
        if (!next) return;
        set({ strokes: next, past: [...past, strokes], future: rest, revision: revision + 1 });
        keep();
      },
      clear() {
        const { current, isDemonstration, revision, strokes } = get();
        if (strokes.length === 0 && current.size === 0) return;
        if (isDemonstration) {
          set({ strokes: [], isDemonstration: false, revision: revision + 1 });
          return;
        }
        // Strokes under way count as drawn, so that undoing the clearing brings them back too.
        replace([], new Map(), [...strokes, ...current.values()]);
      },
      load(strokes) {
        replace(
          strokes.map((stroke) => ({ ...stroke, points: stroke.points.filter(isUsablePoint) })),
          new Map(),
        );
      },
      demonstrate(strokes) {
        const { current, future, isDemonstration, past, revision, strokes: drawn } = get();
        const isUntouched = past.length + future.length + current.size + drawn.length === 0;
        if (isUntouched || isDemonstration) set({ strokes, isDemonstration: true, revision: revision + 1 });
      },
      setBrush(width) {
        set({ brush: clampBrush(width) });
        keep();
      },
      setColour(next) {
        set({ colour: next });
      },
    };
  });
}

/** All strokes on the pad, finished ones first, then those under way in the order their pointers came down. */
export function drawnStrokes({ current, strokes }: DrawingState): readonly Stroke[] {
  return current.size === 0 ? strokes : [...strokes, ...current.values()];
}
