import type { GraphNode } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Category } from '../../engine/ops/types.ts';
import { thicknessOf } from './stack-scale.ts';

/** One layer of a network's longest path, as its skyline shows it. */
export interface SkylineBar {
  readonly category: Category;
  /** Cells of the feature map from top to bottom; 1 for a list of features. */
  readonly height: number;
  readonly channels: number;
}

/** Pixels that stand for a network's depth and its maps: one scale for every skyline on a page. */
export interface SkylineScale {
  /** Pixels of length a √layer. */
  readonly length: number;
  /** Pixels of height a √cell. */
  readonly height: number;
}

const drawn: ReadonlySet<Category> = new Set(['convolution', 'pooling', 'linear', 'merge']);

/** The bars of a skyline: convolutions, poolings, fully connected layers and merges of a path. */
export const skylineBars = (path: readonly GraphNode[]): readonly SkylineBar[] =>
  path.flatMap(({ op, shape }): SkylineBar[] => {
    const { category } = operatorOf(op);
    const [channels = 1, height = 1] = shape;
    return drawn.has(category) ? [{ category, height, channels }] : [];
  });

/** The scale at which every one of several skylines fits into a length and a height, in pixels. */
export function skylineScale(
  skylines: readonly (readonly SkylineBar[])[],
  { length, height }: { readonly length: number; readonly height: number },
): SkylineScale {
  const most = skylines.reduce((found, bars) => Math.max(found, bars.length), 1);
  const tallest = skylines.flat().reduce((found, bar) => Math.max(found, bar.height), 1);
  return { length: length / Math.sqrt(most), height: height / Math.sqrt(tallest) };
}

/** A skyline laid out: its length and height, and for each category one path of all its bars above the ground line `y = 0`. */
export interface PlacedSkyline {
  readonly length: number;
  readonly height: number;
  readonly paths: readonly { readonly category: Category; readonly d: string }[];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * Lays a skyline out from left to right, in pixels: as long as √ of its layers, each layer as tall as √ of its map's
 * height; within the length, a layer is as thick as log₂ of its channels.
 */
export function placeSkyline(bars: readonly SkylineBar[], scale: SkylineScale): PlacedSkyline {
  const length = scale.length * Math.sqrt(bars.length);
  const thickness = bars.map(({ channels }) => thicknessOf(channels));
  const unit = length / (thickness.reduce((sum, value) => sum + value, 0) || 1);
  // Gaps would swallow thin bars: a long network is one body.
  const gap = Math.min(1, length / Math.max(1, bars.length) / 4);
  const paths = new Map<Category, string>();
  let x = 0;
  let tallest = 0;
  for (const [index, { category, height }] of bars.entries()) {
    const width = (thickness[index] ?? 0) * unit;
    const top = Math.sqrt(height) * scale.height;
    tallest = Math.max(tallest, top);
    paths.set(category, `${paths.get(category) ?? ''}M${round(x)} 0V${round(-top)}h${round(width - gap)}V0z`);
    x += width;
  }
  return { length, height: tallest, paths: [...paths].map(([category, d]) => ({ category, d })) };
}
