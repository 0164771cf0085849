/** A node as the recovery of structure sees it. */
export interface Wired {
  readonly key: string;
  /** Keys of what it reads: other nodes', or the network's input. */
  readonly inputs: readonly string[];
}

/** A piece of a network's line. */
export type Part =
  | { readonly kind: 'node'; readonly key: string }
  /** Ways over one tensor that meet in a node; without one they are read one by one further out. An empty way is the identity. */
  | { readonly kind: 'parallel'; readonly merge: string | null; readonly ways: readonly (readonly Part[])[] }
  /** What does not rejoin. */
  | { readonly kind: 'tap'; readonly parts: readonly Part[] };

/** Parallel ways within ways are taken apart so deep; deeper ones are left as a row. */
const MOST_NESTING = 16;

/**
 * Recovers the hierarchy of a network from its wiring: what lies in a row, and what lies in parallel between a fork and
 * the node in which it meets again. Wiring that is no nesting of the two is left as a row of nodes.
 *
 * Between fork and join lies what no single node separates: running through the nodes in execution order, those at
 * which all open edges end are the ones that every path passes.
 *
 * @param nodes in execution order
 * @param outputs keys of the network's outputs, the main one first
 */
export function recoverStructure(nodes: readonly Wired[], outputs: readonly string[]): readonly Part[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const main = new Set<string>();
  const waiting = outputs.slice(0, 1);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const node = byKey.get(key);
    if (!node || main.has(key)) continue;
    main.add(key);
    waiting.push(...node.inputs);
  }
  const line = decompose(
    nodes.filter(({ key }) => main.has(key)),
    new Set(outputs.slice(0, 1)),
    0,
  );
  return withTaps(
    line,
    nodes.filter(({ key }) => !main.has(key)),
    new Set(outputs),
  );
}

/**
 * The parts of a region that is entered through one tensor: all inputs from outside count as that.
 *
 * @param leaving keys of the nodes that are read after the region
 */
function decompose(region: readonly Wired[], leaving: ReadonlySet<string>, depth: number): Part[] {
  const inside = new Set(region.map(({ key }) => key));
  const readers = new Map<string, number>();
  /** Distinct nodes of the region that a node reads; '' is the entry. */
  const sources = new Map<string, readonly string[]>();
  for (const { key, inputs } of region) {
    const own = [...new Set(inputs.map((input) => (inside.has(input) ? input : '')))];
    if (own.length === 0) own.push('');
    sources.set(key, own);
    for (const source of own) readers.set(source, (readers.get(source) ?? 0) + 1);
  }
  const parts: Part[] = [];
  let open = readers.get('') ?? 0;
  let between: Wired[] = [];
  let before = '';
  for (const node of region) {
    open -= sources.get(node.key)?.length ?? 0;
    const on = (readers.get(node.key) ?? 0) + (leaving.has(node.key) ? 1 : 0);
    if (open > 0) {
      between.push(node);
      open += on;
      continue;
    }
    if (between.length === 0) parts.push({ kind: 'node', key: node.key });
    else parts.push(...parallel(between, node, new Set(node.inputs), before, inside, depth));
    between = [];
    before = node.key;
    open = on;
  }
  if (between.length > 0) parts.push(...parallel(between, null, leaving, before, inside, depth));
  return parts;
}

/** What lies between a fork and a join, as parallel ways; as a row where the ways are tied to one another. */
function parallel(
  between: readonly Wired[],
  merge: Wired | null,
  leaving: ReadonlySet<string>,
  before: string,
  inside: ReadonlySet<string>,
  depth: number,
): Part[] {
  const row = (): Part[] => [...between, ...(merge ? [merge] : [])].map(({ key }) => ({ kind: 'node', key }));
  if (depth >= MOST_NESTING) return row();
  const components = componentsOf(between);
  // The fork itself is read by the join: a way without nodes. At the region's beginning the fork lies outside.
  const isFork = (key: string): boolean => (before === '' ? !inside.has(key) : key === before);
  const passes = merge ? merge.inputs.some(isFork) : before !== '' && leaving.has(before);
  if (components.length + (passes ? 1 : 0) < 2) return row();

  const places = new Map<string, number>();
  const order = merge ? merge.inputs : between.map(({ key }) => key);
  for (const [place, key] of order.entries()) if (!places.has(key)) places.set(key, place);
  const placeOf = (component: readonly Wired[]): number =>
    Math.min(
      ...component.map(({ key }) => (leaving.has(key) ? (places.get(key) ?? order.length) : order.length)),
    );
  const identity = merge ? merge.inputs.findIndex(isFork) : -1;
  const ways = components.map((component) => ({
    place: placeOf(component),
    parts: decompose(component, leaving, depth + 1),
  }));
  if (passes) ways.push({ place: identity, parts: [] });
  ways.sort((a, b) => a.place - b.place);
  return [{ kind: 'parallel', merge: merge?.key ?? null, ways: ways.map(({ parts }) => parts) }];
}

/** Nodes that hang together among themselves, each set in execution order. */
function componentsOf(nodes: readonly Wired[]): Wired[][] {
  const index = new Map(nodes.map(({ key }, place) => [key, place]));
  const parent = nodes.map((_, place) => place);
  const rootOf = (place: number): number => {
    let root = place;
    while (parent[root] !== root) root = parent[root] ?? root;
    for (let at = place; parent[at] !== root; ) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (const [place, { inputs }] of nodes.entries()) {
    for (const input of inputs) {
      const other = index.get(input);
      if (other !== undefined) parent[rootOf(place)] = rootOf(other);
    }
  }
  const components = new Map<number, Wired[]>();
  for (const [place, node] of nodes.entries()) {
    const root = rootOf(place);
    const component = components.get(root);
    if (component) component.push(node);
    else components.set(root, [node]);
  }
  return [...components.values()];
}

/** The line with what does not lead to its end hung to the last node of it that each piece reads. */
function withTaps(
  line: readonly Part[],
  side: readonly Wired[],
  outputs: ReadonlySet<string>,
): readonly Part[] {
  if (side.length === 0) return line;
  const places = new Map<string, number>();
  const count = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (part.kind === 'parallel') {
        for (const way of part.ways) count(way);
        if (part.merge !== null) places.set(part.merge, places.size);
      } else if (part.kind === 'node') {
        places.set(part.key, places.size);
      } else {
        count(part.parts);
      }
    }
  };
  count(line);
  const taps = new Map<string, Part[]>();
  for (const component of componentsOf(side)) {
    let at = '';
    for (const { inputs } of component) {
      for (const input of inputs) {
        if ((places.get(input) ?? -1) > (places.get(at) ?? -1)) at = input;
      }
    }
    const ends = component.filter(({ key }) => outputs.has(key));
    const parts: Part[] =
      ends.length === 1
        ? decompose(component, new Set(ends.map(({ key }) => key)), 0)
        : component.map(({ key }) => ({ kind: 'node', key }));
    const hung = taps.get(at) ?? [];
    taps.set(at, [...hung, { kind: 'tap', parts }]);
  }
  const hang = (parts: readonly Part[]): Part[] =>
    parts.flatMap((part): Part[] => {
      if (part.kind === 'node') return [part, ...(taps.get(part.key) ?? [])];
      if (part.kind === 'tap') return [part];
      const ways = part.ways.map(hang);
      return [{ ...part, ways }, ...(part.merge === null ? [] : (taps.get(part.merge) ?? []))];
    });
  return [...(taps.get('') ?? []), ...hang(line)];
}
