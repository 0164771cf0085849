import { scaleLog, scaleSqrt } from 'd3-scale';
import styles from './intensity-strips.module.css';
import { useWidth } from './use-width.ts';

/** One layer on the axis. */
export interface LayerIntensity {
  readonly id: string;
  /** Category of the operator, which has a colour. */
  readonly kind: string;
  /** FLOPs a byte. */
  readonly intensity: number;
  /** Of the network's FLOPs, 0 to 1. */
  readonly share: number;
}

/** A network on the axis: its layers, and all of it. */
export interface IntensityRow {
  readonly id: string;
  readonly title: string;
  /** FLOPs a byte of the whole network. */
  readonly intensity: number;
  readonly layers: readonly LayerIntensity[];
}

const USUAL_WIDTH = 560;
const LEAST_WIDTH = 280;
const MOST_WIDTH = 760;
const LEFT = 10;
const RIGHT = 10;
/** Room above the rows, and with the names of the ridges. */
const TOP = 6;
const TOP_NAMED = 32;
const BOTTOM = 40;
const ROW = 48;
/** Distance of a row's line from its top, below its name. */
const LINE = 31;
const LEAST_RADIUS = 1.6;
const MOST_RADIUS = 9;

const decades = (low: number, high: number): readonly number[] =>
  Array.from(
    { length: Math.floor(Math.log10(high)) - Math.ceil(Math.log10(low)) + 1 },
    (_, index) => 10 ** (Math.ceil(Math.log10(low)) + index),
  );

/**
 * How much networks and their layers compute for each byte that they move, on one logarithmic axis: the roofline's
 * lower edge before its roof is known. A circle's area is the layer's share of the operations.
 */
export function IntensityStrips({
  rows,
  ridges,
  label,
  across,
  format,
}: {
  readonly rows: readonly IntensityRow[];
  /** Above which intensity arithmetic is what limits, by the name of what has that limit. */
  readonly ridges: readonly { readonly name: string; readonly at: number }[];
  readonly label: string;
  readonly across: string;
  readonly format: (intensity: number) => string;
}) {
  const [host, width] = useWidth<HTMLDivElement>(USUAL_WIDTH, LEAST_WIDTH, MOST_WIDTH);
  const all = [
    ...rows.flatMap(({ intensity, layers }) => [intensity, ...layers.map((layer) => layer.intensity)]),
    ...ridges.map(({ at }) => at),
  ];
  const low = 10 ** Math.floor(Math.log10(Math.min(0.1, ...all)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(100, ...all)));
  const x = scaleLog([low, high], [LEFT, width - RIGHT]);
  const radius = scaleSqrt([0, 1], [LEAST_RADIUS, 2 * MOST_RADIUS]);
  const top = ridges.length > 0 ? TOP_NAMED : TOP;
  const bottom = top + rows.length * ROW;
  return (
    <div ref={host} className={styles.host}>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${bottom + BOTTOM}`}
        style={{ inlineSize: width }}
        role="img"
        aria-label={label}
      >
        {decades(low, high).map((intensity) => (
          <g key={intensity} className={styles.tick}>
            <path d={`M${x(intensity)} ${top}V${bottom}`} />
            <text
              x={x(intensity)}
              y={bottom + 15}
              textAnchor={intensity === low ? 'start' : intensity === high ? 'end' : 'middle'}
            >
              {intensity}
            </text>
          </g>
        ))}
        <text className={styles.axis} x={width / 2} y={bottom + BOTTOM - 5} textAnchor="middle">
          {across}
        </text>
        {ridges.map(({ name, at }, index) => (
          <g key={name} className={styles.ridge}>
            <path d={`M${x(at)} ${index % 2 === 0 ? top - 26 : top - 12}V${bottom}`} />
            <text
              x={x(at) + (x(at) > width / 2 ? -5 : 5)}
              y={index % 2 === 0 ? top - 20 : top - 6}
              textAnchor={x(at) > width / 2 ? 'end' : 'start'}
            >
              {name}
            </text>
          </g>
        ))}
        {rows.map(({ id, title, intensity, layers }, row) => {
          const y = top + row * ROW + LINE;
          return (
            <g key={id}>
              <path className={styles.row} d={`M${LEFT} ${y}H${width - RIGHT}`} />
              {layers.map((layer) => (
                <circle
                  key={layer.id}
                  className={styles.layer}
                  data-kind={layer.kind}
                  cx={x(layer.intensity)}
                  cy={y}
                  r={Math.min(MOST_RADIUS, radius(layer.share))}
                >
                  <title>{`${layer.id}: ${format(layer.intensity)}`}</title>
                </circle>
              ))}
              <path className={styles.whole} d={`M${x(intensity)} ${y - 12}V${y + 12}`} />
              <text className={styles.name} x={LEFT} y={y - 14}>
                {title} <tspan className={styles.number}>{format(intensity)}</tspan>
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
