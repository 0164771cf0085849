import { formatShape } from '../cost/format.ts';
import { describePlacedProblem } from '../graph/problem.ts';
import { contextOf, type Graph, type GraphGroup, type GraphNode, INPUT } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { moduleName, stringLiteral, variableName } from './names.ts';

/** What {@link torchCode} writes. */
export interface TorchOptions {
  /** Whether a Softmax at an output is kept; training with cross entropy wants the logits. True unless told otherwise. */
  readonly softmax?: boolean;
}

/**
 * A network as a PyTorch module (PyTorch ≥ 1.10): one class named after the title, its members named after the layers.
 *
 * The keys of its `state_dict` are the node ids with dots for slashes ({@link torchTensorNames}). `forward` takes
 * `[N, C, H, W]` and returns the main output, or a tuple of it and the outputs of the taps.
 *
 * @throws RangeError for a graph that does not fit
 */
export function torchCode(graph: Graph, { softmax = true }: TorchOptions = {}): string {
  if (graph.problem) throw new RangeError(describePlacedProblem(graph.problem));
  const writer = new Writer(graph, softmax);
  const members = writer.members();
  const forward = writer.forward();
  const helpers = [...writer.helpers.values()];
  const network = [
    `class ${className(graph.title, writer.helpers)}(nn.Module):`,
    ...docstring(graph, writer.outputs),
    '',
    '    def __init__(self):',
    '        super().__init__()',
    ...members.map((line) => `        ${line}`),
    '',
    '    def forward(self, x):',
    ...forward.map((line) => `        ${line}`),
  ].join('\n');
  const body = [...helpers, network].join('\n\n\n');
  const standard = body.includes('OrderedDict(') ? 'from collections import OrderedDict\n\n' : '';
  const functional = /\bF\./.test(body) ? 'import torch.nn.functional as F\n' : '';
  const torch = /\btorch\./.test(body) ? 'import torch\n' : '';
  return `${standard}${torch}${functional}from torch import nn\n\n\n${body}\n`;
}

/**
 * Key in the `state_dict` of the written module of every tensor of a graph, by the tensor's full name:
 * `conv1/conv.weight` → `conv1.conv.weight`. Batch normalisation's counter of batches has no counterpart.
 */
export const torchTensorNames = (graph: Graph): ReadonlyMap<string, string> =>
  new Map(
    tensorsOf(graph).map(({ name, node, spec }) => [
      name,
      `${node.split('/').map(moduleName).join('.')}.${spec.torchName}`,
    ]),
  );

/** One statement of `forward`: a call or a merge that makes one tensor out of others. */
interface Statement {
  readonly target: string;
  /** What the target is called where `x` is taken. */
  readonly name: string;
  readonly inputs: readonly string[];
  write(variables: readonly string[]): string;
}

type Child = GraphNode | GraphGroup;

const isNode = (child: Child): child is GraphNode => 'op' in child;

/** Writes the parts of one graph's class; collects the helper classes that they need. */
class Writer {
  readonly graph: Graph;
  readonly helpers = new Map<string, string>();
  /** Tensors that `forward` returns, the main one first. */
  readonly outputs: readonly string[];
  /** Softmaxes left out: a reader of one gets its input instead. */
  readonly #left: ReadonlyMap<string, string>;

  constructor(graph: Graph, softmax: boolean) {
    this.graph = graph;
    const main = this.network.output;
    const ends = [main, ...graph.outputs.filter((id) => id !== main)];
    this.#left = new Map(
      (softmax ? [] : ends).flatMap((id) => {
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

  /** Lines of `__init__` that make the members. */
  members(): string[] {
    return this.#childrenOf(this.network).flatMap((child) => {
      const module = this.#module(child);
      if (!module) return [];
      const name = nameOf(child);
      const [open, close] =
        variableName(name) === name
          ? [`self.${name} = `, '']
          : [`self.add_module(${stringLiteral(name)}, `, ')'];
      return wrap(open, module, close);
    });
  }

  /** Lines of `forward`. */
  forward(): string[] {
    const statements = this.#statements(this.network, 'self');
    const lastUse = new Map<string, number>();
    for (const [index, { inputs }] of statements.entries()) {
      for (const id of inputs) lastUse.set(id, index);
    }
    for (const id of this.outputs) lastUse.set(id, statements.length);
    const variables = new Map([[INPUT, 'x']]);
    const taken = new Set(['x', 'self', 'torch', 'nn', 'F']);
    // `x` is whatever was made last and is still read; what is made beside it gets a name of its own.
    let current = INPUT;
    const lines: string[] = [];
    for (const [index, { target, name, inputs, write }] of statements.entries()) {
      const isFree = (lastUse.get(current) ?? -1) <= index;
      const variable = isFree ? 'x' : unusedName(variableName(name), taken);
      taken.add(variable);
      lines.push(`${variable} = ${write(inputs.map((id) => variables.get(id) ?? 'x'))}`);
      variables.set(target, variable);
      if (isFree) current = target;
    }
    return [...lines, `return ${this.outputs.map((id) => variables.get(id) ?? 'x').join(', ')}`];
  }

  #childrenOf(group: GraphGroup): Child[] {
    return group.children.flatMap((id): Child[] => {
      if (this.#left.has(id)) return [];
      const child = this.graph.nodeById.get(id) ?? this.graph.groups.get(id);
      return child ? [child] : [];
    });
  }

  /** The tensor that leaves a layer. */
  #outputOf(child: Child): string {
    if (isNode(child)) return child.id;
    return this.#left.get(child.output) ?? child.output;
  }

  /** Where every layer reads what the one before it made, and the last makes the group's output. */
  #isChain(children: readonly Child[], from: string, to: string): boolean {
    let current = from;
    for (const child of children) {
      const inputs = isNode(child) ? child.inputs : [child.input];
      if (inputs.length !== 1 || inputs[0] !== current) return false;
      if (!isNode(child) && (child.kind === 'tap' || !this.#isModule(child))) return false;
      current = this.#outputOf(child);
    }
    return current === to;
  }

  /** The parallel parts of a group, the node that merges them and the layers after it, if that is what it holds. */
  #parallel(group: GraphGroup): { parts: GraphGroup[]; merge: GraphNode; after: Child[] } | null {
    const children = this.#childrenOf(group);
    const at = children.findIndex(isNode);
    const merge = children[at];
    const parts = children.slice(0, at).filter((child): child is GraphGroup => !isNode(child));
    if (!merge || !isNode(merge) || !isParallel(group)) return null;
    return { parts, merge, after: children.slice(at + 1) };
  }

  /** Whether a group is a module of its own: one tensor in, one tensor out, nothing inside read from elsewhere. */
  #isModule(group: GraphGroup): boolean {
    const output = this.#outputOf(group);
    const { nodes, consumers } = this.graph;
    const isClosed = nodes.slice(group.first, group.end).every(
      ({ id }) =>
        id === output ||
        (consumers.get(id) ?? []).every((reader) => {
          const index = this.graph.nodeById.get(reader)?.index ?? -1;
          return index >= group.first && index < group.end;
        }),
    );
    if (!isClosed) return false;
    if (!isParallel(group)) return this.#isChain(this.#childrenOf(group), group.input, output);
    const parallel = this.#parallel(group);
    if (!parallel) return false;
    const { parts, merge, after } = parallel;
    return (
      parts.every((part) => part.input === group.input && this.#isModule(part)) &&
      parts.map((part) => this.#outputOf(part)).join() === merge.inputs.join() &&
      this.#isChain(after, merge.id, output)
    );
  }

  /** A layer as a Python expression, line by line; null for a merge, which is no module. */
  #module(child: Child): string[] | null {
    if (!isNode(child)) return this.#groupModule(child);
    const form = operatorOf(child.op).toTorch(contextOf(child));
    if (form.kind === 'merge') return null;
    this.#need(form.helpers ?? {});
    return comment(form.expression.split('\n'), child);
  }

  #groupModule(group: GraphGroup): string[] {
    const children = this.#childrenOf(group);
    if (!this.#isModule(group)) return container('nn.ModuleDict(', this.#entries(children), ')');
    const parallel = isParallel(group) ? this.#parallel(group) : null;
    if (!parallel) return container('nn.Sequential(', this.#entries(children), ')');
    const { parts, merge, after } = parallel;
    if (group.kind !== 'residual') {
      const name = `${merge.op}${parts.length}`;
      this.#need({ [name]: branchesClass(name, parts.length, mergeExpression(merge)) });
      return comment(container(`${name}(`, this.#entries(parts), ')'), merge);
    }
    this.#need({ Residual: residualClass(mergeExpression(merge)) });
    const ways = parts.flatMap((part) => wrap(`${part.name}=`, this.#groupModule(part), ','));
    const rest = after.length > 0 ? container('after=', this.#entries(after), ',') : [];
    const written = ['Residual(', ...indent([...ways, ...rest]), ')'];
    return after.length > 0 ? written : comment(written, merge);
  }

  #entries(children: readonly Child[]): string[] {
    return children.flatMap((child) => {
      const module = this.#module(child);
      return module ? wrap(`(${stringLiteral(nameOf(child))}, `, module, '),') : [];
    });
  }

  /** Statements that run a group, going into those parts that are no modules. */
  #statements(group: GraphGroup, owner: string): Statement[] {
    return this.#childrenOf(group).flatMap((child): Statement[] => {
      const member = memberOf(owner, nameOf(child), group.id === '');
      if (isNode(child)) {
        const form = operatorOf(child.op).toTorch(contextOf(child));
        return [
          {
            target: child.id,
            name: nameOf(child),
            inputs: child.inputs,
            write: (variables) =>
              form.kind === 'merge' ? form.expression(variables) : `${member}(${variables.join(', ')})`,
          },
        ];
      }
      const target = this.#outputOf(child);
      if (!this.#isModule(child)) return this.#statements(child, member);
      if (target === child.input) return [];
      return [
        {
          target,
          name: child.name,
          inputs: [child.input],
          write: (variables) => `${member}(${variables.join(', ')})`,
        },
      ];
    });
  }

  #need(helpers: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(helpers)) this.helpers.set(name, text);
  }
}

const isParallel = ({ kind }: GraphGroup): boolean => kind === 'branches' || kind === 'residual';

const nameOf = ({ id }: Child): string => moduleName(id.slice(id.lastIndexOf('/') + 1));

function memberOf(owner: string, name: string, isAttribute: boolean): string {
  if (!isAttribute) return `${owner}[${stringLiteral(name)}]`;
  return variableName(name) === name ? `${owner}.${name}` : `getattr(${owner}, ${stringLiteral(name)})`;
}

function mergeExpression(node: GraphNode): (inputs: readonly string[]) => string {
  const form = operatorOf(node.op).toTorch(contextOf(node));
  if (form.kind !== 'merge') throw new RangeError(`${node.id} (${node.op}) merges nothing`);
  return form.expression;
}

const branchesClass = (name: string, count: number, merge: (inputs: readonly string[]) => string): string => {
  const results = Array.from({ length: count }, (_, index) => `y${index + 1}`);
  return `class ${name}(nn.Module):
    """Parallel branches over one input: ${merge(results)}."""

    def __init__(self, branches):
        super().__init__()
        for name, branch in branches.items():
            self.add_module(name, branch)

    def forward(self, x):
        ${results.join(', ')}${count === 1 ? ',' : ''} = [branch(x) for branch in self.children()]
        return ${merge(results)}`;
};

const residualClass = (merge: (inputs: readonly string[]) => string): string => `class Residual(nn.Module):
    """Residual block: body plus shortcut, then the layers after the sum."""

    def __init__(self, body, shortcut, after=None):
        super().__init__()
        self.body = body
        self.shortcut = shortcut
        self.names_after = list(after or {})
        for name in self.names_after:
            self.add_module(name, after[name])

    def forward(self, x):
        x = ${merge(['self.body(x)', 'self.shortcut(x)'])}
        for name in self.names_after:
            x = getattr(self, name)(x)
        return x`;

const indent = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

/** Text before the first line and after the last, but before that line's comment. */
function wrap(open: string, lines: readonly string[], close: string): string[] {
  return lines.map((line, index) => {
    const start = index === 0 ? open : '';
    if (index < lines.length - 1) return `${start}${line}`;
    const [code = '', shape] = line.split(commentMark);
    return `${start}${code}${close}${shape === undefined ? '' : `${commentMark}${shape}`}`;
  });
}

const commentMark = '  # ';

/** The shape that a node makes, as a comment on the last line. */
const comment = (lines: readonly string[], { shape }: GraphNode): string[] =>
  wrap('', lines, `${commentMark}${formatShape(shape)}`);

/** Named modules as the argument of a call, one a line. */
function container(open: string, entries: readonly string[], close: string): string[] {
  if (entries.length === 0) return [`${open}${close}`];
  return [`${open}OrderedDict([`, ...indent(entries), `])${close}`];
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  let unused = name;
  for (let number = 2; taken.has(unused); number += 1) unused = `${name}_${number}`;
  return unused;
}

const reservedClasses = new Set(['F', 'OrderedDict', 'None', 'True', 'False']);

/** The title as a class name: `VGG-16 (batch norm)` → `VGG16BatchNorm`, `LeNet-5 (1998)` → `LeNet5_1998`. */
function className(title: string, helpers: ReadonlyMap<string, string>): string {
  const words = title.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.reduce(
    (name, word) =>
      `${name}${/\d$/.test(name) && /^\d/.test(word) ? '_' : ''}${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    '',
  );
  const isTaken = joined === '' || /^\d/.test(joined) || helpers.has(joined) || reservedClasses.has(joined);
  return isTaken ? `Network${joined}` : joined;
}

/** Title, source, and the shapes that go in and come out. */
function docstring(graph: Graph, outputs: readonly string[]): string[] {
  const { source, title } = graph;
  const shapes = outputs.map((id) => formatShape(graph.nodeById.get(id)?.shape ?? graph.input));
  const lines = [
    `${title}.`,
    '',
    ...(source ? [`${source.authors} (${source.year}), ${source.paper}: ${source.where}.`] : []),
    ...(source?.link ? [source.link] : []),
    `Input N×${formatShape(graph.input)}, output ${shapes.map((shape) => `N×${shape}`).join(' and ')}.`,
  ].map((line) => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return [`    """${lines[0]}`, ...lines.slice(1).map((line) => (line ? `    ${line}` : '')), '    """'];
}
