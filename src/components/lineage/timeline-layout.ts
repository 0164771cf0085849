/** A family on the timeline: when it was published, and what it was built on. */
export interface TimelineEntry {
  readonly id: string;
  readonly year: number;
  /** Years and fractions of them: 2016.25 is the end of March 2016. */
  readonly time: number;
  /** Ids of what it was built on, the most important first. */
  readonly parents: readonly string[];
  /** Pixels needed below its ground line, where it is not the usual room. */
  readonly below?: number;
}

/** Vertical room in pixels: a family's above and below its ground line, and a passing line's. */
export interface TimelineRoom {
  readonly above: number;
  readonly below: number;
  readonly lane: number;
}

/** Families published about the same time, one above the other. */
export interface TimelineColumn {
  readonly year: number;
  readonly ids: readonly string[];
}

/** A line of descent: it starts at the parent's column, passes others at given heights, and ends at the child. */
export interface TimelineEdge {
  readonly from: string;
  readonly to: string;
  /** Whether it leads from the most important parent. */
  readonly main: boolean;
  /** Columns it touches, each with the height of the line there, in pixels from the top. */
  readonly stops: readonly { readonly column: number; readonly y: number }[];
}

/** The lineage laid out in time. */
export interface TimelineLayout {
  readonly columns: readonly TimelineColumn[];
  /** Column and ground line of every family. */
  readonly places: ReadonlyMap<string, { readonly column: number; readonly y: number }>;
  readonly edges: readonly TimelineEdge[];
  readonly height: number;
}

interface Item {
  readonly key: string;
  readonly column: number;
  readonly above: number;
  readonly below: number;
  readonly left: Item[];
  readonly right: Item[];
  y: number;
}

/** A family begins a new column with a new year, or where one of its parents stands in the current one. */
function columnsOf(entries: readonly TimelineEntry[]): TimelineEntry[][] {
  const columns: TimelineEntry[][] = [];
  for (const entry of [...entries].sort((a, b) => a.time - b.time)) {
    const current = columns.at(-1);
    const fresh =
      !current || current[0]?.year !== entry.year || current.some(({ id }) => entry.parents.includes(id));
    if (fresh) columns.push([entry]);
    else current.push(entry);
  }
  return columns;
}

/** Pairs of lines between two neighbouring columns that cross. */
function crossings(left: readonly Item[], right: readonly Item[]): number {
  const at = new Map(right.map((item, index) => [item, index]));
  const ends = left.flatMap((item, from) => item.right.map((to) => [from, at.get(to) ?? 0] as const));
  let count = 0;
  for (const [index, [from, to]] of ends.entries()) {
    for (const [other, end] of ends.slice(index + 1)) {
      if ((from - other) * (to - end) < 0) count += 1;
    }
  }
  return count;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Orders each column so that few lines cross: by the mean of the neighbours, then by swaps that help. */
function orderColumns(columns: Item[][]): void {
  const crossingsAt = (column: number): number =>
    (column > 0 ? crossings(columns[column - 1] ?? [], columns[column] ?? []) : 0) +
    (column + 1 < columns.length ? crossings(columns[column] ?? [], columns[column + 1] ?? []) : 0);
  const all = (): number =>
    columns.slice(1).reduce((sum, column, index) => sum + crossings(columns[index] ?? [], column), 0);
  const swap = (column: Item[], index: number): void => {
    const [upper, lower] = [column[index], column[index + 1]];
    if (upper && lower) column.splice(index, 2, lower, upper);
  };
  const improve = (): void => {
    for (const [at, column] of columns.entries()) {
      for (let again = true; again; ) {
        again = false;
        for (let index = 0; index + 1 < column.length; index += 1) {
          const before = crossingsAt(at);
          swap(column, index);
          if (crossingsAt(at) < before) again = true;
          else swap(column, index);
        }
      }
    }
  };
  const settle = (side: 'left' | 'right'): void => {
    for (const column of side === 'left' ? columns : [...columns].reverse()) {
      const relative = (item: Item): number => {
        const line = columns[item.column] ?? [];
        return (line.indexOf(item) + 0.5) / line.length;
      };
      const wanted = new Map(
        column.map((item) => [item, item[side].length > 0 ? mean(item[side].map(relative)) : relative(item)]),
      );
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    }
  };
  let best = columns.map((column) => [...column]);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8; round += 1) {
    settle(round % 2 === 0 ? 'left' : 'right');
    improve();
    const count = all();
    if (count < least) {
      least = count;
      best = columns.map((column) => [...column]);
    }
  }
  for (const [index, column] of best.entries()) columns.splice(index, 1, column);
}

/**
 * Heights nearest to the wanted ones (least squares) that keep the order, leave every item its room and stay within
 * `height`: pooling of adjacent violators, on what remains when the rooms are taken out.
 */
function spread(column: readonly Item[], wanted: readonly number[], height: number): void {
  let used = 0;
  const offsets = column.map((item) => {
    const offset = used + item.above;
    used += item.above + item.below;
    return offset;
  });
  const pools: { sum: number; count: number }[] = [];
  for (const [index, target] of wanted.entries()) {
    let pool = { sum: target - (offsets[index] ?? 0), count: 1 };
    for (
      let last = pools.at(-1);
      last && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  }
  const slack = Math.max(0, height - used);
  let index = 0;
  for (const { sum, count } of pools) {
    const level = Math.min(slack, Math.max(0, sum / count));
    for (let member = 0; member < count; member += 1, index += 1) {
      const item = column[index];
      if (item) item.y = level + (offsets[index] ?? 0);
    }
  }
}

/**
 * Lays the lineage out with time from left to right: a column for every year, or several where a year built on
 * itself. A line that passes a column has a place of its own there, so that it never crosses a family; lines to
 * the same child run together.
 *
 * @throws RangeError where a parent is unknown or was published after its child
 */
export function layTimeline(entries: readonly TimelineEntry[], room: TimelineRoom): TimelineLayout {
  const grouped = columnsOf(entries);
  const columnOf = new Map(grouped.flatMap((column, index) => column.map(({ id }) => [id, index] as const)));
  const items = new Map<string, Item>();
  const columns: Item[][] = grouped.map(() => []);
  const itemAt = (key: string, column: number, above: number, below: number): Item => {
    const known = items.get(key);
    if (known) return known;
    const item: Item = { key, column, above, below, left: [], right: [], y: 0 };
    items.set(key, item);
    columns[column]?.push(item);
    return item;
  };
  for (const { id, below = room.below } of grouped.flat())
    itemAt(id, columnOf.get(id) ?? 0, room.above, below);

  const paths = grouped.flat().flatMap(({ id, parents }) =>
    parents.map((parent, rank) => {
      const end = columnOf.get(id) ?? 0;
      const start = columnOf.get(parent);
      if (start === undefined || start >= end)
        throw new RangeError(`${id} stands before its parent ${parent}`);
      const path = [items.get(parent) as Item];
      for (let column = start + 1; column < end; column += 1) {
        path.push(itemAt(`${id} in ${column}`, column, room.lane / 2, room.lane / 2));
      }
      path.push(items.get(id) as Item);
      for (const [index, item] of path.entries()) {
        const next = path[index + 1];
        if (!next || item.right.includes(next)) continue;
        item.right.push(next);
        next.left.push(item);
      }
      return { from: parent, to: id, main: rank === 0, path };
    }),
  );

  orderColumns(columns);
  const height = columns.reduce(
    (most, column) =>
      Math.max(
        most,
        column.reduce((sum, { above, below }) => sum + above + below, 0),
      ),
    0,
  );
  for (const column of columns) {
    const stacked = column.reduce((sum, { above, below }) => sum + above + below, 0);
    let y = (height - stacked) / 2;
    for (const item of column) {
      item.y = y + item.above;
      y += item.above + item.below;
    }
  }
  // Lines straighten from both sides in turn until they rest.
  for (let round = 0; round < 24; round += 1) {
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = column.map((item) => {
        const around = [...item.left, ...item.right];
        return around.length > 0 ? mean(around.map(({ y }) => y)) : item.y;
      });
      spread(column, wanted, height);
    }
  }

  return {
    columns: grouped.map((column, index) => ({
      year: column[0]?.year ?? 0,
      ids: (columns[index] ?? []).flatMap(({ key }) => (columnOf.has(key) ? [key] : [])),
    })),
    places: new Map([...columnOf].map(([id, column]) => [id, { column, y: items.get(id)?.y ?? 0 }])),
    edges: paths.map(({ path, ...edge }) => ({
      ...edge,
      stops: path.map(({ column, y }) => ({ column, y })),
    })),
    height,
  };
}
