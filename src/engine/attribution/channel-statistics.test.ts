import { describe, expect, it } from 'vitest';
import { channelStatistics } from './channel-statistics.ts';

describe('the channels of an output', () => {
  it('are told by their least, largest and mean value, and how much of them is 0', () => {
    expect(channelStatistics(Float32Array.of(1, -3, 0, 4, 0, 0, 0, 0, -1, -1, -1, -1), 3)).toEqual([
      { least: -3, most: 4, mean: 0.5, zeros: 0.25, isSilent: false },
      { least: 0, most: 0, mean: 0, zeros: 1, isSilent: true },
      { least: -1, most: -1, mean: -1, zeros: 0, isSilent: false },
    ]);
  });

  it('may be single values, and count a negative 0 as 0', () => {
    expect(channelStatistics(Float32Array.of(2, -0), 2).map(({ isSilent }) => isSilent)).toEqual([
      false,
      true,
    ]);
  });

  it('refuse values that do not make whole channels', () => {
    expect(() => channelStatistics(new Float32Array(5), 2)).toThrow(/5 values do not make 2 channels/);
    expect(() => channelStatistics(new Float32Array(0), 2)).toThrow(RangeError);
  });
});
