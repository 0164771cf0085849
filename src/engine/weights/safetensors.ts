import { sizeOf } from '../ops/window.ts';
import type { Shape } from '../spec/types.ts';
import { fromHalf, toHalf } from './half.ts';
import { decodeUtf8, encodeUtf8 } from './platform.ts';
import { WeightsError } from './problem.ts';

/** A tensor of a weight file, widened to single precision. */
export interface StoredTensor {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** How numbers are stored: safetensors' names for IEEE half and single precision. */
export type StoredType = 'F16' | 'F32';

const BYTES: Record<StoredType, number> = { F16: 2, F32: 4 };
/** Size of the little-endian header length at the start. */
const PREFIX = 8;
/** The format's own limit on its header. */
const LONGEST_HEADER = 100_000_000;

interface Entry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: Shape;
  readonly start: number;
  readonly end: number;
}

const fail = (reason: string): never => {
  throw new WeightsError({ code: 'not-safetensors', reason });
};

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function readEntry(name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (dtype !== 'F16' && dtype !== 'F32') return fail(`"${name}" is stored as ${String(dtype)}`);
  if (!Array.isArray(shape) || !shape.every(isCount)) return fail(`"${name}" has no shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    return fail(`"${name}" has no data offsets`);
  }
  const [start, end] = offsets as [number, number];
  if (end - start !== sizeOf(shape) * BYTES[dtype]) {
    return fail(`"${name}" takes ${end - start} bytes for ${shape.join('×')} of ${dtype}`);
  }
  return { name, type: dtype, shape, start, end };
}

/**
 * Reads a safetensors file of half- or single-precision tensors (github.com/huggingface/safetensors, "Format": header
 * length in 8 bytes, JSON header, data without holes).
 *
 * @throws WeightsError `truncated` or `not-safetensors`
 */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, StoredTensor> {
  if (bytes.length < PREFIX) {
    throw new WeightsError({ code: 'truncated', actual: bytes.length, expected: PREFIX });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > LONGEST_HEADER) return fail('its header would be too long');
  const dataStart = PREFIX + headerLength;
  if (dataStart > bytes.length) {
    throw new WeightsError({ code: 'truncated', actual: bytes.length, expected: dataStart });
  }
  let header: unknown;
  try {
    header = JSON.parse(decodeUtf8(bytes.subarray(PREFIX, dataStart)));
  } catch {
    return fail('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    return fail('its header is not an object');
  }
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => readEntry(name, value))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let end = 0;
  for (const entry of entries) {
    if (entry.start !== end) return fail(`"${entry.name}" starts at ${entry.start}, not ${end}`);
    end = entry.end;
  }
  if (dataStart + end > bytes.length) {
    throw new WeightsError({ code: 'truncated', actual: bytes.length, expected: dataStart + end });
  }
  if (dataStart + end < bytes.length) return fail('bytes are left over after the last tensor');
  return new Map(
    entries.map(({ name, type, shape, start, end: stop }) => {
      // A copy, because a header of odd length leaves the data unaligned. (`slice` of a Node Buffer would be none.)
      const { buffer } = new Uint8Array(bytes.subarray(dataStart + start, dataStart + stop));
      const values = type === 'F16' ? fromHalf(new Uint16Array(buffer)) : new Float32Array(buffer);
      return [name, { shape, values }] as const;
    }),
  );
}

/** Writes tensors as a safetensors file, in their order, all of one type. @throws RangeError where values do not fill a shape */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  type: StoredType,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    if (values.length !== sizeOf(shape)) {
      throw new RangeError(`${name} has ${values.length} values, not ${sizeOf(shape)} (${shape.join('×')})`);
    }
    const end = offset + values.length * BYTES[type];
    header[name] = { dtype: type, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = JSON.stringify(header);
  const text = encodeUtf8(json + ' '.repeat((PREFIX - (encodeUtf8(json).length % PREFIX)) % PREFIX));
  const bytes = new Uint8Array(PREFIX + text.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, PREFIX);
  let to = PREFIX + text.length;
  for (const { values } of tensors.values()) {
    const stored = type === 'F16' ? toHalf(values) : values;
    bytes.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), to);
    to += stored.byteLength;
  }
  return bytes;
}
