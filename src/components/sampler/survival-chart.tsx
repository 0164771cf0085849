import type { SurvivingBlock } from '../../engine/graph/drop-paths.ts';
import styles from './sampler.module.css';

const WIDTH = 880;
const HEIGHT = 130;
const LEFT = 34;
const TOP = 8;
const BOTTOM = 20;

/** Survival probability of every block as a bar; the blocks of one rolled step are filled, the dropped ones hollow. */
export function SurvivalChart({
  blocks,
  survivors,
  label,
  axis,
}: {
  readonly blocks: readonly SurvivingBlock[];
  /** Which blocks survive; null before any roll. */
  readonly survivors: readonly boolean[] | null;
  readonly label: string;
  /** What stands under the first and the last bar. */
  readonly axis: (block: number) => string;
}) {
  const pitch = (WIDTH - LEFT) / Math.max(1, blocks.length);
  const width = Math.max(0.8, pitch * (pitch > 6 ? 0.72 : 0.9));
  const y = (probability: number) => TOP + (1 - probability) * (HEIGHT - TOP - BOTTOM);
  const floor = y(0);
  return (
    <svg className={styles.schematic} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {[0, 0.5, 1].map((tick) => (
        <g key={tick} className={styles.tick}>
          <path d={`M${LEFT - 4} ${y(tick)}H${WIDTH}`} />
          <text x={LEFT - 8} y={y(tick) + 3.5} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {blocks.map((block, index) => (
        <rect
          key={block.id}
          className={survivors === null || survivors[index] ? styles.survivor : styles.dropped}
          x={LEFT + index * pitch + (pitch - width) / 2}
          y={y(block.survival)}
          width={width}
          height={floor - y(block.survival)}
        />
      ))}
      <text className={styles.axis} x={LEFT} y={HEIGHT - 5}>
        {axis(1)}
      </text>
      <text className={styles.axis} x={WIDTH} y={HEIGHT - 5} textAnchor="end">
        {axis(blocks.length)}
      </text>
    </svg>
  );
}
