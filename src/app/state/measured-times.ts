import { createStore, useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Backend } from '../../engine/runtime/protocol.ts';
import type { KnobValues } from '../../engine/spec/types.ts';

/** How long a network took on this device. */
export interface MeasuredTime {
  /** Median of one run, in milliseconds. */
  readonly ms: number;
  readonly backend: Backend;
  /** Runs so far. */
  readonly runs: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly when: number;
}

/** Measured times by network, as {@link timeKeyOf} calls it. */
export type MeasuredTimes = Readonly<Record<string, MeasuredTime>>;

/** What a network's time is kept under: its id, and the numbers in which it differs from the published network of that id. */
export const timeKeyOf = (id: string, values: KnobValues = {}): string =>
  [id, ...Object.entries(values).map(([knob, value]) => `${knob}:${value}`)].join(';');

interface State {
  readonly times: MeasuredTimes;
}

const isTime = (value: unknown): value is MeasuredTime => {
  const { ms, backend, runs, when } = (value ?? {}) as Partial<Record<keyof MeasuredTime, unknown>>;
  return (
    typeof ms === 'number' &&
    Number.isFinite(ms) &&
    ms > 0 &&
    (backend === 'wasm' || backend === 'webgpu') &&
    Number.isInteger(runs) &&
    Number.isFinite(when)
  );
};

/** What of stored text can be used: another page of the same host may have written there. */
export function readTimes(stored: unknown): MeasuredTimes {
  const { times } = (stored ?? {}) as { readonly times?: unknown };
  return Object.fromEntries(
    Object.entries(typeof times === 'object' && times !== null ? times : {}).filter(([, value]) =>
      isTime(value),
    ),
  );
}

/** Times measured on this device; they outlive the page where storage is allowed. */
export const measuredTimesStore = createStore<State>()(
  persist((): State => ({ times: {} }), {
    name: 'measured-times',
    version: 1,
    merge: (stored, initial) => ({ ...initial, times: readTimes(stored) }),
    // A time of another version is measured again soon enough.
    migrate: () => ({ times: {} }),
  }),
);

/** Runs from which on a median is told: the first ones compile and warm up. */
export const STEADY_RUNS = 10;

/** Keeps the median of equal runs; one of another backend stays where it is faster. */
export function keepTime(id: string, { ms, backend, runs }: Omit<MeasuredTime, 'when'>): void {
  const before = measuredTimesStore.getState().times[id];
  if (before && before.backend !== backend && before.ms < ms) return;
  const time: MeasuredTime = { ms, backend, runs, when: Date.now() };
  try {
    measuredTimesStore.setState(({ times }) => ({ times: { ...times, [id]: time } }));
  } catch {
    // No room left, or not allowed: the time then lasts as long as the page.
  }
}

/** Keeps a network's steady median: once it is one, and every {@link STEADY_RUNS} runs from then on. */
export function recordTime(id: string, { ms, backend, runs }: Omit<MeasuredTime, 'when'>): void {
  if (runs < STEADY_RUNS || runs % STEADY_RUNS !== 0 || !(ms > 0)) return;
  keepTime(id, { ms, backend, runs });
}

/** Times measured on this device, by {@link timeKeyOf}. */
export const useMeasuredTimes = (): MeasuredTimes => useStore(measuredTimesStore, ({ times }) => times);
