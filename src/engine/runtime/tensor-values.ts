import { fromHalf, toHalf } from '../weights/half.ts';

/** Types of numbers that an input may have, as the runtime names them. */
export const inputTypes = [
  'float32',
  'float16',
  'float64',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'uint32',
  'int64',
  'uint64',
] as const;

/** A type of numbers that an input may have. */
export type InputType = (typeof inputTypes)[number];

/** Values as the runtime holds them; halves as their bits. */
export type TensorValues =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Whole numbers of a type, rounded to the nearest and kept within its range. */
function whole<T extends TensorValues>(
  values: Float32Array,
  make: (size: number) => T,
  [least, most]: readonly [number, number],
): T {
  const result = make(values.length);
  for (const [index, value] of values.entries()) {
    const rounded = Math.min(most, Math.max(least, Math.round(value)));
    result[index] = typeof result[index] === 'bigint' ? BigInt(rounded) : rounded;
  }
  return result;
}

/** Beyond them doubles skip whole numbers; no picture comes near. */
const EXACT = Number.MAX_SAFE_INTEGER;

/** Values as an input of some type takes them: whole ones rounded to the nearest and kept within the type's range. */
export function toTensorValues(values: Float32Array, type: InputType): TensorValues {
  switch (type) {
    case 'float32':
      return values;
    case 'float16':
      return toHalf(values);
    case 'float64':
      return Float64Array.from(values);
    case 'uint8':
      return whole(values, (size) => new Uint8Array(size), [0, 255]);
    case 'int8':
      return whole(values, (size) => new Int8Array(size), [-128, 127]);
    case 'uint16':
      return whole(values, (size) => new Uint16Array(size), [0, 65_535]);
    case 'int16':
      return whole(values, (size) => new Int16Array(size), [-32_768, 32_767]);
    case 'int32':
      return whole(values, (size) => new Int32Array(size), [-(2 ** 31), 2 ** 31 - 1]);
    case 'uint32':
      return whole(values, (size) => new Uint32Array(size), [0, 2 ** 32 - 1]);
    case 'int64':
      return whole(values, (size) => new BigInt64Array(size), [-EXACT, EXACT]);
    case 'uint64':
      return whole(values, (size) => new BigUint64Array(size), [0, EXACT]);
  }
}

/**
 * What the runtime returned, as float32.
 *
 * @param data a typed array; of halves their bits, or numbers where the browser has a type for them
 * @throws TypeError for anything but numbers
 */
export function fromTensorValues(type: string, data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  if (type === 'float16' && data instanceof Uint16Array) return fromHalf(data);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float32Array.from(data, Number);
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) {
    return Float32Array.from(data as unknown as ArrayLike<number>);
  }
  throw new TypeError(`the runtime returned ${type}, not numbers`);
}

/**
 * Values of some images as a batch of a fixed size: the last image fills what is left; the values themselves where nothing
 * is.
 *
 * @param size values of the whole batch
 * @throws RangeError where the batch holds no whole number of images, or fewer than there are
 */
export function fillBatch(values: Float32Array, images: number, size: number): Float32Array {
  const each = values.length / images;
  if (values.length === 0 || size < values.length || size % each !== 0) {
    throw new RangeError(`an input of ${size} values cannot be filled with ${images} images of ${each}`);
  }
  if (size === values.length) return values;
  const all = new Float32Array(size);
  all.set(values);
  for (let at = values.length; at < size; at += each) all.set(values.subarray(-each), at);
  return all;
}

/** Values of images `[images, channels, height, width]` in the order `[images, height, width, channels]`. */
export function channelsLast(values: Float32Array, images: number, channels: number): Float32Array {
  const size = values.length / images / channels;
  const turned = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += channels * size) {
    for (let channel = 0; channel < channels; channel += 1) {
      for (let place = 0; place < size; place += 1) {
        turned[start + place * channels + channel] = values[start + channel * size + place] ?? 0;
      }
    }
  }
  return turned;
}
