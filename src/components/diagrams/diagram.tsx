import { type ReactNode, useId } from 'react';
import styles from './diagram.module.css';

/** Properties of a small diagram. */
export interface DiagramProps {
  readonly title: string;
  /** What is to be seen in it, in a sentence or two. */
  readonly caption: string;
  readonly children: ReactNode;
}

/** A small drawing with its numbers: title and caption over it, controls under it. */
export function Diagram({ title, caption, children }: DiagramProps) {
  const id = useId();
  return (
    <section className={styles.diagram} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p className={styles.caption}>{caption}</p>
      {children}
    </section>
  );
}

/** Width of every drawing, in its own units; close to the width of a phone, so that letters keep their size. */
export const WIDTH = 340;

/** The drawing itself. */
export const Drawing = ({
  label,
  height,
  children,
}: {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly height: number;
  readonly children: ReactNode;
}) => (
  <svg className={styles.drawing} viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
    {children}
  </svg>
);

/** What a mark stands for; each has a colour of its own. */
export type Tone = 'convolution' | 'pooling' | 'linear' | 'activation' | 'merge' | 'plain';

/** A box with a name, in the middle of the place given. */
export const Box = ({
  x,
  y,
  width = 60,
  label,
  under,
  tone = 'convolution',
}: {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly label: string;
  readonly under?: string;
  readonly tone?: Tone;
}) => (
  <g data-tone={tone} className={styles.box}>
    <rect x={x - width / 2} y={y - 12} width={width} height={24} rx={4} />
    <text x={x} y={y + 4}>
      {label}
    </text>
    {under === undefined ? null : (
      <text x={x} y={y + 26} className={styles.under}>
        {under}
      </text>
    )}
  </g>
);

/** A line with an arrowhead at its end, which runs to the right or down. */
export const Arrow = ({
  d,
  x,
  y,
  down = false,
  tone = 'plain',
}: {
  readonly d: string;
  /** Where it ends. */
  readonly x: number;
  readonly y: number;
  readonly down?: boolean;
  readonly tone?: Tone;
}) => (
  <g data-tone={tone} className={styles.arrow}>
    <path d={d} />
    <path
      className={styles.tip}
      d={down ? `M ${x - 3.5} ${y - 6} h 7 L ${x} ${y} z` : `M ${x - 6} ${y - 3.5} v 7 L ${x} ${y} z`}
    />
  </g>
);

/** One quantity of several that are compared. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as text. */
  readonly text: string;
  readonly tone?: Tone;
  /** A sum of others, or what they are compared with. */
  readonly strong?: boolean;
}

/** Quantities as bars on one scale, each with its number. */
export function Bars({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const largest = Math.max(...bars.map(({ value }) => value), 1);
  return (
    <div className={styles.bars}>
      <p>{label}</p>
      <ul aria-label={label}>
        {bars.map(({ label: name, value, text, tone = 'convolution', strong = false }) => (
          <li key={name} data-strong={strong || undefined}>
            <span>{name}</span>
            <span className={styles.track} aria-hidden="true">
              <span data-tone={tone} style={{ inlineSize: `${(100 * value) / largest}%` }} />
            </span>
            <span className={styles.number}>{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The sentence that the numbers come to. */
export const Outcome = ({ children }: { readonly children: ReactNode }) => (
  <p className={styles.outcome} aria-live="polite">
    {children}
  </p>
);

/** Sliders and other controls of a diagram. */
export const Knobs = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.knobs}>{children}</div>
);

/** Words that more than one diagram needs. */
export interface CommonDiagramWords {
  readonly parameters: string;
  readonly macs: string;
  readonly channels: string;
}
