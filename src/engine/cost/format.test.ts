import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatInteger,
  formatMilliseconds,
  formatShape,
  formatShare,
} from './format.ts';

describe('figures are written', () => {
  it('exactly, grouped by thousands', () => {
    expect(formatInteger(138_357_544)).toBe('138,357,544');
    expect(formatShape([6, 28, 28])).toBe('6×28×28');
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [999.6, '1.00 k'],
    [1_000, '1.00 k'],
    [61_706, '61.7 k'],
    [416_520, '417 k'],
    [999_500, '1.00 M'],
    [15_470_264_320, '15.5 G'],
    [2e12, '2.00 T'],
    [9e15, '9.00 P'],
  ])('%d to three digits with a prefix: %s', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1.00 KiB'],
    [23_520, '23.0 KiB'],
    [1024 ** 2 - 1, '1.00 MiB'],
    [553_430_176, '528 MiB'],
    [5 * 1024 ** 4, '5.00 TiB'],
    [1024 ** 6, '1.00 EiB'],
  ])('%d bytes in binary units: %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('as shares, never as a part of nothing', () => {
    expect([
      formatShare(0, 0),
      formatShare(0, 5),
      formatShare(1, 5000),
      formatShare(1, 30),
      formatShare(2, 3),
    ]).toEqual(['0 %', '0 %', '< 0.1 %', '3.3 %', '67 %']);
  });

  it('as times, to what can be measured', () => {
    expect([0.0123, 0.342, 3.25, 12.4, 1250].map(formatMilliseconds)).toEqual([
      '12.3 µs',
      '0.34 ms',
      '3.3 ms',
      '12 ms',
      '1.25 s',
    ]);
  });
});
