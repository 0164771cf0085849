import type { PlacedProblem } from '../graph/problem.ts';
import { type Graph, type GraphGroup, type GraphNode, type GroupKind, INPUT } from '../graph/types.ts';
import type { OpName, Shape } from '../spec/types.ts';
import type { Step, Stopped } from './map-operators.ts';
import { cleanName, commonPath, numbered, pathWithin, stepPath } from './names.ts';
import { type Part, recoverStructure } from './structure.ts';

/** A piece of the hierarchy before it has names. */
type Item =
  | { readonly kind: 'leaf'; readonly step: Step; readonly path: readonly string[] }
  | {
      readonly kind: 'group';
      readonly role: GroupKind;
      readonly items: readonly Item[];
      readonly path: readonly string[];
      /** What it is called where its path says nothing. */
      readonly name: string;
      /** Whether the name is fixed by what it is: a body, a shortcut. */
      readonly isFixed: boolean;
    };

/** A graph in the making, and the tensors of the file that its nodes make. */
export interface Built {
  readonly graph: Graph;
  /** Node id of a step. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Layers in a row from which on they are parted by the size of their images, where no names part them. */
const LONG_ROW = 8;

/** Layers in a row up to which a figure stays legible with all of them; more are folded into parts. */
const LONGEST_ROW = 400;

const activations: ReadonlySet<string> = new Set([
  'Relu',
  'Sigmoid',
  'Tanh',
  'Clip',
  'LeakyRelu',
  'PRelu',
  'Elu',
  'Selu',
  'Celu',
  'HardSwish',
  'HardSigmoid',
  'Gelu',
  'Swish',
  'Mish',
  'Softplus',
  'Softsign',
  'ThresholdedRelu',
]);

const typeOf = ({ operator }: Step): string => operator.slice(operator.lastIndexOf('.') + 1);

const isActivation = (step: Step): boolean =>
  step.op === 'Relu' ||
  step.op === 'Sigmoid' ||
  step.op === 'Tanh' ||
  (step.op === 'Opaque' && step.inputs.length === 1 && activations.has(typeOf(step)));

const isWeighted = (step: Step): boolean =>
  step.op === 'Conv' ||
  step.op === 'Gemm' ||
  (step.op === 'Opaque' && (typeOf(step) === 'Conv' || typeOf(step) === 'ConvTranspose'));

const shortNames: Partial<Readonly<Record<OpName, string>>> = {
  Conv: 'conv',
  Gemm: 'fc',
  MaxPool: 'pool',
  AveragePool: 'pool',
  GlobalAveragePool: 'pool',
  BatchNormalization: 'bn',
};

const shortName = (step: Step): string =>
  shortNames[step.op] ?? (step.op === 'Opaque' ? typeOf(step) : step.op).toLowerCase();

const leavesOf = (item: Item, into: Step[] = []): readonly Step[] => {
  if (item.kind === 'leaf') into.push(item.step);
  else for (const inner of item.items) leavesOf(inner, into);
  return into;
};

const leavesIn = (items: readonly Item[]): readonly Step[] => {
  const steps: Step[] = [];
  for (const item of items) leavesOf(item, steps);
  return steps;
};

/** The last leaf, without walking through the others. */
const lastLeaf = (item: Item | undefined): Step | undefined =>
  item?.kind === 'group' ? lastLeaf(item.items.at(-1)) : item?.step;

const groupOf = (
  role: GroupKind,
  items: readonly Item[],
  name: string,
  isFixed = false,
  path?: readonly string[],
): Item => ({
  kind: 'group',
  role,
  items,
  name,
  isFixed,
  path: path ?? commonPath(items.flatMap((item) => (item.path.length > 0 ? [item.path] : []))),
});

/** Turns wiring into a hierarchy with names. */
class Arranger {
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #paths: ReadonlyMap<string, readonly string[]>;
  readonly #readers: ReadonlyMap<string, number>;

  constructor(steps: readonly Step[]) {
    this.#steps = new Map(steps.map((step) => [step.key, step]));
    const paths = steps.map((step) => [step.key, stepPath(step)] as const);
    const named = paths.flatMap(([, path]) => (path.length > 0 ? [path] : []));
    // What all names begin with says nothing; one name alone would be eaten up by it.
    const common = named.length > 1 ? commonPath(named.map((path) => path.slice(0, -1))) : [];
    this.#paths = new Map(paths.map(([key, path]) => [key, path.slice(common.length)]));
    const readers = new Map<string, number>();
    for (const { inputs } of steps)
      for (const key of new Set(inputs)) readers.set(key, (readers.get(key) ?? 0) + 1);
    this.#readers = readers;
  }

  network(parts: readonly Part[]): readonly Item[] {
    return this.#staged(this.#row(parts), [], 0);
  }

  #leaf(key: string): Item & { readonly kind: 'leaf' } {
    const step = this.#steps.get(key);
    if (!step) throw new RangeError(`no step makes "${key}"`);
    return { kind: 'leaf', step, path: this.#paths.get(key) ?? [] };
  }

  /** Items of a row: units put together, activations after a merge taken into its block. */
  #row(parts: readonly Part[]): Item[] {
    const items: Item[] = [];
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at];
      if (part?.kind === 'tap') {
        items.push(groupOf('tap', this.#row(part.parts), 'tap'));
      } else if (part?.kind === 'parallel') {
        const after: Item[] = [];
        const next = parts[at + 1];
        if (part.merge !== null && next?.kind === 'node' && this.#steps.get(part.merge)?.op === 'Add') {
          const leaf = this.#leaf(next.key);
          if (isActivation(leaf.step) && this.#readers.get(part.merge) === 1) {
            after.push(leaf);
            at += 1;
          }
        }
        items.push(this.#parallel(part, after));
      } else if (part) {
        const leaf = this.#leaf(part.key);
        const unit: Item[] = [leaf];
        if (isWeighted(leaf.step)) {
          for (let next = parts[at + 1]; next?.kind === 'node'; next = parts[at + 1]) {
            const follower = this.#leaf(next.key);
            const { op } = follower.step;
            if (op !== 'BatchNormalization' && op !== 'Dropout' && !isActivation(follower.step)) break;
            unit.push(follower);
            at += 1;
          }
        }
        items.push(
          unit.length === 1 ? leaf : groupOf('unit', unit, shortName(leaf.step), false, this.#unitPath(unit)),
        );
      }
    }
    return items;
  }

  /** A unit is called what its parts have in common beyond the block around it, else as its first one. */
  #unitPath(unit: readonly Item[]): readonly string[] {
    const own = unit[0]?.path ?? [];
    const common = commonPath(unit.flatMap(({ path }) => (path.length > 0 ? [path] : [])));
    // `conv2/conv`, `conv2/bn`: both are named after the unit. `layer1/conv1`, `layer1/bn1`: after the block.
    const last = own.at(-1)?.toLowerCase() ?? '';
    return common.length === own.length - 1 && (last === 'conv' || last === 'fc') ? common : own;
  }

  #parallel(part: Part & { readonly kind: 'parallel' }, after: readonly Item[]): Item {
    const merge = part.merge === null ? null : this.#leaf(part.merge);
    const ways = part.ways.map((way) => this.#row(way));
    const end = merge ? [merge, ...after] : [];
    const short = merge?.step.op === 'Add' && merge.step.inputs.length === 2 ? shortcutOf(ways) : null;
    if (short !== null) {
      const body = ways[1 - short] ?? [];
      return groupOf(
        'residual',
        [
          groupOf('body', body, 'body', true),
          groupOf('shortcut', ways[short] ?? [], 'shortcut', true),
          ...end,
        ],
        'block',
      );
    }
    const names = numbered(ways.map(wayName));
    const branches = ways.map((way, index) => groupOf('branch', way, names[index] ?? 'branch'));
    return groupOf('branches', [...branches, ...end], merge?.step.op === 'Concat' ? 'block' : 'branches');
  }

  /** Neighbours under one name as a stage; in long rows without such names, neighbours of one image size. */
  #staged(items: readonly Item[], around: readonly string[], depth: number): readonly Item[] {
    const firstWord = (item: Item): string | null => {
      const own = pathWithin(item.path, around);
      // A leaf's last word is its own name, not that of something around it.
      return own.length > (item.kind === 'leaf' ? 1 : 0) ? (own[0] ?? null) : null;
    };
    const runs: { readonly word: string; readonly first: number; last: number }[] = [];
    for (const [index, item] of items.entries()) {
      const word = firstWord(item);
      if (word === null) continue;
      const run = runs.at(-1);
      if (run?.word === word) run.last = index;
      else runs.push({ word, first: index, last: index });
    }
    const seen = new Map<string, number>();
    for (const { word } of runs) seen.set(word, (seen.get(word) ?? 0) + 1);
    const groups = runs.filter(
      ({ word, first, last }) => last > first && seen.get(word) === 1 && last - first + 1 < items.length,
    );
    if (groups.length > 0 && depth < 8) {
      const result: Item[] = [];
      let at = 0;
      for (const { word, first, last } of groups) {
        result.push(...items.slice(at, first));
        const path = [...around, word];
        const inner = this.#staged(items.slice(first, last + 1), path, depth + 1);
        const role = roleOf(inner);
        // Of a list of layers only the number is known.
        result.push(groupOf(role, inner, cleanName(word) ?? role, false, path));
        at = last + 1;
      }
      result.push(...items.slice(at));
      return inParts(result);
    }
    return items.length > LONG_ROW ? inParts(bySize(items)) : items;
  }
}

const blockRoles: ReadonlySet<GroupKind> = new Set(['residual', 'branches', 'block', 'stage']);

/** What neighbours under one name are: a stage where they are several blocks, or layers with a pooling among them. */
function roleOf(items: readonly Item[]): 'stage' | 'block' {
  const blocks = items.filter((item) => item.kind === 'group' && blockRoles.has(item.role)).length;
  if (blocks > 0) return blocks > 1 || items.length > 3 ? 'stage' : 'block';
  const pools = items.some((item) => item.kind === 'leaf' && shortName(item.step) === 'pool');
  return pools || items.length > 3 ? 'stage' : 'block';
}

/** Which of two ways is the shortcut: one that is empty, or that at most projects; null where neither is. */
function shortcutOf(ways: readonly (readonly Item[])[]): 0 | 1 | null {
  if (ways.length !== 2) return null;
  const steps = ways.map(leavesIn);
  const [first = [], second = []] = steps;
  const short = first.length < second.length ? 0 : 1;
  const own = steps[short] ?? [];
  const other = steps[1 - short] ?? [];
  const weights = (list: readonly Step[]): number => list.filter(isWeighted).length;
  if (own.length === 0) return other.length > 0 ? short : null;
  return weights(own) <= 1 && weights(other) > weights(own) && !own.some((step) => step.op === 'Relu')
    ? short
    : null;
}

/** A way by what it does: the window of its largest convolution, a pool, the identity. */
function wayName(way: readonly Item[]): string {
  const steps = leavesIn(way);
  if (steps.length === 0) return 'identity';
  let largest: readonly [number, number] = [0, 0];
  for (const step of steps) {
    if (step.op !== 'Conv' || !('kernel' in step.attributes)) continue;
    const { kernel } = step.attributes;
    if (kernel[0] * kernel[1] > largest[0] * largest[1]) largest = kernel;
  }
  if (steps[0]?.op === 'MaxPool' || steps[0]?.op === 'AveragePool') return 'pool';
  return largest[0] > 0 ? `${largest[0]}x${largest[1]}` : 'branch';
}

/** Neighbours of one image size as stages, where that makes several. */
function bySize(items: readonly Item[]): readonly Item[] {
  const sizeOf = (item: Item): string => {
    const shape = lastLeaf(item)?.shape ?? [];
    return shape.length === 3 ? `${shape[1]}×${shape[2]}` : '';
  };
  const runs: Item[][] = [];
  let before: string | null = null;
  for (const item of items) {
    const size: string =
      item.kind === 'group' && item.role === 'tap' && before !== null ? before : sizeOf(item);
    const run = runs.at(-1);
    if (run && size === before) run.push(item);
    else runs.push([item]);
    before = size;
  }
  const stages = runs.filter((run) => run.length > 1 && sizeOf(run[0] as Item) !== '');
  if (stages.length < 2) return items;
  return runs.flatMap((run): readonly Item[] =>
    stages.includes(run) ? [groupOf('stage', run, 'stage', false, [])] : run,
  );
}

/** A row that is too long for a figure as parts of equal length, about as many as each has layers. */
function inParts(items: readonly Item[]): readonly Item[] {
  const whole = items.map(
    (item): Item =>
      item.kind === 'group' && item.role === 'stage' ? { ...item, items: inParts(item.items) } : item,
  );
  if (whole.length <= LONGEST_ROW) return whole;
  const length = Math.ceil(Math.sqrt(whole.length));
  const parts: Item[] = [];
  for (let at = 0; at < whole.length; at += length) {
    parts.push(groupOf('stage', whole.slice(at, at + length), 'part', false, []));
  }
  return parts;
}

interface OpenGroup extends Omit<GraphGroup, 'children' | 'end' | 'output' | 'outputs'> {
  readonly children: string[];
  end: number;
  output: string;
  outputs: readonly string[];
}

/** A step's node; the inputs of a sum are put in the order of the ways that it adds, which changes nothing. */
export function buildGraph(options: {
  readonly id: string;
  readonly title: string;
  readonly input: Shape;
  readonly steps: readonly Step[];
  readonly stopped: readonly Stopped[];
  /** Keys, the main one first. */
  readonly outputs: readonly string[];
  readonly problem: (id: string) => PlacedProblem | null;
}): Built {
  const { steps, stopped, outputs, input } = options;
  const parts = recoverStructure(steps, outputs);
  const items = new Arranger(steps).network(parts);

  const ids = new Map<string, string>([[INPUT, INPUT]]);
  const nodes: GraphNode[] = [];
  const groups = new Map<string, OpenGroup>();
  const consumers = new Map<string, string[]>();
  const taken = new Set([INPUT]);

  const claim = (parent: string, name: string): string => {
    const path = parent === '' ? name : `${parent}/${name}`;
    let id = path;
    for (let index = 2; taken.has(id); index += 1) id = `${path}_${index}`;
    taken.add(id);
    groups.get(parent)?.children.push(id);
    return id;
  };

  const addNode = (step: Step, id: string, group: string, order: readonly string[] | null): void => {
    const inputs = step.inputs.map((key) => ids.get(key) ?? INPUT);
    // Sums may be read in any order: that of the ways drawn.
    const places = inputs.map((own, place) => [order ? order.indexOf(own) : place, place] as const);
    const isSorted = step.op === 'Add' && order !== null && places.every(([at]) => at >= 0);
    if (isSorted) places.sort((a, b) => a[0] - b[0]);
    const node = {
      id,
      index: nodes.length,
      op: step.op,
      attributes: step.attributes,
      inputs: isSorted ? places.map(([, place]) => inputs[place] ?? INPUT) : inputs,
      inputShapes: isSorted ? places.map(([, place]) => step.inputShapes[place] ?? []) : step.inputShapes,
      shape: step.shape,
      group,
    } as unknown as GraphNode;
    nodes.push(node);
    ids.set(step.key, id);
    for (const from of new Set(node.inputs)) {
      const readers = consumers.get(from);
      if (readers) readers.push(id);
      else consumers.set(from, [id]);
    }
  };

  const namesIn = (list: readonly Item[], around: readonly string[], role: GroupKind): string[] => {
    const names = list.map((item): string => {
      if (item.kind === 'group' && item.isFixed) return item.name;
      const fallback = item.kind === 'leaf' ? shortName(item.step) : item.name;
      if (item.kind === 'leaf' && (role === 'unit' || isMerge(item.step))) return fallback;
      if (item.kind === 'leaf' && (role === 'residual' || role === 'branches')) return fallback;
      const own = pathWithin(item.path, around);
      const text = own.join('_');
      // `0` and `1` of a list of layers: what they are, with that number.
      return cleanName(/^[\d_]+$/.test(text) ? `${fallback}${text}` : text) ?? fallback;
    });
    return numbered(names);
  };

  /** @returns ids of the tensors that leave */
  const addItems = (
    list: readonly Item[],
    group: string,
    role: GroupKind,
    around: readonly string[],
    from: readonly string[],
  ): readonly string[] => {
    const names = namesIn(list, around, role);
    const isParallel = role === 'branches' || role === 'residual';
    let current = from;
    let results: string[] = [];
    for (const [index, item] of list.entries()) {
      const id = claim(group, names[index] ?? '');
      if (item.kind === 'leaf') {
        addNode(item.step, id, group, results.length > 0 ? results : null);
        current = [id];
        results = [];
        continue;
      }
      const entry = current.at(-1) ?? INPUT;
      const open: OpenGroup = {
        id,
        name: names[index] ?? '',
        kind: item.role,
        parent: group,
        children: [],
        first: nodes.length,
        end: nodes.length,
        input: entry,
        output: entry,
        outputs: [entry],
      };
      groups.set(id, open);
      const inner = item.path.length > 0 ? item.path : around;
      const left = addItems(item.items, id, item.role, inner, current);
      open.end = nodes.length;
      open.outputs = left;
      open.output = left.at(-1) ?? entry;
      const isWay = item.role === 'branch' || item.role === 'body' || item.role === 'shortcut';
      if (isParallel && isWay) results.push(...left);
      else if (item.role !== 'tap') current = left;
    }
    return results.length > 0 ? results : current;
  };

  const network: OpenGroup = {
    id: '',
    name: options.title,
    kind: 'network',
    parent: null,
    children: [],
    first: 0,
    end: 0,
    input: INPUT,
    output: INPUT,
    outputs: [INPUT],
  };
  groups.set('', network);
  network.outputs = addItems(items, '', 'network', [], [INPUT]);
  network.output = network.outputs.at(-1) ?? INPUT;
  network.end = nodes.length;

  const unreached = stopped.map(({ key, op, node }) => {
    const name = cleanName(node.name) ?? cleanName(key) ?? op.toLowerCase();
    const id = claim('', name);
    ids.set(key, id);
    return { id, op };
  });
  const ends = new Set(outputs.map((key) => ids.get(key) ?? ''));
  return {
    ids,
    graph: {
      id: options.id,
      title: options.title,
      source: null,
      input,
      nodes,
      nodeById: new Map(nodes.map((node) => [node.id, node])),
      groups,
      consumers,
      outputs: [...ends].filter((id) => id !== ''),
      problem: options.problem(unreached[0]?.id ?? INPUT),
      unreached,
    },
  };
}

const isMerge = ({ op, inputs }: Step): boolean =>
  op === 'Add' || op === 'Concat' || op === 'Mean' || inputs.length > 1;
