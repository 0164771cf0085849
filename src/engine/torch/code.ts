import { type Condensed, condense, type Definition, isIdentity } from '../code/classes.ts';
import { definitionName, titleName } from '../code/names.ts';
import {
  type Entry,
  type MergeNode,
  type ParallelPart,
  type Part,
  PartReader,
  type Step,
  type Terms,
} from '../code/part.ts';
import {
  comment,
  escapeDocstring,
  indent,
  runFrom,
  stringLiteral,
  wrap,
  writtenArguments,
} from '../code/text.ts';
import { formatShape } from '../cost/format.ts';
import { describePlacedProblem } from '../graph/problem.ts';
import { contextOf, type Graph, type GraphNode, INPUT } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { TorchForm } from '../ops/types.ts';
import type { Shape } from '../spec/types.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { moduleName, variableName } from './names.ts';

/** What {@link torchCode} writes. */
export interface TorchOptions {
  /** Whether a Softmax at an output is kept; training with cross entropy wants the logits. True unless told otherwise. */
  readonly softmax?: boolean;
}

/**
 * A network as PyTorch modules (PyTorch ≥ 1.10): one class named after the title, its members named after the layers,
 * and a class for every part that repeats, whose parameters are what differs between its places.
 *
 * The keys of its `state_dict` are the node ids with dots for slashes ({@link torchTensorNames}). `forward` takes
 * `[N, C, H, W]` and returns the main output, or a tuple of it and the outputs of the taps.
 *
 * @throws RangeError for a graph that does not fit
 */
export function torchCode(graph: Graph, { softmax = true }: TorchOptions = {}): string {
  if (graph.problem) throw new RangeError(describePlacedProblem(graph.problem));
  const helpers = new Map<string, string>();
  const callOf = (node: GraphNode) => {
    const form = moduleForm(node);
    for (const [name, text] of Object.entries(form.helpers ?? {})) helpers.set(name, text);
    return form.call;
  };
  const reader = new PartReader(graph, { softmax, callOf, nameOf: moduleName, terms: torchTerms });
  const raw = reader.entries();
  const steps = reader.steps(raw);
  const taken = new Set([...helpers.keys(), ...Object.keys(mergeClasses), ...reservedClasses]);
  const condensed = condense(raw, (first, all) => {
    const name = definitionName(graph, first, all);
    return taken.has(name) ? `${name}Block` : name;
  });
  return new Writer(graph, reader, steps, condensed, helpers).text();
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

/** PyTorch's names of positional parameters, and what its keywords are where nothing is said. */
const torchTerms: Terms = {
  positional: {
    Conv: ['in_channels', 'out_channels', 'kernel_size'],
    Gemm: ['in_features', 'out_features'],
    BatchNormalization: ['channels'],
    MaxPool: ['kernel_size', 'stride'],
    AveragePool: ['kernel_size', 'stride'],
    Dropout: ['rate'],
    StochasticDepth: ['survival'],
    LRN: ['size'],
  },
  fallbacks: {
    stride: '1',
    padding: '0',
    dilation: '1',
    groups: '1',
    bias: 'True',
    ceil_mode: 'False',
    count_include_pad: 'True',
    eps: '1e-5',
    momentum: '0.1',
  },
};

function moduleForm(node: GraphNode): Extract<TorchForm, { kind: 'module' }> {
  const form = operatorOf(node.op).toTorch(contextOf(node));
  if (form.kind !== 'module') throw new RangeError(`${node.id} (${node.op}) is no module`);
  return form;
}

/** The longest line of code, comments apart. */
const LINE = 104;

/** Writes the classes of one graph. */
class Writer {
  readonly #graph: Graph;
  readonly #reader: PartReader;
  readonly #steps: readonly Step[];
  readonly #condensed: Condensed;
  readonly #helpers: Map<string, string>;
  readonly #merges = new Set<keyof typeof mergeClasses>();
  /** Parameters of the definition being written that stand for parts. */
  #given: ReadonlyMap<string, string | undefined> = new Map();
  /** Whether shapes are written beside the layers. */
  #shapes = true;

  constructor(
    graph: Graph,
    reader: PartReader,
    steps: readonly Step[],
    condensed: Condensed,
    helpers: Map<string, string>,
  ) {
    this.#graph = graph;
    this.#reader = reader;
    this.#steps = steps;
    this.#condensed = condensed;
    this.#helpers = helpers;
  }

  text(): string {
    const definitions = this.#condensed.definitions.map((definition) => this.#definition(definition));
    const network = this.#network();
    const merges: string[] = [...this.#merges].flatMap((merge) => Object.values(mergeClasses[merge]));
    if (this.#merges.size > 0) merges.unshift(branchesClass);
    const body = [...this.#helpers.values(), ...merges, ...definitions, network].join('\n\n\n');
    const standard = body.includes('OrderedDict(') ? 'from collections import OrderedDict\n\n' : '';
    const functional = /\bF\./.test(body) ? 'import torch.nn.functional as F\n' : '';
    const torch = /\btorch\./.test(body) ? 'import torch\n' : '';
    return `${standard}${torch}${functional}from torch import nn\n\n\n${body}\n`;
  }

  #network(): string {
    const { entries, definitions } = this.#condensed;
    const taken = new Set([
      ...this.#helpers.keys(),
      ...definitions.map(({ name }) => name),
      ...reservedClasses,
    ]);
    return [
      `class ${titleName(this.#graph.title, taken)}(nn.Module):`,
      ...this.#docstring(),
      '',
      '    def __init__(self):',
      '        super().__init__()',
      ...indent(indent(this.#members(entries))),
      '',
      '    def forward(self, x):',
      ...indent(indent(this.#forward())),
    ].join('\n');
  }

  /** Title, source, and the shapes that go in and come out. */
  #docstring(): string[] {
    const { source, title, input, nodeById } = this.#graph;
    const shapes = this.#reader.outputs.map((id) => formatShape(nodeById.get(id)?.shape ?? input));
    const lines = [
      `${title}.`,
      '',
      ...(source ? [`${source.authors} (${source.year}), ${source.paper}: ${source.where}.`] : []),
      ...(source?.link ? [source.link] : []),
      `Input N×${formatShape(input)}, output ${shapes.map((shape) => `N×${shape}`).join(' and ')}.`,
    ].map(escapeDocstring);
    return [`    """${lines[0]}`, ...lines.slice(1).map((line) => (line ? `    ${line}` : '')), '    """'];
  }

  /** The class of a part that repeats. */
  #definition({ name, parameters, template, isUnit }: Definition): string {
    this.#given = new Map(
      parameters.filter(({ isPart }) => isPart).map((parameter) => [parameter.name, parameter.fallback]),
    );
    this.#shapes = !isUnit;
    const signature = parameters.map(({ name: parameter, fallback }) =>
      fallback === undefined ? parameter : `${parameter}=${fallback}`,
    );
    const init = `    def __init__(${['self', ...signature].join(', ')}):`;
    const asWhere = isUnit
      ? []
      : [
          `    """Shapes beside the layers are those of ${escapeDocstring(template.id)}, which takes ${formatShape(template.from)}."""`,
          '',
        ];
    const lines =
      template.kind === 'parallel' && (template.merge === null || !isResidual(template))
        ? this.#branchesSubclass(name, template, asWhere, init)
        : template.kind === 'parallel'
          ? this.#residualClass(name, template, asWhere, init)
          : [
              `class ${name}(nn.Sequential):`,
              ...asWhere,
              init,
              ...indent(indent(this.#dictionary('super().__init__(', this.#sequence(template), ')'))),
            ];
    this.#given = new Map();
    this.#shapes = true;
    return lines.join('\n');
  }

  #branchesSubclass(name: string, part: ParallelPart, asWhere: readonly string[], init: string): string[] {
    const base = this.#mergeClass(part);
    const after = part.after.length > 0;
    return [
      `class ${name}(${base}):`,
      ...asWhere,
      init,
      ...indent(
        indent([
          ...this.#dictionary('super().__init__(', part.parts, ')'),
          ...(after ? this.#members(part.after) : []),
        ]),
      ),
      ...(after
        ? [
            '',
            '    def forward(self, x):',
            '        x = super().forward(x)',
            ...indent(
              indent(part.after.map(({ name: member }) => `x = ${memberOf('self', member, true)}(x)`)),
            ),
            '        return x',
          ]
        : []),
    ];
  }

  #residualClass(name: string, part: ParallelPart, asWhere: readonly string[], init: string): string[] {
    const ways = part.parts.map((way) =>
      isIdentity(way.part) ? 'x' : `${memberOf('self', way.name, true)}(x)`,
    );
    const sum = ways.join(' + ');
    const last = part.after.at(-1);
    return [
      `class ${name}(nn.Module):`,
      ...asWhere,
      init,
      '        super().__init__()',
      ...indent(indent(this.#members([...part.parts.filter((way) => !isIdentity(way.part)), ...part.after]))),
      '',
      '    def forward(self, x):',
      ...(last
        ? [
            `        x = ${sum}`,
            ...part.after.slice(0, -1).map((entry) => `        x = ${memberOf('self', entry.name, true)}(x)`),
            `        return ${memberOf('self', last.name, true)}(x)`,
          ]
        : [`        return ${sum}`]),
    ];
  }

  /** Lines of `__init__` that make members. */
  #members(entries: readonly Entry[]): string[] {
    return this.#inRuns(
      entries,
      ({ name, part }) => {
        const [open, close] =
          variableName(name) === name
            ? [`self.${name} = `, '']
            : [`self.add_module(${stringLiteral(name)}, `, ')'];
        return wrap(open, this.#module(part), close);
      },
      (range, name, lines) => [
        `for i in ${range}:`,
        ...indent(wrap(`self.add_module(${name}, `, lines, ')')),
      ],
    );
  }

  /** Every entry for itself, or several in a loop. */
  #inRuns(
    entries: readonly Entry[],
    one: (entry: Entry) => string[],
    several: (range: string, name: string, lines: readonly string[]) => string[],
  ): string[] {
    const lines: string[] = [];
    for (let place = 0; place < entries.length; ) {
      const entry = entries[place];
      if (!entry) break;
      const run = runFrom(entries, place);
      if (!run || entry.part.kind !== 'call') {
        lines.push(...one(entry));
        place += 1;
        continue;
      }
      const length = run.end - run.first;
      const last = entries[place + length - 1];
      const range = run.first === 0 ? `range(${run.end})` : `range(${run.first}, ${run.end})`;
      const call = this.#call(entry.part.callee, { ...entry.part, args: run.args });
      const shape = this.#shapes ? formatRange(entry.part.shape, last?.part.shape ?? entry.part.shape) : '';
      lines.push(...several(range, `f"${run.prefix}{i}"`, comment(call, shape)));
      place += length;
    }
    return lines;
  }

  /** Named modules as the argument of a call, one a line. */
  #dictionary(open: string, entries: readonly Entry[], close: string): string[] {
    if (entries.length === 0) return [`${open}${close}`];
    const lines = this.#inRuns(
      entries,
      ({ name, part }) => wrap(`(${stringLiteral(name)}, `, this.#module(part), '),'),
      (range, name, module) => wrap(`*((${name}, `, module, `) for i in ${range}),`),
    );
    return [`${open}OrderedDict([`, ...indent(lines), `])${close}`];
  }

  /** The entries of a part that is a series. */
  #sequence(part: Part): readonly Entry[] {
    return part.kind === 'series' ? part.entries : [];
  }

  #shape(part: Part): string {
    return this.#shapes ? formatShape(part.shape) : '';
  }

  /** A part as a Python expression, line by line. */
  #module(part: Part): string[] {
    switch (part.kind) {
      case 'call': {
        const fallback = this.#given.get(part.callee);
        if (this.#given.has(part.callee)) {
          const given =
            fallback === undefined
              ? part.callee
              : `nn.Identity() if ${part.callee} is None else ${part.callee}`;
          return [given];
        }
        return comment(this.#call(part.callee, part), this.#shape(part));
      }
      case 'loose':
        return this.#dictionary('nn.ModuleDict(', part.entries, ')');
      case 'series':
        return part.entries.length === 0
          ? ['nn.Identity()']
          : this.#dictionary('nn.Sequential(', part.entries, ')');
      case 'parallel': {
        if (part.after.length === 0) {
          return comment(this.#dictionary(`${this.#mergeClass(part)}(`, part.parts, ')'), this.#shape(part));
        }
        this.#merges.add('Residual');
        const ways = this.#dictionary('', part.parts, ',');
        const after = this.#dictionary('after=', part.after, ',');
        return [`Residual(`, ...indent([...ways, ...after]), ')'];
      }
    }
  }

  #mergeClass(part: ParallelPart): string {
    const merge = part.merge?.op ?? 'Branches';
    this.#merges.add(merge);
    return merge;
  }

  /** A call: on one line where it fits. */
  #call(callee: string, part: { readonly args: Parameters<typeof writtenArguments>[0] }): string[] {
    const shapes = this.#shapes;
    const args = writtenArguments(part.args).map(({ name, value, fallback }) => {
      const open = fallback === undefined ? '' : `${name}=`;
      if (typeof value === 'string') return wrap(open, value.split('\n'), '');
      // The shape behind the call is that of the whole.
      this.#shapes = value.kind !== 'call';
      const lines = wrap(open, this.#module(value), '');
      this.#shapes = shapes;
      return lines;
    });
    if (args.every((lines) => lines.length === 1)) {
      const line = `${callee}(${args.map(([text]) => text).join(', ')})`;
      if (line.length <= LINE) return [line];
    } else if (args.every((lines) => !lines.some((line) => line.includes('  # ')))) {
      // A table among the arguments goes on where the line before it ended.
      const joined: string[] = [];
      for (const [start = '', ...rest] of args) {
        const before = joined.pop();
        joined.push(before === undefined ? start : `${before}, ${start}`, ...rest);
      }
      return wrap(`${callee}(`, joined, ')');
    }
    return [`${callee}(`, ...indent(args.flatMap((lines) => wrap('', lines, ','))), ')'];
  }

  /** Lines of the network's `forward`. */
  #forward(): string[] {
    const { outputs } = this.#reader;
    const lastUse = new Map<string, number>();
    for (const [index, { inputs }] of this.#steps.entries()) {
      for (const id of inputs) lastUse.set(id, index);
    }
    for (const id of outputs) lastUse.set(id, this.#steps.length);
    const variables = new Map([[INPUT, 'x']]);
    const taken = new Set(['x', 'self', 'torch', 'nn', 'F']);
    // `x` is whatever was made last and is still read; what is made beside it gets a name of its own.
    let current = INPUT;
    const lines: string[] = [];
    for (const [index, { targets, path, inputs, does }] of this.#steps.entries()) {
      const [target = ''] = targets;
      const isFree = (lastUse.get(current) ?? -1) <= index;
      const variable = isFree ? 'x' : unusedName(variableName(path.at(-1) ?? ''), taken);
      taken.add(variable);
      const read = inputs.map((id) => variables.get(id) ?? 'x');
      const member = path.reduce((owner, name, depth) => memberOf(owner, name, depth === 0), 'self');
      lines.push(
        `${variable} = ${!('kind' in does) ? mergeExpression(does)(read) : `${member}(${read.join(', ')})`}`,
      );
      variables.set(target, variable);
      if (isFree) current = target;
    }
    return [...this.#inLoops(lines), `return ${outputs.map((id) => variables.get(id) ?? 'x').join(', ')}`];
  }

  /** Runs of members that a loop has made, called in a loop. */
  #inLoops(lines: readonly string[]): string[] {
    const { entries } = this.#condensed;
    const runs = new Map(
      entries.flatMap((entry, place) => {
        const run = runFrom(entries, place);
        const call: string = `x = ${memberOf('self', entry.name, true)}(x)`;
        return run ? [[call, run] as const] : [];
      }),
    );
    const looped: string[] = [];
    for (let place = 0; place < lines.length; ) {
      const line = lines[place] ?? '';
      const run = runs.get(line);
      const length = run ? run.end - run.first : 0;
      const isRun =
        run &&
        lines
          .slice(place, place + length)
          .every(
            (one, index) => one === `x = ${memberOf('self', `${run.prefix}${run.first + index}`, true)}(x)`,
          );
      if (run && isRun) {
        looped.push(
          `for i in range(${run.first}, ${run.end}):`,
          `    x = self.get_submodule(f"${run.prefix}{i}")(x)`,
        );
        place += length;
      } else {
        looped.push(line);
        place += 1;
      }
    }
    return looped;
  }
}

const isResidual = (part: ParallelPart): boolean =>
  part.merge?.op === 'Add' &&
  part.parts.every(({ part: way }) => way.role === 'body' || way.role === 'shortcut');

/** Shapes of the first and the last of several calls. */
const formatRange = (first: Shape, last: Shape): string => {
  const [from, to] = [formatShape(first), formatShape(last)];
  return from === to ? `${from} each` : `${from} to ${to}`;
};

function memberOf(owner: string, name: string, isAttribute: boolean): string {
  if (!isAttribute) return `${owner}[${stringLiteral(name)}]`;
  return variableName(name) === name ? `${owner}.${name}` : `getattr(${owner}, ${stringLiteral(name)})`;
}

function mergeExpression(node: MergeNode): (inputs: readonly string[]) => string {
  const form = operatorOf(node.op).toTorch(contextOf(node));
  if (form.kind !== 'merge') throw new RangeError(`${node.id} (${node.op}) merges nothing`);
  return form.expression;
}

const branchesClass = `class Branches(nn.Module):
    """Parallel branches over one input; gives the list of what they make."""

    def __init__(self, branches):
        super().__init__()
        self._branches = list(branches)
        for name, branch in branches.items():
            self.add_module(name, branch)

    def forward(self, x):
        made = []
        for name in self._branches:
            y = getattr(self, name)(x)
            made += y if isinstance(y, list) else [y]
        return made`;

const residualClass = `class Residual(Branches):
    """The sum of parallel branches, then the layers after it."""

    def __init__(self, branches, after):
        super().__init__(branches)
        self._after = list(after)
        for name, layer in after.items():
            self.add_module(name, layer)

    def forward(self, x):
        x = sum(super().forward(x))
        for name in self._after:
            x = getattr(self, name)(x)
        return x`;

/** Classes of the ways in which branches meet, by class name; all build on `Branches`. */
const mergeClasses = {
  Branches: {},
  Residual: { Residual: residualClass },
  Add: {
    Add: `class Add(Branches):
    """The sum of parallel branches."""

    def forward(self, x):
        return sum(super().forward(x))`,
  },
  Concat: {
    Concat: `class Concat(Branches):
    """Parallel branches, one behind the other along the channels."""

    def forward(self, x):
        return torch.cat(super().forward(x), dim=1)`,
  },
  Mean: {
    Join: `class Join(nn.Module):
    """Where columns meet: the mean of a list of tensors, in training of those that drop-path leaves.

    Local drop-path loses each of them with probability \`share\`, but never all. Global drop-path gives a batch to one
    column of the whole network: set \`Join.column\` to its number, counted from the deepest, which is 0.
    """

    share = 0.15
    column = None

    def forward(self, columns):
        if self.training and Join.column is not None:
            return columns[max(len(columns) - 1 - Join.column, 0)]
        if self.training:
            kept = [column for column in columns if float(torch.rand(())) >= Join.share]
            columns = kept or [columns[int(torch.randint(len(columns), ()))]]
        return sum(columns) / len(columns)`,
    Mean: `class Mean(Branches):
    """Parallel branches that meet in a join."""

    def __init__(self, branches):
        super().__init__(branches)
        self._join = Join()

    def forward(self, x):
        return self._join(super().forward(x))`,
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

function unusedName(name: string, taken: ReadonlySet<string>): string {
  let unused = name;
  for (let number = 2; taken.has(unused); number += 1) unused = `${name}_${number}`;
  return unused;
}

/** Names in the text that no class of the network's own may take. */
const reservedClasses = ['F', 'OrderedDict', 'None', 'True', 'False', 'Join'];
