import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Device } from '../../engine/cost/roofline.ts';
import styles from './measured-roofline.module.css';
import { useWidth } from './use-width.ts';

/** A network or a layer that was timed. */
export interface MeasuredPoint {
  readonly id: string;
  /** Null for one that is not named beside its mark. */
  readonly title: string | null;
  /** Category of the operator, which has a colour; that of convolutions unless given. */
  readonly kind?: string;
  /** FLOPs a byte. */
  readonly intensity: number;
  /** FLOP/s reached. */
  readonly reached: number;
}

const USUAL_WIDTH = 620;
const LEAST_WIDTH = 280;
const MOST_WIDTH = 760;
const HEIGHT = 320;
const LEFT = 62;
/** Room for names behind the last marks, where there is any to spare. */
const RIGHT = 90;
const RIGHT_NARROW = 14;
const NARROW = 480;
const TOP = 12;
const BOTTOM = 36;
/** Height of a name, and the width of a letter at most. */
const LINE = 13;
const LETTER = 6.4;
const RADIUS = 4;

interface Name {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** Names beside their marks, on whichever side there is room, moved up or down where they would lie over others. */
function placeNames(
  marks: readonly {
    readonly id: string;
    readonly title: string | null;
    readonly x: number;
    readonly y: number;
  }[],
  /** Centres of all marks, which no name may cover. */
  taken: readonly { readonly x: number; readonly y: number }[],
  width: number,
): readonly Name[] {
  const placed: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  return marks.flatMap(({ id, title, x, y }): Name[] => {
    if (title === null) return [];
    const long = title.length * LETTER;
    const isRight = x + 8 + long <= width || x - 8 - long < 0;
    const [left, right] = isRight ? [x + 7, x + 7 + long] : [x - 7 - long, x - 7];
    const isFree = (at: number): boolean =>
      at > TOP &&
      at < HEIGHT - BOTTOM &&
      placed.every((other) => other.right < left || other.left > right || Math.abs(other.y - at) >= LINE) &&
      taken.every(
        (mark) =>
          mark.x + RADIUS < left || mark.x - RADIUS > right || Math.abs(mark.y - at + 4) >= LINE - RADIUS,
      );
    // Upwards and downwards, further and further; what finds no room is told by pointing alone.
    const shift = [0, 1, -1, 2, -2, 3, -3, 4, -4].find((step) => isFree(y + 4 + step * LINE));
    if (shift === undefined) return [];
    const at = y + 4 + shift * LINE;
    placed.push({ left, right, y: at });
    return [{ id, text: title, x: isRight ? left : right, y: at, anchor: isRight ? 'start' : 'end' }];
  });
}

const decades = ([low, high]: readonly [number, number]): readonly number[] => {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
};

/** What networks reach on a device, under the roof of what it was measured to reach at most; both axes logarithmic. */
export function MeasuredRoofline({
  device,
  points,
  other,
  label,
  across,
  up,
  formatRate,
}: {
  readonly device: Device;
  readonly points: readonly MeasuredPoint[];
  /** Another device, drawn behind: dashed, its marks hollow. */
  readonly other?: { readonly device: Device; readonly points: readonly MeasuredPoint[] };
  readonly label: string;
  readonly across: string;
  readonly up: string;
  readonly formatRate: (flopsPerSecond: number) => string;
}) {
  const [host, width] = useWidth<HTMLDivElement>(USUAL_WIDTH, LEAST_WIDTH, MOST_WIDTH);
  const end = width - (width < NARROW ? RIGHT_NARROW : RIGHT);
  const all = [...points, ...(other?.points ?? [])];
  const devices = [device, ...(other ? [other.device] : [])];
  const intensities = [
    ...devices.map(({ peak, bandwidth }) => peak / bandwidth),
    ...all.map(({ intensity }) => intensity),
  ];
  const rates = [...devices.map(({ peak }) => peak), ...all.map(({ reached }) => reached)];
  const xs = [Math.min(...intensities) / 3, Math.max(...intensities) * 3] as const;
  const ys = [Math.min(...rates) / 3, Math.max(...rates) * 1.6] as const;
  const x = scaleLog(xs, [LEFT, end]);
  const y = scaleLog(ys, [HEIGHT - BOTTOM, TOP]);
  const outline = line<readonly [number, number]>(
    ([intensity]) => x(intensity),
    ([, rate]) => y(rate),
  ).digits(1);
  const roof = ({ peak, bandwidth }: Device, intensity: number): number =>
    Math.min(peak, intensity * bandwidth);
  const roofPath = (of: Device): string | undefined => {
    const start = Math.max(xs[0], ys[0] / of.bandwidth);
    const corners = [start, of.peak / of.bandwidth, xs[1]].filter((at) => at >= start);
    return outline(corners.map((at) => [at, roof(of, at)] as const)) ?? undefined;
  };
  const names = placeNames(
    points.map(({ id, title, intensity, reached }) => ({ id, title, x: x(intensity), y: y(reached) })),
    all.map(({ intensity, reached }) => ({ x: x(intensity), y: y(reached) })),
    width,
  );
  return (
    <div ref={host} className={styles.host}>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        style={{ inlineSize: width }}
        role="img"
        aria-label={label}
      >
        {decades(ys).map((rate) => (
          <g key={rate} className={styles.tick}>
            <path d={`M${LEFT} ${y(rate)}H${end}`} />
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
        <text className={styles.axis} x={(LEFT + end) / 2} y={HEIGHT - 4} textAnchor="middle">
          {across}
        </text>
        <text
          className={styles.axis}
          transform={`translate(12 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`}
          textAnchor="middle"
        >
          {up}
        </text>
        {other ? (
          <g className={styles.other}>
            <path d={roofPath(other.device)} />
            {other.points.map(({ id, title, intensity, reached }) => (
              <circle key={id} cx={x(intensity)} cy={y(reached)} r={RADIUS}>
                <title>{title ?? id}</title>
              </circle>
            ))}
          </g>
        ) : null}
        <path className={styles.roof} d={roofPath(device)} />
        {points.map(({ id, title, kind, intensity, reached }) => (
          <g key={id} className={styles.point} data-kind={kind}>
            <title>{title ?? id}</title>
            <path d={`M${x(intensity)} ${y(roof(device, intensity))}V${y(reached)}`} />
            <circle cx={x(intensity)} cy={y(reached)} r={RADIUS} />
          </g>
        ))}
        {names.map(({ id, text, x: across, y: down, anchor }) => (
          <text key={id} className={styles.name} x={across} y={down} textAnchor={anchor}>
            {text}
          </text>
        ))}
      </svg>
    </div>
  );
}
