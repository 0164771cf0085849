import { describe, expect, it } from 'vitest';
import { architectures, families } from '../architectures/index.ts';
import { parentOf, railFamilies, representativeOf } from './lineage.ts';

describe('the catalogue on the page', () => {
  it('leads every family but the first back to an earlier one', () => {
    const ids = families.map(({ id }) => id);
    for (const [index, family] of families.entries()) {
      const parent = parentOf(family);
      if (index === 0) expect(parent).toBeNull();
      else expect(ids.slice(0, index)).toContain(parent);
    }
  });

  it('lets a network of its own stand for each family', () => {
    for (const family of families) expect(family.variants).toContain(representativeOf(family));
    expect(railFamilies.flatMap(({ variants }) => variants.map(({ id }) => id))).toEqual([
      ...architectures.keys(),
    ]);
  });
});
