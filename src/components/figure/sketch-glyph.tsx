import { memo, useMemo } from 'react';
import { type Segment, segmentsOf } from '../../engine/graph/origins.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { DENSE_ARCS, type Sketch } from '../../engine/layout/sketch.ts';
import type { Box } from '../../engine/layout/types.ts';
import { waysOf } from './edge-path.ts';
import styles from './figure.module.css';
import { hueOf } from './origin-hue.ts';

const round = (value: number): number => Math.round(value * 100) / 100;

interface SketchGlyphProps {
  readonly graph: Graph;
  readonly sketch: Sketch;
  readonly x: number;
  /** How far the line runs on, to what stands behind the sketch. */
  readonly width: number;
  /** The line through it. */
  readonly axisY: number;
}

/** Adds to the path under a key. */
const append = (paths: Map<string, string>, key: string, path: string): void => {
  paths.set(key, (paths.get(key) ?? '') + path);
};

const roundedPath = ({ x, y, width, height }: Box, radius: number): string => {
  const [across, down] = [round(width - 2 * radius), round(height - 2 * radius)];
  const corner = (dx: number, dy: number): string => `a${radius} ${radius} 0 0 1 ${dx} ${dy}`;
  return `M${round(x + radius)} ${round(y)}h${across}${corner(radius, radius)}v${down}${corner(-radius, radius)}h${-across}${corner(-radius, -radius)}v${-down}${corner(radius, -radius)}z`;
};

const signPath = (x: number, y: number, radius: number): string => {
  const arm = round(radius * 0.5);
  return `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0zM${round(x - arm)} ${round(y)}h${2 * arm}M${round(x)} ${round(y - arm)}v${2 * arm}`;
};

/** What is drawn alike in a sketch, as one path each: a figure may hold dozens of sketches. */
function pathsOf(sketch: Sketch) {
  const wires = new Map<string, string>();
  for (const { edge, trunk, way } of waysOf(sketch.edges)) {
    append(wires, 'series ', trunk);
    append(wires, `${edge.kind} ${edge.place === null ? '' : hueOf(edge.place)}`, way);
  }
  const pills = new Map<string, string>();
  let [signs, joins, dots] = ['', '', ''];
  for (const box of sketch.boxes) {
    const { layer, form, x, y, width, height, axisY } = box;
    if (width === 0 || layer.dense > 1 || layer.op === 'Concat') continue;
    if (form === 'sign') signs += signPath(x + width / 2, axisY, round(width / 2 - 0.8));
    else if (form === 'bar') joins += roundedPath({ ...box, x, y, width, height }, width / 2);
    else if (layer.id === '…') dots += `M${round(x)} ${round(axisY)}h${width}`;
    else append(pills, layer.category ?? '', roundedPath(box, 2));
  }
  return { wires: [...wires], pills: [...pills], signs, joins, dots };
}

/** The inside of a folded layer in small: its ways, its operators by colour and kernel, its merges. */
export const SketchGlyph = memo(function SketchGlyph({ graph, sketch, x, width, axisY }: SketchGlyphProps) {
  const { wires, pills, signs, joins, dots } = useMemo(() => pathsOf(sketch), [sketch]);
  const last = sketch.boxes.at(-1);
  const end = last ? last.x + last.width : 0;
  return (
    <g className={styles.sketch} transform={`translate(${round(x)} ${round(axisY - sketch.axisY)})`}>
      {wires.map(([key, path]) => {
        const [kind, hue] = key.split(' ');
        return (
          <path key={key} className={styles.wire} data-kind={kind} data-origin={hue || undefined} d={path} />
        );
      })}
      <path className={styles.wire} d={`M${round(end)} ${round(sketch.axisY)}H${round(width)}`} />
      {pills.map(([category, path]) => (
        <path key={category} className={styles.pillFace} data-category={category} d={path} />
      ))}
      {joins !== '' && <path className={styles.join} d={joins} />}
      {signs !== '' && <path className={styles.sumSign} d={signs} />}
      {dots !== '' && <path className={styles.elision} d={dots} />}
      {sketch.boxes.map((box) => (
        <SketchBox key={box.id} graph={graph} box={box} />
      ))}
      {sketch.frames.map((frame) => (
        <text
          key={frame.id}
          className={styles.times}
          x={round(frame.x + frame.width / 2)}
          y={round(frame.y + frame.height - 2)}
          textAnchor="middle"
        >{`×${frame.count}`}</text>
      ))}
    </g>
  );
});

/** What has colours of its own in a sketch: a dense block's stack, and a concatenation within. */
function SketchBox({ graph, box }: { readonly graph: Graph; readonly box: Box }) {
  const { layer, x, y, width, height } = box;
  if (width === 0) return null;
  if (layer.dense > 1) return <GrowingStack graph={graph} box={box} />;
  if (layer.op !== 'Concat') return null;
  return (
    <Slices parts={segmentsOf(graph, layer.output)} x={x} y={y} width={width} height={height} isStacked />
  );
}

/** The round sign of a sum. */
export function Sign({ x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number }) {
  return <path className={styles.sumSign} d={signPath(x, y, round(radius - 0.8))} />;
}

interface SlicesProps {
  readonly parts: readonly Segment[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** One under the other, not side by side. */
  readonly isStacked?: boolean;
}

/** The parts of a concatenation in proportion to their channels, each in the colour of the branch it comes from. */
export function Slices({ parts, x, y, width, height, isStacked = false }: SlicesProps) {
  const total = parts.reduce((sum, { channels }) => sum + channels, 0);
  const pathByHue = new Map<string, string>();
  let before = 0;
  for (const { channels, place } of parts) {
    const [from, to] = [before / total, (before + channels) / total];
    before += channels;
    const path = isStacked
      ? `M${round(x)} ${round(y + from * height)}h${round(width)}v${round((to - from) * height)}h${round(-width)}z`
      : `M${round(x + from * width)} ${round(y)}h${round((to - from) * width)}v${round(height)}h${round((from - to) * width)}z`;
    pathByHue.set(hueOf(place), (pathByHue.get(hueOf(place)) ?? '') + path);
  }
  return (
    <>
      {[...pathByHue].map(([hue, path]) => (
        <path key={hue} className={styles.slice} data-origin={hue} d={path} />
      ))}
    </>
  );
}

const MOST_ANCHORS = 7;

/**
 * A dense block in small: left to right its layers, each adding its channels as a band in its own colour that runs on to
 * the end, for all later layers to read; arcs above join each with those after it.
 */
function GrowingStack({ graph, box }: { readonly graph: Graph; readonly box: Box }) {
  const { layer, x, y, width, height } = box;
  const parts = segmentsOf(graph, layer.output);
  const total = parts.reduce((sum, { channels }) => sum + channels, 0);
  const [top, bottom] = [y + DENSE_ARCS, y + height - DENSE_ARCS];
  const unit = (bottom - top) / total;
  const step = width / (layer.dense + 1);
  const startOf = (index: number): number => x + Math.max(0, index - (parts.length - 1 - layer.dense)) * step;
  const pathByHue = new Map<string, string>();
  // The stack grows to both sides of the line, as the volume does.
  let below = 0;
  const heights = parts.map(({ channels }) => (below += channels));
  parts.forEach(({ channels, place }, index) => {
    const left = startOf(index);
    const low = bottom - ((heights[index] ?? 0) - channels) * unit;
    const band = `M${round(left)} ${round(low)}H${round(x + width)}v${round(-channels * unit)}H${round(left)}z`;
    pathByHue.set(hueOf(place), (pathByHue.get(hueOf(place)) ?? '') + band);
  });
  const anchors = Math.min(layer.dense + 1, MOST_ANCHORS);
  const anchorAt = (index: number): { at: number; high: number; hue: string } => {
    const part = Math.round((index * layer.dense) / (anchors - 1));
    const place = parts.length - 1 - layer.dense + part;
    return {
      at: x + part * step + (part === 0 ? 0 : 1),
      high: bottom - (heights[place] ?? 0) * unit,
      hue: hueOf(parts[place]?.place ?? null),
    };
  };
  return (
    <g>
      {Array.from({ length: anchors - 1 }, (_, from) => {
        const start = anchorAt(from);
        const arcs = Array.from({ length: anchors - 1 - from }, (_end, offset) => {
          const end = anchorAt(from + 1 + offset);
          const high = Math.max(y, Math.min(start.high, end.high) - 6 - 3 * offset);
          return `M${round(start.at)} ${round(start.high)}C${round(start.at)} ${round(high)} ${round(end.at)} ${round(high)} ${round(end.at)} ${round(end.high)}`;
        }).join('');
        return <path key={start.at} className={styles.reuse} data-origin={start.hue} d={arcs} />;
      })}
      {[...pathByHue].map(([hue, path]) => (
        <path key={hue} className={styles.slice} data-origin={hue} d={path} />
      ))}
    </g>
  );
}
