import { type Costs, costsOf, type GraphCosts } from '../../engine/cost/costs.ts';
import type { ReceptiveField } from '../../engine/graph/receptive-field.ts';
import type { Graph, GraphGroup, GraphNode } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Category } from '../../engine/ops/types.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import type { OpName, Shape } from '../../engine/spec/types.ts';
import { describeLayer, nameOperator, type OperatorWords } from './describe-operator.ts';

/** Columns by which the table sorts. */
export const sortKeys = [
  'layer',
  'operator',
  'output',
  'parameters',
  'operations',
  'activations',
  'receptiveField',
] as const;

/** A column by which the table sorts. */
export type SortKey = (typeof sortKeys)[number];

/** A column and a direction; null is the order of the network. */
export type Sort = { readonly key: SortKey; readonly direction: 'ascending' | 'descending' } | null;

/** What the table counts as operations: multiply–accumulates, or FLOPs by the strict convention. */
export type Units = 'macs' | 'flops';

/** Numbers of a row; a layer that lowering did not reach has none. */
export interface RowFigures {
  readonly shape: Shape;
  readonly costs: Costs;
  readonly field: ReceptiveField | null;
}

/** One row of the table. */
export interface Row {
  /** Layer or node id. */
  readonly id: string;
  /** Last name of the path, or all of it where rows of several groups are mixed by sorting. */
  readonly name: string;
  /** Depth from 1, as `aria-level` counts it. */
  readonly level: number;
  /** Position among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** Whether it folds, and if so whether it is open; null for a leaf. */
  readonly open: boolean | null;
  readonly category: Category;
  readonly operator: string;
  /** Null where lowering did not reach the row. */
  readonly figures: RowFigures | null;
  /** Whether the node that does not fit is this row, or inside this row and hidden. */
  readonly broken: boolean;
}

/** The ids directly inside a group that a reader has to know of: identities left out, unreached layers kept. */
function childrenOf(graph: Graph, unreached: ReadonlyMap<string, OpName>, id: string): readonly string[] {
  const exists = (child: string): boolean => {
    if (graph.nodeById.has(child) || unreached.has(child)) return true;
    return graph.groups.get(child)?.children.some(exists) ?? false;
  };
  return graph.groups.get(id)?.children.filter(exists) ?? [];
}

/** Ids of unreached nodes with their operators, and of every group around one. */
function unreachedIn(graph: Graph): {
  readonly nodes: ReadonlyMap<string, OpName>;
  readonly groups: ReadonlySet<string>;
} {
  const nodes = new Map(graph.unreached.map(({ id, op }) => [id, op]));
  const groups = new Set<string>();
  for (const group of [...graph.groups.values()].reverse()) {
    if (group.children.some((child) => nodes.has(child) || groups.has(child))) groups.add(group.id);
  }
  return { nodes, groups };
}

/** Groups that are open when the table first shows: all but units. */
export const initiallyOpen = (graph: Graph): ReadonlySet<string> =>
  new Set(
    [...graph.groups.values()].filter(({ id, kind }) => id !== '' && kind !== 'unit').map(({ id }) => id),
  );

/** The rows of the table in the order shown; sorting lists units and free-standing nodes without their groups. */
export function listRows(
  graph: Graph,
  costs: GraphCosts,
  fields: ReadonlyMap<string, ReceptiveField>,
  open: ReadonlySet<string>,
  sort: Sort,
  units: Units,
  words: OperatorWords,
): readonly Row[] {
  const unreached = unreachedIn(graph);
  const brokenAt = graph.problem?.node ?? null;
  const rows: Row[] = [];

  const rowOf = (id: string, level: number, position: number, siblings: number, flat: boolean): Row => {
    const group = graph.groups.get(id);
    const missing = group ? unreached.groups.has(id) : unreached.nodes.has(id);
    const expandable = !flat && group !== undefined;
    const isOpen = expandable && open.has(id);
    const output = group ? group.output : id;
    let operator: string | undefined;
    return {
      id,
      name: flat ? id : (id.split('/').at(-1) ?? id),
      level,
      position,
      siblings,
      open: expandable ? isOpen : null,
      category: categoryOf(graph, unreached.nodes, id),
      get operator() {
        // Only what is drawn or sorted by is worded: thousands of rows are listed at once.
        operator ??= missing
          ? describeUnreached(graph, unreached.nodes, id, words)
          : describeLayer(graph, id, words);
        return operator;
      },
      figures: missing
        ? null
        : {
            shape: graph.nodeById.get(output)?.shape ?? graph.input,
            costs: costsOf(costs, id),
            field: fields.get(output) ?? null,
          },
      broken:
        brokenAt !== null &&
        (brokenAt === id || (group !== undefined && !isOpen && brokenAt.startsWith(`${id}/`))),
    };
  };

  const addGroup = (id: string, level: number): void => {
    const children = childrenOf(graph, unreached.nodes, id);
    children.forEach((child, index) => {
      const row = rowOf(child, level, index + 1, children.length, false);
      rows.push(row);
      if (row.open) addGroup(child, level + 1);
    });
  };

  const addLeaves = (id: string, found: string[]): void => {
    for (const child of childrenOf(graph, unreached.nodes, id)) {
      const kind = graph.groups.get(child)?.kind;
      if (kind === undefined || kind === 'unit') found.push(child);
      else addLeaves(child, found);
    }
  };

  if (sort === null) {
    addGroup('', 1);
    return rows;
  }
  const leaves: string[] = [];
  addLeaves('', leaves);
  const flat = leaves.map((id, index) => rowOf(id, 1, index + 1, leaves.length, true));
  return flat.sort(comparing(sort, units)).map((row, index): Row => ({ ...row, position: index + 1 }));
}

const collator = new Intl.Collator('en', { numeric: true });

/** Rows without figures stand last whichever way the others are sorted; equal rows keep the network's order. */
function comparing({ key, direction }: NonNullable<Sort>, units: Units): (a: Row, b: Row) => number {
  const sign = direction === 'ascending' ? 1 : -1;
  if (key === 'layer') return (a, b) => sign * collator.compare(a.name, b.name);
  if (key === 'operator') return (a, b) => sign * collator.compare(a.operator, b.operator);
  return (a, b) => {
    if (!a.figures || !b.figures) return Number(a.figures === null) - Number(b.figures === null);
    return sign * (measure(a.figures, key, units) - measure(b.figures, key, units));
  };
}

function measure(
  { shape, costs, field }: RowFigures,
  key: Exclude<SortKey, 'layer' | 'operator'>,
  units: Units,
): number {
  switch (key) {
    case 'output':
      return sizeOf(shape);
    case 'parameters':
      return costs.parameters;
    case 'operations':
      return costs[units];
    case 'activations':
      return costs.activations;
    case 'receptiveField':
      return field ? field.size[0] * field.size[1] : 0;
  }
}

/** The first node of a layer, of a group without nodes none. */
function firstNode(graph: Graph, id: string): GraphNode | undefined {
  const group = graph.groups.get(id);
  if (group) return group.end > group.first ? graph.nodes[group.first] : undefined;
  return graph.nodeById.get(id);
}

function categoryOf(graph: Graph, unreached: ReadonlyMap<string, OpName>, id: string): Category {
  const op =
    firstNode(graph, id)?.op ?? unreached.get(id) ?? firstUnreached(graph, unreached, id) ?? 'Identity';
  return operatorOf(op).category;
}

function firstUnreached(
  graph: Graph,
  unreached: ReadonlyMap<string, OpName>,
  id: string,
): OpName | undefined {
  const children: GraphGroup['children'] = graph.groups.get(id)?.children ?? [];
  for (const child of children) {
    const op = unreached.get(child) ?? firstUnreached(graph, unreached, child);
    if (op) return op;
  }
  return undefined;
}

function describeUnreached(
  graph: Graph,
  unreached: ReadonlyMap<string, OpName>,
  id: string,
  words: OperatorWords,
): string {
  const own = unreached.get(id);
  if (own) return nameOperator(own);
  const group = graph.groups.get(id);
  if (!group) return '';
  if (group.kind !== 'unit') return words.layers(group.children.length);
  return group.children
    .flatMap((child) => {
      const op = graph.nodeById.get(child)?.op ?? unreached.get(child);
      return op ? [nameOperator(op)] : [];
    })
    .join(' · ');
}

/** The largest parameters and operations of any one layer, to which the bars are drawn. */
export function largestCosts(
  graph: Graph,
  costs: GraphCosts,
  units: Units,
): { readonly parameters: number; readonly operations: number } {
  let parameters = 0;
  let operations = 0;
  for (const list of [costs.byNode, costs.byGroup]) {
    for (const [id, cost] of list) {
      if (id === '' || graph.groups.get(id)?.kind === 'network') continue;
      parameters = Math.max(parameters, cost.parameters);
      operations = Math.max(operations, cost[units]);
    }
  }
  return { parameters, operations };
}

/** The row that stands for a layer: itself, or the closest folded group around it; null when neither is listed. */
export function visibleRow(rows: ReadonlyMap<string, unknown>, id: string | null): string | null {
  // Ids are paths, so that a layer which lowering did not reach is found as well.
  let path = id ?? '';
  while (path !== '' && !rows.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return path === '' ? null : path;
}

/** The sort after a click on a column: its natural direction first, then the other, then the network's order. */
export function nextSort(sort: Sort, key: SortKey): Sort {
  const first = key === 'layer' || key === 'operator' ? 'ascending' : 'descending';
  if (sort?.key !== key) return { key, direction: first };
  if (sort.direction !== first) return null;
  return { key, direction: first === 'ascending' ? 'descending' : 'ascending' };
}
