import { useMemo } from 'react';
import type { SampledPaths } from '../../engine/graph/drop-paths.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { placeFractal } from './place-fractal.ts';
import styles from './sampler.module.css';

const LANE = 34;
const MARGIN = 14;
const CELL_HEIGHT = 16;
const WIDTH = 880;
const GREATEST_CELL = 26;

/** The columns of a fractal network, its joins as bars across them; what a sampled step uses is inked. */
export function FractalSchematic({
  graph,
  paths,
  label,
}: {
  readonly graph: Graph;
  /** What is left of the network; null for all of it. */
  readonly paths: SampledPaths | null;
  readonly label: string;
}) {
  const plan = useMemo(() => placeFractal(graph), [graph]);
  const unit = (WIDTH - 2 * MARGIN) / Math.max(1, plan.length);
  const height = 2 * MARGIN + (plan.lanes - 1) * LANE + CELL_HEIGHT;
  const x = (at: number) => MARGIN + at * unit;
  const y = (lane: number) => MARGIN + CELL_HEIGHT / 2 + lane * LANE;
  const isActive = (id: string) => paths === null || paths.active.has(id);
  const cellWidth = Math.min(GREATEST_CELL, unit * 0.6);
  return (
    <svg className={styles.schematic} viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      {plan.blocks.map((block) => (
        <rect
          key={block.id}
          className={styles.block}
          x={x(block.from) + 2}
          y={2}
          width={(block.to - block.from) * unit - 4}
          height={height - 4}
          rx={6}
        />
      ))}
      {[false, true].map((active) =>
        plan.cells
          .filter(({ id }) => isActive(id) === active)
          .map((cell) => (
            <g key={cell.id} className={active ? styles.active : styles.idle}>
              <path d={`M${x(cell.from)} ${y(cell.lane)}H${x(cell.to)}`} />
              <rect
                x={(x(cell.from) + x(cell.to)) / 2 - cellWidth / 2}
                y={y(cell.lane) - CELL_HEIGHT / 2}
                width={cellWidth}
                height={CELL_HEIGHT}
                rx={4}
              />
            </g>
          )),
      )}
      {plan.joins.map((join) => (
        <path
          key={join.id}
          className={isActive(join.id) ? styles.join : styles.idleJoin}
          d={`M${x(join.at)} ${y(join.firstLane) - 7}V${y(join.lastLane) + 7}`}
        />
      ))}
      {plan.blocks.map((block) => (
        <path
          key={block.id}
          className={styles.join}
          d={`M${x(block.from)} ${y(0) - 7}V${y(plan.lanes - 1) + 7}`}
        />
      ))}
    </svg>
  );
}
