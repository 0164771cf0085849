import type { FigureLayout } from '../../engine/layout/types.ts';
import { shareOf } from './share-of.ts';

/** A number for every layer that colours the figure. */
export interface Overlay {
  /** What it shows, in short. */
  readonly title: string;
  /** The value of the nodes `first` … before `end` together; null leaves a layer plain. */
  readonly value: (first: number, end: number) => number | null;
  readonly scale: 'linear' | 'log';
  readonly format: (value: number) => string;
}

/** An overlay as the boxes of a layout show it. */
export interface OverlayShares {
  readonly overlay: Overlay;
  readonly least: number;
  readonly most: number;
  /** From 0 to 1 by the box's id; boxes that stay plain are absent. */
  readonly shares: ReadonlyMap<string, number>;
}

/** Steps of the sequential scale in the design tokens `--scale-0` … */
const STEPS = 4;

/** The colour of a share: from one step of the scale to the next. */
export function overlayColour(share: number): string {
  const at = Math.min(1, Math.max(0, share)) * STEPS;
  const step = Math.min(STEPS - 1, Math.floor(at));
  return `color-mix(in oklab, var(--scale-${step + 1}) ${Math.round(100 * (at - step))}%, var(--scale-${step}))`;
}

/** Spreads an overlay over the boxes on screen: the least of them pale, the most dark. What is 0 stays plain. */
export function spreadOverlay(layout: FigureLayout, overlay: Overlay): OverlayShares {
  const values = layout.boxes.flatMap(({ id, layer }): readonly (readonly [string, number])[] => {
    const value = layer.end > layer.first ? overlay.value(layer.first, layer.end) : null;
    return value === null || value === 0 ? [] : [[id, value]];
  });
  const most = values.reduce((high, [, value]) => Math.max(high, value), 0);
  const least = values.reduce((low, [, value]) => Math.min(low, value), most);
  const from = overlay.scale === 'log' ? least : 0;
  return {
    overlay,
    least: from,
    most,
    shares: new Map(values.map(([id, value]) => [id, shareOf(value, from, most, overlay.scale)])),
  };
}

/** The colour of a layer under an overlay: of one that the overlay does not speak of a quiet one. */
export const colourOf = (share: number | undefined): string =>
  share === undefined ? 'var(--reshape)' : overlayColour(share);
