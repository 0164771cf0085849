import { fileURLToPath } from 'node:url';

/** What the bundler knows of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const source = (path: string): string => fileURLToPath(new URL(`../../src/app/${path}`, import.meta.url));

/** A module and all that it imports statically, directly or through others. */
function closureOf(entry: string, graph: ModuleGraph): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return reached;
}

/** One of the bundler's groups: modules that go into one file. */
interface ChunkGroup {
  readonly debugName: string;
  readonly priority: number;
  /** The file's name for a module of the group, null for any other. */
  readonly name: (id: string, graph: ModuleGraph) => string | null;
}

/**
 * Puts what the first paint of the two main pages needs into three files, each of which is needed whole: what every page
 * has, what a network's page and the atlas share, and the rest of a network's page. Left to itself the bundler cuts along
 * every set of lazy parts that share something: two dozen files of a kilobyte, which compress badly one by one.
 */
export function firstPaintChunks(): ChunkGroup[] {
  const closures = new Map<string, ReadonlySet<string>>();
  const needs = (path: string, id: string, graph: ModuleGraph): boolean => {
    const known = closures.get(path) ?? closureOf(source(path), graph);
    closures.set(path, known);
    return known.has(id);
  };
  const explore = (id: string, graph: ModuleGraph) => needs('routes/explore.tsx', id, graph);
  const home = (id: string, graph: ModuleGraph) => needs('routes/home.tsx', id, graph);
  const group = (
    name: string,
    priority: number,
    holds: (id: string, graph: ModuleGraph) => boolean,
  ): ChunkGroup => ({
    debugName: name,
    priority,
    name: (id, graph) => (holds(id, graph) ? name : null),
  });
  return [
    group('everywhere', 3, (id, graph) => needs('main.tsx', id, graph)),
    group('networks', 2, (id, graph) => explore(id, graph) && home(id, graph)),
    group('network', 1, explore),
  ];
}
