import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineageEntry, layLineage } from './lineage-graph.ts';

const entry = (id: string, parent: string | null): LineageEntry => ({ id, parent });

/** Any tree whose parents stand before their children. */
const lineage: fc.Arbitrary<LineageEntry[]> = fc
  .array(fc.nat(), { minLength: 1, maxLength: 24 })
  .map((picks) => picks.map((pick, row) => entry(`n${row}`, row === 0 ? null : `n${pick % row}`)));

describe('the lineage', () => {
  it('keeps one line of descent in one lane', () => {
    const { rows, lanes } = layLineage([entry('a', null), entry('b', 'a'), entry('c', 'b')]);
    expect(rows.map(({ lane }) => lane)).toEqual([0, 0, 0]);
    expect(lanes).toBe(1);
    expect(rows[1]?.lines).toEqual([{ to: 'b', enters: 0, runs: 0, ends: true }]);
    expect(rows.map(({ continues }) => continues)).toEqual([true, true, false]);
  });

  it('lets the longest line go straight on and a dead end branch off', () => {
    const { rows } = layLineage([
      entry('lenet', null),
      entry('alexnet', 'lenet'),
      entry('zfnet', 'alexnet'),
      entry('vgg', 'alexnet'),
      entry('resnet', 'vgg'),
    ]);
    expect(rows.map(({ lane }) => lane)).toEqual([0, 0, 1, 0, 0]);
    expect(rows[2]?.lines).toEqual([
      { to: 'zfnet', enters: 0, runs: 1, ends: true },
      { to: 'vgg', enters: 0, runs: 0, ends: false },
    ]);
  });

  it('refuses a parent that is unknown or comes later', () => {
    expect(() => layLineage([entry('a', 'b')])).toThrow(RangeError);
    expect(() => layLineage([entry('a', 'b'), entry('b', null)])).toThrow('a stands before its parent b');
  });

  it('never runs two lines of different descent through one lane of a row, whatever the tree', () => {
    fc.assert(
      fc.property(lineage, (entries) => {
        const { rows, lanes } = layLineage(entries);
        for (const row of rows) {
          expect(row.lane).toBeLessThan(lanes);
          const passing = row.lines.filter(({ ends }) => !ends);
          expect(passing.some(({ runs }) => runs === row.lane)).toBe(false);
          expect(new Set(passing.map(({ runs }) => runs)).size).toBe(passing.length);
        }
      }),
    );
  });

  it('leads one line into every entry but the first, from its parent’s lane', () => {
    fc.assert(
      fc.property(lineage, (entries) => {
        const { rows } = layLineage(entries);
        for (const [index, { parent }] of entries.entries()) {
          const ending = rows[index]?.lines.filter(({ ends }) => ends) ?? [];
          expect(ending).toHaveLength(parent === null ? 0 : 1);
          const start = entries.findIndex(({ id }) => id === parent);
          if (parent === null) continue;
          const first = rows[start + 1]?.lines.find(({ to }) => to === entries[index]?.id);
          expect(first?.enters).toBe(rows[start]?.lane);
          expect(rows[start]?.continues).toBe(true);
        }
      }),
    );
  });
});
