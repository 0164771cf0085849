import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inspector } from '../../app/i18n/en/inspector.ts';
import { lower } from '../../engine/graph/lower.ts';
import { contextOf, INPUT } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Cell } from '../../engine/ops/types.ts';
import { offsetOf, sizeOf } from '../../engine/ops/window.ts';
import {
  architecture,
  conv,
  fc,
  flatten,
  image,
  maxPool,
  softmax,
  tanh,
  unit,
} from '../../engine/spec/layers.ts';
import { CellArithmetic, type CellArithmeticProps } from './cell-arithmetic.tsx';
import { formatReal } from './number.ts';

afterEach(cleanup);

const graph = lower(
  architecture({
    id: 'small',
    title: 'Small',
    source: { paper: 'none', where: 'here', year: 2026, authors: 'nobody' },
    input: image(10, 6),
    layers: {
      conv1: unit({ conv: conv(3, 3, { padding: 1 }), tanh: tanh() }),
      pool1: maxPool(2),
      flatten: flatten(),
      fc1: fc(4),
      softmax: softmax(),
    },
  }),
);

const tensors = new Map<string, Float32Array>();
const activations = new Map([[INPUT, Float32Array.from({ length: 360 }, (_, at) => Math.sin(at * 1.7))]]);
for (const node of graph.nodes) {
  const operator = operatorOf(node.op);
  const context = contextOf(node);
  const own: Record<string, Float32Array> = {};
  for (const { name, shape } of operator.tensors(context)) {
    own[name] = Float32Array.from({ length: sizeOf(shape) }, (_, at) => Math.cos(at * 2.3 + 1) / 3);
    tensors.set(`${node.id}.${name}`, own[name]);
  }
  const output = new Float32Array(sizeOf(node.shape));
  operator.evaluate(
    context,
    node.inputs.map((id) => activations.get(id) ?? new Float32Array()),
    own,
    output,
  );
  activations.set(node.id, output);
}

function show(node: string, cell: Cell, props: Partial<CellArithmeticProps> = {}) {
  const onCell = vi.fn();
  render(
    <CellArithmetic
      graph={graph}
      node={node}
      cell={cell}
      tensors={tensors}
      activations={activations}
      answeredBy="runtime"
      onCell={onCell}
      messages={inspector.cell}
      {...props}
    />,
  );
  return { onCell, user: userEvent.setup() };
}

const results = () =>
  [...document.querySelectorAll<HTMLElement>('[data-result]')].map((one) => Number(one.dataset.result));
const valueAt = (id: string, cell: Cell): number =>
  activations.get(id)?.[offsetOf(graph.nodeById.get(id)?.shape ?? [], cell)] ?? Number.NaN;

describe('the arithmetic of a cell', () => {
  it('goes from products to bias to tanh, and agrees with what was returned', () => {
    show('conv1/tanh', [1, 2, 3]);
    const [sum, squashed] = results();
    expect(sum).toBeCloseTo(valueAt('conv1/conv', [1, 2, 3]), 5);
    expect(squashed).toBeCloseTo(valueAt('conv1/tanh', [1, 2, 3]), 5);
    expect(screen.getByText(/Σ 90 products/)).toBeTruthy();
    const returned = formatReal(valueAt('conv1/tanh', [1, 2, 3]));
    expect(document.querySelector('[data-agrees="true"]')?.textContent).toBe(
      `the runtime returned ${returned} ✓ and the two agree`,
    );
  });

  it('shows eight of ten channels, and adds up so that all of them are counted', () => {
    show('conv1/tanh', [0, 2, 2]);
    const figures = [...document.querySelectorAll('figure')];
    expect(figures).toHaveLength(8);
    const more = screen.getByText(/and 2 more channels/).textContent ?? '';
    const number = (text: string) => Number(text.replace('−', '-').replace(/.* /, ''));
    const sums = figures.map((figure) => number(figure.querySelector('figcaption code')?.textContent ?? ''));
    const bias = tensors.get('conv1/conv.bias')?.[0] ?? Number.NaN;
    const total = [...sums, number(more), bias].reduce((sum, value) => sum + value, 0);
    expect(total).toBeCloseTo(valueAt('conv1/conv', [0, 2, 2]), 1);
  });

  it('says so when the run returned another number', () => {
    const wrong = new Map(activations).set('conv1/tanh', new Float32Array(108));
    show('conv1/tanh', [1, 2, 3], { activations: wrong });
    expect(document.querySelector('[data-agrees="false"]')?.textContent).toContain('which differs by');
  });

  it('names the page’s own arithmetic where that answered', () => {
    show('pool1', [0, 0, 0], { answeredBy: 'reference' });
    expect(document.querySelector('[data-agrees]')?.textContent).toContain(
      'the page’s own arithmetic returned',
    );
  });

  it('draws padding as such', () => {
    show('conv1/tanh', [0, 0, 0]);
    const first = document.querySelector('figure svg');
    expect(first?.querySelectorAll('rect')).toHaveLength(9);
    expect(first?.querySelectorAll('rect:not([style])')).toHaveLength(5);
  });

  it('tells a product under the pointer or the arrow keys', async () => {
    const { user } = show('conv1/tanh', [0, 2, 2]);
    expect(screen.getByText(inspector.cell.readoutHint)).toBeTruthy();
    screen.getByRole('application').focus();
    await user.keyboard('{ArrowRight}');
    expect(screen.queryByText(inspector.cell.readoutHint)).toBeNull();
    const readout = document.querySelector('[aria-live] code')?.textContent ?? '';
    // Of ten channels eight are shown: which stands first depends on the numbers.
    const channel = Number(document.querySelector('figcaption span')?.textContent) - 1;
    const value = activations.get(INPUT)?.[offsetOf(graph.input, [channel, 1, 2])] ?? Number.NaN;
    const weight = tensors.get('conv1/conv.weight')?.[channel * 9 + 1] ?? Number.NaN;
    expect(readout).toBe(`${formatReal(value)} × ${formatReal(weight)} = ${formatReal(value * weight)}`);
  });

  it('marks the winner of a maximum', () => {
    show('pool1', [1, 1, 1]);
    expect(document.querySelectorAll('[data-winner]')).toHaveLength(1);
    expect(results()).toEqual([valueAt('pool1', [1, 1, 1])]);
    expect(screen.getByText(/the largest of 4/)).toBeTruthy();
  });

  it('lists the eight largest contributions to a fully connected feature and sums the rest', () => {
    show('fc1', [2, 0, 0]);
    expect(screen.getAllByRole('listitem')).toHaveLength(9);
    expect(screen.getByText('19 others')).toBeTruthy();
    expect(screen.getAllByText(/channel \d, row \d, column \d/).length).toBeGreaterThanOrEqual(8);
    expect(results()[0]).toBeCloseTo(valueAt('fc1', [2, 0, 0]), 5);
  });

  it('shows softmax as exponentials over their sum, with the labels of the classes', () => {
    show('softmax', [3, 0, 0], { labels: ['cat', 'dog', 'owl', 'fox'] });
    expect(screen.getAllByRole('listitem').map((item) => item.textContent?.slice(0, 3))).toEqual([
      'cat',
      'dog',
      'owl',
      'fox',
    ]);
    expect(document.querySelector('[data-marked]')?.textContent).toContain('fox');
    expect(results()[0]).toBeCloseTo(valueAt('softmax', [3, 0, 0]), 5);
  });

  it('says where a flattened value comes from', () => {
    show('flatten', [10, 0, 0]);
    expect(screen.getByText(/copied from pool1: channel 2, row 1, column 2/)).toBeTruthy();
  });

  it('moves the cell by arrow and page keys, and stays inside', async () => {
    const { onCell, user } = show('conv1/tanh', [0, 0, 0]);
    screen.getByRole('button', { name: 'channel 1, row 1, column 1' }).focus();
    await user.keyboard('{ArrowRight}');
    expect(onCell).toHaveBeenLastCalledWith([0, 0, 1]);
    await user.keyboard('{ArrowDown}');
    expect(onCell).toHaveBeenLastCalledWith([0, 1, 0]);
    await user.keyboard('{PageDown}');
    expect(onCell).toHaveBeenLastCalledWith([1, 0, 0]);
    await user.keyboard('{ArrowUp}');
    expect(onCell).toHaveBeenLastCalledWith([0, 0, 0]);
  });

  it('asks for a drawing while nothing was run', () => {
    show('conv1/tanh', [0, 0, 0], { activations: new Map() });
    expect(screen.getByText(/draw a digit/)).toBeTruthy();
  });
});

describe('a real number', () => {
  it('has three decimals, a true minus sign and powers of ten when it is tiny', () => {
    expect(formatReal(1.3184)).toBe('1.318');
    expect(formatReal(-0.0207)).toBe('−0.021');
    expect(formatReal(0)).toBe('0');
    expect(formatReal(0.00001234)).toBe('1.2·10⁻⁵');
    expect(formatReal(-0.0002)).toBe('−2·10⁻⁴');
  });
});
