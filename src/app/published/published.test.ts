import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts, type GraphCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { published, publishedOf } from './index.ts';
import { type PublishedValue, publishedQuantities } from './types.ts';

const units: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, K: 2 ** 10, MB: 1e6, MiB: 2 ** 20 };

const entries = Object.entries(published).flatMap(([id, values]) =>
  values.map((value) => [`${id}: ${value.quantity} ${value.value} (${value.source})`, id, value] as const),
);

const analyses = new Map<string, { readonly graph: Graph; readonly costs: GraphCosts }>();

function analysed(architecture: Architecture) {
  const known = analyses.get(architecture.id);
  if (known) return known;
  const graph = lower(architecture);
  const analysis = { graph, costs: computeCosts(graph) };
  analyses.set(architecture.id, analysis);
  return analysis;
}

/** What the atlas computes for a published value, in the unit it is printed in; null for what it does not compute. */
function computed(id: string, { quantity, unit, layer }: PublishedValue): number | null {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(`no architecture "${id}"`);
  if (quantity === 'inputSize') return architecture.input[1] ?? null;
  const { graph, costs } = analysed(architecture);
  const inside = graph.nodes.filter(
    (node) => layer === undefined || node.id === layer || node.id.startsWith(`${layer}/`),
  );
  expect(inside.length, `${id} has "${layer}"`).toBeGreaterThan(0);
  const sum = (amount: 'parameters' | 'macs') =>
    inside.reduce((total, node) => total + (costs.byNode.get(node.id)?.[amount] ?? 0), 0);
  const amounts: Partial<Record<PublishedValue['quantity'], () => number>> = {
    parameters: () => sum('parameters'),
    macs: () => sum('macs'),
    weightsBytes: () => 4 * sum('parameters'),
    weightLayers: () => graph.nodes.filter(({ op }) => op === 'Conv' || op === 'Gemm').length,
  };
  const amount = amounts[quantity];
  return amount ? amount() / (unit === undefined ? 1 : (units[unit] ?? Number.NaN)) : null;
}

/** Whether a computed value, rounded or cut off to the printed digits, is the printed one. */
function printsAs(value: number, printed: number, round: (value: number) => number): boolean {
  const decimals = String(printed).split('.')[1]?.length ?? 0;
  return round(value * 10 ** decimals) === Math.round(printed * 10 ** decimals);
}

describe('published values', () => {
  it('belong to networks of the catalogue', () => {
    expect(Object.keys(published).filter((id) => !architectures.has(id))).toEqual([]);
    expect(publishedOf('lenet5-1998')).toBe(published['lenet5-1998']);
    expect(publishedOf('no such network')).toEqual([]);
  });

  it.each(entries)('agree with what is computed as they say: %s', (_, id, value) => {
    expect(publishedQuantities).toContain(value.quantity);
    const own = value.agrees === null || value.quantity === 'ratio' ? null : computed(id, value);
    if (value.agrees === 'exact') expect(own).toBe(value.value);
    if (value.agrees === 'rounded') {
      expect([Math.round, Math.trunc].some((round) => printsAs(own ?? Number.NaN, value.value, round))).toBe(
        true,
      );
    }
    if (value.agrees === 'differs') {
      expect(value.reason).toBeDefined();
      if (own !== null) expect(printsAs(own, value.value, Math.round)).toBe(false);
    }
  });

  it.each(entries)('have a convention and reason in both languages, and a source: %s', (_, __, value) => {
    expect(value.source).toMatch(/\S/);
    for (const text of [value.convention, ...(value.reason ? [value.reason] : [])]) {
      expect(text.en).toMatch(/\S/);
      expect(text.zh).toMatch(/\S/);
    }
    if (value.link !== undefined) expect(new URL(value.link).protocol).toBe('https:');
  });

  it('are stated once each', () => {
    for (const [id, values] of Object.entries(published)) {
      const keys = values.map(({ quantity, value, unit, convention, source, layer }) =>
        [quantity, value, unit, convention.en, source, layer].join('|'),
      );
      expect(new Set(keys).size, id).toBe(keys.length);
    }
  });
});
