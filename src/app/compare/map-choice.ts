/** How it is shown where networks looked. */
export const mapMethods = ['none', 'activation', 'occlusion'] as const;

/** How it is shown where networks looked. */
export type MapMethod = (typeof mapMethods)[number];

/** Sides of the square in parts of the picture's, and steps in parts of the square's: inputs are of different sizes. */
export const patchParts = [8, 4, 8 / 3] as const;
/** Steps in parts of the square's side. */
export const strideParts = [4, 2, 1] as const;

/** One choice for all columns. */
export interface MapChoice {
  readonly method: MapMethod;
  /** Name of a class by its card; null for each network's own first answer. */
  readonly name: string | null;
  /** From 0 to 1. */
  readonly opacity: number;
  /** The covering that was asked for last; null before any. */
  readonly asked: {
    /** Tells it from those before. */
    readonly number: number;
    readonly patch: number;
    readonly stride: number;
    readonly isCancelled: boolean;
  } | null;
}
