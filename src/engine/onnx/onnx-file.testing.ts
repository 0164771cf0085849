import { joinParts, WireMessage } from './wire.ts';

/** An attribute of a hand-made node: a whole number, a list of them, a text; floats and tensors are wrapped. */
export type MadeAttribute =
  | number
  | readonly number[]
  | string
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly tensor: MadeTensor }
  | { readonly graph: WireMessage };

/** A hand-made tensor; without values it has the zeros that its shape and type ask for. */
export interface MadeTensor {
  readonly name?: string;
  /** `TensorProto.DataType`; float32 unless given. */
  readonly type?: number;
  readonly shape: readonly number[];
  readonly raw?: Uint8Array;
  readonly int64s?: readonly number[];
  readonly floats?: readonly number[];
  readonly external?: Readonly<Record<string, string>>;
}

/** A hand-made node. */
export interface MadeNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, MadeAttribute>>;
  readonly name?: string;
  readonly domain?: string;
}

/** An input, an output or an inner tensor: numbers, names of open extents, or null. */
export interface MadeValue {
  readonly name: string;
  readonly shape?: readonly (number | string | null)[];
  readonly type?: number;
}

/** A hand-made model. */
export interface MadeModel {
  readonly nodes: readonly MadeNode[];
  readonly tensors?: readonly MadeTensor[];
  readonly inputs?: readonly MadeValue[];
  readonly outputs?: readonly MadeValue[];
  readonly declared?: readonly MadeValue[];
  readonly opset?: number;
  readonly irVersion?: number;
  readonly producer?: string;
  readonly functions?: readonly { readonly domain: string; readonly name: string }[];
}

const bits = [0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2];

/** `TensorProto` */
export function tensorProto({
  name,
  type = 1,
  shape,
  raw,
  int64s,
  floats,
  external,
}: MadeTensor): WireMessage {
  const proto = new WireMessage().ints(1, shape).int(2, type);
  if (name !== undefined) proto.text(8, name);
  if (int64s) return proto.ints(7, int64s);
  if (floats) return proto.bytes(4, new Uint8Array(Float32Array.from(floats).buffer));
  if (external) {
    for (const [key, value] of Object.entries(external)) {
      proto.message(13, new WireMessage().text(1, key).text(2, value));
    }
    return proto.int(14, 1);
  }
  const size = shape.reduce((product, extent) => product * extent, 1);
  return proto.bytes(9, raw ?? new Uint8Array(Math.ceil((size * (bits[type] ?? 0)) / 8)));
}

function attributeProto(name: string, value: MadeAttribute): WireMessage {
  const proto = new WireMessage().text(1, name);
  if (typeof value === 'number') return proto.int(3, value).int(20, 2);
  if (typeof value === 'string') return proto.text(4, value).int(20, 3);
  if (Array.isArray(value)) return proto.ints(8, value as readonly number[]).int(20, 7);
  if ('float' in value) return proto.float(2, value.float).int(20, 1);
  if ('tensor' in value) return proto.message(5, tensorProto(value.tensor)).int(20, 4);
  if ('graph' in value) return proto.message(6, value.graph).int(20, 5);
  const { floats } = value as { readonly floats: readonly number[] };
  for (const own of floats) proto.float(7, own);
  return proto.int(20, 6);
}

/** `NodeProto` */
export function nodeProto({ type, inputs, outputs, attributes = {}, name, domain }: MadeNode): WireMessage {
  const proto = new WireMessage();
  for (const input of inputs) proto.text(1, input);
  for (const output of outputs) proto.text(2, output);
  if (name !== undefined) proto.text(3, name);
  proto.text(4, type);
  for (const [key, value] of Object.entries(attributes)) proto.message(5, attributeProto(key, value));
  return domain === undefined ? proto : proto.text(7, domain);
}

function valueProto({ name, shape, type = 1 }: MadeValue): WireMessage {
  const tensor = new WireMessage().int(1, type);
  if (shape) {
    const dimensions = new WireMessage();
    for (const extent of shape) {
      const dimension = new WireMessage();
      if (typeof extent === 'number') dimension.int(1, extent);
      if (typeof extent === 'string') dimension.text(2, extent);
      dimensions.message(1, dimension);
    }
    tensor.message(2, dimensions);
  }
  return new WireMessage().text(1, name).message(2, new WireMessage().message(1, tensor));
}

/** `GraphProto` */
export function graphProto(model: MadeModel): WireMessage {
  const graph = new WireMessage();
  for (const node of model.nodes) graph.message(1, nodeProto(node));
  graph.text(2, 'made');
  for (const tensor of model.tensors ?? []) graph.message(5, tensorProto(tensor));
  for (const value of model.inputs ?? [{ name: 'x', shape: [1, 3, 8, 8] }])
    graph.message(11, valueProto(value));
  for (const value of model.outputs ?? [{ name: 'y' }]) graph.message(12, valueProto(value));
  for (const value of model.declared ?? []) graph.message(13, valueProto(value));
  return graph;
}

/** The bytes of a hand-made model; input `x` of 1×3×8×8 and output `y` unless given. */
export function madeFile(model: MadeModel): Uint8Array<ArrayBuffer> {
  const proto = new WireMessage()
    .int(1, model.irVersion ?? 8)
    .text(2, model.producer ?? 'made')
    .message(7, graphProto(model))
    .message(8, new WireMessage().text(1, '').int(2, model.opset ?? 17));
  for (const { domain, name } of model.functions ?? []) {
    proto.message(25, new WireMessage().text(1, name).text(10, domain));
  }
  return joinParts(proto.parts());
}
