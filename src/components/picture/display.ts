import type { Fault, PictureStep } from '../../engine/runtime/preprocess/picture.ts';
import type { Planes } from '../../engine/runtime/preprocess/resample.ts';

/**
 * Pixels that show what a step left, as the network was trained to understand its input: after scaling, 1 is white; after
 * normalising, mean and spread of the standard steps are put back. So a step that is right leaves the picture as it was,
 * and a broken one shows.
 *
 * @param stage of which step of `standard` this is the result
 * @returns red, green, blue and alpha, row by row
 */
export function showPlanes(
  planes: Planes,
  standard: readonly PictureStep[],
  stage: number,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, data } = planes;
  const size = width * height;
  const pixels = new Uint8ClampedArray(4 * size);
  const undo = standard.slice(0, stage + 1).reverse();
  for (let channel = 0; channel < 3; channel += 1) {
    // All that is undone is one multiplication and one addition.
    let factor = 1;
    let offset = 0;
    for (const step of undo) {
      if (step.step === 'normalise') {
        const std = step.std[channel] ?? 1;
        factor *= std;
        offset = offset * std + (step.mean[channel] ?? 0);
      } else if (step.step === 'scale') {
        factor /= step.factor;
        offset /= step.factor;
      }
    }
    for (let index = 0; index < size; index += 1) {
      pixels[4 * index + channel] = (data[channel * size + index] ?? 0) * factor + offset;
    }
  }
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return pixels;
}

/** The least and the largest value. */
export function rangeOf(values: Float32Array): readonly [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** What a visitor may break, with what. */
export interface Breakage {
  readonly faults: ReadonlySet<Fault>;
  readonly onFault: (fault: Fault, isBroken: boolean) => void;
}
