import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../../architectures/index.ts';
import { lower } from '../../../engine/graph/lower.ts';
import { initialOpenGroups } from '../../../engine/layout/figure-layers.ts';
import { layoutFigure, usualWords } from '../../../engine/layout/layout-figure.ts';
import type { Wording } from '../../../engine/layout/types.ts';
import { measureGlyph } from '../glyph-size.ts';
import {
  automaticScale,
  fitScale,
  fitWords,
  keepPoint,
  limitScale,
  MOST_SCALE,
  reveal,
  settle,
  settleWithin,
  viewHeight,
} from './placement.ts';

const lengths = fc.double({ min: 20, max: 500_000, noNaN: true });
const views = fc.double({ min: 100, max: 3000, noNaN: true });

describe('the scale of a figure', () => {
  it('shows all of a figure by itself within what can be told, and is 1 where it has to scroll', () => {
    expect(automaticScale({ width: 950, height: 300 }, { width: 1000, height: 600 })).toBeCloseTo(1000 / 950);
    expect(automaticScale({ width: 300, height: 300 }, { width: 1000, height: 600 })).toBe(1.2);
    expect(automaticScale({ width: 5000, height: 300 }, { width: 1000, height: 600 })).toBe(1);
    expect(automaticScale({ width: 5000, height: 300 }, { width: 0, height: 600 })).toBe(1);
    expect(automaticScale({ width: 1600, height: 300 }, { width: 1000, height: 600 })).toBeCloseTo(
      1000 / 1600,
    );
    // Maps are pixels: at a small scale there is nothing left of them.
    expect(automaticScale({ width: 1600, height: 300 }, { width: 1000, height: 600 }, false)).toBe(1);
  });

  it('gives way to a high figure in part, which then scrolls in its view', () => {
    expect(automaticScale({ width: 5000, height: 800 }, { width: 1000, height: 600 })).toBe(0.75);
    expect(automaticScale({ width: 5000, height: 6000 }, { width: 1000, height: 600 })).toBe(0.6);
    expect(viewHeight({ width: 5000, height: 6000 }, 0.6, 600)).toBe(600);
    expect(viewHeight({ width: 5000, height: 300 }, 1, 600)).toBe(300);
  });

  it('shows all of any figure when fitted, and is never below that or above the largest', () => {
    fc.assert(
      fc.property(lengths, lengths, views, views, (width, height, across, down) => {
        const [figure, view] = [
          { width, height },
          { width: across, height: down },
        ];
        const fit = fitScale(figure, view);
        expect(width * fit).toBeLessThanOrEqual(across * (1 + 1e-9));
        expect(height * fit).toBeLessThanOrEqual(down * (1 + 1e-9));
        expect(limitScale(fit, figure, view)).toBeCloseTo(fit, 12);
        expect(limitScale(1e9, figure, view)).toBe(MOST_SCALE);
        expect(limitScale(0, figure, view)).toBe(Math.min(0.2, fit));
      }),
    );
  });
});

describe('the words of a figure', () => {
  /** A figure of so many columns, as wide as their words or as what they draw. */
  const figure = (columns: number, words: number, drawing: number) => (wording: Wording) =>
    columns * Math.max(wording.size * words * (wording.hasShapes ? 1 : 0.6), drawing);

  it('are as usual where the figure fits, and where it has to scroll', () => {
    expect(fitWords(figure(10, 60, 60), 860)).toEqual(usualWords);
    expect(fitWords(figure(100, 60, 60), 860)).toEqual(usualWords);
    expect(fitWords(figure(10, 60, 60), 0)).toEqual(usualWords);
  });

  it('grow as the drawing shrinks, no more than they have to, and leave the shapes out last', () => {
    const { size, hasShapes } = fitWords(figure(10, 60, 130), 860);
    expect(hasShapes).toBe(true);
    expect(size).toBeCloseTo(1.3);
    expect(fitWords(figure(18, 70, 100), 860).hasShapes).toBe(false);
  });

  it('let the whole of every network be seen at first beside rail and inspector, and be read', () => {
    for (const architecture of architectures.values()) {
      const graph = lower(architecture);
      const open = initialOpenGroups(graph, 12);
      const widthWith = (words: Wording): number =>
        layoutFigure(graph, {
          open,
          words,
          glyph: (layer) => measureGlyph(graph, 'volumes', layer.name, layer, words),
        }).width;
      const words = fitWords(widthWith, 862);
      const scale = automaticScale({ width: widthWith(words), height: 200 }, { width: 862, height: 600 });
      expect(scale * widthWith(words), architecture.id).toBeLessThanOrEqual(862 + 1e-6);
      expect(scale * words.size, architecture.id).toBeGreaterThan(0.65);
    }
  });
});

describe('the place of a figure in its view', () => {
  it('keeps the point under the pointer through any zoom that leaves the figure in view', () => {
    fc.assert(
      fc.property(
        lengths,
        views,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: MOST_SCALE, noNaN: true }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (length, view, at, scale, ratio, scrolled) => {
          const content = length * scale;
          const edge = content > view ? (view - content) * scrolled : (view - content) / 2;
          const point = Math.max(0, edge) + at * Math.min(view, content);
          const under = (point - edge) / scale;
          const wanted = keepPoint(edge, point, ratio);
          const kept = Math.min(content * ratio, view / 4);
          fc.pre(wanted >= kept - content * ratio && wanted <= view - kept);
          const placed = settle(wanted, content * ratio, view);
          const edgeThen = placed.before - placed.scroll;
          expect(edgeThen + under * scale * ratio).toBeCloseTo(point, 1);
        },
      ),
    );
  });

  it('leaves no more blank than is seen, and nothing to scroll into beyond the figure', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), lengths, views, (edge, content, view) => {
        const { before, after, scroll } = settle(edge, content, view);
        expect(Math.min(before, scroll)).toBe(0);
        expect(before + content + after).toBeGreaterThanOrEqual(view - 1e-6);
        expect(scroll).toBeLessThanOrEqual(before + content + after - view + 1e-6);
        // A part of the figure stays in view.
        expect(before).toBeLessThan(view);
        expect(scroll).toBeLessThan(content);
      }),
    );
  });

  it('is the middle where the figure is smaller than its view, and without blank where it is larger', () => {
    expect(settleWithin(-40, 400, 1000)).toEqual({ before: 300, after: 300, scroll: 0 });
    expect(settleWithin(50, 2000, 1000)).toEqual({ before: 0, after: 0, scroll: 0 });
    expect(settleWithin(-5000, 2000, 1000)).toEqual({ before: 0, after: 0, scroll: 1000 });
    expect(settleWithin(-300, 2000, 1000)).toEqual({ before: 0, after: 0, scroll: 300 });
  });

  it('moves for a layer only where it is out of view, and only as far as it has to', () => {
    expect(reveal(0, 1000, 100, 200, 24)).toBeNull();
    expect(reveal(-500, 1000, 100, 200, 24)).toBe(-76);
    expect(reveal(0, 1000, 1200, 1300, 24)).toBe(-324);
    // What is wider than the view shows its beginning.
    expect(reveal(0, 1000, 1200, 2600, 24)).toBe(-1200);
  });
});
