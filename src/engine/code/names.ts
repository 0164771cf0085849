import type { Graph, GraphNode } from '../graph/types.ts';
import type { OpName } from '../spec/types.ts';
import type { Part } from './part.ts';

/** What an operator is called within the name of a unit. */
const shortNames: Partial<Readonly<Record<OpName, string>>> = {
  BatchNormalization: 'Bn',
  Gemm: 'Linear',
  LRN: 'Lrn',
  AveragePool: 'AvgPool',
  GlobalAveragePool: 'GlobalPool',
  AdaptiveAveragePool: 'AdaptivePool',
};

/** Names of groups that say where a part stands, not what it is. */
const placeNames = new Set(
  `after before block body branch column columns conv ends first group layer mean name part rest second series stage step
  through unit`.split(/\s+/),
);

/** The words that all instances of a part have in their names: `fire2`, `fire3` → `Fire`; null where they say nothing. */
function commonName(instances: readonly Part[]): string | null {
  const roots = new Set(
    instances.map(({ id }) =>
      id
        .slice(id.lastIndexOf('/') + 1)
        .replace(/[_-]?\d+[a-z]?$/, '')
        .replace(/\d+$/, ''),
    ),
  );
  const [root = ''] = roots;
  if (roots.size !== 1 || root.length < 3 || !/^[a-z]+$/i.test(root) || placeNames.has(root.toLowerCase()))
    return null;
  return `${root.charAt(0).toUpperCase()}${root.slice(1)}`;
}

/** Name of the class of a part that repeats: from its operators, its shape of wiring, or the name it bears everywhere. */
export function definitionName(graph: Graph, first: Part, instances: readonly Part[]): string {
  if (
    first.kind === 'series' &&
    first.entries.every(({ part }) => part.kind === 'call' && part.op !== null)
  ) {
    return first.entries
      .map(({ part }) => (part.kind === 'call' && part.op ? (shortNames[part.op] ?? part.op) : ''))
      .join('');
  }
  const common = commonName(instances);
  if (first.kind !== 'parallel') {
    const parts = first.kind === 'call' ? [] : first.entries.map(({ part }) => part);
    if (common) return common;
    // A residual block whose first activation serves the shortcut as well.
    if (parts.some((part) => part.kind === 'parallel' && part.merge?.op === 'Add')) return 'PreActProjection';
    return first.role === 'block' ? 'Block' : 'Layers';
  }
  if (first.merge === null) return 'Columns';
  const inside = nodesIn(graph, first.id);
  switch (first.merge.op) {
    case 'Mean':
      return common ?? `Fractal${graph.nodeById.get(`${first.id}/${first.merge.name}`)?.inputs.length ?? ''}`;
    case 'Concat':
      if (first.parts.some(({ part }) => part.kind === 'series' && part.entries.length === 0))
        return 'DenseLayer';
      return common ?? (first.parts.length > 2 ? 'Inception' : 'Expand');
    case 'Add': {
      if (!first.parts.some(({ part }) => part.role === 'body')) return common ?? 'Sum';
      const body = inside.filter(({ id }) => id.startsWith(`${first.id}/body/`));
      const kernels = body.flatMap((node) => (node.op === 'Conv' ? [node.attributes.kernel[0]] : []));
      const before = body[0]?.op === 'BatchNormalization' || body[0]?.op === 'Relu' ? 'PreAct' : '';
      const isBottleneck = kernels.length === 3 && kernels[0] === 1 && kernels[2] === 1;
      const shape = isBottleneck ? 'Bottleneck' : kernels.length === 2 ? 'BasicBlock' : null;
      return shape ? `${before}${shape}` : (common ?? `${before}ResidualBlock`);
    }
  }
}

function nodesIn(graph: Graph, id: string): readonly GraphNode[] {
  const group = graph.groups.get(id);
  return group ? graph.nodes.slice(group.first, group.end) : [];
}

/** A title as a class name: `VGG-16 (batch norm)` → `VGG16BatchNorm`, `LeNet-5 (1998)` → `LeNet5_1998`. */
export function titleName(title: string, taken: ReadonlySet<string>): string {
  const words = title.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.reduce(
    (name, word) =>
      `${name}${/\d$/.test(name) && /^\d/.test(word) ? '_' : ''}${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    '',
  );
  const isTaken = joined === '' || /^\d/.test(joined) || taken.has(joined);
  return isTaken ? `Network${joined}` : joined;
}

/** A class name as a function's: `ConvBnRelu` → `conv_bn_relu`. */
export const snakeCase = (name: string): string =>
  name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();
