import { describe, expect, it } from 'vitest';
import { architectures, families } from '../../architectures/index.ts';
import { catalogueFacts, factsOf } from './catalogue-facts.ts';
import { networkEntries, searchFamilies, searchNetworks } from './catalogue-search.ts';
import { conditionsOf, queryCatalogue, relaxations } from './filter.ts';
import type { CatalogueQuery } from './query.ts';

const found = (query: string): string[] => searchNetworks(query).map(({ entry }) => entry.architecture.id);

const nothing: CatalogueQuery = {
  q: '',
  task: null,
  years: null,
  parameters: null,
  macs: null,
  sort: null,
};

describe('the search over the catalogue', () => {
  it('finds every network and family by its own name first', () => {
    for (const [id, { title }] of architectures) {
      expect(found(title).slice(0, 2), title).toContain(id);
      expect(found(id).slice(0, 2), id).toContain(id);
    }
    for (const family of families) {
      expect(searchFamilies(family.title)[0]?.entry.family.id).toBe(family.id);
    }
    expect(found('resnet50')[0]).toBe('resnet50');
    expect(found('vgg 16')[0]).toBe('vgg16');
  });

  it('finds ideas that the definitions show, in both languages', () => {
    expect(found('bottleneck')).toContain('resnet50');
    expect(found('bottleneck')).not.toContain('resnet18');
    expect(found('瓶颈').sort()).toEqual(found('bottleneck').sort());
    expect(found('残差')).toContain('resnet18');
    expect(found('残差')).not.toContain('vgg16');
    expect(found('dense block')).toContain('densenet121');
    expect(found('auxiliary classifier')).toEqual(['googlenet-aux']);
    expect(found('parameter-free shortcut')).toContain('resnet110-cifar10');
    expect(found('drop-path')[0]).toMatch(/^fractalnet/);
    expect(found('grouped convolution')).toContain('alexnet');
  });

  it('finds operators', () => {
    expect(found('LRN')).toEqual(expect.arrayContaining(['alexnet', 'vgg11-lrn', 'googlenet']));
    expect(found('LRN')).not.toContain('vgg16');
    expect(found('Concat')).toContain('squeezenet-1.0');
    expect(found('1×1')).toContain('nin-imagenet');
    expect(found('11x11')).toContain('alexnet');
  });
});

describe('the filters of the catalogue', () => {
  const facts = catalogueFacts();
  const entries = networkEntries();
  const ids = (query: Partial<CatalogueQuery>): string[] =>
    queryCatalogue({ ...nothing, ...query }, facts, entries).map(({ facts: { id } }) => id);

  it('tell what a network was made for from its input and output', () => {
    const task = (id: string) => facts.get(id)?.task;
    expect(task('lenet5')).toBe('mnist');
    expect(task('resnet20-cifar10')).toBe('cifar10');
    expect(task('vgg16')).toBe('imagenet');
    expect(task('inception-3a')).toBe('module');
    expect(task('alexnet-lecture')).toBe('other');
  });

  it('leave what lies within every range', () => {
    expect(ids({})).toEqual([...architectures.keys()]);
    const small = ids({ task: 'imagenet', parameters: { from: null, to: 5_000_000 } });
    expect(small).toContain('squeezenet-1.0');
    expect(small).not.toContain('googlenet');
    expect(ids({ years: { from: 1998, to: 2012 } })).toEqual(
      expect.arrayContaining(['lenet5', 'lenet5-1998', 'alexnet']),
    );
    expect(ids({ q: 'vgg', macs: { from: 16e9, to: null } })).toEqual(['vgg19', 'vgg19-bn']);
  });

  it('sort by any column, both ways', () => {
    const depths = ids({ sort: '-depth' }).map((id) => facts.get(id)?.depth ?? 0);
    expect(depths).toEqual([...depths].sort((a, b) => b - a));
    const sizes = ids({ q: 'vgg', sort: 'parameters' }).map((id) => facts.get(id)?.parameters ?? 0);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });

  it('sort by measured times, those not measured behind either way', () => {
    const times = { vgg16: { ms: 30 }, alexnet: { ms: 4 }, googlenet: { ms: 9 } };
    const first = (sort: CatalogueQuery['sort']) =>
      queryCatalogue({ ...nothing, sort }, facts, entries, times)
        .slice(0, 4)
        .map(({ facts: { id } }) => id);
    expect(first('time')).toEqual(['alexnet', 'googlenet', 'vgg16', 'lenet5']);
    expect(first('-time')).toEqual(['vgg16', 'googlenet', 'alexnet', 'lenet5']);
  });

  it('say which condition to take back where nothing is left', () => {
    const query: CatalogueQuery = { ...nothing, q: 'vgg', parameters: { from: null, to: 1e5 } };
    expect(queryCatalogue(query, facts, entries)).toEqual([]);
    expect(conditionsOf(query)).toEqual(['q', 'parameters']);
    const offered = relaxations(query, facts, entries);
    expect(offered.map(({ condition }) => condition).sort()).toEqual(['parameters', 'q']);
    for (const { count } of offered) expect(count).toBeGreaterThan(0);
  });

  it('list the exact totals', () => {
    const vgg16 = architectures.get('vgg16');
    expect(vgg16 && factsOf(vgg16)).toMatchObject({
      parameters: 138_357_544,
      macs: 15_470_264_320,
      weights: 4 * 138_357_544,
      depth: 16,
      fits: true,
    });
    expect(facts.get('zfnet-lecture')?.fits).toBe(false);
  });
});
