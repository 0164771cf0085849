import { formatBytes, formatCount, formatMilliseconds } from '../../engine/cost/format.ts';

/** What an axis or the area of a bubble may stand for, in the order in which they are offered. */
export const quantities = [
  'macs',
  'parameters',
  'weights',
  'activations',
  'memory',
  'time',
  'year',
  'top1',
  'top5',
  'cifar10',
] as const;

/** {@link quantities} as a type. */
export type Quantity = (typeof quantities)[number];

/** How an axis is divided. */
export const scaleKinds = ['log', 'linear'] as const;

/** {@link scaleKinds} as a type. */
export type ScaleKind = (typeof scaleKinds)[number];

/** What is known of a quantity. */
export interface QuantityFacts {
  /** Which of two values one would rather have; null where neither is better. */
  readonly better: 'more' | 'less' | null;
  /** How its axis is divided unless the visitor says otherwise. */
  readonly scale: ScaleKind;
  /** What the marks of its axis fall on. */
  readonly grid: 'decimal' | 'whole' | 'binary';
  /** A value with its unit. */
  readonly format: (value: number) => string;
  /** Heading of the column in a CSV file, with the unit. */
  readonly column: string;
}

const percent = (value: number): string => `${value.toFixed(1)} %`;
const cost = { better: 'less', scale: 'log', grid: 'decimal' } as const;
const share = { better: 'more', scale: 'linear', grid: 'decimal', format: percent } as const;

/** Every quantity: accuracies in per cent, memory in bytes for one image in 32-bit numbers, times in milliseconds. */
export const quantityFacts: Readonly<Record<Quantity, QuantityFacts>> = {
  macs: { ...cost, format: formatCount, column: 'macs' },
  parameters: { ...cost, format: formatCount, column: 'parameters' },
  weights: { ...cost, grid: 'binary', format: formatBytes, column: 'weights_bytes_fp32' },
  activations: { ...cost, format: formatCount, column: 'activations' },
  memory: { ...cost, grid: 'binary', format: formatBytes, column: 'peak_activation_bytes_fp32' },
  time: { ...cost, format: formatMilliseconds, column: 'measured_ms' },
  year: { better: null, scale: 'linear', grid: 'whole', format: String, column: 'year' },
  top1: { ...share, column: 'imagenet_top1_percent' },
  top5: { ...share, column: 'imagenet_top5_percent' },
  cifar10: { ...share, column: 'cifar10_percent' },
};
