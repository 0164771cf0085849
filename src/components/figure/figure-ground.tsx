import { curveBumpX, line } from 'd3-shape';
import { memo } from 'react';
import type { Edge, FigureLayout, Point } from '../../engine/layout/types.ts';
import type { DrawnTensor } from '../feature-maps/cell-trace.ts';
import { type Connection, wirePath } from '../feature-maps/map-wires.ts';
import styles from './figure.module.css';
import { type OverlayShares, overlayColour } from './overlay.ts';

const throughPoints = line<Point>(
  ([x]) => x,
  ([, y]) => y,
).curve(curveBumpX);

/** Lines and level-ended curves through points. */
export const edgePath = (points: readonly Point[]): string => throughPoints(points) ?? '';

/** A shortcut's own way: the line it shares with another way before the fork and after the merge is left to that one. */
function withoutTrunk(edge: Edge, edges: readonly Edge[]): readonly Point[] {
  const { points } = edge;
  if (edge.kind !== 'shortcut') return points;
  const others = edges.filter((other) => other.kind !== 'shortcut');
  const sharesStart = others.some(({ from }) => from === edge.from) && points[0]?.[1] === points[1]?.[1];
  const sharesEnd = others.some(({ to }) => to === edge.to) && points.at(-1)?.[1] === points.at(-2)?.[1];
  return points.slice(sharesStart ? 1 : 0, sharesEnd ? -1 : points.length);
}

/** Many lines are drawn fainter, so that as many of them do not outshout a few. */
const densityOf = (connection: Connection): 'dense' | 'sparse' =>
  connection.kind === 'fan' || (connection.kind === 'each' && connection.pairs.length > 30)
    ? 'dense'
    : 'sparse';

interface FigureGroundProps {
  readonly layout: FigureLayout;
  /** Tensors drawn as maps; connections between neighbours are then drawn map by map. */
  readonly drawn: readonly DrawnTensor[];
  readonly connections: ReadonlyMap<string, Connection>;
  readonly overlay?: OverlayShares | null | undefined;
}

/** What lies under the boxes: frames of open groups, the overlay's tint, and the wires. */
export const FigureGround = memo(function FigureGround({
  layout,
  drawn,
  connections,
  overlay,
}: FigureGroundProps) {
  const drawnById = new Map(drawn.map((tensor) => [tensor.box, tensor]));
  return (
    <>
      {layout.frames.map((frame) => (
        <rect
          key={frame.id}
          className={styles.group}
          data-status={frame.status}
          data-depth={frame.depth % 2}
          x={frame.x}
          y={frame.y}
          width={frame.width}
          height={frame.height}
          rx={9}
        />
      ))}
      {overlay &&
        layout.boxes.map((box) => {
          const share = overlay.shares.get(box.id);
          return share === undefined ? null : (
            <rect
              key={box.id}
              className={styles.tint}
              x={box.x - 6}
              y={box.y + 26}
              width={box.width + 12}
              height={box.height - 26}
              rx={5}
              style={{ fill: overlayColour(share) }}
            />
          );
        })}
      {layout.edges.map((edge) => {
        const from = drawnById.get(edge.from);
        const to = drawnById.get(edge.to);
        const connection = connections.get(edge.id);
        const isFine = from && to && connection;
        return (
          <path
            key={edge.id}
            className={styles.wire}
            data-kind={edge.kind}
            data-fine={isFine ? densityOf(connection) : undefined}
            d={isFine ? wirePath(from, to, connection) : edgePath(withoutTrunk(edge, layout.edges))}
          />
        );
      })}
    </>
  );
});
