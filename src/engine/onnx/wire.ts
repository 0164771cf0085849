import { encodeUtf8 } from '../weights/platform.ts';

/** Bytes up to which copying beats keeping one more part. */
const COPY_LIMIT = 4096;

/** Bytes that are written later, in the place that is kept for them. */
export interface LaterBytes {
  readonly length: number;
}

/**
 * Writes one protobuf message in wire format (protobuf.dev, "Encoding"): fields in call order, large byte strings kept
 * by reference, so that a network's weights are never copied.
 *
 * @typeParam Later what stands among the parts for bytes that are to be written later; nothing unless told otherwise
 */
export class WireMessage<Later extends LaterBytes = never> {
  readonly #parts: (Uint8Array | Later)[] = [];
  #pending: number[] = [];
  #flushed = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#flushed + this.#pending.length;
  }

  /** The message in order, as arrays to be written one after the other. */
  parts(): readonly (Uint8Array | Later)[] {
    this.#flush();
    return this.#parts;
  }

  /** `int32`, `int64` or an enumeration. @throws RangeError for a number that is not a safe integer */
  int(field: number, value: number): this {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
    this.#varint(field * 8);
    this.#varint(value);
    return this;
  }

  /** `repeated int64`, packed. */
  ints(field: number, values: readonly number[]): this {
    const packed = new WireMessage<never>();
    for (const value of values) packed.#varint(value);
    return this.message(field, packed);
  }

  /** `float`. */
  float(field: number, value: number): this {
    this.#varint(field * 8 + 5);
    this.#append(new Uint8Array(new Float32Array([value]).buffer));
    return this;
  }

  /** `string`. */
  text(field: number, value: string): this {
    return this.bytes(field, encodeUtf8(value));
  }

  /** `bytes`; long ones are kept by reference and must not change before the parts are written out. */
  bytes(field: number, value: Uint8Array): this {
    this.#varint(field * 8 + 2);
    this.#varint(value.length);
    this.#append(value);
    return this;
  }

  /** `bytes` of a known length, to be written later. */
  later(field: number, value: Later): this {
    this.#varint(field * 8 + 2);
    this.#varint(value.length);
    this.#append(value);
    return this;
  }

  /** Fields that are written already, tags and all. */
  verbatim(fields: Uint8Array | Later): this {
    this.#append(fields);
    return this;
  }

  /** An embedded message. */
  message(field: number, value: WireMessage<Later> | WireMessage): this {
    this.#varint(field * 8 + 2);
    this.#varint(value.length);
    for (const part of value.parts()) this.#append(part);
    return this;
  }

  #append(bytes: Uint8Array | Later): void {
    if (bytes instanceof Uint8Array && bytes.length <= COPY_LIMIT) {
      for (const byte of bytes) this.#pending.push(byte);
      return;
    }
    this.#flush();
    this.#parts.push(bytes);
    this.#flushed += bytes.length;
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    this.#parts.push(Uint8Array.from(this.#pending));
    this.#flushed += this.#pending.length;
    this.#pending = [];
  }

  #varint(value: number): void {
    // Negative numbers are 64-bit two's complement: ten bytes.
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 127n) {
      this.#pending.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.#pending.push(Number(rest));
  }
}

/** Arrays joined into one. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
