import { formatShape } from '../../engine/cost/format.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { FigureLayer, GlyphSize, Stretch } from '../../engine/layout/types.ts';
import { type Volume, volumeOf } from '../../engine/layout/volume.ts';
import type { Shape } from '../../engine/spec/types.ts';
import { type MapGrid, planGrid } from '../feature-maps/map-grid.ts';

/** What the figure draws of each layer: its tensor as a volume, or the values in it. */
export type FigureView = 'volumes' | 'maps';

/** The size of a layer without a shape: broken, or behind the broken one. */
const ghost = { width: 26, height: 64 };

const MERGE_DIAMETER = 22;
/** Between the volumes of one folded layer. */
const STRETCH_GAP = 7;
/** The gap between the halves of a grouped convolution's volume. */
export const GROUP_GAP = 3;
/** With more groups than this the volume is ruled, not cut. */
export const MOST_CUT_GROUPS = 4;
const SHORTCUT_ARC = 16;

const NAME_UNITS = 6.9;
const SHAPE_UNITS = 6.35;
/** Length of the coloured rule under a name. */
export const RULE_WIDTH = 26;
/** Room for the fold control beside a name. */
const TOGGLE_WIDTH = 22;

/** Width of a text in units of `perCharacter`; characters of the Chinese script are as wide as they are high. */
function textWidth(text: string, perCharacter: number): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e80 ? 12 : perCharacter;
  return width;
}

/** A folded layer's ×N as text; empty for a single one. */
export const countText = (layer: FigureLayer): string => (layer.count > 1 ? `×${layer.count}` : '');

/** Groups of the convolution that leads a layer; 1 for all else. */
export function groupsOf(graph: Graph, layer: FigureLayer): number {
  const node = graph.nodes[layer.first];
  return layer.end > layer.first && layer.kind !== 'folded' && node?.op === 'Conv'
    ? node.attributes.groups
    : 1;
}

/** Whether a layer is drawn as the circle of an addition. */
export const isSum = (layer: FigureLayer): boolean => layer.kind === 'node' && layer.op === 'Add';

/** The volumes of a layer: several for what is folded. */
export const stretchesOf = (layer: FigureLayer): readonly Pick<Stretch, 'shape' | 'category' | 'count'>[] => {
  if (layer.stretches.length > 0) return layer.stretches;
  return layer.shape ? [{ shape: layer.shape, category: layer.category ?? 'reshape', count: 1 }] : [];
};

/** Volumes side by side, each a little before the side of the last. */
export function placeVolumes(
  shapes: readonly Shape[],
  groups: number,
): {
  readonly volumes: readonly { readonly volume: Volume; readonly x: number }[];
  readonly width: number;
  readonly height: number;
} {
  let x = 0;
  let width = 0;
  let height = 0;
  const cut = groups > 1 && groups <= MOST_CUT_GROUPS ? (groups - 1) * GROUP_GAP : 0;
  const volumes = shapes.map((shape) => {
    const volume = volumeOf(shape);
    const placed = { volume, x };
    width = Math.max(width, x + volume.thickness + cut + volume.right);
    height = Math.max(height, volume.height + volume.up);
    x += volume.thickness + Math.max(STRETCH_GAP, volume.right * 0.45);
    return placed;
  });
  return { volumes, width, height };
}

/** How a layer's values are set out; null where its shape is not known. */
export function gridOf(graph: Graph, layer: FigureLayer): MapGrid | null {
  if (!layer.shape) return null;
  const node = graph.nodes[layer.first];
  const isPartlyConnected =
    layer.end > layer.first && node?.op === 'Conv' && node.attributes.connections !== undefined;
  return planGrid(layer.shape, isPartlyConnected);
}

/** The room a layer's drawing needs in figure units. */
export function measureGlyph(graph: Graph, view: FigureView, name: string, layer: FigureLayer): GlyphSize {
  const shape = layer.shape ? formatShape(layer.shape) : '—';
  const toggle = layer.kind === 'folded' ? TOGGLE_WIDTH : 0;
  const count = countText(layer);
  const labelWidth = Math.max(
    RULE_WIDTH,
    textWidth(name, NAME_UNITS) + (count === '' ? 0 : 4 + textWidth(count, SHAPE_UNITS)) + toggle,
    textWidth(shape, SHAPE_UNITS),
  );
  if (!layer.shape) return { ...ghost, labelWidth };
  if (view === 'maps') {
    const grid = gridOf(graph, layer);
    return { width: grid?.width ?? 0, height: grid?.height ?? 0, labelWidth };
  }
  if (isSum(layer)) return { width: MERGE_DIAMETER, height: MERGE_DIAMETER, labelWidth };
  const shapes = stretchesOf(layer).map((stretch) => stretch.shape);
  const { width, height } = placeVolumes(shapes, groupsOf(graph, layer));
  return { width, height: height + (layer.hasShortcut ? SHORTCUT_ARC : 0), labelWidth };
}
