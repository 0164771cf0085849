import { contextOf, type Graph } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { TensorSpec } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';
import type { Shape } from '../spec/types.ts';

/** A tensor that a graph owns: its full name, the node it belongs to, and how that node describes it. */
export interface GraphTensor {
  /** `<node id>.<name within the node>`, as in ONNX and in weight files. */
  readonly name: string;
  readonly node: string;
  readonly shape: Shape;
  /** Values in the tensor. */
  readonly size: number;
  readonly spec: TensorSpec;
}

/** Every parameter and buffer of a graph, in execution order. */
export const tensorsOf = (graph: Graph): readonly GraphTensor[] =>
  graph.nodes.flatMap((node) =>
    operatorOf(node.op)
      .tensors(contextOf(node))
      .map((spec) => ({
        name: `${node.id}.${spec.name}`,
        node: node.id,
        shape: spec.shape,
        size: sizeOf(spec.shape),
        spec,
      })),
  );
