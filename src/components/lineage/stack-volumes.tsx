import { formatShape } from '../../engine/cost/format.ts';
import type { StackBar } from './stack-bars.ts';
import { thicknessOf } from './stack-scale.ts';
import styles from './stack-volumes.module.css';

/** Properties of a stack drawn as volumes. */
export interface StackVolumesProps {
  readonly bars: readonly StackBar[];
  /** Pixels of the tallest volume. */
  readonly height: number;
  /** Whether names and shapes stand below the volumes. */
  readonly labelled?: boolean;
  readonly className?: string;
}

const THICKNESS = 4;
const GAP = 16;
const LABELS = 36;

/** The tensors of a small network as solids: height √H, width running back √W, thickness log₂ of the channels. */
export function StackVolumes({ bars, height, labelled = true, className }: StackVolumesProps) {
  const tallest = Math.sqrt(bars.reduce((most, bar) => Math.max(most, bar.height), 1));
  const unit = height / (tallest * 1.32);
  let x = 0;
  const volumes = bars.map((bar, index) => {
    const front = Math.sqrt(bar.height) * unit;
    const back = Math.sqrt(bar.shape[2] ?? 1) * unit * 0.32;
    const thickness = thicknessOf(bar.channels) * THICKNESS;
    const left = x;
    const needed = labelled
      ? Math.max(thickness + back, 6.7 * formatShape(bar.shape).length)
      : thickness + back;
    x += needed + GAP;
    return { bar, index, front, back, thickness, left };
  });
  const width = Math.max(0, x - GAP);
  const middle = (height + height * 0.24) / 2;
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height + (labelled ? LABELS : 0)}`}
      width={width}
      height={height + (labelled ? LABELS : 0)}
      aria-hidden="true"
    >
      {volumes.map(({ bar, index, front, back, thickness, left }) => {
        const top = middle - front / 2;
        const bottom = middle + front / 2;
        const right = left + thickness;
        return (
          <g
            key={bar.id}
            className={`${styles.volume} ${styles[bar.category]}`}
            style={{ animationDelay: `${900 + index * 130}ms` }}
          >
            <path
              className={styles.top}
              d={`M${left} ${top} l${back} ${-back} h${thickness} l${-back} ${back} z`}
            />
            <path
              className={styles.side}
              d={`M${right} ${top} l${back} ${-back} V${bottom - back} L${right} ${bottom} z`}
            />
            <rect className={styles.front} x={left} y={top} width={thickness} height={front} />
            {labelled ? (
              <>
                <text className={styles.name} x={left} y={height + 14}>
                  {bar.id.split('/')[0]}
                </text>
                <text className={styles.shape} x={left} y={height + 30}>
                  {formatShape(bar.shape)}
                </text>
              </>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
