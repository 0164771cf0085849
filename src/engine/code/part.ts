import { type Graph, type GraphGroup, type GraphNode, type GroupKind, INPUT } from '../graph/types.ts';
import type { PythonCall } from '../ops/types.ts';
import type { MergeName, OpName, Shape } from '../spec/types.ts';

/** What an argument is: Python text, or a part that is handed over. */
export type Value = string | Part;

/** An argument of a call, by the name of its parameter. */
export interface Argument {
  readonly name: string;
  readonly value: Value;
  /** What the parameter is where it is left out; an argument without it is positional. */
  readonly fallback?: string;
}

/** A part under its name. */
export interface Entry {
  readonly name: string;
  readonly part: Part;
}

interface PartBase {
  /** Id of the node or group. */
  readonly id: string;
  readonly role: GroupKind | 'node';
  readonly from: Shape;
  readonly shape: Shape;
}

/** A call: of an operator's module or function, or of a class or function that stands for a repeated part. */
export interface CallPart extends PartBase {
  readonly kind: 'call';
  readonly op: OpName | null;
  readonly callee: string;
  readonly args: readonly Argument[];
}

/** Parts one after the other; without entries the identity. */
export interface SeriesPart extends PartBase {
  readonly kind: 'series';
  readonly entries: readonly Entry[];
}

/** Parts over one input, merged and followed by others; without a merge they give several tensors. */
export interface ParallelPart extends PartBase {
  readonly kind: 'parallel';
  readonly merge: { readonly op: MergeName; readonly name: string } | null;
  readonly parts: readonly Entry[];
  readonly after: readonly Entry[];
}

/** Parts that are wired one by one, because something inside is read from elsewhere. */
export interface LoosePart extends PartBase {
  readonly kind: 'loose';
  readonly entries: readonly Entry[];
}

/** A network as code sees it: the hierarchy as authored, with calls at its leaves. */
export type Part = CallPart | SeriesPart | ParallelPart | LoosePart;

/** What reads tensors and makes one, or several: a call, a merge, or a part that is closed. */
export interface Step {
  /** Ids of the tensors that it makes. */
  readonly targets: readonly string[];
  readonly inputs: readonly string[];
  /** Names from the network down to it. */
  readonly path: readonly string[];
  /** A part, or the node that merges. */
  readonly does: Part | MergeNode;
}

/** A node that merges several tensors. */
export type MergeNode = Extract<GraphNode, { op: MergeName }>;

/** Whether a node merges several tensors. */
export const isMerge = (node: GraphNode): node is MergeNode =>
  node.op === 'Add' || node.op === 'Concat' || node.op === 'Mean';

/** How a node that does not merge is called. */
export type CallOf = (node: GraphNode) => PythonCall;

type Child = GraphNode | GraphGroup;

const isNode = (child: Child): child is GraphNode => 'op' in child;

const lastName = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** The terms in which operators are called. */
export interface Terms {
  /** Names of positional parameters. */
  readonly positional: Partial<Readonly<Record<OpName, readonly string[]>>>;
  /** What a keyword is where it is left out. */
  readonly fallbacks: Readonly<Record<string, string>>;
}

/** Reads a graph as parts, in the terms of one way to call its operators. */
export class PartReader {
  readonly graph: Graph;
  /** Tensors that the network returns, the main one first. */
  readonly outputs: readonly string[];
  /** Softmaxes left out: a reader of one gets its input instead. */
  readonly #left: ReadonlyMap<string, string>;
  readonly #callOf: CallOf;
  readonly #terms: Terms;
  readonly #nameOf: (name: string) => string;
  readonly #fits = new Map<GraphGroup, boolean>();

  constructor(
    graph: Graph,
    options: {
      readonly softmax: boolean;
      readonly callOf: CallOf;
      readonly terms: Terms;
      /** A layer's name in the code. */
      readonly nameOf?: (name: string) => string;
    },
  ) {
    this.graph = graph;
    this.#callOf = options.callOf;
    this.#terms = options.terms;
    this.#nameOf = options.nameOf ?? ((name) => name);
    const main = this.network.output;
    const ends = [main, ...graph.outputs.filter((id) => id !== main)];
    this.#left = new Map(
      (options.softmax ? [] : ends).flatMap((id) => {
        const node = graph.nodeById.get(id);
        return node?.op === 'Softmax' ? [[id, node.inputs[0] ?? INPUT] as const] : [];
      }),
    );
    this.outputs = ends.map((id) => this.#left.get(id) ?? id);
  }

  get network(): GraphGroup {
    const group = this.graph.groups.get('');
    if (!group) throw new RangeError(`${this.graph.id} has no network group`);
    return group;
  }

  /** The parts directly inside the network, without merges. */
  entries(): readonly Entry[] {
    return this.#entriesOf(this.#childrenOf(this.network));
  }

  /** What the network does, one closed part or node after the other. */
  steps(entries: readonly Entry[]): readonly Step[] {
    return this.#steps(this.network, entries, []);
  }

  #steps(group: GraphGroup, entries: readonly Entry[], path: readonly string[]): Step[] {
    const partOf = new Map(entries.map(({ name, part }) => [name, part]));
    return this.#childrenOf(group).flatMap((child): Step[] => {
      const name = this.#nameOf(lastName(child.id));
      const own = [...path, name];
      if (isNode(child)) {
        const part = partOf.get(name);
        const does = part ?? (isMerge(child) ? child : null);
        return does ? [{ targets: [child.id], inputs: child.inputs, path: own, does }] : [];
      }
      const part = partOf.get(name);
      if (!part) return [];
      if (part.kind === 'loose') return this.#steps(child, part.entries, own);
      const targets = this.#outputsOf(child);
      if (targets.length === 1 && targets[0] === child.input) return [];
      return [{ targets, inputs: [child.input], path: own, does: part }];
    });
  }

  #shapeOf(id: string): Shape {
    return this.graph.nodeById.get(id)?.shape ?? this.graph.input;
  }

  #childrenOf(group: GraphGroup): Child[] {
    return group.children.flatMap((id): Child[] => {
      if (this.#left.has(id)) return [];
      const child = this.graph.nodeById.get(id) ?? this.graph.groups.get(id);
      return child ? [child] : [];
    });
  }

  /** The tensors that leave a layer. */
  #outputsOf(child: Child): readonly string[] {
    const outputs = isNode(child) ? [child.id] : child.outputs;
    return outputs.map((id) => this.#left.get(id) ?? id);
  }

  #entriesOf(children: readonly Child[]): Entry[] {
    return children.flatMap((child): Entry[] => {
      if (isNode(child) && isMerge(child)) return [];
      const part = isNode(child) ? this.#callPart(child) : this.#groupPart(child);
      return [{ name: this.#nameOf(lastName(child.id)), part }];
    });
  }

  #callPart(node: GraphNode): CallPart {
    const { name, positional, keywords } = this.#callOf(node);
    const names = this.#terms.positional[node.op] ?? [];
    const args: Argument[] = [
      ...positional.map((value, index) => ({ name: names[index] ?? `argument${index + 1}`, value })),
      ...Object.entries(keywords).map(([key, value]) => ({
        name: key,
        value,
        // Without a usual value it is always written.
        fallback: this.#terms.fallbacks[key] ?? '',
      })),
    ];
    return {
      kind: 'call',
      id: node.id,
      role: 'node',
      from: node.inputShapes[0] ?? [],
      shape: node.shape,
      op: node.op,
      callee: name,
      args,
    };
  }

  #groupPart(group: GraphGroup): Part {
    const base: PartBase = {
      id: group.id,
      role: group.kind,
      from: this.#shapeOf(group.input),
      shape: this.#shapeOf(this.#outputsOf(group).at(-1) ?? group.output),
    };
    const children = this.#childrenOf(group);
    if (!this.#isClosed(group)) return { ...base, kind: 'loose', entries: this.#entriesOf(children) };
    const parallel = this.#isParallel(group) ? this.#parallel(group) : null;
    if (!parallel) return { ...base, kind: 'series', entries: this.#entriesOf(children) };
    const { parts, merge, after } = parallel;
    return {
      ...base,
      kind: 'parallel',
      merge: merge ? { op: merge.op, name: lastName(merge.id) } : null,
      parts: this.#entriesOf(parts),
      after: this.#entriesOf(after),
    };
  }

  /** Whether a group parts its input: branches, a residual block, or a branch that is one of them itself. */
  #isParallel(group: GraphGroup): boolean {
    return group.children.some((id) => partKinds.has(this.graph.groups.get(id)?.kind ?? 'series'));
  }

  /** Where every layer reads what the one before it made, and the last makes the group's outputs. */
  #isChain(children: readonly Child[], from: string, to: readonly string[]): boolean {
    let current: readonly string[] = [from];
    for (const child of children) {
      const inputs = isNode(child) ? child.inputs : [child.input];
      if (current.length !== 1 || inputs.length !== 1 || inputs[0] !== current[0]) return false;
      if (isNode(child) ? isMerge(child) : child.kind === 'tap' || !this.#isFit(child)) return false;
      current = this.#outputsOf(child);
    }
    return current.join('\n') === to.join('\n');
  }

  /** The parallel parts of a group, the node that merges them and the layers after it, if that is what it holds. */
  #parallel(group: GraphGroup): { parts: GraphGroup[]; merge: MergeNode | null; after: Child[] } | null {
    const children = this.#childrenOf(group);
    const at = children.findIndex(isNode);
    const parts = children
      .slice(0, at < 0 ? undefined : at)
      .filter((child): child is GraphGroup => !isNode(child));
    if (at < 0) return { parts, merge: null, after: [] };
    const merge = children[at];
    if (!merge || !isNode(merge) || !isMerge(merge)) return null;
    return { parts, merge, after: children.slice(at + 1) };
  }

  /** Whether nothing inside a group is read from elsewhere, and its layers are a series or meet in one merge. */
  #isFit(group: GraphGroup): boolean {
    const known = this.#fits.get(group);
    if (known !== undefined) return known;
    const fits = this.#computeFit(group);
    this.#fits.set(group, fits);
    return fits;
  }

  #computeFit(group: GraphGroup): boolean {
    const outputs = this.#outputsOf(group);
    const own = new Set(outputs);
    const { nodes, consumers } = this.graph;
    for (let index = group.first; index < group.end; index += 1) {
      const id = nodes[index]?.id ?? '';
      if (own.has(id)) continue;
      for (const reader of consumers.get(id) ?? []) {
        const place = this.graph.nodeById.get(reader)?.index ?? -1;
        if (place < group.first || place >= group.end) return false;
      }
    }
    if (!this.#isParallel(group)) return this.#isChain(this.#childrenOf(group), group.input, outputs);
    const parallel = this.#parallel(group);
    if (!parallel) return false;
    const { parts, merge, after } = parallel;
    const results = parts.flatMap((part) => this.#outputsOf(part));
    if (!parts.every((part) => part.input === group.input && this.#isFit(part))) return false;
    return merge
      ? results.join('\n') === merge.inputs.join('\n') && this.#isChain(after, merge.id, outputs)
      : results.join('\n') === outputs.join('\n');
  }

  /** Whether a group is a part of its own. One that gives several tensors is so only within that which merges them. */
  #isClosed(group: GraphGroup): boolean {
    if (!this.#isFit(group)) return false;
    let around: GraphGroup | undefined = group;
    while (around && this.#outputsOf(around).length > 1) {
      around = around.parent === null ? undefined : this.graph.groups.get(around.parent);
    }
    return around === group || (around !== undefined && this.#isClosed(around));
  }
}

const partKinds: ReadonlySet<GroupKind> = new Set(['branch', 'body', 'shortcut']);
