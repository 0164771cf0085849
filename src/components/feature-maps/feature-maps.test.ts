import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../../engine/graph/lower.ts';
import { layoutFigure } from '../../engine/layout/layout-figure.ts';
import type { FigureLayer } from '../../engine/layout/types.ts';
import type { Architecture, Shape } from '../../engine/spec/types.ts';
import { traceCell } from './cell-trace.ts';
import { createColourScale, largestMagnitude, paintPixels } from './colour-scale.ts';
import { cellAt, GRID_HEIGHT, planGrid, rectangleOf, stepCell, tileOf } from './map-grid.ts';
import { connectionOf } from './map-wires.ts';

const shapes = fc.oneof(
  fc.tuple(
    fc.integer({ min: 1, max: 600 }),
    fc.integer({ min: 2, max: 64 }),
    fc.integer({ min: 2, max: 64 }),
  ),
  fc.tuple(fc.integer({ min: 1, max: 30000 })),
);

const layersOf = (id: string): { graph: ReturnType<typeof lower>; layer: (name: string) => FigureLayer } => {
  const graph = lower(architectures.get(id) as Architecture);
  const { boxes } = layoutFigure(graph, {
    open: new Set(),
    glyph: () => ({ width: 10, height: 10, labelWidth: 10 }),
  });
  return {
    graph,
    layer: (name) => boxes.find((box) => box.id === name)?.layer as FigureLayer,
  };
};

describe('the set-out maps of a tensor', () => {
  it('give back the cell at the middle of its rectangle, for every shape', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.nat(), fc.nat(), (shape, c, r, w) => {
        const [channels = 1, height = 1, width = 1] = shape as Shape;
        const grid = planGrid(shape);
        const cell = [c % channels, r % height, w % width] as const;
        const area = rectangleOf(grid, cell[0], [cell[1], cell[1] + 1], [cell[2], cell[2] + 1]);
        expect(cellAt(grid, area.x + area.width / 2, area.y + area.height / 2)).toEqual(cell);
      }),
    );
  });

  it('stay within the height and do not lie on one another', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const grid = planGrid(shape);
        expect(grid.height).toBeLessThanOrEqual(GRID_HEIGHT + 1e-6);
        expect(grid.tileWidth).toBeLessThanOrEqual(grid.stepX + 1e-9);
        expect(grid.tileHeight).toBeLessThanOrEqual(grid.stepY + 1e-9);
        const last = tileOf(grid, grid.count - 1);
        expect(last.x + grid.tileWidth).toBeLessThanOrEqual(grid.width + 1e-6);
        expect(last.y + grid.tileHeight).toBeLessThanOrEqual(grid.height + 1e-6);
      }),
    );
  });

  it('are six in a column, sixteen in a square, and a list in a strip', () => {
    expect(planGrid([6, 28, 28])).toMatchObject({ kind: 'maps', columns: 1, rows: 6 });
    expect(planGrid([16, 10, 10])).toMatchObject({ kind: 'maps', columns: 4, rows: 4 });
    expect(planGrid([120])).toMatchObject({ kind: 'strip', columns: 1, rows: 120, height: GRID_HEIGHT });
    expect(planGrid([120, 1, 1])).toEqual(planGrid([120]));
  });

  it('answer nothing between the maps', () => {
    const grid = planGrid([16, 10, 10]);
    expect(cellAt(grid, 1, 0)).toBeNull();
    expect(cellAt(grid, grid.width + 1, GRID_HEIGHT / 2)).toBeNull();
  });

  it('keep a moving cell inside', () => {
    expect(stepCell([6, 28, 28], [0, 0, 27], { rows: -1, columns: 1 })).toEqual([0, 0, 27]);
    expect(stepCell([6, 28, 28], [2, 3, 4], { channels: 1, rows: 1 })).toEqual([3, 4, 4]);
    expect(stepCell([84], [80, 0, 0], { channels: 84 })).toEqual([83, 0, 0]);
  });
});

describe('the colours of values', () => {
  const scale = createColourScale('#ff0000', '#ffffff', '#0000ff');
  const paint = (values: number[]): string[] => {
    const target = new Uint32Array(values.length);
    const order = Uint32Array.from(values, (_, index) => index);
    paintPixels(target, values, largestMagnitude(values), scale, order);
    const bytes = new Uint8Array(target.buffer);
    return values.map((_, index) => [...bytes.slice(4 * index, 4 * index + 3)].join());
  };

  it('run from the one end through the page to the other, by the largest magnitude', () => {
    expect(paint([-2, 0, 2])).toEqual(['255,0,0', '255,255,255', '0,0,255']);
    expect(paint([1, 4])).toEqual(['191,191,255', '0,0,255']);
  });

  it('leave a layer of nothing but zeros blank, and a value that is not a number too', () => {
    expect(paint([0, 0])).toEqual(['255,255,255', '255,255,255']);
    expect(paint([Number.NaN, 1])).toEqual(['255,255,255', '0,0,255']);
  });
});

describe('the wires between maps', () => {
  it('join each map of conv1 with its own in pool1, and every map of pool1 with every one of conv2', () => {
    const { graph, layer } = layersOf('lenet5');
    const pool = connectionOf(graph, 'conv1/tanh', layer('pool1'));
    expect(pool).toEqual({
      kind: 'each',
      pairs: [0, 1, 2, 3, 4, 5].map((index) => [index, index]),
      isComplete: false,
    });
    const conv = connectionOf(graph, 'pool1', layer('conv2'));
    expect(conv).toMatchObject({ kind: 'each', isComplete: true });
    expect(conv.kind === 'each' && conv.pairs.length).toBe(96);
    expect(connectionOf(graph, 'flatten', layer('fc1')).kind).toBe('fan');
  });

  it('are the 60 of Table I for C3 of 1998', () => {
    const { graph, layer } = layersOf('lenet5-1998');
    const wires = connectionOf(graph, 's2/tanh', layer('c3'));
    const pairs = wires.kind === 'each' ? wires.pairs : [];
    expect(pairs).toHaveLength(60);
    expect(pairs.filter(([, target]) => target === 0).map(([source]) => source)).toEqual([0, 1, 2]);
    expect(pairs.filter(([, target]) => target === 15)).toHaveLength(6);
  });
});

describe('the trace of a cell', () => {
  it('marks six windows in pool1 for a cell of conv2, and nothing behind the layers that follow', () => {
    const { graph } = layersOf('lenet5');
    const drawn = ['input', 'pool1', 'conv2/tanh', 'pool2'].map((tensor, index) => ({
      box: tensor,
      tensor,
      grid: planGrid(tensor === 'input' ? [1, 32, 32] : (graph.nodeById.get(tensor)?.shape ?? [])),
      x: 200 * index,
      y: 0,
    }));
    const trace = traceCell(graph, 'conv2/tanh', [4, 3, 6], drawn, new Set(['pool1']));
    expect(trace?.windows.match(/M/g)).toHaveLength(6);
    expect(trace?.earlier.match(/M/g)).toHaveLength(1);
    expect(trace?.rays.match(/M/g)).toHaveLength(6);
  });
});
