import { type Range, type SortKey, sortKeys, tasks } from '../search/query.ts';
import {
  type Changes,
  type Parameter,
  parameter,
  readState,
  type StateOf,
  textParameter,
  useQueryStates,
  wordParameter,
  writeState,
} from './query-state.ts';

const magnitudes: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** `5M` for 5,000,000: exact, with the largest prefix that leaves a whole number. */
const shortNumber = (value: number): string => {
  const prefix = ['T', 'G', 'M', 'k'].find((letter) => value % (magnitudes[letter] ?? 1) === 0);
  return prefix && value > 0 ? `${value / (magnitudes[prefix] ?? 1)}${prefix}` : String(value);
};

/** `1M-50M`, or open at one end: `1M-`, `-50M`; anything else, and an empty range, counts as absent. */
const rangeParameter = (write: (value: number) => string): Parameter<Range> =>
  parameter<Range>({
    parse: (text) => {
      const [whole, from, fromPrefix, to, toPrefix] =
        /^(?:(\d{1,6})([kMGT])?)?-(?:(\d{1,6})([kMGT])?)?$/.exec(text) ?? [];
      if (whole === undefined) return null;
      const value = (digits: string | undefined, prefix: string | undefined): number | null =>
        digits === undefined ? null : Number(digits) * (magnitudes[prefix ?? ''] ?? 1);
      const range = { from: value(from, fromPrefix), to: value(to, toPrefix) };
      const isOpen = range.from === null && range.to === null;
      return isOpen || (range.from !== null && range.to !== null && range.from > range.to) ? null : range;
    },
    serialize: ({ from, to }) => `${from === null ? '' : write(from)}-${to === null ? '' : write(to)}`,
    eq: (a, b) => a.from === b.from && a.to === b.to,
  });

/** What the address of the atlas says of its list: the words searched for, the filters and the order. */
export const atlasParameters = {
  q: textParameter.withDefault(''),
  task: wordParameter(tasks),
  years: rangeParameter(String),
  parameters: rangeParameter(shortNumber),
  macs: rangeParameter(shortNumber),
  /** A column, `-` before it for the largest first. */
  sort: wordParameter(sortKeys.flatMap((key): (SortKey | `-${SortKey}`)[] => [key, `-${key}`])),
};

/** The state of the atlas's list as its address holds it. */
export type AtlasState = StateOf<typeof atlasParameters>;

/** Reads the state of the atlas's list out of a query string. */
export const parseAtlasState = (search: string): AtlasState => readState(atlasParameters, search);

/** The query string of a list's state, `''` where all is at its default: the inverse of {@link parseAtlasState}. */
export const serialiseAtlasState = (state: Changes<typeof atlasParameters>): string =>
  writeState(atlasParameters, state);

/** The state of the atlas's list and a setter for any part of it. */
export const useAtlasState = () => useQueryStates(atlasParameters);
