import { operatorOf } from '../ops/index.ts';
import { dilated } from '../ops/window.ts';
import type { Pair } from '../spec/types.ts';
import { contextOf, type Graph, INPUT } from './types.ts';

/**
 * What one unit of a node sees of the input, along height and width. The largest over all paths from the input
 * (Araujo, Norris and Sim 2019, "Computing receptive fields", section 2).
 */
export interface ReceptiveField {
  /** Extent in input pixels; it may exceed the input where padding is seen. */
  readonly size: Pair;
  /** Distance in input pixels between the fields of neighbouring units. */
  readonly jump: Pair;
  /** First input row and column that unit (0, 0) sees; negative inside padding. */
  readonly start: Pair;
  /** Present where an operator on the way reads no one knows how much: the field is at least this. */
  readonly isLeast?: true;
}

const ofInput: ReceptiveField = { size: [1, 1], jump: [1, 1], start: [0, 0] };

const fieldsOf = new WeakMap<Graph, ReadonlyMap<string, ReceptiveField>>();

/** Receptive fields of the input and every node, by id; worked out once a graph. */
export function receptiveFields(graph: Graph): ReadonlyMap<string, ReceptiveField> {
  const known = fieldsOf.get(graph);
  if (known) return known;
  const fields = new Map<string, ReceptiveField>([[INPUT, ofInput]]);
  fieldsOf.set(graph, fields);
  const [, height = 1, width = 1] = graph.input;
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => fields.get(id) ?? ofInput);
    const before = inputs.length > 0 ? inputs.reduce(union) : ofInput;
    const extents = operatorOf(node.op).extents(contextOf(node));
    const least = extents.kind === 'unknown' || before.isLeast ? ({ isLeast: true } as const) : {};
    fields.set(
      node.id,
      extents.kind === 'pointwise' || extents.kind === 'unknown'
        ? { ...before, ...least }
        : extents.kind === 'global'
          ? {
              ...least,
              size: globalSize(before, node.inputShapes[0] ?? [], [height, width]),
              jump: before.jump,
              start: before.start,
            }
          : extents.kind === 'uneven'
            ? {
                ...least,
                size: both((axis) => before.size[axis] + (extents.largest[axis] - 1) * before.jump[axis]),
                jump: both((axis) => before.jump[axis] * extents.spacing[axis]),
                start: before.start,
              }
            : {
                ...least,
                size: both(
                  (axis) =>
                    before.size[axis] +
                    (dilated(extents.kernel[axis], extents.dilation[axis]) - 1) * before.jump[axis],
                ),
                jump: both((axis) => before.jump[axis] * extents.stride[axis]),
                start: both((axis) => before.start[axis] - extents.before[axis] * before.jump[axis]),
              },
    );
  }
  return fields;
}

const both = (along: (axis: 0 | 1) => number): Pair => [along(0), along(1)];

/** A unit that reads every position sees from the first position's field to the last one's. */
function globalSize(before: ReceptiveField, shape: readonly number[], input: Pair): Pair {
  // After a Flatten the positions are no longer known: all of them are seen, which is all of the input.
  if (shape.length < 3) return both((axis) => Math.max(before.size[axis], input[axis]));
  return both((axis) => before.size[axis] + ((shape[axis + 1] ?? 1) - 1) * before.jump[axis]);
}

function union(a: ReceptiveField, b: ReceptiveField): ReceptiveField {
  const start = both((axis) => Math.min(a.start[axis], b.start[axis]));
  return {
    ...(a.isLeast || b.isLeast ? { isLeast: true } : {}),
    start,
    size: both((axis) => Math.max(a.start[axis] + a.size[axis], b.start[axis] + b.size[axis]) - start[axis]),
    jump: both((axis) => Math.max(a.jump[axis], b.jump[axis])),
  };
}
