import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDrawingStore, type DrawingState, type DrawingStorage, drawnStrokes } from './drawing-store.ts';

function createStorage(text?: string): DrawingStorage & { text: string | undefined } {
  return {
    text,
    getItem() {
      return this.text ?? null;
    },
    setItem(_key, value) {
      this.text = value;
    },
    removeItem() {
      this.text = undefined;
    },
  };
}

const refusing: DrawingStorage = {
  getItem() {
    throw new Error('denied');
  },
  setItem() {
    throw new Error('full');
  },
  removeItem() {
    throw new Error('denied');
  },
};

/** Draws one two-point stroke whose first point tells strokes apart. */
function drawStroke(state: DrawingState, x: number, pointerId = 1): void {
  state.begin(pointerId, { x, y: 0 });
  state.extend(pointerId, [{ x, y: 10 }]);
  state.end(pointerId);
}

const firstXs = (state: DrawingState) => drawnStrokes(state).map(({ points }) => points[0]?.x);

describe('the drawing store', () => {
  test('follows two pointers at once, each with its own stroke', () => {
    const { getState } = createDrawingStore();
    getState().begin(1, { x: 1, y: 1 });
    getState().begin(2, { x: 100, y: 100 });
    getState().extend(1, [{ x: 2, y: 2 }]);
    getState().extend(2, [{ x: 101, y: 101 }]);
    getState().end(2);
    expect(getState().strokes.map(({ points }) => points)).toEqual([
      [
        { x: 100, y: 100 },
        { x: 101, y: 101 },
      ],
    ]);
    expect(drawnStrokes(getState())).toHaveLength(2);
    getState().end(1);
    expect(getState().current.size).toBe(0);
    expect(firstXs(getState())).toEqual([100, 1]);
  });

  test('raises the revision with every change that is to be seen, and with nothing else', () => {
    const { getState } = createDrawingStore();
    const revisions = [getState().revision];
    const note = () => revisions.push(getState().revision);
    getState().begin(1, { x: 1, y: 1 });
    note();
    getState().extend(1, [{ x: 2, y: 2 }]);
    note();
    getState().end(1);
    note();
    getState().undo();
    note();
    getState().redo();
    note();
    getState().clear();
    note();
    // The lone stroke that ended looks as it did.
    expect(revisions).toEqual([0, 1, 2, 2, 3, 4, 5]);
    getState().extend(9, [{ x: 2, y: 2 }]);
    getState().end(9);
    getState().cancel(9);
    getState().clear();
    getState().redo();
    getState().begin(1, { x: Number.NaN, y: 0 });
    expect(getState().revision).toBe(5);
    getState().begin(1, { x: 1, y: 1 });
    getState().begin(2, { x: 5, y: 1 });
    getState().end(2);
    expect(getState().revision).toBe(8);
  });

  test('undoes the last finished stroke, a clearing and a loading, and redoes them', () => {
    const { getState } = createDrawingStore();
    drawStroke(getState(), 1);
    drawStroke(getState(), 2);
    getState().clear();
    getState().load([{ width: 9, points: [{ x: 3, y: 3 }] }]);
    getState().undo();
    expect(firstXs(getState())).toEqual([]);
    getState().undo();
    expect(firstXs(getState())).toEqual([1, 2]);
    getState().undo();
    expect(firstXs(getState())).toEqual([1]);
    getState().redo();
    getState().redo();
    getState().redo();
    expect(firstXs(getState())).toEqual([3]);
  });

  test('shows a demonstration on an untouched pad alone, until something is drawn, loaded, undone or cleared', () => {
    const shown = [{ width: 20, points: [{ x: 99, y: 0 }] }];
    const changed = (change: (state: DrawingState) => void) => {
      const storage = createStorage();
      const store = createDrawingStore({ storage });
      store.getState().demonstrate(shown);
      expect(store.getState()).toMatchObject({ strokes: shown, isDemonstration: true });
      store.getState().setBrush(12);
      expect(createDrawingStore({ storage }).getState().strokes).toEqual([]);
      change(store.getState());
      return store.getState();
    };
    expect(firstXs(changed((state) => state.begin(1, { x: 5, y: 0 })))).toEqual([5]);
    expect(changed((state) => drawStroke(state, 5))).toMatchObject({ isDemonstration: false, past: [[]] });
    expect(firstXs(changed((state) => state.load([])))).toEqual([]);
    for (const emptied of [changed((state) => state.undo()), changed((state) => state.clear())]) {
      expect(emptied).toMatchObject({ strokes: [], isDemonstration: false, past: [], future: [] });
    }

    const drawn = createDrawingStore();
    drawStroke(drawn.getState(), 1);
    drawn.getState().undo();
    drawn.getState().demonstrate(shown);
    expect(drawn.getState()).toMatchObject({ strokes: [], isDemonstration: false });
  });

  test('brings strokes back that were under way when the pad was cleared', () => {
    const { getState } = createDrawingStore();
    drawStroke(getState(), 1);
    getState().begin(4, { x: 2, y: 2 });
    getState().clear();
    expect(drawnStrokes(getState())).toEqual([]);
    getState().undo();
    expect(firstXs(getState())).toEqual([1, 2]);
  });

  test('throws a cancelled stroke away and keeps the finished ones', () => {
    const { getState } = createDrawingStore();
    drawStroke(getState(), 1);
    getState().begin(1, { x: 2, y: 2 });
    getState().cancel(1);
    expect(firstXs(getState())).toEqual([1]);
  });

  test('brings the drawing and the brush back after a reload, and lets its strokes be undone', () => {
    const storage = createStorage();
    const earlier = createDrawingStore({ storage }).getState;
    earlier().setBrush(12);
    drawStroke(earlier(), 1);
    earlier().begin(2, { x: 5, y: 5, pressure: 0.25 });
    earlier().end(2);
    const { getState } = createDrawingStore({ storage });
    expect(getState().strokes).toEqual(earlier().strokes);
    expect(getState().brush).toBe(12);
    getState().undo();
    expect(firstXs(getState())).toEqual([1]);
  });

  test('gives strokes the pen’s colour of the moment, and brings it back with them; digits have none', () => {
    const storage = createStorage();
    const earlier = createDrawingStore({ storage, colour: '#123456' }).getState;
    drawStroke(earlier(), 1);
    earlier().setColour('#abcdef');
    drawStroke(earlier(), 2);
    const { getState } = createDrawingStore({ storage, colour: '#123456' });
    expect(getState().strokes.map(({ colour }) => colour)).toEqual(['#123456', '#abcdef']);
    expect(getState().colour).toBe('#123456');
    const plain = createDrawingStore().getState;
    drawStroke(plain(), 1);
    expect(plain().strokes.map((stroke) => 'colour' in stroke)).toEqual([false]);
  });

  test('starts empty from damaged or foreign text', () => {
    for (const text of [
      '{',
      'null',
      '[]',
      '{"brush":20,"strokes":[[20,[1,2]]]}',
      '{"brush":20,"strokes":[[20,["1",2,3]]]}',
    ]) {
      expect(createDrawingStore({ storage: createStorage(text) }).getState().strokes).toEqual([]);
    }
  });

  test('draws on when storage is full or refused', () => {
    const { getState } = createDrawingStore({ storage: refusing });
    drawStroke(getState(), 1);
    drawStroke(getState(), 2);
    getState().undo();
    expect(firstXs(getState())).toEqual([1]);
  });

  test('keeps no older drawing in place of one that did not fit', () => {
    const storage = createStorage();
    const { getState } = createDrawingStore({ storage });
    drawStroke(getState(), 1);
    storage.setItem = () => {
      throw new Error('full');
    };
    drawStroke(getState(), 2);
    expect(storage.text).toBeUndefined();
  });

  test('returns to the start when everything is undone, whatever was done', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('draw' as const), pointer: fc.integer({ min: 1, max: 3 }) }),
      fc.record({
        kind: fc.constantFrom('clear' as const, 'undo' as const, 'redo' as const, 'load' as const),
      }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const { getState } = createDrawingStore();
        actions.forEach((step, i) => {
          if (step.kind === 'draw') drawStroke(getState(), i, step.pointer);
          else if (step.kind === 'load') getState().load([{ width: 5, points: [{ x: i, y: i }] }]);
          else getState()[step.kind]();
        });
        const last = getState().strokes;
        const steps = getState().past.length;
        for (let i = 0; i < steps; i += 1) getState().undo();
        expect(getState().strokes).toEqual([]);
        for (let i = 0; i < steps; i += 1) getState().redo();
        expect(getState().strokes).toEqual(last);
      }),
    );
  });
});
