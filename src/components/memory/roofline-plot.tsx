import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { memo } from 'react';
import type { Device } from '../../engine/cost/roofline.ts';
import type { Category } from '../../engine/ops/types.ts';
import styles from './memory.module.css';

/** Operators of one kind and intensity in the plot. */
export interface RooflinePoint {
  readonly id: string;
  readonly category: Category;
  /** FLOPs a byte. */
  readonly intensity: number;
  /** Share of the whole time bound. */
  readonly share: number;
}

/** What the plot shows. */
export interface RooflinePlotProps {
  readonly device: Device;
  readonly points: readonly RooflinePoint[];
  /** FLOPs a byte of the whole network. */
  readonly intensity: number | null;
  readonly label: string;
  readonly across: string;
  readonly up: string;
}

const WIDTH = 340;
const HEIGHT = 170;
const LEFT = 40;
const BOTTOM = 26;
/** Room for half of the last number under the axis. */
const RIGHT = 14;
/** Decades of FLOP/s under the peak that are shown. */
const DECADES_DOWN = 3.35;
/** How much more than the peak the axis reaches. */
const HEADROOM = 1.4;

const decade = (power: number): string => {
  if (power >= 0 && power <= 3) return String(10 ** power);
  return power < 0 && power >= -2 ? String(10 ** power) : `1e${power}`;
};

/** Attainable FLOP/s over FLOPs a byte, both logarithmic: the roof of a device, and every operator under it. */
export const RooflinePlot = memo(function RooflinePlot(props: RooflinePlotProps) {
  const { device, points, intensity, label, across, up } = props;
  const known = points.filter((point) => point.intensity > 0);
  const ridge = device.peak / device.bandwidth;
  const first = Math.floor(
    Math.log10(known.reduce((low, one) => Math.min(low, one.intensity), Math.min(ridge, 0.1))),
  );
  const last = Math.ceil(Math.log10(known.reduce((high, one) => Math.max(high, one.intensity), 10 * ridge)));
  const bottom = device.peak / 10 ** DECADES_DOWN;
  const xOf = scaleLog([10 ** first, 10 ** last], [LEFT, WIDTH - RIGHT]);
  const yOf = scaleLog([bottom, device.peak * HEADROOM], [HEIGHT - BOTTOM, 0]).clamp(true);
  const roof = (flopsPerByte: number) => Math.min(device.peak, flopsPerByte * device.bandwidth);
  const start = Math.max(10 ** first, bottom / device.bandwidth);
  const outline = line<number>(xOf, (flopsPerByte) => yOf(roof(flopsPerByte))).digits(1);
  return (
    <svg className={styles.plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path className={styles.axis} d={`M${LEFT} 0V${HEIGHT - BOTTOM}H${WIDTH}`} />
      {Array.from({ length: last - first + 1 }, (_, index) => first + index).map((power) => (
        <g key={power}>
          <path
            className={styles.tick}
            d={`M${xOf(10 ** power).toFixed(1)} ${HEIGHT - BOTTOM}v-${HEIGHT - BOTTOM}`}
          />
          <text className={styles.tickText} x={xOf(10 ** power)} y={HEIGHT - BOTTOM + 11}>
            {decade(power)}
          </text>
        </g>
      ))}
      <text className={styles.axisText} x={(LEFT + WIDTH) / 2} y={HEIGHT - 3}>
        {across}
      </text>
      <text className={styles.axisText} transform={`translate(10 ${(HEIGHT - BOTTOM) / 2}) rotate(-90)`}>
        {up}
      </text>
      <path className={styles.roof} d={outline([start, ridge, 10 ** last]) ?? undefined} />
      {known.map((point) => (
        <circle
          key={point.id}
          className={styles.dot}
          data-category={point.category}
          cx={xOf(point.intensity).toFixed(1)}
          cy={yOf(roof(point.intensity)).toFixed(1)}
          r={(2 + 9 * Math.sqrt(point.share)).toFixed(1)}
        />
      ))}
      {intensity !== null && intensity > 0 && (
        <path className={styles.whole} d={`M${xOf(intensity).toFixed(1)} 0V${HEIGHT - BOTTOM}`} />
      )}
    </svg>
  );
});
