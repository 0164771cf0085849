import { scaleLinear, scaleLog } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { type PointerEvent, useMemo, useState } from 'react';
import styles from './depth-lines.module.css';

/** One network's values along its depth. */
export interface DepthSeries {
  readonly key: string;
  readonly title: string;
  /** Place of the network in the comparison, from 0: its colour. */
  readonly place: number;
  /** One value a node, in execution order. */
  readonly values: readonly number[];
}

const WIDTH = 460;
const HEIGHT = 200;
const LEFT = 58;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 38;

/** The value of a series at a share of its depth. */
const valueAt = (values: readonly number[], share: number): number =>
  values[Math.min(values.length - 1, Math.max(0, Math.floor(share * values.length)))] ?? 0;

/** Several networks' values along their depths, all depths drawn equally long, on one scale. */
export function DepthLines({
  title,
  series,
  kind,
  axis,
  format,
  summary,
}: {
  readonly title: string;
  readonly series: readonly DepthSeries[];
  /** `binary` is linear with round numbers of KiB or MiB on its axis. */
  readonly kind: 'linear' | 'binary' | 'log';
  /** What stands under the axis. */
  readonly axis: string;
  readonly format: (value: number) => string;
  /** A line in words, for those who do not see it. */
  readonly summary: string;
}) {
  const [at, setAt] = useState<number | null>(null);
  const { x, y, paths, ticks } = useMemo(() => {
    const most = Math.max(1, ...series.map(({ values }) => values.reduce((a, b) => Math.max(a, b), 0)));
    const unit = kind === 'binary' ? 1024 ** Math.floor(Math.log2(most) / 10) : 1;
    const across = scaleLinear([0, 1], [LEFT, WIDTH - RIGHT]);
    const range = [HEIGHT - BOTTOM, TOP];
    const up = kind === 'log' ? scaleLog([1, most * 1.05], range) : scaleLinear([0, most * 1.03], range);
    return {
      x: across,
      y: up,
      ticks:
        kind === 'log'
          ? up.ticks(3).filter((tick) => /^1/.test(String(tick)))
          : scaleLinear([0, (most * 1.03) / unit], [0, 1])
              .ticks(4)
              .map((tick) => tick * unit),
      paths: series.map(({ key, place, values }) => {
        const drawn = line<number>(
          (index) => across(index / values.length),
          (index) => up(Math.max(values[index] ?? values.at(-1) ?? 0, kind === 'log' ? 1 : 0)),
        ).curve(curveStepAfter);
        // A step is drawn where the value changes, and once more at the end.
        const steps = values.flatMap((value, index) => (value === values[index - 1] ? [] : [index]));
        return { key, place, d: drawn([...steps, values.length]) ?? '' };
      }),
    };
  }, [series, kind]);
  const handleMove = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = x.invert(((event.clientX - left) / width) * WIDTH);
    setAt(Math.min(1, Math.max(0, share)));
  };
  return (
    <figure className={styles.chart}>
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${title}. ${summary}`}
        onPointerMove={handleMove}
        onPointerLeave={() => setAt(null)}
      >
        {ticks.map((tick) => (
          <g key={tick} className={styles.tick}>
            <path d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
            <text x={LEFT - 6} y={y(tick) + 3.5} textAnchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <text
            key={share}
            className={styles.axis}
            x={x(share)}
            y={HEIGHT - BOTTOM + 14}
            textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
          >
            {Math.round(100 * share)} %
          </text>
        ))}
        <text className={styles.axis} x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} textAnchor="middle">
          {axis}
        </text>
        {paths.map(({ key, place, d }) => (
          <path key={key} className={styles.line} data-place={place} d={d} />
        ))}
        {at === null ? null : (
          <>
            <path className={styles.cursor} d={`M${x(at)} ${TOP}V${HEIGHT - BOTTOM}`} />
            {series.map(({ key, place, values }) => (
              <circle
                key={key}
                className={styles.dot}
                data-place={place}
                cx={x(at)}
                cy={y(Math.max(valueAt(values, at), kind === 'log' ? 1 : 0))}
                r="3"
              />
            ))}
          </>
        )}
      </svg>
      <ul className={styles.values}>
        {series.map(({ key, title: name, place, values }) => (
          <li key={key} data-place={place}>
            <span>{name}</span> <b>{format(at === null ? Math.max(...values, 0) : valueAt(values, at))}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}
