import { classesOf } from '../graph/class-list.ts';
import { inputProblem } from '../graph/lower.ts';
import { type Graph, INPUT } from '../graph/types.ts';
import type { Shape } from '../spec/types.ts';
import { buildGraph } from './build-graph.ts';
import { BOOL, bytesOfValues, dataTypeName, dataTypeOf } from './data-types.ts';
import { type FileParameter, parametersOf } from './file-parameters.ts';
import { ImportError, type ImportProblem } from './import-problem.ts';
import { type NoteCode, OperatorMapper, type Step, type UncountedReason } from './map-operators.ts';
import {
  type DeclaredValue,
  namesReadInside,
  type OnnxModel,
  type OnnxOperation,
  type Piece,
  readModel,
} from './read-model.ts';
import { shareConcats, simplify } from './simplify.ts';
import { constant, countOf, operatorName, placeOf, type Value } from './values.ts';

/**
 * The newest version of ONNX's operator set whose changes were read: those of 23 to 28 add types and operators, and
 * change no shape of an older one (onnx 1.23, operator schemas).
 */
export const NEWEST_OPSET = 28;

/** The oldest version that onnxruntime promises to run. */
const OLDEST_RUN = 7;

/** A file that stands beside the model, with weights that the model leaves to it. */
export interface FileBeside {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** How a file is to be read. */
export interface ImportOptions {
  /** `[channels, height, width]` instead of what the file says, or where it leaves that open. */
  readonly input?: Shape;
  /** The file's name, for the network's title. */
  readonly name?: string;
  /** Files given with it. */
  readonly files?: readonly FileBeside[];
  /** Which of the file's outputs is the answer, where it has several; one that cannot be reached is not taken. */
  readonly answer?: string;
}

/** Something the import did, and to how many calls of which operators. */
export interface ImportNote {
  readonly code: NoteCode;
  readonly operators: readonly { readonly operator: string; readonly count: number }[];
}

/** A node of a file whose operations are not counted. */
export interface UncountedNode {
  /** Id in the graph. */
  readonly id: string;
  readonly operator: string;
  /** `shape` where it could not be reached either: the shapes before it are not known. */
  readonly reason: UncountedReason | 'shape';
}

/** The weights of a file as they are stored. */
export interface StoredWeights {
  /** Bytes of all tensors. */
  readonly bytes: number;
  /** Bytes by type: `float32`, `int8` … */
  readonly byType: ReadonlyMap<string, number>;
  /** Names of other files that hold some of them. */
  readonly files: readonly string[];
  /** Why they cannot all be read, if so: the figure needs none of them, a run all. */
  readonly problem: ImportProblem | null;
}

/** A network read from a file. */
export interface ImportedModel {
  readonly graph: Graph;
  readonly producer: string;
  readonly irVersion: number;
  readonly opset: number;
  /** The input that the graph's `input` stands for, as a run has to feed it: with its batch axis. */
  readonly input: {
    readonly name: string;
    readonly type: string;
    readonly shape: Shape;
    /** Its channels where they stand last, and the graph's first; null where they stand as in the graph. */
    readonly channelsLast: number | null;
    /** Different images that one run takes: infinitely many where the file leaves their number open. */
    readonly mostImages: number;
  };
  /** Names of the inputs beside it, which a run would have to be given as well. */
  readonly otherInputs: readonly string[];
  /** Names of the outputs that are one number a class, in the file's order: any of them may be the answer. */
  readonly answers: readonly string[];
  /** Name of the output that the graph's first is; null where none of the file's could be reached. */
  readonly answer: string | null;
  /** Names in the file of the tensors that nodes make; some nodes make only a part of what one in the file does. */
  readonly tensors: ReadonlyMap<string, string>;
  /** Where the file has weights and biases, by the full names that the graph has for them. */
  readonly parameters: ReadonlyMap<string, FileParameter>;
  readonly notes: readonly ImportNote[];
  readonly uncounted: readonly UncountedNode[];
  readonly weights: StoredWeights;
}

/** A file that is read piece by piece: a `Blob` is one. */
export interface FileLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/**
 * The network in the bytes of an ONNX file: the same graph that a definition gives, with the file's own names where they
 * say something. Weights are not read, and nothing is copied.
 *
 * @throws ImportError
 */
export function importOnnx(bytes: Uint8Array, options: ImportOptions = {}): ImportedModel {
  const reading = readModel(bytes.length);
  let step = reading.next();
  while (!step.done) step = reading.next(bytes.subarray(step.value.at));
  return graphOfModel(step.value, options);
}

/** {@link importOnnx} of a file of which only the pieces that are needed are read. @throws ImportError */
export async function importOnnxFile(file: FileLike, options: ImportOptions = {}): Promise<ImportedModel> {
  const reading = readModel(file.size);
  const piece = async ({ at, length }: Piece): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  let step = reading.next();
  while (!step.done) {
    const bytes = await piece(step.value);
    step = reading.next(bytes);
  }
  return graphOfModel(step.value, options);
}

const isGiven = (name: string): boolean => name !== '';

function graphOfModel(model: OnnxModel, options: ImportOptions): ImportedModel {
  if (!(model.opset >= 1 && model.opset <= NEWEST_OPSET)) {
    throw new ImportError({ code: 'opset', version: model.opset, newest: NEWEST_OPSET });
  }
  if (model.nodes.length === 0) throw new ImportError({ code: 'no-graph' });
  if (model.outputs.length === 0) throw new ImportError({ code: 'no-output' });

  const wiring = wire(model);
  const inputs = model.inputs.filter(({ name }) => !model.tensors.has(name) && wiring.used.has(name));
  const main = inputs.find(({ shape }) => shape?.length === 4) ?? inputs[0];
  if (!main) throw new ImportError({ code: 'no-input' });
  const { full, single, batch, isOther } = inputShapeOf(model, main, options.input);
  const bad = inputProblem(single);
  if (bad) throw new ImportError({ code: 'input-shape', problem: bad });

  const bindings = new Map<string, number>();
  for (const [axis, extent] of (main.shape ?? []).entries()) {
    if (typeof extent === 'string') bindings.set(extent, full[axis] ?? 1);
  }
  const declared = new Map<string, DeclaredValue>(model.declared);
  for (const output of model.outputs) declared.set(output.name, output);
  const shapeSaid = (name: string): Shape | null => {
    // With another input than the file's own, what the file says of the tensors inside no longer holds.
    const said = isOther ? null : (declared.get(name)?.shape ?? null);
    const shape =
      said?.map((extent) => (typeof extent === 'string' ? (bindings.get(extent) ?? null) : extent)) ?? null;
    return shape?.every((extent) => extent !== null) ? (shape as number[]) : null;
  };

  const mapper = new OperatorMapper({
    opset: model.opset,
    batch,
    declared: shapeSaid,
    isUsed: (name) => wiring.used.has(name),
    functions: model.functions,
  });
  for (const tensor of model.tensors.values()) {
    mapper.values.set(
      tensor.name,
      constant(tensor.name, tensor.shape, {
        type: tensor.type,
        numbers: tensor.numbers,
        tensor: tensor.name,
        isInitialiser: true,
      }),
    );
  }
  const isNumbers = (value: DeclaredValue): value is DeclaredValue & { readonly type: number } =>
    typeof value.type === 'number' &&
    dataTypeOf(value.type) !== null &&
    dataTypeOf(value.type)?.kind !== 'text';
  if (!isNumbers(main)) {
    throw new ImportError({
      code: 'input-type',
      input: main.name,
      type: typeof main.type === 'number' ? dataTypeName(main.type) : main.type,
    });
  }
  mapper.values.set(main.name, constant(main.name, full, { source: INPUT, type: main.type }));
  const extra: Step[] = [];
  for (const other of inputs) {
    if (other === main) continue;
    mapper.note('several-inputs', other.name);
    const shape = other.shape?.map((extent, axis) =>
      typeof extent === 'number'
        ? extent
        : typeof extent === 'string'
          ? (bindings.get(extent) ?? (axis === 0 ? batch : null))
          : axis === 0
            ? batch
            : null,
    );
    const known = shape?.every((extent) => extent !== null) ? (shape as number[]) : null;
    mapper.values.set(
      other.name,
      constant(other.name, known, { source: other.name, type: isNumbers(other) ? other.type : 0 }),
    );
    if (known) extra.push(inputStep(other.name, known, batch));
    else mapper.stopped.push({ key: other.name, op: 'Opaque', node: inputNode(other.name), inputs: [] });
  }
  for (const node of wiring.order) mapper.map(node);
  for (const node of wiring.unused) mapper.note('unused', operatorName(node));
  if (model.opset < OLDEST_RUN) mapper.note('old-opset', String(model.opset));

  const others = inputs.flatMap((other) => (other === main ? [] : [other.name]));
  return finish(model, options, mapper, extra, { main, full, single, others });
}

/** A node for an input beside the picture. */
const inputNode = (name: string): OnnxOperation => ({
  name,
  type: 'Input',
  domain: '',
  inputs: [],
  outputs: [name],
  attributes: new Map(),
});

function inputStep(name: string, full: Shape, batch: number): Step {
  const shape = full.length >= 2 && full[0] === batch ? full.slice(1) : full.length === 0 ? [1] : full;
  return {
    key: name,
    op: 'Opaque',
    attributes: {
      operator: 'Input',
      result: 0,
      shape,
      operations: { multiplyAccumulate: 0, add: 0, multiply: 0, compare: 0, divide: 0, exponent: 0 },
      tensors: [],
      reach: 'unknown',
    },
    inputs: [],
    inputShapes: [],
    shape,
    node: inputNode(name),
    operator: 'Input',
    operands: [],
    tensor: name,
    weight: null,
  };
}

/** Steps into a graph: what belongs together is put together, what leads nowhere left out. */
function finish(
  model: OnnxModel,
  options: ImportOptions,
  mapper: OperatorMapper,
  extra: readonly Step[],
  input: {
    readonly main: DeclaredValue;
    readonly full: Shape;
    readonly single: Shape;
    readonly others: readonly string[];
  },
): ImportedModel {
  const made = model.outputs.flatMap(({ name }) => {
    const value: Value | undefined = mapper.values.get(name);
    return value && value.source !== null && value.source !== INPUT ? [{ name, key: value.source }] : [];
  });
  const sources = made.map(({ key }) => key);
  const stoppedKeys = new Set(mapper.stopped.map(({ key }) => key));
  const wanted = new Set([
    ...sources.filter((key) => !stoppedKeys.has(key)),
    ...mapper.stopped.flatMap(({ inputs }) => inputs),
  ]);
  const simple = simplify([...extra, ...mapper.steps], wanted, model.producer === 'ConvAtlas');
  let steps = reaching(shareConcats(simple), wanted);
  if (steps.length < simple.length) {
    const kept = new Set(steps.map(({ key }) => key));
    for (const step of simple) if (!kept.has(step.key)) mapper.note('unused', step.operator);
  }
  if (steps.length === 0 && mapper.stopped.length === 0) throw new ImportError({ code: 'no-graph' });

  let shape = input.single;
  const turned = turnedInput(steps);
  if (turned) {
    shape = turned.shape;
    mapper.note('input-transposed', 'Transpose');
    steps = steps.flatMap((step) =>
      step === turned
        ? []
        : [{ ...step, inputs: step.inputs.map((key) => (key === turned.key ? INPUT : key)) }],
    );
  }

  const known = new Set(steps.map(({ key }) => key));
  const read = new Set(steps.flatMap(({ inputs }) => inputs));
  const ends = steps.flatMap(({ key }) => (read.has(key) ? [] : [key]));
  // The answer, else what the file returns first, as far as it can be reached; then all else that nothing reads.
  const shapes = new Map(steps.map((step) => [step.key, step.shape]));
  const reached = made.filter(({ key }) => known.has(key));
  const answers = reached.filter(({ key }) => classesOf(shapes.get(key) ?? []) !== null);
  const answer = reached.find(({ name }) => name === options.answer) ?? answers[0] ?? reached[0] ?? null;
  const outputs = [
    ...new Set([...(answer ? [answer.key] : []), ...reached.map(({ key }) => key), ...ends.reverse()]),
  ];
  const [stopped] = mapper.stopped;
  const title = titleOf(model, options);
  const { graph, ids } = buildGraph({
    id: title,
    title,
    input: shape,
    steps,
    stopped: mapper.stopped,
    outputs,
    problem: (id) =>
      stopped
        ? {
            problem: { code: 'shape-unknown', operator: operatorName(stopped.node) },
            node: id,
            op: stopped.op,
            inputShapes: [],
          }
        : null,
  });

  const uncounted: UncountedNode[] = steps.flatMap((step) => {
    const reason = mapper.reasons.get(step.key);
    const id = ids.get(step.key);
    return reason && id !== undefined ? [{ id, operator: step.operator, reason }] : [];
  });
  for (const { key, node } of mapper.stopped) {
    uncounted.push({ id: ids.get(key) ?? key, operator: operatorName(node), reason: 'shape' });
  }
  return {
    graph,
    producer: model.producer,
    irVersion: model.irVersion,
    opset: model.opset,
    input: {
      name: input.main.name,
      type: typeof input.main.type === 'number' ? dataTypeName(input.main.type) : input.main.type,
      shape: input.full,
      channelsLast: turned === null ? null : (graph.input[0] ?? 1),
      mostImages: mostImagesOf(model, input.main, input.full),
    },
    otherInputs: input.others,
    answers: answers.map(({ name }) => name),
    answer: answer?.name ?? null,
    tensors: new Map(
      steps.flatMap(({ key, tensor }) => {
        const id = ids.get(key);
        return id !== undefined && tensor !== null ? [[id, tensor] as const] : [];
      }),
    ),
    parameters: new Map(
      steps.flatMap((step) =>
        parametersOf(step, model.opset).map(
          ([name, parameter]) => [`${ids.get(step.key) ?? step.key}.${name}`, parameter] as const,
        ),
      ),
    ),
    notes: [...mapper.notes].map(([code, counts]) => ({
      code,
      operators: [...counts].map(([operator, count]) => ({ operator, count })),
    })),
    uncounted,
    weights: weightsOf(model, options.files ?? []),
  };
}

/** The network's title: what the file is called, or what it calls itself. */
function titleOf(model: OnnxModel, { name }: ImportOptions): string {
  const own = (name?.replace(/^.*[/\\]/, '').replace(/\.onnx$/i, '') ?? '').trim();
  return (own || model.name.trim() || 'ONNX').slice(0, 80);
}

/** Steps from which something wanted is made. */
function reaching(steps: readonly Step[], wanted: ReadonlySet<string>): Step[] {
  const needed = new Set(wanted);
  const kept: Step[] = [];
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (!step || !needed.has(step.key)) continue;
    for (const key of step.inputs) needed.add(key);
    kept.push(step);
  }
  return kept.reverse();
}

/** The transposition of a picture whose channels come last, if that is all that reads it. */
function turnedInput(steps: readonly Step[]): Step | null {
  const readers = steps.filter(({ inputs }) => inputs.includes(INPUT));
  const [only] = readers;
  if (readers.length !== 1 || only?.operator !== 'Transpose' || only.shape.length !== 3) return null;
  const order = only.node.attributes.get('perm');
  return order?.kind === 'ints' && order.value.join() === '0,3,1,2' && steps.length > 1 ? only : null;
}

/** Nodes in an order in which each comes after what it reads; only those that lead to an output. */
function wire(model: OnnxModel): {
  readonly order: readonly OnnxOperation[];
  readonly unused: readonly OnnxOperation[];
  /** Names of the tensors that are read, or returned. */
  readonly used: ReadonlySet<string>;
} {
  const makers = new Map<string, number>();
  const given = new Set([...model.tensors.keys(), ...model.inputs.map(({ name }) => name)]);
  for (const [index, { outputs }] of model.nodes.entries()) {
    for (const name of outputs.filter(isGiven)) {
      if (makers.has(name) || given.has(name)) throw new ImportError({ code: 'duplicate', tensor: name });
      makers.set(name, index);
    }
  }
  // Inner graphs read tensors from outside without naming them as inputs.
  const readBy = model.nodes.map((node) => {
    const inside = namesReadInside(node);
    return inside.size === 0
      ? node.inputs.filter(isGiven)
      : [
          ...node.inputs.filter(isGiven),
          ...[...inside].filter((name) => makers.has(name) || given.has(name)),
        ];
  });
  const used = new Set<string>();
  const needed = new Set<number>();
  const waiting: string[] = [];
  const want = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    waiting.push(name);
  };
  for (const { name } of model.outputs) {
    if (!makers.has(name) && !given.has(name))
      throw new ImportError({ code: 'missing-output', tensor: name });
    want(name);
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const maker = makers.get(name);
    if (maker === undefined || needed.has(maker)) continue;
    needed.add(maker);
    const node = model.nodes[maker];
    for (const input of readBy[maker] ?? []) {
      if (node && !makers.has(input) && !given.has(input)) {
        throw new ImportError({ code: 'missing-tensor', tensor: input, ...placeOf(node) });
      }
      want(input);
    }
  }

  // Kahn's algorithm; a file in order, as ONNX wants it, stays as it is.
  const left = new Map<number, number>();
  const readers = new Map<number, number[]>();
  for (const index of needed) {
    const from = new Set((readBy[index] ?? []).flatMap((name) => makers.get(name) ?? []));
    left.set(index, from.size);
    for (const maker of from) {
      const list = readers.get(maker);
      if (list) list.push(index);
      else readers.set(maker, [index]);
    }
  }
  const isInOrder = [...needed].every((index) =>
    (readBy[index] ?? []).every((name) => (makers.get(name) ?? -1) < index),
  );
  const order: number[] = [];
  if (isInOrder) {
    order.push(...[...needed].sort((a, b) => a - b));
  } else {
    order.push(...[...needed].filter((index) => left.get(index) === 0).sort((a, b) => a - b));
    for (let at = 0; at < order.length; at += 1) {
      for (const reader of readers.get(order[at] ?? -1) ?? []) {
        const open = (left.get(reader) ?? 0) - 1;
        left.set(reader, open);
        if (open === 0) order.push(reader);
      }
    }
    if (order.length < needed.size) {
      const done = new Set(order);
      const nodes = [...needed].filter((index) => !done.has(index)).sort((a, b) => a - b);
      throw new ImportError({
        code: 'cycle',
        nodes: nodes.slice(0, 6).flatMap((index) => {
          const node = model.nodes[index];
          return node ? [placeOf(node).node] : [];
        }),
      });
    }
  }
  return {
    order: order.flatMap((index) => model.nodes[index] ?? []),
    unused: model.nodes.filter((_, index) => !needed.has(index)),
    used,
  };
}

/** The input's shape with its batch axis and without. @throws ImportError where the file leaves open what nobody gave */
function inputShapeOf(
  model: OnnxModel,
  main: DeclaredValue,
  asked: Shape | undefined,
): {
  readonly full: Shape;
  readonly single: Shape;
  readonly batch: number;
  /** Whether another size was asked for than the file's own. */
  readonly isOther: boolean;
} {
  const shape = main.shape ?? (asked ? [null, ...asked.map(() => null)] : []);
  const [first] = shape;
  // `[3, 224, 224]` is one picture, `[8, 3, 224, 224]` eight.
  const hasBatch = shape.length >= 2 && !(shape.length === 3 && typeof first === 'number' && first !== 1);
  const own = hasBatch ? shape.slice(1) : shape;
  const batch = hasBatch && typeof first === 'number' ? first : 1;
  if (asked && asked.length !== own.length) {
    throw new ImportError({ code: 'input-rank', input: main.name, asked, shape });
  }
  const single = asked ?? own;
  if (single.length === 0 || !single.every((extent): extent is number => typeof extent === 'number')) {
    throw new ImportError({
      code: 'input-size',
      input: main.name,
      shape,
      channels: channelsTaken(model, main.name),
    });
  }
  return {
    single,
    batch,
    full: hasBatch ? [batch, ...single] : single,
    isOther:
      asked !== undefined && own.some((extent, axis) => typeof extent === 'number' && extent !== asked[axis]),
  };
}

/** Operators that scale whole numbers by the range of the whole tensor: what else is in the batch changes them. */
const ranging: ReadonlySet<string> = new Set(['DynamicQuantizeLinear', 'DynamicQuantizeMatMul']);

/** Different images that a file takes in one run. */
function mostImagesOf({ nodes, outputs }: OnnxModel, main: DeclaredValue, full: Shape): number {
  const [declared = null] = main.shape ?? [];
  // Without a batch axis the first one is of the picture.
  if (main.shape?.length !== 4 || nodes.some(({ type }) => ranging.has(type))) return 1;
  if (typeof declared === 'number') return full[0] ?? 1;
  // A batch that is open at the input and fixed at an output is fixed by a reshape between them.
  return outputs.every(({ shape }) => !shape || typeof shape[0] !== 'number') ? Number.POSITIVE_INFINITY : 1;
}

/** Channels that a convolution of the input takes; null where none reads it directly. */
function channelsTaken(model: OnnxModel, input: string): number | null {
  for (const { type, inputs, attributes } of model.nodes) {
    if (type !== 'Conv' || inputs[0] !== input) continue;
    const weight = model.tensors.get(inputs[1] ?? '');
    const group = attributes.get('group');
    if (weight && weight.shape.length === 4) {
      return (weight.shape[1] ?? 0) * (group?.kind === 'int' ? group.value : 1);
    }
  }
  return null;
}

function weightsOf(model: OnnxModel, given: readonly FileBeside[]): StoredWeights {
  const byType = new Map<string, number>();
  const files = new Set<string>();
  const missing = new Set<string>();
  let bytes = 0;
  let problem: ImportProblem | null = null;
  const lastOf = (path: string): string => path.replace(/^.*[/\\]/, '');
  const sizes = new Map<string, number>();
  for (const { name, size } of given) sizes.set(lastOf(name), size);
  for (const { name, size } of given) sizes.set(name, size);
  for (const { name, type, shape, data } of model.tensors.values()) {
    const own = bytesOfValues(type, countOf(shape));
    bytes += own;
    if (type !== BOOL || own > 0) byType.set(dataTypeName(type), (byType.get(dataTypeName(type)) ?? 0) + own);
    if (data.kind !== 'outside') continue;
    files.add(data.file);
    const size = sizes.get(data.file) ?? sizes.get(lastOf(data.file));
    if (size === undefined) missing.add(data.file);
    else if (data.at + data.length > size) {
      problem ??= {
        code: 'external-short',
        file: data.file,
        tensor: name,
        size,
        needed: data.at + data.length,
      };
    }
  }
  if (missing.size > 0) problem = { code: 'external-missing', files: [...missing] };
  return { bytes, byType, files: [...files], problem };
}
