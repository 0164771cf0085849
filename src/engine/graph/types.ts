import type { Context } from '../ops/types.ts';
import type { OperatorAttributes, OpName, Shape, Source } from '../spec/types.ts';
import type { PlacedProblem } from './problem.ts';

/** The name of the graph's input tensor. */
export const INPUT = 'input';

/** One operator call. Its id is the tensor name of its output everywhere: table, figure, ONNX, address. */
export type GraphNode = {
  readonly [O in OpName]: {
    /** Path of names from the definition: `conv3_x/block1/conv2/conv`. */
    readonly id: string;
    /** Position in execution order. */
    readonly index: number;
    readonly op: O;
    readonly attributes: OperatorAttributes[O];
    /** Ids of the nodes (or `input`) whose outputs this node reads, in ONNX order. */
    readonly inputs: readonly string[];
    readonly inputShapes: readonly Shape[];
    readonly shape: Shape;
    /** Id of the innermost group; '' is the network itself. */
    readonly group: string;
  };
}[OpName];

/** What a group of nodes is: as authored, or the parts of a parallel structure. */
export type GroupKind =
  | 'network'
  | 'series'
  | 'stage'
  | 'block'
  | 'unit'
  | 'branches'
  | 'residual'
  | 'branch'
  | 'body'
  | 'shortcut'
  | 'tap';

/** A named part of the network: a contiguous run of nodes in execution order. */
export interface GraphGroup {
  readonly id: string;
  /** Last name of the path. */
  readonly name: string;
  readonly kind: GroupKind;
  readonly parent: string | null;
  /** Groups and nodes inside, in order. */
  readonly children: readonly string[];
  /** Index of the first node inside. */
  readonly first: number;
  /** Index after the last node inside; equals `first` for an identity shortcut. */
  readonly end: number;
  /** Id of the tensor that enters the group. */
  readonly input: string;
  /** Id of the tensor that leaves it; the input itself for an identity. Of several the last. */
  readonly output: string;
  /** Ids of all tensors that leave it: several only where branches end in a merge further out. */
  readonly outputs: readonly string[];
}

/** A node that lowering did not reach, because an earlier one does not fit. */
export interface UnreachedNode {
  readonly id: string;
  readonly op: OpName;
}

/** The lowered network: a directed acyclic graph with shapes, and the hierarchy it was authored in. */
export interface Graph {
  readonly id: string;
  readonly title: string;
  readonly source: Source | null;
  readonly input: Shape;
  /** In execution (topological) order. */
  readonly nodes: readonly GraphNode[];
  readonly nodeById: ReadonlyMap<string, GraphNode>;
  /** By id; the network itself is ''. Authored order. */
  readonly groups: ReadonlyMap<string, GraphGroup>;
  /** Ids of the nodes that read a tensor. */
  readonly consumers: ReadonlyMap<string, readonly string[]>;
  /** The main output first, then what nothing else reads: the ends of taps. */
  readonly outputs: readonly string[];
  /** What does not fit, if anything: nodes hold everything before it. */
  readonly problem: PlacedProblem | null;
  /** The nodes from the broken one on, without shapes. */
  readonly unreached: readonly UnreachedNode[];
}

/** The context that the operator table wants for a node. */
export const contextOf = (node: GraphNode): Context<OpName> => ({
  attributes: node.attributes,
  inputs: node.inputShapes,
  output: node.shape,
});

/** The shape of a tensor by id: a node's output, or the input. @throws RangeError for an unknown id */
export function shapeOf(graph: Graph, id: string): Shape {
  if (id === INPUT) return graph.input;
  const node = graph.nodeById.get(id);
  if (!node) throw new RangeError(`${graph.id} has no node "${id}"`);
  return node.shape;
}
