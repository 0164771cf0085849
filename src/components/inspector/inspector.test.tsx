import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inspector as messages } from '../../app/i18n/en/inspector.ts';
import { operators } from '../../app/i18n/en/operators.ts';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import { describePlacedProblem } from '../../engine/graph/problem.ts';
import { Inspector, type InspectorProps } from './inspector.tsx';

afterEach(cleanup);

function show(network: string, selected: string | null, props: Partial<InspectorProps> = {}) {
  const found = architectures.get(network);
  if (!found) throw new RangeError(network);
  const graph = props.graph ?? lower(found);
  const onSelect = vi.fn();
  render(
    <Inspector
      graph={graph}
      costs={props.costs ?? computeCosts(graph)}
      dtype="fp32"
      batch={1}
      units="macs"
      selected={selected}
      onSelect={onSelect}
      problem={graph.problem && describePlacedProblem(graph.problem)}
      operators={operators.byOperator}
      messages={messages}
      {...props}
    />,
  );
  return { onSelect, user: userEvent.setup() };
}

const working = (quantity: string): string | undefined =>
  document.querySelector(`[data-quantity="${quantity}"] code`)?.textContent ?? undefined;

describe('the inspector', () => {
  it('shows the working of AlexNet’s first convolution', () => {
    show('alexnet', 'conv1');
    expect(screen.getByRole('heading', { name: 'conv1' })).toBeTruthy();
    expect(working('outputSize')).toBe('⌊(227 − 11 + 2·0) / 4⌋ + 1 = 55');
    expect(working('parameters')).toBe('11·11·3·96 + 96 = 34,944');
    expect(working('macs')).toBe('55·55 · 96·3 · 11·11 = 105,415,200');
    expect(working('memory')).toBe('96·55·55 · 4 B = 1.11 MiB');
    expect(working('receptiveField')).toBe('1 + (11 − 1)·1 = 11 px');
  });

  it('marks each number with its origin', () => {
    show('alexnet', 'conv1');
    const origins = [...document.querySelectorAll('[data-quantity="outputSize"] [data-origin]')];
    expect(origins.map((one) => [one.textContent, (one as HTMLElement).dataset.origin])).toEqual([
      ['227', 'input'],
      ['11', 'attribute'],
      ['0', 'attribute'],
      ['4', 'attribute'],
    ]);
    expect(screen.getByRole('note', { name: 'Where the numbers come from' })).toBeTruthy();
  });

  it('shows height and width apart where they differ', () => {
    const found = architectures.get('vgg16');
    if (!found) throw new RangeError();
    const graph = lower(found, [3, 256, 192]);
    show('vgg16', 'stage1/pool', { graph, costs: computeCosts(graph) });
    expect(working('outputHeight')).toBe('⌊(256 − 2 + 2·0) / 2⌋ + 1 = 128');
    expect(working('outputWidth')).toBe('⌊(192 − 2 + 2·0) / 2⌋ + 1 = 96');
    expect(working('outputSize')).toBeUndefined();
  });

  it('says what part of the network a layer costs', () => {
    show('lenet5', 'conv2');
    expect(screen.getByText('58 % of the network’s MACs with 3.9 % of its parameters')).toBeTruthy();
  });

  it('adds up the parameters of a unit that has several', () => {
    show('vgg16-bn', 'stage1/conv1');
    expect(working('parametersOfUnit')).toBe('1,792 + 128 = 1,920');
  });

  it('counts operations by class when FLOPs are asked for', () => {
    show('lenet5', 'pool1', { units: 'flops' });
    const figure = document.querySelector<HTMLElement>('[data-quantity="flops"]');
    expect(figure?.textContent).toContain('comparisons3,528');
  });

  it('follows batch and precision', () => {
    show('lenet5', 'conv2', { dtype: 'fp16', batch: 32 });
    expect(working('memory')).toBe('32 · 16·10·10 · 2 B = 100 KiB');
  });

  it('shows the layer in ONNX and PyTorch', () => {
    show('lenet5', 'fc3');
    expect(screen.getByText('nn.Linear(84, 10)')).toBeTruthy();
    expect(screen.getByText('fc3 = Gemm(fc2/tanh, fc3.weight, fc3.bias) {transB=1}')).toBeTruthy();
  });

  it('sums up a stage and leads on to its layers', async () => {
    const { onSelect, user } = show('vgg16', 'stage1');
    expect(working('parameters')).toBe('1,792 + 36,928 = 38,720');
    expect(working('receptiveField')).toBe('1×1 → 6×6 px');
    await user.click(screen.getByRole('button', { name: 'conv2' }));
    expect(onSelect).toHaveBeenCalledWith('stage1/conv2');
  });

  it('leads from a node back to the groups around it', async () => {
    const { onSelect, user } = show('vgg16', 'stage1/conv2/relu');
    const path = screen.getByRole('navigation', { name: 'Inside' });
    await user.click(within(path).getByRole('button', { name: 'stage1' }));
    expect(onSelect).toHaveBeenCalledWith('stage1');
  });

  it('says why the broken layer has no numbers, and of those after it which layer broke', () => {
    show('zfnet-lecture', 'fc6');
    expect(screen.getByRole('note').textContent).toBe(
      'fc6/fc (Gemm): declared for 9216 inputs, but 256 · 5 · 5 = 6400',
    );
    cleanup();
    show('zfnet-lecture', 'softmax');
    expect(screen.getByText(/fc6\/fc does not fit, so nothing arrives here/)).toBeTruthy();
    expect(document.querySelector('[data-quantity]')).toBeNull();
  });

  it('invites a choice while nothing, or something unknown, is selected', () => {
    show('lenet5', null);
    expect(screen.getByText(/Choose a layer/)).toBeTruthy();
    cleanup();
    show('lenet5', 'nowhere');
    expect(screen.getByText(/Choose a layer/)).toBeTruthy();
  });

  it.each([...architectures.keys()])(
    'shows every kind of layer of %s without a number that is none',
    (network) => {
      const found = architectures.get(network);
      if (!found) throw new RangeError(network);
      const graph = lower(found);
      const costs = computeCosts(graph);
      // Layers that differ in nothing but their shapes read alike: of each kind of operator and group one is shown.
      const kinds = new Map<string, string>();
      for (const { id, kind } of graph.groups.values()) if (id !== '') kinds.set(kind, id);
      for (const { id, op, attributes } of graph.nodes) {
        const { channels: _, ...rest } = attributes as { readonly channels?: unknown };
        kinds.set(`${op} ${JSON.stringify(rest)}`, id);
      }
      for (const id of [...kinds.values(), ...graph.unreached.map((one) => one.id)]) {
        show(network, id, { graph, costs, units: 'flops' });
        expect(document.body.textContent).not.toMatch(/NaN|undefined|Infinity|\[object/);
        cleanup();
      }
    },
  );
});
