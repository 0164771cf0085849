import { linkVertical } from 'd3-shape';
import type { LineageRow } from './lineage-graph.ts';
import styles from './lineage-lines.module.css';

const descent = linkVertical();

/** Properties of the lines beside one row of the lineage. */
export interface LineageLinesProps {
  readonly row: LineageRow;
  readonly lanes: number;
  /** Pixels from one lane to the next. */
  readonly pitch: number;
  /** Pixels from the top of the row to the middle of its dot. */
  readonly dotAt: number;
  readonly current?: boolean;
}

/** The lines of descent through one row, as tall as the row, and its dot. */
export function LineageLines({ row, lanes, pitch, dotAt, current = false }: LineageLinesProps) {
  const at = (lane: number): number => (lane + 0.5) * pitch;
  return (
    <span className={styles.column} style={{ width: lanes * pitch }} aria-hidden="true">
      <svg className={styles.lines} aria-hidden="true">
        {row.lines.map(({ to, enters, runs, ends }) => (
          <g key={to}>
            <path d={descent({ source: [at(enters), 0], target: [at(runs), dotAt] }) ?? ''} />
            {ends ? null : <line x1={at(runs)} x2={at(runs)} y1={dotAt} y2="100%" />}
          </g>
        ))}
        {row.continues ? <line x1={at(row.lane)} x2={at(row.lane)} y1={dotAt} y2="100%" /> : null}
        <circle className={current ? styles.current : styles.dot} cx={at(row.lane)} cy={dotAt} r={4.5} />
      </svg>
    </span>
  );
}
