import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { layerDiff } from '../../app/i18n/en/layer-diff.ts';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { diffGraphs } from '../../engine/diff/diff-graphs.ts';
import { foldDiff } from '../../engine/diff/fold-diff.ts';
import { lower } from '../../engine/graph/lower.ts';
import { describeDifferences } from './describe-difference.ts';
import { type DiffRow, listDiffRows } from './diff-rows.ts';
import { LayerDiff } from './layer-diff.tsx';

const { words } = layerDiff;

const graphOf = (id: string) => {
  const found = architectures.get(id);
  if (!found) throw new RangeError(id);
  return lower(found);
};

function show(beforeId: string, afterId: string) {
  const before = graphOf(beforeId);
  const after = graphOf(afterId);
  const diff = diffGraphs(before, after);
  render(
    <LayerDiff
      diff={diff}
      before={before}
      after={after}
      beforeCosts={computeCosts(before)}
      afterCosts={computeCosts(after)}
      messages={words}
    />,
  );
  return diff;
}

const phrases = (beforeId: string, afterId: string, layer: string): readonly string[] => {
  const { entries } = diffGraphs(graphOf(beforeId), graphOf(afterId));
  const entry = entries.find((one) => one.kind !== 'removed' && one.after.id === layer);
  return entry ? describeDifferences(entry, words, String) : [];
};

describe('what changed in a layer', () => {
  it('is told as papers tell it', () => {
    expect(phrases('alexnet', 'zfnet', 'conv1')).toEqual(['11×11/4 → 7×7/2', 'pad 0 → 1', '− LRN']);
    expect(phrases('alexnet', 'zfnet', 'pool1')).toEqual(['rounds up, not down']);
    expect(phrases('alexnet', 'zfnet', 'conv4')).toEqual(['groups 2 → 1']);
    expect(phrases('vgg16', 'vgg16-bn', 'stage1/conv1')).toEqual(['+ BatchNorm']);
    expect(phrases('lenet5', 'alexnet', 'fc8')).toEqual(['10 → 1000 outputs', 'reads 4096 instead of 84']);
    expect(phrases('lenet5', 'lenet5-1998', 'c3')).toContain('full → partial connections');
    expect(phrases('resnet50', 'resnet50-v1', 'conv3_x/block1/body/conv1')).toEqual(['1×1 → 1×1/2']);
  });

  it('says that pre-activation moves normalization and ReLU', () => {
    expect(phrases('resnet110-cifar10', 'preact-resnet110-cifar10', 'conv2_x/block2/body/conv1')).toEqual([
      'BatchNorm, ReLU moved ahead of the convolution',
    ]);
    expect(phrases('preact-resnet110-cifar10', 'resnet110-cifar10', 'conv2_x/block2/body/conv1')).toEqual([
      'BatchNorm, ReLU moved behind the convolution',
    ]);
  });

  it('does not speak of layers that stayed', () => {
    expect(phrases('vgg16', 'vgg19', 'stage1/conv1')).toEqual([]);
  });
});

describe('the rows of a diff', () => {
  it('hold every layer once', () => {
    for (const [before, after] of [
      ['plain34', 'resnet34'],
      ['resnet50', 'densenet121'],
      ['alexnet', 'vgg16'],
    ] as const) {
      const { entries } = diffGraphs(graphOf(before), graphOf(after));
      const count = (rows: readonly DiffRow[]): number =>
        rows.reduce(
          (sum, row) =>
            sum +
            (row.kind === 'entry'
              ? 1
              : row.kind === 'same'
                ? row.entries.length
                : row.times * count(row.rows)),
          0,
        );
      const rows = listDiffRows(entries, foldDiff(entries));
      expect(count(rows), `${before} → ${after}`).toBe(entries.length);
      const keys = (list: readonly DiffRow[]): string[] =>
        list.flatMap((row) => (row.kind === 'times' ? [row.key, ...keys(row.rows)] : [row.key]));
      expect(new Set(keys(rows)).size).toBe(keys(rows).length);
    }
  });
});

describe('the view of a diff', () => {
  afterEach(cleanup);

  it('counts what became of the layers and shows before, after and change', () => {
    show('alexnet', 'zfnet');
    expect(screen.getByText('7 layers changed')).toBeDefined();
    expect(screen.getByText('2 layers added')).toBeDefined();
    const rows = within(screen.getByRole('list', { name: 'AlexNet → ZFNet' })).getAllByRole('listitem');
    expect(rows[0]?.textContent).toMatch(
      /changed.*conv1 Conv 11×11\/4.*conv1 Conv 7×7\/2.*11×11\/4 → 7×7\/2/,
    );
    expect(rows[0]?.textContent).toContain('−20.7 k');
  });

  it('keeps what is the same folded until asked', async () => {
    show('vgg16', 'vgg19');
    const list = screen.getByRole('list', { name: 'VGG-16 → VGG-19' });
    const before = within(list).getAllByRole('listitem').length;
    const [first] = within(list).getAllByRole('button', { name: /^Show the \d+ layers/ });
    if (!first) throw new Error('nothing is folded');
    await userEvent.click(first);
    expect(within(list).getAllByRole('listitem').length).toBeGreaterThan(before);
    expect(list.textContent).toContain('stage1/conv1');
  });

  it('tells once what happened to several blocks, with the costs of all of them', () => {
    show('resnet50', 'resnext50-32x4d');
    expect(screen.getByText(/alike, from conv4_x\/block2 to conv4_x\/block6/)).toBeDefined();
    const [pattern] = screen
      .getAllByText('256 → 512 filters')
      .map((phrase) => phrase.closest('li')?.textContent ?? '')
      .filter((text) => text.includes('block2'));
    // Five blocks of 1024·256 weights and 2·256 of normalization more.
    expect(pattern).toContain('+1.31 M');
  });
});
