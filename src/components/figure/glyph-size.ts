import { formatShape } from '../../engine/cost/format.ts';
import { type Segment, segmentsOf } from '../../engine/graph/origins.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { usualWords } from '../../engine/layout/layout-figure.ts';
import { sketchOf } from '../../engine/layout/sketch.ts';
import type { FigureLayer, GlyphSize, Stretch, Wording } from '../../engine/layout/types.ts';
import { type Volume, volumeOf } from '../../engine/layout/volume.ts';
import type { Pair, Shape } from '../../engine/spec/types.ts';
import { type MapGrid, planGrid } from '../feature-maps/map-grid.ts';

/** What the figure draws of each layer: its tensor as a volume, or the values in it. */
export type FigureView = 'volumes' | 'maps';

/** How far the card of a folded box, and the frame of a selected one, stands off. */
export const CARD_STAND_OFF = 7;

/** The size of a layer without a shape: broken, or behind the broken one. */
const ghost = { width: 26, height: 64 };

/** Diameter of the round sign of a sum. */
export const MERGE_DIAMETER = 22;
/** Between a sum's sign and the volume behind it. */
const SIGN_GAP = 10;
/** Between the small drawing of a folded layer's inside and the volume behind it. */
const SKETCH_GAP = 5;
const BAR_WIDTH = 8;
const PILL_HEIGHT = 22;
const PILL_PADDING = 8;
/** Between the volumes of one folded layer. */
const STRETCH_GAP = 7;
/** The gap between the halves of a grouped convolution's volume. */
export const GROUP_GAP = 3;
/** With more groups than this the volume is ruled, not cut. */
export const MOST_CUT_GROUPS = 4;

const NAME_UNITS = 6.9;
const COUNT_UNITS = 6.7;
const SHAPE_UNITS = 6.35;
/** Length of the coloured rule under a name. */
export const RULE_WIDTH = 26;
/** Between that rule and the count behind it. */
export const COUNT_GAP = 6;
/** Room for the fold control beside a name. */
const TOGGLE_WIDTH = 22;

/** Width of a text in units of `perCharacter`; characters of the Chinese script are as wide as they are high. */
function textWidth(text: string, perCharacter: number): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e80 ? 12 : perCharacter;
  return width;
}

/** What stands beside a name: ×N of equal layers, and what each layer of a dense block appends, as +k. */
export function countText(layer: FigureLayer, graph: Graph): string {
  const isDense = layer.appends !== null || layer.dense > 1;
  const appended = isDense && layer.shape ? (segmentsOf(graph, layer.output).at(-1)?.channels ?? 0) : 0;
  return [layer.count > 1 ? `×${layer.count}` : '', appended > 0 ? `+${appended}` : '']
    .filter((text) => text !== '')
    .join(' ');
}

/** The channels of a concatenation by where they come from, first the ones that came in; empty for all else. */
export function partsOf(graph: Graph, layer: FigureLayer): readonly Segment[] {
  const isConcat = graph.nodeById.get(layer.output)?.op === 'Concat';
  const segments = isConcat && layer.kind !== 'unit' ? segmentsOf(graph, layer.output) : [];
  return segments.length > 1 ? segments : [];
}

const MOST_NUMBERS = 4;

/** The numbers of channels that a concatenation adds up: few as they are, of many the last and all before it. */
export function partNumbers(parts: readonly Segment[]): readonly Segment[] {
  if (parts.length <= MOST_NUMBERS) return parts;
  const last = parts.slice(-1);
  const channels = parts.slice(0, -1).reduce((sum, part) => sum + part.channels, 0);
  return [{ origin: '', channels, place: null }, ...last];
}

const strideText = ([down, across]: Pair): string =>
  down === 1 && across === 1 ? '' : ` /${down === across ? down : `${down}×${across}`}`;

/** A layer in a word, where it has no room for a volume: `3×3 128 /2`. */
export function pillText(graph: Graph, layer: FigureLayer): string {
  const node = graph.nodes.slice(layer.first, layer.end).find(({ op }) => op === layer.op);
  switch (node?.op) {
    case 'Conv': {
      const { kernel, channels, stride, groups } = node.attributes;
      return `${kernel[0]}×${kernel[1]} ${channels}${strideText(stride)}${groups > 1 ? ` g${groups}` : ''}`;
    }
    case 'MaxPool':
    case 'AveragePool':
      return (
        [
          layer.name,
          // A window of one pixel only leaves pixels out.
          ...(node.attributes.kernel.every((side) => side === 1) ? [] : [node.attributes.kernel.join('×')]),
        ].join(' ') + strideText(node.attributes.stride)
      );
    case 'Pad': {
      const [before, after] = node.attributes.channels;
      return before + after > 0 ? `${layer.name} +${before + after}` : layer.name;
    }
    case 'Gemm':
      return `${layer.name} ${node.attributes.features}`;
    default:
      return layer.name;
  }
}

/** Groups of the convolution that leads a layer; 1 for all else. */
export function groupsOf(graph: Graph, layer: FigureLayer): number {
  if (layer.kind === 'folded') return 1;
  const node = graph.nodes.slice(layer.first, layer.end).find(({ op }) => op === 'Conv');
  return node?.op === 'Conv' ? node.attributes.groups : 1;
}

/** The volumes of a layer: several for a folded plain series. */
export const stretchesOf = (
  graph: Graph,
  layer: FigureLayer,
): readonly Pick<Stretch, 'shape' | 'category' | 'count'>[] => {
  // Behind a sketch of what it holds only what leaves it is drawn to scale.
  if (layer.stretches.length > 0) return sketchOf(graph, layer) ? layer.stretches.slice(-1) : layer.stretches;
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

/**
 * The room a layer's drawing needs in figure units.
 *
 * @param words how its words are set
 */
export function measureGlyph(
  graph: Graph,
  view: FigureView,
  name: string,
  layer: FigureLayer,
  { size: words, hasShapes }: Wording = usualWords,
): GlyphSize {
  const shape = layer.shape ? formatShape(layer.shape) : '—';
  // Where no shape is written, the control stands in its place, and the name has the whole width.
  const toggle = layer.kind === 'folded' && hasShapes ? TOGGLE_WIDTH : 0;
  const count = countText(layer, graph);
  const shapeWidth = hasShapes ? words * textWidth(shape, SHAPE_UNITS) : 0;
  const labelWidth = Math.max(
    words * RULE_WIDTH,
    words * (textWidth(name, NAME_UNITS) + toggle),
    count === '' ? 0 : words * (RULE_WIDTH + COUNT_GAP + textWidth(count, COUNT_UNITS)),
    shapeWidth,
  );
  const isOne = layer.kind === 'node' || layer.kind === 'unit';
  if (view === 'volumes' && layer.lane !== null && isOne && layer.op !== 'Concat') {
    return measureInLane(graph, layer, words);
  }
  if (!layer.shape) return { ...ghost, labelWidth };
  const sketch = sketchOf(graph, layer);
  const lead = sketch && {
    width: sketch.width + SKETCH_GAP,
    up: sketch.axisY,
    down: sketch.height - sketch.axisY,
  };
  const radius = MERGE_DIAMETER / 2;
  const sum =
    layer.kind === 'node' && layer.op === 'Add'
      ? { lead: { width: MERGE_DIAMETER + SIGN_GAP, up: radius, down: radius }, sign: MERGE_DIAMETER }
      : {};
  if (view === 'maps') {
    const grid = gridOf(graph, layer);
    return {
      width: grid?.width ?? 0,
      height: grid?.height ?? 0,
      labelWidth,
      ...(lead ? { lead } : sum),
    };
  }
  const merge = layer.kind === 'node' ? layer.op : null;
  if (merge === 'Mean' || (merge === 'Add' && !layer.leaves)) return measureMerge(layer);
  const shapes = stretchesOf(graph, layer).map((stretch) => stretch.shape);
  const { width, height } = placeVolumes(shapes, groupsOf(graph, layer));
  if (merge === 'Add') return { width, height, labelWidth: shapeWidth, ...sum };
  if (merge === 'Concat') {
    const numbers = partNumbers(partsOf(graph, layer));
    const sum = numbers.map(({ channels }) => channels).join('+');
    return {
      width,
      height,
      labelWidth: Math.max(words * RULE_WIDTH, shapeWidth, words * textWidth(sum, SHAPE_UNITS)),
    };
  }
  return { width, height, labelWidth, ...(lead ? { lead } : {}) };
}

/** On one of several parallel paths a layer is a word in a pill, a merge its sign; only what leaves them has a volume. */
function measureInLane(graph: Graph, layer: FigureLayer, words: number): GlyphSize {
  if (layer.op === 'Add' || layer.op === 'Mean') return measureMerge(layer);
  const width = Math.max(26, words * textWidth(pillText(graph, layer), SHAPE_UNITS) + 2 * PILL_PADDING);
  return { width, height: PILL_HEIGHT * words, labelWidth: 0, form: 'pill' };
}

const measureMerge = ({ op }: FigureLayer): GlyphSize =>
  op === 'Add'
    ? { width: MERGE_DIAMETER, height: MERGE_DIAMETER, labelWidth: 0, form: 'sign', sign: MERGE_DIAMETER }
    : { width: BAR_WIDTH, height: PILL_HEIGHT, labelWidth: 0, form: 'bar' };
