import { ShapeError } from '../graph/problem.ts';
import { sizeGuard } from '../graph/size-guard.ts';
import { operatorOf } from '../ops/index.ts';
import { sizeOf } from '../ops/window.ts';
import type {
  OpaqueAttributes,
  OperationCounts,
  OperatorAttributes,
  OpName,
  Padding,
  Pair,
  Shape,
} from '../spec/types.ts';
import { BOOL, dataTypeOf, FLOAT, STRING } from './data-types.ts';
import { foldConstant } from './fold-constants.ts';
import { countsOf, perValue, timesCounts } from './operation-counts.ts';
import { holdsGraphs, namesReadInside, type OnnxOperation } from './read-model.ts';
import { isRearranging, padsOf, rearranged } from './rearrange.ts';
import { isQuantisation, renamed, unquantised } from './unquantised.ts';
import {
  broadcast,
  Call,
  constant,
  countOf,
  operatorName,
  type SlidingWindow,
  slideOver,
  type Value,
  windowOf,
} from './values.ts';

/** An operator call of the engine, on its way into a graph. */
export interface Step {
  /** Name of the tensor that it makes, or of a part of it. */
  key: string;
  op: OpName;
  attributes: OperatorAttributes[OpName];
  /** Keys of the steps, or of the network's input, that it reads. */
  inputs: readonly string[];
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
  readonly shape: Shape;
  readonly node: OnnxOperation;
  /** As the file calls it. */
  readonly operator: string;
  /** The inputs of the plain operator, constants among them. */
  readonly operands: readonly (Value | null)[];
  /** The tensor of the file that it makes; null for a part of one. */
  tensor: string | null;
  /** Name of the tensor of the file that is its weight. */
  readonly weight: string | null;
}

/** What the import did that a reader should know, beside the operators that it left uncounted. */
export type NoteCode =
  /** Whole-number operators shown as the layers that they compute. */
  | 'quantised'
  /** Written as another operator of the same values: a mean over the image as global pooling … */
  | 'rewritten'
  /** Casts and identities, which change nothing. */
  | 'left-out'
  /** Weights that several layers share: their numbers are counted once. */
  | 'shared-weights'
  /** Nodes that lead to no output. */
  | 'unused'
  /** Inputs beside the picture. */
  | 'several-inputs'
  /** Pixels came last in the input; they are shown channels first. */
  | 'input-transposed'
  /** An operator set that today's runtimes may not run. */
  | 'old-opset';

/** Why the operations of a node are not known. */
export type UncountedReason = 'unknown-operator' | 'subgraph' | 'function' | 'definition';

/** A call that could not be reached, since a shape before it is not known. */
export interface Stopped {
  readonly key: string;
  readonly op: OpName;
  readonly node: OnnxOperation;
  readonly inputs: readonly string[];
}

/** What an operator's rules say of a call; a shape that they refuse is the file's fault, told with the call. */
function fitting<T>(call: Call, shapes: readonly Shape[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw call.fail({ code: 'misfit', problem: error.problem, shapes });
  }
}

/** Maps the operators of a file to the engine's, one by one in execution order. */
export class OperatorMapper {
  readonly steps: Step[] = [];
  readonly stopped: Stopped[] = [];
  readonly notes = new Map<NoteCode, Map<string, number>>();
  readonly reasons = new Map<string, UncountedReason>();
  readonly values = new Map<string, Value>();
  readonly #opset: number;
  readonly #batch: number;
  readonly #declared: (name: string) => Shape | null;
  readonly #isUsed: (name: string) => boolean;
  readonly #functions: ReadonlySet<string>;
  readonly #sizes = sizeGuard();
  readonly #weights = new Set<string>();

  constructor(options: {
    readonly opset: number;
    /** Extent of the first axis of what is computed for each image. */
    readonly batch: number;
    /** The shape that the file itself says of a tensor. */
    readonly declared: (name: string) => Shape | null;
    readonly isUsed: (name: string) => boolean;
    readonly functions: ReadonlySet<string>;
  }) {
    this.#opset = options.opset;
    this.#batch = options.batch;
    this.#declared = options.declared;
    this.#isUsed = options.isUsed;
    this.#functions = options.functions;
  }

  note(code: NoteCode, what: string): void {
    const counts = this.notes.get(code) ?? new Map<string, number>();
    this.notes.set(code, counts.set(what, (counts.get(what) ?? 0) + 1));
  }

  /** Takes one node in, all of whose inputs are known. */
  map(node: OnnxOperation): void {
    const inputs = node.inputs.map((name) => (name === '' ? null : (this.values.get(name) ?? null)));
    // Left-out inputs at the end say nothing.
    while (inputs.length > 0 && inputs.at(-1) === null) inputs.pop();
    const inside = this.#inputsInside(node);
    const all = [...inputs, ...inside];
    const call = new Call(node, node.domain === '' ? node.type : operatorName(node), inputs, this.#opset);

    if (all.every((value) => value === null || value.source === null) && !isRandom(node)) {
      for (const [index, name] of node.outputs.entries()) {
        if (name === '') continue;
        const declared = this.#declared(name);
        this.values.set(name, index === 0 ? foldConstant(call, name, declared) : constant(name, declared));
      }
      return;
    }
    if (all.some((value) => value?.source != null && value.shape === null)) {
      this.#stop(node, all);
      return;
    }
    const [first] = inputs;
    if (node.domain === '' && (node.type === 'Shape' || node.type === 'Size')) {
      this.values.set(node.outputs[0] ?? '', foldConstant(call, node.outputs[0] ?? '', null));
      return;
    }
    if (isQuantisation(node) && first?.source != null) {
      this.note('quantised', node.type);
      this.#alias(node, first);
      return;
    }
    if (node.domain === '' && node.type === 'DynamicQuantizeLinear' && first) {
      this.note('quantised', node.type);
      this.#alias(node, first);
      for (const name of node.outputs.slice(1)) {
        if (name !== '') this.values.set(name, constant(name, [], { type: FLOAT, isScale: true }));
      }
      return;
    }
    const plain = unquantised(node, inputs);
    if (plain) {
      this.note('quantised', operatorName(node));
      this.#apply(new Call(node, plain.type, plain.inputs, this.#opset), true);
      return;
    }
    const type = renamed(node);
    if (type !== null) this.#apply(new Call(node, type, inputs, this.#opset), false);
    else if (!this.#fused(call)) this.#unknown(call, inside);
  }

  /** Values from outside that a node's own graphs read. */
  #inputsInside(node: OnnxOperation): Value[] {
    if (!holdsGraphs(node)) return [];
    return [...namesReadInside(node)].flatMap((name) => {
      const value = this.values.get(name);
      return value && !node.inputs.includes(name) ? [value] : [];
    });
  }

  #alias(node: OnnxOperation, value: Value): void {
    const name = node.outputs[0] ?? '';
    if (name !== '') this.values.set(name, { ...value, name });
  }

  #stop(node: OnnxOperation, inputs: readonly (Value | null)[]): void {
    const op =
      Object.hasOwn(directly, node.type) && node.domain === '' ? (directly[node.type] as OpName) : 'Opaque';
    for (const name of node.outputs) {
      if (name === '' || !this.#isUsed(name)) continue;
      this.stopped.push({
        key: name,
        op,
        node,
        inputs: inputs.flatMap((value) => (value?.source != null ? [value.source] : [])),
      });
      this.values.set(name, constant(name, null, { source: name }));
    }
  }

  /** A shape without its batch axis, where it has one. */
  #single(call: Call, shape: Shape): Shape {
    if (shape.length >= 2 && shape[0] === this.#batch) return shape.slice(1);
    if (this.#batch !== 1) throw call.fail({ code: 'batch', batch: this.#batch });
    return shape.length === 0 ? [1] : shape;
  }

  /** The shape of an engine's result with the batch axis that its input has. */
  #batched(like: Shape, shape: Shape): Shape {
    return like.length >= 2 && like[0] === this.#batch ? [this.#batch, ...shape] : shape;
  }

  /** Adds a step whose shape the engine's own rule says. */
  #emit<O extends OpName>(
    call: Call,
    op: O,
    attributes: OperatorAttributes[O],
    operands: readonly Value[],
    options: { readonly part?: string; readonly full?: Shape; readonly weight?: Value | null } = {},
  ): Value {
    const from = operands.filter((value) => value.source !== null);
    const inputShapes = from.map((value) => this.#single(call, value.shape ?? []));
    const output = call.node.outputs[0] ?? '';
    const key = options.part === undefined ? output : `${output}#${options.part}`;
    const operator = operatorOf(op);
    const shape = fitting(call, inputShapes, () => {
      const output = operator.inferShape(attributes as never, inputShapes);
      this.#sizes.count(op, { attributes: attributes as never, inputs: inputShapes, output });
      return output;
    });
    const full = options.full ?? this.#batched(from[0]?.shape ?? [], shape);
    this.steps.push({
      key,
      op,
      attributes,
      inputs: from.map((value) => value.source ?? ''),
      inputShapes,
      shape,
      node: call.node,
      operator: operatorName(call.node),
      operands: call.inputs,
      tensor: options.part === undefined ? output : null,
      weight: options.weight?.tensor ?? options.weight?.name ?? null,
    });
    const value = constant(key, full, { source: key, type: from[0]?.type ?? FLOAT });
    if (options.part === undefined) this.values.set(output, value);
    return value;
  }

  /** Adds a step that has no rules in the engine: what is known of it is given. */
  #opaque(
    call: Call,
    full: Shape,
    operations: OperationCounts | null,
    reach: OpaqueAttributes['reach'],
    options: {
      readonly result?: number;
      readonly also?: readonly Value[];
      readonly reason?: UncountedReason;
      /** Constants that are counted as its parameters whatever they look like; by default those that seem learnt. */
      readonly weights?: readonly Value[];
      readonly withoutTensors?: boolean;
    } = {},
  ): void {
    const { result = 0 } = options;
    const output = call.node.outputs[result] ?? '';
    if (output === '') return;
    for (const extent of full) if (!Number.isSafeInteger(extent) || extent < 1) throw call.misfits();
    const operands = [...call.inputs, ...(options.also ?? [])].filter((value) => value !== null);
    const from = operands.filter((value) => value.source !== null);
    const shape = this.#single(call, full);
    const inputShapes = from.map((value) => this.#single(call, value.shape ?? []));
    const weights = options.withoutTensors
      ? []
      : (options.weights ?? operands.filter((value) => value.source === null && seemsLearnt(value)));
    const attributes: OpaqueAttributes = {
      operator: operatorName(call.node),
      result,
      shape,
      operations,
      tensors:
        result > 0
          ? []
          : weights.flatMap((value, index) =>
              value.shape ? [{ name: `tensor${index + 1}`, shape: value.shape, learnable: true }] : [],
            ),
      reach,
    };
    fitting(call, inputShapes, () =>
      this.#sizes.count('Opaque', { attributes, inputs: inputShapes, output: shape }),
    );
    if (operations === null && result === 0) this.reasons.set(output, options.reason ?? 'definition');
    this.steps.push({
      key: output,
      op: 'Opaque',
      attributes,
      inputs: from.map((value) => value.source ?? ''),
      inputShapes,
      shape,
      node: call.node,
      operator: operatorName(call.node),
      operands: call.inputs,
      tensor: output,
      weight: weights[0]?.tensor ?? null,
    });
    this.values.set(output, constant(output, full, { source: output, type: from[0]?.type ?? FLOAT }));
  }

  /** An operator of which neither definition nor shape rule stands here: as many results as are used, uncounted. */
  #unknown(call: Call, also: readonly Value[], reason?: UncountedReason): void {
    const { node } = call;
    const why: UncountedReason =
      reason ??
      (holdsGraphs(node)
        ? 'subgraph'
        : this.#functions.has(`${node.domain}.${node.type}`)
          ? 'function'
          : 'unknown-operator');
    let result = 0;
    for (const [index, name] of node.outputs.entries()) {
      if (name === '' || (index > 0 && !this.#isUsed(name))) continue;
      const shape = this.#declared(name);
      if (!shape) {
        this.stopped.push({
          key: name,
          op: 'Opaque',
          node,
          inputs: [...call.inputs, ...also].flatMap((value) => (value?.source != null ? [value.source] : [])),
        });
        this.values.set(name, constant(name, null, { source: name }));
        continue;
      }
      // The first that is used bears what the operator costs, known or not.
      this.#opaque(reordered(call, index), shape, result === 0 ? null : countsOf({}), 'unknown', {
        also,
        reason: why,
        ...(result === 0 ? {} : { withoutTensors: true }),
      });
      result += 1;
    }
  }

  /** Convolutions and products of onnxruntime's own with the activation behind them. */
  #fused(call: Call): boolean {
    const { node } = call;
    if (node.domain !== 'com.microsoft') return false;
    if (node.type === 'FusedConv' || node.type === 'FusedGemm') {
      const activation = call.text('activation', '');
      const direct = fusedActivations[activation];
      // A fourth input is added before the activation.
      if (!direct || call.inputs.length > 3) return false;
      const type = node.type === 'FusedConv' ? 'Conv' : 'Gemm';
      this.note('rewritten', operatorName(node));
      const inner = { ...node, outputs: [`${node.outputs[0]}#${type.toLowerCase()}`] };
      this.#apply(new Call(inner, type, call.inputs, this.#opset), false);
      const made = this.values.get(inner.outputs[0] ?? '');
      const last = this.steps.at(-1);
      if (!made || !last) return false;
      last.tensor = null;
      this.#emit(call, direct, {}, [made]);
      return true;
    }
    if (node.type === 'FusedMatMul' && call.int('transA', 0) === 0 && call.int('transB', 0) === 0) {
      this.#apply(new Call(node, 'MatMul', call.inputs, this.#opset), false);
      return true;
    }
    return false;
  }

  #apply(call: Call, isQuantised: boolean): void {
    const { type } = call;
    switch (type) {
      case 'Conv':
        this.#conv(call, isQuantised);
        return;
      case 'ConvTranspose':
        this.#convTranspose(call);
        return;
      case 'Gemm':
        this.#gemm(call, isQuantised);
        return;
      case 'MatMul':
        this.#matMul(call, isQuantised);
        return;
      case 'BatchNormalization':
        this.#batchNorm(call);
        return;
      case 'MaxPool':
      case 'AveragePool':
        this.#pool(call, type);
        return;
      case 'LpPool':
        this.#opaque(call, this.#slid(call), null, 'unknown');
        return;
      case 'GlobalAveragePool':
      case 'GlobalMaxPool':
        this.#globalPool(call, type, call.value(0), false);
        return;
      case 'GlobalLpPool':
        this.#opaque(
          call,
          call.shape(0).map((extent, axis) => (axis < 2 ? extent : 1)),
          null,
          'global',
        );
        return;
      case 'LRN':
        this.#lrn(call);
        return;
      case 'Softmax':
      case 'LogSoftmax':
      case 'Hardmax':
        this.#softmax(call, type);
        return;
      case 'Relu':
      case 'Sigmoid':
        this.#emit(call, type, {}, [call.value(0)]);
        return;
      case 'Tanh':
        this.#emit(call, 'Tanh', { amplitude: 1, slope: 1 }, [call.value(0)]);
        return;
      case 'Dropout':
        this.#dropout(call);
        return;
      case 'Identity':
      case 'Cast':
      case 'CastLike':
        this.note('left-out', type);
        this.#alias(call.node, call.value(0));
        return;
      case 'Concat':
        this.#concat(call);
        return;
      case 'Pad':
        this.#pad(call);
        return;
      case 'ReduceMean':
      case 'ReduceSum':
      case 'ReduceMax':
      case 'ReduceMin':
      case 'ReduceProd':
      case 'ReduceL1':
      case 'ReduceL2':
      case 'ReduceSumSquare':
      case 'ReduceLogSum':
      case 'ReduceLogSumExp':
      case 'ArgMax':
      case 'ArgMin':
        this.#reduce(call);
        return;
      case 'Resize':
      case 'Upsample':
        this.#resize(call);
        return;
      case 'InstanceNormalization':
      case 'LayerNormalization':
      case 'GroupNormalization':
        this.#normalise(call);
        return;
      default:
    }
    if (isRearranging(type)) {
      this.#rearrange(call);
      return;
    }
    const counts = perValue[type];
    if (counts) {
      this.#elementwise(call, counts);
      return;
    }
    this.#unknown(call, this.#inputsInside(call.node));
  }

  /** A weight that several layers share is counted where it comes first. */
  #isShared(call: Call, weight: Value): boolean {
    if (weight.tensor === null) return false;
    const before = this.#weights.has(weight.tensor);
    this.#weights.add(weight.tensor);
    if (before) this.note('shared-weights', call.node.type);
    return before;
  }

  #numeric(call: Call, value: Value, isQuantised: boolean): void {
    const kind = dataTypeOf(value.type)?.kind;
    if (kind === undefined || kind === 'float' || (isQuantised && kind === 'integer')) return;
    throw call.wrongType(value);
  }

  #conv(call: Call, isQuantised: boolean): void {
    const image = call.shape(0);
    const weight = call.value(1);
    const shape = call.shape(1);
    const bias = call.inputs[2] ?? null;
    this.#numeric(call, weight, isQuantised);
    const [channels = 0, perGroup = 0, ...kernel] = shape;
    const groups = call.int('group', 1);
    if (kernel.length < 1 || shape.length !== image.length || groups < 1) throw call.misfits();
    if (image[1] !== perGroup * groups) throw call.misfits();
    const named = call.ints('kernel_shape');
    if (named && named.length > 0 && named.join() !== kernel.join()) throw call.badAttribute('kernel_shape');
    if (bias?.shape && (bias.shape.length !== 1 || bias.shape[0] !== channels)) throw call.misfits();
    const window = windowOf(call, kernel, image);
    const isPlain = kernel.length === 2 && weight.source === null && !(bias && bias.source !== null);
    if (isPlain && !this.#isShared(call, weight)) {
      const connections = connectionsOf(weight);
      this.#emit(
        call,
        'Conv',
        {
          channels,
          kernel: pair(kernel),
          stride: pair(window.strides),
          padding: sides(window.pads),
          dilation: pair(window.dilations),
          groups,
          bias: bias !== null,
          ...(connections ? { connections } : {}),
        },
        [call.value(0)],
        { weight },
      );
      return;
    }
    const extents = slideOver(call, { ...window, ceil: false }, image);
    const full = [image[0] ?? 1, channels, ...extents];
    const outputs = this.#sizeOf(call, full);
    this.#opaque(
      call,
      full,
      countsOf({ multiplyAccumulate: outputs * perGroup * countOf(kernel), add: bias ? outputs : 0 }),
      'unknown',
      {
        weights: isPlain
          ? []
          : [weight, bias].flatMap((value) => (value && value.source === null ? [value] : [])),
      },
    );
  }

  #convTranspose(call: Call): void {
    const image = call.shape(0);
    const [inputs = 0, perGroup = 0, ...kernel] = call.shape(1);
    const weight = call.value(1);
    const bias = call.inputs[2] ?? null;
    this.#numeric(call, weight, false);
    const groups = call.int('group', 1);
    if (kernel.length < 1 || image.length !== kernel.length + 2 || image[1] !== inputs || groups < 1)
      throw call.misfits();
    const axes = kernel.length;
    const strides = call.list('strides', axes, 1, 1);
    const dilations = call.list('dilations', axes, 1, 1);
    const extra = call.list('output_padding', axes, 0, 0);
    const pads = call.list('pads', 2 * axes, 0, 0);
    const named = call.ints('output_shape');
    const auto = call.text('auto_pad', 'NOTSET');
    const extents = kernel.map((own, axis) => {
      const stride = strides[axis] ?? 1;
      const extent = image[axis + 2] ?? 1;
      if (named && named.length > 0) return named[axis - axes + named.length] ?? 0;
      if (auto.startsWith('SAME')) return extent * stride;
      const window = (dilations[axis] ?? 1) * (own - 1) + 1;
      return (
        stride * (extent - 1) + (extra[axis] ?? 0) + window - (pads[axis] ?? 0) - (pads[axis + axes] ?? 0)
      );
    });
    const full = [image[0] ?? 1, perGroup * groups, ...extents];
    const cells = this.#sizeOf(call, image);
    this.#opaque(
      call,
      full,
      countsOf({
        multiplyAccumulate: cells * perGroup * countOf(kernel),
        add: bias ? this.#sizeOf(call, full) : 0,
      }),
      'unknown',
      { weights: [weight, bias].flatMap((value) => (value && value.source === null ? [value] : [])) },
    );
  }

  #gemm(call: Call, isQuantised: boolean): void {
    const a = call.shape(0);
    const b = call.shape(1);
    const weight = call.value(1);
    const bias = call.inputs[2] ?? null;
    this.#numeric(call, weight, isQuantised);
    if (a.length !== 2 || b.length !== 2) throw call.misfits();
    const transA = call.int('transA', 0) !== 0;
    const transB = call.int('transB', 0) !== 0;
    const [rows = 1, inner] = transA ? [a[1], a[0]] : a;
    const [from, features = 1] = transB ? [b[1], b[0]] : b;
    if (inner !== from) throw call.misfits();
    if (bias?.shape) {
      const together = broadcast([bias.shape, [rows, features]]);
      if (together?.join() !== [rows, features].join()) throw call.misfits();
    }
    const isLayer =
      !transA &&
      call.value(0).source !== null &&
      weight.source === null &&
      (bias === null || (bias.source === null && bias.shape !== null && countOf(bias.shape) === features));
    if (isLayer && !this.#isShared(call, weight)) {
      this.#emit(call, 'Gemm', { features, bias: bias !== null }, [call.value(0)], { weight });
      return;
    }
    const full = [rows, features];
    const outputs = this.#sizeOf(call, full);
    this.#opaque(
      call,
      full,
      countsOf({ multiplyAccumulate: outputs * (inner ?? 0), add: bias ? outputs : 0 }),
      'global',
      isLayer ? { withoutTensors: true } : { weights: constantsOf(call) },
    );
  }

  #matMul(call: Call, isQuantised: boolean): void {
    const a = call.shape(0);
    const b = call.shape(1);
    const weight = call.value(1);
    const bias = call.inputs[2] ?? null;
    for (const value of [call.value(0), weight]) {
      if (value.source === null) this.#numeric(call, value, isQuantised);
    }
    if (a.length < 1 || b.length < 1) throw call.misfits();
    const inner = a.at(-1) ?? 0;
    if (inner !== (b.length === 1 ? b[0] : b.at(-2))) throw call.misfits();
    const isLayer =
      a.length === 2 && b.length === 2 && weight.source === null && call.value(0).source !== null;
    if (isLayer && !this.#isShared(call, weight)) {
      this.#emit(call, 'Gemm', { features: b[1] ?? 1, bias: bias !== null }, [call.value(0)], { weight });
      return;
    }
    const before = broadcast([a.slice(0, -2), b.slice(0, -2)]);
    if (!before) throw call.misfits();
    const full = [
      ...before,
      ...(a.length > 1 ? [a.at(-2) ?? 1] : []),
      ...(b.length > 1 ? [b.at(-1) ?? 1] : []),
    ];
    const outputs = this.#sizeOf(call, full);
    this.#opaque(
      call,
      full,
      countsOf({ multiplyAccumulate: outputs * inner, add: bias ? outputs : 0 }),
      'global',
      isLayer ? { withoutTensors: true } : { weights: constantsOf(call) },
    );
  }

  #batchNorm(call: Call): void {
    const shape = call.shape(0);
    const own = [1, 2, 3, 4].map((index) => call.value(index));
    const isPlain =
      shape.length >= 2 && call.int('spatial', 1) === 1 && own.every((value) => value.source === null);
    for (const index of [1, 2, 3, 4]) {
      const found = call.shape(index);
      if (isPlain && (found.length !== 1 || found[0] !== shape[1])) throw call.misfits();
      this.#numeric(call, call.value(index), false);
    }
    if (isPlain) {
      this.#emit(
        call,
        'BatchNormalization',
        {
          epsilon: call.float('epsilon', 1e-5),
          // ONNX says what is kept of the running mean, PyTorch and the engine what comes in.
          momentum: Number((1 - call.float('momentum', 0.9)).toPrecision(6)),
        },
        [call.value(0)],
        { weight: own[0] ?? null },
      );
      return;
    }
    const values = this.#sizeOf(call, shape);
    this.#opaque(call, shape, timesCounts({ multiply: 1, add: 1 }, values), 'pointwise', {
      weights: own.slice(0, 2).filter((value) => value.source === null),
    });
  }

  #slid(call: Call): Shape {
    const image = call.shape(0);
    const kernel = call.ints('kernel_shape');
    if (!kernel?.every((extent) => Number.isSafeInteger(extent) && extent >= 1))
      throw call.badAttribute('kernel_shape');
    const window = windowOf(call, kernel, image);
    return [...image.slice(0, 2), ...slideOver(call, window, image)];
  }

  #pool(call: Call, op: 'MaxPool' | 'AveragePool'): void {
    const image = call.shape(0);
    const kernel = call.ints('kernel_shape');
    if (!kernel || kernel.length === 0) throw call.badAttribute('kernel_shape');
    if (!kernel.every((extent) => Number.isSafeInteger(extent) && extent >= 1))
      throw call.badAttribute('kernel_shape');
    const window = windowOf(call, kernel, image);
    const countPadding = call.int('count_include_pad', 0) === 1;
    const hasPlaces = call.node.outputs.length > 1 && this.#isUsed(call.node.outputs[1] ?? '');
    if (kernel.length === 2 && window.dilations.every((dilation) => dilation === 1) && !hasPlaces) {
      const attributes = {
        kernel: pair(kernel),
        stride: pair(window.strides),
        padding: sides(window.pads),
        rounding: roundingOf(window, image),
      } as const;
      if (op === 'MaxPool') this.#emit(call, op, attributes, [call.value(0)]);
      else this.#emit(call, op, { ...attributes, countPadding }, [call.value(0)]);
      return;
    }
    const full = [...image.slice(0, 2), ...slideOver(call, window, image)];
    const outputs = this.#sizeOf(call, full);
    const cells = countOf(kernel);
    const counts = op === 'MaxPool' ? { compare: cells - 1 } : { add: cells - 1, divide: 1 };
    this.#opaque(call, full, timesCounts(counts, outputs), 'unknown');
    if (hasPlaces) this.#opaque(call, full, countsOf({}), 'unknown', { result: 1 });
  }

  /** The mean or maximum of each channel over the whole image. */
  #globalPool(call: Call, type: 'GlobalAveragePool' | 'GlobalMaxPool', from: Value, isFlat: boolean): void {
    const shape = from.shape ?? [];
    if (shape.length === 4) {
      const part = isFlat ? { part: 'pool' } : {};
      let pooled: Value;
      if (type === 'GlobalAveragePool') {
        pooled = this.#emit(call, 'GlobalAveragePool', {}, [from], part);
      } else {
        const kernel = pair(shape.slice(2));
        this.note('rewritten', call.node.type);
        pooled = this.#emit(
          call,
          'MaxPool',
          { kernel, stride: kernel, padding: [0, 0, 0, 0], rounding: 'floor' },
          [from],
          part,
        );
      }
      if (isFlat) this.#emit(call, 'Flatten', {}, [pooled]);
      return;
    }
    if (shape.length < 3) throw call.misfits();
    const full = shape.map((extent, axis) => (axis < 2 ? extent : 1));
    const outputs = this.#sizeOf(call, full);
    const read = this.#sizeOf(call, shape);
    this.#opaque(
      call,
      full,
      countsOf(
        type === 'GlobalAveragePool' ? { add: read - outputs, divide: outputs } : { compare: read - outputs },
      ),
      'global',
    );
  }

  #lrn(call: Call): void {
    const size = call.int('size', 0);
    if (size < 1) throw call.badAttribute('size');
    this.#emit(
      call,
      'LRN',
      {
        size,
        alpha: call.float('alpha', 1e-4),
        beta: call.float('beta', 0.75),
        bias: call.float('bias', 1),
      },
      [call.value(0)],
    );
  }

  #softmax(call: Call, type: 'Softmax' | 'LogSoftmax' | 'Hardmax'): void {
    const shape = call.shape(0);
    const rank = shape.length;
    if (rank === 0) throw call.misfits();
    const isOld = this.#opset < 13;
    const axis = call.axis(call.int('axis', isOld ? 1 : -1), rank);
    // Before opset 13 all axes from the named one on were taken together.
    const length = isOld ? countOf(shape.slice(axis)) : (shape[axis] ?? 1);
    if (type === 'Softmax' && axis === 1 && length === shape[1]) {
      this.#emit(call, 'Softmax', {}, [call.value(0)]);
      return;
    }
    const values = this.#sizeOf(call, shape);
    const groups = length === 0 ? 0 : values / length;
    const counts = {
      Softmax: { compare: values - groups, add: 2 * values - groups, exponent: values, divide: values },
      LogSoftmax: { compare: values - groups, add: 3 * values - groups, exponent: values + groups },
      Hardmax: { compare: values - groups },
    }[type];
    this.#opaque(call, shape, countsOf(counts), 'pointwise');
  }

  #dropout(call: Call): void {
    const given = call.inputs[1]?.numbers?.[0];
    const rate = call.inputs.length > 1 ? (given ?? 0.5) : call.float('ratio', 0.5);
    const shape = call.shape(0);
    if (!Number.isFinite(rate)) throw call.badAttribute('ratio');
    this.#emit(call, 'Dropout', { rate: Number(rate.toPrecision(6)) }, [call.value(0)]);
    const mask = call.node.outputs[1];
    if (mask && this.#isUsed(mask)) this.#opaque(call, shape, countsOf({}), 'pointwise', { result: 1 });
  }

  #concat(call: Call): void {
    const shapes = rearranged(call);
    const full = shapes[0] ?? [];
    const values = call.inputs.flatMap((value) => (value ? [value] : []));
    const axis = call.axis(call.int('axis', 1), full.length);
    const isPlain = axis === 1 && full.length >= 2 && values.every((value) => value.source !== null);
    if (isPlain && values.length === 1) this.#alias(call.node, call.value(0));
    else if (isPlain) this.#emit(call, 'Concat', {}, values);
    else this.#opaque(call, full, countsOf({}), 'pointwise', { withoutTensors: true });
  }

  #pad(call: Call): void {
    const shape = call.shape(0);
    const pads = padsOf(call, shape.length);
    const full = rearranged(call)[0] ?? shape;
    const value =
      call.inputs.length > 2 && call.inputs[2]
        ? (call.inputs[2].numbers?.[0] ?? null)
        : call.float('value', 0);
    const isPlain =
      shape.length === 4 &&
      pads.every((side) => Number.isSafeInteger(side) && side >= 0) &&
      pads[0] === 0 &&
      pads[4] === 0 &&
      call.text('mode', 'constant') === 'constant' &&
      value !== null &&
      Number.isFinite(value);
    const side = (index: number): number => pads[index] ?? 0;
    if (isPlain && pads.every((own) => own === 0)) {
      this.note('left-out', 'Pad');
      this.#alias(call.node, call.value(0));
    } else if (isPlain) {
      this.#emit(
        call,
        'Pad',
        { padding: [side(2), side(3), side(6), side(7)], channels: [side(1), side(5)], value },
        [call.value(0)],
      );
    } else {
      this.#opaque(
        call,
        full,
        countsOf({}),
        full.slice(-2).join() === shape.slice(-2).join() ? 'pointwise' : 'unknown',
        {
          withoutTensors: true,
        },
      );
    }
  }

  #rearrange(call: Call): void {
    const shapes = rearranged(call);
    const from = call.value(0);
    const shape = from.shape ?? [];
    const [full = []] = shapes;
    const isView =
      call.type === 'Reshape' ||
      call.type === 'Flatten' ||
      call.type === 'Squeeze' ||
      call.type === 'Unsqueeze';
    if (from.source !== null && (isView || call.type === 'Transpose')) {
      if (full.join() === shape.join() && isView) {
        this.note('left-out', call.type);
        this.#alias(call.node, from);
        return;
      }
      // Images as lists of features, images apart.
      if (
        isView &&
        full.length === 2 &&
        full[0] === this.#batch &&
        shape[0] === this.#batch &&
        shape.length > 2
      ) {
        this.#emit(call, 'Flatten', {}, [from]);
        return;
      }
    }
    for (const [index, result] of shapes.entries()) {
      const name = call.node.outputs[index];
      if (!name || (index > 0 && !this.#isUsed(name))) continue;
      const samePlace =
        isView || call.type === 'Transpose' || result.slice(-2).join() === shape.slice(-2).join();
      this.#opaque(reordered(call, index), result, countsOf({}), samePlace ? 'pointwise' : 'unknown', {
        withoutTensors: true,
      });
    }
  }

  #elementwise(call: Call, counts: Partial<OperationCounts>): void {
    const values = call.inputs.flatMap((value) => (value ? [value] : []));
    const from = values.filter((value) => value.source !== null);
    const [first] = from;
    for (const value of values) if (value.type === STRING) throw call.wrongType(value);
    // Scaling whole numbers back to what they stand for is no layer.
    if (
      call.type === 'Mul' &&
      from.length === 1 &&
      first &&
      values.every((value) => value === first || value.isScale)
    ) {
      this.note('quantised', 'Mul');
      this.#alias(call.node, first);
      return;
    }
    const shapes = values.flatMap(({ shape }, index) =>
      // Clip's bounds and the like are scalars; before opset 7 the second operand was laid along an axis.
      shape && (index === 0 || !this.#isLaidOut(call)) ? [shape] : [],
    );
    const full = broadcast(shapes);
    if (!full || values.some(({ shape }) => shape === null)) throw call.misfits();
    const sameShape =
      from.length === values.length && values.every(({ shape }) => shape?.join() === full.join());
    if ((call.type === 'Add' || call.type === 'Sum') && sameShape && values.length > 1) {
      this.#emit(call, 'Add', {}, values);
      return;
    }
    if ((call.type === 'Add' || call.type === 'Sum') && values.length === 1 && first) {
      this.#alias(call.node, first);
      return;
    }
    const isVariadic = call.type === 'Sum' || call.type === 'Max' || call.type === 'Min';
    const times = this.#sizeOf(call, full) * (isVariadic ? values.length - 1 : 1);
    this.#opaque(call, full, timesCounts(counts, times), 'pointwise');
  }

  #isLaidOut(call: Call): boolean {
    return this.#opset < 7 && call.int('broadcast', 0) === 1;
  }

  #reduce(call: Call): void {
    const { type } = call;
    const shape = call.shape(0);
    const rank = shape.length;
    const isArg = type === 'ArgMax' || type === 'ArgMin';
    const named = isArg ? [call.axis(call.int('axis', 0), rank)] : call.axes(rank);
    const isNothing = named === null || named.length === 0;
    if (isNothing && call.int('noop_with_empty_axes', 0) === 1) {
      this.#alias(call.node, call.value(0));
      return;
    }
    const axes = isNothing ? shape.map((_, axis) => axis) : named;
    const keeps = call.int('keepdims', 1) === 1;
    const isImage = rank === 4 && [...axes].sort().join() === '2,3';
    if (isImage && (type === 'ReduceMean' || type === 'ReduceMax')) {
      this.note('rewritten', type);
      this.#globalPool(
        call,
        type === 'ReduceMean' ? 'GlobalAveragePool' : 'GlobalMaxPool',
        call.value(0),
        !keeps,
      );
      return;
    }
    const full = keeps
      ? shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
      : shape.filter((_, axis) => !axes.includes(axis));
    const outputs = this.#sizeOf(call, full);
    const read = this.#sizeOf(call, shape);
    const joined = read - outputs;
    const counts: Partial<OperationCounts> =
      {
        ReduceMean: { add: joined, divide: outputs },
        ReduceSum: { add: joined },
        ReduceMax: { compare: joined },
        ReduceMin: { compare: joined },
        ReduceProd: { multiply: joined },
        ReduceL1: { compare: read, add: joined },
        ReduceL2: { multiply: read, add: joined, exponent: outputs },
        ReduceSumSquare: { multiply: read, add: joined },
        ReduceLogSum: { add: joined, exponent: outputs },
        ReduceLogSumExp: { exponent: read + outputs, add: joined },
        ArgMax: { compare: joined },
        ArgMin: { compare: joined },
      }[type] ?? {};
    this.#opaque(call, full, countsOf(counts), 'global', { withoutTensors: true });
  }

  #resize(call: Call): void {
    const shape = call.shape(0);
    const rank = shape.length;
    const isUpsample = call.type === 'Upsample';
    const scalesAttribute = call.node.attributes.get('scales');
    const scales =
      scalesAttribute?.kind === 'floats'
        ? scalesAttribute.value
        : isUpsample || this.#opset < 11
          ? call.numbers(1)
          : call.inputs[2] && call.inputs[2].shape?.[0] !== 0
            ? call.numbers(2)
            : null;
    const sizes = !isUpsample && this.#opset >= 11 && call.inputs[3] ? call.numbers(3) : null;
    const named = call.ints('axes');
    const axes = named ? named.map((axis) => call.axis(axis, rank, 'axes')) : shape.map((_, axis) => axis);
    const given = sizes ?? scales;
    if (!given || given.length !== axes.length) throw call.fail({ code: 'dynamic-shape' });
    const full = [...shape];
    for (const [index, axis] of axes.entries()) {
      const number = given[index] ?? 1;
      full[axis] = sizes ? number : Math.floor((shape[axis] ?? 1) * number);
    }
    const mode = call.text('mode', 'nearest');
    const changed = full.filter((extent, axis) => extent !== shape[axis]).length;
    const corners = 2 ** changed;
    const outputs = this.#sizeOf(call, full);
    const operations =
      mode === 'nearest'
        ? countsOf({})
        : mode === 'linear' && changed <= 3
          ? timesCounts({ multiply: corners, add: corners - 1 }, outputs)
          : null;
    this.#opaque(call, full, operations, 'unknown', { withoutTensors: true });
  }

  #normalise(call: Call): void {
    const shape = call.shape(0);
    if (shape.length < 2) throw call.misfits();
    const values = this.#sizeOf(call, shape);
    const axis = call.type === 'LayerNormalization' ? call.axis(call.int('axis', -1), shape.length) : 2;
    const groups =
      call.type === 'GroupNormalization'
        ? call.int('num_groups', 1)
        : this.#sizeOf(
            call,
            shape.map((extent, at) => (at < axis ? extent : 1)),
          );
    this.#opaque(
      call,
      shape,
      countsOf({
        // Mean, deviation, its square, their mean; division by the root; then scale and shift.
        add: 4 * values,
        multiply: 3 * values,
        divide: 3 * groups,
        exponent: groups,
      }),
      'global',
    );
  }

  /** Values of one image in a shape with its batch axis. */
  #sizeOf(call: Call, full: Shape): number {
    return sizeOf(this.#single(call, full));
  }
}

/** Operators of the engine by the name of the ONNX operator that they are. */
const directly: Readonly<Record<string, OpName>> = {
  Conv: 'Conv',
  MaxPool: 'MaxPool',
  AveragePool: 'AveragePool',
  GlobalAveragePool: 'GlobalAveragePool',
  Gemm: 'Gemm',
  MatMul: 'Gemm',
  BatchNormalization: 'BatchNormalization',
  LRN: 'LRN',
  Relu: 'Relu',
  Tanh: 'Tanh',
  Sigmoid: 'Sigmoid',
  Softmax: 'Softmax',
  Dropout: 'Dropout',
  Flatten: 'Flatten',
  Pad: 'Pad',
  Add: 'Add',
  Concat: 'Concat',
};

const fusedActivations: Readonly<Record<string, 'Relu' | 'Sigmoid'>> = { Relu: 'Relu', Sigmoid: 'Sigmoid' };

const isRandom = ({ type }: OnnxOperation): boolean =>
  type.startsWith('Random') || type === 'Multinomial' || type === 'Bernoulli';

/** Whether a constant is likely learnt: a tensor of floats among the initialisers, more than a scalar. */
const seemsLearnt = (value: Value): boolean =>
  value.isInitialiser &&
  value.type !== BOOL &&
  dataTypeOf(value.type)?.kind === 'float' &&
  value.shape !== null &&
  countOf(value.shape) > 1;

const constantsOf = (call: Call): Value[] =>
  call.inputs.flatMap((value) => (value && value.source === null ? [value] : []));

/** The call with another of its results first. */
const reordered = (call: Call, index: number): Call =>
  index === 0
    ? call
    : new Call(
        { ...call.node, outputs: [call.node.outputs[index] ?? ''] },
        call.type,
        call.inputs,
        call.opset,
      );

const pair = ([height = 1, width = 1]: readonly number[]): Pair => [height, width];

const sides = ([top = 0, left = 0, bottom = 0, right = 0]: readonly number[]): Padding => [
  top,
  left,
  bottom,
  right,
];

/** `ceil` only where it makes a difference: both roundings then are the same layer. */
function roundingOf({ ceil, kernel, strides, pads }: SlidingWindow, image: Shape): 'ceil' | 'floor' {
  if (!ceil) return 'floor';
  const differs = kernel.some((own, axis) => {
    const room = (image[axis + 2] ?? 1) + (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0) - own;
    return room % (strides[axis] ?? 1) !== 0;
  });
  return differs ? 'ceil' : 'floor';
}

/**
 * Which input channels each filter reads, where the weight is made by scattering kernels into zeros: how a partial
 * convolution is written in ONNX. Null for any other weight.
 */
function connectionsOf({ made, shape }: Value): readonly (readonly number[])[] | null {
  const scattered = made?.type === 'Reshape' ? made.inputs[0]?.made : null;
  if (scattered?.type !== 'ScatterND' || !shape) return null;
  const [zeros, indices, kernels] = scattered.inputs;
  const [channels = 0, inputs = 0, ...kernel] = shape;
  const cells = channels * inputs;
  const slots = indices?.numbers;
  const fits =
    zeros?.shape?.join() === [cells, ...kernel].join() &&
    slots &&
    kernels?.shape?.join() === [slots.length, ...kernel].join() &&
    slots.length <= cells;
  if (!fits || !slots) return null;
  const connections: number[][] = [];
  let before = -1;
  for (const slot of slots) {
    // One kernel a connection, in order: anything else is no table of connections.
    if (!Number.isInteger(slot) || slot <= before || slot >= cells) return null;
    before = slot;
    const channel = Math.floor(slot / inputs);
    while (connections.length <= channel) connections.push([]);
    connections[channel]?.push(slot % inputs);
  }
  return connections.length === channels && connections.every((list) => list.length > 0) ? connections : null;
}
