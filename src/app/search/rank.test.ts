import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact, createSearch, type SearchEntry, wordsOf } from './rank.ts';

const entry = (name: string, rest: Partial<SearchEntry> = {}): SearchEntry => ({
  names: [name],
  words: [],
  ideas: [],
  operators: [],
  ...rest,
});

const networks = [
  entry('LeNet-5', { words: ['LeCun'] }),
  entry('AlexNet', { operators: ['LRN', 'dropout'] }),
  entry('ResNet-18', { ideas: ['residual block', '残差'], words: ['ResNet'] }),
  entry('ResNet-50', { ideas: ['residual block', 'bottleneck', '残差'], words: ['ResNet'] }),
  entry('ResNet-101', { ideas: ['residual block', 'bottleneck', '残差'], words: ['ResNet'] }),
  entry('ResNet-110', { words: ['ResNet', 'CIFAR-10'] }),
  entry('Wide ResNet 28-10', { words: ['Wide ResNet'] }),
  entry('GoogLeNet', { operators: ['Concat', '1×1'] }),
];

const search = createSearch(networks);
const found = (query: string): string[] => search(query).map(({ entry }) => entry.names[0] ?? '');

describe('the search', () => {
  it('makes no difference between ways of writing a name', () => {
    for (const query of ['resnet50', 'ResNet-50', 'RESNET 50', 'résnet‑50']) {
      expect(found(query)[0], query).toBe('ResNet-50');
    }
    for (const query of ['1×1', '1x1', '1 × 1']) expect(found(query), query).toEqual(['GoogLeNet']);
  });

  it('puts an exact name first, then names that begin so, then those that hold the word', () => {
    expect(found('resnet')).toEqual([
      'ResNet-18',
      'ResNet-50',
      'ResNet-101',
      'ResNet-110',
      'Wide ResNet 28-10',
    ]);
    expect(found('50')[0]).toBe('ResNet-50');
    expect(found('resnet 10')[0]).toBe('ResNet-101');
  });

  it('finds ideas in either language, operators, and all words of a query in any place', () => {
    expect(found('bottleneck')).toEqual(['ResNet-50', 'ResNet-101']);
    expect(found('残差')).toEqual(['ResNet-18', 'ResNet-50', 'ResNet-101']);
    expect(found('lrn')).toEqual(['AlexNet']);
    expect(found('resnet bottleneck')).toEqual(['ResNet-50', 'ResNet-101']);
    expect(found('cifar resnet')).toEqual(['ResNet-110']);
    expect(search('resnet bottleneck')[0]).toMatchObject({ field: 'ideas', text: 'bottleneck' });
  });

  it('forgives one slip in a word, and never one in a number', () => {
    expect(found('goglenet')).toEqual(['GoogLeNet']);
    expect(found('alxenet')).toEqual(['AlexNet']);
    expect(found('resnet111')).toEqual([]);
  });

  it('finds nothing for nothing', () => {
    for (const query of ['', '  ', '-', '×?'.slice(1), 'zzzz']) expect(search(query), query).toEqual([]);
  });

  it('finds everything by its own name first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...networks), fc.boolean(), ({ names: [name = ''] }, spaced) => {
        expect(found(spaced ? name.replaceAll('-', ' ') : compact(name))[0]).toBe(name);
      }),
    );
  });

  it('survives any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (query) => Array.isArray(search(query))));
  });
});

describe('a text as the search sees it', () => {
  it('has its numbers as words', () => {
    expect(wordsOf('Wide ResNet 28-10')).toEqual(['wide', 'resnet', '28', '10']);
    expect(wordsOf('DenseNet-BC (L=100, k=12)')).toEqual(['densenet', 'bc', 'l', '100', 'k', '12']);
    expect(wordsOf('3×3 only')).toEqual(['3x3', 'only']);
  });
});
