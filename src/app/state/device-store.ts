import { createStore, useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import {
  type DeviceFacts,
  type DeviceReport,
  type NetworkMeasurement,
  type PeakMeasurement,
  parseReport,
  REPORT_FORMAT,
  REPORT_VERSION,
} from '../../engine/measure/device-report.ts';

interface State {
  /** What was measured on this device; null before anything was. */
  readonly own: DeviceReport | null;
}

/** A stored report, where it can still be read. */
function readStored(stored: unknown): DeviceReport | null {
  const { own } = (stored ?? {}) as { readonly own?: unknown };
  if (!own) return null;
  try {
    return parseReport(JSON.stringify(own));
  } catch {
    return null;
  }
}

/** What was measured on this device; it outlives the page where storage is allowed. */
export const deviceStore = createStore<State>()(
  persist((): State => ({ own: null }), {
    name: 'device-report',
    version: REPORT_VERSION,
    merge: (stored, initial) => ({ ...initial, own: readStored(stored) }),
    migrate: () => ({ own: null }),
  }),
);

function keep(own: DeviceReport | null): void {
  try {
    deviceStore.setState({ own });
  } catch {
    // No room left, or not allowed: the report then lasts as long as the page.
  }
}

/** Whether two measurements are of the same way to compute. */
const isSameWay = (
  one: Pick<PeakMeasurement, 'backend' | 'precision'>,
  other: Pick<PeakMeasurement, 'backend' | 'precision'>,
): boolean => one.backend === other.backend && one.precision === other.precision;

/** Adds measurements; an earlier one of the same network or limit on the same backend and precision gives way. */
export function keepMeasurements(
  device: DeviceFacts,
  peaks: readonly PeakMeasurement[],
  networks: readonly NetworkMeasurement[],
): void {
  const before = deviceStore.getState().own;
  keep({
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    when: new Date().toISOString(),
    device,
    peaks: [...(before?.peaks ?? []).filter((old) => !peaks.some((peak) => isSameWay(peak, old))), ...peaks],
    networks: [
      ...(before?.networks ?? []).filter(
        (old) => !networks.some((one) => one.network === old.network && isSameWay(one, old)),
      ),
      ...networks,
    ],
  });
}

/** Forgets all that was measured. */
export const forgetMeasurements = (): void => keep(null);

/** What was measured on this device; null before anything was. */
export const useOwnReport = (): DeviceReport | null => useStore(deviceStore, ({ own }) => own);
