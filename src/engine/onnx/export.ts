import { describePlacedProblem } from '../graph/problem.ts';
import { contextOf, type Graph, type GraphNode, INPUT, shapeOf } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import { floats, int, onnxNode } from '../ops/onnx-form.ts';
import type { OnnxAttribute, OnnxConstant, OnnxNames, OnnxNode } from '../ops/types.ts';
import type { Shape } from '../spec/types.ts';
import { type GraphTensor, tensorsOf } from '../weights/graph-tensors.ts';
import { toHalf } from '../weights/half.ts';
import {
  type ByteScale,
  hasByteWeights,
  type QuantisationPlan,
  type QuantisedParameter,
  quantiseBias,
  quantiseWeight,
} from './quantise.ts';
import { joinParts, type LaterBytes, WireMessage } from './wire.ts';

/** Operator set of the models written here: of 11 to 21 all run everywhere; 22 sends pools to the CPU under WebGPU. */
const OPSET = 17;
/** File format version that belongs to it (onnx `Versioning.md`). */
const IR_VERSION = 8;
/** `TensorProto.DataType` */
const FLOAT = 1;
const UINT8 = 2;
const INT8 = 3;
const INT32 = 6;
const INT64 = 7;
const FLOAT16 = 10;
/** `TensorProto.DataLocation` */
const EXTERNAL = 1;

/** What to write, and how. */
export interface OnnxExportOptions {
  /** Values by full name (`<node id>.<name>`); may be left out with `externalData`, to be supplied by other means. */
  readonly tensors?: { get(name: string): Float32Array | undefined };
  /** Ids of the nodes whose outputs the model returns, besides those of the graph; or all of them. */
  readonly outputs?: 'all' | readonly string[];
  /** Writes what onnxruntime-web cannot run on a GPU in other words: LRN as eight plain operators, dropout as the identity. */
  readonly forWebGpu?: boolean;
  /** Images of one run; `any` leaves their number to each run. */
  readonly batch?: number | 'any';
  /**
   * Numbers that are computed with, fp32 unless given. With fp16 every tensor is one of halves, and the input and the outputs
   * are turned from and into float32 at the ends, so that a caller sees no difference.
   */
  readonly dtype?: 'fp32' | 'fp16';
  /**
   * Tensors between layers that are bytes. They are written as `QuantizeLinear` and `DequantizeLinear` behind every layer
   * (QDQ), and weights as int8 with a scale a filter, which onnxruntime's CPU computes on whole numbers; the values of
   * such weights have to be given. Input and outputs are float32. Not together with halves, and of no use on a GPU.
   */
  readonly quantisation?: QuantisationPlan;
  /** Leaves the weights out of the model, one external entry a tensor, each under the tensor's own name. */
  readonly externalData?: boolean;
}

/** One tensor's bytes beside the model, little-endian. */
export interface ExternalTensor {
  readonly path: string;
  readonly data: Uint8Array;
}

/** A model in parts; long ones share memory with the tensors given. */
export interface OnnxExport {
  /** `ModelProto` bytes, to be written one after the other. */
  readonly parts: readonly Uint8Array[];
  /** Empty unless asked for. */
  readonly external: readonly ExternalTensor[];
  /** Names of the model's outputs: first the graph's, then the others asked for. */
  readonly outputs: readonly string[];
}

/** The model's bytes in one array. */
export const modelBytes = ({ parts }: OnnxExport): Uint8Array<ArrayBuffer> => joinParts(parts);

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A tensor's values as the file holds them. */
const writerOf = (isHalf: boolean) =>
  isHalf ? (values: Float32Array): Uint8Array => bytesOf(toHalf(values)) : bytesOf;

/** `AttributeProto` */
function attributeProto(name: string, attribute: OnnxAttribute): WireMessage {
  const proto = new WireMessage().text(1, name);
  switch (attribute.kind) {
    case 'float':
      return proto.float(2, attribute.value).int(20, 1);
    case 'int':
      return proto.int(3, attribute.value).int(20, 2);
    case 'ints':
      return proto.ints(8, attribute.value).int(20, 7);
  }
}

/** `NodeProto` */
function nodeProto({ opType, name, inputs, outputs, attributes }: OnnxNode): WireMessage {
  const proto = new WireMessage();
  for (const input of inputs) proto.text(1, input);
  for (const output of outputs) proto.text(2, output);
  proto.text(3, name).text(4, opType);
  for (const [key, attribute] of Object.entries(attributes)) proto.message(5, attributeProto(key, attribute));
  return proto;
}

/** `TensorProto` without its values. */
export const tensorProto = <Later extends LaterBytes = never>(
  name: string,
  type: number,
  shape: Shape,
): WireMessage<Later> => new WireMessage<Later>().ints(1, shape).int(2, type).text(8, name);

/** `TensorProto` of a constant of the ONNX form, in place. */
function constantProto(
  { name, type, shape, values }: OnnxConstant,
  write: (values: Float32Array) => Uint8Array,
  floatType: number,
): WireMessage {
  switch (type) {
    case 'float32':
      return tensorProto(name, floatType, shape).bytes(9, write(Float32Array.from(values)));
    case 'uint8':
      return tensorProto(name, UINT8, shape).bytes(9, Uint8Array.from(values));
    case 'int8':
      return tensorProto(name, INT8, shape).bytes(9, new Uint8Array(Int8Array.from(values).buffer));
    case 'int32':
      return tensorProto(name, INT32, shape).bytes(9, new Uint8Array(Int32Array.from(values).buffer));
    case 'int64':
      return tensorProto(name, INT64, shape).bytes(
        9,
        new Uint8Array(BigInt64Array.from(values, (value) => BigInt(value)).buffer),
      );
  }
}

/** `TensorProto` whose bytes are all of another file. */
export function externalProto(
  tensor: { readonly name: string; readonly type: number; readonly shape: Shape },
  /** Name of the file, and its bytes. */
  file: { readonly path: string; readonly length: number },
): WireMessage {
  const proto = tensorProto(tensor.name, tensor.type, tensor.shape);
  for (const [key, value] of [
    ['location', file.path],
    ['offset', '0'],
    ['length', String(file.length)],
  ] as const) {
    proto.message(13, new WireMessage().text(1, key).text(2, value));
  }
  return proto.int(14, EXTERNAL);
}

/** `ValueInfoProto` of a float tensor; an open batch is a dimension with a name. */
function valueProto(name: string, batch: number | 'any', shape: Shape): WireMessage {
  const dimensions = new WireMessage().message(
    1,
    batch === 'any' ? new WireMessage().text(2, 'batch') : new WireMessage().int(1, batch),
  );
  for (const extent of shape) dimensions.message(1, new WireMessage().int(1, extent));
  const tensor = new WireMessage().int(1, FLOAT).message(2, dimensions);
  return new WireMessage().text(1, name).message(2, new WireMessage().message(1, tensor));
}

/** Names of the outputs: the graph's own first, as readers of the file expect. @throws RangeError for an unknown id */
function outputNames(graph: Graph, wanted: 'all' | readonly string[]): string[] {
  const ids = wanted === 'all' ? graph.nodes.map((node) => node.id) : wanted;
  const unknown = ids.find((id) => !graph.nodeById.has(id));
  if (unknown !== undefined) throw new RangeError(`${graph.id} has no node "${unknown}"`);
  return [...new Set([...graph.outputs, ...ids])];
}

/** Bytes of a tensor's values in a model of which they are not yet part. */
export interface TensorBytes extends LaterBytes {
  readonly tensor: GraphTensor;
}

/**
 * The model of a graph as the parts of one file, in which `TensorBytes` keep the places of the weights: little-endian
 * float32 values of that tensor, row-major. So the values can be made one after the other, and none of them kept.
 *
 * @throws RangeError where the graph does not fit together, or an output is unknown
 */
export function onnxOutline(
  graph: Graph,
  options: Pick<OnnxExportOptions, 'outputs' | 'forWebGpu' | 'batch'> = {},
): readonly (Uint8Array | TensorBytes)[] {
  return writeModel<TensorBytes>(graph, options, (tensor) =>
    tensorProto<TensorBytes>(tensor.name, FLOAT, tensor.shape).later(9, { tensor, length: 4 * tensor.size }),
  ).parts();
}

/**
 * Writes a graph as an ONNX model (opset 17, IR 8). The input is called `input`; every node's output, and the node
 * itself, bears the node's id; a tensor is `<node id>.<name>`. Weights are float32, or halves.
 *
 * @throws RangeError where the graph does not fit together, a tensor is missing or of another size, or an output unknown
 */
export function exportOnnx(graph: Graph, options: OnnxExportOptions = {}): OnnxExport {
  const { tensors, externalData = false, quantisation } = options;
  const isHalf = options.dtype === 'fp16';
  if (isHalf && quantisation) throw new RangeError('a model is one of halves or of bytes, not of both');
  const [floatType, bytesEach, write] = [isHalf ? FLOAT16 : FLOAT, isHalf ? 2 : 4, writerOf(isHalf)] as const;
  const external: ExternalTensor[] = [];
  const valuesOf = (tensor: GraphTensor, areNeeded: boolean): Float32Array | undefined => {
    const values = tensors?.get(tensor.name);
    if (values ? values.length !== tensor.size : areNeeded) {
      throw new RangeError(
        `${tensor.name} has ${values?.length ?? 'no'} values, not ${tensor.size} (${tensor.shape.join('×')})`,
      );
    }
    return values;
  };
  /** A tensor whose bytes stand in the model or beside it; undefined where they come by other means. */
  const place = (
    { name, shape }: GraphTensor,
    type: number,
    length: number,
    data: Uint8Array | undefined,
  ): WireMessage => {
    if (externalData) {
      if (data) external.push({ path: name, data });
      return externalProto({ name, type, shape }, { path: name, length });
    }
    const proto = tensorProto(name, type, shape);
    return data ? proto.bytes(9, data) : proto;
  };
  /** Of the node that was written last: its bias is in units of its filters. */
  let filterScales = new Float32Array(0);
  const model = writeModel<never>(
    graph,
    options,
    (tensor) => {
      const values = valuesOf(tensor, tensors !== undefined || !externalData);
      return place(tensor, floatType, bytesEach * tensor.size, values && write(values));
    },
    (tensor, input) => {
      const values = valuesOf(tensor, true) ?? new Float32Array(0);
      const isWeight = tensor.spec.name === 'weight';
      const whole = isWeight
        ? quantiseWeight(values, tensor.shape[0] ?? 1)
        : quantiseBias(values, input, filterScales);
      if (isWeight) filterScales = new Float32Array(whole.scales);
      const type = whole.type === 'int8' ? INT8 : INT32;
      return { ...whole, proto: place(tensor, type, whole.bytes.length, whole.bytes) };
    },
  );
  return { parts: model.parts(), external, outputs: outputNames(graph, options.outputs ?? []) };
}

/** A tensor of whole numbers in the model, and what they stand for. */
interface WholeTensor<Later extends LaterBytes> extends Pick<QuantisedParameter, 'type' | 'scales'> {
  readonly proto: WireMessage<Later>;
}

/** `ModelProto` of a graph, each of its tensors written by `weight`, or by `whole` where a plan makes it one of whole numbers. */
function writeModel<Later extends LaterBytes>(
  graph: Graph,
  options: OnnxExportOptions,
  weight: (tensor: GraphTensor) => WireMessage<Later>,
  whole?: (tensor: GraphTensor, input: ByteScale) => WholeTensor<Later>,
): WireMessage<Later> {
  if (graph.problem) throw new RangeError(describePlacedProblem(graph.problem));
  const { forWebGpu = false, batch = 1, dtype = 'fp32', quantisation } = options;
  const isHalf = dtype === 'fp16';
  const outputs = outputNames(graph, options.outputs ?? []);
  const turned = new Set(isHalf ? [INPUT, ...outputs] : []);
  /** What a tensor is called where it is computed with: what the model takes and returns is turned. */
  const inner = (id: string): string => (turned.has(id) ? `${id}#half` : id);
  /** What a node reads: the model's input has its name, so what stands for its bytes has another. */
  const read = (id: string): string =>
    id === INPUT && quantisation?.has(INPUT) ? `${INPUT}#real` : inner(id);
  const cast = (from: string, to: string, type: number): OnnxNode =>
    onnxNode('Cast', [from], to, { to: int(type) });
  const graphProto = new WireMessage<Later>();
  const constants: OnnxConstant[] = [];

  const write = (node: OnnxNode): void => void graphProto.message(1, nodeProto(node));
  /** Turns a tensor into bytes and back: the runtime computes on the bytes where it can do so on both sides. */
  const throughBytes = (id: string, from: string, to: string, { scale, zero }: ByteScale): void => {
    const [byte, scaleName, zeroName] = [`${id}#byte`, `${id}#scale`, `${id}#zero`];
    constants.push(floats(scaleName, [scale]), { name: zeroName, type: 'uint8', shape: [], values: [zero] });
    write(onnxNode('QuantizeLinear', [from, scaleName, zeroName], byte));
    write(onnxNode('DequantizeLinear', [byte, scaleName, zeroName], to));
  };

  const tensorsByNode = new Map<string, GraphTensor[]>(graph.nodes.map(({ id }) => [id, []]));
  for (const tensor of tensorsOf(graph)) tensorsByNode.get(tensor.node)?.push(tensor);
  const initialisers: WireMessage<Later>[] = [];
  /** Writes a node's weights; returns the names of those that are whole numbers where they stand for real ones. */
  const writeTensors = (node: GraphNode): ReadonlyMap<string, string> => {
    const real = new Map<string, string>();
    const input = quantisation?.get(node.inputs[0] ?? '');
    const isWhole = quantisation !== undefined && input !== undefined && hasByteWeights(node, quantisation);
    for (const tensor of tensorsByNode.get(node.id) ?? []) {
      if (!isWhole || !whole) {
        initialisers.push(weight(tensor));
        continue;
      }
      const { name } = tensor;
      const { proto, type, scales } = whole(tensor, input);
      const [scale, zero] = [`${name}#scale`, `${name}#zero`];
      initialisers.push(proto);
      constants.push(floats(scale, [...scales], [scales.length]), {
        name: zero,
        type,
        shape: [scales.length],
        values: new Array<number>(scales.length).fill(0),
      });
      write(onnxNode('DequantizeLinear', [name, scale, zero], `${name}#real`, { axis: int(0) }));
      real.set(name, `${name}#real`);
    }
    return real;
  };

  if (isHalf) write(cast(INPUT, inner(INPUT), FLOAT16));
  const ofInput = quantisation?.get(INPUT);
  if (ofInput) throughBytes(INPUT, INPUT, read(INPUT), ofInput);
  for (const node of graph.nodes) {
    const bytes = quantisation?.get(node.id);
    const real = writeTensors(node);
    const names: OnnxNames = {
      inputs: node.inputs.map(read),
      output: bytes ? `${node.id}#float` : inner(node.id),
      tensor: (name) => real.get(`${node.id}.${name}`) ?? `${node.id}.${name}`,
      local: (name) => `${node.id}#${name}`,
      forWebGpu,
    };
    const form = operatorOf(node.op).toOnnx(contextOf(node), names);
    for (const part of form.nodes) write(part);
    constants.push(...form.constants);
    if (bytes) throughBytes(node.id, names.output, node.id, bytes);
    if (turned.has(node.id)) write(cast(inner(node.id), node.id, FLOAT));
  }
  graphProto.text(2, graph.id);
  for (const constant of constants) {
    graphProto.message(5, constantProto(constant, writerOf(isHalf), isHalf ? FLOAT16 : FLOAT));
  }
  for (const initialiser of initialisers) graphProto.message(5, initialiser);

  graphProto.message(11, valueProto(INPUT, batch, graph.input));
  for (const id of outputs) graphProto.message(12, valueProto(id, batch, shapeOf(graph, id)));

  return new WireMessage<Later>()
    .int(1, IR_VERSION)
    .text(2, 'ConvAtlas')
    .message(7, graphProto)
    .message(8, new WireMessage().text(1, '').int(2, OPSET));
}
