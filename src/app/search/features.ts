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

/** Walks a definition once: its structure's ideas go into `found`, its operators to `visit`. */
function walk(spec: Spec, found: Set<DerivedIdea>, visit: (layer: OperatorSpec) => void): void {
  switch (spec.$) {
    case undefined:
      for (const layer of Object.values(spec)) walk(layer, found, visit);
      return;
    case 'operator':
      visit(spec);
      return;
    case 'group':
      walk(spec.layers, found, visit);
      return;
    case 'tap':
      found.add('auxiliary');
      walk(spec.layers, found, visit);
      return;
    case 'residual': {
      found.add('residual');
      if (!found.has('bottleneck') && narrows(spec.body)) found.add('bottleneck');
      const shortcut = operatorsOf(spec.shortcut);
      if (shortcut.some(({ op }) => op === 'Conv')) found.add('projection');
      if (shortcut.some(({ op }) => op === 'Pad')) found.add('optionA');
      for (const part of [spec.body, spec.shortcut, spec.after]) walk(part, found, visit);
      return;
    }
    case 'branches': {
      const branches = Object.values(spec.branches);
      if (spec.merge === 'Mean') found.add('fractal');
      if (spec.merge === 'Concat' && branches.some(isEmpty)) {
        found.add('dense');
        if (!found.has('bottleneck') && branches.some(narrows)) found.add('bottleneck');
      } else if (spec.merge === 'Concat') found.add('parallel');
      for (const branch of branches) walk(branch, found, visit);
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
  const operators = new Set<OpName>();
  const kernels = new Set<string>();
  walk(architecture.layers, ideas, (layer) => {
    // Not there at the network's own input, only at others.
    if (layer.op === 'AdaptiveAveragePool') return;
    operators.add(layer.op);
    const idea = byOperator[layer.op];
    if (idea) ideas.add(idea);
    if (layer.op !== 'Conv') return;
    const { kernel, groups, connections } = layer.attributes;
    kernels.add(`${kernel[0]}×${kernel[1]}`);
    if (groups > 1) ideas.add('grouped');
    if (connections) ideas.add('partial');
  });
  if (kernels.has('1×1')) ideas.add('pointwise');
  if (kernels.size === 1 && kernels.has('3×3')) ideas.add('smallFilters');
  const features = { operators, kernels, ideas };
  known.set(architecture, features);
  return features;
}
