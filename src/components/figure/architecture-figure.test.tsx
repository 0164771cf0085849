import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { figure as messages } from '../../app/i18n/en/figure.ts';
import { architectures } from '../../architectures/index.ts';
import { evaluateGraph } from '../../engine/evaluate/evaluate-graph.ts';
import { lower } from '../../engine/graph/lower.ts';
import { layoutFigure } from '../../engine/layout/layout-figure.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { seededInput, seededTensors } from '../../engine/weights/seeded.ts';
import { ArchitectureFigure, type ArchitectureFigureProps } from './architecture-figure.tsx';
import { measureGlyph } from './glyph-size.ts';
import type { Overlay } from './overlay.ts';
import { hintWindow } from './window-hint.tsx';

afterEach(cleanup);

const graphOf = (id: string) => lower(architectures.get(id) as Architecture);

function show(id: string, props: Partial<ArchitectureFigureProps> = {}) {
  const graph = graphOf(id);
  const spies = { onSelect: vi.fn(), onHover: vi.fn(), onToggle: vi.fn(), onCell: vi.fn() };
  const view = render(
    <ArchitectureFigure
      graph={graph}
      open={new Set()}
      view="volumes"
      messages={messages}
      describe={(layer) => `operator of ${layer}`}
      {...spies}
      {...props}
    />,
  );
  return { graph, ...spies, ...view };
}

const box = (id: string): Element => {
  const element = document.querySelector(`[role="button"][data-node="${id}"]`);
  if (!element) throw new Error(`no box ${id}`);
  return element;
};

describe('the architecture figure', () => {
  it('is a group of that name with a button for each layer, said with its operator and shape', () => {
    show('lenet5');
    const group = screen.getByRole('group', { name: 'Architecture figure' });
    const names = within(group)
      .getAllByRole('button')
      .map((button) => button.getAttribute('aria-label'));
    expect(names).toHaveLength(10);
    expect(names[1]).toBe('conv1 6×28×28, operator of conv1');
  });

  it('is one stop of the Tab key; arrows move along the network', async () => {
    const user = userEvent.setup();
    const { onHover } = show('lenet5');
    expect(document.querySelectorAll('[role="button"][tabindex="0"]')).toHaveLength(1);
    await user.tab();
    expect(document.activeElement).toBe(box('input'));
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(document.activeElement).toBe(box('pool1'));
    expect(onHover).toHaveBeenLastCalledWith('pool1');
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(box('softmax'));
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(box('fc3'));
  });

  it('selects by Enter and by click', async () => {
    const user = userEvent.setup();
    const { onSelect } = show('lenet5');
    fireEvent.click(box('conv2'));
    expect(onSelect).toHaveBeenLastCalledWith('conv2');
    await user.tab();
    await user.keyboard('{Home}{Enter}');
    expect(onSelect).toHaveBeenLastCalledWith('input');
  });

  it('unfolds by +, by Space and by its control, and folds by − from any box inside', async () => {
    const user = userEvent.setup();
    const graph = graphOf('vgg11');
    function Page() {
      const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
      return (
        <ArchitectureFigure
          graph={graph}
          open={open}
          view="volumes"
          messages={messages}
          describe={() => ''}
          onSelect={() => {}}
          onHover={() => {}}
          onCell={() => {}}
          onToggle={(key) =>
            setOpen(
              (before) =>
                new Set(before.has(key) ? [...before].filter((id) => id !== key) : [...before, key]),
            )
          }
        />
      );
    }
    render(<Page />);
    expect(box('stage3').getAttribute('aria-expanded')).toBe('false');
    // Two convolutions and a pooling are no run of equal layers.
    expect(box('stage3').getAttribute('aria-label')).not.toContain('alike');
    fireEvent.click(screen.getByRole('button', { name: 'Unfold stage3' }));
    box('stage3/conv2');
    (box('stage3/conv2') as SVGElement).focus();
    await user.keyboard('-');
    box('stage3');
    (box('stage1') as SVGElement).focus();
    await user.keyboard('+');
    box('stage1/conv1');
    (box('stage2') as SVGElement).focus();
    await user.keyboard(' ');
    box('stage2/conv1');
    fireEvent.click(screen.getByRole('button', { name: 'Fold stage2' }));
    box('stage2');
  });

  it('names folds by their path, and says of equal blocks alone that they are alike', () => {
    const { container } = show('resnet34', { open: new Set(['conv3_x', 'conv4_x']) });
    const names = [...container.querySelectorAll('[data-toggle]')].map((each) =>
      each.getAttribute('aria-label'),
    );
    expect(names).toContain('Unfold conv3_x/block2–block4');
    expect(names).toContain('Fold conv4_x');
    expect(new Set(names).size).toBe(names.length);
    expect(box('conv3_x/block2').getAttribute('aria-label')).toContain('3 alike in a row');
    expect(box('conv2_x').getAttribute('aria-label')).not.toContain('alike');
  });

  it('lights the box of the hovered layer in an attribute that goes with it', () => {
    const graph = graphOf('lenet5');
    const stable = { onSelect: vi.fn(), onHover: vi.fn(), onToggle: vi.fn(), onCell: vi.fn() };
    const describeLayer = vi.fn(() => '');
    const open = new Set<string>();
    const page = (hovered: string | null) => (
      <ArchitectureFigure
        graph={graph}
        open={open}
        view="volumes"
        messages={messages}
        describe={describeLayer}
        hovered={hovered}
        {...stable}
      />
    );
    const { rerender } = render(page(null));
    const before = box('conv2').outerHTML;
    rerender(page('conv2/tanh'));
    expect(box('conv2').hasAttribute('data-hovered')).toBe(true);
    rerender(page(null));
    expect(box('conv2').outerHTML).toBe(before);
  });

  it('steps into the maps by Enter, moves the cell by arrows and leaves by Escape', async () => {
    const user = userEvent.setup();
    const graph = graphOf('lenet5');
    const input = seededInput(1024, 1);
    const activations = evaluateGraph(graph, seededTensors(graph, 2), input, {
      precision: 'fp32',
    }) as ReadonlyMap<string, Float32Array>;
    const seen: unknown[] = [];
    function Page() {
      const [cell, setCell] = useState<ArchitectureFigureProps['cell']>(null);
      return (
        <ArchitectureFigure
          graph={graph}
          open={new Set()}
          view="maps"
          activations={activations}
          cell={cell}
          messages={messages}
          describe={() => ''}
          onSelect={() => {}}
          onHover={() => {}}
          onToggle={() => {}}
          onCell={(next) => {
            seen.push(next);
            setCell(next);
          }}
        />
      );
    }
    render(<Page />);
    (box('conv2') as SVGElement).focus();
    await user.keyboard('{Enter}{ArrowRight}{ArrowUp}{PageDown}');
    expect(seen.at(-1)).toEqual({ node: 'conv2/tanh', cell: [1, 4, 6] });
    const value = activations.get('conv2/tanh')?.[100 + 46] ?? 0;
    const text = document.querySelector('output')?.textContent ?? '';
    expect(Number(text.replace('−', '-'))).toBeCloseTo(value, 2);
    expect(screen.getByText('conv2: channel 2, row 5, column 7')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(seen.at(-1)).toBeNull();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(box('pool2'));
  });

  it('draws the arc of a shortcut and the sign of its sum at every fold', () => {
    const isShown = (open: readonly string[]) => {
      const { unmount } = show('resnet20-cifar10', { open: new Set(open) });
      const shown = [
        document.querySelectorAll('path[data-kind="shortcut"]').length > 0,
        document.querySelector('path[class*="sumSign"]') !== null,
      ];
      unmount();
      return shown;
    };
    expect(isShown([])).toEqual([true, true]);
    expect(isShown(['conv3_x'])).toEqual([true, true]);
    expect(isShown(['conv3_x', 'conv3_x/block1'])).toEqual([true, true]);
  });

  it('says on parallel paths what each operator does, and how many channels each brings', () => {
    show('inception-3a', { open: new Set(['inception']) });
    const words = [...document.querySelectorAll('[data-form="pill"] text')].map((text) => text.textContent);
    expect(words).toEqual(['1×1 64', '1×1 96', '3×3 128', '1×1 16', '5×5 32', 'pool 3×3', '1×1 32']);
    expect(box('inception/concat').textContent).toContain('64+128+32+32');
    const slices = box('inception/concat').querySelectorAll('path[data-origin]');
    expect([...slices].map((slice) => slice.getAttribute('data-origin'))).toEqual(['1', '2', '3', '4']);
    expect(screen.getByText(/in the branch’s colour/)).toBeTruthy();
  });

  it('shows the layer that does not fit with the sentence, and those behind it as not reached', () => {
    show('zfnet-lecture', { problem: 'declared for 9216 inputs' });
    expect(screen.getByText('declared for 9216 inputs')).toBeTruthy();
    expect(box('fc6').getAttribute('data-status')).toBe('broken');
    expect(box('fc6').getAttribute('aria-label')).toContain('does not fit');
    expect(box('fc8').getAttribute('aria-label')).toContain('not reached');
  });
});

describe('the window on the volume before a layer', () => {
  const graph = graphOf('alexnet');
  const layout = layoutFigure(graph, {
    open: new Set(),
    glyph: (layer) => measureGlyph(graph, 'volumes', layer.name, layer),
  });
  const hint = (id: string) => {
    const found = layout.boxes.find((each) => each.id === id);
    return found ? hintWindow(graph, layout, found) : undefined;
  };

  it('is as high as 11 pixels are on the scale of the volumes', () => {
    const [, ...corners] = [...(hint('conv1')?.patch ?? '').matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(
      ([, , y]) => Number(y),
    );
    expect((corners[1] ?? 0) - (corners[0] ?? 0)).toBeCloseTo(8 * Math.sqrt(11), 1);
  });

  it('is not drawn for what has none', () => {
    expect(hint('input')).toBeNull();
    expect(hint('fc6')).toBeNull();
    expect(hint('softmax')).toBeNull();
  });
});

describe('an overlay', () => {
  const overlay: Overlay = {
    title: 'Outputs',
    scale: 'linear',
    value: (first, end) => (first === 2 ? 0 : 10 * (end - first)),
    format: (value) => `${value} units`,
  };

  it('colours every layer that has a value, from the scale’s first step to its last, and says so in the legend', () => {
    show('lenet5', { overlay });
    const colour = (id: string) => (box(id) as SVGElement).style.getPropertyValue('--overlay');
    expect(colour('conv1')).toContain('var(--scale-4) 100%');
    expect(colour('softmax')).toContain('var(--scale-2)');
    // The input and what is 0 stay plain.
    expect(colour('input')).toBe('var(--reshape)');
    expect(colour('pool1')).toBe('var(--reshape)');
    const legend = screen.getByRole('region', { name: 'Legend' });
    expect(legend.textContent).toContain('Outputs0 units20 unitseven scale');
    expect(legend.textContent).not.toContain('convolution');
  });

  it('leaves the operators’ colours where there is none', () => {
    show('lenet5');
    expect(box('conv1').hasAttribute('data-overlay')).toBe(false);
  });
});
