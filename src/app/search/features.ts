import { operatorsOf } from '../../engine/graph/lower.ts';
import type { Architecture, OperatorSpec, OpName, Spec } from '../../engine/spec/types.ts';

/** What a definition is made of, read off it without lowering. */
export interface Features {
  readonly operators: ReadonlySet<OpName>;
  /** Kernels of its convolutions: `1×1`, `3×3`. */
  readonly kernels: ReadonlySet<string>;
  /** Ideas that show in the definition itself. */
  readonly ideas: ReadonlySet<DerivedIdea>;
}

/** Ideas that a definition shows by its form. */
export type DerivedIdea =
  | 'residual'
  | 'projection'
  | 'optionA'
  | 'bottleneck'
  | 'parallel'
  | 'dense'
  | 'grouped'
  | 'pointwise'
  | 'smallFilters'
  | 'auxiliary'
  | 'partial'
  | 'globalPool'
  | 'batchNorm'
  | 'lrn'
  | 'dropout'
  | 'stochasticDepth'
  | 'fractal';

const isSeries = (spec: Spec): boolean => spec.$ === undefined;

const isEmpty = (spec: Spec): boolean => isSeries(spec) && Object.keys(spec).length === 0;

const kernelOf = (layer: OperatorSpec): number =>
  layer.op === 'Conv' ? Math.max(...layer.attributes.kernel) : 0;

/** Whether convolutions lead through few channels: a 1×1 before a larger window, on fewer channels than come out at last. */
function narrows(spec: Spec): boolean {
  const convolutions = operatorsOf(spec).filter(({ op }) => op === 'Conv');
  const [first, second] = convolutions;
  return (
    convolutions.length <= 3 &&
    first !== undefined &&
    second !== undefined &&
    kernelOf(first) === 1 &&
    kernelOf(second) > 1
  );
}

function structureOf(spec: Spec, found: Set<DerivedIdea>): void {
  switch (spec.$) {
    case undefined:
      for (const layer of Object.values(spec)) structureOf(layer, found);
      return;
    case 'operator':
      return;
    case 'group':
      structureOf(spec.layers, found);
      return;
    case 'tap':
      found.add('auxiliary');
      structureOf(spec.layers, found);
      return;
    case 'residual': {
      found.add('residual');
      if (narrows(spec.body)) found.add('bottleneck');
      const shortcut = operatorsOf(spec.shortcut);
      if (shortcut.some(({ op }) => op === 'Conv')) found.add('projection');
      if (shortcut.some(({ op }) => op === 'Pad')) found.add('optionA');
      for (const part of [spec.body, spec.shortcut, spec.after]) structureOf(part, found);
      return;
    }
    case 'branches': {
      const branches = Object.values(spec.branches);
      if (spec.merge === 'Mean') found.add('fractal');
      if (spec.merge === 'Concat' && branches.some(isEmpty)) {
        found.add('dense');
        if (branches.some(narrows)) found.add('bottleneck');
      } else if (spec.merge === 'Concat') found.add('parallel');
      for (const branch of branches) structureOf(branch, found);
    }
  }
}

const byOperator: Partial<Readonly<Record<OpName, DerivedIdea>>> = {
  GlobalAveragePool: 'globalPool',
  BatchNormalization: 'batchNorm',
  LRN: 'lrn',
  Dropout: 'dropout',
  StochasticDepth: 'stochasticDepth',
};

const known = new WeakMap<Architecture, Features>();

/** What a network is made of, computed once. */
export function featuresOf(architecture: Architecture): Features {
  const found = known.get(architecture);
  if (found) return found;
  const ideas = new Set<DerivedIdea>();
  structureOf(architecture.layers, ideas);
  const layers = operatorsOf(architecture.layers);
  const kernels = new Set<string>();
  for (const layer of layers) {
    const idea = byOperator[layer.op];
    if (idea) ideas.add(idea);
    if (layer.op !== 'Conv') continue;
    kernels.add(layer.attributes.kernel.join('×'));
    if (layer.attributes.groups > 1) ideas.add('grouped');
    if (layer.attributes.connections) ideas.add('partial');
  }
  if (kernels.has('1×1')) ideas.add('pointwise');
  if (kernels.size === 1 && kernels.has('3×3')) ideas.add('smallFilters');
  const features = { operators: new Set(layers.map(({ op }) => op)), kernels, ideas };
  known.set(architecture, features);
  return features;
}
