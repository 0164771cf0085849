import type { Shape } from '../spec/types.ts';
import { bytesOfValues, dataTypeName, dataTypeOf, decodeValues, FLOAT, INT64, STRING } from './data-types.ts';
import { ImportError, type OtherFormat } from './import-problem.ts';
import { HEADER_BYTES, WireReader } from './wire-reader.ts';

/** Bytes a protobuf file may have (protobuf.dev, "Proto limits"). */
export const LARGEST_FILE = 2 ** 31 - 1;

/** Nodes up to which a network is taken: the largest of the catalogue has some 1,500, its figure draws them all. */
export const MOST_NODES = 20_000;

const MOST_TENSORS = 100_000;
const MOST_AXES = 32;

/** Numbers read of one list: an attribute, or a tensor that may say a shape. */
const MOST_NUMBERS = 1_000_000;

/** Values up to which a tensor's are decoded: shapes, axes, pads, scalars, fixed codes. */
const FEW_VALUES = 4096;

/** Bytes asked for at once where a file is read piece by piece. */
const PIECE = 2 ** 16;

/** Where a tensor's values lie. Bytes. */
export type TensorData =
  | { readonly kind: 'inside'; readonly at: number; readonly length: number }
  | { readonly kind: 'outside'; readonly file: string; readonly at: number; readonly length: number }
  /** In lists of typed numbers, or nowhere. */
  | { readonly kind: 'typed'; readonly count: number };

/** A tensor of a file without its values. */
export interface OnnxTensor {
  readonly name: string;
  /** `TensorProto.DataType` */
  readonly type: number;
  readonly shape: Shape;
  readonly data: TensorData;
  /** Few numbers are read; null for many, and for those outside the file. */
  readonly numbers: readonly number[] | null;
}

/** An attribute of a node. */
export type OnnxValue =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  /** One graph or several: their bytes, for the names they read. */
  | { readonly kind: 'graphs'; readonly value: readonly WireReader[] }
  | { readonly kind: 'other' };

/** A `NodeProto`. */
export interface OnnxOperation {
  readonly name: string;
  readonly type: string;
  /** '' for ONNX's own operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxValue>;
}

/** An input, an output or an inner tensor as a file declares it. */
export interface DeclaredValue {
  readonly name: string;
  /** `TensorProto.DataType`, or what else it is: a sequence, a map … */
  readonly type: number | 'sequence' | 'map' | 'optional' | 'sparse tensor' | 'undefined';
  /** Whole numbers, names of open extents, or null for others; null as a whole where nothing is said. */
  readonly shape: readonly (number | string | null)[] | null;
}

/** What the import needs of a `ModelProto`. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  /** Version of ONNX's own operators. */
  readonly opset: number;
  readonly name: string;
  readonly nodes: readonly OnnxOperation[];
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly DeclaredValue[];
  readonly outputs: readonly DeclaredValue[];
  readonly declared: ReadonlyMap<string, DeclaredValue>;
  /** `domain.name` of the functions that the file brings along. */
  readonly functions: ReadonlySet<string>;
}

/** A piece of a file that the reader asks for; fewer bytes than it says are an answer only at the file's end. */
export interface Piece {
  readonly at: number;
  readonly length: number;
}

/**
 * Reads a model, asking for the pieces of the file that it needs one by one: the weights are never among them.
 *
 * @param size of the file in bytes
 * @throws ImportError
 */
export function* readModel(size: number): Generator<Piece, OnnxModel, Uint8Array> {
  if (size === 0) throw new ImportError({ code: 'empty' });
  if (size > LARGEST_FILE) throw new ImportError({ code: 'too-big', size, limit: LARGEST_FILE });
  const file = new FileReader(size);
  yield* file.load(1);
  refuseOther(file.reader.bytes);

  let irVersion = 0;
  let producer = '';
  const opsets = new Map<string, number>();
  const graph = new GraphParts();
  const functions = new Set<string>();
  try {
    while (yield* file.header(size)) {
      const { field } = file.reader;
      if (field === 7) {
        yield* readGraph(file, file.endOfField(), graph);
        continue;
      }
      if (field === 1) irVersion = file.reader.int();
      if (field !== 2 && field !== 8 && field !== 25) {
        file.skip();
        continue;
      }
      yield* file.loadField();
      if (field === 2) producer = file.reader.text();
      else if (field === 8) readOpset(file.reader.message(), opsets);
      else functions.add(readFunctionName(file.reader.message()));
    }
  } catch (error) {
    // Damage before anything of a model was seen says that it is none.
    if (
      error instanceof ImportError &&
      (error.problem.code === 'malformed' || error.problem.code === 'cut-short') &&
      !graph.isFound &&
      !(irVersion >= 1 && irVersion < 1000)
    ) {
      throw new ImportError({ code: 'not-onnx', format: null });
    }
    throw error;
  }
  if (!graph.isFound) throw new ImportError({ code: 'no-graph' });
  return {
    irVersion,
    producer,
    // Files from before IR 3 name no operator set: theirs is the first.
    opset: opsets.get('') ?? 1,
    name: graph.name,
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: graph.inputs,
    outputs: graph.outputs,
    declared: graph.declared,
    functions,
  };
}

/** A file's bytes as far as they are needed: one piece at a time, offsets within the file. */
export class FileReader {
  readonly size: number;
  reader = new WireReader(new Uint8Array(0));

  constructor(size: number) {
    this.size = size;
  }

  /** Where the reader stands in the file. */
  get at(): number {
    return this.reader.base + this.reader.at;
  }

  /** Sees to it that so many bytes from here on are there, or all to the end of the file. */
  *load(length: number): Generator<Piece, void, Uint8Array> {
    const { at, size, reader } = this;
    const wanted = Math.min(length, Math.max(0, size - at));
    if (reader.bytes.length - reader.at >= wanted) return;
    const bytes = yield { at, length: Math.min(Math.max(wanted, PIECE), size - at) };
    if (bytes.length < wanted)
      throw new ImportError({ code: 'cut-short', size: at + bytes.length, needed: at + wanted });
    this.reader = new WireReader(bytes, at);
  }

  /** The next field's header within a message that ends at an offset of the file; false at its end. */
  *header(end: number): Generator<Piece, boolean, Uint8Array> {
    if (this.at >= end) return false;
    if (this.reader.bytes.length - this.reader.at < HEADER_BYTES) yield* this.load(HEADER_BYTES);
    const { reader } = this;
    reader.end = Math.min(reader.bytes.length, end - reader.base);
    const found = reader.header();
    reader.end = reader.bytes.length;
    const after = this.endOfField();
    if (after > this.size) throw new ImportError({ code: 'cut-short', size: this.size, needed: after });
    if (after > end) throw reader.damaged();
    return found;
  }

  /** Offset of the file at which the current field ends. */
  endOfField(): number {
    return this.at + this.reader.length;
  }

  /** Sees to it that all of the current field is there. */
  *loadField(): Generator<Piece, void, Uint8Array> {
    const before = this.reader;
    // Most fields lie in the piece that is there.
    if (before.bytes.length - before.at >= before.length) return;
    const { field, wire, value, length } = before;
    yield* this.load(length);
    const { reader } = this;
    reader.field = field;
    reader.wire = wire;
    reader.value = value;
    reader.length = length;
  }

  /** Leaves the current field, there or not. */
  skip(): void {
    const after = this.endOfField();
    const { reader } = this;
    if (after - reader.base <= reader.bytes.length) reader.at = after - reader.base;
    else this.reader = new WireReader(new Uint8Array(0), after);
  }
}

/** A graph while it is read; a second one of the same file adds to it, as protobuf has it. */
class GraphParts {
  isFound = false;
  name = '';
  readonly nodes: OnnxOperation[] = [];
  readonly tensors = new Map<string, OnnxTensor>();
  readonly inputs: DeclaredValue[] = [];
  readonly outputs: DeclaredValue[] = [];
  readonly declared = new Map<string, DeclaredValue>();
}

function* readGraph(file: FileReader, end: number, into: GraphParts): Generator<Piece, void, Uint8Array> {
  into.isFound = true;
  let nodes = 0;
  while (yield* file.header(end)) {
    const { field } = file.reader;
    switch (field) {
      case 1: {
        nodes += 1;
        if (nodes > MOST_NODES) {
          file.skip();
          continue;
        }
        yield* file.loadField();
        into.nodes.push(readNode(file.reader.message()));
        continue;
      }
      case 5: {
        const tensor = yield* readTensor(file, file.endOfField());
        limitTensors(into.tensors.size);
        into.tensors.set(tensor.name, tensor);
        continue;
      }
      case 2:
        yield* file.loadField();
        into.name = file.reader.text();
        continue;
      case 11:
      case 12:
      case 13: {
        yield* file.loadField();
        const value = readDeclared(file.reader.message());
        if (field === 13) {
          limitTensors(into.declared.size);
          into.declared.set(value.name, value);
        } else {
          const list = field === 11 ? into.inputs : into.outputs;
          limitTensors(list.length);
          list.push(value);
        }
        continue;
      }
      case 15: {
        yield* file.loadField();
        const tensor = readSparse(file.reader.message());
        limitTensors(into.tensors.size);
        into.tensors.set(tensor.name, tensor);
        continue;
      }
      default:
        file.skip();
    }
  }
  if (nodes > MOST_NODES) {
    throw new ImportError({ code: 'too-many', what: 'nodes', count: nodes, limit: MOST_NODES });
  }
}

function limitTensors(before: number): void {
  if (before < MOST_TENSORS) return;
  throw new ImportError({ code: 'too-many', what: 'tensors', count: before + 1, limit: MOST_TENSORS });
}

/** A `TensorProto` field by field, its values left where they are. */
class TensorParts {
  name = '';
  type = 0;
  readonly shape: number[] = [];
  readonly typed: number[] = [];
  typedCount = 0;
  raw: { readonly at: number; readonly length: number } | null = null;
  rawBytes: Uint8Array | null = null;
  isOutside = false;
  readonly places = new Map<string, string>();

  /** Whether a field's bytes are worth reading: lists of values only where they are short. */
  static isRead(field: number, length: number): boolean {
    return field === 4 || field === 5 || field === 7 || field === 9 || field === 10 || field === 11
      ? length <= 10 * FEW_VALUES
      : field === 1 || field === 8 || field === 13;
  }

  /** Takes the current field, of which the bytes are there. */
  take(reader: WireReader): void {
    switch (reader.field) {
      case 1:
        reader.ints(this.shape, MOST_AXES);
        return;
      case 2:
        this.type = reader.int();
        return;
      case 4:
        reader.floats(this.typed, MOST_NUMBERS);
        return;
      case 5:
      case 7:
      case 11:
        reader.ints(this.typed, MOST_NUMBERS);
        return;
      case 8:
        this.name = reader.text();
        return;
      case 9: {
        this.raw = { at: reader.base + reader.at, length: reader.length };
        this.rawBytes = reader.view();
        return;
      }
      case 10: {
        const bytes = reader.view();
        const values = bytes.length % 8 === 0 ? decodeValues(11, bytes, bytes.length / 8) : null;
        for (const value of values ?? []) this.typed.push(value);
        return;
      }
      case 13: {
        const entry = reader.message();
        let key = '';
        let value = '';
        while (entry.next()) {
          if (entry.field === 1) key = entry.text();
          else if (entry.field === 2) value = entry.text();
          else entry.skip();
        }
        this.places.set(key, value);
        return;
      }
      case 14:
        this.isOutside = reader.int() === 1;
        return;
      default:
        reader.skip();
    }
  }

  /** Notes a field whose bytes are left alone. */
  pass(reader: WireReader): void {
    if (reader.field === 9) {
      this.raw = { at: reader.base + reader.at, length: reader.length };
      this.rawBytes = null;
    } else if (reader.field === 4 || reader.field === 10) {
      this.typedCount += reader.length / (reader.field === 4 ? 4 : 8);
    }
  }

  /** @throws ImportError where the shape, the type and the bytes that are there contradict one another */
  finish(): OnnxTensor {
    const { name, type, shape } = this;
    if (!dataTypeOf(type)) throw new ImportError({ code: 'tensor-type', tensor: name, type });
    let size = 1;
    for (const extent of shape) {
      size *= extent;
      if (!Number.isSafeInteger(extent) || extent < 0 || !Number.isSafeInteger(size)) {
        throw this.#wrongSize(size, this.raw?.length ?? 0);
      }
    }
    const expected = bytesOfValues(type, size);
    if (this.isOutside) {
      const given = this.places.get('length');
      const at = Number(this.places.get('offset') ?? 0);
      const length = given === undefined ? expected : Number(given);
      if (length !== expected || !Number.isSafeInteger(at) || at < 0) {
        throw this.#wrongSize(expected, Number.isSafeInteger(length) ? length : 0);
      }
      return {
        name,
        type,
        shape,
        data: { kind: 'outside', file: this.places.get('location') ?? '', at, length },
        numbers: null,
      };
    }
    if (this.raw) {
      if (this.raw.length !== expected) throw this.#wrongSize(expected, this.raw.length);
      const numbers = this.rawBytes && size <= FEW_VALUES ? decodeValues(type, this.rawBytes, size) : null;
      return { name, type, shape, data: { kind: 'inside', ...this.raw }, numbers };
    }
    const count = this.typed.length + this.typedCount;
    // Lists that were not read are of floats, one number a value; the packed lists of others are left unchecked.
    if (type === FLOAT && count !== size && count > 0) throw this.#wrongSize(expected, 4 * count);
    if (type === INT64 && this.typed.length > 0 && this.typed.length !== size) {
      throw this.#wrongSize(expected, 8 * this.typed.length);
    }
    const numbers = size <= FEW_VALUES && this.typed.length === size ? this.typed : null;
    return { name, type, shape, data: { kind: 'typed', count }, numbers };
  }

  #wrongSize(expected: number, actual: number): ImportError {
    const { name, shape, type } = this;
    return new ImportError({
      code: 'tensor-size',
      tensor: name,
      shape,
      type: dataTypeName(type),
      expected,
      actual,
    });
  }
}

/** An initialiser that ends at an offset of the file; its values are left there. @throws ImportError */
export function* readTensor(file: FileReader, end: number): Generator<Piece, OnnxTensor, Uint8Array> {
  const parts = new TensorParts();
  while (yield* file.header(end)) {
    const { field, length, wire } = file.reader;
    if (wire === 2 && !TensorParts.isRead(field, length)) {
      parts.pass(file.reader);
      file.skip();
    } else {
      yield* file.loadField();
      parts.take(file.reader);
    }
  }
  return parts.finish();
}

/** A tensor whose bytes are there, such as an attribute. */
function readTensorMessage(reader: WireReader): OnnxTensor {
  const parts = new TensorParts();
  while (reader.next()) {
    if (reader.wire === 2 && !TensorParts.isRead(reader.field, reader.length)) {
      parts.pass(reader);
      reader.skip();
    } else {
      parts.take(reader);
    }
  }
  return parts.finish();
}

/** A `SparseTensorProto` as the dense tensor that it stands for, without values. */
function readSparse(reader: WireReader): OnnxTensor {
  let values: OnnxTensor | null = null;
  const shape: number[] = [];
  while (reader.next()) {
    if (reader.field === 1) values = readTensorMessage(reader.message());
    else if (reader.field === 3) reader.ints(shape, MOST_AXES);
    else reader.skip();
  }
  if (!values || !shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0))
    throw reader.damaged();
  return { name: values.name, type: values.type, shape, data: values.data, numbers: null };
}

/** A `NodeProto`, whose bytes are there. @throws ImportError */
export function readNode(reader: WireReader): OnnxOperation {
  let name = '';
  let type = '';
  let domain = '';
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxValue>();
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        inputs.push(reader.text());
        break;
      case 2:
        outputs.push(reader.text());
        break;
      case 3:
        name = reader.text();
        break;
      case 4:
        type = reader.text();
        break;
      case 5:
        readAttribute(reader.message(), attributes);
        break;
      case 7:
        domain = reader.text();
        break;
      default:
        reader.skip();
    }
  }
  return { name, type, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, attributes };
}

/** The shortest decimal that is this float32: 1e-5 was written, and 0.000009999999747 is its nearest float. */
function shortestOf(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return value;
}

function readAttribute(reader: WireReader, into: Map<string, OnnxValue>): void {
  let name = '';
  let value: OnnxValue = { kind: 'other' };
  let type = 0;
  const ints: number[] = [];
  const floats: number[] = [];
  const graphs: WireReader[] = [];
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        name = reader.text();
        break;
      case 2:
        value = { kind: 'float', value: shortestOf(reader.float()) };
        break;
      case 3:
        value = { kind: 'int', value: reader.int() };
        break;
      case 4:
        // Texts can hold anything; only short ones are read here.
        if (reader.length <= 64) value = { kind: 'text', value: reader.text() };
        else reader.skip();
        break;
      case 5:
        value = { kind: 'tensor', value: readTensorMessage(reader.message()) };
        break;
      case 6:
      case 11:
        graphs.push(reader.message());
        break;
      case 7:
        reader.floats(floats, MOST_NUMBERS);
        break;
      case 8:
        reader.ints(ints, MOST_NUMBERS);
        break;
      case 20:
        type = reader.int();
        break;
      default:
        reader.skip();
    }
  }
  if (graphs.length > 0) value = { kind: 'graphs', value: graphs };
  else if (ints.length > 0 || type === 7) value = { kind: 'ints', value: ints };
  else if (floats.length > 0 || type === 6) value = { kind: 'floats', value: floats };
  // proto3 leaves out what is zero.
  else if (value.kind === 'other' && type === 2) value = { kind: 'int', value: 0 };
  else if (value.kind === 'other' && type === 1) value = { kind: 'float', value: 0 };
  else if (value.kind === 'other' && type === 3) value = { kind: 'text', value: '' };
  into.set(name, value);
}

/** A `ValueInfoProto`, whose bytes are there. @throws ImportError */
export function readDeclared(reader: WireReader): DeclaredValue {
  let name = '';
  let type: DeclaredValue['type'] = 'undefined';
  let shape: DeclaredValue['shape'] = null;
  while (reader.next()) {
    if (reader.field === 1) {
      name = reader.text();
    } else if (reader.field === 2) {
      const declared = reader.message();
      while (declared.next()) {
        const other = otherTypes[declared.field];
        if (other) type = other;
        if (declared.field !== 1) {
          declared.skip();
          continue;
        }
        const tensor = declared.message();
        while (tensor.next()) {
          if (tensor.field === 1) type = tensor.int();
          else if (tensor.field === 2) shape = readShape(tensor.message());
          else tensor.skip();
        }
      }
    } else {
      reader.skip();
    }
  }
  return { name, type, shape };
}

const otherTypes: Readonly<Record<number, DeclaredValue['type']>> = {
  4: 'sequence',
  5: 'map',
  8: 'sparse tensor',
  9: 'optional',
};

function readShape(reader: WireReader): (number | string | null)[] {
  const shape: (number | string | null)[] = [];
  while (reader.next()) {
    if (reader.field !== 1) {
      reader.skip();
      continue;
    }
    if (shape.length >= MOST_AXES) throw reader.damaged();
    const axis = reader.message();
    let extent: number | string | null = null;
    while (axis.next()) {
      if (axis.field === 1) extent = axis.int();
      else if (axis.field === 2) extent = axis.text();
      else axis.skip();
    }
    // Exporters write −1 or 0 for an extent that is open.
    shape.push(
      typeof extent === 'number' && !(Number.isSafeInteger(extent) && extent > 0) ? null : extent || null,
    );
  }
  return shape;
}

function readOpset(reader: WireReader, into: Map<string, number>): void {
  let domain = '';
  let version = 0;
  while (reader.next()) {
    if (reader.field === 1) domain = reader.text();
    else if (reader.field === 2) version = reader.int();
    else reader.skip();
  }
  into.set(domain === 'ai.onnx' ? '' : domain, version);
}

function readFunctionName(reader: WireReader): string {
  let name = '';
  let domain = '';
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 10) domain = reader.text();
    else reader.skip();
  }
  return `${domain}.${name}`;
}

/** Graphs within graphs are followed so deep; real ones are two or three deep. */
const MOST_NESTING = 16;

const noNames: ReadonlySet<string> = new Set();

/** Whether a node has graphs of its own: a branch, a loop. */
export function holdsGraphs({ attributes }: OnnxOperation): boolean {
  for (const { kind } of attributes.values()) if (kind === 'graphs') return true;
  return false;
}

/** Names of the tensors that graphs inside a node read, their own among them. */
export function namesReadInside(node: OnnxOperation): ReadonlySet<string> {
  if (!holdsGraphs(node)) return noNames;
  const names = new Set<string>();
  const waiting = [...node.attributes.values()].flatMap((attribute) =>
    attribute.kind === 'graphs' ? attribute.value.map((graph) => ({ graph, depth: 1 })) : [],
  );
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { graph, depth } = next;
    // The bytes were taken as they are: a second reading must not move the first.
    const reader = new WireReader(graph.bytes, graph.base, graph.at, graph.end);
    while (reader.next()) {
      if (reader.field === 1) {
        const inner = readNode(reader.message());
        for (const input of inner.inputs) names.add(input);
        if (depth < MOST_NESTING) {
          for (const attribute of inner.attributes.values()) {
            if (attribute.kind !== 'graphs') continue;
            for (const deeper of attribute.value) waiting.push({ graph: deeper, depth: depth + 1 });
          }
        }
      } else if (reader.field === 12) {
        names.add(readDeclared(reader.message()).name);
      } else {
        reader.skip();
      }
    }
  }
  return names;
}

const magics: readonly (readonly [format: OtherFormat, at: number, bytes: readonly number[]])[] = [
  ['png', 0, [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['gzip', 0, [0x1f, 0x8b]],
  ['hdf5', 0, [0x89, 0x48, 0x44, 0x46]],
  ['pdf', 0, [0x25, 0x50, 0x44, 0x46]],
  ['ort', 4, [0x4f, 0x52, 0x54, 0x4d]],
  ['tflite', 4, [0x54, 0x46, 0x4c, 0x33]],
  // A little-endian length of 8 bytes, then JSON.
  ['safetensors', 6, [0, 0, 0x7b, 0x22]],
];

/** @throws ImportError for text, and for files that say what else they are */
function refuseOther(bytes: Uint8Array): void {
  const start = bytes.subarray(0, 256);
  if (start.every((byte) => (byte >= 32 && byte !== 127) || (byte >= 9 && byte <= 13))) {
    const text = String.fromCharCode(...start).trimStart();
    const kind = text.startsWith('version https://git-lfs')
      ? 'pointer'
      : /^<(!doctype|html|\?xml|head)/i.test(text)
        ? 'html'
        : 'plain';
    throw new ImportError({ code: 'text', kind });
  }
  const format = magics.find(([, at, magic]) =>
    magic.every((byte, index) => start[at + index] === byte),
  )?.[0];
  if (format) throw new ImportError({ code: 'not-onnx', format });
}

/** Types that a tensor may not have where numbers are computed with. */
export const isText = (type: number): boolean => type === STRING;
