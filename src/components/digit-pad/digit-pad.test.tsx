import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { prepareDrawing } from '../../engine/runtime/preprocess/digit.ts';
import type { Point, Stroke } from '../../engine/runtime/preprocess/stroke.ts';
import { DigitPad, type DigitPadMessages } from './digit-pad.tsx';
import type { Drawing, DrawingSource } from './drawing-source.ts';
import { ReceivedImage, type ReceivedImageMessages } from './received-image.tsx';
import { countSamples, writeSample } from './samples.ts';

const messages: DigitPadMessages = {
  title: 'Draw a digit',
  surface: 'Draw a digit',
  hint: 'draw here',
  hintOver: 'draw over it',
  undo: 'Undo',
  clear: 'Clear',
  pen: 'Pen',
  pens: { thin: 'Thin', normal: 'Normal', thick: 'Thick' },
  samples: 'samples',
  sample: (digit) => `Sample ${digit}`,
  describe: (strokes) => `${strokes} strokes`,
  describeDemonstration: 'a sample',
  warnings: { dot: 'a dot', scribble: 'a scribble', 'off-pad': 'off the pad' },
  noCanvas: 'no canvas',
};

const receivedMessages: ReceivedImageMessages = {
  received: 'received',
  steps: { ink: 'ink', fitted: 'fitted', centred: 'centred', padded: 'padded' },
  describeReceived: ({ height, width, x, y }) => `${width}×${height} at ${x}, ${y}`,
  nothingReceived: 'nothing',
};

/** A plain drawing, so that the pad is tested by what it asks of one. */
function createDrawing(): DrawingSource & { readonly countListeners: () => number } {
  const listeners = new Set<() => void>();
  let state: Drawing;
  const set = (change: Partial<Drawing>) => {
    state = { ...state, ...change, revision: state.revision + 1 };
    for (const listener of listeners) listener();
  };
  const alter = (pointerId: number, points: readonly Point[]) =>
    set({
      current: new Map(state.current).set(pointerId, {
        points: [...(state.current.get(pointerId)?.points ?? []), ...points],
        width: state.brush,
      }),
    });
  const drop = (pointerId: number) => {
    const current = new Map(state.current);
    current.delete(pointerId);
    return current;
  };
  state = {
    strokes: [],
    current: new Map<number, Stroke>(),
    brush: 20,
    revision: 0,
    isDemonstration: false,
    begin: (id, point) => alter(id, [point]),
    extend: (id, points) => alter(id, points),
    end: (id) => {
      const stroke = state.current.get(id);
      if (stroke) set({ strokes: [...state.strokes, stroke], current: drop(id) });
    },
    cancel: (id) => set({ current: drop(id) }),
    undo: () => set({ strokes: state.strokes.slice(0, -1) }),
    redo: vi.fn(),
    clear: () => set({ strokes: [], current: new Map() }),
    load: (strokes) => set({ strokes }),
    demonstrate: (strokes) => set({ strokes, isDemonstration: true }),
    setBrush: (brush) => set({ brush }),
  };
  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    countListeners: () => listeners.size,
  };
}

const surface = () => screen.getByLabelText('Draw a digit');

/** A pointer event at a place on a surface that is shown at twice the pad's size, its corner at (10, 20). */
function point(type: string, x: number, y: number, init: Partial<PointerEventInit> = {}): void {
  const event = new PointerEvent(type, {
    bubbles: true,
    cancelable: true,
    pointerId: 1,
    pointerType: 'mouse',
    button: 0,
    clientX: 10 + 2 * x,
    clientY: 20 + 2 * y,
    ...init,
  });
  fireEvent(surface(), event);
}

beforeEach(() => {
  const context = new Proxy(
    {},
    { get: () => () => ({ data: new Uint8ClampedArray(4 * 280 * 280) }), set: () => true },
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
  vi.spyOn(HTMLCanvasElement.prototype, 'getBoundingClientRect').mockReturnValue(
    new DOMRect(10, 20, 560, 560),
  );
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('reduce') }));
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the drawing pad', () => {
  test('has one surface, its buttons, three pens and ten samples, each with its name', () => {
    render(<DigitPad drawing={createDrawing()} messages={messages} />);
    expect(surface().tagName).toBe('CANVAS');
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Clear' })).toBeTruthy();
    const pens = within(screen.getByRole('group', { name: 'Pen' })).getAllByRole('radio');
    expect(pens).toHaveLength(3);
    expect(screen.getByRole('radio', { name: 'Normal' })).toHaveProperty('checked', true);
    const samples = within(screen.getByRole('toolbar', { name: 'samples' })).getAllByRole('button');
    expect(samples.map((button) => button.getAttribute('aria-label'))).toEqual(
      Array.from({ length: 10 }, (_, digit) => `Sample ${digit}`),
    );
  });

  test('writes a digit by itself where asked to, and says that it is a sample', () => {
    const drawing = createDrawing();
    const { rerender } = render(<DigitPad drawing={drawing} messages={messages} />);
    expect(drawing.getState().strokes).toEqual([]);
    rerender(<DigitPad drawing={drawing} messages={messages} demonstrated={3} />);
    expect(drawing.getState().isDemonstration).toBe(true);
    expect(drawing.getState().strokes).toEqual(writeSample(3, 0));
    expect(screen.getByText('a sample')).toBeTruthy();
    expect(screen.getByText('draw over it')).toBeTruthy();
  });

  test('turns pointer movements into a stroke in pad units', () => {
    const drawing = createDrawing();
    render(<DigitPad drawing={drawing} messages={messages} />);
    point('pointerdown', 10, 20);
    point('pointermove', 30, 40);
    point('pointermove', 300, 40);
    point('pointerup', 50, 60);
    expect(drawing.getState().strokes).toEqual([
      {
        width: 20,
        points: [
          { x: 10, y: 20 },
          { x: 30, y: 40 },
          { x: 300, y: 40 },
          { x: 50, y: 60 },
        ],
      },
    ]);
  });

  test('follows two fingers at once and throws a cancelled one away', () => {
    const drawing = createDrawing();
    render(<DigitPad drawing={drawing} messages={messages} />);
    point('pointerdown', 10, 10, { pointerId: 1, pointerType: 'touch' });
    point('pointerdown', 200, 200, { pointerId: 2, pointerType: 'touch' });
    point('pointermove', 20, 20, { pointerId: 1, pointerType: 'touch' });
    expect(drawing.getState().current.size).toBe(2);
    point('pointercancel', 20, 20, { pointerId: 2, pointerType: 'touch' });
    point('pointerup', 30, 30, { pointerId: 1, pointerType: 'touch' });
    expect(drawing.getState().strokes.map(({ points }) => points[0])).toEqual([{ x: 10, y: 10 }]);
  });

  test('takes touches for the palm while a pen is down, those before it included', () => {
    const drawing = createDrawing();
    render(<DigitPad drawing={drawing} messages={messages} />);
    point('pointerdown', 200, 250, { pointerId: 5, pointerType: 'touch' });
    point('pointerdown', 10, 10, { pointerId: 6, pointerType: 'pen', pressure: 0.4 });
    point('pointerdown', 220, 250, { pointerId: 7, pointerType: 'touch' });
    expect([...drawing.getState().current.values()]).toEqual([
      { width: 20, points: [{ x: 10, y: 10, pressure: expect.closeTo(0.4, 5) }] },
    ]);
  });

  test('leaves other mouse buttons alone, and everything while disabled', () => {
    const drawing = createDrawing();
    const { rerender } = render(<DigitPad drawing={drawing} messages={messages} />);
    point('pointerdown', 10, 10, { button: 2 });
    expect(drawing.getState().revision).toBe(0);
    rerender(<DigitPad drawing={drawing} messages={messages} isDisabled />);
    point('pointerdown', 10, 10);
    expect(drawing.getState().revision).toBe(0);
    expect(screen.getByRole('button', { name: 'Clear' })).toHaveProperty('disabled', true);
  });

  test('keeps a stroke that is under way when the pad goes away', () => {
    const drawing = createDrawing();
    const { unmount } = render(<DigitPad drawing={drawing} messages={messages} />);
    point('pointerdown', 10, 10);
    unmount();
    expect(drawing.getState().strokes).toHaveLength(1);
    expect(drawing.countListeners()).toBe(0);
  });

  test('undoes and clears by button, undoes and redoes by key', async () => {
    const drawing = createDrawing();
    render(<DigitPad drawing={drawing} messages={messages} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Sample 4' }));
    expect(drawing.getState().strokes).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(drawing.getState().strokes).toHaveLength(1);
    await user.keyboard('{Control>}z{/Control}');
    expect(drawing.getState().strokes).toHaveLength(0);
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(drawing.getState().redo).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: 'Sample 8' }));
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(drawing.getState().strokes).toHaveLength(0);
  });

  test('writes a sample another way when it is chosen again, with the chosen pen', async () => {
    const drawing = createDrawing();
    render(<DigitPad drawing={drawing} messages={messages} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole('radio', { name: 'Thick' }));
    await user.click(screen.getByRole('button', { name: 'Sample 7' }));
    const first = drawing.getState().strokes;
    await user.click(screen.getByRole('button', { name: 'Sample 7' }));
    expect(drawing.getState().strokes).not.toEqual(first);
    expect(drawing.getState().strokes[0]?.width).toBe(30);
  });

  test('draws a sample over time where motion is welcome, and at once when a pen comes down', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    const drawing = createDrawing();
    render(<DigitPad drawing={drawing} messages={messages} />);
    await userEvent.click(screen.getByRole('button', { name: 'Sample 0' }));
    expect(drawing.getState().strokes).toHaveLength(0);
    point('pointerdown', 10, 10);
    expect(drawing.getState().strokes).toHaveLength(1);
    expect(drawing.getState().strokes[0]?.points).toEqual(writeSample(0, 0)[0]?.points);
  });

  test('walks the samples with the arrow keys from one stop of the Tab key', async () => {
    render(<DigitPad drawing={createDrawing()} messages={messages} />);
    const user = userEvent.setup();
    screen.getByRole('button', { name: 'Sample 0' }).focus();
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Sample 9');
    await user.keyboard('{Home}{ArrowRight}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Sample 1');
    expect(screen.getAllByRole('button').filter(({ tabIndex }) => tabIndex === -1)).toHaveLength(9);
  });

  test('says what is unusual only once the pen is up', () => {
    const drawing = createDrawing();
    const warnings = ['dot'] as const;
    render(<DigitPad drawing={drawing} messages={messages} warnings={warnings} />);
    expect(screen.getByRole('status').textContent).toBe('a dot');
    point('pointerdown', 10, 10);
    expect(screen.getByRole('status').textContent).toBe('');
  });

  test('says so where the browser gives no canvas, and still records strokes', () => {
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    const drawing = createDrawing();
    render(<DigitPad drawing={drawing} messages={messages} />);
    expect(screen.getByText('no canvas')).toBeTruthy();
    point('pointerdown', 10, 10);
    point('pointerup', 10, 10);
    expect(drawing.getState().strokes).toHaveLength(1);
  });
});

describe('the samples', () => {
  test('write every digit in three ways or more, all on the pad and none unusual', () => {
    for (let digit = 0; digit < 10; digit += 1) {
      expect(countSamples(digit)).toBeGreaterThanOrEqual(3);
      for (let style = 0; style < countSamples(digit); style += 1) {
        const prepared = prepareDrawing(writeSample(digit, style));
        expect([digit, style, prepared.status, prepared.warnings]).toEqual([digit, style, 'ok', []]);
      }
      expect(writeSample(digit, countSamples(digit))).toEqual(writeSample(digit, 0));
    }
    expect(writeSample(10, 0)).toEqual([]);
  });
});

describe('the received picture', () => {
  test('is told in words: where the ink lies in the 32×32 pixels', () => {
    const strokes = [
      {
        width: 20,
        points: [
          { x: 140, y: 50 },
          { x: 140, y: 230 },
        ],
      },
    ];
    render(<ReceivedImage prepared={prepareDrawing(strokes)} messages={receivedMessages} />);
    expect(screen.getByRole('img', { name: '2×20 at 16, 7' })).toBeTruthy();
  });

  test('says that nothing is received from an empty pad', () => {
    render(<ReceivedImage prepared={prepareDrawing([])} messages={receivedMessages} />);
    expect(screen.getByRole('img', { name: 'nothing' })).toBeTruthy();
  });
});
