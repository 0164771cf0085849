import { describe, expect, it } from 'vitest';
import { architectures, families } from '../architectures/index.ts';
import { en } from './i18n/en/index.ts';
import { zh } from './i18n/zh/index.ts';
import { parentOf, railFamilies, representativeOf } from './lineage.ts';

describe('the catalogue on the page', () => {
  it('has words for every network and family, in both languages', () => {
    for (const { networks } of [en, zh]) {
      expect(Object.keys(networks.byArchitecture).sort()).toEqual([...architectures.keys()].sort());
      expect(Object.keys(networks.byFamily).sort()).toEqual(families.map(({ id }) => id).sort());
    }
  });

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
