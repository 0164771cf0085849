import type { Argument, Part } from './part.ts';

/** Lines one level further in. */
export const indent = (lines: readonly string[]): string[] =>
  lines.map((line) => (line ? `    ${line}` : line));

const commentMark = '  # ';

/** Text before the first line and after the last, but before that line's comment. */
export function wrap(open: string, lines: readonly string[], close: string): string[] {
  return lines.map((line, index) => {
    const start = index === 0 ? open : '';
    if (index < lines.length - 1) return `${start}${line}`;
    const [code = '', shape] = line.split(commentMark);
    return `${start}${code}${close}${shape === undefined ? '' : `${commentMark}${shape}`}`;
  });
}

/** A comment on the last line. */
export const comment = (lines: readonly string[], text: string): string[] =>
  text === '' ? [...lines] : wrap('', lines, `${commentMark}${text}`);

/** Text as a Python string literal. */
export const stringLiteral = (text: string): string => JSON.stringify(text);

/** Text in a docstring. */
export const escapeDocstring = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

/** The arguments of a call that have to be written. */
export const writtenArguments = (args: readonly Argument[]): readonly Argument[] =>
  args.filter(({ value, fallback }) => fallback === undefined || value !== fallback);

/** A run of calls that a loop can make: `name1` … `nameN`. */
export interface Run {
  readonly prefix: string;
  readonly first: number;
  /** Number after the last. */
  readonly end: number;
  /** The call, with `i` where it counts. */
  readonly args: readonly Argument[];
}

const numbered = /^(.*?)(0|[1-9]\d*)$/;

/** The fewest calls worth a loop. */
const LOOP_LENGTH = 3;

/**
 * The longest run of calls from a place on that differ in nothing, or in arguments that grow by the same step each
 * time; null where it is not worth a loop.
 */
export function runFrom(
  entries: readonly { readonly name: string; readonly part: Part }[],
  place: number,
): Run | null {
  const first = entries[place];
  const match = first && numbered.exec(first.name);
  if (!first || !match || first.part.kind !== 'call') return null;
  const [, prefix = '', digits = ''] = match;
  const start = Number(digits);
  const { callee, args } = first.part;
  if (args.some(({ value }) => typeof value !== 'string')) return null;
  const calls = [first.part];
  const steps = new Map<string, Progression>();
  for (let index = place + 1; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry?.part.kind !== 'call' || entry.part.callee !== callee) break;
    if (entry.name !== `${prefix}${start + index - place}`) break;
    const next = entry.part.args;
    if (next.length !== args.length) break;
    const grown = new Map(steps);
    const isSame = args.every(({ name, value }, which) => {
      const other = next[which];
      if (!other || other.name !== name || typeof other.value !== 'string') return false;
      if (calls.length === 1 && value !== other.value) {
        const step = progression(value as string, other.value, start);
        if (!step) return false;
        grown.set(name, step);
        return true;
      }
      const step = steps.get(name);
      return step ? step.at(start + index - place, other.value) : value === other.value;
    });
    if (!isSame) break;
    for (const [name, step] of grown) steps.set(name, step);
    calls.push(entry.part);
  }
  if (calls.length < LOOP_LENGTH) return null;
  return {
    prefix,
    first: start,
    end: start + calls.length,
    args: args.map((argument) => {
      const step = steps.get(argument.name);
      return step ? { ...argument, value: step.text } : argument;
    }),
  };
}

interface Progression {
  /** The value as a function of `i`. */
  readonly text: string;
  /** Whether it gives a value at a number. */
  at(i: number, value: string): boolean;
}

/** The arithmetic progression with the given first two values, from the number `start` on. */
function progression(first: string, second: string, start: number): Progression | null {
  const a = Number(first);
  const b = Number(second);
  if (first.trim() === '' || second.trim() === '' || !Number.isFinite(a) || !Number.isFinite(b)) return null;
  const step = b - a;
  if (Number.isInteger(a) && Number.isInteger(b)) {
    const offset = a - step * start;
    const scaled = step === 1 ? 'i' : step === -1 ? '-i' : `${step} * i`;
    const text = offset === 0 ? scaled : `${scaled} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
    return { text, at: (i, value) => step * i + offset === Number(value) };
  }
  // A linear decay in n steps: (m - i) / n or (m + i) / n with whole m and n.
  const count = Math.round(1 / Math.abs(step));
  const whole = Math.round(a * count - Math.sign(step) * start);
  const value = (i: number): number => (whole + Math.sign(step) * i) / count;
  const isNear = (i: number, other: string): boolean => Math.abs(value(i) - Number(other)) < 1e-9;
  if (!isNear(start, first) || !isNear(start + 1, second)) return null;
  return { text: `(${whole} ${step < 0 ? '-' : '+'} i) / ${count}`, at: isNear };
}
