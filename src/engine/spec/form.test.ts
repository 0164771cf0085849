import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures, familyOf } from '../../architectures/index.ts';
import { computeCosts } from '../cost/costs.ts';
import { lower } from '../graph/lower.ts';
import {
  choice,
  congruent,
  type Form,
  fraction,
  integer,
  type Knob,
  knobProblem,
  MAXIMUM_OPERATORS,
  siblingsOf,
  valueProblem,
  vary,
} from './form.ts';
import type { Architecture, KnobId, KnobValues } from './types.ts';

const network = (id: string): Architecture => {
  const found = architectures.get(id);
  if (!found) throw new RangeError(id);
  return found;
};

const forms = [
  ...new Map(
    [...architectures.values()].flatMap((one) => (one.form ? [[one.form.id, one] as const] : [])),
  ).values(),
];

/** Values that satisfy a knob, small ones more often. */
function within({ minimum, maximum, rule }: Knob): fc.Arbitrary<number> {
  switch (rule.kind) {
    case 'choice':
      return fc.constantFrom(...rule.choices);
    case 'fraction':
      return fc
        .integer({ min: 0, max: Math.round((maximum - minimum) / rule.step) })
        .map((step) => minimum + step * rule.step);
    case 'congruent': {
      const first = minimum + ((rule.remainder - (minimum % rule.modulus) + rule.modulus) % rule.modulus);
      return fc
        .integer({ min: 0, max: Math.min(12, Math.floor((maximum - first) / rule.modulus)) })
        .map((n) => first + n * rule.modulus);
    }
    case 'integer':
      return fc.integer({ min: minimum, max: Math.min(maximum, minimum + 40) });
  }
}

const valuesOf = (plan: Form): fc.Arbitrary<KnobValues> =>
  fc.record(Object.fromEntries(Object.entries(plan.knobs).map(([id, knob]) => [id, within(knob)])));

describe('a knob', () => {
  it.each([
    [integer(1, 10), 11, 'out-of-range'],
    [integer(1, 10), 0, 'out-of-range'],
    [integer(1, 10), 2.5, 'rule'],
    [integer(1, 10), Number.NaN, 'not-a-number'],
    [congruent(8, 2000, 6, 2), 21, 'rule'],
    [congruent(8, 2000, 6, 2), 1e5, 'out-of-range'],
    [choice(18, 34), 20, 'rule'],
    [fraction(0.1, 1, 0.1), 0, 'out-of-range'],
  ] as const)('%o refuses %d: %s', (knob, value, reason) => {
    expect(valueProblem('depth', knob, value)?.reason).toBe(reason);
  });

  it.each([
    [integer(1, 10), 10],
    [congruent(8, 2000, 6, 2), 20],
    [choice(18, 34), 34],
    [fraction(0.1, 1, 0.1), 0.35],
  ] as const)('%o takes %d', (knob, value) => {
    expect(valueProblem('depth', knob, value)).toBeNull();
  });
});

describe('every form', () => {
  it('has the values of its published networks, and one title for each', () => {
    for (const architecture of architectures.values()) {
      const { form: plan, values } = architecture;
      if (!plan || !values) continue;
      expect(knobProblem(plan, values)).toBeNull();
      expect(Object.keys(values).sort()).toEqual(Object.keys(plan.knobs).sort());
      expect(plan.title(values)).not.toBe('');
    }
  });

  it.each(forms.map((one) => [one.form?.id ?? '', one] as const))(
    '%s builds a network that fits for any values within its knobs',
    (_id, one) => {
      const plan = one.form;
      if (!plan) throw new RangeError('no form');
      fc.assert(
        fc.property(valuesOf(plan), (values) => {
          if (knobProblem(plan, values)) return;
          const { architecture } = vary(one, values);
          const graph = lower(architecture ?? one);
          if (one.id !== 'zfnet-lecture') expect(graph.problem).toBeNull();
          if (plan.size) expect(graph.nodes.length).toBeLessThan(MAXIMUM_OPERATORS);
          expect(Number.isSafeInteger(computeCosts(graph).total.macs)).toBe(true);
          if (values.classes !== undefined && one.id !== 'zfnet-lecture') {
            expect(graph.nodeById.get(graph.outputs[0] ?? '')?.shape.at(0)).toBe(values.classes);
          }
        }),
        { numRuns: 8 },
      );
    },
  );
});

describe('a variation', () => {
  it('is the published network itself where nothing changed', () => {
    const resnet = network('resnet20-cifar10');
    expect(vary(resnet, {}).architecture).toBe(resnet);
    expect(vary(resnet, { depth: 20 }).architecture).toBe(resnet);
  });

  it("with another published network's values has its figures", () => {
    const { architecture } = vary(network('resnet20-cifar10'), { depth: 56 });
    const total = (one: Architecture) => computeCosts(lower(one)).total;
    expect(architecture && total(architecture)).toEqual(total(network('resnet56-cifar10')));
    expect(architecture?.title).toBe('ResNet-56 (CIFAR-10)');
  });

  it('of a fractal network to one column keeps the names of what is left', () => {
    const whole = lower(network('fractalnet20'));
    const names = (column: number) => {
      const { architecture } = vary(network('fractalnet20'), { column });
      const graph = lower(architecture as Architecture);
      expect(graph.nodes.some(({ op }) => op === 'Mean')).toBe(false);
      for (const { id } of graph.nodes) expect(whole.nodeById.has(id)).toBe(true);
      return graph.nodes.filter(({ op }) => op === 'Conv').length;
    };
    expect([1, 2, 3].map(names)).toEqual([5, 10, 20]);
  });

  it('of a fractal network to a column that it has not is refused, with how many there are', () => {
    const fractal = network('fractalnet20');
    expect(vary(fractal, { column: 4 }).problem).toMatchObject({
      id: 'column',
      value: 4,
      reason: 'above-other',
      limit: { id: 'columns', value: 3 },
    });
    expect(vary(fractal, { columns: 4, column: 4 }).problem).toBeNull();
    expect(vary(fractal, { columns: 2, column: 3 }).problem).toMatchObject({ id: 'column', value: 3 });
    expect(vary(network('fractalnet34'), { column: 5 }).problem).toMatchObject({ id: 'column' });
  });

  it('names the knob and the rule that it breaks', () => {
    const resnet = network('resnet20-cifar10');
    const problem = (changes: KnobValues) => vary(resnet, changes).problem;
    expect(problem({ depth: 21 })).toMatchObject({ id: 'depth', value: 21, reason: 'rule' });
    expect(problem({ depth: 100_004 })).toMatchObject({ id: 'depth', reason: 'out-of-range' });
    expect(problem({ filters: 1_000_000 })).toMatchObject({ id: 'filters', reason: 'out-of-range' });
    expect(problem({ growth: 12 })).toMatchObject({ id: 'growth', reason: 'unknown-knob' });
    expect(vary(network('densenet40-k12'), { growth: 0 }).problem).toMatchObject({ id: 'growth' });
  });

  it('knows the published networks of its form', () => {
    const resnet = network('resnet20-cifar10');
    const depths = siblingsOf(familyOf('resnet20-cifar10'), resnet).map(
      ({ values }) => values?.['depth' as KnobId],
    );
    expect(depths).toEqual([20, 32, 44, 56, 110, 1202]);
  });
});
