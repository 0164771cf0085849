import { describe, expect, it } from 'vitest';
import { type downloadWeights, WeightDownloadError } from './download-weights.ts';
import { imagenetWeights } from './imagenet-weights.ts';
import { createKeeper, type WeightKeeper } from './weight-keeper.ts';
import { createWeightStore } from './weight-store.ts';

const [first, second] = imagenetWeights;
if (!first || !second) throw new Error('the table is empty');

/** Cache Storage in memory, of which `put` may fail. */
function memoryCaches(putError: Error | null = null): CacheStorage {
  const caches = new Map<string, Map<string, Response>>();
  const address = (request: RequestInfo | URL): string =>
    typeof request === 'string' ? request : request instanceof URL ? request.href : request.url;
  const open = async (name: string) => {
    const entries = caches.get(name) ?? new Map<string, Response>();
    caches.set(name, entries);
    return {
      match: async (request: RequestInfo | URL) => entries.get(address(request))?.clone(),
      put: async (request: RequestInfo | URL, response: Response) => {
        if (putError) throw putError;
        entries.set(address(request), response);
      },
      delete: async (request: RequestInfo | URL) => entries.delete(address(request)),
      keys: async () => [...entries.keys()].map((url) => new Request(url)),
    } as unknown as Cache;
  };
  return { open, delete: async (name: string) => caches.delete(name) } as unknown as CacheStorage;
}

const keeperWith = (caches: CacheStorage | undefined): WeightKeeper =>
  createKeeper({
    caches,
    estimate: async () => ({ usage: 10, quota: 100 }),
    base: 'https://site.example/atlas/',
  });

const key = (blob: Blob, file = 'a.onnx') => ({ file, bytes: blob.size, sha256: 'a'.repeat(64) });

describe('the keeper of files', () => {
  it('gives back what it was given, lists it, and removes it', async () => {
    const keeper = keeperWith(memoryCaches());
    const blob = new Blob([new Uint8Array([8, 1, 2])]);
    expect(await keeper.find(key(blob))).toBeNull();
    expect(await keeper.keep(key(blob), blob)).toBe('stored');
    expect((await keeper.find(key(blob)))?.size).toBe(3);
    expect(await keeper.list()).toMatchObject([{ file: 'a.onnx', bytes: 3, sha256: 'a'.repeat(64) }]);
    expect(await keeper.space()).toEqual({ used: 10, quota: 100 });
    await keeper.remove(key(blob));
    expect(await keeper.list()).toEqual([]);
    await keeper.keep(key(blob), blob);
    await keeper.removeAll();
    expect(await keeper.find(key(blob))).toBeNull();
  });

  it('says that there is no room, or no storage at all', async () => {
    const blob = new Blob(['x']);
    const full = keeperWith(memoryCaches(new DOMException('Quota exceeded.', 'QuotaExceededError')));
    expect(await full.keep(key(blob), blob)).toBe('full');
    const none = keeperWith(undefined);
    expect(await none.keep(key(blob), blob)).toBe('unavailable');
    expect(await none.list()).toEqual([]);
    expect(await none.find(key(blob))).toBeNull();
    await none.removeAll();
  });

  it('takes a file of another length for none', async () => {
    const keeper = keeperWith(memoryCaches());
    const blob = new Blob(['xyz']);
    await keeper.keep(key(blob), blob);
    expect(await keeper.find({ ...key(blob), bytes: 4 })).toBeNull();
  });
});

/** A download in the test's hands. */
function controlled() {
  const calls: {
    readonly finish: (blob: Blob) => void;
    readonly fail: (error: unknown) => void;
    readonly progress: (bytes: number) => void;
  }[] = [];
  const download: typeof downloadWeights = (_urls, _file, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      calls.push({ finish: resolve, fail: reject, progress: onProgress });
    });
  return { calls, download };
}

describe('the store of downloads', () => {
  it('tells progress, keeps the file, and reads it again', async () => {
    const { calls, download } = controlled();
    const store = createWeightStore({ download, keeper: keeperWith(memoryCaches()), addresses: () => [] });
    const done = store.getState().fetch(first);
    expect(store.getState().received).toEqual({ [first.id]: 0 });
    // Asked for twice, it is fetched once.
    void store.getState().fetch(first);
    expect(calls).toHaveLength(1);
    calls[0]?.progress(1000);
    expect(store.getState().received[first.id]).toBe(1000);
    calls[0]?.finish(new Blob([new Uint8Array(first.bytes)]));
    expect(await done).toBe(true);
    expect(store.getState().received).toEqual({});
    expect(store.getState().arrived).toEqual({ [first.id]: 'stored' });
    expect((await store.getState().read(first))?.size).toBe(first.bytes);
    expect(await store.getState().read(second)).toBeNull();
  });

  it('holds what cannot be kept for this visit, and says so', async () => {
    const { calls, download } = controlled();
    const keeper = keeperWith(memoryCaches(new DOMException('', 'QuotaExceededError')));
    const store = createWeightStore({ download, keeper, addresses: () => [] });
    const done = store.getState().fetch(first);
    const blob = new Blob(['x']);
    calls[0]?.finish(blob);
    expect(await done).toBe(true);
    expect(store.getState().arrived).toEqual({ [first.id]: 'full' });
    expect(await store.getState().read(first)).toBe(blob);
    store.getState().forget([first.id]);
    expect(await store.getState().read(first)).toBeNull();
  });

  it('tells why a file did not come, until it is tried again', async () => {
    const { calls, download } = controlled();
    const store = createWeightStore({ download, keeper: keeperWith(memoryCaches()), addresses: () => [] });
    const done = store.getState().fetch(first);
    calls[0]?.fail(new WeightDownloadError({ code: 'offline' }));
    expect(await done).toBe(false);
    expect(store.getState().problems).toEqual({ [first.id]: { code: 'offline' } });
    void store.getState().fetch(first);
    expect(store.getState().problems).toEqual({});
  });

  it('forgets a download that is cancelled, and can begin it anew', async () => {
    const { calls, download } = controlled();
    const store = createWeightStore({ download, keeper: keeperWith(memoryCaches()), addresses: () => [] });
    const done = store.getState().fetch(first);
    store.getState().cancel(first.id);
    expect(await done).toBe(false);
    expect(store.getState().received).toEqual({});
    expect(store.getState().problems).toEqual({});
    void store.getState().fetch(first);
    expect(calls).toHaveLength(2);
  });
});
