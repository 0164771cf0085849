import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { EpochRow } from '../../engine/weights/training-record.ts';
import styles from './training.module.css';

const WIDTH = 560;
const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 30;

/** A round lower end of the accuracy axis under all values. */
export const accuracyFloor = (values: readonly number[]): number =>
  Math.max(0, Math.floor(Math.min(1, ...values) * 10 - 1e-9) / 10);

/** Accuracy on training and test pictures after every epoch. */
export function TrainingCurve({
  rows,
  label,
  names,
  axis,
  formatShare,
}: {
  readonly rows: readonly EpochRow[];
  readonly label: string;
  readonly names: { readonly train: string; readonly test: string };
  /** What stands under the axis of epochs. */
  readonly axis: string;
  readonly formatShare: (share: number) => string;
}) {
  const series = [
    { key: 'train', values: rows.map(({ trainAccuracy }) => trainAccuracy), style: styles.train },
    { key: 'test', values: rows.map(({ testAccuracy }) => testAccuracy), style: styles.test },
  ] as const;
  const floor = accuracyFloor(series.flatMap(({ values }) => values).filter(Number.isFinite));
  const last = rows.length - 1;
  // One epoch alone stands in the middle.
  const x = scaleLinear(last > 0 ? [0, last] : [-1, 1], [LEFT, WIDTH - RIGHT]);
  const y = scaleLinear([floor, floor < 1 ? 1 : 2], [HEIGHT - BOTTOM, TOP]);
  const curve = line<number>((_, index) => x(index), y).defined(Number.isFinite);
  const ticks = y.ticks(6).filter((tick) => tick <= 1);
  const step = Math.max(1, Math.ceil(rows.length / 12));
  return (
    <figure className={styles.figure}>
      <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick} className={styles.tick}>
            <path d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
              {formatShare(tick)}
            </text>
          </g>
        ))}
        {rows.map(({ epoch }, index) =>
          index % step === 0 || index === last ? (
            <text key={epoch} className={styles.axis} x={x(index)} y={HEIGHT - 14} textAnchor="middle">
              {epoch}
            </text>
          ) : null,
        )}
        <text className={styles.axis} x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 1} textAnchor="middle">
          {axis}
        </text>
        {series.map(({ key, values, style }) => (
          <g key={key} className={style}>
            <path d={curve(values) ?? undefined} />
            {values.map((value, index) =>
              Number.isFinite(value) ? (
                <circle
                  key={rows[index]?.epoch}
                  cx={x(index)}
                  cy={y(value)}
                  r={rows.length > 30 ? 1.5 : 2.5}
                />
              ) : null,
            )}
          </g>
        ))}
      </svg>
      <figcaption className={styles.legend}>
        <span className={styles.trainKey}>{names.train}</span>
        <span className={styles.testKey}>{names.test}</span>
      </figcaption>
    </figure>
  );
}
