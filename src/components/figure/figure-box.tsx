import { type CSSProperties, memo } from 'react';
import { formatShape } from '../../engine/cost/format.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { sketchOf } from '../../engine/layout/sketch.ts';
import type { Box, Wording } from '../../engine/layout/types.ts';
import styles from './figure.module.css';
import {
  CARD_STAND_OFF,
  COUNT_GAP,
  countText,
  type FigureView,
  MERGE_DIAMETER,
  partNumbers,
  partsOf,
  pillText,
  RULE_WIDTH,
} from './glyph-size.ts';
import { hueOf } from './origin-hue.ts';
import { Sign, SketchGlyph } from './sketch-glyph.tsx';
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
  /** How the words are set. */
  readonly words: Wording;
  /** The overlay's colour for it; null for its operator's. */
  readonly colour: string | null;
}

/** One layer: a column of name, drawing and shape, or on parallel paths a pill or a merge's sign. */
export const FigureBox = memo(function FigureBox({
  graph,
  box,
  view,
  name,
  label,
  unfoldLabel,
  isSelected,
  isCurrent,
  words,
  colour,
}: FigureBoxProps) {
  const { layer, x, y, width, height, form } = box;
  const isFolded = layer.kind === 'folded';
  const off = form === 'column' ? CARD_STAND_OFF : 3;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: HTML buttons do not exist inside SVG */}
      <g
        className={styles.box}
        data-node={layer.id}
        data-category={layer.category ?? undefined}
        data-status={layer.status}
        data-selected={isSelected || undefined}
        data-form={form}
        {...(colour === null ? {} : { 'data-overlay': '', style: { '--overlay': colour } as CSSProperties })}
        role="button"
        tabIndex={isCurrent ? 0 : -1}
        aria-pressed={isSelected}
        aria-expanded={isFolded ? false : undefined}
        aria-label={label}
      >
        <rect
          className={styles.frame}
          x={x - off}
          y={form === 'column' ? y - 2 : y - off}
          width={width + 2 * off}
          height={height + (form === 'column' ? 2 : 2 * off)}
          rx={form === 'sign' ? width / 2 + off : 6}
        />
        {form === 'column' ? (
          <Column graph={graph} box={box} view={view} name={name} words={words} />
        ) : form === 'pill' ? (
          <Pill graph={graph} box={box} size={words.size} />
        ) : form === 'sign' ? (
          <Sign x={x + width / 2} y={box.axisY} radius={width / 2} />
        ) : (
          <Join box={box} />
        )}
      </g>
      {isFolded && layer.toggle !== null && (
        <FoldControl
          x={x + width - 8 * words.size}
          y={words.hasShapes ? y + 10 * words.size : y + height - 12 * words.size}
          toggle={layer.toggle}
          label={unfoldLabel}
          size={words.size}
          isOpen={false}
        />
      )}
    </>
  );
});

interface ColumnProps {
  readonly graph: Graph;
  readonly box: Box;
  readonly view: FigureView;
  readonly name: string;
  readonly words: Wording;
}

/** Name, rule, drawing and shape, one under the other; a folded layer's inside and a sum's sign stand before the volume. */
function Column({ graph, box, view, name, words: { size, hasShapes } }: ColumnProps) {
  const { layer, x, y, height, glyph, axisY } = box;
  const count = countText(layer, graph);
  const isConcat = layer.kind === 'node' && layer.op === 'Concat' && view === 'volumes';
  const isSum = layer.kind === 'node' && layer.op === 'Add' && glyph.x > x;
  const numbers = isConcat ? partNumbers(partsOf(graph, layer)) : [];
  const sketch = sketchOf(graph, layer);
  return (
    <>
      {numbers.length > 1 ? (
        <text className={styles.sumOfParts} x={x} y={y + 14 * size}>
          {numbers.map(({ channels, place }, index) => (
            <tspan key={numbers.slice(0, index + 1).join()} data-origin={hueOf(place)}>
              {index > 0 && <tspan className={styles.plus}>+</tspan>}
              {channels}
            </tspan>
          ))}
        </text>
      ) : isSum ? null : (
        <text className={styles.name} x={x} y={y + 14 * size}>
          {name}
        </text>
      )}
      {count !== '' && (
        <text className={styles.count} x={x + (RULE_WIDTH + COUNT_GAP) * size} y={y + 28 * size}>
          {count}
        </text>
      )}
      {/* Without a space between them a screen reader runs name and shape together. */ ' '}
      {/* A shortcut comes down on a sum from where its name would stand; its sign says what it is. */}
      {!isSum && (
        <rect className={styles.rule} x={x} y={y + 20 * size} width={RULE_WIDTH * size} height={3} rx={1} />
      )}
      {sketch && <SketchGlyph graph={graph} sketch={sketch} x={x} width={glyph.x - x} axisY={axisY} />}
      {isSum && (
        <>
          <path className={styles.wire} d={`M${x + MERGE_DIAMETER} ${axisY}H${glyph.x}`} />
          <Sign x={x + MERGE_DIAMETER / 2} y={axisY} radius={MERGE_DIAMETER / 2} />
        </>
      )}
      {(view === 'volumes' || !layer.shape) && <VolumeGlyph graph={graph} box={box} />}
      {hasShapes && (
        <text className={styles.shape} x={x} y={y + height - 8 * size}>
          {layer.shape ? formatShape(layer.shape) : '—'}
        </text>
      )}
    </>
  );
}

/** An operator on one of several paths, in a word. */
function Pill({
  graph,
  box: { layer, x, y, width, height, axisY },
  size,
}: {
  readonly graph: Graph;
  readonly box: Box;
  readonly size: number;
}) {
  return (
    <>
      <rect className={styles.pill} x={x} y={y} width={width} height={height} rx={5} />
      <text className={styles.pillText} x={x + width / 2} y={axisY + 3.6 * size} textAnchor="middle">
        {pillText(graph, layer)}
      </text>
    </>
  );
}

const JOIN_RADIUS = 9;

/** The bar across the columns that a mean joins. */
function Join({ box: { x, y, width, height, axisY } }: { readonly box: Box }) {
  const middle = x + width / 2;
  return (
    <>
      <rect className={styles.join} x={middle - 3} y={y} width={6} height={height} rx={3} />
      <rect className={styles.joinEnds} x={x} y={y} width={width} height={height} />
      <circle className={styles.joinSign} cx={middle} cy={axisY} r={JOIN_RADIUS} />
      <text className={styles.joinText} x={middle} y={axisY + 3.8} textAnchor="middle">
        μ
      </text>
    </>
  );
}

interface FoldControlProps {
  readonly x: number;
  readonly y: number;
  readonly toggle: string;
  readonly label: string;
  /** How much larger than usual it is, as the words beside it are. */
  readonly size: number;
  readonly isOpen: boolean;
}

/** A small + or −. The keys + and − on a box do the same, so the Tab key passes it by. */
export function FoldControl({ x, y, toggle, label, size, isOpen }: FoldControlProps) {
  const [hit, face, arm] = [12 * size, 7 * size, 3.5 * size];
  return (
    // biome-ignore lint/a11y/useSemanticElements: HTML buttons do not exist inside SVG
    <g className={styles.toggle} data-toggle={toggle} role="button" tabIndex={-1} aria-label={label}>
      <title>{label}</title>
      <rect className={styles.toggleHit} x={x - hit} y={y - hit} width={2 * hit} height={2 * hit} />
      <rect
        className={styles.toggleFace}
        x={x - face}
        y={y - face}
        width={2 * face}
        height={2 * face}
        rx={4}
      />
      <path d={`M${x - arm} ${y}h${2 * arm}${isOpen ? '' : `M${x} ${y - arm}v${2 * arm}`}`} />
    </g>
  );
}
