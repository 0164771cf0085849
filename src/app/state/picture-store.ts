import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Crop, centredCrop, fitCrop } from '../../engine/runtime/preprocess/crop.ts';
import type { Fault, Pixels } from '../../engine/runtime/preprocess/picture.ts';
import type { FileType } from '../../engine/runtime/preprocess/sniff-picture.ts';

/** Where a picture came from. */
export type PictureOrigin =
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'camera' }
  /** A sheet in colours. */
  | { readonly kind: 'drawing' }
  /** The pad for digits. */
  | { readonly kind: 'digit' };

/** What was done to a file's picture, or is unusual about it, that a visitor should know. */
export type PictureNote =
  | { readonly code: 'first-frame' }
  | { readonly code: 'other-type'; readonly promised: FileType; readonly type: FileType }
  | { readonly code: 'shrunk'; readonly width: number; readonly height: number }
  | { readonly code: 'deep'; readonly bits: number }
  | { readonly code: 'inks' }
  | { readonly code: 'scripts' };

/** Why there is no picture in what was given. */
export type PictureProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'nothing-given' }
  | { readonly code: 'no-picture'; readonly type: FileType }
  | { readonly code: 'unsupported'; readonly type: FileType }
  | { readonly code: 'truncated'; readonly type: FileType }
  | { readonly code: 'undecodable'; readonly type: FileType }
  | { readonly code: 'too-large'; readonly width: number; readonly height: number; readonly most: number }
  | { readonly code: 'too-heavy'; readonly bytes: number; readonly most: number }
  | { readonly code: 'no-sample' }
  | { readonly code: 'camera'; readonly reason: 'denied' | 'none' | 'busy' | 'insecure' | 'ended' };

/** A decoded picture. */
export interface Picture {
  readonly pixels: Pixels;
  readonly origin: PictureOrigin;
  readonly notes: readonly PictureNote[];
}

/** The picture in hand; every action that changes what a network receives raises `revision`. */
export interface PictureState {
  readonly picture: Picture | null;
  /** The square that the network is given; null without a picture. */
  readonly crop: Crop | null;
  /** Steps broken on purpose. */
  readonly faults: ReadonlySet<Fault>;
  readonly revision: number;
  /** Why the last thing given is not the picture; the picture before stays. */
  readonly problem: PictureProblem | null;
  /** Shows another picture, cut around its middle; a frame as large as the one before keeps its cut. */
  show(picture: Picture): void;
  /** Moves or scales the cut, which is kept within the picture. */
  cut(crop: Crop): void;
  setFault(fault: Fault, isBroken: boolean): void;
  mend(): void;
  fail(problem: PictureProblem | null): void;
  clear(): void;
}

/** Creates the store of one picture. */
export const createPictureStore = (): StoreApi<PictureState> =>
  createStore<PictureState>()((set, get) => ({
    picture: null,
    crop: null,
    faults: new Set(),
    revision: 0,
    problem: null,
    show(picture) {
      const { picture: before, crop, revision } = get();
      const { width, height } = picture.pixels;
      const isNextFrame =
        picture.origin.kind === 'camera' &&
        before?.origin.kind === 'camera' &&
        before.pixels.width === width &&
        before.pixels.height === height;
      set({
        picture,
        crop: isNextFrame && crop ? crop : centredCrop(picture.pixels),
        problem: null,
        revision: revision + 1,
      });
    },
    cut(crop) {
      const { picture, crop: before, revision } = get();
      if (!picture) return;
      const next = fitCrop(crop, picture.pixels);
      if (before && next.x === before.x && next.y === before.y && next.side === before.side) return;
      set({ crop: next, revision: revision + 1 });
    },
    setFault(fault, isBroken) {
      const faults = new Set(get().faults);
      if (isBroken) faults.add(fault);
      else faults.delete(fault);
      set({ faults, revision: get().revision + 1 });
    },
    mend() {
      if (get().faults.size > 0) set({ faults: new Set(), revision: get().revision + 1 });
    },
    fail(problem) {
      set({ problem });
    },
    clear() {
      set({ picture: null, crop: null, problem: null, revision: get().revision + 1 });
    },
  }));

/** Milliseconds that a new picture waits to be drawn, so that the processor is its answer's; longer waits would be seen. */
export const HELD_MS = 100;

/** What is drawn of the picture in hand. */
export type ShownPicture = Pick<PictureState, 'picture' | 'crop'>;

/** The picture as it is drawn: a little behind the one in hand where an answer to it is a matter of milliseconds. */
export interface ShownPictures {
  readonly store: StoreApi<ShownPicture>;
  /** From now on pictures out of files wait to be drawn until `release`, though not for long; returns what ends this. */
  hold(): () => void;
  /** The answer is there. */
  release(): void;
}

/** Follows a store of pictures. */
export function createShownPictures(pictures: StoreApi<PictureState>): ShownPictures {
  const pick = ({ picture, crop }: PictureState): ShownPicture => ({ picture, crop });
  const store = createStore<ShownPicture>()(() => pick(pictures.getState()));
  let holding = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { picture, crop } = pictures.getState();
    const shown = store.getState();
    if (shown.picture !== picture || shown.crop !== crop) store.setState({ picture, crop });
  };
  pictures.subscribe(({ picture }) => {
    const kind = picture?.origin.kind;
    const isNew = picture !== store.getState().picture;
    if (holding === 0 || !isNew || !(kind === 'file' || kind === 'sample')) release();
    else timer ??= setTimeout(release, HELD_MS);
  });
  return {
    store,
    hold() {
      holding += 1;
      return () => {
        holding -= 1;
        if (holding === 0) release();
      };
    },
    release,
  };
}

/** The picture of this tab: it outlives a change of page, so that one network after another can be asked about it. */
export const pictureStore = createPictureStore();

/** What is drawn of it. */
export const shownPictures = createShownPictures(pictureStore);
