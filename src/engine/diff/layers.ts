import type { Graph, GraphNode } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { OpName, Shape } from '../spec/types.ts';

/** A value of an operator's attribute. */
export type AttributeValue = number | boolean | string | readonly number[] | readonly (readonly number[])[];

/** An operator with its attributes, without its place in a graph. */
export interface OperatorCall {
  readonly op: OpName;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** One layer as two networks are compared by: a unit (convolution, normalization, activation), or a node alone. */
export interface DiffLayer {
  /** Path of the unit or node: what costs, shapes and the page know it by. */
  readonly id: string;
  /** In execution order; at least one. */
  readonly operators: readonly OperatorCall[];
  /** Shapes of what enters; several for a merge. */
  readonly inputShapes: readonly Shape[];
  /** Shape of what leaves. */
  readonly shape: Shape;
}

const callOf = (node: GraphNode): OperatorCall => ({
  op: node.op,
  attributes: node.attributes as OperatorCall['attributes'],
});

/** A network as a list of layers in execution order; what lowering did not reach is left out. */
export function listLayers(graph: Graph): readonly DiffLayer[] {
  const units = new Map<string, string | null>();
  /** The unit around a group, the group itself included; null for none. */
  const unitAround = (id: string): string | null => {
    const known = units.get(id);
    if (known !== undefined) return known;
    const group = graph.groups.get(id);
    const outer = group?.parent === null || !group ? null : unitAround(group.parent);
    const unit = outer ?? (group?.kind === 'unit' ? id : null);
    units.set(id, unit);
    return unit;
  };
  const layers: DiffLayer[] = [];
  let open: { readonly unit: string; readonly nodes: GraphNode[] } | null = null;
  const close = () => {
    const [first] = open?.nodes ?? [];
    const last = open?.nodes.at(-1);
    if (open && first && last) {
      layers.push({
        id: open.unit,
        operators: open.nodes.map(callOf),
        inputShapes: first.inputShapes,
        shape: last.shape,
      });
    }
    open = null;
  };
  for (const node of graph.nodes) {
    const unit = unitAround(node.group);
    if (open && open.unit !== unit) close();
    if (unit === null) {
      layers.push({
        id: node.id,
        operators: [callOf(node)],
        inputShapes: node.inputShapes,
        shape: node.shape,
      });
    } else if (open) {
      open.nodes.push(node);
    } else {
      open = { unit, nodes: [node] };
    }
  }
  close();
  return layers;
}

/** The operator for which a layer is there: its convolution or matrix product, else its first. */
export function leadOf(layer: DiffLayer): OperatorCall {
  const working = layer.operators.find(({ op }) => {
    const { category } = operatorOf(op);
    return category === 'convolution' || category === 'linear';
  });
  const lead = working ?? layer.operators[0];
  if (!lead) throw new RangeError(`${layer.id} has no operator`);
  return lead;
}

const keys = new WeakMap<DiffLayer, string>();

/** A text that is equal for two layers exactly when their operators and attributes are; worked out once a layer. */
export function operatorsKey(layer: DiffLayer): string {
  const known = keys.get(layer);
  if (known !== undefined) return known;
  const key = layer.operators.map(({ op, attributes }) => op + JSON.stringify(attributes)).join(';');
  keys.set(layer, key);
  return key;
}
