import type { Shape } from '../spec/types.ts';

/** `6×28×28`. */
export const formatShape = (shape: Shape): string => shape.join('×');

const grouped = new Intl.NumberFormat('en-US');

/** An exact whole number grouped by thousands: `61,706`. The comma serves in English and Chinese alike. */
export const formatInteger = (value: number): string => grouped.format(value);

const steps = [
  { least: 1e15, unit: 'P' },
  { least: 1e12, unit: 'T' },
  { least: 1e9, unit: 'G' },
  { least: 1e6, unit: 'M' },
  { least: 1e3, unit: 'k' },
] as const;

/** A count to three significant digits with its SI prefix: `15.5 G`; exact below a thousand. */
export function formatCount(value: number): string {
  const step = steps.find(({ least }) => value >= least * 0.9995);
  return step ? `${significant(value / step.least)} ${step.unit}` : grouped.format(value);
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Bytes in binary units to three significant digits: `22.4 KiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let index = 0;
  while (value >= 1023.5 && index < binary.length - 1) {
    value /= 1024;
    index += 1;
  }
  return index === 0 ? `${grouped.format(value)} B` : `${significant(value)} ${binary[index]}`;
}

/** Three significant digits without an exponent. */
const significant = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** A share of a whole as a percentage: `58 %`, `0.4 %`, `< 0.1 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (percent < 0.1) return '< 0.1 %';
  return percent < 10 ? `${percent.toFixed(1)} %` : `${percent.toFixed(0)} %`;
}

/** Milliseconds to a readable precision: `12.3 µs`, `0.34 ms`, `12 ms`, `1.25 s`. */
export function formatMilliseconds(value: number): string {
  if (value >= 1000) return `${significant(value / 1000)} s`;
  if (value >= 10) return `${value.toFixed(0)} ms`;
  if (value < 0.1 && value > 0) return `${significant(1000 * value)} µs`;
  return `${value.toFixed(value >= 1 ? 1 : 2)} ms`;
}

/** A count of which some parts are not known: `≥ 1,000`, or `?` where no part is. */
export const formatCounted = (value: number, uncounted: number): string =>
  uncounted === 0 ? formatInteger(value) : value === 0 ? '?' : `≥ ${formatInteger(value)}`;
