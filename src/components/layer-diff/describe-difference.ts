import type { DiffEntry } from '../../engine/diff/diff-graphs.ts';
import type { Difference } from '../../engine/diff/differences.ts';
import type { AttributeValue } from '../../engine/diff/layers.ts';
import type { OpName, Shape } from '../../engine/spec/types.ts';
import { nameOperator } from '../layer-table/describe-operator.ts';

/** Words for what changed in a layer; the arrows and signs of operators are notation and the same in every language. */
export interface DifferenceWords {
  /** `96 → 64 filters`. */
  filters(before: string, after: string): string;
  outputs(before: string, after: string): string;
  padding(before: string, after: string): string;
  groups(before: string, after: string): string;
  dilation(before: string, after: string): string;
  readonly biasAdded: string;
  readonly biasDropped: string;
  readonly roundsUp: string;
  readonly roundsDown: string;
  readonly partial: string;
  readonly full: string;
  /** Operators that were behind the convolution and now stand ahead of it, or the other way round. */
  ahead(operators: string): string;
  behind(operators: string): string;
  /** An attribute that has no words of its own. */
  attribute(name: string, before: string, after: string): string;
  /** A convolution or fully connected layer that reads another number of maps or features. */
  reads(before: string, after: string): string;
}

const pairText = (value: AttributeValue | undefined): string =>
  Array.isArray(value) ? value.join('×') : String(value ?? '');

/** `2`, or `1×2`, or all four sides where they differ. */
function sidesText(value: AttributeValue | undefined): string {
  if (!Array.isArray(value)) return String(value ?? 0);
  const [top, left, bottom, right] = value as readonly number[];
  if (top !== bottom || left !== right) return value.join(',');
  return top === left ? String(top) : `${top}×${left}`;
}

const extentText = (value: AttributeValue | undefined): string => {
  const [height, width] = (value ?? []) as readonly number[];
  return height === width ? String(height) : pairText(value);
};

const pools: ReadonlySet<OpName> = new Set(['MaxPool', 'AveragePool', 'Subsample']);

/** Kernel and stride as papers write them: `11×11/4`; a convolution's stride of 1 is left out. */
const windowText = (
  op: OpName,
  kernel: AttributeValue | undefined,
  stride: AttributeValue | undefined,
): string => {
  const step = extentText(stride);
  return `${pairText(kernel)}${step === '1' && !pools.has(op) ? '' : `/${step}`}`;
};

const plain = (value: AttributeValue | undefined): string => {
  if (value === undefined) return '—';
  if (typeof value === 'number') return String(Number(value.toPrecision(5)));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

type AttributeChange = Extract<Difference, { kind: 'attribute' }>;

function attributeText(change: AttributeChange, words: DifferenceWords): string {
  const { attribute, before, after, op } = change;
  switch (attribute) {
    case 'channels':
      return op === 'Conv'
        ? words.filters(plain(before), plain(after))
        : words.attribute(attribute, plain(before), plain(after));
    case 'features':
      return words.outputs(plain(before), plain(after));
    case 'padding':
      return words.padding(sidesText(before), sidesText(after));
    case 'groups':
      return words.groups(plain(before), plain(after));
    case 'dilation':
      return words.dilation(extentText(before), extentText(after));
    case 'bias':
      if (typeof after === 'boolean') return after ? words.biasAdded : words.biasDropped;
      return words.attribute(attribute, plain(before), plain(after));
    case 'rounding':
      return after === 'ceil' ? words.roundsUp : words.roundsDown;
    case 'connections':
      return after === undefined ? words.full : words.partial;
    default:
      return words.attribute(attribute, plain(before), plain(after));
  }
}

const features = (shapes: readonly Shape[]): number =>
  shapes.reduce(
    (sum, shape) => sum + (shape.length === 3 ? (shape[0] ?? 0) : shape.reduce((a, b) => a * b, 1)),
    0,
  );

/** The number of maps or features that a layer with weights reads, where it changed; null where it did not. */
export function readsOtherwise(entry: DiffEntry): readonly [before: number, after: number] | null {
  if (entry.kind === 'added' || entry.kind === 'removed') return null;
  const weighty = entry.before.operators.some(({ op }) => op === 'Conv' || op === 'Gemm');
  const input = entry.differences.find(({ kind }) => kind === 'input');
  if (!weighty || input?.kind !== 'input') return null;
  const before = features(input.before);
  const after = features(input.after);
  return before === after ? null : [before, after];
}

/** Operators that a unit lost at one end and got at the other: as pre-activation does with normalization and ReLU. */
function movedOperators(differences: readonly Difference[]): {
  readonly ahead: readonly OpName[];
  readonly behind: readonly OpName[];
} {
  const ahead: OpName[] = [];
  const behind: OpName[] = [];
  for (const one of differences) {
    if (one.kind !== 'operator' || one.before !== null || one.after === null) continue;
    const { op } = one.after;
    const lost = differences.find(
      (other) => other.kind === 'operator' && other.after === null && other.before?.op === op,
    );
    if (lost?.kind === 'operator') (one.at <= lost.at ? ahead : behind).push(op);
  }
  return { ahead, behind };
}

/** What changed in a layer, one phrase a change: `11×11/4 → 7×7/2`, `96 → 64 filters`, `+ BatchNorm`. */
export function describeDifferences(
  entry: DiffEntry,
  words: DifferenceWords,
  format: (value: number) => string,
): readonly string[] {
  if (entry.kind === 'added' || entry.kind === 'removed') return [];
  const phrases: string[] = [];
  const windows = new Set<number>();
  const moved = movedOperators(entry.differences);
  for (const difference of entry.differences) {
    if (difference.kind === 'operator') {
      const { before, after } = difference;
      const name = (before ?? after)?.op;
      if ((!before || !after) && name && (moved.ahead.includes(name) || moved.behind.includes(name)))
        continue;
      if (before && after) phrases.push(`${nameOperator(before.op)} → ${nameOperator(after.op)}`);
      else if (after) phrases.push(`+ ${nameOperator(after.op)}`);
      else if (before) phrases.push(`− ${nameOperator(before.op)}`);
    } else if (difference.kind === 'attribute') {
      if (difference.attribute === 'inputs') continue;
      if (difference.attribute !== 'kernel' && difference.attribute !== 'stride') {
        phrases.push(attributeText(difference, words));
      } else if (!windows.has(difference.at)) {
        // Kernel and stride are one thing to the reader.
        windows.add(difference.at);
        const { op, attributes } = entry.before.operators[difference.at] ?? {
          op: difference.op,
          attributes: {},
        };
        const changed = (name: string): AttributeValue | undefined => {
          const change = entry.differences.find(
            (one) => one.kind === 'attribute' && one.at === difference.at && one.attribute === name,
          );
          return change?.kind === 'attribute' ? change.after : attributes[name];
        };
        phrases.unshift(
          `${windowText(op, attributes.kernel, attributes.stride)} → ${windowText(op, changed('kernel'), changed('stride'))}`,
        );
      }
    }
  }
  const namesOf = (operators: readonly OpName[]): string => operators.map(nameOperator).join(', ');
  if (moved.ahead.length > 0) phrases.push(words.ahead(namesOf(moved.ahead)));
  if (moved.behind.length > 0) phrases.push(words.behind(namesOf(moved.behind)));
  const reads = readsOtherwise(entry);
  if (reads) phrases.push(words.reads(format(reads[0]), format(reads[1])));
  return phrases;
}
