import { createBatchSize } from './batch-size.ts';
import { type OcclusionPlan, occlude, occlusionPlaces } from './occlusion.ts';

/** What was asked about one input. */
export interface OcclusionQuestion {
  /** `[channels, height, width]` as the network is given it. */
  readonly input: Float32Array;
  readonly plan: OcclusionPlan;
  /** What a covered pixel is, one value a channel. */
  readonly fill: readonly number[];
}

/**
 * Asks the network about some images, one behind the other.
 *
 * @returns probabilities of each image, and milliseconds until they were there
 */
export type AskImages = (
  images: Float32Array,
  count: number,
) => Promise<{ readonly answers: readonly Float32Array[]; readonly ms: number }>;

/** What a device can bear. */
export interface BatchLimits {
  /** Different images that the model takes in one run. */
  readonly mostImages: number;
  /** Bytes of one image's activations. */
  readonly imageBytes: number;
}

/*
 * Every output is kept until a run ends (each can be asked for), so that a batch takes its images' activations: 64 MB of
 * them are less than what the runtime itself takes. Measured on one thread of WebAssembly beside other work, in ms for
 * each image, the quickest of 14 runs at batches of 1 to 32 (SqueezeNet: medians of 10):
 *
 * | network          | 1    | 2    | 4    | 8    | 16   | 32   |
 * | LeNet-5          | 0.12 | 0.08 | 0.07 | 0.06 | 0.07 | 0.06 |
 * | small NiN, CIFAR | 1.53 | 1.42 | 3.40 | 3.87 | 2.64 | 4.28 |
 * | ResNet-20, CIFAR | 12.3 | 12.0 | 11.8 | 11.2 | 11.2 | 11.7 |
 * | SqueezeNet 1.1   | 114  | 120  | 109  | 108  | 88   | 105  |
 *
 * A small network gains what a run costs besides its arithmetic, and the way to the worker and back; others gain little
 * or lose, and none gains beyond 16. Which is which depends on the device, so that it is measured as the square goes on.
 */
const MOST_BATCH = 16;
const MOST_BYTES = 64e6;
/** A drawing under way, or cancelling, waits for the batch in flight. */
const MOST_MS = 100;

/** Largest difference between an image's answers alone and in a batch. */
const TOLERANCE = 1e-5;

const differ = (a: Float32Array, b: Float32Array): boolean =>
  a.length !== b.length || a.some((value, at) => !(Math.abs(value - (b[at] ?? Number.NaN)) <= TOLERANCE));

/**
 * Covers place after place, several in one run where the model takes it and that is quicker. First the probabilities with
 * nothing covered, then those of the places in their order, as many at a time as were asked together.
 *
 * The first batch repeats the place before it: a model that answers it differently mixes its images, and is asked for one
 * image at a time from there on.
 */
export async function* coverPlaces(
  ask: AskImages,
  { input, plan, fill }: OcclusionQuestion,
  { mostImages, imageBytes }: BatchLimits,
): AsyncGenerator<readonly Float32Array[], void, void> {
  const places = occlusionPlaces(plan);
  const batch = createBatchSize({
    most: Math.min(mostImages, MOST_BATCH, Math.max(1, Math.floor(MOST_BYTES / imageBytes))),
    mostMs: MOST_MS,
  });
  const whole = await ask(input, 1);
  yield whole.answers;
  let isSound = false;
  let before: Float32Array | undefined;
  for (let at = 0; at < places.length; ) {
    const isProbe = batch.size > 1 && !isSound && at > 0;
    const from = isProbe ? at - 1 : at;
    const asked = places.slice(from, from + batch.size);
    const { answers, ms } = await ask(occlude(input, plan, asked, fill), asked.length);
    const [repeated] = answers;
    if (isProbe && (!before || !repeated || differ(before, repeated))) {
      batch.giveUp();
      continue;
    }
    if (isProbe) isSound = true;
    batch.record(asked.length, ms);
    const fresh = isProbe ? answers.slice(1) : answers;
    before = answers.at(-1);
    at += fresh.length;
    yield fresh;
  }
}
