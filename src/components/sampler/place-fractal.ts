import type { Graph, GraphGroup } from '../../engine/graph/types.ts';

/** A convolution of the schematic: it stands in a lane, in the middle of a stretch. */
export interface FractalCell {
  /** Id of the node whose result leaves it. */
  readonly id: string;
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** A join, a bar across the lanes that it reads. */
export interface FractalJoin {
  readonly id: string;
  readonly at: number;
  readonly firstLane: number;
  readonly lastLane: number;
}

/** A fractal network as columns side by side; lengths count convolutions of the deepest column. */
export interface FractalPlan {
  readonly length: number;
  readonly lanes: number;
  readonly cells: readonly FractalCell[];
  readonly joins: readonly FractalJoin[];
  /** Where one block ends and the next begins. */
  readonly blocks: readonly { readonly id: string; readonly from: number; readonly to: number }[];
}

const isJoined = (graph: Graph): readonly GraphGroup[] =>
  [...graph.groups.values()].filter(
    (group) =>
      group.kind === 'branches' &&
      graph.nodeById.get(group.output)?.op === 'Mean' &&
      // The outermost joins are the network's blocks.
      ![...graph.groups.values()].some(
        (other) => other.kind === 'branches' && group.id.startsWith(`${other.id}/`),
      ),
  );

/** Places a fractal network's blocks one after the other (Larsson et al. 2017, Figure 1, turned by 90°). */
export function placeFractal(graph: Graph): FractalPlan {
  const cells: FractalCell[] = [];
  const joins: FractalJoin[] = [];
  const inner = (group: GraphGroup): GraphGroup[] =>
    group.children.flatMap((id) => graph.groups.get(id) ?? []).filter(({ first, end }) => end > first);

  const depthOf = (group: GraphGroup): number => {
    const groups = inner(group);
    if (groups.length === 0) return 1;
    const depths = groups.map(depthOf);
    return group.kind === 'branches' ? Math.max(...depths) : depths.reduce((sum, depth) => sum + depth, 0);
  };
  const lanesOf = (group: GraphGroup): number => {
    const groups = inner(group);
    if (groups.length === 0) return 1;
    const lanes = groups.map(lanesOf);
    return group.kind === 'branches' ? lanes.reduce((sum, count) => sum + count, 0) : Math.max(...lanes);
  };
  const place = (group: GraphGroup, lane: number, from: number, to: number): void => {
    const groups = inner(group);
    if (groups.length === 0) {
      cells.push({ id: group.output, lane, from, to });
      return;
    }
    if (group.kind !== 'branches') {
      const step = (to - from) / groups.length;
      for (const [index, part] of groups.entries()) {
        place(part, lane, from + index * step, from + (index + 1) * step);
      }
      return;
    }
    let at = lane;
    for (const part of groups) {
      place(part, at, from, to);
      at += lanesOf(part);
    }
    if (
      graph.nodeById.get(group.output)?.op === 'Mean' &&
      graph.nodeById.get(group.output)?.group === group.id
    ) {
      joins.push({ id: group.output, at: to, firstLane: lane, lastLane: at - 1 });
    }
  };

  const blocks: { id: string; from: number; to: number }[] = [];
  let length = 0;
  let lanes = 1;
  for (const block of isJoined(graph)) {
    const depth = depthOf(block);
    blocks.push({ id: block.id, from: length, to: length + depth });
    place(block, 0, length, length + depth);
    length += depth;
    lanes = Math.max(lanes, lanesOf(block));
  }
  return { length, lanes, cells, joins, blocks };
}
