import type { CellTerm } from '../../engine/ops/types.ts';
import styles from './cell-arithmetic.module.css';
import { formatReal } from './number.ts';

/** The terms of one channel, as many as the window has cells. */
export interface ChannelWindow {
  readonly input: number;
  readonly channel: number;
  readonly terms: readonly CellTerm[];
  readonly columns: number;
}

/** A window of one channel, or its slice of the kernel, as small squares: blue above zero, orange below, paper at zero. */
export function Window({
  window: { terms, columns },
  scale,
  of,
  label,
  values = false,
  winner = null,
  pointed = null,
  onPoint,
  padding,
}: {
  readonly window: ChannelWindow;
  /** The magnitude that gets the full colour. */
  readonly scale: number;
  of(term: CellTerm): number;
  /** The accessible name; an empty one hides the picture from assistive technology. */
  readonly label: string;
  /** Whether the numbers stand in the squares. */
  readonly values?: boolean;
  /** The value whose first square is marked, for a maximum. */
  readonly winner?: number | null;
  readonly pointed?: number | null;
  onPoint?(index: number): void;
  readonly padding: string;
}) {
  const rows = Math.max(1, Math.ceil(terms.length / Math.max(1, columns)));
  const marked = winner === null ? -1 : terms.findIndex((term) => !term.padding && of(term) === winner);
  return (
    <svg
      className={values ? styles.values : styles.grid}
      viewBox={`0 0 ${columns} ${rows}`}
      role={label === '' ? undefined : 'img'}
      aria-label={label === '' ? undefined : label}
      aria-hidden={label === '' || undefined}
      preserveAspectRatio="xMinYMin meet"
      style={values ? { maxInlineSize: `${columns * 3}rem` } : undefined}
    >
      {terms.map((term, index) => {
        const value = of(term);
        const x = index % columns;
        const y = Math.floor(index / columns);
        return (
          <g key={`${term.cell[1]}:${term.cell[2]}`} onPointerEnter={onPoint && (() => onPoint(index))}>
            <rect
              x={x + 0.03}
              y={y + 0.03}
              width={0.94}
              height={0.94}
              className={term.padding ? styles.padded : styles.square}
              data-winner={index === marked || undefined}
              data-pointed={index === pointed || undefined}
              style={term.padding ? undefined : { fill: colourOf(value, scale) }}
            >
              {values && <title>{term.padding ? padding : formatReal(value)}</title>}
            </rect>
            {values && (
              <text
                x={x + 0.5}
                y={y + 0.5}
                className={styles.value}
                data-strong={Math.abs(value) > 0.55 * scale || undefined}
              >
                {term.padding ? '' : formatReal(value)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** The theme's diverging scale; the browser mixes it, so that a change of theme needs no redrawing. */
function colourOf(value: number, scale: number): string {
  const part = scale === 0 ? 0 : Math.min(1, Math.abs(value) / scale);
  return `color-mix(in srgb, var(${value < 0 ? '--negative' : '--positive'}) ${(100 * part).toFixed(1)}%, var(--zero))`;
}
