import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { alongDepth } from '../../engine/cost/along-depth.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { peakMemory } from '../../engine/cost/memory.ts';
import { lower } from '../../engine/graph/lower.ts';
import { receptiveFields } from '../../engine/graph/receptive-field.ts';
import { foldableKeys } from '../../engine/layout/figure-layers.ts';
import { layoutFigure } from '../../engine/layout/layout-figure.ts';
import { arbitraryArchitecture } from '../../engine/spec/arbitrary.testing.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { chartValues, costOver, nodeSteps, stackBars, stepPath, upperSteps } from './depth-charts.ts';
import { measureGlyph } from './glyph-size.ts';
import { shareOf } from './share-of.ts';

const units = { units: 'macs', batch: 2 } as const;

function read(architecture: Architecture, isOpen: boolean) {
  const graph = lower(architecture);
  const costs = computeCosts(graph);
  const peak = peakMemory(graph);
  const layout = layoutFigure(graph, {
    open: new Set(isOpen ? foldableKeys(graph) : []),
    glyph: (layer) => measureGlyph(graph, 'volumes', layer.name, layer),
  });
  const along = alongDepth(graph, costs, receptiveFields(graph), peak, { dtype: 'fp32', batch: 2 });
  return { graph, costs, peak, layout, along };
}

function expectSums(architecture: Architecture): void {
  for (const isOpen of [false, true]) {
    const { graph, costs, peak, layout, along } = read(architecture, isOpen);
    for (const chart of ['parameters', 'operations', 'activations'] as const) {
      const values = chartValues(layout, along, chart, units);
      const total = costs.total[chart === 'operations' ? 'macs' : chart];
      const sum = values.reduce((all, { value }) => all + (value ?? 0), 0);
      expect(sum, `${architecture.id} ${chart}`).toBe(total);
      const bars = stackBars(values);
      expect(Math.max(...bars.map(({ from, height }) => from + height))).toBeLessThanOrEqual(1 + 1e-9);
      // Bars under one another never overlap.
      for (const a of bars) {
        for (const b of bars) {
          if (a === b || a.box.x >= b.box.x + b.box.width || b.box.x >= a.box.x + a.box.width) continue;
          const overlap = Math.min(a.from + a.height, b.from + b.height) - Math.max(a.from, b.from);
          expect(overlap).toBeLessThanOrEqual(1e-9);
        }
      }
    }
    const steps = upperSteps(nodeSteps(layout, along, 'alive', units));
    if (graph.nodes.length > 0) expect(Math.max(...steps.map(({ value }) => value))).toBe(peak.values);
  }
}

describe('charts along depth', () => {
  it('add up to the totals in every network, folded and unfolded', () => {
    for (const id of ['lenet5', 'alexnet', 'vgg16', 'vgg11-bn', 'zfnet-lecture']) {
      expectSums(architectures.get(id) as Architecture);
    }
  });

  it('add up and reach the peak for networks of any structure', () => {
    fc.assert(fc.property(arbitraryArchitecture, expectSums), { numRuns: 40 });
  });

  it('have no value where there are no nodes, and none of intensity where nothing moves', () => {
    const { graph, along } = read(architectures.get('lenet5') as Architecture, false);
    const flatten = graph.nodeById.get('flatten')?.index ?? 0;
    expect(costOver(along, 'parameters', units, 3, 3)).toBeNull();
    expect(costOver(along, 'parameters', units, along.length, along.length + 2)).toBeNull();
    expect(costOver(along, 'intensity', units, flatten, flatten + 1)).toBeNull();
    expect(costOver(along, 'alive', units, 0, 1)).toBe(1024 + 4704);
  });

  it('draw the upper of levels that overlap, once', () => {
    const step = fc.record({
      from: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 1, max: 9 }),
      value: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (drawn) => {
        const steps = drawn.map(({ from, length, value }) => ({ from, to: from + length, value }));
        const upper = upperSteps(steps);
        for (let at = 0.5; at < 45; at += 1) {
          const over = steps.filter(({ from, to }) => from < at && at < to).map(({ value }) => value);
          const found = upper.filter(({ from, to }) => from < at && at < to).map(({ value }) => value);
          expect(found).toEqual(over.length === 0 ? [] : [Math.max(...over)]);
        }
        upper.slice(1).forEach(({ from }, index) => {
          expect(from).toBeGreaterThanOrEqual(upper[index]?.to ?? 0);
        });
      }),
    );
  });

  it('pass from level to level in the middle of a gap', () => {
    const steps = [
      { from: 0, to: 10, value: 1 },
      { from: 20, to: 30, value: 2 },
    ];
    expect(stepPath(steps, (value) => 10 - value)).toBe('M0 9H15V8H30');
    expect(stepPath([], (value) => value)).toBe('');
  });

  it('scale between the least and the most', () => {
    expect([shareOf(10, 1, 100, 'log'), shareOf(25, 0, 100, 'linear')]).toEqual([0.5, 0.25]);
    expect([shareOf(7, 7, 7, 'log'), shareOf(0, 1, 10, 'log'), shareOf(5, 0, 0, 'linear')]).toEqual([
      1, 0, 1,
    ]);
  });
});
