/** A download that failed: the server's status, or null where the server was not reached or the connection broke. */
export class DownloadError extends Error {
  readonly url: string;
  readonly status: number | null;

  /** @param status the server's answer, null where there was none */
  constructor(url: string, status: number | null) {
    super(`${url} ${status === null ? 'could not be fetched' : `answered with status ${status}`}`);
    this.name = 'DownloadError';
    this.url = url;
    this.status = status;
  }
}

/**
 * Fetches a file whole, saying how far it is.
 *
 * @param expected bytes after decompression, so that they need not be collected and copied; 0 where not known
 * @param onProgress bytes received so far, after decompression
 * @throws DownloadError, or the signal's reason once it is aborted
 */
export async function fetchBytes(
  url: string,
  expected: number,
  onProgress: (received: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw new DownloadError(url, response.status);
    const reader = response.body?.getReader();
    let bytes = new Uint8Array(expected);
    let received = 0;
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) break;
      if (received + chunk.value.length > bytes.length) {
        const larger = new Uint8Array(Math.max(2 * bytes.length, received + chunk.value.length));
        larger.set(bytes.subarray(0, received));
        bytes = larger;
      }
      bytes.set(chunk.value, received);
      received += chunk.value.length;
      onProgress(received);
    }
    return received === bytes.length ? bytes : bytes.slice(0, received);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw error instanceof DownloadError ? error : new DownloadError(url, null);
  }
}
