import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { downloadWeights, WeightDownloadError } from './download-weights.ts';

/** A file as a model begins: with the number of a field. */
const FILE = Uint8Array.from({ length: 300_000 }, (_, index) => (index === 0 ? 8 : (index * 31) % 251));
const EXPECTED = { bytes: FILE.length, sha256: createHash('sha256').update(FILE).digest('hex') };

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A host that answers as it is told; returns a file's address there, and the requests that it was sent. */
async function host(answer: (response: ServerResponse) => void) {
  const asked: {
    readonly method: string | undefined;
    readonly referrer: string | undefined;
    readonly range: string | undefined;
  }[] = [];
  const server = createServer((request, response) => {
    asked.push({ method: request.method, referrer: request.headers.referer, range: request.headers.range });
    answer(response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.onnx`, asked };
}

const fetchFrom = (
  urls: readonly string[],
  options: { stallMs?: number; signal?: AbortSignal; received?: number[] } = {},
) =>
  downloadWeights(urls, EXPECTED, {
    signal: options.signal ?? new AbortController().signal,
    onProgress: (bytes) => options.received?.push(bytes),
    stallMs: options.stallMs ?? 5_000,
  });

async function problemOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WeightDownloadError)) throw error ?? new Error('it arrived');
  return error.problem;
}

describe('a file of weights', () => {
  it('arrives whole, with its progress, by one plain GET', async () => {
    const { url, asked } = await host((response) => response.end(FILE));
    const received: number[] = [];
    const blob = await fetchFrom([url], { received });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(FILE);
    expect(received.at(-1)).toBe(FILE.length);
    expect(received).toEqual([...received].sort((a, b) => a - b));
    expect(asked).toEqual([{ method: 'GET', referrer: undefined, range: undefined }]);
  });

  it('is refused by the answer’s status', async () => {
    const { url } = await host((response) => response.writeHead(404).end('no such file'));
    expect(await problemOf(fetchFrom([url]))).toEqual({ code: 'http', host: new URL(url).host, status: 404 });
  });

  it.each([
    ['a page', '<!doctype html><title>Sign in</title>', 'text/html; charset=utf-8'],
    ['a page that says it is bytes', '<!doctype html><title>Sign in</title>', 'application/octet-stream'],
    [
      'a pointer of git’s large files',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0000\nsize 4956208\n',
      'text/plain',
    ],
  ])('is not taken for one where %s comes instead', async (_, text, type) => {
    const { url } = await host((response) => response.writeHead(200, { 'content-type': type }).end(text));
    expect((await problemOf(fetchFrom([url]))).code).toBe('not-the-file');
  });

  it('is refused cut short, with how much came', async () => {
    const { url } = await host((response) => response.end(FILE.subarray(0, 150_000)));
    expect(await problemOf(fetchFrom([url]))).toMatchObject({
      code: 'cut-short',
      received: 150_000,
      expected: 300_000,
    });
  });

  it('is refused where the connection breaks half-way', async () => {
    const { url } = await host((response) => {
      response.writeHead(200, { 'content-length': FILE.length });
      response.write(FILE.subarray(0, 150_000), () => setTimeout(() => response.destroy(), 100));
    });
    expect(await problemOf(fetchFrom([url]))).toMatchObject({ code: 'cut-short', expected: 300_000 });
  });

  it('is given up as soon as it is too long', async () => {
    const { url } = await host((response) => {
      response.write(FILE);
      response.write(FILE);
      // And never ends.
    });
    expect((await problemOf(fetchFrom([url]))).code).toBe('too-long');
  });

  it('is refused where one byte is another', async () => {
    const wrong = FILE.slice();
    wrong[200_000] = 252;
    const { url } = await host((response) => response.end(wrong));
    expect((await problemOf(fetchFrom([url]))).code).toBe('hash-differs');
  });

  it('is given up where nothing comes, before the first byte and after it', async () => {
    const silent = await host(() => {});
    expect((await problemOf(fetchFrom([silent.url], { stallMs: 200 }))).code).toBe('stalled');
    const stalling = await host((response) => {
      response.writeHead(200, { 'content-length': FILE.length });
      response.write(FILE.subarray(0, 1000));
    });
    expect((await problemOf(fetchFrom([stalling.url], { stallMs: 200 }))).code).toBe('stalled');
  });

  it('stops at once when it is cancelled', async () => {
    const { url } = await host((response) => response.write(FILE.subarray(0, 1000)));
    const controller = new AbortController();
    const download = fetchFrom([url], { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('cancelled')), 50);
    await expect(download).rejects.toThrow('cancelled');
  });

  it('is unreachable where nobody listens', async () => {
    const { url } = await host(() => {});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    expect((await problemOf(fetchFrom([url]))).code).toBe('unreachable');
  });

  it('is asked for at the next host where the first fails', async () => {
    const first = await host((response) => response.writeHead(503).end());
    const second = await host((response) => response.end(FILE));
    expect((await fetchFrom([first.url, second.url])).size).toBe(FILE.length);
    expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
  });
});
