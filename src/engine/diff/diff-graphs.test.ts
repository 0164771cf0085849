import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import {
  architecture,
  batchNorm,
  block,
  conv,
  convBn,
  convBnRelu,
  flatten,
  image,
  relu,
  repeat,
  residual,
  softmax,
  stage,
  unit,
} from '../spec/layers.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { applyDiff, type DiffEntry, diffGraphs, diffLayers } from './diff-graphs.ts';
import { isAuthored } from './differences.ts';
import { foldDiff } from './fold-diff.ts';
import { type DiffLayer, listLayers } from './layers.ts';

const graphOf = (id: string) => {
  const found = architectures.get(id);
  if (!found) throw new RangeError(id);
  return lower(found);
};

const diffOf = (before: string, after: string) => diffGraphs(graphOf(before), graphOf(after));

/** One line a layer: what became of it, and what someone decided. */
const read = (entry: DiffEntry): string => {
  if (entry.kind === 'added') return `+ ${entry.after.id}`;
  if (entry.kind === 'removed') return `- ${entry.before.id}`;
  const changes = entry.differences.flatMap((one) => {
    if (!isAuthored(one)) return [];
    if (one.kind === 'attribute') {
      return [`${one.attribute} ${JSON.stringify(one.before)} → ${JSON.stringify(one.after)}`];
    }
    return one.kind === 'operator' ? [`${one.before?.op ?? 'nothing'} → ${one.after?.op ?? 'nothing'}`] : [];
  });
  return `${entry.kind === 'matched' ? '=' : '~'} ${entry.before.id} | ${entry.after.id}${changes.map((change) => ` | ${change}`).join('')}`;
};

const networkOf = (id: string, layers: Series): Architecture =>
  architecture({
    id,
    title: id,
    source: { paper: '', where: '', year: 2016, authors: '' },
    input: image(16, 32),
    layers,
  });

/** As ResNet for CIFAR: blocks of two 3×3 convolutions in three stages. */
const basicBlocks = (blocks: number) =>
  networkOf('basic', {
    conv1: convBnRelu(16, 3),
    ...repeat('stage', 3, (index) =>
      stage(
        repeat('block', blocks, () =>
          residual({
            body: {
              conv1: convBnRelu(16 * 2 ** index, 3),
              conv2: convBn(16 * 2 ** index, 3),
            },
            after: { relu: relu() },
            ...(index > 0 ? { shortcut: { conv: conv(16 * 2 ** index, 1) } } : {}),
          }),
        ),
      ),
    ),
    flatten: flatten(),
    softmax: softmax(),
  });

/** As the pre-activation networks: bottlenecks of three bn–relu–conv units. */
const preactivated = (width: number, kernel: number) =>
  unit({ bn: batchNorm(), relu: relu(), conv: conv(width, kernel, { padding: (kernel - 1) / 2 }) });

const bottlenecks = (blocks: number) =>
  networkOf('bottlenecks', {
    conv1: conv(16, 3, { padding: 1 }),
    ...repeat('stage', 3, (index) =>
      stage(
        repeat('block', blocks, () =>
          residual({
            body: {
              conv1: preactivated(16 * 2 ** index, 1),
              conv2: preactivated(16 * 2 ** index, 3),
              conv3: preactivated(64 * 2 ** index, 1),
            },
            shortcut: { conv: conv(64 * 2 ** index, 1) },
          }),
        ),
      ),
    ),
    flatten: flatten(),
    softmax: softmax(),
  });

describe('the diff of two networks', () => {
  it('reads as the papers tell it: AlexNet became ZFNet by its first two layers and its groups', () => {
    const diff = diffOf('alexnet', 'zfnet');
    const lines = diff.entries.map(read);
    expect(lines[0]).toBe(
      '~ conv1 | conv1 | kernel [11,11] → [7,7] | stride [4,4] → [2,2] | padding [0,0,0,0] → [1,1,1,1] | LRN → nothing',
    );
    expect(lines).toContain('~ pool1 | pool1 | rounding "floor" → "ceil"');
    expect(lines).toContain('= conv3 | conv3');
    expect(lines).toContain('~ conv4 | conv4 | groups 2 → 1');
    expect(lines).toContain('= fc6 | fc6');
    expect(diff.counts.removed).toBe(0);
  });

  it('finds in VGG-19 the three convolutions that VGG-16 lacks, and nothing else', () => {
    const diff = diffOf('vgg16', 'vgg19');
    expect(diff.entries.filter(({ kind }) => kind !== 'matched').map(read)).toEqual([
      '+ stage3/conv4',
      '+ stage4/conv4',
      '+ stage5/conv4',
    ]);
    expect(diff.counts).toEqual({ matched: 23, changed: 0, removed: 0, added: 3 });
  });

  it('compares first layers with first layers, and classifiers with classifiers', () => {
    const lines = diffOf('alexnet', 'vgg16').entries.map(read);
    expect(lines[0]).toMatch(/^~ conv1 \| stage1\/conv1 \| channels 96 → 64 \| kernel \[11,11\] → \[3,3\]/);
    expect(lines.filter((line) => line.includes('fc'))).toEqual([
      '= fc6 | fc6',
      '= fc7 | fc7',
      '= fc8 | fc8',
    ]);
  });

  it('finds what each heir of ResNet-50 did to its bottlenecks', () => {
    const changesOf = (after: string) =>
      new Set(
        diffOf('resnet50', after)
          .entries.filter(({ kind }) => kind !== 'matched')
          .map((entry) =>
            read(entry)
              .replace(/^.*\/(\w+) \| .*?\/\1 /, '$1 ')
              .replace(/\d{2,} → \d{2,}/, 'n → 2n'),
          ),
      );
    expect(changesOf('resnext50-32x4d')).toEqual(
      new Set(['conv1 | channels n → 2n', 'conv2 | channels n → 2n | groups 1 → 32']),
    );
    expect(changesOf('wrn-50-2')).toEqual(new Set(['conv1 | channels n → 2n', 'conv2 | channels n → 2n']));
  });

  it('finds in ResNet-34 the additions and projections that the plain network lacks', () => {
    const { entries, counts } = diffOf('plain34', 'resnet34');
    expect(counts.removed).toBe(0);
    const added = entries.flatMap((entry) => (entry.kind === 'added' ? [entry.after.operators[0]?.op] : []));
    const count = (op: string) => added.filter((one) => one === op).length;
    expect([count('Add'), count('Relu'), count('Conv')]).toEqual([16, 16, 3]);
    expect(
      entries.flatMap((entry) =>
        entry.kind === 'changed' ? [read(entry).replace(/^.*? \| .*? \| /, '')] : [],
      ),
    ).toEqual(Array.from({ length: 16 }, () => 'Relu → nothing'));
    // Block by block, the equal ones of a stage once.
    const runs = foldDiff(entries);
    expect(runs.flatMap(({ times, pattern }) => (pattern.length > 1 ? [times] : []))).toEqual([3, 3, 5, 2]);
  });

  it('keeps apart what was decided and what follows', () => {
    const fc6 = diffOf('vgg16', 'vgg16-bn').entries.find(({ kind }) => kind === 'changed');
    expect(fc6 && read(fc6)).toBe('~ stage1/conv1 | stage1/conv1 | nothing → BatchNormalization');
    const smaller = architectures.get('vgg16');
    if (!smaller) throw new RangeError('vgg16');
    const diff = diffGraphs(lower(smaller, [3, 96, 96]), lower(smaller, [3, 64, 64]));
    expect(diff.counts).toEqual({ matched: 24, changed: 0, removed: 0, added: 0 });
    expect(diff.entries[0]).toMatchObject({
      kind: 'matched',
      differences: [{ kind: 'input', before: [[3, 96, 96]], after: [[3, 64, 64]] }, { kind: 'output' }],
    });
  });

  it('finds added blocks as whole blocks at the end of their stage', () => {
    const diff = diffGraphs(lower(basicBlocks(3)), lower(basicBlocks(5)));
    const added = diff.entries.flatMap((entry) => (entry.kind === 'added' ? [entry.after.id] : []));
    expect(new Set(added.map((id) => id.split('/').slice(0, 2).join('/')))).toEqual(
      new Set(
        [1, 2, 3].flatMap((stageNumber) => [`stage${stageNumber}/block4`, `stage${stageNumber}/block5`]),
      ),
    );
    expect(diff.counts).toMatchObject({ changed: 0, removed: 0 });
  });

  it('of a network and itself is empty', { timeout: 60_000 }, () => {
    for (const found of architectures.values()) {
      const graph = lower(found);
      const { entries, counts } = diffGraphs(graph, graph);
      expect(counts.matched, found.id).toBe(entries.length);
      expect(
        entries.flatMap((entry) => ('differences' in entry ? entry.differences : [])),
        found.id,
      ).toEqual([]);
    }
  });

  it('applied to the list of the one gives that of the other, for neighbours of the catalogue', {
    timeout: 60_000,
  }, () => {
    const graphs = [...architectures.values()].map((found) => lower(found));
    graphs.forEach((before, index) => {
      for (const after of [graphs[(index + 1) % graphs.length], graphs[(index + 7) % graphs.length]]) {
        if (!after) continue;
        const diff = diffGraphs(before, after);
        expect(applyDiff(listLayers(before), diff), `${before.id} → ${after.id}`).toEqual(listLayers(after));
      }
    });
  });

  it('applied to the list of the one gives that of the other, for random pairs of the catalogue, both ways', {
    timeout: 60_000,
  }, () => {
    const lists = new Map<string, readonly DiffLayer[]>();
    const listOf = (id: string): readonly DiffLayer[] => {
      const known = lists.get(id) ?? listLayers(graphOf(id));
      lists.set(id, known);
      return known;
    };
    const id = fc.constantFrom(...architectures.keys());
    fc.assert(
      fc.property(id, id, (one, other) => {
        const [before, after] = [listOf(one), listOf(other)];
        const there = diffLayers(before, after);
        expect(applyDiff(before, there)).toEqual(after);
        expect(applyDiff(after, diffLayers(after, before))).toEqual(before);
        const { matched, changed, removed, added } = there.counts;
        expect([matched + changed + removed, matched + changed + added]).toEqual([
          before.length,
          after.length,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('applied to the list of the one gives the list of the other, for any two networks', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, arbitraryArchitecture, (one, other) => {
        const before = listLayers(lower(one));
        const after = listLayers(lower(other));
        const diff = diffLayers(before, after);
        expect(applyDiff(before, diff)).toEqual(after);
        const { matched, changed, removed, added } = diff.counts;
        expect(matched + changed + removed).toBe(before.length);
        expect(matched + changed + added).toBe(after.length);
        for (const entry of diff.entries) {
          if (entry.kind === 'matched') expect(entry.differences.some(isAuthored)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a list that it was not taken from', () => {
    const diff = diffOf('alexnet', 'zfnet');
    expect(() => applyDiff(listLayers(graphOf('vgg16')), diff)).toThrow(RangeError);
    expect(() => applyDiff([...diff.before, ...diff.before], diff)).toThrow(RangeError);
  });

  it('of networks with hundreds of equal blocks loses no layer, and pairs copy with copy', () => {
    const before = lower(basicBlocks(200));
    const after = lower(bottlenecks(111));
    const diff = diffGraphs(before, after);
    expect(applyDiff(listLayers(before), diff)).toEqual(listLayers(after));
    // Of each block one convolution finds its counterpart at least.
    expect(diff.counts.matched + diff.counts.changed).toBeGreaterThan(3 * 100);
    // Far from weighing every pair of layers; `npm run bench` holds it to 50 ms.
    const start = process.cpuUsage().user;
    diffGraphs(before, after);
    expect((process.cpuUsage().user - start) / 1000).toBeLessThan(500);

    const longer = diffGraphs(before, lower(basicBlocks(300)));
    expect(longer.counts).toMatchObject({ changed: 0, removed: 0 });
    expect(applyDiff(longer.before, longer)).toEqual(longer.after);
  });
});

describe('networks too long to weigh layer by layer', () => {
  /** A list of layers made of repeated patterns, long enough to be shortened. */
  const repetitive: fc.Arbitrary<readonly DiffLayer[]> = fc
    .array(
      fc.record({
        pattern: fc.array(fc.constantFrom(1, 3, 5, 7), { minLength: 1, maxLength: 5 }),
        times: fc.integer({ min: 1, max: 200 }),
      }),
      { minLength: 2, maxLength: 5 },
    )
    .map((runs) =>
      runs
        .flatMap(({ pattern, times }) => Array.from({ length: times }, () => pattern).flat())
        .map((kernel, index) => ({
          id: `layer${index}`,
          operators: [{ op: 'Conv', attributes: { channels: 8, kernel: [kernel, kernel], stride: [1, 1] } }],
          inputShapes: [[8, 8, 8]],
          shape: [8, 8, 8],
        })),
    );

  it('lose no layer, whatever their repetitions', () => {
    fc.assert(
      fc.property(repetitive, repetitive, (before, after) => {
        const diff = diffLayers(before, after);
        expect(applyDiff(before, diff)).toEqual(after);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the folded diff', () => {
  it('tells once what happened to every block alike, and written out is the diff', () => {
    const { entries } = diffGraphs(lower(basicBlocks(3)), lower(basicBlocks(9)));
    const runs = foldDiff(entries);
    expect(runs.length).toBeLessThan(entries.length / 3);
    const all = runs.flatMap(({ start, pattern, times }) =>
      entries.slice(start, start + pattern.length * times),
    );
    expect(all).toEqual(entries);
    for (const { pattern, last, times, start } of runs) {
      expect(pattern).toEqual(entries.slice(start, start + pattern.length));
      const end = start + pattern.length * times;
      expect(last).toEqual(entries.slice(end - pattern.length, end));
    }
  });

  it('covers every entry once for any two networks', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, arbitraryArchitecture, (one, other) => {
        const { entries } = diffGraphs(lower(one), lower(other));
        let next = 0;
        for (const { start, pattern, times } of foldDiff(entries)) {
          expect(start).toBe(next);
          next += pattern.length * times;
        }
        expect(next).toBe(entries.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a list of layers', () => {
  it('holds each unit once and every other node alone', () => {
    const layers = listLayers(
      lower(
        networkOf('small', {
          conv1: convBnRelu(4, 3),
          blocks: block({ conv: conv(4, 1), relu: relu() }),
        }),
      ),
    );
    expect(layers.map(({ id, operators }) => [id, operators.map(({ op }) => op)])).toEqual([
      ['conv1', ['Conv', 'BatchNormalization', 'Relu']],
      ['blocks/conv', ['Conv']],
      ['blocks/relu', ['Relu']],
    ]);
  });
});
