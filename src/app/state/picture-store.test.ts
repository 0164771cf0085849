import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPictureStore, createShownPictures, HELD_MS, type Picture } from './picture-store.ts';

const pictureOf = (width: number, height: number, kind: 'file' | 'camera' = 'file'): Picture => ({
  pixels: { width, height, data: new Uint8ClampedArray(4 * width * height) },
  origin: kind === 'file' ? { kind, name: 'a.png' } : { kind },
  notes: [],
});

describe('the picture in hand', () => {
  it('is cut around its middle when it comes', () => {
    const store = createPictureStore();
    store.getState().show(pictureOf(30, 20));
    expect(store.getState().crop).toEqual({ x: 5, y: 0, side: 20 });
  });

  it('keeps its cut from frame to frame of a camera, and not from one picture to the next', () => {
    const store = createPictureStore();
    store.getState().show(pictureOf(30, 20, 'camera'));
    store.getState().cut({ x: 0, y: 1, side: 10 });
    store.getState().show(pictureOf(30, 20, 'camera'));
    expect(store.getState().crop).toEqual({ x: 0, y: 1, side: 10 });
    store.getState().show(pictureOf(20, 30, 'camera'));
    expect(store.getState().crop).toEqual({ x: 0, y: 5, side: 20 });
    store.getState().cut({ x: 0, y: 1, side: 10 });
    store.getState().show(pictureOf(20, 30));
    expect(store.getState().crop).toEqual({ x: 0, y: 5, side: 20 });
  });

  it('counts a revision for whatever changes the network’s input, and for nothing else', () => {
    const store = createPictureStore();
    const changes = (act: () => void): boolean => {
      const before = store.getState().revision;
      act();
      return store.getState().revision !== before;
    };
    expect(changes(() => store.getState().cut({ x: 0, y: 0, side: 9 }))).toBe(false);
    expect(changes(() => store.getState().show(pictureOf(30, 20)))).toBe(true);
    expect(changes(() => store.getState().cut({ x: 1, y: 0, side: 15 }))).toBe(true);
    expect(changes(() => store.getState().cut({ x: 1, y: 0, side: 15 }))).toBe(false);
    expect(changes(() => store.getState().setFault('swapped', true))).toBe(true);
    expect(changes(() => store.getState().fail({ code: 'empty' }))).toBe(false);
    expect(changes(() => store.getState().mend())).toBe(true);
    expect(changes(() => store.getState().mend())).toBe(false);
    expect(changes(() => store.getState().clear())).toBe(true);
  });

  it('stays when what is given next is none, whose problem is gone with the next that is one', () => {
    const store = createPictureStore();
    const picture = pictureOf(9, 9);
    store.getState().show(picture);
    store.getState().fail({ code: 'empty' });
    expect(store.getState()).toMatchObject({ picture, problem: { code: 'empty' } });
    store.getState().show(pictureOf(9, 9));
    expect(store.getState().problem).toBeNull();
  });
});

describe('the picture as it is drawn', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const begin = () => {
    const pictures = createPictureStore();
    return { pictures: pictures.getState(), shown: createShownPictures(pictures) };
  };

  it('is the one in hand where nothing answers', () => {
    const { pictures, shown } = begin();
    const picture = pictureOf(30, 20);
    pictures.show(picture);
    expect(shown.store.getState()).toEqual({ picture, crop: { x: 5, y: 0, side: 20 } });
  });

  it('waits for the answer, and no longer than a moment for a slow one', () => {
    const { pictures, shown } = begin();
    const [first, second] = [pictureOf(30, 20), pictureOf(20, 30)];
    shown.hold();
    pictures.show(first);
    expect(shown.store.getState().picture).toBeNull();
    shown.release();
    expect(shown.store.getState().picture).toBe(first);
    pictures.show(second);
    vi.advanceTimersByTime(HELD_MS - 1);
    // Another that is given meanwhile does not make it wait anew.
    pictures.show(second);
    expect(shown.store.getState()).toEqual({ picture: first, crop: { x: 5, y: 0, side: 20 } });
    vi.advanceTimersByTime(1);
    expect(shown.store.getState()).toEqual({ picture: second, crop: { x: 0, y: 5, side: 20 } });
  });

  it('follows the hand that cuts it, a camera, and a picture that is taken away', () => {
    const { pictures, shown } = begin();
    shown.hold();
    pictures.show(pictureOf(30, 20));
    shown.release();
    pictures.cut({ x: 1, y: 2, side: 10 });
    expect(shown.store.getState().crop).toEqual({ x: 1, y: 2, side: 10 });
    const frame = pictureOf(40, 20, 'camera');
    pictures.show(frame);
    expect(shown.store.getState().picture).toBe(frame);
    pictures.clear();
    expect(shown.store.getState()).toEqual({ picture: null, crop: null });
  });

  it('comes at once when the last that could answer is gone', () => {
    const { pictures, shown } = begin();
    const [end, endOther] = [shown.hold(), shown.hold()];
    const picture = pictureOf(30, 20);
    pictures.show(picture);
    end();
    expect(shown.store.getState().picture).toBeNull();
    endOther();
    expect(shown.store.getState().picture).toBe(picture);
  });
});
