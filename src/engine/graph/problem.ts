import type { OpName, Shape } from '../spec/types.ts';

/** Why a network cannot be built; the numbers are all a reader needs to see the arithmetic. */
export type Problem =
  | {
      readonly code: 'window-does-not-fit';
      readonly axis: 'height' | 'width';
      /** Input extent along the axis, in cells. */
      readonly extent: number;
      /** Kernel extent along the axis, after dilation. */
      readonly kernel: number;
      readonly padBefore: number;
      readonly padAfter: number;
    }
  | {
      readonly code: 'inputs-differ';
      /** What the layer was declared to take. */
      readonly declared: number;
      /** What arrives. */
      readonly actual: number;
      /** The shape before it was flattened, where known. */
      readonly from: Shape;
    }
  | { readonly code: 'shapes-differ'; readonly shapes: readonly Shape[] }
  | { readonly code: 'rank'; readonly expected: 'image' | 'features'; readonly shape: Shape }
  | {
      readonly code: 'groups-do-not-divide';
      readonly groups: number;
      readonly channels: number;
      readonly side: 'input' | 'output';
    }
  | { readonly code: 'connections'; readonly channels: number; readonly inputs: number }
  | {
      readonly code: 'attribute';
      readonly name: string;
      readonly value: number;
      readonly rule: AttributeRule;
    }
  | {
      readonly code: 'too-large';
      readonly quantity: CountedQuantity;
      /** The total up to this layer, no longer exact. */
      readonly total: number;
    }
  | { readonly code: 'name'; readonly name: string; readonly rule: NameRule }
  | { readonly code: 'loose-branches'; readonly name: string }
  | { readonly code: 'input'; readonly shape: Shape; readonly rule: InputRule }
  /** Of an imported file: an operator whose output's shape neither a rule nor the file says. */
  | { readonly code: 'shape-unknown'; readonly operator: string };

/** What an attribute has to be. */
export type AttributeRule =
  | 'positive-integer'
  | 'non-negative-integer'
  | 'odd'
  | 'finite'
  | 'padding-below-kernel'
  | 'probability';

/** What is summed over a network and has to stay an exact whole number. */
export type CountedQuantity = 'activations' | 'parameters' | 'operations';

/** What a layer's name has to be. */
export type NameRule = 'integer-like' | 'empty-or-slash' | 'duplicate';

/** What an input shape has to be. */
export type InputRule = 'positive-integers' | 'at-most-2^31-values';

/** A problem and the node at which it came up. */
export interface PlacedProblem {
  readonly problem: Problem;
  /** The node's id, or `input`. */
  readonly node: string;
  readonly op: OpName | 'Input';
  readonly inputShapes: readonly Shape[];
}

const list = (shape: Shape): string => shape.join('×');

/** The problem in English, with its arithmetic and without its place. */
export function describeProblem(problem: Problem): string {
  switch (problem.code) {
    case 'window-does-not-fit': {
      const padded = problem.extent + problem.padBefore + problem.padAfter;
      const padding =
        problem.padBefore + problem.padAfter === 0
          ? 'padding 0'
          : `padding ${problem.padBefore} + ${problem.padAfter} (${padded} in all)`;
      return `a window of ${problem.kernel} does not fit in ${problem.extent} with ${padding}`;
    }
    case 'inputs-differ': {
      const arithmetic =
        problem.from.length > 1
          ? `${problem.from.join(' · ')} = ${problem.actual}`
          : `${problem.actual} numbers arrive`;
      return `declared for ${problem.declared} inputs, but ${arithmetic}`;
    }
    case 'shapes-differ':
      return `cannot merge shapes ${problem.shapes.map(list).join(' and ')}`;
    case 'rank':
      return problem.expected === 'image'
        ? `needs an image [channels, height, width], but ${list(problem.shape)} numbers arrive`
        : `needs a list of features, but an image of ${list(problem.shape)} arrives; flatten it first`;
    case 'groups-do-not-divide':
      return `${problem.groups} groups do not divide ${problem.channels} ${problem.side} channels`;
    case 'connections':
      return `the connection table does not match ${problem.channels} output and ${problem.inputs} input channels`;
    case 'attribute':
      return `${problem.name} is ${problem.value}, but has to be ${attributeRules[problem.rule]}`;
    case 'too-large':
      return `up to here the network would have ${problem.total.toExponential(1)} ${countedQuantities[problem.quantity]}, more than the ${Number.MAX_SAFE_INTEGER} (2⁵³ − 1) that can be counted exactly`;
    case 'name':
      return `the layer name "${problem.name}" ${nameRules[problem.rule]}`;
    case 'loose-branches':
      return `the branches "${problem.name}" have no merge: only the end of a branch may leave it to the merge around it`;
    case 'input':
      return `an input of ${list(problem.shape)} ${inputRules[problem.rule]}`;
    case 'shape-unknown':
      return `the shape of what ${problem.operator} makes is not known, and the file does not say it`;
  }
}

const attributeRules: Record<AttributeRule, string> = {
  'positive-integer': 'a whole number of at least 1',
  'non-negative-integer': 'a whole number of at least 0',
  odd: 'an odd whole number',
  finite: 'a finite number',
  'padding-below-kernel': 'smaller than the kernel',
  probability: 'above 0 and at most 1',
};

const countedQuantities: Record<CountedQuantity, string> = {
  activations: 'values in its outputs',
  parameters: 'parameters',
  operations: 'operations',
};

const nameRules: Record<NameRule, string> = {
  'integer-like': 'reads as a whole number, which JavaScript would move to the front of its series',
  'empty-or-slash': 'is empty or holds a slash, dot or dollar sign',
  duplicate: 'stands twice at the same place',
};

const inputRules: Record<InputRule, string> = {
  'positive-integers': 'is not made of whole numbers of at least 1',
  'at-most-2^31-values': 'has more than 2³¹ values, more than any device computes on',
};

/** The problem with its place: `stage5/pool (MaxPool): a window of 2 does not fit in 1 with padding 0`. */
export const describePlacedProblem = ({ node, op, problem }: PlacedProblem): string =>
  // What has no rules here is named by its problem.
  `${op === 'Opaque' ? node : `${node} (${op})`}: ${describeProblem(problem)}`;

/** Thrown by shape rules; `lower` adds the place. */
export class ShapeError extends Error {
  readonly problem: Problem;

  /** @param problem what does not fit, with its numbers */
  constructor(problem: Problem) {
    super(describeProblem(problem));
    this.name = 'ShapeError';
    this.problem = problem;
  }
}
