import { operatorOf } from '../ops/index.ts';
import type {
  Architecture,
  GroupSpec,
  MergeName,
  OperatorSpec,
  OpName,
  Pair,
  Series,
  Shape,
  Spec,
} from '../spec/types.ts';
import { CallCache } from './call-cache.ts';
import { type PlacedProblem, type Problem, ShapeError } from './problem.ts';
import { type CallSizes, sizeGuard } from './size-guard.ts';
import {
  type Graph,
  type GraphGroup,
  type GraphNode,
  type GroupKind,
  INPUT,
  type UnreachedNode,
} from './types.ts';

/** A tensor on its way: its id, and its shape unless a node before it did not fit. */
interface Value {
  readonly id: string;
  readonly shape: Shape | null;
}

interface OpenGroup extends Omit<GraphGroup, 'children' | 'end' | 'output' | 'outputs'> {
  readonly children: string[];
  end: number;
  output: string;
  outputs: readonly string[];
}

/** What follows from a call: its inputs' shapes as its nodes hold them, its output's shape, and what it adds to the sums. */
interface Call {
  readonly inputShapes: readonly Shape[];
  readonly shape: Shape;
  readonly sizes: CallSizes;
}

/** Merges have none; one object, so that equal merges are seen to be equal. */
const noAttributes = {};

const MAXIMUM_VALUES = 2 ** 31;

/** What is wrong with an input shape, if anything. */
export function inputProblem(shape: Shape): Problem | null {
  if (shape.length === 0 || shape.some((extent) => !Number.isSafeInteger(extent) || extent < 1)) {
    return { code: 'input', shape, rule: 'positive-integers' };
  }
  const values = shape.reduce((product, extent) => product * extent, 1);
  return values > MAXIMUM_VALUES ? { code: 'input', shape, rule: 'at-most-2^31-values' } : null;
}

/**
 * Lowers a definition to its graph: every operator call with its shapes, in execution order.
 *
 * A network that does not fit is not an exception: the graph then ends before the first node that breaks, `problem`
 * says why, and `unreached` lists what would have followed.
 *
 * @param input `[channels, height, width]` instead of the definition's own
 * @throws ShapeError for a malformed definition (a bad or duplicate layer name): a mistake of its author, not its input
 */
export function lower(architecture: Architecture, input: Shape = architecture.input): Graph {
  const nodes: GraphNode[] = [];
  const nodeById = new Map<string, GraphNode>();
  const groups = new Map<string, OpenGroup>();
  const consumers = new Map<string, string[]>();
  const unreached: UnreachedNode[] = [];
  /** Ids that are neither a node's nor a group's. */
  const otherIds = new Set<string>([INPUT]);
  const guard = sizeGuard();
  const calls = new CallCache<Call>();
  let problem: PlacedProblem | null = null;

  const bad = inputProblem(input);
  if (bad) problem = { problem: bad, node: INPUT, op: 'Input', inputShapes: [input] };

  const claim = (id: string, parent: string): void => {
    if (nodeById.has(id) || groups.has(id) || otherIds.has(id)) {
      throw new ShapeError({ code: 'name', name: id, rule: 'duplicate' });
    }
    groups.get(parent)?.children.push(id);
  };

  const leaveOut = (id: string, op: OpName): Value => {
    otherIds.add(id);
    unreached.push({ id, op });
    return { id, shape: null };
  };

  const callOf = (op: OpName, attributes: object, inputShapes: readonly Shape[]): Call => {
    const shape = operatorOf(op).inferShape(attributes as never, inputShapes);
    const sizes = guard.count(op, { attributes: attributes as never, inputs: inputShapes, output: shape });
    const call = { inputShapes, shape, sizes };
    calls.set(op, attributes, inputShapes, call);
    return call;
  };

  const addNode = (
    id: string,
    parent: string,
    op: OpName,
    attributes: object,
    inputs: readonly Value[],
  ): Value => {
    claim(id, parent);
    const shapes: Shape[] = [];
    const ids: string[] = [];
    for (const value of inputs) {
      ids.push(value.id);
      if (value.shape) shapes.push(value.shape);
    }
    if (problem || shapes.length !== inputs.length) return leaveOut(id, op);
    try {
      const before = calls.get(op, attributes, shapes);
      if (before) guard.countAgain(before.sizes);
      const { inputShapes, shape } = before ?? callOf(op, attributes, shapes);
      const node = {
        id,
        index: nodes.length,
        op,
        attributes,
        inputs: ids,
        inputShapes,
        shape,
        group: parent,
      } as unknown as GraphNode;
      nodes.push(node);
      nodeById.set(id, node);
      for (const from of ids) {
        const readers = consumers.get(from);
        if (readers) readers.push(id);
        else consumers.set(from, [id]);
      }
      return { id, shape };
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      // An image flattened just before says more about a wrong count than the count itself.
      const flattened = nodeById.get(inputs[0]?.id ?? '');
      const detail: Problem =
        error.problem.code === 'inputs-differ' && flattened?.op === 'Flatten'
          ? { ...error.problem, from: flattened.inputShapes[0] ?? [] }
          : error.problem;
      problem = { problem: detail, node: id, op, inputShapes: shapes };
      return leaveOut(id, op);
    }
  };

  const inGroup = (
    id: string,
    name: string,
    kind: GroupKind,
    parent: string | null,
    from: Value,
    build: () => readonly Value[],
  ): readonly Value[] => {
    if (parent !== null) claim(id, parent);
    const group: OpenGroup = {
      id,
      name,
      kind,
      parent,
      children: [],
      first: nodes.length,
      end: nodes.length,
      input: from.id,
      output: from.id,
      outputs: [from.id],
    };
    groups.set(id, group);
    const results = build();
    group.end = nodes.length;
    group.outputs = results.map((value) => value.id);
    group.output = group.outputs.at(-1) ?? from.id;
    return results;
  };

  const addSeries = (series: Series, parent: string, from: Value): readonly Value[] => {
    let values: readonly Value[] = [from];
    let before = '';
    for (const name of Object.keys(series)) {
      values = addSpec(series[name] as Spec, name, parent, only(values, before));
      before = name;
    }
    return values;
  };

  const addParts = (
    id: string,
    parts: readonly (readonly [name: string, kind: GroupKind, spec: Spec])[],
    merge: MergeName | null,
    from: Value,
  ): readonly Value[] => {
    const results: Value[] = [];
    for (const [name, kind, part] of parts) {
      checkName(name);
      const path = join(id, name);
      const ends = inGroup(path, name, kind, id, from, () =>
        isSeries(part) ? addSeries(part, path, from) : addInside(part, path, from),
      );
      for (const end of ends) results.push(end);
    }
    return merge === null
      ? results
      : [addNode(join(id, merge.toLowerCase()), id, merge, noAttributes, results)];
  };

  // The part's own group is already open: a stage or block as a branch adds its layers to it directly.
  const addInside = (spec: Exclude<Spec, Series>, path: string, from: Value): readonly Value[] => {
    switch (spec.$) {
      case 'group':
        return addSeries(spec.layers, path, from);
      case 'operator':
        return addSpec(spec, spec.op.toLowerCase(), path, from);
      case 'branches':
      case 'residual':
      case 'tap':
        return addSpec(spec, spec.$, path, from);
    }
  };

  const addSpec = (spec: Spec, name: string, parent: string, from: Value): readonly Value[] => {
    checkName(name);
    const id = join(parent, name);
    if (isSeries(spec)) {
      return inGroup(id, name, 'series', parent, from, () => addSeries(spec, id, from));
    }
    switch (spec.$) {
      case 'operator':
        if (spec.op === 'AdaptiveAveragePool' && hasSize(from.shape, spec.attributes.size)) return [from];
        return [addNode(id, parent, spec.op, spec.attributes, [from])];
      case 'group':
        return inGroup(id, name, roleOf(spec), parent, from, () => addSeries(spec.layers, id, from));
      case 'branches':
        return inGroup(id, name, 'branches', parent, from, () =>
          addParts(
            id,
            Object.entries(spec.branches).map(([key, branch]) => [key, 'branch', branch] as const),
            spec.merge,
            from,
          ),
        );
      case 'residual':
        return inGroup(id, name, 'residual', parent, from, () => {
          const sum = addParts(
            id,
            [
              ['body', 'body', spec.body],
              ['shortcut', 'shortcut', spec.shortcut],
            ],
            'Add',
            from,
          );
          return addSeries(spec.after, id, only(sum, 'residual'));
        });
      case 'tap':
        inGroup(id, name, 'tap', parent, from, () => addSeries(spec.layers, id, from));
        return [from];
    }
  };

  const start: Value = { id: INPUT, shape: problem ? null : input };
  const ended = inGroup('', architecture.title, 'network', null, start, () =>
    addSeries(architecture.layers, '', start),
  );
  const main = only(ended, Object.keys(architecture.layers).at(-1) ?? '');

  const ends = nodes.filter((node) => !consumers.has(node.id)).map((node) => node.id);
  // A tap may read the main output: it is one all the same.
  const outputs = [...(nodeById.has(main.id) ? [main.id] : []), ...ends.filter((id) => id !== main.id)];
  return {
    id: architecture.id,
    title: architecture.title,
    source: architecture.source,
    input,
    nodes,
    nodeById,
    groups,
    consumers,
    outputs,
    problem,
    unreached,
  };
}

/** The one tensor that a layer behind it reads. @throws ShapeError `loose-branches` where several leave */
function only(values: readonly Value[], name: string): Value {
  const [value] = values;
  if (value === undefined || values.length > 1) throw new ShapeError({ code: 'loose-branches', name });
  return value;
}

/** Whether an image already has the size that it would be pooled to: then the pooling changes nothing. */
const hasSize = (shape: Shape | null, [rows, columns]: Pair): boolean =>
  shape?.length === 3 && shape[1] === rows && shape[2] === columns;

const isSeries = (spec: Spec): spec is Series => spec.$ === undefined;

const roleOf = (spec: GroupSpec): GroupKind => spec.role;

const join = (parent: string, name: string): string => (parent === '' ? name : `${parent}/${name}`);

/** Names that were found sound: most are those of the layers of a block, over and over. */
const soundNames = new Set<string>();

/** @throws ShapeError `name` where the name cannot be a key, a path part and a PyTorch attribute at once */
function checkName(name: string): void {
  if (soundNames.has(name)) return;
  if (/^(0|[1-9]\d*)$/.test(name)) throw new ShapeError({ code: 'name', name, rule: 'integer-like' });
  if (name === '' || /[/.$]/.test(name)) {
    throw new ShapeError({ code: 'name', name, rule: 'empty-or-slash' });
  }
  soundNames.add(name);
}

/** A spec's operators in authored order, for checks that need no shapes. */
export function operatorsOf(spec: Spec): OperatorSpec[] {
  if (isSeries(spec)) return Object.values(spec).flatMap(operatorsOf);
  switch (spec.$) {
    case 'operator':
      return [spec];
    case 'group':
    case 'tap':
      return operatorsOf(spec.layers);
    case 'branches':
      return Object.values(spec.branches).flatMap(operatorsOf);
    case 'residual':
      return [spec.body, spec.shortcut, spec.after].flatMap(operatorsOf);
  }
}
