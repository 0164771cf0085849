import type { DeviceFacts } from '../../engine/measure/device-report.ts';
import { hasSimd } from '../../engine/runtime/features.ts';

/** The parts of WebGPU that are read here. */
interface GpuAdapter {
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly description?: string;
    readonly isFallbackAdapter?: boolean;
  };
  readonly isFallbackAdapter?: boolean;
  readonly limits?: { readonly maxBufferSize?: number; readonly maxStorageBufferBindingSize?: number };
  readonly features?: { has(name: string): boolean };
}

interface TellingNavigator {
  readonly gpu?: { requestAdapter(): Promise<GpuAdapter | null> };
  readonly deviceMemory?: number;
  readonly userAgentData?: {
    readonly brands?: readonly { readonly brand: string; readonly version: string }[];
  };
}

async function readAdapter(): Promise<DeviceFacts['gpu']> {
  let adapter: GpuAdapter | null = null;
  try {
    adapter = (await (navigator as TellingNavigator).gpu?.requestAdapter()) ?? null;
  } catch {
    return null;
  }
  if (!adapter) return null;
  const { info, limits, features } = adapter;
  return {
    vendor: info?.vendor ?? '',
    architecture: info?.architecture ?? '',
    description: info?.description ?? '',
    isSoftware: info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false,
    maxBufferSize: limits?.maxBufferSize ?? 0,
    maxStorageBuffer: limits?.maxStorageBufferBindingSize ?? 0,
    hasHalf: features?.has('shader-f16') ?? false,
    hasTimestamps: features?.has('timestamp-query') ?? false,
  };
}

/** The browser's name and version as it tells them; brands made up against sniffing are left out. */
function browserName(): string {
  const brands = (navigator as TellingNavigator).userAgentData?.brands ?? [];
  const named = brands.filter(({ brand }) => !/not.*brand/i.test(brand));
  if (named.length > 0) return named.map(({ brand, version }) => `${brand} ${version}`).join(', ');
  const found = /(Firefox|Version|Chrome)\/[\d.]+(?: Safari)?/.exec(navigator.userAgent);
  return found?.[0] ?? navigator.userAgent.slice(0, 120);
}

/** Asks the browser what it offers; nothing of it leaves the page. */
export async function readDeviceFacts(): Promise<DeviceFacts> {
  return {
    browser: browserName(),
    cores: navigator.hardwareConcurrency || 1,
    memory: (navigator as TellingNavigator).deviceMemory ?? null,
    crossOriginIsolated: globalThis.crossOriginIsolated === true,
    simd: hasSimd(),
    threads: typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated === true,
    jspi: typeof (WebAssembly as { readonly Suspending?: unknown }).Suspending === 'function',
    gpu: await readAdapter(),
  };
}
