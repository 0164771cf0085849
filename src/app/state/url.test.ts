import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backends,
  dtypes,
  type ExploreState,
  operationUnits,
  optimizers,
  parseExploreState,
  serialiseExploreState,
} from './url.ts';

const text = fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: null });

const amount = fc.option(
  fc.integer({ min: 1, max: 999_999_999 }).map((thousandths) => thousandths / 1000),
  { nil: null },
);

const state: fc.Arbitrary<ExploreState> = fc.record({
  input: text,
  batch: fc.integer({ min: 1, max: 999_999_999 }),
  dtype: fc.constantFrom(...dtypes),
  units: fc.constantFrom(...operationUnits),
  node: text,
  overlay: text,
  charts: text,
  bn: fc.constantFrom('folded' as const, null),
  optimizer: fc.constantFrom(...optimizers),
  device: text,
  memory: amount,
  peak: amount,
  bandwidth: amount,
  view: text,
  about: text,
  against: text,
  model: text,
  backend: fc.constantFrom(...backends),
});

describe('the state in the address', () => {
  it('survives being written and read back', () => {
    fc.assert(
      fc.property(state, (before) => {
        expect(parseExploreState(serialiseExploreState(before))).toEqual(before);
      }),
    );
  });

  it('leaves out what is at its default', () => {
    expect(serialiseExploreState(parseExploreState(''))).toBe('');
    expect(serialiseExploreState({ ...parseExploreState(''), batch: 8 })).toBe('?batch=8');
  });

  it('keeps node ids readable', () => {
    expect(serialiseExploreState({ node: 'conv3_x/block1/conv2' })).toBe('?node=conv3_x/block1/conv2');
  });

  it('counts what it cannot read as absent', () => {
    expect(parseExploreState('?batch=0&dtype=fp64&units=watts&backend=cuda')).toEqual(parseExploreState(''));
    expect(parseExploreState('?batch=1e3').batch).toBe(1);
  });

  it('keeps an input size that makes no sense, so that the page can explain it', () => {
    expect(parseExploreState('?input=large').input).toBe('large');
  });
});
