import { type Condensed, condense, type Definition, isIdentity } from '../code/classes.ts';
import { definitionName, snakeCase } from '../code/names.ts';
import {
  type CallPart,
  type Entry,
  type MergeNode,
  type ParallelPart,
  type Part,
  PartReader,
  type Step,
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
import { type Graph, type GraphNode, INPUT } from '../graph/types.ts';
import type { MergeName, Shape } from '../spec/types.ts';
import { variableName } from '../torch/names.ts';
import { kerasCall, kerasHelpers, kerasTerms, padsOtherwise } from './calls.ts';

/**
 * A network as a Keras 3 functional model, channels last, in any backend: a function that builds it, and a function
 * for every part that repeats, whose parameters are what differs between its places. Layers are named by the node ids
 * with dots for slashes; shapes are `height×width×channels`.
 *
 * What Keras pads otherwise is padded by layers of its own in the text: convolutions with zeros on the sides that the
 * definition names, max poolings with minus infinity (also where windows are counted rounded up), average poolings
 * with zeros that divide the sum only where they count.
 *
 * @throws RangeError for a graph that does not fit
 */
export function kerasCode(graph: Graph): string {
  if (graph.problem) throw new RangeError(describePlacedProblem(graph.problem));
  const explicitPadding = padsOtherwise(graph);
  const helpers = new Set<string>();
  const callOf = (node: GraphNode) => {
    const written = kerasCall(node, explicitPadding);
    if (kerasHelpers[written.name]) helpers.add(written.name);
    return written;
  };
  const reader = new PartReader(graph, { softmax: true, callOf, terms: kerasTerms });
  const raw = reader.entries();
  const steps = reader.steps(raw);
  const condensed = condense(raw, (first, all) => {
    const name = snakeCase(definitionName(graph, first, all));
    return kerasHelpers[name] || reserved.has(name) ? `${name}_block` : name;
  });
  return new Writer(graph, reader, steps, condensed, helpers).text();
}

const reserved = new Set(['keras', 'layers', 'ops', 'x', 'name', 'inputs']);

const mergeLayers: Readonly<Record<MergeName, string>> = {
  Add: 'Add',
  Concat: 'Concatenate',
  Mean: 'Average',
};

/** The longest line of code, comments apart. */
const LINE = 110;

/** Height, width and channels, as Keras orders them. */
const kerasShape = (shape: Shape): Shape =>
  shape.length === 3 ? [...shape.slice(1), ...shape.slice(0, 1)] : shape;

const formatKeras = (shape: Shape): string => formatShape(kerasShape(shape));

/** How a layer's name is written: below a fixed path, or below the name that a function is given. */
interface Place {
  /** Python between the quotes. */
  readonly text: string;
  readonly isFormat: boolean;
}

const below = ({ text, isFormat }: Place, name: string): Place => ({
  text: text === '' ? name : `${text}.${name}`,
  isFormat,
});

/** A name as a Python string. */
function written({ text, isFormat }: Place): string {
  if (text === '{name}') return 'name';
  return isFormat ? `f${stringLiteral(text)}` : stringLiteral(text);
}

/** Variables of one function. */
class Scope {
  readonly #passing = new Map<string, string>();
  readonly #taken = new Set(['x', 'name', 'inputs', 'keras', 'layers', 'ops', 'i']);

  take(names: Iterable<string>): void {
    for (const name of names) this.#taken.add(name);
  }

  /** A variable for what is read in the next statement and never again. */
  passing(wanted: string): string {
    const known = this.#passing.get(wanted);
    if (known !== undefined) return known;
    const name = this.fresh(wanted);
    this.#passing.set(wanted, name);
    return name;
  }

  /** A variable that is not in use, named as wanted if it can be. */
  fresh(wanted: string): string {
    const base = /^\d/.test(wanted) ? `branch_${variableName(wanted).slice(1)}` : variableName(wanted);
    let name = base;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${base}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

interface Made {
  readonly lines: readonly string[];
  /** What holds the results: variables; a list of several has a star before it. */
  readonly results: readonly string[];
}

/** Writes the functions of one graph. */
class Writer {
  readonly #graph: Graph;
  readonly #reader: PartReader;
  readonly #steps: readonly Step[];
  readonly #condensed: Condensed;
  readonly #helpers: ReadonlySet<string>;
  readonly #definitions: ReadonlyMap<string, Definition>;
  /** Whether shapes are written beside the layers. */
  #shapes = true;
  /** Parameters of the definition being written that stand for tensors. */
  #given: ReadonlySet<string> = new Set();

  constructor(
    graph: Graph,
    reader: PartReader,
    steps: readonly Step[],
    condensed: Condensed,
    helpers: ReadonlySet<string>,
  ) {
    this.#graph = graph;
    this.#reader = reader;
    this.#steps = steps;
    this.#condensed = condensed;
    this.#helpers = helpers;
    this.#definitions = new Map(condensed.definitions.map((definition) => [definition.name, definition]));
  }

  text(): string {
    const definitions = this.#condensed.definitions.map((definition) => this.#definition(definition));
    const helpers = [...this.#helpers].map((name) => kerasHelpers[name] ?? '');
    const body = [...helpers, ...definitions, this.#network()].join('\n\n\n');
    const layers = /\bops\./.test(body) ? 'from keras import layers, ops' : 'from keras import layers';
    return `import keras\n${layers}\n\n\n${body}\n`;
  }

  #network(): string {
    const { source, title, input, nodeById } = this.#graph;
    const shapes = this.#reader.outputs.map((id) => `N×${formatKeras(nodeById.get(id)?.shape ?? input)}`);
    const taken = new Set([...this.#helpers, ...this.#definitions.keys(), ...reserved]);
    const words = (title.match(/[A-Za-z0-9]+/g) ?? []).join('_').toLowerCase();
    const name = /^[a-z]/.test(words) ? words : `network_${words}`;
    const docstring = [
      `${title}.`,
      '',
      ...(source ? [`${source.authors} (${source.year}), ${source.paper}: ${source.where}.`] : []),
      ...(source?.link ? [source.link] : []),
      `Input N×${formatKeras(input)}, output ${shapes.join(' and ')}.`,
    ].map(escapeDocstring);
    const extents = kerasShape(input);
    return [
      `def ${taken.has(name) ? `${name}_network` : name}():`,
      `    """${docstring[0]}`,
      ...docstring.slice(1).map((line) => (line ? `    ${line}` : '')),
      '    """',
      `    inputs = keras.Input((${extents.join(', ')}${extents.length === 1 ? ',' : ''}))`,
      ...indent(this.#body()),
    ].join('\n');
  }

  /** The network, step by step. */
  #body(): string[] {
    const { outputs } = this.#reader;
    const partOf = new Map<string, Part>();
    const collect = (entries: readonly Entry[], path: string): void => {
      for (const { name, part } of entries) {
        const own = path === '' ? name : `${path}/${name}`;
        partOf.set(own, part);
        if (part.kind === 'loose') collect(part.entries, own);
      }
    };
    collect(this.#condensed.entries, '');
    const lastUse = new Map<string, number>();
    for (const [index, { inputs }] of this.#steps.entries()) {
      for (const id of inputs) lastUse.set(id, index);
    }
    for (const id of outputs) lastUse.set(id, this.#steps.length);
    const scope = new Scope();
    const variables = new Map([[INPUT, 'inputs']]);
    let current = INPUT;
    const lines: string[] = [];
    for (let index = 0; index < this.#steps.length; index += 1) {
      const step = this.#steps[index];
      if (!step) break;
      const place: Place = { text: step.path.join('.'), isFormat: false };
      const looped = step.path.length === 1 ? this.#loop(index, partOf, lastUse, current) : null;
      if (looped) {
        const from = variables.get(step.inputs[0] ?? '') ?? 'x';
        if (from !== 'x') lines.push(`x = ${from}`);
        lines.push(...looped.lines);
        index += looped.length - 1;
        current = this.#steps[index]?.targets[0] ?? '';
        variables.set(current, 'x');
        continue;
      }
      const isFree = (lastUse.get(current) ?? -1) <= index;
      const variable = isFree ? 'x' : scope.fresh(step.path.at(-1) ?? '');
      const read = step.inputs.map((id) => variables.get(id) ?? 'x');
      const [target = ''] = step.targets;
      if ('kind' in step.does) {
        const part = partOf.get(step.path.join('/')) ?? step.does;
        const made = this.#emit(part, read[0] ?? 'x', variable, place, scope);
        lines.push(...made.lines);
        variables.set(target, made.results[0] ?? variable);
        if (isFree && made.results[0] === 'x') current = target;
      } else {
        const made = this.#merge(step.does.op, read, variable, place, step.does);
        lines.push(...made.lines);
        variables.set(target, made.results[0] ?? variable);
        if (isFree && made.results[0] === 'x') current = target;
      }
    }
    const results = outputs.map((id) => variables.get(id) ?? 'x');
    const result = results.length === 1 ? results[0] : `[${results.join(', ')}]`;
    return [...lines, `return keras.Model(inputs, ${result}, name=${stringLiteral(this.#graph.id)})`];
  }

  /** Equal layers of the network itself, one after the other, in a loop. */
  #loop(
    index: number,
    partOf: ReadonlyMap<string, Part>,
    lastUse: ReadonlyMap<string, number>,
    current: string,
  ): { lines: string[]; length: number } | null {
    const entries: Entry[] = [];
    let before = this.#steps[index]?.inputs[0];
    if (before !== current) return null;
    for (let place = index; place < this.#steps.length; place += 1) {
      const step = this.#steps[place];
      const [name] = step?.path ?? [];
      const part = name === undefined ? undefined : partOf.get(name);
      if (!step || !name || !part || step.path.length !== 1 || step.inputs[0] !== before) break;
      // What is read later needs a name of its own.
      if (lastUse.get(before ?? '') !== place) break;
      entries.push({ name, part });
      before = step.targets[0];
    }
    const run = runFrom(entries, 0);
    if (!run) return null;
    const length = run.end - run.first;
    return {
      lines: this.#runLines(entries.slice(0, length), 'x', 'x', { text: '', isFormat: false }),
      length,
    };
  }

  /** The function of a part that repeats. */
  #definition({ name, parameters, template, isUnit }: Definition): string {
    const scope = new Scope();
    scope.take(parameters.map((parameter) => parameter.name));
    this.#shapes = !isUnit;
    this.#given = new Set(parameters.filter(({ isPart }) => isPart).map((parameter) => parameter.name));
    const signature = parameters.map(({ name: parameter, fallback }) =>
      fallback === undefined ? parameter : `${parameter}=${fallback}`,
    );
    const made = this.#emit(template, 'x', 'x', { text: '{name}', isFormat: true }, scope);
    const lines = [...made.lines];
    const last = lines.at(-1);
    const [result = 'x'] = made.results;
    if (made.results.length > 1 || result.startsWith('*')) lines.push(`return [${made.results.join(', ')}]`);
    else if (last?.startsWith(`${result} = `))
      lines[lines.length - 1] = last.replace(`${result} = `, 'return ');
    else lines.push(`return ${result}`);
    this.#shapes = true;
    this.#given = new Set();
    const doc = isUnit
      ? []
      : [
          `    """Shapes beside the layers are those of ${escapeDocstring(template.id)}, which takes ${formatKeras(template.from)}."""`,
        ];
    return [`def ${name}(${['x', 'name', ...signature].join(', ')}):`, ...doc, ...indent(lines)].join('\n');
  }

  #shape(part: { readonly shape: Shape }): string {
    return this.#shapes ? formatKeras(part.shape) : '';
  }

  /** Whether a part gives several tensors. */
  #isSeveral(part: Part): boolean {
    switch (part.kind) {
      case 'call': {
        const definition = this.#definitions.get(part.callee);
        return definition !== undefined && this.#isSeveral(definition.template);
      }
      case 'parallel':
        return part.merge === null;
      default: {
        const last = part.entries.at(-1);
        return last !== undefined && this.#isSeveral(last.part);
      }
    }
  }

  /** Statements that run a part from one variable into another. */
  #emit(part: Part, from: string, to: string, place: Place, scope: Scope): Made {
    switch (part.kind) {
      case 'call':
        return this.#call(part, from, to, place, scope);
      case 'loose':
      case 'series':
        return this.#series(part.entries, from, to, place, scope);
      case 'parallel':
        return this.#parallel(part, from, to, place, scope);
    }
  }

  #series(entries: readonly Entry[], from: string, to: string, place: Place, scope: Scope): Made {
    const lines: string[] = [];
    let results: readonly string[] = [from];
    for (let index = 0; index < entries.length; ) {
      const entry = entries[index];
      if (!entry) break;
      const [read = from] = results;
      const run = runFrom(entries, index);
      if (run) {
        const length = run.end - run.first;
        if (read !== to) lines.push(`${to} = ${read}`);
        lines.push(...this.#runLines(entries.slice(index, index + length), to, to, place));
        results = [to];
        index += length;
        continue;
      }
      const made = this.#emit(entry.part, read, to, below(place, entry.name), scope);
      lines.push(...made.lines);
      results = made.results;
      index += 1;
    }
    return { lines, results };
  }

  /** A loop over equal calls. */
  #runLines(entries: readonly Entry[], from: string, to: string, place: Place): string[] {
    const run = runFrom(entries, 0);
    const first = entries[0]?.part;
    const last = entries.at(-1)?.part;
    if (!run || first?.kind !== 'call' || !last) throw new RangeError('no run of calls');
    const name: Place = { text: below(place, `${run.prefix}{i}`).text, isFormat: true };
    const [start, end] = [formatKeras(first.shape), formatKeras(last.shape)];
    const shape = this.#shapes ? (start === end ? `${start} each` : `${start} to ${end}`) : '';
    const range = run.first === 0 ? `range(${run.end})` : `range(${run.first}, ${run.end})`;
    return [
      `for i in ${range}:`,
      ...indent(comment(this.#callLines({ ...first, args: run.args }, from, to, name), shape)),
    ];
  }

  #parallel(part: ParallelPart, from: string, to: string, place: Place, scope: Scope): Made {
    const lines: string[] = [];
    const results = part.parts.flatMap(({ name, part: way }) => {
      const variable =
        isIdentity(way) || (way.kind === 'call' && this.#given.has(way.callee)) ? from : scope.fresh(name);
      const made = this.#emit(way, from, variable, below(place, name), scope);
      lines.push(...made.lines);
      return made.results;
    });
    if (part.merge === null) return { lines, results };
    const merged = this.#merge(
      part.merge.op,
      results,
      to,
      below(place, part.merge.name),
      part.after[0]?.part.kind === 'call' ? { shape: part.after[0].part.from } : part,
    );
    const after = this.#series(part.after, merged.results[0] ?? to, to, place, scope);
    return { lines: [...lines, ...merged.lines, ...after.lines], results: after.results };
  }

  #merge(
    op: MergeName,
    inputs: readonly string[],
    to: string,
    place: Place,
    part: { readonly shape: Shape } | MergeNode,
  ): Made {
    const [only = ''] = inputs;
    // Keras's merges want two or more.
    if (inputs.length === 1 && !only.startsWith('*')) return { lines: [], results: [only] };
    const line = `${to} = layers.${mergeLayers[op]}(name=${written(place)})([${inputs.join(', ')}])`;
    return { lines: comment([line], this.#shape(part)), results: [to] };
  }

  #call(part: CallPart, from: string, to: string, place: Place, scope: Scope): Made {
    if (this.#given.has(part.callee)) {
      const definition = `${part.callee} = ${from} if ${part.callee} is None else ${part.callee}`;
      return { lines: [definition], results: [part.callee] };
    }
    const lines: string[] = [];
    // A part that is handed over is a tensor here: it is made just before.
    const args = part.args.map((argument) => {
      if (typeof argument.value === 'string') return argument;
      const variable = scope.passing(argument.name);
      const made = this.#emit(argument.value, from, variable, below(place, argument.name), scope);
      lines.push(...made.lines);
      return { ...argument, value: made.results[0] ?? variable };
    });
    const isSeveral = this.#isSeveral(part);
    const target = isSeveral && to === 'x' ? scope.fresh('made') : to;
    lines.push(...comment(this.#callLines({ ...part, args }, from, target, place), this.#shape(part)));
    return { lines, results: [isSeveral ? `*${target}` : target] };
  }

  #callLines(part: CallPart, from: string, to: string, place: Place): string[] {
    const isFunction = part.op === null || !/^(layers\.)?[A-Z]/.test(part.callee);
    const args = writtenArguments(part.args).map(({ name, value, fallback }) =>
      wrap(
        fallback === undefined ? '' : `${name}=`,
        (typeof value === 'string' ? value : '').split('\n'),
        '',
      ),
    );
    const name = written(place);
    const all = isFunction ? [[from], [name], ...args] : [...args, [`name=${name}`]];
    const open = `${to} = ${part.callee}(`;
    const close = isFunction ? ')' : `)(${from})`;
    const line = `${open}${all.map(([text]) => text).join(', ')}${close}`;
    if (all.every((lines) => lines.length === 1) && line.length <= LINE) return [line];
    return [open, ...indent(all.flatMap((lines) => wrap('', lines, ','))), close];
  }
}
