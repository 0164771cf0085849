import { type CSSProperties, memo } from 'react';
import { formatShape } from '../../engine/cost/format.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { Box } from '../../engine/layout/types.ts';
import styles from './figure.module.css';
import { countText, type FigureView, RULE_WIDTH } from './glyph-size.ts';
import { VolumeGlyph } from './volume-glyph.tsx';

interface FigureBoxProps {
  readonly graph: Graph;
  readonly box: Box;
  readonly view: FigureView;
  readonly name: string;
  /** The accessible name. */
  readonly label: string;
  /** The accessible name of the control that unfolds it. */
  readonly unfoldLabel: string;
  readonly isSelected: boolean;
  /** Whether the Tab key stops here. */
  readonly isCurrent: boolean;
  /** The overlay's colour for it; null for its operator's. */
  readonly colour: string | null;
}

/** How far the frame of a selected box stands off. */
const STAND_OFF = 7;

/** One layer: its name over a rule in its category's colour, its drawing, its output's shape. */
export const FigureBox = memo(function FigureBox({
  graph,
  box,
  view,
  name,
  label,
  unfoldLabel,
  isSelected,
  isCurrent,
  colour,
}: FigureBoxProps) {
  const { layer, x, y, width, height } = box;
  const count = countText(layer);
  const isFolded = layer.kind === 'folded';
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: HTML buttons do not exist inside SVG */}
      <g
        className={styles.box}
        data-node={layer.id}
        data-category={layer.category ?? undefined}
        data-status={layer.status}
        data-selected={isSelected || undefined}
        {...(colour === null ? {} : { 'data-overlay': '', style: { '--overlay': colour } as CSSProperties })}
        role="button"
        tabIndex={isCurrent ? 0 : -1}
        aria-pressed={isSelected}
        aria-expanded={isFolded ? false : undefined}
        aria-label={label}
      >
        <rect
          className={styles.frame}
          x={x - STAND_OFF}
          y={y - 2}
          width={width + 2 * STAND_OFF}
          height={height + 2}
          rx={6}
        />
        <text className={styles.name} x={x} y={y + 14}>
          {name}
          {count !== '' && (
            <tspan className={styles.count} dx={2}>
              {` ${count}`}
            </tspan>
          )}
        </text>
        {/* Without a space between them a screen reader runs name and shape together. */ ' '}
        <rect className={styles.rule} x={x} y={y + 20} width={RULE_WIDTH} height={3} rx={1} />
        {(view === 'volumes' || !layer.shape) && <VolumeGlyph graph={graph} box={box} />}
        <text className={styles.shape} x={x} y={y + height - 8}>
          {layer.shape ? formatShape(layer.shape) : '—'}
        </text>
      </g>
      {isFolded && layer.toggle !== null && (
        <FoldControl x={x + width - 8} y={y + 10} toggle={layer.toggle} label={unfoldLabel} isOpen={false} />
      )}
    </>
  );
});

interface FoldControlProps {
  readonly x: number;
  readonly y: number;
  readonly toggle: string;
  readonly label: string;
  readonly isOpen: boolean;
}

/** A small + or −. The keys + and − on a box do the same, so the Tab key passes it by. */
export function FoldControl({ x, y, toggle, label, isOpen }: FoldControlProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: HTML buttons do not exist inside SVG
    <g className={styles.toggle} data-toggle={toggle} role="button" tabIndex={-1} aria-label={label}>
      <title>{label}</title>
      <rect className={styles.toggleHit} x={x - 12} y={y - 12} width={24} height={24} />
      <rect className={styles.toggleFace} x={x - 7} y={y - 7} width={14} height={14} rx={4} />
      <path d={isOpen ? `M${x - 3.5} ${y}h7` : `M${x - 3.5} ${y}h7M${x} ${y - 3.5}v7`} />
    </g>
  );
}
