import { nodesOf } from '../../engine/graph/layers.ts';
import type { Graph, GraphNode } from '../../engine/graph/types.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import type { OpName, Padding, Pair, Rounding } from '../../engine/spec/types.ts';

/** Words for the attributes of an operator that are not notation. */
export interface OperatorWords {
  /** Rows and columns added around the image: `2`, `1×2` or `0,1,0,1` (top, left, bottom, right). */
  padding(sides: string): string;
  groups(count: number): string;
  dilation(extent: string): string;
  readonly ceil: string;
  /** A convolution some of whose connections do not exist: LeNet-5's C3. */
  readonly partial: string;
  /** Several nodes in one group. */
  layers(count: number): string;
}

const pairText = ([height, width]: Pair): string => `${height}×${width}`;

const extentText = ([height, width]: Pair): string =>
  height === width ? String(height) : `${height}×${width}`;

function paddingText([top, left, bottom, right]: Padding): string {
  if (top !== bottom || left !== right) return `${top},${left},${bottom},${right}`;
  return extentText([top, left]);
}

/** Names that papers and code use for the operators in a series: short, and the same in every language. */
const shortNames: Readonly<Record<OpName, string>> = {
  Conv: 'Conv',
  MaxPool: 'MaxPool',
  AveragePool: 'AveragePool',
  GlobalAveragePool: 'GlobalAveragePool',
  AdaptiveAveragePool: 'AdaptiveAvgPool',
  Gemm: 'Gemm',
  BatchNormalization: 'BatchNorm',
  LRN: 'LRN',
  Relu: 'ReLU',
  Tanh: 'tanh',
  Sigmoid: 'sigmoid',
  Softmax: 'softmax',
  Dropout: 'dropout',
  Flatten: 'flatten',
  Pad: 'pad',
  Identity: 'identity',
  Add: 'add',
  Concat: 'concat',
  Mean: 'mean',
  StochasticDepth: 'survive',
  Subsample: 'Subsample',
  Rbf: 'RBF',
  Opaque: '?',
};

function slidingText(
  name: string,
  {
    kernel,
    stride,
    padding = [0, 0, 0, 0],
    rounding = 'floor',
  }: {
    readonly kernel: Pair;
    readonly stride: Pair;
    readonly padding?: Padding;
    readonly rounding?: Rounding;
  },
  usualStride: Pair,
  words: OperatorWords,
): string[] {
  const usual = stride[0] === usualStride[0] && stride[1] === usualStride[1];
  return [
    `${name} ${pairText(kernel)}${usual ? '' : `/${extentText(stride)}`}`,
    ...(padding.some((side) => side > 0) ? [words.padding(paddingText(padding))] : []),
    ...(rounding === 'ceil' ? [words.ceil] : []),
  ];
}

function padText(name: string, padding: Padding, [before, after]: Pair): string {
  const sides = padding.some((side) => side > 0) ? [paddingText(padding)] : [];
  return [name, ...sides, ...(before + after > 0 ? [`C ${before}+${after}`] : [])].join(' ');
}

/** A node's operator with those attributes that are not trivial: `Conv 5×5, pad 2, groups 2`, `Gemm 400→120`. */
export function describeNode(node: GraphNode, words: OperatorWords): string {
  const name = shortNames[node.op];
  switch (node.op) {
    case 'Conv': {
      const { dilation, groups, connections } = node.attributes;
      return [
        ...slidingText(name, node.attributes, [1, 1], words),
        ...(dilation[0] > 1 || dilation[1] > 1 ? [words.dilation(extentText(dilation))] : []),
        ...(groups > 1 ? [words.groups(groups)] : []),
        ...(connections ? [words.partial] : []),
      ].join(', ');
    }
    case 'MaxPool':
    case 'AveragePool':
    case 'Subsample':
      // Windows that tile the image are the usual case for a pool, so its stride is then left out.
      return slidingText(name, node.attributes, node.attributes.kernel, words).join(', ');
    case 'Gemm':
    case 'Rbf':
      return `${name} ${sizeOf(node.inputShapes[0] ?? [])}→${sizeOf(node.shape)}`;
    case 'AdaptiveAveragePool':
      return `${name} ${pairText(node.attributes.size)}`;
    case 'LRN':
      return `${name} ${node.attributes.size}`;
    case 'Dropout':
      return `${name} ${node.attributes.rate}`;
    case 'StochasticDepth':
      return `${name} ${Number(node.attributes.survival.toFixed(4))}`;
    case 'Opaque':
      return node.attributes.operator;
    case 'Pad':
      return padText(name, node.attributes.padding, node.attributes.channels);
    default:
      return name;
  }
}

/** The short name of an operator that lowering did not reach, whose shapes are not known. */
export const nameOperator = (op: OpName): string => shortNames[op];

/** A layer's operators: of a unit all of them in a row (`Conv 5×5 · tanh`), of any other group their count. */
export function describeLayer(graph: Graph, id: string, words: OperatorWords): string {
  const nodes = nodesOf(graph, id);
  const group = graph.groups.get(id);
  if (group && group.kind !== 'unit') return words.layers(group.children.length);
  return nodes.map((node) => describeNode(node, words)).join(' · ');
}
