/** Times of every node of a network, in milliseconds: medians over some runs. */
export interface LayerTimes {
  /** By node id; a node that the runtime left out (dropout) has none. */
  readonly byNode: ReadonlyMap<string, number>;
  /** All nodes together. */
  readonly layersMs: number;
  /** What a run spends outside all nodes that have an id here, taking their times included. */
  readonly otherMs: number;
  readonly runs: number;
}

/** An event of the runtime's profile, in the form of Chrome's traces; times in microseconds. */
interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
}

/** The event that a line of a profile holds; null for anything else. */
function readEvent(line: string): ProfileEvent | null {
  const text = line
    .trim()
    .replace(/^\[/, '')
    .replace(/[,\]]+$/, '');
  if (!text.startsWith('{')) return null;
  try {
    const { cat, name, dur } = JSON.parse(text.endsWith('}') ? text : `${text}}`) as Partial<ProfileEvent>;
    return typeof cat === 'string' && typeof name === 'string' && typeof dur === 'number'
      ? { cat, name, dur }
      : null;
  } catch {
    return null;
  }
}

/** The middle of some values; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? 0;
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + upper) / 2;
}

const KERNEL = '_kernel_time';

/**
 * Reads onnxruntime's profile, one event a line: a node's event is named `<node>_kernel_time`, and `model_run` ends a run.
 *
 * @param nodes ids that are told apart; all else is `otherMs`
 * @param nodeOf id of the node that one of the model is a part of
 * @param skip runs at the beginning that do not count
 */
export function readLayerTimes(
  lines: readonly string[],
  nodes: readonly string[],
  nodeOf: (name: string) => string,
  skip: number,
): LayerTimes {
  const known = new Set(nodes);
  const runs: { readonly total: number; readonly byNode: ReadonlyMap<string, number> }[] = [];
  let current = new Map<string, number>();
  for (const line of lines) {
    const event = readEvent(line);
    if (!event) continue;
    if (event.cat === 'Session' && event.name === 'model_run') {
      runs.push({ total: event.dur, byNode: current });
      current = new Map();
    } else if (event.cat === 'Node' && event.name.endsWith(KERNEL)) {
      const name = event.name.slice(0, -KERNEL.length);
      const id = known.has(name) ? name : nodeOf(name);
      if (known.has(id)) current.set(id, (current.get(id) ?? 0) + event.dur);
    }
  }
  const counted = runs.slice(skip);
  const milliseconds = (values: readonly number[]): number => medianOf(values) / 1000;
  const timed = nodes.filter((id) => counted.some(({ byNode }) => byNode.has(id)));
  const byNode = new Map(
    timed.map((id) => [id, milliseconds(counted.map((run) => run.byNode.get(id) ?? 0))] as const),
  );
  const sumOf = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);
  const otherMs = milliseconds(counted.map((run) => Math.max(0, run.total - sumOf(run.byNode.values()))));
  return { byNode, layersMs: sumOf(byNode.values()), otherMs, runs: counted.length };
}
