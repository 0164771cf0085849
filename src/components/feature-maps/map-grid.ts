import type { Cell } from '../../engine/ops/types.ts';
import { asImage } from '../../engine/ops/window.ts';
import type { Shape } from '../../engine/spec/types.ts';

/** Figure units of a map's side for one pixel: a map of n pixels is √n times as long, unless many have to share the height. */
const UNITS_PER_ROOT_PIXEL = 7.2;

/** Height of every layer's maps in figure units. */
export const GRID_HEIGHT = 252;

const STRIP_WIDTH = 14;
const MOST_ROWS = 128;
const MOST_STRIP_WIDTH = 96;
const MOST_CELL_HEIGHT = 26;
const MOST_IN_ONE_COLUMN = 8;

/** How the channels of one tensor are set out, in figure units from the upper left corner of its drawing. */
export interface MapGrid {
  /** Maps are tiles of pixels, row by row; a list of features is a strip of cells, column by column. */
  readonly kind: 'maps' | 'strip';
  /** Channels or features. */
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly stepX: number;
  readonly stepY: number;
  /** Of the first tile: tiles stand centred in their share of the height. */
  readonly offsetY: number;
  /** Pixels of one map: 1 and 1 in a strip. */
  readonly pixelRows: number;
  readonly pixelColumns: number;
  readonly width: number;
  readonly height: number;
}

function planStrip(count: number): MapGrid {
  let columns = Math.ceil(count / MOST_ROWS);
  if (count <= 2 * MOST_ROWS) columns = 1;
  let rows = Math.ceil(count / columns);
  let tileHeight = Math.min(GRID_HEIGHT / rows, MOST_CELL_HEIGHT);
  let tileWidth = columns <= 4 ? STRIP_WIDTH / columns : tileHeight;
  if (columns * tileWidth > MOST_STRIP_WIDTH) {
    rows = Math.floor(GRID_HEIGHT / Math.sqrt((GRID_HEIGHT * MOST_STRIP_WIDTH) / count));
    columns = Math.ceil(count / rows);
    rows = Math.ceil(count / columns);
    tileHeight = GRID_HEIGHT / rows;
    tileWidth = MOST_STRIP_WIDTH / columns;
  }
  return {
    kind: 'strip',
    count,
    columns,
    rows,
    tileWidth,
    tileHeight,
    stepX: tileWidth,
    stepY: tileHeight,
    offsetY: 0,
    pixelRows: 1,
    pixelColumns: 1,
    width: columns * tileWidth,
    height: rows * tileHeight,
  };
}

/**
 * Sets out a tensor's channels. Few maps stand in one column, more in a square; partly connected ones in two columns,
 * so that a line to each can be followed.
 *
 * @param shape `[C, H, W]` or `[F]`
 */
export function planGrid(shape: Shape, isPartlyConnected = false): MapGrid {
  const [count, height, width] = asImage(shape);
  if (height === 1 && width === 1) return planStrip(count);
  const columns =
    count <= MOST_IN_ONE_COLUMN ? 1 : isPartlyConnected && count <= 16 ? 2 : Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const share = GRID_HEIGHT / rows;
  const naturalHeight = UNITS_PER_ROOT_PIXEL * Math.sqrt(height);
  const gap = share > 20 ? 4 : share > 9 ? 1.5 : 0.75;
  const shrink = Math.min(1, (share - gap) / naturalHeight);
  const tileHeight = naturalHeight * shrink;
  const tileWidth = UNITS_PER_ROOT_PIXEL * Math.sqrt(width) * shrink;
  return {
    kind: 'maps',
    count,
    columns,
    rows,
    tileWidth,
    tileHeight,
    stepX: tileWidth + gap,
    stepY: share,
    offsetY: (share - tileHeight) / 2,
    pixelRows: height,
    pixelColumns: width,
    width: columns * (tileWidth + gap) - gap,
    height: GRID_HEIGHT,
  };
}

/** Upper left corner of a channel's tile. */
export function tileOf(grid: MapGrid, channel: number): { readonly x: number; readonly y: number } {
  const [row, column] =
    grid.kind === 'strip'
      ? [channel % grid.rows, Math.floor(channel / grid.rows)]
      : [Math.floor(channel / grid.columns), channel % grid.columns];
  return { x: column * grid.stepX, y: grid.offsetY + row * grid.stepY };
}

/** The cell at a place, or null between the tiles. */
export function cellAt(grid: MapGrid, x: number, y: number): Cell | null {
  const column = Math.floor(x / grid.stepX);
  const row = Math.floor((y - grid.offsetY) / grid.stepY);
  if (column < 0 || column >= grid.columns || row < 0 || row >= grid.rows) return null;
  const channel = grid.kind === 'strip' ? column * grid.rows + row : row * grid.columns + column;
  if (channel >= grid.count) return null;
  const insideX = (x - column * grid.stepX) / grid.tileWidth;
  const insideY = (y - grid.offsetY - row * grid.stepY) / grid.tileHeight;
  if (insideX >= 1 || insideY >= 1) return null;
  return [channel, Math.floor(insideY * grid.pixelRows), Math.floor(insideX * grid.pixelColumns)];
}

/** The rectangle of some rows and columns of a channel, from the first to before the end. */
export function rectangleOf(
  grid: MapGrid,
  channel: number,
  rows: readonly [first: number, end: number],
  columns: readonly [first: number, end: number],
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const { x, y } = tileOf(grid, channel);
  const cellWidth = grid.tileWidth / grid.pixelColumns;
  const cellHeight = grid.tileHeight / grid.pixelRows;
  return {
    x: x + columns[0] * cellWidth,
    y: y + rows[0] * cellHeight,
    width: (columns[1] - columns[0]) * cellWidth,
    height: (rows[1] - rows[0]) * cellHeight,
  };
}

/** The cell one step on in a tensor, staying inside; rows and columns run on within a map, a strip runs along its features. */
export function stepCell(
  shape: Shape,
  [channel, row, column]: Cell,
  step: { readonly channels?: number; readonly rows?: number; readonly columns?: number },
): Cell {
  const [depth, height, width] = asImage(shape);
  const within = (value: number, extent: number): number => Math.min(extent - 1, Math.max(0, value));
  return [
    within(channel + (step.channels ?? 0), depth),
    within(row + (step.rows ?? 0), height),
    within(column + (step.columns ?? 0), width),
  ];
}
