import type { Graph } from '../../engine/graph/types.ts';
import { cellsBehind } from '../../engine/layout/cells-behind.ts';
import type { FigureLayer } from '../../engine/layout/types.ts';
import { asImage } from '../../engine/ops/window.ts';
import type { MapGrid } from './map-grid.ts';
import { tileOf } from './map-grid.ts';

const MOST_LINES = 128;

/** How the channels of a layer hang on those of the tensor before it. */
export type Connection =
  | {
      /** Some with some: each pair is a line. */
      readonly kind: 'each';
      readonly pairs: readonly (readonly [from: number, to: number])[];
      /** Whether every channel is joined with every other; lines to maps behind one another then fall together. */
      readonly isComplete: boolean;
    }
  /** Every value with every value: a fan of lines stands for them all. */
  | { readonly kind: 'fan' }
  /** The same values in another arrangement, or too many pairs to draw: only the ends are joined. */
  | { readonly kind: 'all' };

/**
 * Which channels of a tensor each channel of a layer reads, from the operators' own windows at the middle of the image.
 * More pairs than can be drawn apart count as `all`.
 *
 * @param from id of the tensor read
 */
export function connectionOf(graph: Graph, from: string, layer: FigureLayer): Connection {
  if (!layer.shape || !graph.nodeById.has(layer.output)) return { kind: 'all' };
  const [channels, height, width] = asImage(layer.shape);
  if (height * width === 1 && (layer.category === 'linear' || layer.category === 'convolution')) {
    return { kind: 'fan' };
  }
  if (layer.shape.length === 1 || channels > MOST_LINES) return { kind: 'all' };
  const pairs: [number, number][] = [];
  for (let channel = 0; channel < channels; channel += 1) {
    const cell = [channel, Math.floor(height / 2), Math.floor(width / 2)] as const;
    const read = cellsBehind(graph, layer.output, cell, from).get(from)?.channels ?? [];
    for (const source of read) pairs.push([source, channel]);
    if (pairs.length > MOST_LINES) return { kind: 'all' };
  }
  const sources = new Set(pairs.map(([source]) => source));
  return { kind: 'each', pairs, isComplete: sources.size > 1 && pairs.length === sources.size * channels };
}

/** A set-out tensor and where it is drawn. */
export interface PlacedGrid {
  readonly grid: MapGrid;
  readonly x: number;
  readonly y: number;
}

/**
 * The lines between two drawn tensors as one SVG path: map to map where the connection is known, otherwise from the
 * ends of one to the ends of the other.
 */
export function wirePath(from: PlacedGrid, to: PlacedGrid, connection: Connection): string {
  if (connection.kind === 'fan') {
    const [top1, bottom1] = endsOf(from);
    const [top2, bottom2] = endsOf(to);
    const along = (share: number, top: number, bottom: number): number => round(top + share * (bottom - top));
    const x1 = round(from.x + from.grid.width);
    return shares
      .flatMap((start) =>
        shares.map(
          (end) => `M${x1} ${along(start, top1, bottom1)}L${round(to.x)} ${along(end, top2, bottom2)}`,
        ),
      )
      .join('');
  }
  if (connection.kind === 'all') {
    const [x1, x2] = [from.x + from.grid.width, to.x];
    const [top1, bottom1] = endsOf(from);
    const [top2, bottom2] = endsOf(to);
    return `M${x1} ${top1}L${x2} ${top2}M${x1} ${bottom1}L${x2} ${bottom2}`;
  }
  // Maps of one row are joined with those of another at one height: one line in the gap stands for them all.
  const drawn = new Set<string>();
  let path = '';
  for (const [source, target] of connection.pairs) {
    if (connection.isComplete && target % to.grid.columns !== 0) continue;
    const start = tileOf(from.grid, source);
    const end = tileOf(to.grid, target);
    const x1 = round(from.x + start.x + from.grid.tileWidth);
    const y1 = round(from.y + start.y + from.grid.tileHeight / 2);
    const x2 = round(to.x + end.x);
    const y2 = round(to.y + end.y + to.grid.tileHeight / 2);
    const gapStart = round(from.x + from.grid.width);
    const gapEnd = round(to.x);
    if (y1 === y2) {
      if (!drawn.has(`${y1}`)) path += `M${gapStart} ${y1}H${gapEnd}`;
      drawn.add(`${y1}`);
    } else {
      // The curve lies in the gap between the layers; on its way to an inner column it runs level behind the maps.
      const middle = round((gapStart + gapEnd) / 2);
      path += `M${x1} ${y1}H${gapStart}C${middle} ${y1} ${middle} ${y2} ${gapEnd} ${y2}H${x2}`;
    }
  }
  return path;
}

const FAN_ENDS = 6;
const shares = Array.from({ length: FAN_ENDS }, (_, index) => (index + 0.5) / FAN_ENDS);

const round = (value: number): number => Math.round(value * 10) / 10;

function endsOf({ grid, y }: PlacedGrid): readonly [top: number, bottom: number] {
  const last = grid.kind === 'strip' ? grid.rows - 1 : (grid.rows - 1) * grid.columns;
  return [y + grid.offsetY, y + tileOf(grid, last).y + grid.tileHeight];
}
