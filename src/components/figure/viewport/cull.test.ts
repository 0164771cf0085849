import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../../architectures/index.ts';
import { lower } from '../../../engine/graph/lower.ts';
import { foldableKeys } from '../../../engine/layout/figure-layers.ts';
import { layoutFigure } from '../../../engine/layout/layout-figure.ts';
import type { Architecture } from '../../../engine/spec/types.ts';
import { measureGlyph } from '../glyph-size.ts';
import { boxAt, cull, MOST_DRAWN, stretchAround, touches, withForced } from './cull.ts';
import { outlineOf } from './outline.ts';

const layoutOf = (id: string) => {
  const graph = lower(architectures.get(id) as Architecture);
  return layoutFigure(graph, {
    open: new Set(foldableKeys(graph)),
    glyph: (layer) => measureGlyph(graph, 'volumes', layer.name, layer),
  });
};
const long = layoutOf('resnet152');
const area = { x: 9000, y: 0, width: 1800, height: long.height };

describe('what of a figure is drawn', () => {
  it('is all of a small figure, wherever the view is', () => {
    const small = layoutOf('alexnet');
    expect(small.boxes.length).toBeLessThanOrEqual(MOST_DRAWN);
    expect(cull(small, { x: 1e6, y: 0, width: 1, height: 1 })).toEqual({
      boxes: small.boxes,
      edges: small.edges,
      frames: small.frames,
      reuses: small.reuses,
      isCompact: false,
    });
  });

  it('is of a long one what touches the area, with every edge and frame that passes through', () => {
    const drawn = cull(long, area);
    expect(drawn.isCompact).toBe(false);
    expect(drawn.boxes.length).toBeGreaterThan(5);
    expect(drawn.boxes.length).toBeLessThanOrEqual(MOST_DRAWN);
    expect(drawn.boxes).toEqual(long.boxes.filter((box) => touches(box, area)));
    for (const edge of long.edges) {
      const isNear = edge.points.some(([x]) => x >= area.x && x <= area.x + area.width);
      if (isNear) expect(drawn.edges, edge.id).toContain(edge);
    }
    const around = long.frames.find(({ x, width }) => x < area.x && x + width > area.x + area.width);
    if (around) expect(drawn.frames).toContain(around);
  });

  it('is outlines where that is still too much', () => {
    const drawn = cull(long, { x: 0, y: 0, width: long.width, height: long.height });
    expect(drawn.isCompact).toBe(true);
    expect(drawn.boxes).toHaveLength(long.boxes.length);
    const outline = outlineOf(drawn.boxes, drawn.edges, drawn.frames);
    const count = (path: string) => path.split('M').length - 1;
    expect(outline.boxes.reduce((sum, { path }) => sum + count(path), 0)).toBe(long.boxes.length);
    expect(outline.edges.reduce((sum, { path }) => sum + count(path), 0)).toBe(long.edges.length);
    expect(outline.frames.reduce((sum, { path }) => sum + count(path), 0)).toBe(long.frames.length);
    expect(outline.boxes.length).toBeLessThan(10);
  });

  it('holds the view with a margin of a step and not much more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 500, noNaN: true }),
        fc.double({ min: 100, max: 2000, noNaN: true }),
        fc.double({ min: 0.01, max: 4, noNaN: true }),
        (edge, view, scale) => {
          const step = view / 4;
          const { from, to } = stretchAround(edge, view, scale, step);
          expect(from * scale).toBeLessThanOrEqual(-edge - step + 1e-6);
          expect(to * scale).toBeGreaterThanOrEqual(-edge + view + step - 1e-6);
          // A step is up to √2 as wide as asked for, and at most two more than are needed are taken on either side.
          expect((to - from) * scale).toBeLessThanOrEqual(view + 4 * Math.SQRT2 * step + 1e-6);
        },
      ),
    );
  });

  it('stays the same while the view moves within a step, and mostly while it zooms', () => {
    expect(stretchAround(-30, 1000, 1, 250)).toEqual(stretchAround(-250, 1000, 1, 250));
    const stretches = Array.from({ length: 100 }, (_, index) => stretchAround(0, 1000, 1 + index / 100, 250));
    expect(new Set(stretches.map(({ from, to }) => `${from} ${to}`)).size).toBeLessThan(10);
  });

  it('has the boxes that are asked for whatever is in view, each once', () => {
    const [first, second] = long.boxes;
    const near = long.boxes.slice(20, 30);
    expect(withForced(near, [near[2], null, undefined])).toBe(near);
    expect(withForced(near, [first, first, second])).toEqual([...near, first, second]);
  });

  it('finds the box at a point, and none between boxes', () => {
    const box = long.boxes[100];
    if (!box) throw new Error('no box');
    expect(boxAt(long.boxes, box.x + 1, box.axisY)).toBe(box);
    expect(boxAt(long.boxes, -5, -5)).toBeNull();
  });
});
