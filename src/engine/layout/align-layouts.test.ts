import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { measureGlyph } from '../../components/figure/glyph-size.ts';
import { lower } from '../graph/lower.ts';
import type { Architecture } from '../spec/types.ts';
import { alignLayouts, HEAD, levelOf, levelStarts } from './align-layouts.ts';
import { foldableKeys, initialOpenGroups } from './figure-layers.ts';
import { layoutFigure } from './layout-figure.ts';

const drawn = (id: string, open: 'folded' | 'first' | 'all') => {
  const graph = lower(architectures.get(id) as Architecture);
  const groups =
    open === 'all' ? foldableKeys(graph) : open === 'first' ? initialOpenGroups(graph, 12) : ([] as string[]);
  const layout = layoutFigure(graph, {
    open: new Set(groups),
    glyph: (layer) => measureGlyph(graph, 'volumes', layer.name, layer),
  });
  return { graph, layout };
};

const ids = [
  'lenet5',
  'alexnet',
  'vgg16',
  'googlenet',
  'resnet50',
  'resnet20-cifar10',
  'fractalnet20',
  'densenet121',
  'squeezenet-1.0-complex-bypass',
];

describe('figures over one another', () => {
  it('have levels by how often the resolution is half of the input’s', () => {
    expect(levelOf([3, 224, 224], [64, 112, 112])).toBe(1);
    expect(levelOf([3, 227, 227], [96, 55, 55])).toBe(2);
    expect(levelOf([3, 32, 32], [16, 32, 32])).toBe(0);
    expect(levelOf([3, 224, 224], [512, 1, 1])).toBe(HEAD);
    expect(levelOf([3, 224, 224], [1000])).toBe(HEAD);
  });

  it('begin equal levels at the same place, and move nothing inside a level', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom('folded', 'first', 'all')), {
          minLength: 1,
          maxLength: 4,
        }),
        (chosen) => {
          const figures = chosen.map(([id, open]) => drawn(id, open as 'folded'));
          const inputs = figures.map(({ graph }) => graph.input);
          const aligned = alignLayouts(
            figures.map(({ layout }) => layout),
            inputs,
          );
          figures.forEach(({ layout, graph }, index) => {
            const after = aligned.layouts[index];
            if (!after) throw new Error('a layout is gone');
            const starts = levelStarts(layout, graph.input);
            const levelAt = (x: number) => starts.findLast((start) => start.x <= x);
            layout.boxes.forEach((box, place) => {
              const moved = after.boxes[place];
              const start = levelAt(box.x);
              const column = aligned.levels.find(({ level }) => level === start?.level);
              if (!moved || !start || !column) throw new Error(`${box.id} has no level`);
              expect(moved.x - column.x).toBeCloseTo(box.x - start.x, 6);
              expect(moved.x + moved.width).toBeLessThanOrEqual(column.x + column.width + 1e-6);
              expect(moved.width).toBe(box.width);
            });
            for (const [place, frame] of after.frames.entries()) {
              const before = layout.frames[place];
              const inside = layout.boxes.filter(({ id }) => id.startsWith(`${before?.id}/`));
              for (const { id } of inside) {
                const box = after.boxes.find((one) => one.id === id);
                expect(box && box.x >= frame.x - 1e-6).toBe(true);
                expect(box && box.x + box.width <= frame.x + frame.width + 1e-6).toBe(true);
              }
            }
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('leave a single figure as it is', () => {
    const { layout, graph } = drawn('resnet50', 'first');
    const { layouts } = alignLayouts([layout], [graph.input]);
    expect(layouts[0]?.boxes).toEqual(layout.boxes);
    expect(layouts[0]?.edges).toEqual(layout.edges);
  });
});
