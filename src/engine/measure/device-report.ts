import type { RunStatistics } from './statistics.ts';

/** What a file of measurements calls itself. */
export const REPORT_FORMAT = 'convatlas-device';
/** Version of the files that are written and read. */
export const REPORT_VERSION = 2;

/** Numbers that a network is computed with. */
export const precisions = ['fp32', 'fp16', 'int8'] as const;
/** Numbers that a network is computed with. */
export type Precision = (typeof precisions)[number];

/** What a browser tells of the device that it runs on. */
export interface DeviceFacts {
  /** The browser's own name for itself. */
  readonly browser: string;
  readonly cores: number;
  /** GiB as the browser rounds it; null where it does not say. */
  readonly memory: number | null;
  readonly crossOriginIsolated: boolean;
  readonly simd: boolean;
  readonly threads: boolean;
  /** Whether WebAssembly can wait for promises (JSPI). */
  readonly jspi: boolean;
  /** The WebGPU adapter; null where there is none. */
  readonly gpu: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    /** Whether it is a program that does the work of a graphics processor. */
    readonly isSoftware: boolean;
    /** Bytes. */
    readonly maxBufferSize: number;
    readonly maxStorageBuffer: number;
    readonly hasHalf: boolean;
    readonly hasTimestamps: boolean;
  } | null;
}

/** One network's steady time on one backend. */
export interface NetworkMeasurement {
  /** Id of the network. */
  readonly network: string;
  readonly backend: 'wasm' | 'webgpu';
  readonly precision: Precision;
  readonly threads: number;
  /** Milliseconds from the request to the first answer: session and first run, apart from the steady runs. */
  readonly startMs: number;
  readonly firstRunMs: number;
  /** Milliseconds a run. */
  readonly times: RunStatistics;
}

/** What a backend reaches at most, measured by calls made for it. */
export interface PeakMeasurement {
  readonly backend: 'wasm' | 'webgpu';
  readonly precision: Precision;
  readonly threads: number;
  /** Multiply–accumulates a second of a large convolution. */
  readonly macsPerSecond: number;
  /** Bytes a second of operators that only read and write. */
  readonly bytesPerSecond: number;
}

/** All that was measured on a device. */
export interface DeviceReport {
  readonly format: typeof REPORT_FORMAT;
  readonly version: typeof REPORT_VERSION;
  /** ISO 8601. */
  readonly when: string;
  readonly device: DeviceFacts;
  readonly peaks: readonly PeakMeasurement[];
  readonly networks: readonly NetworkMeasurement[];
}

/** Why a file is no report that can be read. */
export type ReportProblem =
  | { readonly code: 'not-json' }
  | { readonly code: 'other-format' }
  | { readonly code: 'other-version'; readonly version: string }
  | { readonly code: 'damaged'; readonly field: string };

/** A file that is no report, as data. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
  readonly problem: ReportProblem;

  constructor(problem: ReportProblem) {
    super(`${problem.code}${'field' in problem ? ` at ${problem.field}` : ''}`);
    this.problem = problem;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const damaged = (field: string): ReportError => new ReportError({ code: 'damaged', field });

function fields(value: unknown, at: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged(at);
  return value as Fields;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged(at);
  return value;
}

function number(of: Fields, key: string, at: string, least = 0): number {
  const value = of[key];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) throw damaged(`${at}.${key}`);
  return value;
}

function text(of: Fields, key: string, at: string): string {
  const value = of[key];
  if (typeof value !== 'string' || value.length > 400) throw damaged(`${at}.${key}`);
  return value;
}

function flag(of: Fields, key: string, at: string): boolean {
  const value = of[key];
  if (typeof value !== 'boolean') throw damaged(`${at}.${key}`);
  return value;
}

function backend(of: Fields, at: string): 'wasm' | 'webgpu' {
  const value = text(of, 'backend', at);
  if (value !== 'wasm' && value !== 'webgpu') throw damaged(`${at}.backend`);
  return value;
}

function precision(of: Fields, at: string): Precision {
  const value = precisions.find((one) => one === of.precision);
  if (!value) throw damaged(`${at}.precision`);
  return value;
}

function statistics(value: unknown, at: string): RunStatistics {
  const of = fields(value, at);
  const [lower, upper] = list(of.quartiles, `${at}.quartiles`);
  const quartiles = fields({ lower, upper }, at);
  return {
    runs: number(of, 'runs', at, 1),
    median: number(of, 'median', at),
    quartiles: [number(quartiles, 'lower', `${at}.quartiles`), number(quartiles, 'upper', `${at}.quartiles`)],
    least: number(of, 'least', at),
    most: number(of, 'most', at),
    drift: number(of, 'drift', at),
  };
}

function facts(value: unknown): DeviceFacts {
  const of = fields(value, 'device');
  const gpu = of.gpu === null ? null : fields(of.gpu, 'device.gpu');
  return {
    browser: text(of, 'browser', 'device'),
    cores: number(of, 'cores', 'device'),
    memory: of.memory === null ? null : number(of, 'memory', 'device'),
    crossOriginIsolated: flag(of, 'crossOriginIsolated', 'device'),
    simd: flag(of, 'simd', 'device'),
    threads: flag(of, 'threads', 'device'),
    jspi: flag(of, 'jspi', 'device'),
    gpu: gpu && {
      vendor: text(gpu, 'vendor', 'device.gpu'),
      architecture: text(gpu, 'architecture', 'device.gpu'),
      description: text(gpu, 'description', 'device.gpu'),
      isSoftware: flag(gpu, 'isSoftware', 'device.gpu'),
      maxBufferSize: number(gpu, 'maxBufferSize', 'device.gpu'),
      maxStorageBuffer: number(gpu, 'maxStorageBuffer', 'device.gpu'),
      hasHalf: flag(gpu, 'hasHalf', 'device.gpu'),
      hasTimestamps: flag(gpu, 'hasTimestamps', 'device.gpu'),
    },
  };
}

/** Reads a report that {@link JSON.stringify} wrote, of this version. @throws ReportError */
export function parseReport(source: string): DeviceReport {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch {
    throw new ReportError({ code: 'not-json' });
  }
  if (typeof json !== 'object' || json === null) throw new ReportError({ code: 'other-format' });
  const of = json as Fields;
  if (of.format !== REPORT_FORMAT) throw new ReportError({ code: 'other-format' });
  if (of.version !== REPORT_VERSION) {
    throw new ReportError({ code: 'other-version', version: String(of.version).slice(0, 20) });
  }
  const when = text(of, 'when', 'file');
  if (Number.isNaN(Date.parse(when))) throw damaged('file.when');
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    when,
    device: facts(of.device),
    peaks: list(of.peaks, 'peaks').map((value, index) => {
      const at = `peaks[${index}]`;
      const one = fields(value, at);
      return {
        backend: backend(one, at),
        precision: precision(one, at),
        threads: number(one, 'threads', at, 1),
        macsPerSecond: number(one, 'macsPerSecond', at),
        bytesPerSecond: number(one, 'bytesPerSecond', at),
      };
    }),
    networks: list(of.networks, 'networks').map((value, index) => {
      const at = `networks[${index}]`;
      const one = fields(value, at);
      return {
        network: text(one, 'network', at),
        backend: backend(one, at),
        precision: precision(one, at),
        threads: number(one, 'threads', at, 1),
        startMs: number(one, 'startMs', at),
        firstRunMs: number(one, 'firstRunMs', at),
        times: statistics(one.times, `${at}.times`),
      };
    }),
  };
}
