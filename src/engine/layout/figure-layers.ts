import { segmentsOf } from '../graph/origins.ts';
import { type Graph, type GraphGroup, type GroupKind, INPUT, shapeOf } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { Category } from '../ops/types.ts';
import type { OpName, Shape } from '../spec/types.ts';
import { signatureOf } from './identical.ts';
import type { FigureLayer, LaneKind, LayerStatus, Stretch } from './types.ts';

/** A part of the network's line: one box, an open group, or parallel paths (whose merge is the box that follows). */
export type Piece =
  | { readonly kind: 'box'; readonly layer: FigureLayer }
  | {
      readonly kind: 'frame';
      readonly group: GraphGroup;
      readonly status: LayerStatus;
      readonly row: Row;
      /** In a folded drawing: so many equal blocks in a row, of which this is the first. */
      readonly count: number;
      /** Of a layer of a dense block the place of the channels that it appends; null for all else. */
      readonly appends: number | null;
    }
  | {
      readonly kind: 'parallel';
      readonly lanes: readonly Lane[];
      readonly main: number | null;
      /** The operator that merges them; null where a merge further out takes their results. */
      readonly merge: OpName | null;
    };

/** One of several parallel paths; a row without pieces passes its input on. */
export interface Lane {
  readonly row: Row;
  readonly kind: LaneKind;
  /** Place of what it brings into the concatenation behind it. */
  readonly place: number | null;
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

/** In a folded drawing as many blocks alike but for their numbers are drawn one by one; of more the first, with ×N. */
const MOST_ALIKE = 5;

/** A folded drawing leaves these out: they neither weigh nor change the picture's structure. */
const unsketched: ReadonlySet<Category> = new Set([
  'normalization',
  'activation',
  'regularization',
  'reshape',
]);

const merges: ReadonlySet<OpName> = new Set(['Add', 'Concat', 'Mean']);

const lastName = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** Whether a group hangs beside the line: the tensor that leaves it is the one that came in, whatever stands inside. */
const isTap = ({ kind, input, outputs }: GraphGroup): boolean =>
  kind === 'tap' || outputs.every((output) => output === input);

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
  readonly #isSketch: boolean;
  /** Which of several parallel paths is read, whether a mean ends it, and its place in a concatenation. */
  #laneKind: LaneKind | null = null;
  #inMean = false;
  #place: number | null = null;
  readonly #most: number;
  #boxes = 0;
  /** Keys met that may be opened, in order. */
  readonly keys: string[] = [];

  /** @param options.most boxes after which reading ends: what asks whether there are more need not know how many */
  constructor(
    graph: Graph,
    open: ReadonlySet<string> | 'all',
    {
      joinsFlatten = false,
      isSketch = false,
      most = Number.POSITIVE_INFINITY,
    }: { readonly joinsFlatten?: boolean; readonly isSketch?: boolean; readonly most?: number } = {},
  ) {
    this.#graph = graph;
    this.#isSketch = isSketch;
    this.#joinsFlatten = joinsFlatten;
    this.#most = most;
    this.#open = open;
    this.#hierarchy = hierarchyOf(graph);
    this.#unreached = this.#hierarchy.unreached;
  }

  /** Whether more boxes were read than wanted; what was read is then a part. */
  get isCutShort(): boolean {
    return this.#boxes > this.#most;
  }

  network(): Row {
    const { pieces, taps } = this.#row(this.#graph.groups.get('')?.children ?? []);
    return {
      pieces: [{ kind: 'box', layer: this.#input() }, ...pieces],
      taps: taps.map((tap) => ({ ...tap, after: tap.after + 1 })),
    };
  }

  /** The inside of groups in a row, drawn small: what is plain in it is left out, equal blocks stand once with ×N. */
  sketch(run: readonly string[]): Row {
    return this.#row(run);
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
      if (this.isCutShort) break;
      const id = children[index] ?? '';
      if (this.#status(id) === 'empty') continue;
      const group = this.#graph.groups.get(id);
      if (!group) {
        const layer = this.#node(id);
        if (!this.#isSketch || !layer.category || !unsketched.has(layer.category)) {
          pieces.push({ kind: 'box', layer });
        }
        continue;
      }
      const run = this.#runFrom(children, index);
      const last = run.at(-1);
      if (this.#isSketch) {
        const dense = this.#denseFrom(children, index);
        if (dense.length > 1) {
          pieces.push({ kind: 'box', layer: { ...this.#folded(dense, ''), dense: dense.length } });
          index += dense.length - 1;
        } else if (isTap(group)) {
          taps.push({ after: pieces.length, piece: { kind: 'box', layer: this.#unit(group) } });
        } else {
          const alike = run.length > 1 ? run : this.#alikeFrom(children, index);
          const { pieces: inner, taps: hanging } = this.#opened(group);
          if (alike.length > 1) {
            const row = { pieces: inner, taps: hanging };
            pieces.push({
              kind: 'frame',
              group,
              status: this.#known(id),
              row,
              count: alike.length,
              appends: null,
            });
            index += alike.length - 1;
          } else {
            taps.push(...hanging.map((tap) => ({ ...tap, after: tap.after + pieces.length })));
            pieces.push(...inner);
          }
        }
      } else if (this.#inMean && this.#isTransparent(group)) {
        // The nested halves of a fractal block are no blocks of their own to the reader: its columns are.
        const { pieces: inner, taps: hanging } = this.#inside(group);
        taps.push(...hanging.map((tap) => ({ ...tap, after: tap.after + pieces.length })));
        pieces.push(...inner);
      } else if (last && run.length > 1 && !this.#isOpen(runKey(group, last))) {
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

  /** The merge operator of parallel paths, reached or not; null where there is none. */
  #mergeOf(group: GraphGroup): OpName | null {
    for (const id of group.children) {
      const op = this.#graph.nodeById.get(id)?.op ?? this.#unreached.get(id);
      if (op && merges.has(op)) return op;
    }
    return null;
  }

  #isTransparent(group: GraphGroup): boolean {
    if (group.kind === 'series') return true;
    if (group.kind !== 'branches') return false;
    const merge = this.#mergeOf(group);
    return merge === null || merge === 'Mean';
  }

  /** Whether a group hands its input on with channels of its own appended. */
  #isDense(group: GraphGroup): boolean {
    if (group.kind !== 'branches' || this.#mergeOf(group) !== 'Concat') return false;
    const parts = group.children.filter((id) => this.#graph.groups.has(id));
    return parts.length === 2 && parts.filter((id) => this.#status(id) === 'empty').length === 1;
  }

  /** Place of the channels that a layer of a dense block appends; null for any other group. */
  #appends(group: GraphGroup): number | null {
    if (!this.#isDense(group) || !this.#graph.nodeById.has(group.output)) return null;
    return segmentsOf(this.#graph, group.output).at(-1)?.place ?? null;
  }

  /** Layers of a dense block from an index on. */
  #denseFrom(children: readonly string[], index: number): GraphGroup[] {
    const run: GraphGroup[] = [];
    for (let at = index; at < children.length; at += 1) {
      const id = children[at] ?? '';
      const group = this.#graph.groups.get(id);
      if (!group || !this.#isDense(group) || this.#status(id) !== 'sound') break;
      run.push(group);
    }
    return run;
  }

  /** What a folded drawing shows of a group: a unit as one box, all else opened. */
  #opened(group: GraphGroup): Row {
    if (foldingKinds.has(group.kind)) return this.#inside(group);
    return { pieces: [{ kind: 'box', layer: this.#unit(group) }], taps: [] };
  }

  /** Neighbours of the same structure as the group at an index, whatever their numbers, if there are many. */
  #alikeFrom(children: readonly string[], index: number): GraphGroup[] {
    const run: GraphGroup[] = [];
    let structure = '';
    for (const id of children.slice(index)) {
      const group = this.#graph.groups.get(id);
      if (!group || (group.kind !== 'residual' && group.kind !== 'branches' && group.kind !== 'block')) break;
      if (this.#status(id) !== 'sound') break;
      const own = this.#structureOf(group);
      if (run.length === 0) structure = own;
      if (own !== structure) break;
      run.push(group);
    }
    return run.length > MOST_ALIKE ? run : [];
  }

  #structureOf({ id, first, end }: GraphGroup): string {
    return this.#graph.nodes
      .slice(first, end)
      .map((node) => `${node.id.slice(id.length)} ${node.op}`)
      .join();
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
      return {
        kind: 'frame',
        group,
        status: this.#known(group.id),
        row: this.#inside(group),
        count: 1,
        appends: this.#appends(group),
      };
    }
    return { kind: 'box', layer: folds ? this.#folded([group], group.id) : this.#unit(group) };
  }

  #inside(group: GraphGroup): Row {
    if (group.kind !== 'branches' && group.kind !== 'residual') return this.#row(group.children);
    const merge = this.#mergeOf(group);
    const places = this.#placesOf(group);
    const lanes: Lane[] = [];
    const rest: string[] = [];
    const around = { lane: this.#laneKind, inMean: this.#inMean, place: this.#place };
    for (const id of group.children) {
      const part = this.#graph.groups.get(id);
      if (part && (part.kind === 'branch' || part.kind === 'body' || part.kind === 'shortcut')) {
        this.#inMean = merge === 'Mean' || (merge === null && around.inMean);
        const place = places[lanes.length] ?? null;
        this.#place = place ?? around.place;
        const isEmpty = this.#status(id) === 'empty';
        const kind = merge === 'Concat' && isEmpty ? 'through' : part.kind;
        this.#laneKind = kind;
        lanes.push({ kind, row: this.#lane(part), place });
      } else {
        rest.push(id);
      }
    }
    this.#laneKind = around.lane;
    this.#inMean = around.inMean;
    this.#place = around.place;
    const filled = lanes.flatMap(({ row }, index) => (row.pieces.length > 0 ? [index] : []));
    const body = lanes.findIndex(({ kind }) => kind === 'body');
    const main = body >= 0 ? body : filled.length === 1 ? (filled[0] ?? null) : null;
    const { pieces, taps } = this.#row(rest);
    return {
      pieces: [{ kind: 'parallel', lanes, main, merge }, ...pieces],
      taps: taps.map((tap) => ({ ...tap, after: tap.after + 1 })),
    };
  }

  /** Of the parts of a concatenation, in order, the place of what each brings; null where that is more than one piece. */
  #placesOf(group: GraphGroup): readonly (number | null)[] {
    const concat = this.#graph.nodeById.get(`${group.id}/concat`);
    const parts = group.children.filter((id) => this.#graph.groups.get(id)?.kind === 'branch');
    if (concat?.op !== 'Concat' || parts.length !== concat.inputs.length) return [];
    const segments = segmentsOf(this.#graph, concat.id);
    let at = 0;
    return concat.inputs.map((input) => {
      const { length } = segmentsOf(this.#graph, input);
      const place = length === 1 ? (segments[at]?.place ?? null) : null;
      at += length;
      return place;
    });
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
    this.#boxes += 1;
    const isBroken = this.#graph.problem?.node === INPUT;
    return {
      lane: this.#laneKind,
      leaves: false,
      place: this.#place,
      dense: 0,
      appends: null,
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
    this.#boxes += 1;
    const node = this.#graph.nodeById.get(id);
    const op = node?.op ?? this.#unreached.get(id) ?? 'Identity';
    const first = node?.index ?? this.#graph.nodes.length;
    const around = this.#graph.groups.get(node?.group ?? id.slice(0, Math.max(0, id.lastIndexOf('/'))));
    return {
      lane: this.#laneKind,
      place: this.#place,
      dense: 0,
      appends: null,
      id,
      name: lastName(id),
      kind: 'node',
      leaves: merges.has(op) && around?.children.at(-1) === id && this.#laneKind === null,
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

  /** The operator that does the work inside: the first convolution or fully connected layer, else the first of all. */
  #leadingOp(id: string): OpName | null {
    return this.#firstOp(id, (op) => op === 'Conv' || op === 'Gemm') ?? this.#firstOp(id, () => true);
  }

  /** The first operator of a kind inside, reached or not. */
  #firstOp(id: string, isWanted: (op: OpName) => boolean): OpName | null {
    const op = this.#graph.nodeById.get(id)?.op ?? this.#unreached.get(id);
    if (op) return isWanted(op) ? op : null;
    for (const child of this.#graph.groups.get(id)?.children ?? []) {
      const inner = this.#firstOp(child, isWanted);
      if (inner) return inner;
    }
    return null;
  }

  #unit(group: GraphGroup): FigureLayer {
    this.#boxes += 1;
    const op = this.#leadingOp(group.id) ?? 'Identity';
    return {
      lane: this.#laneKind,
      leaves: false,
      place: this.#place,
      dense: 0,
      appends: null,
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
    this.#boxes += 1;
    const [first] = run;
    const last = run.at(-1);
    if (!first || !last) throw new RangeError('a folded run has at least one group');
    const op = this.#leadingOp(first.id) ?? 'Identity';
    const stretches = run.length > 1 ? this.#stretchesOf(first).slice(-1) : this.#stretchesOf(first);
    const dense = run.length > 1 ? 0 : this.#denseFrom(first.children, 0).length;
    return {
      lane: this.#laneKind,
      leaves: false,
      place: this.#place,
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
      count: run.length > 1 ? run.length : this.#countIn(first, stretches),
      dense,
      appends: run.length > 1 ? null : this.#appends(first),
      hasShortcut: run.some(({ id }) => this.#hierarchy.hasShortcut(id)),
      toggle,
    };
  }

  /** How many blocks stand in a row inside, or of a plain series equal layers. */
  #countIn(group: GraphGroup, stretches: readonly Stretch[]): number {
    const isSeries = group.kind !== 'branches' && group.kind !== 'residual';
    const blocks = group.children.filter((id) => {
      const kind = this.#graph.groups.get(id)?.kind;
      return kind === 'residual' || kind === 'branches' || kind === 'block';
    });
    if (isSeries && blocks.length > 1) return blocks.length;
    return Math.max(1, ...stretches.map(({ count }) => count));
  }

  /** The outputs of the layers directly inside; of parallel paths only what leaves them. */
  #stretchesOf(group: GraphGroup): Stretch[] {
    const isParallel = group.kind === 'branches' || group.kind === 'residual';
    const ids = isParallel ? [group.id] : group.children;
    const stretches: Stretch[] = [];
    const ops = ids.map((id) => this.#leadingOp(id));
    const works = ops.some((op) => op && !unsketched.has(operatorOf(op).category));
    for (const [index, id] of ids.entries()) {
      const inner = this.#graph.groups.get(id);
      if (inner?.kind === 'tap') continue;
      const shape = this.#shape(inner?.output ?? id);
      const op = ops[index];
      if (!shape || !op) continue;
      const { category } = operatorOf(op);
      // Beside what works, a normalisation or an activation would only repeat the tensor before it.
      if (works && unsketched.has(category) && shape.join() === stretches.at(-1)?.shape.join()) continue;
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
  new LayerReader(graph, open, { joinsFlatten }).network();

/**
 * What a folded drawing of groups shows: their inside with equal blocks once, and without what only normalises, activates
 * or reshapes.
 *
 * @param run ids of neighbouring groups, drawn one after the other
 */
export const readSketch = (graph: Graph, run: readonly string[]): Row =>
  new LayerReader(graph, 'all', { isSketch: true }).sketch(run);

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
  // A folded stage or block says so without all keys being worked out; the halves of a fractal have no keys.
  for (const { kind, end, first, id } of graph.groups.values()) {
    const hasKey = kind === 'stage' || kind === 'block' || kind === 'residual';
    if (hasKey && end > first && !open.has(id)) return false;
  }
  return foldableKeys(graph).every((key) => open.has(key));
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
    const reader = new LayerReader(graph, wider, { most: boxes });
    reader.network();
    if (reader.isCutShort) continue;
    open = wider;
    met = new Set(reader.keys);
  }
  return open;
}
