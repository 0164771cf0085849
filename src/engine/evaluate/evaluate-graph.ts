import { describePlacedProblem } from '../graph/problem.ts';
import { contextOf, type Graph, type GraphNode, INPUT } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { FloatArray } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';

/** How the values between operators are kept; sums inside an operator are always double precision. */
export type Precision = 'fp32' | 'fp64';

/** A graph's own tensors by full name (`<node id>.<name>`), row-major. */
export type TensorValues = ReadonlyMap<string, FloatArray>;

/** The values of one node's own tensors, by their name within the node. @throws RangeError for one missing or of another size */
export function ownTensors(node: GraphNode, tensors: TensorValues): Record<string, FloatArray> {
  const own: Record<string, FloatArray> = {};
  for (const { name, shape } of operatorOf(node.op).tensors(contextOf(node))) {
    const values = tensors.get(`${node.id}.${name}`);
    if (values?.length !== sizeOf(shape)) {
      throw new RangeError(
        `${node.id}.${name} has ${values?.length ?? 'no'} values, not ${sizeOf(shape)} (${shape.join('×')})`,
      );
    }
    own[name] = values;
  }
  return own;
}

/**
 * Runs a graph on one image with the operators' reference arithmetic and returns every node's output by id.
 *
 * Slow and plain: the oracle that other runtimes are compared with.
 *
 * @param input values of the graph's input, row-major
 * @param options.precision storage between operators; double precision unless told otherwise
 * @throws RangeError where the graph does not fit together, or the input or a tensor is missing or of another size
 */
export function evaluateGraph(
  graph: Graph,
  tensors: TensorValues,
  input: FloatArray,
  { precision = 'fp64' }: { readonly precision?: Precision } = {},
): ReadonlyMap<string, FloatArray> {
  if (graph.problem) throw new RangeError(describePlacedProblem(graph.problem));
  if (input.length !== sizeOf(graph.input)) {
    throw new RangeError(
      `the input has ${input.length} values, not ${sizeOf(graph.input)} (${graph.input.join('×')})`,
    );
  }
  const values = new Map<string, FloatArray>([[INPUT, input]]);
  for (const node of graph.nodes) {
    const size = sizeOf(node.shape);
    const output = precision === 'fp64' ? new Float64Array(size) : new Float32Array(size);
    const sources = node.inputs.map((id) => values.get(id) ?? new Float32Array(0));
    operatorOf(node.op).evaluate(contextOf(node), sources, ownTensors(node, tensors), output);
    values.set(node.id, output);
  }
  values.delete(INPUT);
  return values;
}
