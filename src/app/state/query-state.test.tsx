import { act, cleanup, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  parameter,
  readState,
  textParameter,
  useQueryState,
  useQueryStates,
  WRITE_EVERY,
  wordParameter,
  writeState,
} from './query-state.ts';

const count = parameter<number>({
  parse: (text) => (/^\d+$/.test(text) ? Number(text) : null),
  serialize: String,
});

const table = {
  batch: count.withDefault(1),
  node: textParameter,
  mode: wordParameter(['plain', 'deep']).withDefault('plain'),
};

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, '', '/explore?seed=7#layers');
});

afterEach(() => {
  cleanup();
  vi.runAllTimers();
  vi.useRealTimers();
  history.replaceState(null, '', '/');
});

describe('a table of parameters', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(
        fc.record({
          batch: fc.nat(),
          node: fc.option(fc.string({ unit: 'grapheme' }), { nil: null }),
          mode: fc.constantFrom('plain' as const, 'deep' as const),
        }),
        (state) => {
          expect(readState(table, writeState(table, state))).toEqual(state);
        },
      ),
    );
  });

  it('leaves parameters alone that are not its own', () => {
    expect(writeState(table, { batch: 4, node: null }, '?seed=7&node=conv1')).toBe('?seed=7&batch=4');
  });

  it('writes no default and reads what it cannot understand as the default', () => {
    expect(writeState(table, { batch: 1, mode: 'plain' }, '?batch=3')).toBe('');
    expect(readState(table, '?batch=many&mode=strange')).toEqual({ batch: 1, node: null, mode: 'plain' });
  });
});

let renders = 0;
let setBatch: (value: number | null) => void = () => {};
let setAll: (changes: { node?: string | null; mode?: 'plain' | 'deep' | null }) => void = () => {};

function Batch() {
  const [batch, set] = useQueryState('batch', table.batch);
  setBatch = set;
  renders += 1;
  return <output>{batch}</output>;
}

const others = { node: table.node, mode: table.mode };

function Others() {
  const [state, set] = useQueryStates(others);
  setAll = set;
  return <p>{`${state.node} ${state.mode}`}</p>;
}

describe('state in the address', () => {
  it('is on screen at once and soon in the address, beside what else stands there', () => {
    render(<Batch />);
    for (const value of [2, 3, 4]) {
      act(() => setBatch(value));
      expect(screen.getByRole('status').textContent).toBe(String(value));
    }
    vi.advanceTimersByTime(WRITE_EVERY);
    expect(location.search + location.hash).toBe('?seed=7&batch=4#layers');
  });

  it('writes the address no more often than browsers allow', () => {
    render(<Batch />);
    const written = vi.spyOn(history, 'replaceState');
    for (let value = 2; value < 102; value += 1) {
      act(() => setBatch(value));
      vi.advanceTimersByTime(WRITE_EVERY / 10);
    }
    vi.advanceTimersByTime(WRITE_EVERY);
    expect(written.mock.calls.length).toBeLessThanOrEqual(12);
    expect(location.search).toBe('?seed=7&batch=101');
    written.mockRestore();
  });

  it('asks again where the browser refuses', () => {
    render(<Batch />);
    const refused = vi.spyOn(history, 'replaceState').mockImplementationOnce(() => {
      throw new DOMException('too often', 'SecurityError');
    });
    act(() => setBatch(9));
    expect(location.search).toBe('?seed=7');
    vi.advanceTimersByTime(2000);
    expect(location.search).toBe('?seed=7&batch=9');
    refused.mockRestore();
  });

  it('renders nothing for a parameter that it does not show', () => {
    render(
      <>
        <Batch />
        <Others />
      </>,
    );
    const before = renders;
    act(() => setAll({ node: 'conv1', mode: 'deep' }));
    expect(screen.getByText('conv1 deep')).toBeTruthy();
    expect(renders).toBe(before);
  });

  it('follows the visitor, and forgets what was not yet written when another page is opened', () => {
    render(<Batch />);
    act(() => setBatch(5));
    act(() => setBatch(6));
    act(() => {
      history.pushState(null, '', '/explore/other?batch=8');
      dispatchEvent(new Event('pushState'));
    });
    expect(screen.getByRole('status').textContent).toBe('8');
    vi.advanceTimersByTime(2 * WRITE_EVERY);
    expect(location.pathname + location.search).toBe('/explore/other?batch=8');
  });
});
