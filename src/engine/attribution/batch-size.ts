/** What is known of runs of one size. */
interface Tried {
  readonly size: number;
  readonly times: number;
  /** The quickest of them, for each image. */
  readonly msEach: number;
}

/** Chooses how many images go into a run, from what the runs before took. */
export interface BatchSize {
  /** Images of the next run, at most. */
  readonly size: number;
  /** Tells what a run of some images took; runs of other sizes than `size` are not counted. */
  record(images: number, ms: number): void;
  /** Goes back to single images, for good. */
  giveUp(): void;
}

/** Runs of each size before the next is tried: the first at a size makes room for it and takes longer. */
const TRIES = 2;
/** Share of the time for each image that twice as many have to save. */
const GAIN = 0.05;

/**
 * Batches double as long as that makes an image cheaper on this device, by the quickest of two runs of each size, and as
 * long as a run stays short enough for whatever else waits. Then the size that was quickest stays.
 *
 * @param most images that the memory, and the model, take
 * @param mostMs time that a run may take
 */
export function createBatchSize({
  most,
  mostMs,
}: {
  readonly most: number;
  readonly mostMs: number;
}): BatchSize {
  let size = 1;
  let current: Tried | null = null;
  let best: Tried | null = null;
  let isSettled = false;
  const settle = (at: number): void => {
    size = at;
    isSettled = true;
  };
  return {
    get size() {
      return size;
    },
    record(images, ms) {
      if (isSettled || images !== size) return;
      const msEach = Math.min(ms / images, current?.msEach ?? Number.POSITIVE_INFINITY);
      current = { size, times: (current?.times ?? 0) + 1, msEach };
      if (current.times < TRIES) return;
      if (best && msEach > best.msEach * (1 - GAIN)) {
        settle(best.size);
        return;
      }
      best = current;
      current = null;
      if (2 * size > most || 2 * size * msEach > mostMs) settle(size);
      else size *= 2;
    },
    giveUp() {
      settle(1);
    },
  };
}
