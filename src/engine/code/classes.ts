import type { Shape } from '../spec/types.ts';
import type { Argument, CallPart, Entry, Part, Value } from './part.ts';

/** A class or function that stands for a repeated part. */
export interface Definition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The part, its differing arguments replaced by what the parameters give; shapes are those of the first instance. */
  readonly template: Exclude<Part, CallPart>;
  /** Whether it is nothing but a few operators in a row. */
  readonly isUnit: boolean;
}

/** What differs between the instances of a repeated part. */
export interface Parameter {
  readonly name: string;
  /** What it is where it is left out. */
  readonly fallback?: string;
  /** Whether a part is handed over. */
  readonly isPart: boolean;
}

/** A network's parts with calls in place of those that repeat. */
export interface Condensed {
  readonly entries: readonly Entry[];
  /** Those used by others first. */
  readonly definitions: readonly Definition[];
}

/** How often a part has to stand in the text before it is worth a definition of its own. */
const UNIT_REPEATS = 3;
const BLOCK_REPEATS = 2;

/** The most operators in a row that make a unit. */
const UNIT_LENGTH = 5;

type Compound = Exclude<Part, CallPart>;

const isUnit = (part: Part): boolean =>
  part.kind === 'series' &&
  part.entries.length > 1 &&
  part.entries.length <= UNIT_LENGTH &&
  part.entries.every(({ part: inner }) => inner.kind === 'call' && inner.op !== null);

/** Whether instances of a part may be replaced by calls: not what the reader looks for in its place, such as stages. */
function isEligible(part: Part): part is Compound {
  if (part.kind === 'call' || part.kind === 'loose') return false;
  if (part.role === 'stage' || part.role === 'network' || part.role === 'tap') return false;
  if (isUnit(part)) return true;
  if (part.kind === 'parallel') return part.parts.length > 0;
  return part.entries.length > 1 && (part.role === 'block' || part.role === 'series');
}

const childrenOf = (part: Part): readonly Entry[] => {
  switch (part.kind) {
    case 'call':
      return [];
    case 'parallel':
      return [...part.parts, ...part.after];
    default:
      return part.entries;
  }
};

/** The shortcut of a residual block, which may differ between blocks of one class. */
const isShortcut = (entry: Entry): boolean => entry.part.role === 'shortcut';

/** Texts of parts that are equal where the parts differ in arguments alone. */
class Keys {
  readonly #exact = new Map<Part, string>();
  readonly #free = new Map<Part, string>();

  /** With every shortcut as it is. */
  exact(part: Part): string {
    const known = this.#exact.get(part);
    if (known !== undefined) return known;
    const key = this.#text(part, (entry) => this.exact(entry.part));
    this.#exact.set(part, key);
    return key;
  }

  /** With any shortcut of the part itself: blocks with and without a projection are of one class. */
  free(part: Part): string {
    const known = this.#free.get(part);
    if (known !== undefined) return known;
    const key = this.#text(part, (entry) => (isShortcut(entry) ? '*' : this.exact(entry.part)));
    this.#free.set(part, key);
    return key;
  }

  #text(part: Part, keyOf: (entry: Entry) => string): string {
    const list = (entries: readonly Entry[]): string =>
      entries.map((entry) => `${entry.name}:${keyOf(entry)}`).join(',');
    switch (part.kind) {
      case 'call':
        return part.callee;
      case 'parallel':
        return `${part.merge?.op ?? 'null'}[${list(part.parts)}](${list(part.after)})`;
      default:
        return `${part.kind}(${list(part.entries)})`;
    }
  }
}

function sizeOf(part: Part, known: Map<Part, number>): number {
  const found = known.get(part);
  if (found !== undefined) return found;
  const size = childrenOf(part).reduce((sum, entry) => sum + sizeOf(entry.part, known), 1);
  known.set(part, size);
  return size;
}

/** Keys of the parts that deserve a definition, the largest first. */
function repeatedKeys(entries: readonly Entry[], keys: Keys): ReadonlySet<string> {
  const sizes = new Map<Part, number>();
  const instances = new Map<string, Part[]>();
  const visit = (part: Part): void => {
    const key = keys.free(part);
    const same = instances.get(key);
    if (same) same.push(part);
    else instances.set(key, [part]);
    for (const entry of childrenOf(part)) visit(entry.part);
  };
  for (const { part } of entries) visit(part);

  const bySize = [...instances].sort(
    ([, [a]], [, [b]]) => (b ? sizeOf(b, sizes) : 0) - (a ? sizeOf(a, sizes) : 0),
  );
  // How often a part stands in the text: once in the definition of a part that has one, however often that is used.
  const inText = new Map<string, number>();
  const add = (part: Part, times: number): void => {
    const key = keys.free(part);
    inText.set(key, (inText.get(key) ?? 0) + times);
  };
  for (const { part } of entries) add(part, 1);
  const repeated = new Set<string>();
  for (const [key, parts] of bySize) {
    const [first] = parts;
    if (!first) continue;
    const times = inText.get(key) ?? 0;
    const isRepeated =
      isEligible(first) && parts.every(isEligible) && times >= (isUnit(first) ? UNIT_REPEATS : BLOCK_REPEATS);
    if (isRepeated) repeated.add(key);
    for (const entry of childrenOf(first)) {
      if (!isShortcut(entry)) add(entry.part, isRepeated ? 1 : times);
    }
    // Shortcuts differ from block to block and are handed over by each.
    for (const part of parts) {
      for (const entry of childrenOf(part)) if (isShortcut(entry)) add(entry.part, 1);
    }
  }
  return repeated;
}

/**
 * Replaces parts that repeat by calls of definitions whose parameters are what differs: least general generalisation
 * of all instances, where arguments that agree in every instance share a parameter.
 *
 * @param nameOf the name of a definition, from one of its instances and the ids of all
 */
export function condense(
  entries: readonly Entry[],
  nameOf: (first: Part, all: readonly Part[]) => string,
): Condensed {
  const keys = new Keys();
  const repeated = repeatedKeys(entries, keys);
  const instances = new Map<string, Compound[]>();
  const order: string[] = [];
  // Post-order: what a part holds is defined before it.
  const collect = (part: Part): void => {
    for (const entry of childrenOf(part)) collect(entry.part);
    const key = keys.free(part);
    if (part.kind === 'call' || !repeated.has(key)) return;
    const same = instances.get(key);
    if (same) same.push(part);
    else {
      instances.set(key, [part]);
      order.push(key);
    }
  };
  for (const { part } of entries) collect(part);
  // A shortcut seen only in later blocks may hold what is defined later than its first user.
  const sizes = new Map<Part, number>();
  order.sort((a, b) => {
    const [first] = instances.get(a) ?? [];
    const [second] = instances.get(b) ?? [];
    return (first ? sizeOf(first, sizes) : 0) - (second ? sizeOf(second, sizes) : 0);
  });

  const rewritten = new Map<Part, Part>();
  const rewrite = (part: Part): Part => {
    const done = rewritten.get(part);
    if (done) return done;
    const result = rewriteInside(part, rewrite);
    rewritten.set(part, result);
    return result;
  };
  const definitions: Definition[] = [];
  const taken = new Set<string>();
  for (const key of order) {
    const all = instances.get(key) ?? [];
    const [first] = all;
    if (!first) continue;
    const base = nameOf(first, all);
    let name = base;
    for (let number = 2; taken.has(name); number += 1)
      name = `${base}${/\d$/.test(base) ? '_' : ''}${number}`;
    taken.add(name);
    const general = generalise(
      all.map((part) => rewriteInside(part, rewrite) as Compound),
      all,
    );
    definitions.push({
      name,
      parameters: general.parameters,
      template: general.template,
      isUnit: isUnit(first),
    });
    for (const [index, part] of all.entries()) {
      rewritten.set(part, {
        kind: 'call',
        id: part.id,
        role: part.role,
        from: part.from,
        shape: part.shape,
        op: null,
        callee: name,
        args: general.parameters.map((parameter, place): Argument => {
          const value = general.values[place]?.[index] ?? '';
          return {
            name: parameter.name,
            value,
            ...(parameter.fallback === undefined ? {} : { fallback: parameter.fallback }),
          };
        }),
      });
    }
  }
  return { entries: entries.map(({ name, part }) => ({ name, part: rewrite(part) })), definitions };
}

function rewriteInside(part: Part, rewrite: (part: Part) => Part): Part {
  const list = (entries: readonly Entry[]): Entry[] =>
    entries.map((entry) => ({ name: entry.name, part: rewrite(entry.part) }));
  switch (part.kind) {
    case 'call':
      return part;
    case 'parallel':
      return { ...part, parts: list(part.parts), after: list(part.after) };
    default:
      return { ...part, entries: list(part.entries) };
  }
}

interface Draft {
  readonly attribute: string;
  readonly path: readonly string[];
  readonly values: readonly Value[];
  readonly token: string;
  fallback?: string;
}

const channelAttributes = new Set([
  'in_channels',
  'out_channels',
  'channels',
  'in_features',
  'out_features',
  'filters',
  'units',
  'groups',
]);

/** Keywords of PyTorch's and Keras's layers in the order in which they list them. */
const keywordOrder =
  'stride strides padding dilation dilation_rate groups bias use_bias ceil_mode count_include_pad'.split(' ');

const keywordPlace = (name: string): number => keywordOrder.indexOf(name);

/** Marks a parameter in text until all have their names. */
const tokenPattern = /«(\d+)»/g;

interface Generalised {
  readonly template: Compound;
  readonly parameters: readonly Parameter[];
  /** By parameter, then instance. */
  readonly values: readonly (readonly Value[])[];
}

function generalise(instances: readonly Compound[], originals: readonly Part[]): Generalised {
  const drafts: Draft[] = [];
  const keys = new Keys();
  const count = instances.length;

  /** The text that gives a differing value, from a parameter that there is or a new one. */
  const textOf = (
    values: readonly string[],
    attribute: string,
    path: readonly string[],
    usual: string | undefined,
  ): string => {
    const [first = ''] = values;
    if (values.every((value) => value === first)) return first;
    const same = drafts.find((draft) => draft.values.every((value, index) => value === values[index]));
    if (same) return same.token;
    const numbers = values.map(Number);
    if (numbers.every(Number.isInteger)) {
      if (attribute === 'padding') {
        const kernel = drafts.find(
          (draft) =>
            draft.attribute === 'kernel_size' &&
            draft.values.every((value, index) => 2 * (numbers[index] ?? 0) + 1 === Number(value)),
        );
        if (kernel) return `${kernel.token} // 2`;
      }
      if (channelAttributes.has(attribute)) {
        for (const draft of drafts) {
          if (!channelAttributes.has(draft.attribute)) continue;
          const factor = (numbers[0] ?? 0) / Number(draft.values[0]);
          if (
            Number.isInteger(factor) &&
            factor > 1 &&
            draft.values.every((value, index) => factor * Number(value) === numbers[index])
          ) {
            return `${factor} * ${draft.token}`;
          }
        }
      }
    }
    const draft: Draft = {
      attribute,
      path,
      values,
      token: `«${drafts.length}»`,
      ...(usual !== undefined && values.includes(usual) ? { fallback: usual } : {}),
    };
    drafts.push(draft);
    return draft.token;
  };

  const generalValue = (
    values: readonly Value[],
    attribute: string,
    path: readonly string[],
    usual: string | undefined,
  ): Value => {
    if (values.every((value) => typeof value === 'string')) {
      return textOf(values as readonly string[], attribute, path, usual);
    }
    const parts = values.map((value) => (typeof value === 'string' ? null : value));
    const [first] = parts;
    if (first && parts.every((part) => part && keys.exact(part) === keys.exact(first))) {
      return unify(parts as readonly Part[], path);
    }
    return handedOver(values, attribute, path);
  };

  const handedOver = (values: readonly Value[], attribute: string, path: readonly string[]): string => {
    const draft: Draft = {
      attribute,
      path,
      values: values.map((value) => (typeof value !== 'string' && isIdentity(value) ? 'None' : value)),
      token: `«${drafts.length}»`,
    };
    if (draft.values.includes('None')) draft.fallback = 'None';
    drafts.push(draft);
    return draft.token;
  };

  const unifyEntries = (lists: readonly (readonly Entry[])[], path: readonly string[]): Entry[] =>
    (lists[0] ?? []).map((entry, place) => {
      const parts = lists.map((list) => list[place]?.part ?? entry.part);
      const own = [...path, entry.name];
      const keysOfParts = parts.map((part) => keys.exact(part));
      if (keysOfParts.every((key) => key === keysOfParts[0]))
        return { name: entry.name, part: unify(parts, own) };
      const token = handedOver(parts, entry.name, path);
      return {
        name: entry.name,
        part: { ...callBase(entry.part), op: null, callee: token, args: [] },
      };
    });

  const unify = (parts: readonly Part[], path: readonly string[]): Part => {
    const [first] = parts;
    if (!first) throw new RangeError('nothing to generalise');
    switch (first.kind) {
      case 'call': {
        const all = parts as readonly CallPart[];
        const names = new Map<string, string | undefined>();
        for (const part of all) for (const { name, fallback } of part.args) names.set(name, fallback);
        // As their classes list them, whatever the order in which the instances first have them.
        const listed = [...names].sort(([a], [b]) => keywordPlace(a) - keywordPlace(b));
        const args = listed.map(([name, fallback]): Argument => {
          const values = all.map(
            (part) => part.args.find((argument) => argument.name === name)?.value ?? fallback ?? '',
          );
          return {
            name,
            value: generalValue(values, name, path, fallback),
            ...(fallback === undefined ? {} : { fallback }),
          };
        });
        return { ...first, args };
      }
      case 'parallel': {
        const all = parts as readonly (typeof first)[];
        return {
          ...first,
          parts: unifyEntries(
            all.map((part) => part.parts),
            path,
          ),
          after: unifyEntries(
            all.map((part) => part.after),
            path,
          ),
        };
      }
      default: {
        const all = parts as readonly (typeof first)[];
        return {
          ...first,
          entries: unifyEntries(
            all.map((part) => part.entries),
            path,
          ),
        };
      }
    }
  };

  const template = unify(instances, []) as Compound;
  // Parameters without a usual value come first, as Python wants them.
  const ordered = [...drafts.keys()].sort(
    (a, b) => Number(drafts[a]?.fallback !== undefined) - Number(drafts[b]?.fallback !== undefined),
  );
  const names = nameParameters(drafts, originals, count);
  const named = (text: string): string =>
    text.replace(tokenPattern, (_, place: string) => names[Number(place)] ?? '');
  return {
    template: replaceText(template, named) as Compound,
    parameters: ordered.map((place) => {
      const draft = drafts[place];
      return {
        name: names[place] ?? '',
        isPart: draft?.values.some((value) => typeof value !== 'string') ?? false,
        ...(draft?.fallback === undefined ? {} : { fallback: draft.fallback }),
      };
    }),
    values: ordered.map((place) => drafts[place]?.values ?? []),
  };
}

const callBase = (part: Part): Pick<CallPart, 'kind' | 'id' | 'role' | 'from' | 'shape'> => ({
  kind: 'call',
  id: part.id,
  role: part.role,
  from: part.from,
  shape: part.shape,
});

/** Whether a part hands on what it gets. */
export const isIdentity = (part: Part): boolean => part.kind === 'series' && part.entries.length === 0;

function replaceText(part: Part, named: (text: string) => string): Part {
  const list = (entries: readonly Entry[]): Entry[] =>
    entries.map((entry) => ({ name: entry.name, part: replaceText(entry.part, named) }));
  switch (part.kind) {
    case 'call':
      return {
        ...part,
        callee: named(part.callee),
        args: part.args.map((argument) => ({
          ...argument,
          value:
            typeof argument.value === 'string' ? named(argument.value) : replaceText(argument.value, named),
        })),
      };
    case 'parallel':
      return { ...part, parts: list(part.parts), after: list(part.after) };
    default:
      return { ...part, entries: list(part.entries) };
  }
}

/** Names that say nothing about which of several layers is meant. */
const plainNames = new Set(['body', 'conv', 'fc', 'bn', 'relu', 'norm', 'pool', 'dropout']);

/** Names of parameters: what they are to the whole part where they are its input's or output's channels, else where they stand. */
function nameParameters(
  drafts: readonly Draft[],
  instances: readonly Part[],
  count: number,
): readonly string[] {
  const channels = (shapeOf: (part: Part) => Shape): string =>
    instances.map((part) => String(shapeOf(part)[0] ?? '')).join();
  const entering = channels((part) => part.from);
  const leaving = channels((part) => part.shape);
  const isFlat = instances.every((part) => part.shape.length === 1);
  const widths = drafts.filter(
    (draft) =>
      channelAttributes.has(draft.attribute) &&
      draft.values.join() !== entering &&
      draft.values.join() !== leaving &&
      draft.attribute !== 'groups',
  ).length;
  const isParallel = instances[0]?.kind === 'parallel' && instances[0].parts.length > 2;
  const taken = new Set<string>(['self', 'x', 'name']);
  return drafts.map((draft) => {
    const place = pathName(draft.path);
    const isChannels =
      channelAttributes.has(draft.attribute) && draft.attribute !== 'groups' && draft.values.length === count;
    const values = draft.values.join();
    const wanted = !isChannels
      ? draft.attribute
      : draft.attribute === 'filters' || draft.attribute === 'units'
        ? values === leaving || (widths <= 1 && !isParallel)
          ? draft.attribute
          : place || draft.attribute
        : values === entering
          ? values === leaving
            ? 'channels'
            : isFlat
              ? 'in_features'
              : 'in_channels'
          : values === leaving
            ? isFlat
              ? 'out_features'
              : 'out_channels'
            : widths <= 1 && !isParallel
              ? 'width'
              : place || 'width';
    const candidates = [wanted, place ? `${place}_${draft.attribute}` : `${wanted}_2`];
    let name = candidates.find((candidate) => !taken.has(candidate)) ?? wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`;
    taken.add(name);
    return name;
  });
}

/** A path as a variable: `3x3/reduce/conv` → `c3x3_reduce`. */
function pathName(path: readonly string[]): string {
  const telling = path.filter((name, index) => !plainNames.has(name) || (index === 0 && name === 'pool'));
  const joined = telling.join('_').replace(/\W/g, '_');
  return /^\d/.test(joined) ? `c${joined}` : joined;
}
