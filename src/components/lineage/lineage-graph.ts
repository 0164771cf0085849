/** An entry of the lineage: an id, and the id of what it was built on. */
export interface LineageEntry {
  readonly id: string;
  readonly parent: string | null;
}

/** A line that crosses or ends in a row, from the lane in which it enters at the top to the lane it runs in. */
export interface LineageLine {
  /** Id of the entry that the line leads to. */
  readonly to: string;
  readonly enters: number;
  readonly runs: number;
  /** Whether it ends at this row's dot; otherwise it runs on through the row. */
  readonly ends: boolean;
}

/** A row of the lineage as it is drawn: its dot's lane, the lines through it, and whether any line leaves its dot. */
export interface LineageRow {
  readonly id: string;
  readonly lane: number;
  readonly lines: readonly LineageLine[];
  readonly continues: boolean;
}

/**
 * Lays a lineage out in rows, as a version history is drawn: the entries in the order given, each in a lane of its
 * own line of descent. The longest line of descent goes straight on; the others branch off into free lanes.
 *
 * @throws RangeError where a parent is unknown or stands after its child
 */
export function layLineage(entries: readonly LineageEntry[]): {
  readonly rows: readonly LineageRow[];
  readonly lanes: number;
} {
  const rowOf = new Map(entries.map(({ id }, row) => [id, row]));
  const parentRow = entries.map(({ id, parent }, row) => {
    if (parent === null) return null;
    const above = rowOf.get(parent);
    if (above === undefined || above >= row) throw new RangeError(`${id} stands before its parent ${parent}`);
    return above;
  });

  // How far down each entry's longest line of descent reaches, and which child it goes through.
  const reach = entries.map(() => 1);
  const heir = entries.map<number | null>(() => null);
  for (let row = entries.length - 1; row >= 0; row -= 1) {
    const above = parentRow[row];
    if (above === null || above === undefined) continue;
    const through = (reach[row] ?? 1) + 1;
    const current = heir[above];
    if (current === null || current === undefined || through > (reach[above] ?? 1)) {
      heir[above] = row;
      reach[above] = through;
    }
  }

  const laneOf: number[] = [];
  const busyUntil: number[] = [];
  for (let row = 0; row < entries.length; row += 1) {
    const above = parentRow[row] ?? null;
    if (above !== null && heir[above] === row) {
      laneOf[row] = laneOf[above] ?? 0;
      continue;
    }
    let last = row;
    for (let next = heir[row] ?? null; next !== null; next = heir[next] ?? null) last = next;
    // The branch needs its lane from the row below its parent on.
    const from = above === null ? row : above + 1;
    let lane = busyUntil.findIndex((until) => until < from);
    if (lane < 0) lane = busyUntil.length;
    busyUntil[lane] = last;
    laneOf[row] = lane;
  }

  const rows = entries.map(({ id }, row): LineageRow => {
    const lines: LineageLine[] = [];
    for (let child = row; child < entries.length; child += 1) {
      const above = parentRow[child] ?? null;
      if (above === null || above >= row) continue;
      const runs = laneOf[child] ?? 0;
      lines.push({
        to: entries[child]?.id ?? '',
        enters: above === row - 1 ? (laneOf[above] ?? 0) : runs,
        runs,
        ends: child === row,
      });
    }
    return { id, lane: laneOf[row] ?? 0, lines, continues: heir[row] !== null };
  });
  return { rows, lanes: Math.max(1, busyUntil.length) };
}
