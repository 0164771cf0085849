import { bytesOf, bytesPerValue, type DType } from '../cost/memory.ts';
import { attribute, derived, type Expression, expression, input, joined } from '../ops/expression.ts';
import { operatorOf } from '../ops/index.ts';
import type { Working } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';
import { type ReceptiveField, receptiveFields } from './receptive-field.ts';
import { contextOf, type Graph, type GraphNode, INPUT } from './types.ts';

/** Every number of a node with its working: shape, parameters, MACs, bytes, receptive field. */
export function explainNode(
  graph: Graph,
  node: GraphNode,
  options: { readonly dtype: DType; readonly batch: number },
  fields: ReadonlyMap<string, ReceptiveField> = receptiveFields(graph),
): readonly Working[] {
  const context = contextOf(node);
  const operator = operatorOf(node.op);
  const parameters = operator
    .tensors(context)
    .reduce((sum, tensor) => sum + (tensor.learnable ? sizeOf(tensor.shape) : 0), 0);
  return [
    ...operator.explain(context),
    ...(parameters > 0 ? [parameterBytes(parameters, options.dtype)] : []),
    activationBytes(node, options),
    ...receptiveFieldWorkings(node, fields),
  ];
}

function parameterBytes(parameters: number, dtype: DType): Working {
  return {
    quantity: 'parameterBytes',
    expression: expression`${derived(parameters)} · ${attribute(bytesPerValue[dtype])} B`,
    result: bytesOf(parameters, dtype),
  };
}

function activationBytes(
  node: GraphNode,
  { dtype, batch }: { readonly dtype: DType; readonly batch: number },
): Working {
  const product: Expression = joined(node.shape.map(derived), '·');
  const bytes = attribute(bytesPerValue[dtype]);
  return {
    quantity: 'activationBytes',
    expression:
      batch === 1
        ? expression`${product} · ${bytes} B`
        : expression`${attribute(batch)} · ${product} · ${bytes} B`,
    result: bytesOf(sizeOf(node.shape), dtype, batch),
  };
}

/** The recurrence `r + (k − 1)·j` along each axis, and the jump `j·s`; one line where both axes agree. */
function receptiveFieldWorkings(
  node: GraphNode,
  fields: ReadonlyMap<string, ReceptiveField>,
): readonly Working[] {
  const extents = operatorOf(node.op).extents(contextOf(node));
  const before = fields.get(node.inputs[0] ?? INPUT);
  const after = fields.get(node.id);
  if (extents.kind !== 'window' || !before || !after || node.inputs.length !== 1) return [];
  const along = (axis: 0 | 1): Expression => {
    const hole = extents.dilation[axis];
    const reach =
      hole === 1
        ? expression`(${attribute(extents.kernel[axis])} − 1)`
        : expression`${attribute(hole)}·(${attribute(extents.kernel[axis])} − 1)`;
    return expression`${input(before.size[axis])} + ${reach}·${input(before.jump[axis])}`;
  };
  const alike =
    after.size[0] === after.size[1] &&
    before.size[0] === before.size[1] &&
    before.jump[0] === before.jump[1] &&
    extents.kernel[0] === extents.kernel[1];
  const height: Working = {
    quantity: 'receptiveFieldHeight',
    expression: along(0),
    result: after.size[0],
  };
  const width: Working = { quantity: 'receptiveFieldWidth', expression: along(1), result: after.size[1] };
  const jump: Working = {
    quantity: 'jump',
    expression: expression`${input(before.jump[0])}·${attribute(extents.stride[0])}`,
    result: after.jump[0],
  };
  return [...(alike ? [height] : [height, width]), jump];
}
