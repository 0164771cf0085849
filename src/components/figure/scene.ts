import { formatShape } from '../../engine/cost/format.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { Box, FigureLayer, FigureLayout } from '../../engine/layout/types.ts';
import type { DrawnTensor } from '../feature-maps/cell-trace.ts';
import { type Connection, connectionOf } from '../feature-maps/map-wires.ts';
import type { FigureMessages } from './figure-messages.ts';
import { countText, gridOf } from './glyph-size.ts';

/** The tensors whose maps are drawn in some boxes. */
export const drawnTensors = (graph: Graph, boxes: readonly Box[]): readonly DrawnTensor[] =>
  boxes.flatMap((box): DrawnTensor[] => {
    const grid = gridOf(graph, box.layer);
    return grid ? [{ box: box.id, tensor: box.layer.output, grid, x: box.glyph.x, y: box.glyph.y }] : [];
  });

/** How the maps of boxes hang together, by edge, where those at both its ends are drawn. */
export function connectionsOf(
  graph: Graph,
  layout: FigureLayout,
  drawn: readonly DrawnTensor[],
): ReadonlyMap<string, Connection> {
  if (drawn.length === 0) return new Map();
  const withMaps = new Set(drawn.map(({ box }) => box));
  const boxById = new Map(layout.boxes.map((box) => [box.id, box]));
  return new Map(
    layout.edges.flatMap((edge): [string, Connection][] => {
      const from = boxById.get(edge.from);
      const to = boxById.get(edge.to);
      // A shortcut or branch is a way of its own, not a bundle of lines through what lies between.
      if (!from || !to || edge.points.length > 2 || !withMaps.has(from.id) || !withMaps.has(to.id)) return [];
      return [[edge.id, connectionOf(graph, from.layer.output, to.layer)]];
    }),
  );
}

/** The path of a layer, of several folded together with all their names: `conv4_x/block2–block6`. */
export const pathOf = ({ id, name }: FigureLayer): string => id.slice(0, id.lastIndexOf('/') + 1) + name;

/**
 * What a box is to those who do not see it: its name, its operators and shape, how often it is repeated, and whether it fits.
 *
 * @param operators in short
 */
export function labelBox(
  { layer }: Box,
  graph: Graph,
  name: string,
  operators: string,
  messages: Pick<FigureMessages, 'box' | 'repeated' | 'broken' | 'unreached'>,
): string {
  const { shape, count, members, status } = layer;
  const parts = [
    messages.box(
      [name, countText(layer, graph)].filter(Boolean).join(' '),
      operators,
      shape ? formatShape(shape) : '—',
    ),
    // A stage of blocks that differ is no run of equal ones.
    members.length > 1 ? messages.repeated(count) : '',
    status === 'broken' ? messages.broken : status === 'unreached' ? messages.unreached : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
