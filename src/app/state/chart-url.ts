import { quantities, scaleKinds } from '../chart/quantities.ts';
import { type Parameter, parameter, type StateOf, useQueryStates, wordParameter } from './query-state.ts';

/** A number as the address holds one: `0.5`, `160000000`; anything else counts as absent. */
const plainNumber = /^\d{1,13}(\.\d{1,4})?$/;

const writeNumber = (value: number): string => String(Number(value.toFixed(4)));

/** From a value to a larger one. */
export type Span = readonly [from: number, to: number];

/** `56.5-71`: from and to. */
const spanParameter: Parameter<Span> = parameter<Span>({
  parse: (text) => {
    const [from = '', to = '', ...more] = text.split('-');
    if (more.length > 0 || !plainNumber.test(from) || !plainNumber.test(to)) return null;
    return Number(from) < Number(to) ? [Number(from), Number(to)] : null;
  },
  serialize: ([from, to]) => `${writeNumber(from)}-${writeNumber(to)}`,
  eq: (a, b) => a[0] === b[0] && a[1] === b[1],
});

/** A limit above 0. */
const limitParameter: Parameter<number> = parameter<number>({
  parse: (text) => (plainNumber.test(text) && Number(text) > 0 ? Number(text) : null),
  serialize: writeNumber,
});

/** What the address says of the chart of accuracy against cost; foreign parameters stay as they are. */
export const chartParameters = {
  x: wordParameter(quantities).withDefault('macs'),
  y: wordParameter(quantities).withDefault('top1'),
  size: wordParameter(quantities).withDefault('parameters'),
  /** How the axes are divided; null for the quantity's own way. */
  xs: wordParameter(scaleKinds),
  ys: wordParameter(scaleKinds),
  /** What the brush has taken in, in the units of the axes. */
  bx: spanParameter,
  by: spanParameter,
  /** The chooser's limits: bytes, MACs, bytes, milliseconds, per cent. */
  weights: limitParameter,
  macs: limitParameter,
  memory: limitParameter,
  time: limitParameter,
  accuracy: limitParameter,
};

/** The state of the chart as its address holds it. */
export type ChartState = StateOf<typeof chartParameters>;

/** The state of the chart, and a setter for any part of it. */
export const useChartState = () => useQueryStates(chartParameters);

/** Networks that can be compared at once. */
export const MOST_COMPARED = 4;

/** The networks that a query string compares, each once. */
export const comparedIn = (search: string): readonly string[] => [
  ...new Set(new URLSearchParams(search).getAll('n').filter((id) => id !== '')),
];

/** The address that compares one network more; null where it is compared already or there is no room. */
export function hrefWith(id: string, search: string): string | null {
  const compared = comparedIn(search);
  if (compared.includes(id) || compared.length >= MOST_COMPARED) return null;
  const query = new URLSearchParams(search);
  query.delete('n');
  for (const one of [...compared, id]) query.append('n', one);
  return `/compare?${query}`;
}
