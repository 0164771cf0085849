import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Device } from '../../engine/cost/roofline.ts';
import styles from './measured-roofline.module.css';

/** A network that was timed. */
export interface MeasuredPoint {
  readonly id: string;
  readonly title: string;
  /** FLOPs a byte. */
  readonly intensity: number;
  /** FLOP/s reached. */
  readonly reached: number;
}

const WIDTH = 620;
const HEIGHT = 300;
const LEFT = 62;
const RIGHT = 120;
const TOP = 12;
const BOTTOM = 36;

const decades = ([low, high]: readonly [number, number]): readonly number[] => {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
};

/** What networks reach on a device, under the roof of what it was measured to reach at most; both axes logarithmic. */
export function MeasuredRoofline({
  device,
  points,
  label,
  across,
  up,
  formatRate,
}: {
  readonly device: Device;
  readonly points: readonly MeasuredPoint[];
  readonly label: string;
  readonly across: string;
  readonly up: string;
  readonly formatRate: (flopsPerSecond: number) => string;
}) {
  const ridge = device.peak / device.bandwidth;
  const intensities = [ridge, ...points.map(({ intensity }) => intensity)];
  const rates = [device.peak, ...points.map(({ reached }) => reached)];
  const xs = [Math.min(...intensities) / 3, Math.max(...intensities) * 3] as const;
  const ys = [Math.min(...rates) / 3, Math.max(...rates) * 1.6] as const;
  const x = scaleLog(xs, [LEFT, WIDTH - RIGHT]);
  const y = scaleLog(ys, [HEIGHT - BOTTOM, TOP]);
  const roof = (intensity: number): number => Math.min(device.peak, intensity * device.bandwidth);
  const start = Math.max(xs[0], ys[0] / device.bandwidth);
  const outline = line<number>(x, (intensity) => y(roof(intensity))).digits(1);
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {decades(ys).map((rate) => (
        <g key={rate} className={styles.tick}>
          <path d={`M${LEFT} ${y(rate)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 6} y={y(rate) + 3.5} textAnchor="end">
            {formatRate(rate)}
          </text>
        </g>
      ))}
      {decades(xs).map((intensity) => (
        <g key={intensity} className={styles.tick}>
          <path d={`M${x(intensity)} ${TOP}V${HEIGHT - BOTTOM}`} />
          <text x={x(intensity)} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
            {intensity}
          </text>
        </g>
      ))}
      <text className={styles.axis} x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} textAnchor="middle">
        {across}
      </text>
      <text
        className={styles.axis}
        transform={`translate(12 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {up}
      </text>
      <path
        className={styles.roof}
        d={outline([start, ridge, xs[1]].filter((at) => at >= start)) ?? undefined}
      />
      {points.map(({ id, title, intensity, reached }) => (
        <g key={id} className={styles.point}>
          <path d={`M${x(intensity)} ${y(roof(intensity))}V${y(reached)}`} />
          <circle cx={x(intensity)} cy={y(reached)} r="4" />
          <text x={x(intensity) + 7} y={y(reached) + 4}>
            {title}
          </text>
        </g>
      ))}
    </svg>
  );
}
