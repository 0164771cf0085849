/** Bytes that a run takes. */
export interface RunMemory {
  /** Of the runtime's own memory: the weights, and the output of every layer, since any of them may be looked at. */
  readonly runtime: number;
  /** By which the tab's process grows at most, while the run starts and answers its first picture. */
  readonly most: number;
  /** By which it grows where another network runs already: with a runtime and threads of its own. */
  readonly further: number;
}

/** Where weights come from: out of a file piece by piece, or made here of a seed. */
export type WeightOrigin = 'file' | 'made';

/**
 * What a run adds to the tab beside weights and activations: the compiled runtime with its threads, the picture on its
 * way, and the maps that the page paints.
 */
const FIXED = 340e6;

/** Of it, what each network needs for itself: measured of two to four networks in a comparison, 70 to 100 MB each. */
const FIXED_FURTHER = 100e6;

/**
 * Bytes of the tab for one of weights that are copied on their way out of a file: a piece read stays until the browser
 * collects what is no longer used. Weights that are made, or that workers read into the runtime's memory, are held once.
 */
const HELD_COPIED = 1.6;

/**
 * What a run of one picture takes on WebAssembly. `most` is fitted to the growth of Chromium's process that was measured
 * (as `bench/large-session.ts` does it) for SqueezeNet 1.1, AlexNet, ResNet-50 and VGG-16: it is never less, and at most a
 * quarter more.
 *
 * @param weightBytes the weights as they are stored
 * @param activations values of all layers' outputs; the page holds those that it paints a second time
 * @param isShared whether workers of this page can share memory, so that a file is read into the runtime's own
 */
export function runMemory(
  weightBytes: number,
  activations: number,
  origin: WeightOrigin,
  isShared: boolean = globalThis.crossOriginIsolated === true,
): RunMemory {
  const held = origin === 'file' && !isShared ? HELD_COPIED : 1;
  const own = held * weightBytes + 2 * 4 * activations;
  return {
    runtime: weightBytes + 4 * activations,
    most: FIXED + own,
    further: FIXED_FURTHER + own,
  };
}

/** Why a run would not fit: more than WebAssembly's memory, or than a fair part of the device's. */
export interface MemoryRefusal {
  readonly code: 'runtime' | 'device';
  readonly bytes: number;
  readonly limit: number;
  /** Bytes that other networks on the page take, which count for the device. */
  readonly beside: number;
}

/**
 * Bytes that the runtime is given at most. A WebAssembly memory of 32 bits ends at 4 GiB; phones, and browsers that
 * count all tabs together, end at half of it.
 */
export const RUNTIME_LIMIT = 2 * 2 ** 30;

/** Part of a device's memory that one page may take: browser and system need the rest. */
const FAIR_PART = 0.5;

/**
 * Why a run is not begun; null where it fits.
 *
 * @param deviceGib `navigator.deviceMemory`, where the browser tells it: rounded, and never more than 8 or 32
 * @param beside bytes that other networks on the page take: each has a runtime of its own, and all one device
 */
export function refuseMemory(
  { runtime, most }: RunMemory,
  deviceGib: number | undefined,
  beside = 0,
): MemoryRefusal | null {
  if (runtime > RUNTIME_LIMIT) return { code: 'runtime', bytes: runtime, limit: RUNTIME_LIMIT, beside };
  const fair = deviceGib === undefined ? Number.POSITIVE_INFINITY : FAIR_PART * deviceGib * 2 ** 30;
  return most + beside > fair ? { code: 'device', bytes: most, limit: fair, beside } : null;
}

/** The device's memory in GiB as the browser tells it; undefined where it does not. */
export const deviceMemory = (): number | undefined =>
  (navigator as Navigator & { readonly deviceMemory?: number }).deviceMemory;
