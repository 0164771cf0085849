import { Fragment, memo, useMemo } from 'react';
import type { FigureLayout, Reuse } from '../../engine/layout/types.ts';
import type { DrawnTensor } from '../feature-maps/cell-trace.ts';
import { type Connection, wirePath } from '../feature-maps/map-wires.ts';
import { waysOf } from './edge-path.ts';
import styles from './figure.module.css';
import { CARD_STAND_OFF } from './glyph-size.ts';
import { hueOf } from './origin-hue.ts';
import { type OverlayShares, overlayColour } from './overlay.ts';

/** Many lines are drawn fainter, so that as many of them do not outshout a few. */
const densityOf = (connection: Connection): 'dense' | 'sparse' =>
  connection.kind === 'fan' || (connection.kind === 'each' && connection.pairs.length > 30)
    ? 'dense'
    : 'sparse';

/** Arcs from a layer of a dense block to all that read it again; a longer arc hangs lower. */
function reusePath({ from: [x, y], to, depth, span }: Reuse): string {
  return to
    .map(([end, endY]) => {
      // A cubic reaches three quarters of the way to its handles.
      const low = (6 + (depth - 10) * Math.sqrt((end - x) / span)) / 0.75;
      const lean = (end - x) * 0.18;
      return `M${x} ${y}C${x + lean} ${y + low} ${end - lean} ${endY + low} ${end} ${endY}`;
    })
    .join('');
}

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
  // Maps stand closer to one another than volumes do.
  const standOff = drawn.length > 0 ? CARD_STAND_OFF - 2 : CARD_STAND_OFF;
  const ways = useMemo(() => waysOf(layout.edges), [layout.edges]);
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
      {layout.boxes.map((box) =>
        box.layer.kind === 'folded' ? (
          <rect
            key={box.id}
            className={styles.card}
            x={box.x - standOff}
            y={box.y - 2}
            width={box.width + 2 * standOff}
            height={box.height + 2}
            rx={7}
          />
        ) : null,
      )}
      {overlay &&
        layout.boxes.map((box) => {
          const share = overlay.shares.get(box.id);
          return share === undefined ? null : (
            <rect
              key={box.id}
              className={styles.tint}
              x={box.x - (box.form === 'column' ? 6 : 3)}
              y={box.form === 'column' ? box.y + 26 : box.y - 3}
              width={box.width + (box.form === 'column' ? 12 : 6)}
              height={box.form === 'column' ? box.height - 26 : box.height + 6}
              rx={5}
              style={{ fill: overlayColour(share) }}
            />
          );
        })}
      {layout.reuses.map((reuse) => (
        <path key={reuse.id} className={styles.reuse} data-origin={hueOf(reuse.place)} d={reusePath(reuse)} />
      ))}
      {ways.map(({ edge, trunk, way }) => {
        const from = drawnById.get(edge.from);
        const to = drawnById.get(edge.to);
        const connection = connections.get(edge.id);
        const isFine = from && to && connection;
        return (
          <Fragment key={edge.id}>
            {trunk !== '' && <path className={styles.wire} d={trunk} />}
            <path
              className={styles.wire}
              data-kind={edge.kind}
              data-origin={edge.place === null ? undefined : hueOf(edge.place)}
              data-fine={isFine ? densityOf(connection) : undefined}
              d={isFine ? wirePath(from, to, connection) : way}
            />
          </Fragment>
        );
      })}
    </>
  );
});
