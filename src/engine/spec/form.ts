import type {
  Architecture,
  Family,
  KnobId,
  KnobValues,
  PublishedTotals,
  Series,
  Shape,
  Source,
} from './types.ts';

/** What the numbers of a knob have to be, besides lying between its least and greatest value. */
export type KnobRule =
  | { readonly kind: 'integer' }
  /** Equal to `remainder` after division by `modulus`: a depth of 6n + 2. */
  | { readonly kind: 'congruent'; readonly modulus: number; readonly remainder: number }
  /** One of a paper's own values. */
  | { readonly kind: 'choice'; readonly choices: readonly number[] }
  /** Any number between the bounds, in steps of the given size on a slider. */
  | { readonly kind: 'fraction'; readonly step: number };

/** One number by which the networks of a family differ. */
export interface Knob {
  readonly minimum: number;
  readonly maximum: number;
  readonly rule: KnobRule;
}

/** Why a value is not one of a knob's. */
export interface KnobProblem {
  readonly code: 'knob';
  readonly id: KnobId;
  /** Not a number where the text was none. */
  readonly value: number;
  readonly reason: 'unknown-knob' | 'not-a-number' | 'out-of-range' | 'rule' | 'above-other' | 'too-large';
  /** The knob, unless the form has none of that name. */
  readonly knob: Knob | null;
  /** With `above-other`: the knob whose value must not be exceeded, and that value. */
  readonly limit?: { readonly id: KnobId; readonly value: number };
}

/** A family's plan with its numbers left open: the definition of all networks that it can build. */
export interface Form {
  readonly id: string;
  /** In the order in which they are shown. */
  readonly knobs: Readonly<Partial<Record<KnobId, Knob>>>;
  /** Knobs whose value may be at most that of another one: the number of a column, and how many there are. */
  readonly atMost?: Readonly<Partial<Record<KnobId, KnobId>>>;
  /** The layers for values that satisfy the knobs; a pure function. */
  layers(values: KnobValues): Series;
  /** The name of the network with these values. */
  title(values: KnobValues): string;
  /** About how many operators the network would have, so that one too long to draw or count is refused in time. */
  size?(values: KnobValues): number;
}

/** A whole number between two bounds. */
export const integer = (minimum: number, maximum: number): Knob => ({
  minimum,
  maximum,
  rule: { kind: 'integer' },
});

/** A whole number that leaves the given remainder: `congruent(8, 2000, 6, 2)` is a depth of 6n + 2. */
export const congruent = (minimum: number, maximum: number, modulus: number, remainder: number): Knob => ({
  minimum,
  maximum,
  rule: { kind: 'congruent', modulus, remainder },
});

/** One of the given numbers, in rising order. */
export const choice = (...choices: readonly number[]): Knob => ({
  minimum: Math.min(...choices),
  maximum: Math.max(...choices),
  rule: { kind: 'choice', choices },
});

/** Any number between two bounds. */
export const fraction = (minimum: number, maximum: number, step: number): Knob => ({
  minimum,
  maximum,
  rule: { kind: 'fraction', step },
});

/** How many classes a network tells apart; one is too few, and no data set has more than ImageNet's 21,841. */
export const classes = (): Knob => integer(2, 21_841);

/** Operators that a network may have: more are neither drawn nor run by anything known. */
export const MAXIMUM_OPERATORS = 25_000;

type Values<K extends KnobId> = Readonly<Record<K, number>>;

/** Declares a form; its functions are called with a value for each of its knobs. */
export function form<K extends KnobId>(definition: {
  readonly id: string;
  readonly knobs: Readonly<Record<K, Knob>>;
  readonly atMost?: Readonly<Partial<Record<NoInfer<K>, NoInfer<K>>>>;
  layers(values: Values<K>): Series;
  title(values: Values<K>): string;
  size?(values: Values<K>): number;
}): Form & { readonly knobs: Readonly<Record<K, Knob>> } {
  return definition as unknown as Form & { readonly knobs: Readonly<Record<K, Knob>> };
}

/** What a published network adds to its form. */
export interface VariantDefinition {
  readonly id: string;
  readonly title?: string;
  readonly source: Source;
  readonly input: Shape;
  readonly values: KnobValues;
  readonly published?: PublishedTotals;
}

/**
 * A published network as its form with numbers filled in. The layers are built when they are first asked for.
 *
 * @throws RangeError where the values are not the form's: a mistake of the definition's author
 */
export function variant(plan: Form, definition: VariantDefinition): Architecture {
  const problem = knobProblem(plan, definition.values);
  if (problem) throw new RangeError(`${definition.id}: ${problem.id} = ${problem.value} (${problem.reason})`);
  const { id, title = plan.title(definition.values), source, input, values, published } = definition;
  let layers: Series | undefined;
  return {
    id,
    title,
    source,
    input,
    ...(published ? { published } : {}),
    form: plan,
    values,
    get layers() {
      layers ??= plan.layers(values);
      return layers;
    },
  };
}

const knobOf = (plan: Form, id: KnobId): Knob | undefined => plan.knobs[id];

/** What is wrong with one value of a knob, if anything. */
export function valueProblem(id: KnobId, knob: Knob, value: number): KnobProblem | null {
  const wrong = (reason: KnobProblem['reason']): KnobProblem => ({ code: 'knob', id, value, reason, knob });
  if (!Number.isFinite(value)) return wrong('not-a-number');
  if (value < knob.minimum || value > knob.maximum) return wrong('out-of-range');
  switch (knob.rule.kind) {
    case 'integer':
      return Number.isInteger(value) ? null : wrong('rule');
    case 'congruent':
      return Number.isInteger(value) && value % knob.rule.modulus === knob.rule.remainder
        ? null
        : wrong('rule');
    case 'choice':
      return knob.rule.choices.includes(value) ? null : wrong('rule');
    case 'fraction':
      return null;
  }
}

/** The first of a form's values that breaks a rule; also a network that would be too large to work with. */
export function knobProblem(plan: Form, values: KnobValues): KnobProblem | null {
  for (const [key, value] of Object.entries(values)) {
    const id = key as KnobId;
    const knob = knobOf(plan, id);
    if (!knob) return { code: 'knob', id, value, reason: 'unknown-knob', knob: null };
    const problem = valueProblem(id, knob, value);
    if (problem) return problem;
  }
  for (const [key, other] of Object.entries(plan.atMost ?? {})) {
    const id = key as KnobId;
    const value = values[id];
    const most = values[other];
    if (value === undefined || most === undefined || value <= most) continue;
    const limit = { id: other, value: most };
    return { code: 'knob', id, value, reason: 'above-other', knob: knobOf(plan, id) ?? null, limit };
  }
  const size = plan.size?.(values) ?? 0;
  if (size > MAXIMUM_OPERATORS) {
    const id = (Object.keys(plan.knobs)[0] ?? 'depth') as KnobId;
    return { code: 'knob', id, value: values[id] ?? 0, reason: 'too-large', knob: knobOf(plan, id) ?? null };
  }
  return null;
}

/** A network whose family's knobs were turned, or why it cannot be built. */
export type Variation =
  | { readonly architecture: Architecture; readonly problem: null }
  | { readonly architecture: null; readonly problem: KnobProblem };

/**
 * A published network with some of its numbers changed. The id stays that of the published one, since the address
 * names it; with no number changed it is the published one itself.
 */
export function vary(architecture: Architecture, changes: KnobValues): Variation {
  const plan = architecture.form;
  const own = architecture.values ?? {};
  const changed = Object.entries(changes).filter(([id, value]) => own[id as KnobId] !== value);
  if (changed.length === 0) return { architecture, problem: null };
  if (!plan) {
    const [id = 'depth', value = Number.NaN] = changed[0] ?? [];
    return {
      architecture: null,
      problem: { code: 'knob', id: id as KnobId, value, reason: 'unknown-knob', knob: null },
    };
  }
  const values: KnobValues = { ...own, ...Object.fromEntries(changed) };
  const problem = knobProblem(plan, values);
  if (problem) return { architecture: null, problem };
  const { id, source, input } = architecture;
  return { architecture: variant(plan, { id, source, input, values }), problem: null };
}

/** The published networks of a family that are built by the same form, for the marks on its sliders. */
export const siblingsOf = (family: Family, architecture: Architecture): readonly Architecture[] =>
  family.variants.filter((other) => architecture.form !== undefined && other.form === architecture.form);
