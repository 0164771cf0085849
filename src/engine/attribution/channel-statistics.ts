import type { FloatArray } from '../ops/types.ts';

/** What one channel of a layer's output holds. */
export interface ChannelStatistics {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** Share of values that are exactly 0. */
  readonly zeros: number;
  /** Whether it says nothing at all: every value is 0. */
  readonly isSilent: boolean;
}

/**
 * The channels of a tensor one by one.
 *
 * @param values `[channels, …]`, row-major
 * @throws RangeError where they do not make that many channels
 */
export function channelStatistics(values: FloatArray, channels: number): readonly ChannelStatistics[] {
  const size = values.length / channels;
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`${values.length} values do not make ${channels} channels`);
  }
  return Array.from({ length: channels }, (_, channel) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let sum = 0;
    let zeros = 0;
    for (let at = channel * size; at < (channel + 1) * size; at += 1) {
      const value = values[at] ?? 0;
      if (value < least) least = value;
      if (value > most) most = value;
      if (value === 0) zeros += 1;
      sum += value;
    }
    return { least, most, mean: sum / size, zeros: zeros / size, isSilent: zeros === size };
  });
}
