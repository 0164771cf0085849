import type { Graph } from '../../engine/graph/types.ts';
import { shapeOf } from '../../engine/graph/types.ts';
import { type CellBlock, cellsBehind } from '../../engine/layout/cells-behind.ts';
import type { Cell } from '../../engine/ops/types.ts';
import { asImage } from '../../engine/ops/window.ts';
import { rectangleOf } from './map-grid.ts';
import type { PlacedGrid } from './map-wires.ts';

/** A drawn tensor. */
export interface DrawnTensor extends PlacedGrid {
  /** The box in which it is drawn. */
  readonly box: string;
  readonly tensor: string;
}

/** SVG paths that mark one output cell, the windows behind it, and the rays from the nearest windows to the cell. */
export interface CellTrace {
  readonly cell: string;
  /** In the tensors that the cell's own box reads. */
  readonly windows: string;
  /** Further back, to the input. */
  readonly earlier: string;
  readonly rays: string;
}

const MOST_RAYS = 16;
const MOST_WINDOWS = 64;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

const rectPath = ({ x, y, width, height }: Area): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;

/** The outline of a small cell stands around it, so that the cell's own colour stays visible. */
const grow = ({ x, y, width, height }: Area): Area => ({
  x: x - 1,
  y: y - 1,
  width: width + 2,
  height: height + 2,
});

/** Neighbouring numbers as runs. */
function runsOf(values: readonly number[]): [first: number, end: number][] {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last && last[1] === value) last[1] = value + 1;
    else runs.push([value, value + 1]);
  }
  return runs;
}

/** The areas that a block of cells covers; one around everything where there would be too many to see. */
function areasOf(drawn: DrawnTensor, block: CellBlock, shape: readonly number[]): Area[] {
  const { grid, x, y } = drawn;
  const shift = (area: Area): Area => ({ ...area, x: area.x + x, y: area.y + y });
  const [depth, height, width] = asImage(shape);
  const isWhole =
    block.channels.length === depth && block.rows.length === height && block.columns.length === width;
  if (grid.kind === 'strip') {
    if (isWhole || grid.columns > 1) {
      if (isWhole || block.channels.length > MOST_WINDOWS) {
        return [{ x, y, width: grid.width, height: grid.height }];
      }
      return block.channels.map((channel) => shift(rectangleOf(grid, channel, [0, 1], [0, 1])));
    }
    return runsOf(block.channels).map(([first, end]) => {
      const area = rectangleOf(grid, first, [0, 1], [0, 1]);
      return shift({ ...area, height: area.height * (end - first) });
    });
  }
  const rows = [block.rows[0] ?? 0, (block.rows.at(-1) ?? 0) + 1] as const;
  const columns = [block.columns[0] ?? 0, (block.columns.at(-1) ?? 0) + 1] as const;
  if (block.channels.length > MOST_WINDOWS && isWhole) {
    return [{ x, y, width: grid.width, height: grid.height }];
  }
  return block.channels.map((channel) => shift(rectangleOf(grid, channel, rows, columns)));
}

/**
 * Marks a cell and everything behind it on the drawn tensors.
 *
 * @param node the node whose output holds the cell
 * @param nearest boxes that the cell's box reads
 * @throws RangeError for an unknown node
 */
export function traceCell(
  graph: Graph,
  node: string,
  cell: Cell,
  drawn: readonly DrawnTensor[],
  nearest: ReadonlySet<string>,
): CellTrace | null {
  const own = drawn.find(({ tensor }) => tensor === node);
  if (!own) return null;
  const [channel, row, column] = cell;
  const inside = rectangleOf(own.grid, channel, [row, row + 1], [column, column + 1]);
  const target: Area = { ...inside, x: inside.x + own.x, y: inside.y + own.y };
  const blocks = cellsBehind(graph, node, cell);
  let windows = '';
  let earlier = '';
  let rays = '';
  for (const tensor of drawn) {
    const block = tensor === own ? undefined : blocks.get(tensor.tensor);
    if (!block || block.channels.length === 0) continue;
    const areas = areasOf(tensor, block, shapeOf(graph, tensor.tensor));
    const path = areas.map(rectPath).join('');
    if (!nearest.has(tensor.box)) {
      earlier += path;
      continue;
    }
    windows += path;
    for (const area of areas.slice(0, MOST_RAYS)) rays += rayPath(area, target);
  }
  return { cell: rectPath(grow(target)), windows, earlier, rays };
}

const rayPath = (from: Area, to: Area): string =>
  `M${round(from.x + from.width)} ${round(from.y)}L${round(to.x)} ${round(to.y)}V${round(to.y + to.height)}L${round(from.x + from.width)} ${round(from.y + from.height)}z`;
