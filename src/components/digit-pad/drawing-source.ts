import type { Point, Stroke } from '../../engine/runtime/preprocess/stroke.ts';

/** What the pad reads of a drawing and the actions it calls; `revision` rises with every change. */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  readonly current: ReadonlyMap<number, Stroke>;
  readonly brush: number;
  readonly revision: number;
  begin(pointerId: number, point: Point): void;
  extend(pointerId: number, points: readonly Point[]): void;
  end(pointerId: number): void;
  cancel(pointerId: number): void;
  undo(): void;
  redo(): void;
  clear(): void;
  load(strokes: readonly Stroke[]): void;
  setBrush(width: number): void;
}

/** A drawing to subscribe to: the pad redraws its canvas on a change without rendering React again. */
export interface DrawingSource {
  getState(): Drawing;
  /** Calls the listener after every change; returns the function that ends this. */
  subscribe(listener: () => void): () => void;
}
