import { type Graph, type GraphGroup, type GroupKind, INPUT, shapeOf } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { Category } from '../ops/types.ts';
import type { OpName, Shape } from '../spec/types.ts';
import { signatureOf } from './identical.ts';
import type { FigureLayer, LayerStatus, Stretch } from './types.ts';

/** A part of the network's line: one box, an open group, or parallel paths (whose merge is the box that follows). */
export type Piece =
  | { readonly kind: 'box'; readonly layer: FigureLayer }
  | {
      readonly kind: 'frame';
      readonly group: GraphGroup;
      readonly status: LayerStatus;
      readonly row: Row;
    }
  | { readonly kind: 'parallel'; readonly lanes: readonly Lane[]; readonly main: number | null };

/** One of several parallel paths; a row without pieces passes its input on. */
export interface Lane {
  readonly row: Row;
  readonly kind: 'branch' | 'body' | 'shortcut';
}

/** Pieces one after the other, and the taps that hang from them. */
export interface Row {
  readonly pieces: readonly Piece[];
  readonly taps: readonly Tap[];
}

/** A branch that does not rejoin, after so many pieces of its row. */
export interface Tap {
  readonly after: number;
  readonly piece: Piece;
}

const foldingKinds: ReadonlySet<GroupKind> = new Set([
  'stage',
  'block',
  'series',
  'branches',
  'residual',
  'tap',
]);

const repeatingKinds: ReadonlySet<GroupKind> = new Set(['stage', 'block', 'series', 'branches', 'residual']);

const MAXIMUM_STRETCHES = 4;

const lastName = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** Whether a group hangs beside the line: the tensor that leaves it is the one that came in, whatever stands inside. */
const isTap = ({ kind, input, output }: GraphGroup): boolean => kind === 'tap' || input === output;

/** The key under which a run of identical neighbours opens: a layer's name holds no dot. */
const runKey = (first: GraphGroup, last: GraphGroup): string => `${first.id}..${last.name}`;

/** What holds of a graph whatever is open in its figure. */
class Hierarchy {
  readonly unreached: ReadonlyMap<string, OpName>;
  readonly #graph: Graph;
  readonly #statuses = new Map<string, LayerStatus | 'empty'>();
  readonly #aroundShortcuts = new Set<string>();

  constructor(graph: Graph) {
    this.#graph = graph;
    this.unreached = new Map(graph.unreached.map(({ id, op }) => [id, op]));
    for (const group of graph.groups.values()) {
      if (group.kind !== 'residual') continue;
      for (let id: string | null = group.id; id !== null && !this.#aroundShortcuts.has(id); ) {
        this.#aroundShortcuts.add(id);
        id = graph.groups.get(id)?.parent ?? null;
      }
    }
  }

  /** `empty` for a group without operators: the identity. */
  status(id: string): LayerStatus | 'empty' {
    const known = this.#statuses.get(id);
    if (known) return known;
    const status = this.#computeStatus(id);
    this.#statuses.set(id, status);
    return status;
  }

  /** Whether a group is a residual one, or one stands inside. */
  hasShortcut(id: string): boolean {
    return this.#aroundShortcuts.has(id);
  }

  #computeStatus(id: string): LayerStatus | 'empty' {
    if (this.#graph.nodeById.has(id)) return 'sound';
    if (this.unreached.has(id)) return id === this.#graph.problem?.node ? 'broken' : 'unreached';
    let status: LayerStatus | 'empty' = 'empty';
    for (const child of this.#graph.groups.get(id)?.children ?? []) {
      const inner = this.status(child);
      if (inner === 'broken') return 'broken';
      if (inner === 'sound' || status === 'empty') status = inner;
    }
    return status;
  }
}

const hierarchies = new WeakMap<Graph, Hierarchy>();

function hierarchyOf(graph: Graph): Hierarchy {
  const before = hierarchies.get(graph);
  if (before) return before;
  const hierarchy = new Hierarchy(graph);
  hierarchies.set(graph, hierarchy);
  return hierarchy;
}

/** A graph's hierarchy read for drawing: statuses, foldings and runs of identical neighbours. */
class LayerReader {
  readonly #graph: Graph;
  readonly #open: ReadonlySet<string> | 'all';
  readonly #joinsFlatten: boolean;
  readonly #hierarchy: Hierarchy;
  readonly #unreached: ReadonlyMap<string, OpName>;
  /** Keys met that may be opened, in order. */
  readonly keys: string[] = [];

  constructor(graph: Graph, open: ReadonlySet<string> | 'all', joinsFlatten = false) {
    this.#graph = graph;
    this.#joinsFlatten = joinsFlatten;
    this.#open = open;
    this.#hierarchy = hierarchyOf(graph);
    this.#unreached = this.#hierarchy.unreached;
  }

  network(): Row {
    const { pieces, taps } = this.#row(this.#graph.groups.get('')?.children ?? []);
    return {
      pieces: [{ kind: 'box', layer: this.#input() }, ...pieces],
      taps: taps.map((tap) => ({ ...tap, after: tap.after + 1 })),
    };
  }

  #isOpen(key: string): boolean {
    this.keys.push(key);
    return this.#open === 'all' || this.#open.has(key);
  }

  #status(id: string): LayerStatus | 'empty' {
    return this.#hierarchy.status(id);
  }

  #row(children: readonly string[]): Row {
    const pieces: Piece[] = [];
    const taps: Tap[] = [];
    for (let index = 0; index < children.length; index += 1) {
      const id = children[index] ?? '';
      if (this.#status(id) === 'empty') continue;
      const group = this.#graph.groups.get(id);
      if (!group) {
        pieces.push({ kind: 'box', layer: this.#node(id) });
        continue;
      }
      const run = this.#runFrom(children, index);
      const last = run.at(-1);
      if (last && run.length > 1 && !this.#isOpen(runKey(group, last))) {
        pieces.push({ kind: 'box', layer: this.#folded(run, runKey(group, last)) });
        index += run.length - 1;
      } else if (run.length > 1) {
        for (const member of run) pieces.push(this.#group(member));
        index += run.length - 1;
      } else if (isTap(group)) {
        taps.push({ after: pieces.length, piece: this.#group(group) });
      } else {
        pieces.push(this.#group(group));
      }
    }
    return this.#joinsFlatten ? { pieces: joinFlattens(pieces), taps } : { pieces, taps };
  }

  /** Neighbours identical with the group at an index, itself included. */
  #runFrom(children: readonly string[], index: number): GraphGroup[] {
    const run: GraphGroup[] = [];
    for (let at = index; at < children.length; at += 1) {
      const id = children[at] ?? '';
      const group = this.#graph.groups.get(id);
      const [first] = run;
      if (!group || !repeatingKinds.has(group.kind) || isTap(group) || this.#status(id) !== 'sound') break;
      if (
        first &&
        (first.kind !== group.kind || signatureOf(this.#graph, first) !== signatureOf(this.#graph, group))
      )
        break;
      run.push(group);
    }
    return run;
  }

  #group(group: GraphGroup): Piece {
    const folds = foldingKinds.has(group.kind);
    if ((folds || group.children.length > 1) && this.#isOpen(group.id)) {
      return { kind: 'frame', group, status: this.#known(group.id), row: this.#inside(group) };
    }
    return { kind: 'box', layer: folds ? this.#folded([group], group.id) : this.#unit(group) };
  }

  #inside(group: GraphGroup): Row {
    if (group.kind !== 'branches' && group.kind !== 'residual') return this.#row(group.children);
    const lanes: Lane[] = [];
    const rest: string[] = [];
    for (const id of group.children) {
      const part = this.#graph.groups.get(id);
      if (part && (part.kind === 'branch' || part.kind === 'body' || part.kind === 'shortcut')) {
        lanes.push({ kind: part.kind, row: this.#lane(part) });
      } else {
        rest.push(id);
      }
    }
    const filled = lanes.flatMap(({ row }, index) => (row.pieces.length > 0 ? [index] : []));
    const body = lanes.findIndex(({ kind }) => kind === 'body');
    const main = body >= 0 ? body : filled.length === 1 ? (filled[0] ?? null) : null;
    const { pieces, taps } = this.#row(rest);
    return {
      pieces: [{ kind: 'parallel', lanes, main }, ...pieces],
      taps: taps.map((tap) => ({ ...tap, after: tap.after + 1 })),
    };
  }

  /** A lane of one operator, or of a convolution with its normalisation and activation, is one box with the lane's name. */
  #lane(part: GraphGroup): Row {
    const ops = part.children.map((id) => this.#graph.nodeById.get(id)?.op ?? this.#unreached.get(id));
    const [first, ...rest] = ops;
    const follows = new Set<Category>(['normalization', 'activation', 'regularization']);
    const isUnit =
      (first === 'Conv' || first === 'Gemm') &&
      rest.every((op) => op && follows.has(operatorOf(op).category));
    const [only] = part.children;
    if (isUnit && rest.length > 0) {
      return {
        pieces: [{ kind: 'box', layer: { ...this.#unit(part), kind: 'unit', toggle: null } }],
        taps: [],
      };
    }
    if (only !== undefined && first && part.children.length === 1) {
      return { pieces: [{ kind: 'box', layer: { ...this.#node(only), name: part.name } }], taps: [] };
    }
    return this.#row(part.children);
  }

  #known(id: string): LayerStatus {
    const status = this.#status(id);
    return status === 'empty' ? 'sound' : status;
  }

  #shape(id: string): Shape | null {
    return id === INPUT || this.#graph.nodeById.has(id) ? shapeOf(this.#graph, id) : null;
  }

  #input(): FigureLayer {
    const isBroken = this.#graph.problem?.node === INPUT;
    return {
      id: INPUT,
      name: INPUT,
      kind: 'input',
      status: isBroken ? 'broken' : 'sound',
      first: 0,
      end: 0,
      members: [INPUT],
      output: INPUT,
      shape: isBroken ? null : this.#graph.input,
      op: 'Input',
      category: null,
      groupKind: null,
      stretches: [],
      count: 1,
      hasShortcut: false,
      toggle: null,
    };
  }

  #node(id: string): FigureLayer {
    const node = this.#graph.nodeById.get(id);
    const op = node?.op ?? this.#unreached.get(id) ?? 'Identity';
    const first = node?.index ?? this.#graph.nodes.length;
    return {
      id,
      name: lastName(id),
      kind: 'node',
      status: this.#known(id),
      first,
      end: node ? first + 1 : first,
      members: [id],
      output: id,
      shape: this.#shape(id),
      op,
      category: operatorOf(op).category,
      groupKind: null,
      stretches: [],
      count: 1,
      hasShortcut: false,
      toggle: null,
    };
  }

  /** The first operator inside, reached or not. */
  #leadingOp(id: string): OpName | null {
    const op = this.#graph.nodeById.get(id)?.op ?? this.#unreached.get(id);
    if (op) return op;
    for (const child of this.#graph.groups.get(id)?.children ?? []) {
      const inner = this.#leadingOp(child);
      if (inner) return inner;
    }
    return null;
  }

  #unit(group: GraphGroup): FigureLayer {
    const op = this.#leadingOp(group.id) ?? 'Identity';
    return {
      id: group.id,
      name: group.name,
      kind: 'unit',
      status: this.#known(group.id),
      groupKind: group.kind,
      first: group.first,
      end: group.end,
      members: [group.id],
      output: group.output,
      shape: this.#shape(group.output),
      op,
      category: operatorOf(op).category,
      stretches: [],
      count: 1,
      hasShortcut: false,
      toggle: group.children.length > 1 ? group.id : null,
    };
  }

  #folded(run: readonly GraphGroup[], toggle: string): FigureLayer {
    const [first] = run;
    const last = run.at(-1);
    if (!first || !last) throw new RangeError('a folded run has at least one group');
    const op = this.#leadingOp(first.id) ?? 'Identity';
    const stretches = run.length > 1 ? this.#stretchesOf(first).slice(-1) : this.#stretchesOf(first);
    return {
      id: first.id,
      name: run.length > 1 ? `${first.name}–${last.name}` : first.name,
      kind: 'folded',
      status: this.#known(first.id),
      groupKind: first.kind,
      first: first.first,
      end: last.end,
      members: run.map(({ id }) => id),
      output: last.output,
      shape: this.#shape(last.output),
      op,
      category: operatorOf(op).category,
      stretches,
      count: run.length > 1 ? run.length : Math.max(1, ...stretches.map(({ count }) => count)),
      hasShortcut: run.some(({ id }) => this.#hierarchy.hasShortcut(id)),
      toggle,
    };
  }

  /** The outputs of the layers directly inside; of parallel paths only what leaves them. */
  #stretchesOf(group: GraphGroup): Stretch[] {
    const isParallel = group.kind === 'branches' || group.kind === 'residual';
    const ids = isParallel ? [group.id] : group.children;
    const stretches: Stretch[] = [];
    for (const id of ids) {
      const inner = this.#graph.groups.get(id);
      if (inner?.kind === 'tap') continue;
      const shape = this.#shape(inner?.output ?? id);
      const op = this.#leadingOp(id);
      if (!shape || !op) continue;
      const { category } = operatorOf(op);
      const before = stretches.at(-1);
      if (before && before.category === category && before.shape.join() === shape.join()) {
        stretches[stretches.length - 1] = { ...before, count: before.count + 1 };
      } else {
        stretches.push({ shape, category, count: 1 });
      }
    }
    const ends = [stretches[0], stretches.at(-1)].filter((stretch) => stretch !== undefined);
    return stretches.length > MAXIMUM_STRETCHES ? ends : stretches;
  }
}

/** Boxes of a Flatten taken into the box behind them: the same values, written as a list. */
function joinFlattens(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    if (
      piece.kind === 'box' &&
      before?.kind === 'box' &&
      before.layer.op === 'Flatten' &&
      piece.layer.status === 'sound'
    ) {
      joined[joined.length - 1] = { kind: 'box', layer: { ...piece.layer, first: before.layer.first } };
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

/**
 * The rows, lanes and boxes in which a graph is drawn with the given groups open.
 *
 * @param joinsFlatten whether a Flatten stands in the box of the layer that reads it, not in one of its own
 */
export const readFigure = (graph: Graph, open: ReadonlySet<string>, joinsFlatten = false): Row =>
  new LayerReader(graph, open, joinsFlatten).network();

/**
 * Keys of everything that can be unfolded, outermost first: stages, blocks, parallel parts, taps, runs of identical
 * blocks (`conv4_x/block2..block6`) and units.
 */
export function foldableKeys(graph: Graph): readonly string[] {
  const before = foldable.get(graph);
  if (before) return before;
  const reader = new LayerReader(graph, 'all');
  reader.network();
  foldable.set(graph, reader.keys);
  return reader.keys;
}

const foldable = new WeakMap<Graph, readonly string[]>();

/** Whether anything in a figure can be unfolded. */
export const canUnfold = (graph: Graph): boolean =>
  [...graph.groups.values()].some(
    ({ id, kind, children }) => id !== '' && (foldingKinds.has(kind) || children.length > 1),
  );

/** Whether everything in a figure is unfolded. */
export function isUnfolded(graph: Graph, open: ReadonlySet<string>): boolean {
  // A stage or block that is folded says so without all keys being worked out.
  for (const { id, kind, end, first } of graph.groups.values()) {
    if (foldingKinds.has(kind) && end > first && !open.has(id)) return false;
  }
  return foldableKeys(graph).every((key) => open.has(key));
}

/** Boxes in a row, those of its taps and lanes among them. */
function countBoxes(row: Row): number {
  const inside = (piece: Piece): number => {
    if (piece.kind === 'box') return 1;
    if (piece.kind === 'frame') return countBoxes(piece.row);
    return piece.lanes.reduce((sum, lane) => sum + countBoxes(lane.row), 0);
  };
  let sum = 0;
  for (const piece of row.pieces) sum += inside(piece);
  for (const { piece } of row.taps) sum += inside(piece);
  return sum;
}

/**
 * The groups to open at first: stages and blocks while the figure has at most so many boxes, the outermost first; units
 * and runs of identical blocks stay folded, and so does all that stands inside something folded.
 *
 * @param boxes about how many boxes may stand in the figure
 */
export function initialOpenGroups(graph: Graph, boxes: number): ReadonlySet<string> {
  // All or nothing at one level: some stages open beside others folded says that they differ.
  const levels = new Map<string, string[]>();
  for (const { id, kind, parent } of graph.groups.values()) {
    if (parent === null || !foldingKinds.has(kind) || kind === 'tap') continue;
    const level = levels.get(parent);
    if (level) level.push(id);
    else levels.set(parent, [id]);
  }
  let open = new Set<string>();
  let met = new Set<string>();
  /** Whether what stands directly inside a group can be seen. */
  const isSeen = (id: string): boolean => {
    const group = graph.groups.get(id);
    if (!group || group.parent === null) return true;
    if (foldingKinds.has(group.kind)) return open.has(id) && met.has(id);
    return group.kind !== 'unit' && isSeen(group.parent);
  };
  for (const [parent, level] of levels) {
    if (!isSeen(parent)) continue;
    const wider = new Set([...open, ...level]);
    const reader = new LayerReader(graph, wider);
    if (countBoxes(reader.network()) > boxes) continue;
    open = wider;
    met = new Set(reader.keys);
  }
  return open;
}
