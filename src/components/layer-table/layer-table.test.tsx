import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { layerTable as messages } from '../../app/i18n/en/layer-table.ts';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { formatBytes, formatInteger } from '../../engine/cost/format.ts';
import { bytesOf } from '../../engine/cost/memory.ts';
import { lower } from '../../engine/graph/lower.ts';
import { describePlacedProblem } from '../../engine/graph/problem.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { architecture, convRelu, image, repeat } from '../../engine/spec/layers.ts';
import { LayerTable, type LayerTableProps } from './layer-table.tsx';

afterEach(cleanup);

const graphOf = (id: string): Graph => {
  const found = architectures.get(id);
  if (!found) throw new RangeError(id);
  return lower(found);
};

function show(graph: Graph, props: Partial<LayerTableProps> = {}) {
  const onSelect = vi.fn();
  const onHover = vi.fn();
  const Table = () => {
    const [selected, setSelected] = useState<string | null>(props.selected ?? null);
    return (
      <LayerTable
        graph={graph}
        costs={computeCosts(graph)}
        dtype="fp32"
        batch={1}
        units="macs"
        hovered={null}
        messages={messages}
        problem={graph.problem && describePlacedProblem(graph.problem)}
        {...props}
        selected={selected}
        onHover={onHover}
        onSelect={(id) => {
          setSelected(id);
          onSelect(id);
        }}
      />
    );
  };
  render(<Table />);
  return { onSelect, onHover, user: userEvent.setup() };
}

const bodyRows = () => screen.getAllByRole('row').filter((row) => row.dataset.row !== undefined);
const ids = () => bodyRows().map((row) => row.dataset.row);
const rowOf = (id: string) => {
  const row = bodyRows().find(({ dataset }) => dataset.row === id);
  if (!row) throw new RangeError(`no row ${id}`);
  return row;
};
const cellsOf = (row: HTMLElement) =>
  within(row)
    .getAllByRole('gridcell')
    .map(({ textContent }) => textContent);

/** The prototype of a div that defines a property. */
function ownerOf(property: 'clientHeight' | 'offsetHeight'): HTMLElement {
  let prototype: HTMLElement = Object.getPrototypeOf(document.createElement('div'));
  while (!Object.hasOwn(prototype, property)) prototype = Object.getPrototypeOf(prototype);
  return prototype;
}

describe('the layer table', () => {
  it('is a treegrid named Layers with one row a unit or node', () => {
    show(graphOf('lenet5'));
    expect(screen.getByRole('treegrid', { name: 'Layers' })).toBeTruthy();
    expect(ids()).toEqual(['conv1', 'pool1', 'conv2', 'pool2', 'flatten', 'fc1', 'fc2', 'fc3', 'softmax']);
    expect(cellsOf(rowOf('conv2'))).toEqual([
      'Conv 5×5 · tanh',
      '16×10×10',
      '2,416',
      '240,000',
      '12.5 KiB',
      '14×14',
      '58 %',
    ]);
    expect(cellsOf(rowOf('fc1'))[0]).toBe('Gemm 400→120 · tanh');
  });

  it.each([...architectures.values()].filter((one) => lower(one).problem === null).map(({ id }) => id))(
    'totals %s as the engine does',
    (id) => {
      const graph = graphOf(id);
      const { total } = computeCosts(graph);
      show(graph);
      const row = screen.getAllByRole('row').at(-1);
      expect(row?.dataset.total).toBe('');
      const cells = cellsOf(row as HTMLElement);
      expect(cells[2]).toBe(formatInteger(total.parameters));
      expect(cells[3]).toBe(formatInteger(total.macs));
      expect(cells[4]).toBe(formatBytes(bytesOf(total.activations, 'fp32')));
    },
  );

  it('names what is not trivial about an operator', () => {
    show(graphOf('alexnet'));
    expect(cellsOf(rowOf('conv1'))[0]).toBe('Conv 11×11/4 · ReLU · LRN 5');
    expect(cellsOf(rowOf('conv2'))[0]).toBe('Conv 5×5, pad 2, groups 2 · ReLU · LRN 5');
    expect(cellsOf(rowOf('pool1'))[0]).toBe('MaxPool 3×3/2');
  });

  it('counts FLOPs, another precision and a batch when asked', () => {
    const graph = graphOf('lenet5');
    show(graph, { units: 'flops', dtype: 'fp16', batch: 8 });
    expect(screen.getByRole('columnheader', { name: 'FLOPs' })).toBeTruthy();
    const { byGroup } = computeCosts(graph);
    expect(cellsOf(rowOf('conv2'))[3]).toBe(formatInteger(byGroup.get('conv2')?.flops ?? Number.NaN));
    expect(cellsOf(rowOf('conv2'))[4]).toBe(formatBytes(2 * 1600 * 2 * 8));
  });

  it('moves by arrows, Home and End, and selects by Enter', async () => {
    const { onSelect, user } = show(graphOf('lenet5'));
    rowOf('conv1').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(rowOf('conv2'));
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(rowOf('softmax'));
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(rowOf('softmax'));
    await user.keyboard('{Home}{Enter}');
    expect(onSelect).toHaveBeenLastCalledWith('conv1');
    expect(rowOf('conv1').getAttribute('aria-selected')).toBe('true');
  });

  it('has one tab stop in its rows and one in its header', async () => {
    const { user } = show(graphOf('lenet5'));
    await user.tab();
    expect(document.activeElement?.textContent).toBe('Layer');
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(document.activeElement?.textContent).toBe('Output');
    await user.tab();
    expect(document.activeElement).toBe(rowOf('conv1'));
    expect(bodyRows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
    await user.tab();
    expect(screen.getByRole('treegrid').contains(document.activeElement)).toBe(false);
  });

  it('unfolds a unit with the right arrow and folds it with the left one, from inside as well', async () => {
    const { user } = show(graphOf('lenet5'));
    rowOf('conv1').focus();
    expect(rowOf('conv1').getAttribute('aria-expanded')).toBe('false');
    await user.keyboard('{ArrowRight}');
    expect(ids().slice(0, 4)).toEqual(['conv1', 'conv1/conv', 'conv1/tanh', 'pool1']);
    expect(rowOf('conv1').getAttribute('aria-expanded')).toBe('true');
    expect(rowOf('conv1/conv').getAttribute('aria-level')).toBe('2');
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(document.activeElement).toBe(rowOf('conv1/tanh'));
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(rowOf('conv1'));
    await user.keyboard('{ArrowLeft}');
    expect(ids()).not.toContain('conv1/conv');
  });

  it('opens stages at first and rolls their costs up', () => {
    show(graphOf('vgg16'));
    expect(ids().slice(0, 4)).toEqual(['stage1', 'stage1/conv1', 'stage1/conv2', 'stage1/pool']);
    expect(cellsOf(rowOf('stage1')).slice(1, 4)).toEqual(['64×112×112', '38,720', '1,936,392,192']);
  });

  it('sorts layers by a column, then the other way round, then puts the network back in order', async () => {
    const { user } = show(graphOf('vgg16'));
    const before = ids();
    const button = screen.getByRole('button', { name: 'Parameters' });
    await user.click(button);
    expect(screen.getByRole('columnheader', { name: 'Parameters' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    expect(ids().slice(0, 2)).toEqual(['fc6', 'fc7']);
    expect(ids()).not.toContain('stage1');
    const counts = bodyRows().map((row) => Number(cellsOf(row)[2]?.replaceAll(',', '')));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    await user.click(button);
    expect(screen.getByRole('columnheader', { name: 'Parameters' }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
    expect(ids().at(-1)).toBe('fc6');
    await user.click(button);
    expect(ids()).toEqual(before);
  });

  it('lights the folded unit around a selected or hovered node', () => {
    show(graphOf('lenet5'), { selected: 'conv2/tanh', hovered: 'fc1/fc' });
    expect(rowOf('conv2').getAttribute('aria-selected')).toBe('true');
    expect(rowOf('fc1').dataset.hovered).toBe('true');
  });

  it('tells which layer the pointer is on, and when it leaves', async () => {
    const { onHover, user } = show(graphOf('lenet5'));
    await user.hover(rowOf('pool1'));
    expect(onHover).toHaveBeenLastCalledWith('pool1');
    await user.hover(document.body);
    await user.unhover(screen.getByRole('treegrid'));
    expect(onHover).toHaveBeenLastCalledWith(null);
  });

  it('says at the broken layer why it does not fit, and shows no number from there on', () => {
    const graph = graphOf('zfnet-lecture');
    show(graph);
    const broken = rowOf('fc6');
    expect(broken.dataset.state).toBe('broken');
    expect(broken.textContent).toContain('declared for 9216 inputs, but 256 · 5 · 5 = 6400');
    expect(cellsOf(rowOf('pool5'))[1]).toBe('256×5×5');
    for (const id of ['fc7', 'fc8', 'softmax']) {
      expect(rowOf(id).dataset.state).toBe('unreached');
      expect(cellsOf(rowOf(id)).slice(1)).toEqual(['—', '—', '—', '—', '—', '—']);
    }
    const total = screen.getAllByRole('row').at(-1) as HTMLElement;
    expect(cellsOf(total).slice(2, 5)).toEqual(['—', '—', '—']);
  });

  it('keeps rows that cannot be reached last when it sorts', async () => {
    const { user } = show(graphOf('zfnet-lecture'));
    await user.click(screen.getByRole('button', { name: 'MACs' }));
    await user.click(screen.getByRole('button', { name: 'MACs' }));
    expect(ids().slice(-4)).toEqual(['fc6', 'fc7', 'fc8', 'softmax']);
  });

  it('draws of a very long network only the rows in view, and says how many there are', () => {
    // Without layout every element measures 0 × 0, and nothing would be in view.
    const heights = vi.spyOn(ownerOf('clientHeight'), 'clientHeight', 'get').mockReturnValue(600);
    const rowHeights = vi.spyOn(ownerOf('offsetHeight'), 'offsetHeight', 'get').mockReturnValue(30);
    try {
      const deep = architecture({
        id: 'deep',
        title: 'Deep',
        source: { paper: 'none', where: 'here', year: 2026, authors: 'nobody' },
        input: image(3, 8),
        layers: repeat('conv', 300, () => convRelu(4, 3)),
      });
      show(lower(deep));
      expect(screen.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('302');
      expect(bodyRows().length).toBeGreaterThan(0);
      expect(bodyRows().length).toBeLessThan(100);
      expect(rowOf('conv2').getAttribute('aria-rowindex')).toBe('3');
    } finally {
      heights.mockRestore();
      rowHeights.mockRestore();
    }
  });
});
