import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Range, sortKeys, tasks } from '../search/query.ts';
import { type AtlasState, parseAtlasState, serialiseAtlasState } from './atlas-url.ts';

/** A range of numbers of at most three digits and a prefix, as the sliders give them. */
const range = (most: number): fc.Arbitrary<Range | null> =>
  fc
    .tuple(fc.option(fc.nat(999), { nil: null }), fc.option(fc.nat(999), { nil: null }), fc.nat(most))
    .map(([a, b, thousands]) => {
      const [from, to] = a !== null && b !== null && a > b ? [b, a] : [a, b];
      const scale = (value: number | null) => (value === null ? null : value * 1000 ** thousands);
      return from === null && to === null ? null : { from: scale(from), to: scale(to) };
    });

const state: fc.Arbitrary<AtlasState> = fc.record({
  q: fc.string({ unit: 'grapheme' }),
  task: fc.constantFrom(null, ...tasks),
  years: range(0),
  parameters: range(3),
  macs: range(4),
  sort: fc.constantFrom(null, ...sortKeys, ...sortKeys.map((key) => `-${key}` as const)),
});

describe('the state of the atlas in the address', () => {
  it('survives being written and read back', () => {
    fc.assert(
      fc.property(state, (before) => {
        expect(parseAtlasState(serialiseAtlasState(before))).toEqual(before);
      }),
    );
  });

  it('is short, and leaves out what is at its default', () => {
    expect(serialiseAtlasState(parseAtlasState(''))).toBe('');
    expect(serialiseAtlasState({ q: '', parameters: { from: 1e6, to: 50e6 }, sort: '-macs' })).toBe(
      '?parameters=1M-50M&sort=-macs',
    );
    expect(serialiseAtlasState({ years: { from: 2012, to: null } })).toBe('?years=2012-');
  });

  it('counts what it cannot read as absent', () => {
    expect(parseAtlasState('?task=sudoku&years=2016&parameters=9M-1M&macs=-&sort=beauty')).toEqual(
      parseAtlasState(''),
    );
  });
});
