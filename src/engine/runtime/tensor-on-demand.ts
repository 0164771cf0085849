/**
 * Bytes of a tensor that are made when the runtime copies them and are not kept, so that the weights are never there
 * twice: of one tensor at a time there is a second copy.
 *
 * onnxruntime-web takes external data as a `Uint8Array` and asks it for its `byteLength` and for a tensor's part
 * by `subarray`, which it copies into its memory at once. Nothing else of the array is used, so that here it is empty.
 */
export class TensorOnDemand extends Uint8Array<ArrayBuffer> {
  readonly #make: () => Uint8Array<ArrayBuffer>;

  /**
   * @param length in bytes
   * @param make the bytes, as often as they are asked for
   */
  constructor(length: number, make: () => Uint8Array<ArrayBuffer>) {
    super(new ArrayBuffer(0));
    this.#make = make;
    // A getter of the class would stand behind the one that typed arrays share, as TypeScript sees it.
    Object.defineProperty(this, 'byteLength', { value: length });
  }

  override subarray(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return this.#make().subarray(start, end);
  }
}
