import { operatorOf } from '../ops/index.ts';
import type { OpName, Shape } from '../spec/types.ts';
import type { AttributeValue, DiffLayer, OperatorCall } from './layers.ts';

/**
 * One way in which a layer differs from its counterpart. `attribute` and `operator` were authored; `id`, `input` and
 * `output` follow from what stands around the layer. `at` counts the operators of the layer before.
 */
export type Difference =
  | {
      readonly kind: 'attribute';
      readonly at: number;
      readonly op: OpName;
      readonly attribute: string;
      /** Absent where the operator did not have the attribute. */
      readonly before?: AttributeValue;
      readonly after?: AttributeValue;
    }
  | {
      /** An operator inside a unit replaced, dropped (`after` null) or put in ahead of `at` (`before` null). */
      readonly kind: 'operator';
      readonly at: number;
      readonly before: OperatorCall | null;
      readonly after: OperatorCall | null;
    }
  | { readonly kind: 'id'; readonly before: string; readonly after: string }
  | { readonly kind: 'input'; readonly before: readonly Shape[]; readonly after: readonly Shape[] }
  | { readonly kind: 'output'; readonly before: Shape; readonly after: Shape };

/**
 * Whether someone decided on the difference, rather than it following from others. The number of inputs that a fully
 * connected layer was declared for is a check of what arrives, and decides nothing.
 */
export const isAuthored = (difference: Difference): boolean =>
  difference.kind === 'operator' ||
  (difference.kind === 'attribute' && !(difference.op === 'Gemm' && difference.attribute === 'inputs'));

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (!equal(a[index], b[index])) return false;
  return true;
}

/** What it is worth to pair the operators that do the work of two units: more than all that stands around them. */
const WORK = 100;

/** Pairs the operators of two units in order: those that do the work first, then same names before same categories. */
function pairOperators(
  before: readonly OperatorCall[],
  after: readonly OperatorCall[],
): readonly (readonly [before: number, after: number])[] {
  const worth = (i: number, j: number): number => {
    const a = before[i]?.op;
    const b = after[j]?.op;
    if (a === undefined || b === undefined) return 0;
    const { category } = operatorOf(a);
    if (category !== operatorOf(b).category) return 0;
    const works = category === 'convolution' || category === 'linear';
    return (works ? WORK : 2) + (a === b ? 1 : 0);
  };
  const columns = after.length + 1;
  const best = new Float64Array((before.length + 1) * columns);
  const at = (i: number, j: number): number => best[i * columns + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const pair = worth(i, j);
      best[i * columns + j] = Math.max(at(i + 1, j), at(i, j + 1), pair > 0 ? pair + at(i + 1, j + 1) : 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    const pair = worth(i, j);
    if (pair > 0 && at(i, j) === pair + at(i + 1, j + 1)) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i, j) === at(i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}

function compareAttributes(at: number, before: OperatorCall, after: OperatorCall): Difference[] {
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  return [...names].flatMap((attribute): Difference[] => {
    const a = before.attributes[attribute];
    const b = after.attributes[attribute];
    if (equal(a, b)) return [];
    return [
      {
        kind: 'attribute',
        at,
        op: before.op,
        attribute,
        ...(a === undefined ? {} : { before: a }),
        ...(b === undefined ? {} : { after: b }),
      },
    ];
  });
}

/** What turns the operators of one layer into those of another: the differences that were authored. */
export function compareOperators(before: DiffLayer, after: DiffLayer): readonly Difference[] {
  const differences: Difference[] = [];
  let i = 0;
  let j = 0;
  const skip = (toI: number, toJ: number): void => {
    for (; i < toI; i += 1) {
      const dropped = before.operators[i];
      if (dropped) differences.push({ kind: 'operator', at: i, before: dropped, after: null });
    }
    for (; j < toJ; j += 1) {
      const inserted = after.operators[j];
      if (inserted) differences.push({ kind: 'operator', at: i, before: null, after: inserted });
    }
  };
  for (const [a, b] of pairOperators(before.operators, after.operators)) {
    skip(a, b);
    const left = before.operators[a];
    const right = after.operators[b];
    if (left && right) {
      if (left.op === right.op) differences.push(...compareAttributes(a, left, right));
      else differences.push({ kind: 'operator', at: a, before: left, after: right });
    }
    i = a + 1;
    j = b + 1;
  }
  skip(before.operators.length, after.operators.length);
  return differences;
}

/**
 * Everything that turns one layer into another; empty exactly when they are equal.
 *
 * @param operators what {@link compareOperators} gives, where it is known already
 */
export function compareLayers(
  before: DiffLayer,
  after: DiffLayer,
  operators: readonly Difference[] = compareOperators(before, after),
): readonly Difference[] {
  const differences = [...operators];
  if (before.id !== after.id) differences.push({ kind: 'id', before: before.id, after: after.id });
  if (!equal(before.inputShapes, after.inputShapes)) {
    differences.push({ kind: 'input', before: before.inputShapes, after: after.inputShapes });
  }
  if (!equal(before.shape, after.shape)) {
    differences.push({ kind: 'output', before: before.shape, after: after.shape });
  }
  return differences;
}

/** The layer that differences make of another: the inverse of {@link compareLayers}. */
export function applyDifferences(layer: DiffLayer, differences: readonly Difference[]): DiffLayer {
  const operators: OperatorCall[] = [];
  for (let at = 0; at <= layer.operators.length; at += 1) {
    let call: OperatorCall | null = layer.operators[at] ?? null;
    for (const difference of differences) {
      if (difference.kind === 'operator' && difference.at === at) {
        if (difference.before !== null) call = difference.after;
        else if (difference.after !== null) operators.push(difference.after);
      } else if (difference.kind === 'attribute' && difference.at === at && call) {
        const { [difference.attribute]: _, ...others } = call.attributes;
        call = {
          op: call.op,
          attributes:
            difference.after === undefined ? others : { ...others, [difference.attribute]: difference.after },
        };
      }
    }
    if (call) operators.push(call);
  }
  let result: DiffLayer = { ...layer, operators };
  for (const difference of differences) {
    if (difference.kind === 'id') result = { ...result, id: difference.after };
    else if (difference.kind === 'input') result = { ...result, inputShapes: difference.after };
    else if (difference.kind === 'output') result = { ...result, shape: difference.after };
  }
  return result;
}
