import type { Graph } from '../../engine/graph/types.ts';
import type { Box, FigureLayout } from '../../engine/layout/types.ts';
import type { DrawnTensor } from '../feature-maps/cell-trace.ts';
import { type Connection, connectionOf } from '../feature-maps/map-wires.ts';
import { gridOf } from './glyph-size.ts';

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
