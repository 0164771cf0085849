import { type Graph, type GraphNode, INPUT } from '../graph/types.ts';
import { sizeOf } from '../ops/window.ts';
import type { OpName, Shape } from '../spec/types.ts';
import type { FileParameter } from './file-parameters.ts';
import type { ImportedModel } from './import.ts';

/** A layer that a file has with other numbers than the definition: its output in both. */
export interface ChangedLayer {
  readonly id: string;
  readonly own: Shape;
  readonly file: Shape;
}

/** A definition as a file has it: the same layers by the same ids, with the file's sizes. */
export interface AdoptedFile {
  readonly graph: Graph;
  /** Names in the file of the tensors that the nodes make; a node that the file does without has none. */
  readonly tensors: ReadonlyMap<string, string>;
  /** Where the file has the weights of the nodes, by the definition's full names for them. */
  readonly parameters: ReadonlyMap<string, FileParameter>;
  /** Id of the node whose numbers the file returns: the softmax, or what enters it. */
  readonly answer: string;
  /** Convolutions, pools and fully connected layers whose attributes differ, in execution order. */
  readonly changed: readonly ChangedLayer[];
  /** Nodes that the file computes as part of the layer before them: folded batch norms, clipped whole numbers. */
  readonly absorbed: readonly string[];
}

/** What a file may leave out, as the layer before it does its work or it does nothing in inference. */
const dispensable: ReadonlySet<OpName> = new Set([
  'BatchNormalization',
  'Relu',
  'Dropout',
  'Flatten',
  'Softmax',
]);

/** What changes values, and is left out only as a part of a layer that computes. */
const absorbable: ReadonlySet<OpName> = new Set(['BatchNormalization', 'Relu']);
const absorbing: ReadonlySet<OpName> = new Set(['Conv', 'Gemm', 'Add']);

/** What a file may have between two layers besides. */
const passable: ReadonlySet<OpName> = new Set(['BatchNormalization', 'Dropout', 'Flatten', 'Pad']);

const means: ReadonlySet<OpName> = new Set(['AveragePool', 'GlobalAveragePool', 'AdaptiveAveragePool']);

/** Whether a node of the file can be one of the definition. */
function isAlike(own: GraphNode, file: GraphNode): boolean {
  if (own.op === 'Conv' && file.op === 'Conv') {
    const [height, width] = own.attributes.kernel;
    return height === file.attributes.kernel[0] && width === file.attributes.kernel[1];
  }
  if (own.op === 'Gemm' && file.op === 'Conv') return sizeOf(file.shape) === own.attributes.features;
  return own.op === file.op || (means.has(own.op) && means.has(file.op));
}

/** Nodes that read a tensor, also through what may stand between. */
function readersOf(graph: Graph, id: string): readonly GraphNode[] {
  return (graph.consumers.get(id) ?? []).flatMap((reader) => {
    const node = graph.nodeById.get(reader);
    if (!node) return [];
    const isPassed = passable.has(node.op) && node.inputs.length === 1;
    return isPassed ? [node, ...readersOf(graph, node.id)] : [node];
  });
}

/** What follows a node, a few layers far, in words that two graphs share. */
function outlook(graph: Graph, id: string, far: number): string {
  if (far === 0) return '';
  return (graph.consumers.get(id) ?? [])
    .flatMap((reader) => {
      const node = graph.nodeById.get(reader);
      if (!node) return [];
      if (dispensable.has(node.op)) return [outlook(graph, node.id, far)];
      const word =
        node.op === 'Conv' ? `Conv${node.attributes.kernel.join('x')}.${node.attributes.channels}` : node.op;
      return [`${word}(${outlook(graph, node.id, far - 1)})`];
    })
    .sort()
    .join('+');
}

/** How far two nodes that look alike are followed to tell them from their neighbours. */
const FAR = 2;

/** Pairs the nodes of a definition with those of a file by what they read, in execution order. */
class Pairing {
  readonly own: Graph;
  readonly file: Graph;
  /** Tensors of the file by those of the definition. */
  readonly at = new Map<string, string>([[INPUT, INPUT]]);
  readonly pairs = new Map<string, GraphNode>();
  readonly #used = new Set<string>();

  constructor(own: Graph, file: Graph) {
    this.own = own;
    this.file = file;
  }

  /** Pairs a node, or says that the file does without it. Whether either was possible. */
  place(node: GraphNode): boolean {
    const sources = node.inputs.map((id) => this.at.get(id));
    if (sources.some((source) => source === undefined)) return false;
    const found = this.#find(node, sources as string[]);
    if (found) {
      this.pairs.set(node.id, found);
      this.#used.add(found.id);
      this.at.set(node.id, found.id);
      return true;
    }
    const [only] = sources;
    if (!dispensable.has(node.op) || only === undefined) return false;
    if (absorbable.has(node.op) && !this.#isAbsorbed(node)) return false;
    this.at.set(node.id, only);
    return true;
  }

  #isAbsorbed(node: GraphNode): boolean {
    const source = this.own.nodeById.get(node.inputs[0] ?? INPUT);
    if (!source) return false;
    return absorbing.has(source.op) || (!this.pairs.has(source.id) && this.#isAbsorbed(source));
  }

  #find(node: GraphNode, sources: readonly string[]): GraphNode | null {
    const [first = INPUT] = sources;
    const candidates = [...new Set(readersOf(this.file, first))].filter(
      (one) => !this.#used.has(one.id) && isAlike(node, one) && this.#reads(one, sources),
    );
    if (candidates.length < 2) return candidates[0] ?? null;
    const after = outlook(this.own, node.id, FAR);
    const likeness = (one: GraphNode): number =>
      (outlook(this.file, one.id, FAR) === after ? 2 : 0) + (one.shape[0] === node.shape[0] ? 1 : 0);
    return candidates.reduce((best, one) => (likeness(one) > likeness(best) ? one : best));
  }

  /** Whether a node of the file reads the given tensors: a concatenation in their order. */
  #reads(one: GraphNode, sources: readonly string[]): boolean {
    if (sources.length === 1) return true;
    if (one.inputs.length !== sources.length) return false;
    const through = one.inputs.map((id) => this.#originsOf(id));
    if (one.op === 'Concat') return sources.every((source, index) => through[index]?.has(source));
    return sources.every((source) => through.some((origins) => origins.has(source)));
  }

  /** A tensor of the file with those that it is but passed on from. */
  #originsOf(id: string): ReadonlySet<string> {
    const origins = new Set([id]);
    for (let node = this.file.nodeById.get(id); node && passable.has(node.op); ) {
      const [source = INPUT] = node.inputs;
      origins.add(source);
      node = this.file.nodeById.get(source);
    }
    return origins;
  }
}

const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** Attributes by which layers of one operator differ to a reader. */
function numbersOf(node: GraphNode): string {
  switch (node.op) {
    case 'Conv': {
      const { channels, stride, padding, groups } = node.attributes;
      return JSON.stringify([channels, stride, padding, groups]);
    }
    case 'MaxPool':
    case 'AveragePool': {
      const { kernel, stride, padding } = node.attributes;
      return JSON.stringify([kernel, stride, padding]);
    }
    case 'Gemm':
      return String(node.attributes.features);
    default:
      return '';
  }
}

/** The node at the sizes that arrive in the file. */
function resized(node: GraphNode, found: GraphNode | undefined, inputShapes: readonly Shape[]): GraphNode {
  const [arriving = []] = inputShapes;
  if (!found) {
    return {
      ...node,
      inputShapes,
      shape: node.op === 'Flatten' ? [sizeOf(arriving)] : arriving,
    } as GraphNode;
  }
  // A fully connected layer that the file has as a convolution stays one.
  if (found.op !== node.op && node.op === 'Gemm') return { ...node, inputShapes } as GraphNode;
  const shape = node.op === 'Flatten' || node.op === 'Softmax' ? [sizeOf(found.shape)] : found.shape;
  return { ...node, op: found.op, attributes: found.attributes, inputShapes, shape } as GraphNode;
}

/**
 * A network of the catalogue as a file has it: nodes are paired by what they read, so that names, order and sizes may
 * differ, and the file may have folded batch norms, left out dropout, or end before the softmax. Null where the file's
 * network is another one.
 */
export function adoptFile(
  own: Graph,
  { graph: file, tensors: names, parameters: held }: ImportedModel,
): AdoptedFile | null {
  if (own.problem || file.problem) return null;
  const pairing = new Pairing(own, file);
  if (!own.nodes.every((node) => pairing.place(node))) return null;

  const output = own.outputs[0] ?? INPUT;
  const reached = pairing.at.get(output) ?? INPUT;
  const [returned = INPUT] = file.outputs;
  // What the file returns may have been flattened, or put through a softmax of which the definition knows nothing.
  if (reached !== returned && !readersOf(file, reached).some(({ id }) => id === returned)) return null;

  const nodes: GraphNode[] = [];
  const shapes = new Map<string, Shape>([[INPUT, file.input]]);
  const tensors = new Map<string, string>();
  const parameters = new Map<string, FileParameter>();
  const changed: ChangedLayer[] = [];
  const absorbed: string[] = [];
  for (const node of own.nodes) {
    const found = pairing.pairs.get(node.id);
    const inputShapes = node.inputs.map((id) => shapes.get(id) ?? []);
    const made = resized(node, found, inputShapes);
    nodes.push(made);
    shapes.set(node.id, made.shape);
    if (!found && absorbable.has(node.op)) {
      absorbed.push(node.id);
      // The file's tensor is what the absorbed node makes; what went into it is nowhere.
      for (const source of node.inputs) tensors.delete(source);
    }
    for (const name of ['weight', 'bias']) {
      const parameter = found && held.get(`${found.id}.${name}`);
      if (parameter) parameters.set(`${node.id}.${name}`, parameter);
    }
    const tensor = names.get(pairing.at.get(node.id) ?? '');
    // A softmax that the file lacks makes other numbers than what enters it.
    if (tensor !== undefined && (found || node.op !== 'Softmax')) tensors.set(node.id, tensor);
    const isOther =
      made.op === node.op ? numbersOf(made) !== numbersOf(node) : !sameShape(made.shape, node.shape);
    if (found && isOther) changed.push({ id: node.id, own: node.shape, file: made.shape });
  }
  const last = own.nodeById.get(output);
  const answer = tensors.has(output) ? output : (last?.inputs[0] ?? output);
  if (!tensors.has(answer)) return null;
  return {
    graph: { ...own, input: file.input, nodes, nodeById: new Map(nodes.map((node) => [node.id, node])) },
    tensors,
    parameters,
    answer,
    changed,
    absorbed,
  };
}
