import { act, cleanup, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { predictions as messages } from '../../app/i18n/en/predictions.ts';
import { Predictions, type PredictionsProps } from './predictions.tsx';
import { formatProbability, judge, rankPredictions } from './rank.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const seven = [0.001, 0.002, 0.011, 0.004, 0.001, 0.001, 0, 0.972, 0.001, 0.007];

const element = (state: PredictionsProps['state'], props: Partial<PredictionsProps> = {}) => (
  <Predictions labels={digits} state={state} messages={messages} {...props} />
);
const items = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent);

describe('the predictions', () => {
  it('are a list named Predictions, most probable first, each beginning with its label', () => {
    render(element({ kind: 'answer', probabilities: seven }));
    expect(screen.getByRole('list', { name: 'Predictions' })).toBeTruthy();
    expect(items()).toEqual([
      '7  97.2 %',
      '2  1.1 %',
      '9  0.7 %',
      '3  0.4 %',
      '1  0.2 %',
      '0  0.1 %',
      '4  0.1 %',
      '5  0.1 %',
      '8  0.1 %',
      '6  0.0 %',
    ]);
    expect(screen.getByText('It is a 7')).toBeTruthy();
  });

  it('keep the order of probability in the list when the bars stand at fixed places', () => {
    render(element({ kind: 'answer', probabilities: seven }, { arrangement: 'fixed' }));
    const [first, second] = screen.getAllByRole('listitem');
    expect(first?.textContent).toMatch(/^7/);
    expect(first?.style.gridRow).toContain('8');
    expect(second?.style.gridRow).toContain('3');
  });

  it('name two digits when the network hesitates', () => {
    const split = [0, 0.3, 0, 0, 0, 0, 0, 0.6, 0.1, 0];
    const { rerender } = render(element({ kind: 'answer', probabilities: split }));
    expect(screen.getByText('Perhaps a 7 (or a 1)')).toBeTruthy();
    rerender(
      element({ kind: 'answer', probabilities: digits.map((_, index) => (index === 8 ? 0.19 : 0.09)) }),
    );
    expect(screen.getByText('Hard to tell: an 8, or a 0?')).toBeTruthy();
  });

  it('say in the sentence what classes are called, and list them by their labels', () => {
    const names = digits.map((digit) => `digit ${digit}`);
    render(element({ kind: 'answer', probabilities: seven }, { names }));
    expect(screen.getAllByText(/digit 7/)).not.toHaveLength(0);
    expect(screen.getAllByRole('listitem')[0]?.textContent).toMatch(/^7/);
  });

  it('have no items before there is an answer, and say what is going on', () => {
    const { rerender } = render(element({ kind: 'empty' }));
    expect(screen.queryAllByRole('listitem')).toHaveLength(0);
    expect(screen.getByText(messages.empty)).toBeTruthy();
    rerender(element({ kind: 'failed', text: 'The worker stopped.' }));
    expect(screen.getByText('The worker stopped.')).toBeTruthy();
    expect(screen.queryAllByRole('listitem')).toHaveLength(0);
  });

  it('are marked busy while a newer drawing is being read', () => {
    render(element({ kind: 'answer', probabilities: seven, stale: true }));
    expect(screen.getByRole('list').getAttribute('aria-busy')).toBe('true');
  });

  it('show no more classes than asked for', () => {
    const labels = Array.from({ length: 1000 }, (_, index) => `class ${index}`);
    const probabilities = Float32Array.from({ length: 1000 }, (_, index) => (index === 417 ? 0.5 : 0.0005));
    render(element({ kind: 'answer', probabilities }, { labels, limit: 5 }));
    expect(items()).toHaveLength(5);
    expect(items()[0]).toBe('class 417  50.0 %');
  });

  it('are spoken at most once in a while, and then as they are by that time', () => {
    vi.useFakeTimers();
    const { rerender } = render(element({ kind: 'answer', probabilities: seven }));
    expect(screen.getByRole('status').textContent).toBe('');
    act(() => vi.advanceTimersByTime(400));
    expect(screen.getByRole('status').textContent).toBe('It is a 7');
    for (const digit of [1, 2, 3, 4, 5]) {
      rerender(element({ kind: 'answer', probabilities: digits.map((_, index) => Number(index === digit)) }));
      act(() => vi.advanceTimersByTime(100));
    }
    expect(screen.getByRole('status').textContent).toBe('It is a 7');
    act(() => vi.advanceTimersByTime(1500));
    expect(screen.getByRole('status').textContent).toBe('It is a 5');
  });
});

describe('ranking', () => {
  it('puts every class once, by falling probability, equal ones in the network’s order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ min: 0, max: 1 }), fc.constant(Number.NaN)), { minLength: 1 }),
        (list) => {
          const labels = list.map((_, index) => `c${index}`);
          const ranked = rankPredictions(list, labels);
          expect(ranked.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
            list.map((_, index) => index),
          );
          ranked.slice(1).forEach((one, at) => {
            const before = ranked[at];
            if (!before) throw new RangeError();
            const falls =
              before.probability > one.probability ||
              (before.probability === one.probability && before.index < one.index);
            expect(falls).toBe(true);
          });
        },
      ),
    );
  });

  it('has no verdict on nothing', () => {
    expect(judge([])).toBeNull();
  });

  it('writes no certainty that is not there', () => {
    expect(formatProbability(0.99999)).toBe('> 99.9 %');
    expect(formatProbability(1)).toBe('100.0 %');
    expect(formatProbability(0.00001)).toBe('< 0.1 %');
    expect(formatProbability(0)).toBe('0.0 %');
  });
});
