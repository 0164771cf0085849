import { decodeUtf8 } from '../weights/platform.ts';
import { ImportError } from './import-problem.ts';

/** Bytes that a tag and a varint, or a length, take at most. */
export const HEADER_BYTES = 20;

/** Characters up to which a text is read: names in files are short, and a text is copied. */
const LONGEST_TEXT = 16_384;

const TWO_28 = 2 ** 28;
const TWO_56 = 2 ** 56;
const LOW_28 = TWO_28 - 1;

/**
 * Reads protobuf's wire format (protobuf.dev, "Encoding") field by field, without recursion and without allocating by
 * what the bytes claim: every length is checked against the bytes that are there.
 *
 * After `next()` the reader stands behind the field's tag and, for bytes, behind their length.
 */
export class WireReader {
  readonly bytes: Uint8Array;
  /** Offset of `bytes` in the file, for messages. */
  readonly base: number;
  /** Where the reader stands in `bytes`, and where it has to stop. */
  at: number;
  end: number;
  /** Of the current field. */
  field = 0;
  wire = 0;
  /** Value of a varint: exact up to ±2⁵³, nearest beyond (64-bit two's complement). */
  value = 0;
  /** Bytes of a length-delimited field, a fixed32 or a fixed64. */
  length = 0;

  constructor(bytes: Uint8Array, base = 0, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.base = base;
    this.at = at;
    this.end = end;
  }

  /** Reads the next field's header; false at the end. Does not check that the field's bytes are there. */
  header(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wire = tag % 8;
    if (this.field < 1 || this.field > 0x1fffffff) throw this.damaged();
    this.length = 0;
    switch (this.wire) {
      case 0:
        this.value = this.varint();
        return true;
      case 1:
        this.length = 8;
        return true;
      case 2:
        this.length = this.varint();
        if (!Number.isSafeInteger(this.length) || this.length < 0) throw this.damaged();
        return true;
      case 5:
        this.length = 4;
        return true;
      default:
        throw this.damaged();
    }
  }

  /** Reads the next field's header, whose bytes have to be there; false at the end. */
  next(): boolean {
    if (!this.header()) return false;
    if (this.length > this.end - this.at) throw this.damaged();
    return true;
  }

  /** Leaves the current field. */
  skip(): void {
    this.at += this.length;
  }

  /** A reader of the current field's message; leaves the field. */
  message(): WireReader {
    if (this.wire !== 2) throw this.damaged();
    const inner = new WireReader(this.bytes, this.base, this.at, this.at + this.length);
    this.skip();
    return inner;
  }

  /** The current field's bytes, not copied; leaves the field. */
  view(): Uint8Array {
    if (this.wire !== 2) throw this.damaged();
    const view = this.bytes.subarray(this.at, this.at + this.length);
    this.skip();
    return view;
  }

  /** The current field as a whole number. */
  int(): number {
    if (this.wire !== 0) throw this.damaged();
    return this.value;
  }

  /** The current field as a `float`; leaves the field. */
  float(): number {
    if (this.wire !== 5) throw this.damaged();
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 4).getFloat32(0, true);
    this.skip();
    return value;
  }

  /** The current field as text; leaves the field. */
  text(): string {
    if (this.length > LONGEST_TEXT) throw this.damaged();
    const bytes = this.view();
    let text = '';
    for (const byte of bytes) {
      if (byte > 127) return this.#utf8(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Adds the whole numbers of a repeated field, packed or not; leaves the field. */
  ints(into: number[], limit: number): void {
    if (this.wire === 0) {
      if (into.length >= limit) throw this.tooMany(into.length + 1, limit);
      into.push(this.value);
      return;
    }
    const inner = this.message();
    while (inner.at < inner.end) {
      if (into.length >= limit) throw this.tooMany(into.length + inner.end - inner.at, limit);
      into.push(inner.varint());
    }
  }

  /** Adds the floats of a repeated field, packed or not; leaves the field. */
  floats(into: number[], limit: number): void {
    if (this.wire === 5) {
      if (into.length >= limit) throw this.tooMany(into.length + 1, limit);
      into.push(this.float());
      return;
    }
    if (this.length % 4 !== 0) throw this.damaged();
    if (into.length + this.length / 4 > limit) throw this.tooMany(into.length + this.length / 4, limit);
    const bytes = this.view();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += 4) into.push(view.getFloat32(at, true));
  }

  /** An error about the bytes here. */
  damaged(): ImportError {
    return new ImportError({ code: 'malformed', at: this.base + this.at });
  }

  #utf8(bytes: Uint8Array): string {
    try {
      return decodeUtf8(bytes);
    } catch {
      throw this.damaged();
    }
  }

  tooMany(count: number, limit: number): ImportError {
    return new ImportError({ code: 'too-many', what: 'values', count, limit });
  }

  /** The varint here, as a signed 64-bit number. */
  varint(): number {
    const { bytes, end } = this;
    let at = this.at;
    let low = 0;
    let middle = 0;
    let high = 0;
    for (let index = 0; index < 10; index += 1) {
      if (at >= end) throw this.damaged();
      const byte = bytes[at] as number;
      at += 1;
      const bits = byte & 127;
      if (index < 4) low |= bits << (7 * index);
      else if (index < 8) middle |= bits << (7 * (index - 4));
      else high |= bits << (7 * (index - 8));
      if (byte < 128) {
        this.at = at;
        high &= 255;
        // Exact for small negative numbers, which the plain sum would round.
        return high < 128
          ? low + middle * TWO_28 + high * TWO_56
          : -((~low & LOW_28) + (~middle & LOW_28) * TWO_28 + (~high & 255) * TWO_56) - 1;
      }
    }
    throw this.damaged();
  }
}
