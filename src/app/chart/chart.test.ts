import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { accuracies, accuracyFacts } from '../published/accuracy.ts';
import { candidatesOf, chooseNetworks, excessOf, type Limits, limitIds } from './choose.ts';
import { dominates, paretoFront } from './pareto.ts';
import { imagenetPoints, withTimes } from './points.ts';

const better = fc.constantFrom('more' as const, 'less' as const);
// Few different values, so that places coincide and lie beside one another.
const places = fc.array(fc.record({ x: fc.integer({ min: 0, max: 8 }), y: fc.integer({ min: 0, max: 8 }) }), {
  maxLength: 30,
});

describe('Pareto’s front', () => {
  it('holds the places that no other dominates, and those alone', () => {
    fc.assert(
      fc.property(places, better, better, (all, x, y) => {
        const front = new Set(paretoFront(all, x, y));
        for (const place of all) {
          const isBeaten = all.some((other) => dominates(other, place, x, y));
          expect(front.has(place)).toBe(!isBeaten);
        }
      }),
    );
  });

  it('goes from the best in one quantity to the best in the other', () => {
    fc.assert(
      fc.property(places, better, better, (all, x, y) => {
        const front = paretoFront(all, x, y);
        for (const [index, place] of front.slice(1).entries()) {
          const before = front[index];
          expect(
            x === 'less' ? place.x - (before?.x ?? 0) : (before?.x ?? 0) - place.x,
          ).toBeGreaterThanOrEqual(0);
          expect(
            y === 'more' ? place.y - (before?.y ?? 0) : (before?.y ?? 0) - place.y,
          ).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

const points = imagenetPoints();
const none: Limits = { weights: null, macs: null, memory: null, time: null, accuracy: null };

describe('the points of the chart', () => {
  it('are the published accuracies, every one of the catalogue with costs and a year', () => {
    expect(points).toHaveLength(accuracyFacts.length);
    for (const { key, network, values, incomparable } of points) {
      expect(values.top1, key).not.toBeNull();
      expect(values.year, key).toBeGreaterThan(2010);
      if (network === null) expect(incomparable, key).not.toBeNull();
      else
        for (const one of ['macs', 'parameters', 'weights', 'activations', 'memory'] as const)
          expect(values[one], key).toBeGreaterThan(0);
    }
  });

  it('have the time of the network that was measured, and of no other', () => {
    const timed = withTimes(points, { resnet18: { ms: 12.5, backend: 'wasm', runs: 10, when: 0 } });
    expect(timed.filter(({ values }) => values.time !== null).map(({ network }) => network)).toEqual([
      'resnet18',
    ]);
  });
});

describe('the chooser', () => {
  const candidates = candidatesOf(points);

  it('asks of every network with a comparable accuracy, once', () => {
    expect(new Set(candidates.map(({ network }) => network))).toEqual(new Set(Object.keys(accuracies)));
    expect(candidates.length).toBe(new Set(candidates.map(({ network }) => network)).size);
    for (const { network, values } of candidates) {
      expect(architectures.has(network ?? '')).toBe(true);
      expect(values.top1).toBe(accuracies[network ?? '']?.top1);
    }
  });

  it('keeps every network where nothing is limited', () => {
    expect(chooseNetworks(candidates, none, 'top1').remaining).toHaveLength(candidates.length);
  });

  it('names the first limit that a network breaks, and by how much', () => {
    const limits = { ...none, weights: 100 * 2 ** 20, accuracy: 70 };
    const { remaining, fallen } = chooseNetworks(candidates, limits, 'top1');
    const of = (network: string) => fallen.find(({ point }) => point.network === network);
    expect(of('vgg16')?.limit).toBe('weights');
    expect(excessOf(of('vgg16') as never, limits)).toBeCloseTo(5.278, 3);
    expect(of('squeezenet-1.0')?.limit).toBe('accuracy');
    expect(excessOf(of('squeezenet-1.0') as never, limits)).toBeCloseTo(70 - 58.092);
    expect(remaining.map(({ network }) => network)).toContain('resnet50');
    expect(remaining[0]?.values.top1).toBe(Math.max(...remaining.map(({ values }) => values.top1 ?? 0)));
  });

  it('keeps none whose time is not known where time is limited', () => {
    const { remaining, fallen } = chooseNetworks(candidates, { ...none, time: 50 }, 'top1');
    expect(remaining).toEqual([]);
    expect(fallen.every(({ limit, value }) => limit === 'time' && value === null)).toBe(true);
  });

  it('parts the networks in two, and what remains breaks no limit', () => {
    const limit = fc.option(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        fc.record({
          weights: limit,
          macs: limit,
          memory: limit,
          time: fc.constant(null),
          accuracy: fc.option(fc.integer({ min: 1, max: 99 }), { nil: null }),
        }),
        (limits) => {
          const { remaining, fallen } = chooseNetworks(candidates, limits, 'top1');
          expect(remaining.length + fallen.length).toBe(candidates.length);
          for (const { values } of remaining) {
            for (const id of limitIds) {
              const bound = limits[id];
              if (bound === null) continue;
              const value = values[id === 'accuracy' ? 'top1' : id] ?? Number.NaN;
              expect(id === 'accuracy' ? value >= bound : value <= bound).toBe(true);
            }
          }
          for (const one of fallen) {
            const excess = excessOf(one, limits) ?? 0;
            expect(excess).toBeGreaterThan(one.limit === 'accuracy' ? 0 : 1);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
