import { type ExternalTensor, externalProto, tensorProto } from './export.ts';
import type { FileParameter } from './file-parameters.ts';
import type { FileLike } from './import.ts';
import { ImportError } from './import-problem.ts';
import { type Quantisation, quantisationOf } from './quantised-tensors.ts';
import {
  FileReader,
  type OnnxOperation,
  type OnnxTensor,
  type Piece,
  readDeclared,
  readNode,
  readTensor,
  type TensorData,
} from './read-model.ts';
import { joinParts, type LaterBytes, WireMessage } from './wire.ts';

/** Bytes from which a tensor is handed to the runtime by itself; smaller ones may say sizes, which it reads in the model. */
const LARGE = 1024;

/** Nodes of more bytes than this hold constants; none of the quantised operators does. */
const LARGEST_NODE = 2 ** 16;

/** Bytes of a file: of the model itself (null), or of one beside it. */
interface Place extends LaterBytes {
  readonly file: string | null;
  readonly at: number;
}

/** A model on its way to the runtime: what is written, and what is copied from the files. */
interface Outline {
  readonly parts: readonly (Uint8Array | Place)[];
  readonly external: readonly { readonly path: string; readonly place: Place }[];
  readonly outputs: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly nodes: ReadonlyMap<string, string>;
}

/** A model as the runtime takes it. */
export interface RunnableModel {
  /** `ModelProto` bytes, without the large tensors. */
  readonly model: Uint8Array;
  /** The large tensors, little-endian, each under a path of its own. */
  readonly external: readonly ExternalTensor[];
  /** Names of the model's outputs by the tensors asked for; a tensor that no node makes is left out. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Names of the model's outputs by those that the parameters asked for have; their values are laid out as in the file. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Of each node, by a name that no other has, the first tensor asked for that its result is part of. */
  readonly nodes: ReadonlyMap<string, string>;
}

/** What else than its own outputs a model shall give. */
export interface RunnableOptions {
  /** Weights and biases that shall be outputs too, as the engine has them, by whatever name. */
  readonly parameters?: ReadonlyMap<string, FileParameter>;
  /** Whether its nodes shall have names of which each is another; a file's own need not. */
  readonly isNamed?: boolean;
  /** Makes of the place of a large tensor in a file what stands for its bytes until they are needed; else they are read at once. */
  readonly later?: (file: FileLike, at: number, length: number) => Uint8Array;
}

/** Where a file's tensors stand that are kept in files beside it, by name or path as the model has it. */
export type FilesBeside = ReadonlyMap<string, FileLike>;

/** The file that a model means by a location, which may be a path: files are given by their names. */
export const fileBeside = (files: FilesBeside, location: string): FileLike | undefined =>
  files.get(location) ?? files.get(location.replace(/^.*[/\\]/, ''));

/**
 * Any ONNX file made ready to be run with inner tensors as outputs: its own bytes, with outputs added for the tensors
 * asked for, and with each large tensor apart, so that neither the model nor the runtime holds the weights twice. Tensors
 * of whole numbers whose scale the file says are returned as the numbers that they stand for.
 *
 * @param wanted names of tensors in the file
 * @throws ImportError where the file is damaged, or a file beside it missing or too short
 */
export async function readRunnable(
  file: FileLike,
  beside: FilesBeside,
  wanted: Iterable<string>,
  options: RunnableOptions = {},
): Promise<RunnableModel> {
  const fileOf = ({ file: name, at, length }: Place): FileLike => {
    const from = name === null ? file : fileBeside(beside, name);
    if (!from) throw new ImportError({ code: 'external-missing', files: [name ?? ''] });
    if (from.size < at + length) {
      throw new ImportError({ code: 'cut-short', size: from.size, needed: at + length });
    }
    return from;
  };
  const bytesAt = async (place: Place): Promise<Uint8Array> =>
    new Uint8Array(
      await fileOf(place)
        .slice(place.at, place.at + place.length)
        .arrayBuffer(),
    );
  const { later } = options;
  const outlining = outline(file.size, new Set(wanted), options);
  let step = outlining.next();
  while (!step.done) {
    const { at, length } = step.value;
    step = outlining.next(new Uint8Array(await file.slice(at, at + length).arrayBuffer()));
  }
  const { parts, external, ...names } = step.value;
  const written: Uint8Array[] = [];
  for (const part of parts) written.push(part instanceof Uint8Array ? part : await bytesAt(part));
  const tensors: ExternalTensor[] = [];
  for (const { path, place } of external) {
    const data = later ? later(fileOf(place), place.at, place.length) : await bytesAt(place);
    tensors.push({ path, data });
  }
  return { model: joinParts(written), external: tensors, ...names };
}

/** A message that is mostly copied: neighbouring fields as one piece. */
class Copy {
  readonly message = new WireMessage<Place>();
  #from = 0;
  #to = 0;

  /** Copies bytes of the model's file. */
  keep(from: number, to: number): void {
    if (from !== this.#to) {
      this.#flush();
      this.#from = from;
    }
    this.#to = to;
  }

  /** The message, to write a field of one's own. */
  write(): WireMessage<Place> {
    this.#flush();
    return this.message;
  }

  #flush(): void {
    if (this.#to > this.#from) {
      this.message.verbatim({ file: null, at: this.#from, length: this.#to - this.#from });
    }
    this.#from = this.#to;
  }
}

/** A node under the name that it is given here. */
interface NamedNode extends Pick<OnnxOperation, 'inputs' | 'outputs'> {
  readonly name: string;
}

/** What the walk over a file's graphs finds. */
interface Found {
  /** Nodes as they are named; null where they keep the file's names. */
  readonly nodes: NamedNode[] | null;
  readonly external: { readonly path: string; readonly place: Place }[];
  /** Tensors that nodes make. */
  readonly made: Set<string>;
  readonly declared: Set<string>;
  readonly quantised: Map<string, Quantisation>;
}

function* outline(
  size: number,
  wanted: ReadonlySet<string>,
  { parameters = new Map(), isNamed = false }: RunnableOptions,
): Generator<Piece, Outline, Uint8Array> {
  const file = new FileReader(size);
  const model = new Copy();
  const found: Found = {
    external: [],
    nodes: isNamed ? [] : null,
    made: new Set(),
    declared: new Set(),
    quantised: new Map(),
  };
  for (let start = file.at; yield* file.header(size); start = file.at) {
    const end = file.endOfField();
    if (file.reader.field === 7) {
      const graph = yield* outlineGraph(file, end, found);
      model.write().message(7, graph);
    } else {
      file.skip();
      model.keep(start, end);
    }
  }
  // A second graph adds to the first (protobuf.dev, "Last One Wins": embedded messages are merged).
  const added = new WireMessage<Place>();
  const outputs = new Map<string, string>();
  for (const tensor of wanted) {
    if (!found.made.has(tensor)) continue;
    const scaled = found.quantised.get(tensor);
    const output = scaled ? `${tensor}#number` : tensor;
    if (scaled) {
      const node = new WireMessage().text(1, tensor).text(1, scaled.scale);
      if (scaled.zero !== '') node.text(1, scaled.zero);
      added.message(1, node.text(2, output).text(3, output).text(4, 'DequantizeLinear'));
    }
    // Its type and shape are for the runtime to infer.
    if (!found.declared.has(output)) added.message(12, new WireMessage().text(1, output));
    outputs.set(tensor, output);
  }
  const told = new Map<string, string>();
  for (const [index, [name, parameter]] of [...parameters].entries()) {
    const output = `parameter-${index}#value`;
    for (const node of parameterNodes(parameter, output)) added.message(1, node);
    added.message(12, new WireMessage().text(1, output));
    told.set(name, output);
  }
  return {
    parts: model.write().message(7, added).parts(),
    external: found.external,
    outputs,
    parameters: told,
    nodes: partsOf(found.nodes ?? [], wanted),
  };
}

/** Of each node the tensor wanted that it makes, or that the first who reads its result helps to make. */
function partsOf(nodes: readonly NamedNode[], wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  const readFor = new Map<string, string>();
  // From the end: a file's nodes stand behind what they read.
  for (const { name, inputs, outputs } of [...nodes].reverse()) {
    const made =
      outputs.find((output) => wanted.has(output)) ?? outputs.find((output) => readFor.has(output));
    if (made === undefined) continue;
    const tensor = wanted.has(made) ? made : (readFor.get(made) ?? made);
    parts.set(name, tensor);
    for (const input of inputs) readFor.set(input, tensor);
  }
  return parts;
}

/**
 * Nodes that make an output of a weight or a bias, as the numbers that it stands for. They leave its layout: some turned
 * whole numbers with several scales break the runtime's optimiser.
 */
function parameterNodes({ tensor, scaled }: FileParameter, output: string): WireMessage[] {
  const node = (type: string, inputs: readonly string[], result: string): WireMessage => {
    const proto = new WireMessage();
    for (const input of inputs) proto.text(1, input);
    return proto.text(2, result).text(3, result).text(4, type);
  };
  const nodes: WireMessage[] = [];
  let value = tensor;
  if (scaled) {
    let [scale = ''] = scaled.scales;
    for (const [index, other] of scaled.scales.slice(1).entries()) {
      const product = `${output}-scale-${index}`;
      nodes.push(node('Mul', [scale, other], product));
      scale = product;
    }
    value = `${output}-scaled`;
    const zero = scaled.zero === '' ? [] : [scaled.zero];
    const axis = new WireMessage().text(1, 'axis').int(3, scaled.axis).int(20, 2);
    nodes.push(node('DequantizeLinear', [tensor, scale, ...zero], value).message(5, axis));
  }
  nodes.push(node('Identity', [value], output));
  return nodes;
}

function* outlineGraph(
  file: FileReader,
  end: number,
  found: Found,
): Generator<Piece, WireMessage<Place>, Uint8Array> {
  const graph = new Copy();
  for (let start = file.at; yield* file.header(end); start = file.at) {
    const { field, length } = file.reader;
    const after = file.endOfField();
    if (field === 5) {
      const tensor = yield* readTensor(file, after);
      const own = tensorMessage(tensor, found);
      if (own) graph.write().message(5, own);
      else graph.keep(start, after);
      continue;
    }
    if (field === 1 && length <= LARGEST_NODE) {
      yield* file.loadField();
      const node = readNode(file.reader.message());
      if (found.nodes) {
        const { inputs, outputs } = node;
        const name = `node-${found.nodes.length}`;
        found.nodes.push({ name, inputs, outputs });
        // Of a field that stands twice the last one counts.
        const renamed = new WireMessage<Place>().verbatim({ file: null, at: after - length, length });
        graph.write().message(1, renamed.text(3, name));
      }
      for (const output of node.outputs) found.made.add(output);
      const [result = ''] = node.outputs;
      const scaled = quantisationOf(node, found.quantised);
      if (scaled) found.quantised.set(result, scaled);
      if (found.nodes) continue;
    } else if (field === 12) {
      yield* file.loadField();
      found.declared.add(readDeclared(file.reader.message()).name);
    } else {
      file.skip();
    }
    graph.keep(start, after);
  }
  return graph.write();
}

/** Where a tensor's bytes lie; null where they are lists of numbers. */
const placeOf = (data: TensorData): Place | null =>
  data.kind === 'typed'
    ? null
    : { file: data.kind === 'outside' ? data.file : null, at: data.at, length: data.length };

/** A tensor written anew: a large one as a file of its own, a small one out of a file beside; null for one that stays. */
function tensorMessage({ name, type, shape, data }: OnnxTensor, found: Found): WireMessage<Place> | null {
  const place = placeOf(data);
  if (!place) return null;
  if (place.length >= LARGE) {
    const path = `tensor-${found.external.length}`;
    found.external.push({ path, place });
    return new WireMessage<Place>().verbatim(
      joinParts(externalProto({ name, type, shape }, { path, length: place.length }).parts()),
    );
  }
  return place.file === null ? null : tensorProto<Place>(name, type, shape).later(9, place);
}
