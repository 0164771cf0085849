import type { Point, Stroke } from '../../engine/runtime/preprocess/stroke.ts';

/** What the pad reads of a drawing and the actions it calls; `revision` rises with every change. */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  readonly current: ReadonlyMap<number, Stroke>;
  readonly brush: number;
  readonly revision: number;
  /** Whether the strokes were shown, not drawn: the first stroke takes them away. */
  readonly isDemonstration: boolean;
  begin(pointerId: number, point: Point): void;
  extend(pointerId: number, points: readonly Point[]): void;
  end(pointerId: number): void;
  cancel(pointerId: number): void;
  undo(): void;
  redo(): void;
  clear(): void;
  load(strokes: readonly Stroke[]): void;
  demonstrate(strokes: readonly Stroke[]): void;
  setBrush(width: number): void;
}

/** A drawing in colours. */
export interface ColourDrawing extends Drawing {
  /** Taken by strokes that begin from now on. */
  readonly colour: string | null;
  setColour(colour: string): void;
}

/** A drawing to subscribe to: the pad redraws its canvas on a change without rendering React again. */
export interface DrawingSource<Kind extends Drawing = Drawing> {
  getState(): Kind;
  /** Calls the listener after every change; returns the function that ends this. */
  subscribe(listener: () => void): () => void;
}
