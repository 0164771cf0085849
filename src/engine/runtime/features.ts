import type { RuntimeBuild } from './protocol.ts';

/**
 * A module of one function that splats a zero over sixteen lanes and counts their bits: valid only where fixed-width
 * SIMD is known (WebAssembly core specification 2.0, 5.4.8).
 */
const SIMD_MODULE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7b],
  ...[3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 0x41, 0, 0xfd, 0x0f, 0xfd, 0x62, 0x0b],
);

/** Whether WebAssembly is there, with SIMD. */
export const hasSimd = (): boolean => typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE);

/** WebGPU's entry, as far as it is used here. */
interface GpuNavigator {
  readonly gpu?: { requestAdapter(): Promise<GpuAdapter | null> };
}

/** A graphics adapter, as far as it is told of; browsers keep to themselves what they like. */
interface GpuAdapter {
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly description?: string;
  };
}

/** The graphics adapter by its name, '' where it has none; null without WebGPU, or with nothing behind it. */
export async function findAdapter(): Promise<{ readonly name: string } | null> {
  try {
    const adapter = (await (navigator as GpuNavigator).gpu?.requestAdapter()) ?? null;
    if (!adapter) return null;
    const { vendor = '', architecture = '', description = '' } = adapter.info ?? {};
    return { name: description || [vendor, architecture].filter(Boolean).join(' ') };
  } catch {
    return null;
  }
}

/** Whether WebGPU is there and finds an adapter: some browsers have the interface and nothing behind it. */
export const hasWebGpu = async (): Promise<boolean> => (await findAdapter()) !== null;

/** The build for WebGPU: with JavaScript promise integration where the browser has it, as that one is 10 MB smaller. */
export const webGpuBuild = (): RuntimeBuild =>
  typeof (WebAssembly as { readonly Suspending?: unknown }).Suspending === 'function' ? 'jspi' : 'asyncify';

/** MACs from which a second thread pays for its hand-over; LeNet-5 (0.4 million) runs best on one. */
const THREADING_PAYS_FROM = 20_000_000;

/**
 * WebAssembly threads for a network: one for a small one or where the page is not cross-origin isolated, else up to four.
 *
 * @param cores `navigator.hardwareConcurrency`; onnxruntime's own default uses half of them, one on a two-core machine
 */
export const chooseThreads = (macs: number, isolated: boolean, cores: number): number =>
  isolated && macs >= THREADING_PAYS_FROM ? Math.max(1, Math.min(4, cores)) : 1;
