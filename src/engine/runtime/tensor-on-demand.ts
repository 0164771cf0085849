/**
 * Bytes of a tensor that are written where the runtime wants them and are nowhere else: the weights are never there
 * twice, and nobody has to find memory for a second copy of the largest of them.
 *
 * onnxruntime-web takes external data as a `Uint8Array`, asks it for its `byteLength` and for a tensor's part by
 * `subarray`, and hands that to `set` of its own memory. Nothing else of the array is used, so that here it is empty;
 * {@link acceptTensorsOnDemand} tells `set` what to do with it.
 */
export class TensorOnDemand extends Uint8Array<ArrayBuffer> {
  readonly #write: (target: Uint8Array) => void;

  /**
   * @param length in bytes
   * @param write fills an array of that length, as often as it is called
   */
  constructor(length: number, write: (target: Uint8Array) => void) {
    super(new ArrayBuffer(0));
    this.#write = write;
    // A getter of the class would stand behind the one that typed arrays share, as TypeScript sees it.
    Object.defineProperty(this, 'byteLength', { value: length });
  }

  /** All of it is itself; a part is made. */
  override subarray(start = 0, end = this.byteLength): Uint8Array<ArrayBuffer> {
    if (start === 0 && end === this.byteLength) return this;
    const all = new Uint8Array(this.byteLength);
    this.#write(all);
    return all.subarray(start, end);
  }

  /** Writes its bytes into an array, from a place on. @throws RangeError where they do not fit */
  writeInto(array: Uint8Array, at: number): void {
    if (at < 0 || at + this.byteLength > array.byteLength) throw new RangeError('offset is out of bounds');
    this.#write(new Uint8Array(array.buffer, array.byteOffset + at, this.byteLength));
  }
}

/**
 * From now on `set` of every `Uint8Array` in this realm takes a {@link TensorOnDemand}, too: for a worker that does nothing
 * but run a model. There is no other way to the runtime's memory, which it keeps to itself.
 */
export function acceptTensorsOnDemand(): void {
  const { set } = Uint8Array.prototype;
  Object.defineProperty(Uint8Array.prototype, 'set', {
    configurable: true,
    writable: true,
    value(this: Uint8Array, source: ArrayLike<number>, at = 0): void {
      if (source instanceof TensorOnDemand) source.writeInto(this, at);
      else set.call(this, source, at);
    },
  });
}

/** Numbers made at a time where they have to be brought into another form. */
const BLOCK = 2 ** 20;

/**
 * Writes single-precision numbers that are made one after the other into bytes, little-endian.
 *
 * @param fill fills an array with the numbers that follow
 * @param encode what is written of some numbers; themselves unless given
 */
export function writeNumbers(
  target: Uint8Array,
  fill: (into: Float32Array) => void,
  encode?: { readonly bytes: number; readonly of: (values: Float32Array) => ArrayBufferView<ArrayBuffer> },
): void {
  const { buffer, byteOffset, byteLength } = target;
  if (!encode && byteOffset % Float32Array.BYTES_PER_ELEMENT === 0) {
    fill(new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT));
    return;
  }
  const { bytes, of } = encode ?? { bytes: Float32Array.BYTES_PER_ELEMENT, of: (values) => values };
  const numbers = byteLength / bytes;
  for (let at = 0; at < numbers; at += BLOCK) {
    const values = new Float32Array(Math.min(BLOCK, numbers - at));
    fill(values);
    const written = of(values);
    target.set(new Uint8Array(written.buffer, written.byteOffset, written.byteLength), at * bytes);
  }
}
