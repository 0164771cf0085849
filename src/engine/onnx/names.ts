import type { Step } from './map-operators.ts';

/** Characters up to which a part of a name is kept. */
const LONGEST = 40;

/** Endings by which exporters tell a layer's tensors apart. */
const tensorEnding =
  /([._/](weight|bias|kernel|gamma|beta|scale|w|b|s|W|B)(_quantized)?(_\d+)?|_(weight|bias)s?(_quantized)?|\/(Conv2D|MatMul)?\/?ReadVariableOp)(:\d+)?$/;

/** Words that say no more than that there is a tensor or a node. */
const empty = new Set([
  '',
  'n',
  'r',
  't',
  'x',
  'y',
  'node',
  'op',
  'tensor',
  'output',
  'out',
  'onnx',
  'val',
  'model',
  'main',
]);

/** Names that say nothing: a number, or the operator with one. */
function isUseless(name: string, operator: string): boolean {
  const word = name
    .replace(/(_output)?(_\d+)?$/i, '')
    .replace(/[\d_:./-]+/g, '')
    .toLowerCase();
  return empty.has(word) || word === operator.toLowerCase() || word === `${operator.toLowerCase()}output`;
}

/**
 * A name as the path that it spells: slashes and dots part it, and of PyTorch's `/layer1/layer1.0/conv1/Conv` each part
 * repeats the ones before it. The operator's own name at the end is left out.
 */
function pathOf(name: string, operator: string): string[] {
  const parts = name.split(/[/:]+/).filter((part) => part !== '');
  const path: string[] = [];
  let before = '';
  for (const part of parts) {
    const own = before !== '' && part.startsWith(`${before}.`) ? part.slice(before.length + 1) : part;
    path.push(...own.split('.').filter((word) => word !== ''));
    before = part;
  }
  const last = path.at(-1) ?? '';
  if (
    path.length > 0 &&
    last.replace(/_\d+$/, '').toLowerCase() === operator.toLowerCase() &&
    path.length > 1
  )
    path.pop();
  return path.slice(0, 24);
}

/** The path that a file's names give a step; empty where they say nothing. */
export function stepPath({ node, operator, weight, tensor, key }: Step): readonly string[] {
  const plain = operator.slice(operator.lastIndexOf('.') + 1);
  const inner = /#[^/]*$/.exec(key)?.[0] ?? '';
  for (const name of [node.name, weight?.replace(tensorEnding, '') ?? '', tensor ?? '']) {
    const bare = inner !== '' && name.endsWith(inner) ? name.slice(0, -inner.length) : name;
    if (bare === '' || isUseless(bare, plain)) continue;
    const path = pathOf(bare, plain);
    if (path.length > 0) return path;
  }
  return [];
}

/** What begins all paths. */
export function commonPath(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...rest] = paths;
  let length = first.length;
  for (const path of rest) {
    let same = 0;
    while (same < length && path[same] === first[same]) same += 1;
    length = same;
  }
  return first.slice(0, length);
}

/** What is left of a path inside another. */
export function pathWithin(path: readonly string[], around: readonly string[]): readonly string[] {
  return path.slice(commonPath([path, around]).length);
}

/** A name that can be a key, a part of a path and of an address; null where nothing is left of it. */
export function cleanName(text: string): string | null {
  const clean = text
    .replace(/[^\p{L}\p{N}_+-]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, LONGEST);
  if (clean === '') return null;
  // A number alone would stand first in any list of keys.
  return /^\d+$/.test(clean) ? null : clean;
}

/** Names told apart: those that come more than once are numbered. */
export function numbered(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const taken = new Set(names.filter((name) => counts.get(name) === 1));
  const next = new Map<string, number>();
  return names.map((name) => {
    if (counts.get(name) === 1) return name;
    for (let index = next.get(name) ?? 1; ; index += 1) {
      const own = `${name}${/\d$/.test(name) ? '_' : ''}${index}`;
      if (taken.has(own)) continue;
      taken.add(own);
      next.set(name, index + 1);
      return own;
    }
  });
}
