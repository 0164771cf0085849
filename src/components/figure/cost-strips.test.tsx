import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { costs as words } from '../../app/i18n/en/costs.ts';
import { architectures } from '../../architectures/index.ts';
import { alongDepth } from '../../engine/cost/along-depth.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { peakMemory } from '../../engine/cost/memory.ts';
import { lower } from '../../engine/graph/lower.ts';
import { receptiveFields } from '../../engine/graph/receptive-field.ts';
import { layoutFigure } from '../../engine/layout/layout-figure.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { CostStrips, type CostStripsProps } from './cost-strips.tsx';
import { chartIds } from './depth-charts.ts';
import { measureGlyph } from './glyph-size.ts';

afterEach(cleanup);

function show(id: string, props: Partial<CostStripsProps> = {}) {
  const graph = lower(architectures.get(id) as Architecture);
  const costs = computeCosts(graph);
  const peak = peakMemory(graph);
  const layout = layoutFigure(graph, {
    open: new Set(),
    glyph: (layer) => measureGlyph(graph, 'volumes', layer.name, layer),
  });
  const spies = { onHover: vi.fn(), onSelect: vi.fn() };
  render(
    <CostStrips
      graph={graph}
      along={alongDepth(graph, costs, receptiveFields(graph), peak, { dtype: 'fp32', batch: 1 })}
      total={costs.total}
      peak={peak}
      layout={layout}
      zoom={1}
      charts={chartIds}
      units="macs"
      dtype="fp32"
      batch={1}
      active={null}
      selected={null}
      messages={words.charts}
      nameOf={({ layer }) => layer.name}
      {...spies}
      {...props}
    />,
  );
  return { graph, layout, ...spies };
}

const row = (chart: string) => document.querySelector(`[data-chart="${chart}"]`) as HTMLElement;

describe('the charts under a figure', () => {
  it('say the totals, each with a summary for those who do not see it', () => {
    show('lenet5');
    expect(row('parameters').textContent).toContain('in all 61,706');
    expect(row('operations').textContent).toContain('416,520');
    expect(row('alive').textContent).toContain('at most 23.0 KiB');
    expect(row('field').textContent).toContain('32 px');
    expect(row('intensity').textContent).toMatch(/MACs\/B/);
    expect(
      screen.getByRole('img', { name: /^Parameters along depth: 61,706; the most is 48,120, fc1\./ }),
    ).toBeTruthy();
    expect(screen.getAllByRole('img')).toHaveLength(6);
  });

  it('say a layer’s own values and shares, and light its place in every chart', () => {
    show('lenet5', { active: 'conv2/tanh' });
    expect(row('parameters').textContent).toContain('conv2 2,416 · 3.9 %');
    expect(document.querySelectorAll('[data-bar="conv2"]')).toHaveLength(6);
  });

  it('follow units, number format and batch', () => {
    show('lenet5', { units: 'flops', dtype: 'fp16', batch: 4 });
    expect(row('operations').textContent).toContain('FLOPs along depth');
    expect(row('alive').textContent).toContain('45.9 KiB');
  });

  it('have a dash for a layer that was not reached', () => {
    show('zfnet-lecture', { active: 'fc8' });
    expect(row('parameters').textContent).toContain('fc8 —');
    expect(screen.queryByRole('button', { name: /^peak/ })).toBeNull();
  });

  it('hover and select the layer under the pointer', () => {
    const { layout, onHover, onSelect } = show('lenet5');
    const box = layout.boxes.find(({ id }) => id === 'fc1');
    const plot = row('alive').querySelector('svg')?.parentElement as HTMLElement;
    const at = { clientX: (box?.x ?? 0) + (box?.width ?? 0) / 2, clientY: 5 };
    fireEvent.pointerMove(plot, { ...at, pointerType: 'mouse' });
    expect(onHover).toHaveBeenLastCalledWith('fc1');
    fireEvent.click(plot, at);
    expect(onSelect).toHaveBeenLastCalledWith('fc1');
    fireEvent.pointerLeave(plot);
    expect(onHover).toHaveBeenLastCalledWith(null);
  });

  it('list what is alive at the peak behind its button', async () => {
    show('lenet5');
    fireEvent.click(screen.getByRole('button', { name: 'peak 23.0 KiB at pool1' }));
    expect(await screen.findByText(/Alive while/)).toBeTruthy();
  });
});
