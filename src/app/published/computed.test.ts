import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../../engine/graph/lower.ts';
import { bearsOut, computedFor, type Reckoned, reckon, stepOf, unitSizes } from './computed.ts';
import { published } from './index.ts';
import type { PublishedValue } from './types.ts';

const words = { en: 'as printed', zh: '原文' };

const value = (part: Partial<PublishedValue> & Pick<PublishedValue, 'value' | 'agrees'>): PublishedValue => ({
  quantity: 'parameters',
  convention: words,
  source: 'somebody',
  ...part,
});

describe('what the page computes beside published values', () => {
  const reckoned = new Map<string, Reckoned>();
  for (const [id, values] of Object.entries(published)) {
    it(`of ${id} agree with the computed ones as far as they say`, () => {
      const network = reckoned.get(id) ?? reckon(id);
      reckoned.set(id, network);
      for (const one of values) {
        const said = `${one.quantity} ${one.layer ?? ''} ${one.value} ${one.unit ?? ''} (${one.source}) is said to be ${one.agrees}`;
        const computed = computedFor(one, network);
        expect(bearsOut(one, computed), `${said}; computed ${computed}`).toBe(true);
        if (one.agrees === 'differs') expect(one.reason, said).toBeDefined();
        if (one.layer !== undefined) {
          expect(network.graph.groups.has(one.layer) || network.graph.nodeById.has(one.layer), said).toBe(
            true,
          );
        }
        if (one.unit !== undefined) expect([...Object.keys(unitSizes), '%', '×', 'px']).toContain(one.unit);
        for (const text of [one.convention, one.reason ?? words]) {
          expect(text.en.trim(), said).not.toBe('');
          expect(text.zh, said).not.toBe('');
        }
        expect(one.source, said).not.toBe('');
      }
    });
  }

  it('belong to networks of the catalogue', () => {
    for (const id of Object.keys(published)) expect(architectures.has(id), id).toBe(true);
  });

  it('are held against the last digit that was printed', () => {
    expect(stepOf(value({ value: 25.5, unit: 'M', agrees: null }))).toBeCloseTo(1e5);
    expect(stepOf(value({ value: 60, unit: 'M', agrees: null }))).toBe(1e6);
    expect(stepOf(value({ value: 60_000_000, agrees: null }))).toBe(1e7);
    expect(stepOf(value({ value: 61_706, agrees: null }))).toBe(1);
  });

  it('are rounded or cut off where they say so, and differ where they say so', () => {
    const rounded = value({ value: 25.6, unit: 'M', agrees: 'rounded' });
    expect(bearsOut(rounded, 25_557_032)).toBe(true);
    expect(bearsOut({ ...rounded, value: 25.5 }, 25_557_032)).toBe(true);
    expect(bearsOut({ ...rounded, value: 25.4 }, 25_557_032)).toBe(false);
    expect(bearsOut({ ...rounded, agrees: 'differs' }, 25_557_032)).toBe(false);
    expect(bearsOut(value({ value: 61_706, agrees: 'exact' }), 61_706)).toBe(true);
    expect(bearsOut(value({ value: 61_706, agrees: 'exact' }), 61_707)).toBe(false);
    expect(bearsOut(value({ value: 61_706, agrees: 'exact' }), null)).toBe(false);
  });

  it('find no counterpart in a network that does not fit', () => {
    const lecture = architectures.get('zfnet-lecture');
    if (!lecture) throw new RangeError('zfnet-lecture');
    const broken = reckon('zfnet-lecture');
    expect(lower(lecture).problem).not.toBeNull();
    expect(computedFor({ quantity: 'parameters' }, broken)).toBeNull();
  });
});
