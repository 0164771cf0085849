import styles from './stack-glyph.module.css';
import type { PlacedStack } from './stack-scale.ts';

/** Properties of a stack's glyph. */
export interface StackGlyphProps {
  readonly stack: PlacedStack;
  /** Room in pixels, the same for all glyphs that are to be compared, so that they shrink alike. */
  readonly width: number;
  /** Accessible name. */
  readonly label: string;
}

/** A network in one look: its layers as bars above a line, their parameters below it. */
export function StackGlyph({ stack, width, label }: StackGlyphProps) {
  const { height, depth, bars } = stack;
  return (
    <svg
      className={styles.glyph}
      viewBox={`0 0 ${width} ${height + depth + 1}`}
      width={width}
      height={height + depth + 1}
      role="img"
      aria-label={label}
    >
      {bars.map((placed) => (
        <rect
          key={placed.bar.id}
          className={styles[placed.bar.category]}
          x={placed.x}
          y={height - placed.height}
          width={placed.thickness}
          height={placed.height}
          rx={Math.min(1, placed.thickness / 4)}
        />
      ))}
      <rect className={styles.line} x={0} y={height} width={stack.width} height={1} />
      {bars.map(({ bar, x, thickness, depth: below }) =>
        below >= 0.25 ? (
          <rect
            key={bar.id}
            className={styles.parameters}
            x={x}
            y={height + 1}
            width={thickness}
            height={below}
          />
        ) : null,
      )}
    </svg>
  );
}
