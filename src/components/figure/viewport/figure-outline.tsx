import { memo, useMemo } from 'react';
import type { Box } from '../../../engine/layout/types.ts';
import { colourOf, type OverlayShares } from '../overlay.ts';
import type { Drawn } from './cull.ts';
import styles from './figure-outline.module.css';
import { outlineOf } from './outline.ts';

interface FigureOutlineProps {
  readonly drawn: Drawn;
  /** CSS pixels per figure unit: names keep their size. */
  readonly scale: number;
  /** Colours boxes by their shares instead of their categories. */
  readonly overlay: OverlayShares | null;
}

const NAME_SIZE = 11;
const NAME_PIXELS = 6.5;
const MOST_NAMES = 24;
/** Shades of an overlay that are told apart. */
const MOST_SHADES = 16;

/** Many boxes at once, as shapes in the colours of their categories; frames wide enough bear their names. */
const FigureOutline = memo(function FigureOutline({ drawn, scale, overlay }: FigureOutlineProps) {
  const outline = useMemo(() => {
    const shadeOf = ({ id }: Box): string => {
      const share = overlay?.shares.get(id);
      return colourOf(share === undefined ? undefined : Math.round(share * MOST_SHADES) / MOST_SHADES);
    };
    return outlineOf(drawn.boxes, drawn.edges, drawn.frames, overlay ? shadeOf : undefined);
  }, [drawn, overlay]);
  // Inside small frames there is no room for names, and those of frames in frames would lie on one another.
  const named = useMemo(
    () =>
      drawn.frames
        .filter(({ width, name, depth }) => depth === 0 && width * scale > name.length * NAME_PIXELS)
        .slice(0, MOST_NAMES),
    [drawn, scale],
  );
  return (
    <g className={styles.outline}>
      {outline.frames.map(({ depth, path }) => (
        <path key={depth} className={styles.frame} data-depth={depth} d={path} />
      ))}
      {outline.edges.map(({ kind, path }) => (
        <path key={kind} className={styles.wire} data-kind={kind} d={path} />
      ))}
      {outline.boxes.map(({ category, path }) => (
        <path
          key={category}
          className={styles.boxes}
          {...(overlay ? { style: { fill: category } } : { 'data-category': category })}
          d={path}
        />
      ))}
      {named.map(({ id, name, x, y }) => (
        <text key={id} className={styles.name} x={x} y={y - 5 / scale} fontSize={NAME_SIZE / scale}>
          {name}
        </text>
      ))}
    </g>
  );
});

export default FigureOutline;
