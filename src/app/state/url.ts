import { createContext, use, useCallback } from 'react';
import type { KnobId } from '../../engine/spec/types.ts';
import { languages } from '../i18n/types.ts';
import {
  type Changes,
  parameter,
  readState,
  type StateOf,
  textParameter,
  useQueryState,
  useQueryStates,
  wordParameter,
  writeState,
} from './query-state.ts';

/** Number formats that memory is shown in. */
export const dtypes = ['fp32', 'fp16', 'int8'] as const;

/** What operations are counted in. */
export const operationUnits = ['macs', 'flops'] as const;

/** Rules by which training moves the parameters. */
export const optimizers = ['sgd', 'momentum', 'adam'] as const;

/** Where a network may run; `auto` leaves the choice to the page. */
export const backends = ['auto', 'wasm', 'webgpu'] as const;

/** A whole number of at least 1 in plain decimal digits; anything else counts as absent. */
const positiveInteger = parameter<number>({
  parse: (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    return value >= 1 ? value : null;
  },
  serialize: String,
});

/** A number above 0 as people write it: `16`, `0.5`; anything else counts as absent. */
const positiveNumber = parameter<number>({
  parse: (text) => {
    const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
    return value > 0 ? value : null;
  },
  serialize: (value) => String(Number(value.toFixed(6))),
});

/**
 * What the address of an explore page says; the address is the save file. A parameter at its default is left out,
 * and one that cannot be read counts as its default, except `input`: it is kept as written, so that the page can
 * say what is wrong with it.
 */
export const exploreParameters = {
  /** `224` or `256x192` (height × width); null for the network's own. */
  input: textParameter,
  batch: positiveInteger.withDefault(1),
  /** Null for the network's own. */
  dtype: wordParameter(dtypes),
  units: wordParameter(operationUnits).withDefault('macs'),
  /** Id of the selected node or group. */
  node: textParameter,
  /** What colours the figure. */
  overlay: textParameter,
  /** Which charts stand under the figure, by commas. */
  charts: textParameter,
  /** Whether batch norms are folded into the layers before them. */
  bn: wordParameter(['folded'] as const),
  optimizer: wordParameter(optimizers).withDefault('momentum'),
  /** Id of a known device, whose figures the next three override. */
  device: textParameter,
  /** GiB. */
  memory: positiveNumber,
  /** GFLOP/s. */
  peak: positiveNumber,
  /** GB/s. */
  bandwidth: positiveNumber,
  view: textParameter,
  /** Which section about the network is shown. */
  about: textParameter,
  /** Id of the network that this one is compared with. */
  against: textParameter,
  /** Id of the trained weights. */
  model: textParameter,
  /** Where to run: the control "Run on". */
  backend: wordParameter(backends).withDefault('auto'),
};

/**
 * Numbers by which the network differs from the published one that the address names; null for the published number.
 * They are kept as written, so that the page can say what is wrong with one.
 */
export const knobParameters = {
  depth: textParameter,
  width: textParameter,
  filters: textParameter,
  cardinality: textParameter,
  groupWidth: textParameter,
  growth: textParameter,
  compression: textParameter,
  columns: textParameter,
  column: textParameter,
  survival: textParameter,
  classes: textParameter,
} satisfies Record<KnobId, typeof textParameter>;

/** The address's numbers as written, by knob. */
export type KnobTexts = Readonly<Record<KnobId, string | null>>;

/** Every number at its published value. */
export const noKnobs: KnobTexts = Object.fromEntries(
  Object.keys(knobParameters).map((id) => [id, null]),
) as Record<KnobId, null>;

/** The address's numbers as written, and a setter for some of them. */
export const useKnobs = () => useQueryStates(knobParameters);

/** The language, on every page; null leaves it to the visitor's preferences. */
export const languageParameter = { lang: wordParameter(languages) };

/** The state of an explore page as its address holds it. */
export type ExploreState = StateOf<typeof exploreParameters>;

/** Reads the state of an explore page out of a query string. */
export const parseExploreState = (search: string): ExploreState => readState(exploreParameters, search);

/** The query string of a state, `''` where all is at its default: the inverse of {@link parseExploreState}. */
export const serialiseExploreState = (state: Changes<typeof exploreParameters>): string =>
  writeState(exploreParameters, state);

/** The whole state of the explore page and a setter for any part of it; a setting does not add to the history. */
export const useExploreState = () => useQueryStates(exploreParameters);

/** The input size as written in the address, and its setter. */
export const useInput = () => useQueryState('input', exploreParameters.input);

/** Images a run, at least 1. */
export const useBatch = () => useQueryState('batch', exploreParameters.batch);

/** The number format that a network's memory is shown in unless another is chosen: of a file, the one that it computes in. */
export const OwnDtype = createContext<(typeof dtypes)[number]>('fp32');

/** The number format that memory is shown in, and its setter. */
export function useDtype() {
  const own = use(OwnDtype);
  const [chosen, choose] = useQueryState('dtype', exploreParameters.dtype);
  const set = useCallback(
    (dtype: (typeof dtypes)[number]) => choose(dtype === own ? null : dtype),
    [choose, own],
  );
  return [chosen ?? own, set] as const;
}

/** MACs or FLOPs. */
export const useUnits = () => useQueryState('units', exploreParameters.units);

/** Id of the selected node or group, null for none. */
export const useSelectedNode = () => useQueryState('node', exploreParameters.node);

/** What colours the figure, null for the operators' categories. */
export const useOverlay = () => useQueryState('overlay', exploreParameters.overlay);

/** Which charts stand under the figure, null for the usual ones. */
export const useCharts = () => useQueryState('charts', exploreParameters.charts);

/** `folded` where batch norms are folded into the layers before them, null where they stand by themselves. */
export const useBatchNorm = () => useQueryState('bn', exploreParameters.bn);

/** The rule by which training moves the parameters. */
export const useOptimizer = () => useQueryState('optimizer', exploreParameters.optimizer);

/** What the address says of a device. */
const deviceParameters = {
  device: exploreParameters.device,
  memory: exploreParameters.memory,
  peak: exploreParameters.peak,
  bandwidth: exploreParameters.bandwidth,
};

/** The device whose memory and time are asked for: a known one, and figures that replace its own. */
export const useDevice = () => useQueryStates(deviceParameters);

/** The view of the explore page, null for the usual one. */
export const useView = () => useQueryState('view', exploreParameters.view);

/** The section about the network, null for the first. */
export const useAbout = () => useQueryState('about', exploreParameters.about);

/** Id of the network compared with, null for the predecessor. */
export const useAgainst = () => useQueryState('against', exploreParameters.against);

/** Id of the trained weights, null for the network's own. */
export const useModel = () => useQueryState('model', exploreParameters.model);

/** Where the network runs. */
export const useBackend = () => useQueryState('backend', exploreParameters.backend);

/** The language named in the address, null for none. */
export const useLanguageParameter = () => useQueryState('lang', languageParameter.lang);
