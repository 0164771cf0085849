/** What a `TensorProto.DataType` is called, and how many bits a value takes in `raw_data`. */
interface DataType {
  readonly name: string;
  readonly bits: number;
  readonly kind: 'float' | 'integer' | 'bool' | 'text';
}

const type = (name: string, bits: number, kind: DataType['kind']): DataType => ({ name, bits, kind });

/** `TensorProto.DataType` (onnx.proto, IR 14) by its number; 0 is "undefined". */
const dataTypes: readonly (DataType | null)[] = [
  null,
  type('float32', 32, 'float'),
  type('uint8', 8, 'integer'),
  type('int8', 8, 'integer'),
  type('uint16', 16, 'integer'),
  type('int16', 16, 'integer'),
  type('int32', 32, 'integer'),
  type('int64', 64, 'integer'),
  type('string', 0, 'text'),
  type('bool', 8, 'bool'),
  type('float16', 16, 'float'),
  type('float64', 64, 'float'),
  type('uint32', 32, 'integer'),
  type('uint64', 64, 'integer'),
  type('complex64', 64, 'float'),
  type('complex128', 128, 'float'),
  type('bfloat16', 16, 'float'),
  type('float8e4m3fn', 8, 'float'),
  type('float8e4m3fnuz', 8, 'float'),
  type('float8e5m2', 8, 'float'),
  type('float8e5m2fnuz', 8, 'float'),
  type('uint4', 4, 'integer'),
  type('int4', 4, 'integer'),
  type('float4e2m1', 4, 'float'),
  type('float8e8m0', 8, 'float'),
  type('uint2', 2, 'integer'),
  type('int2', 2, 'integer'),
  type('float6e2m3', 6, 'float'),
  type('float6e3m2', 6, 'float'),
];

/** Numbers of the types that the import speaks of. */
export const FLOAT = 1;
export const INT64 = 7;
export const STRING = 8;
export const BOOL = 9;

/** A type by its number; null where ONNX has none. */
export const dataTypeOf = (number: number): DataType | null => dataTypes[number] ?? null;

/** What a type is called; its number where ONNX has none. */
export const dataTypeName = (number: number): string => dataTypeOf(number)?.name ?? `type ${number}`;

/** Bytes of so many values of a type in `raw_data`: types below a byte are packed. */
export const bytesOfValues = (number: number, values: number): number =>
  Math.ceil((values * (dataTypeOf(number)?.bits ?? 0)) / 8);

/** Decodes a few little-endian values of a plain type as numbers (64-bit ones to the nearest double); null for others. */
export function decodeValues(number: number, bytes: Uint8Array, count: number): number[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const read = readers[number];
  const size = (dataTypeOf(number)?.bits ?? 0) / 8;
  if (!read || size < 1 || bytes.length < count * size) return null;
  return Array.from({ length: count }, (_, index) => read(view, index * size));
}

const readers: Readonly<Record<number, (view: DataView, at: number) => number>> = {
  1: (view, at) => view.getFloat32(at, true),
  2: (view, at) => view.getUint8(at),
  3: (view, at) => view.getInt8(at),
  4: (view, at) => view.getUint16(at, true),
  5: (view, at) => view.getInt16(at, true),
  6: (view, at) => view.getInt32(at, true),
  7: (view, at) => Number(view.getBigInt64(at, true)),
  9: (view, at) => view.getUint8(at),
  10: (view, at) => halfToNumber(view.getUint16(at, true)),
  11: (view, at) => view.getFloat64(at, true),
  12: (view, at) => view.getUint32(at, true),
  13: (view, at) => Number(view.getBigUint64(at, true)),
  16: (view, at) => bfloatToNumber(view.getUint16(at, true)),
};

/** An IEEE 754 half as a number. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A bfloat16 as a number: the upper half of a float32. */
export const bfloatToNumber = (bits: number): number =>
  new Float32Array(new Uint32Array([bits * 65_536]).buffer)[0] ?? Number.NaN;
