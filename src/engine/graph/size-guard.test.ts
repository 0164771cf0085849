import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCosts } from '../cost/costs.ts';
import { peakMemory } from '../cost/memory.ts';
import { savedActivations, trainingMemory } from '../cost/training-memory.ts';
import { conv, fc as dense, flatten, image, maxPool, relu } from '../spec/layers.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { lower } from './lower.ts';
import { describePlacedProblem } from './problem.ts';

const network = (layers: Series, side = 224): Architecture => ({
  id: 'test',
  title: 'Test',
  source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
  input: image(3, side),
  layers,
});

describe('a network too large to count', () => {
  it.each([
    ['operations', network({ a: conv(1e6, 3, { padding: 1 }), b: conv(1e6, 3, { padding: 1 }) }), 'b'],
    ['parameters', network({ flatten: flatten(), a: dense(1e8), b: dense(1e9) }, 1), 'b'],
    ['activations', network({ a: conv(1e12, 1) }), 'a'],
  ])('ends before the layer at which its %s pass 2⁵³ − 1', (quantity, architecture, node) => {
    const graph = lower(architecture);
    expect(graph.problem).toMatchObject({ node, problem: { code: 'too-large', quantity } });
    expect(describePlacedProblem(graph.problem as never)).toMatch(
      /more than the 9007199254740991 \(2⁵³ − 1\)/,
    );
    expect(graph.unreached.map(({ id }) => id)).toContain(node);
  });

  it('is told apart from one that is only large', () => {
    expect(lower(network({ a: conv(1e5, 3), b: conv(1e4, 1) })).problem).toBeNull();
  });

  it('never leads to a number that is not exact, whatever the widths', () => {
    const width = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(width, width, width, fc.integer({ min: 1, max: 40_000 }), (a, b, c, side) => {
        const graph = lower(
          network(
            {
              a: conv(a, 3, { padding: 1 }),
              relu: relu(),
              b: conv(b, 1),
              pool: maxPool(1),
              flatten: flatten(),
              c: dense(c),
            },
            side,
          ),
        );
        const costs = computeCosts(graph);
        const { operations, ...counts } = costs.total;
        for (const count of [...Object.values(counts), ...Object.values(operations)]) {
          expect(Number.isSafeInteger(count)).toBe(true);
        }
        expect(Number.isSafeInteger(peakMemory(graph).values)).toBe(true);
        const memory = trainingMemory(costs, savedActivations(graph), {
          optimizer: 'adam',
          batch: 65_536,
          dtype: 'fp32',
        });
        expect(Object.values(memory).every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
