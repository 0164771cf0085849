import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LimitField } from './limit-field.tsx';
import { PointTable } from './point-table.tsx';
import { ScatterChart } from './scatter-chart.tsx';
import {
  axisTicks,
  isWithin,
  layOutScatter,
  neighbourOf,
  placeInRows,
  placeLabels,
  type ScatterAxis,
  type ScatterPoint,
  textWidth,
  wrapText,
} from './scene.ts';

afterEach(cleanup);

const axis = (scale: ScatterAxis['scale'], grid: ScatterAxis['grid'] = 'decimal'): ScatterAxis => ({
  title: scale,
  scale,
  grid,
  format: String,
});
const point = (key: string, x: number, y: number, more: Partial<ScatterPoint> = {}): ScatterPoint => ({
  key,
  title: key,
  label: `${key}: ${x}, ${y}`,
  x,
  y,
  size: 1,
  series: key,
  hue: 1,
  shape: 0,
  hollow: false,
  ...more,
});
const value = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const manyPoints = fc
  .array(fc.tuple(value, value, fc.option(value, { nil: null })), { minLength: 1, maxLength: 40 })
  .map((all) => all.map(([x, y, size], index) => point(`p${index}`, x, y, { size })));

describe('a saved chart’s legend', () => {
  it('stays within its width, and loses no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zA-Z0-9-]{1,12}$/), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 100, max: 900 }),
        (words, room) => {
          const lines = wrapText(words.join(' '), room);
          expect(lines.join(' ')).toBe(words.join(' '));
          for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(room);
          const widths = words.map(textWidth);
          const { places, rows } = placeInRows(widths, room);
          for (const [index, { x, row }] of places.entries()) {
            expect(x + (widths[index] ?? 0)).toBeLessThanOrEqual(room);
            expect(row).toBeLessThan(rows);
          }
        },
      ),
    );
    expect(wrapText('标记的面积参数量', 40).length).toBeGreaterThan(1);
  });
});

describe('a scatter chart’s scene', () => {
  it('has every mark inside the plot, and places are values and back', () => {
    fc.assert(
      fc.property(
        manyPoints,
        fc.constantFrom('log' as const, 'linear' as const),
        fc.integer({ min: 300, max: 1200 }),
        (all, scale, width) => {
          const scene = layOutScatter(all, axis(scale), axis(scale), width, 480);
          expect(scene.points).toHaveLength(all.length);
          for (const { cx, cy, area, x, y } of scene.points) {
            const reach = Math.sqrt(area / 2);
            expect(cx - reach).toBeGreaterThanOrEqual(scene.left);
            expect(cx + reach).toBeLessThanOrEqual(scene.right);
            expect(cy - reach).toBeGreaterThanOrEqual(scene.top);
            expect(cy + reach).toBeLessThanOrEqual(scene.bottom);
            expect(scene.xAt(cx) / x).toBeCloseTo(1, 4);
            expect(scene.yAt(cy) / y).toBeCloseTo(1, 4);
          }
        },
      ),
    );
  });

  it('gives areas in proportion to what they stand for, down to the least that can be seen', () => {
    const scene = layOutScatter(
      [point('a', 1, 1, { size: 100 }), point('b', 2, 2, { size: 50 }), point('c', 3, 3, { size: 0.1 })],
      axis('linear'),
      axis('linear'),
      900,
      500,
    );
    const area = (key: string) => scene.points.find((one) => one.key === key)?.area ?? 0;
    expect(area('a') / area('b')).toBeCloseTo(2);
    expect(area('c')).toBe(60);
  });

  it('leaves out what a logarithmic axis has no place for', () => {
    const scene = layOutScatter([point('a', 0, 1), point('b', 1, 1)], axis('log'), axis('linear'), 900, 500);
    expect(scene.points.map(({ key }) => key)).toEqual(['b']);
  });

  it('marks decades, powers of two and whole years', () => {
    expect(axisTicks([3e8, 3e10], axis('log'), 12)).toEqual([5e8, 1e9, 2e9, 5e9, 1e10, 2e10]);
    expect(axisTicks([3e8, 3e10], axis('log'), 3)).toEqual([1e9, 1e10]);
    expect(axisTicks([2 ** 20, 2 ** 24], axis('log', 'binary'), 8)).toEqual(
      [1, 2, 4, 8, 16].map((one) => one * 2 ** 20),
    );
    expect(axisTicks([2012, 2016], axis('linear', 'whole'), 20)).toEqual([2012, 2013, 2014, 2015, 2016]);
  });

  it('lets no words lie over others', () => {
    fc.assert(
      fc.property(manyPoints, (all) => {
        const labels = placeLabels(layOutScatter(all, axis('log'), axis('log'), 900, 500), ['p0']);
        const boxes = labels.map(({ text, x, y, anchor }) => {
          const width = 6.1 * text.length;
          const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
          return { left, right: left + width, top: y - 6, bottom: y + 6 };
        });
        for (const [index, one] of boxes.entries()) {
          for (const other of boxes.slice(index + 1)) {
            const apart =
              one.right <= other.left ||
              other.right <= one.left ||
              one.bottom <= other.top ||
              other.bottom <= one.top;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it('puts words beside a line rather than over it, and over it rather than nowhere', () => {
    const placesOf = (joined: boolean, height: number) => {
      const all = ['a', 'b', 'c'].map((key, index) => ({
        ...point(key, 1 + index, 1),
        series: joined ? 'one' : key,
      }));
      const scene = layOutScatter(all, axis('linear'), axis('linear'), 900, height);
      return new Map(placeLabels(scene, []).map(({ key, anchor }) => [key, anchor]));
    };
    expect(placesOf(false, 500).get('b')).toBe('start');
    expect(placesOf(true, 500).get('b')).toBe('middle');
    // Too low for a place above or below.
    expect(placesOf(true, 96).get('b')).toBe('start');
  });

  it('has a nearest point in each direction, also of two in one place', () => {
    const { points } = layOutScatter(
      [point('mid', 2, 2), point('twin', 2, 2), point('right', 3, 2), point('up', 2, 3), point('far', 9, 2)],
      axis('linear'),
      axis('linear'),
      900,
      500,
    );
    const mid = points.find(({ key }) => key === 'mid');
    const far = points.find(({ key }) => key === 'far');
    if (!mid || !far) throw new Error('not laid out');
    expect(neighbourOf(points, far, 'left')?.key).toBe('right');
    expect(neighbourOf(points, far, 'right')).toBeNull();
    const near = [neighbourOf(points, mid, 'left')?.key, neighbourOf(points, mid, 'right')?.key];
    expect(near).toContain('twin');
  });
});

const chart = (onBrush = vi.fn(), onChoose = vi.fn()) => {
  const points = [point('a', 1, 60), point('b', 10, 70, { hollow: true }), point('c', 100, 80)];
  render(
    <ScatterChart
      points={points}
      x={axis('log')}
      y={axis('linear')}
      front={['a', 'c']}
      fallen={new Set(['c'])}
      brush={{ x: [0.5, 20], y: [0, 65] }}
      onBrush={onBrush}
      current={null}
      onPoint={() => {}}
      onChoose={onChoose}
      summary="Three points"
      messages={{ points: 'Points', front: 'front' }}
    />,
  );
  return { onBrush, onChoose };
};

describe('a scatter chart', () => {
  it('is a picture with a summary, and points that can be reached', () => {
    chart();
    expect(screen.getByRole('img', { name: 'Three points' })).toBeDefined();
    const buttons = screen.getAllByRole('button');
    expect(buttons.map((one) => one.getAttribute('aria-label'))).toEqual([
      'a: 1, 60',
      'b: 10, 70',
      'c: 100, 80',
    ]);
    expect(buttons.filter((one) => one.getAttribute('tabindex') === '0')).toHaveLength(1);
  });

  it('fades what the brush leaves out and what fell', () => {
    chart();
    expect(screen.getAllByRole('button').map((one) => one.getAttribute('data-state'))).toEqual([
      'in',
      'out',
      'out',
    ]);
    expect(isWithin({ x: 1, y: 60 }, { x: [1, 1], y: [60, 60] })).toBe(true);
  });

  it('chooses by Enter, walks by arrows, and gives everything back by Escape', () => {
    const { onBrush, onChoose } = chart();
    const [first] = screen.getAllByRole('button');
    if (!first) throw new Error('no point');
    first.focus();
    fireEvent.keyDown(first, { key: 'Enter' });
    expect(onChoose).toHaveBeenLastCalledWith('a');
    fireEvent.keyDown(first, { key: 'ArrowRight' });
    expect(document.activeElement?.getAttribute('data-node')).toBe('b');
    fireEvent.keyDown(first, { key: 'Escape' });
    expect(onBrush).toHaveBeenLastCalledWith(null);
    expect(onChoose).toHaveBeenLastCalledWith(null);
  });
});

describe('a limit', () => {
  const field = (value: number | null, onChange = vi.fn()) => {
    render(
      <LimitField
        label="Weights"
        unit="MiB"
        unitSize={1024}
        value={value}
        stops={[1024, 2048, 5120]}
        least={false}
        onChange={onChange}
        formatLimit={(limit) => (limit === null ? 'any' : `≤ ${limit}`)}
        notANumber={(text) => `“${text}” is none`}
        typedLabel="Weights, typed"
      />,
    );
    return { onChange, typed: screen.getByRole('textbox', { name: 'Weights, typed' }) as HTMLInputElement };
  };

  it('is typed in its unit and told in its own', () => {
    const { onChange, typed } = field(null);
    expect(typed.value).toBe('');
    fireEvent.change(typed, { target: { value: '3.5' } });
    expect(onChange).toHaveBeenLastCalledWith(3584);
  });

  it('says what is wrong with what is no number, and keeps the limit', () => {
    const { onChange, typed } = field(2048);
    expect(typed.value).toBe('2');
    fireEvent.change(typed, { target: { value: 'two' } });
    expect(screen.getByText('“two” is none')).toBeDefined();
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.change(typed, { target: { value: '' } });
    expect(onChange).toHaveBeenLastCalledWith(null);
  });
});

describe('the table of points', () => {
  it('is sorted by a head, what is not known last either way', () => {
    const row = (key: string, cost: number | null) => ({
      key,
      title: key,
      href: null,
      note: null,
      cells: { cost: { value: cost, text: cost === null ? '—' : String(cost) } },
    });
    render(
      <PointTable
        caption="Points"
        columns={[
          { id: 'name', title: 'Name' },
          { id: 'cost', title: 'Cost' },
        ]}
        rows={[row('none', null), row('ten', 10), row('nine', 9)]}
        link={({ href, children }) => <a href={href}>{children}</a>}
        sortBy={(column) => `by ${column}`}
      />,
    );
    const names = () => screen.getAllByRole('rowheader').map((one) => one.textContent);
    const head = screen.getByRole('button', { name: /Cost/ });
    fireEvent.click(head);
    expect(names()).toEqual(['nine', 'ten', 'none']);
    fireEvent.click(head);
    expect(names()).toEqual(['ten', 'nine', 'none']);
    fireEvent.click(head);
    expect(names()).toEqual(['none', 'ten', 'nine']);
  });
});
