/**
 * What every place that runs the engine provides (Node, pages and workers) beyond the language itself, narrowed to what
 * is used of it. The engine is compiled without the types of any one of them.
 */
interface Platform {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
  readonly TextDecoder: new (
    label: 'utf-8',
    options: { readonly fatal: boolean },
  ) => { decode(bytes: Uint8Array): string };
  /** Absent in a page that was not served securely. */
  readonly crypto?: {
    readonly subtle?: { digest(name: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer> };
  };
}

const platform = globalThis as unknown as Platform;

/** A text's UTF-8 bytes. */
export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => new platform.TextEncoder().encode(text);

/** The text of some UTF-8 bytes. @throws TypeError where they are not UTF-8 */
export const decodeUtf8 = (bytes: Uint8Array): string =>
  new platform.TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** The SHA-256 of some bytes, from the platform's own cryptography; null where it has none (a page over plain http). */
export async function digestSha256(bytes: Uint8Array): Promise<Uint8Array | null> {
  const digest = await platform.crypto?.subtle?.digest('SHA-256', bytes);
  return digest ? new Uint8Array(digest) : null;
}
