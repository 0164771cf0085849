import { memo } from 'react';
import { contextOf, type Graph } from '../../engine/graph/types.ts';
import type { Box, FigureLayout } from '../../engine/layout/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import { asImage } from '../../engine/ops/window.ts';
import styles from './figure.module.css';
import { groupsOf, placeVolumes, stretchesOf } from './glyph-size.ts';

const round = (value: number): number => Math.round(value * 100) / 100;

/** SVG paths of a layer's window on the volume that it reads, and of the lines from there to the layer. */
export interface WindowHintPaths {
  readonly patch: string;
  readonly lines: string;
}

/**
 * The window of a layer's first operator on the visible side of the volume before it, to the volumes' own scale; null
 * where the operator has no window, or reads a tensor that does not stand before it on the line.
 */
export function hintWindow(graph: Graph, layout: FigureLayout, box: Box): WindowHintPaths | null {
  const node = graph.nodes[box.layer.first];
  if (!node || box.layer.end === box.layer.first || box.layer.kind === 'folded') return null;
  const extents = operatorOf(node.op).extents(contextOf(node));
  if (extents.kind !== 'window' || (extents.kernel[0] === 1 && extents.kernel[1] === 1)) return null;
  const edge = layout.edges.find(({ to, points }) => to === box.id && points.length === 2);
  const source = edge && layout.boxes.find(({ id, form }) => id === edge.from && form === 'column');
  if (box.form !== 'column' || !source?.layer.shape || source.layer.shape.length < 3) return null;
  const shapes = stretchesOf(graph, source.layer).map(({ shape }) => shape);
  const { volumes, width } = placeVolumes(shapes, groupsOf(graph, source.layer));
  const last = volumes.at(-1);
  if (last?.volume.kind !== 'image') return null;
  const { volume } = last;
  const [, imageHeight, imageWidth] = asImage(source.layer.shape);
  const across = Math.min(1, Math.sqrt(extents.kernel[1] / imageWidth));
  const down = Math.min(1, Math.sqrt(extents.kernel[0] / imageHeight));
  const side = source.glyph.x + width - volume.right;
  const top = source.axisY - (volume.height + volume.up) / 2 + volume.up;
  /** A point of the side face, by shares of its depth and height. */
  const at = (depth: number, height: number): string =>
    `${round(side + volume.right * depth)} ${round(top - volume.up * depth + volume.height * height)}`;
  const [near, far] = [0.5 - across / 2, 0.5 + across / 2];
  const [upper, lower] = [0.5 - down / 2, 0.5 + down / 2];
  const target = `${round(box.glyph.x)} ${round(box.axisY)}`;
  return {
    patch: `M${at(near, upper)}L${at(far, upper)}L${at(far, lower)}L${at(near, lower)}z`,
    lines: `M${at(far, upper)}L${target}L${at(far, lower)}`,
  };
}

interface WindowHintProps {
  readonly graph: Graph;
  readonly layout: FigureLayout;
  readonly box: Box;
}

/** The window of the selected layer on the volume before it. */
export const WindowHint = memo(function WindowHint({ graph, layout, box }: WindowHintProps) {
  const paths = hintWindow(graph, layout, box);
  return paths ? (
    <g className={styles.hint}>
      <path d={paths.lines} />
      <path className={styles.patch} d={paths.patch} />
    </g>
  ) : null;
});
