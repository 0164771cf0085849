import type { PlacedSkyline } from './skyline.ts';
import styles from './skyline-glyph.module.css';

/** Properties of a skyline's glyph. */
export interface SkylineGlyphProps {
  readonly skyline: PlacedSkyline;
  /** Pixels, the same for all glyphs that are to be compared. */
  readonly height: number;
  /** Accessible name. */
  readonly label: string;
}

/** A network in one small look: the layers of its longest path as bars on a ground line. */
export const SkylineGlyph = ({ skyline, height, label }: SkylineGlyphProps) => (
  <svg
    className={styles.glyph}
    viewBox={`0 ${-height} ${Math.ceil(skyline.length)} ${height}`}
    width={Math.ceil(skyline.length)}
    height={height}
    role="img"
    aria-label={label}
  >
    {skyline.paths.map(({ category, d }) => (
      <path key={category} className={styles[category]} d={d} />
    ))}
  </svg>
);
