/** Name of the cache; another number when what it holds changes its form. */
const CACHE = 'convatlas-weights-1';

/** When a file was kept, ISO 8601. */
const KEPT = 'x-kept';

/** A file of weights in the browser's storage. */
export interface KeptFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Null where it is not known. */
  readonly kept: Date | null;
}

/** What a file is found by. */
export type FileKey = Pick<KeptFile, 'file' | 'bytes' | 'sha256'>;

/** What became of a file that was to be kept: in storage; storage is full; there is no storage (a page over plain http, or a private window). */
export type KeepOutcome = 'stored' | 'full' | 'unavailable';

/** Storage that a site may use, in bytes. */
export interface Space {
  readonly used: number;
  readonly quota: number;
}

/** The part of the browser that keeps files. */
export interface KeeperPlatform {
  /** Undefined where the page has no Cache Storage. */
  readonly caches: CacheStorage | undefined;
  readonly estimate: (() => Promise<StorageEstimate>) | undefined;
  /** Address of the site: what its cached files are filed under. */
  readonly base: string;
}

/** Keeps files of weights in Cache Storage, each by the hash of its bytes. */
export interface WeightKeeper {
  keep(key: FileKey, blob: Blob): Promise<KeepOutcome>;
  /** The file's bytes; null where it is not kept, or not whole. */
  find(key: FileKey): Promise<Blob | null>;
  /** Everything that is kept, newest first. */
  list(): Promise<readonly KeptFile[]>;
  remove(key: Pick<FileKey, 'file' | 'sha256'>): Promise<void>;
  removeAll(): Promise<void>;
  /** Null where the browser does not say. */
  space(): Promise<Space | null>;
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && /quota/i.test(`${error.name} ${error.message}`);

/** Makes a keeper of files. */
export function createKeeper({ caches, estimate, base }: KeeperPlatform): WeightKeeper {
  const urlOf = ({ file, sha256 }: Pick<FileKey, 'file' | 'sha256'>): string =>
    new URL(`weights/${sha256}/${file}`, base).href;
  // Storage may be forbidden by the browser's settings: asking for it then fails.
  const open = async (): Promise<Cache | null> => {
    try {
      return (await caches?.open(CACHE)) ?? null;
    } catch {
      return null;
    }
  };
  const describe = async (cache: Cache, request: Request): Promise<KeptFile | null> => {
    const [, sha256, file] = /\/weights\/([0-9a-f]{64})\/([^/]+)$/.exec(request.url) ?? [];
    const response = await cache.match(request);
    if (!response || sha256 === undefined || file === undefined) return null;
    const kept = new Date(response.headers.get(KEPT) ?? '');
    return {
      sha256,
      file: decodeURIComponent(file),
      bytes: Number(response.headers.get('content-length') ?? 0),
      kept: Number.isNaN(kept.getTime()) ? null : kept,
    };
  };
  return {
    async keep(key, blob) {
      const cache = await open();
      if (!cache) return 'unavailable';
      try {
        await cache.put(
          urlOf(key),
          new Response(blob, {
            headers: {
              'content-type': 'application/octet-stream',
              'content-length': String(key.bytes),
              [KEPT]: new Date().toISOString(),
            },
          }),
        );
        return 'stored';
      } catch (error) {
        await cache.delete(urlOf(key)).catch(() => false);
        return isFull(error) ? 'full' : 'unavailable';
      }
    },
    async find(key) {
      const cache = await open();
      const blob = await (await cache?.match(urlOf(key)))?.blob();
      return blob && blob.size === key.bytes ? blob : null;
    },
    async list() {
      const cache = await open();
      if (!cache) return [];
      const found = await Promise.all((await cache.keys()).map((request) => describe(cache, request)));
      return found
        .filter((one) => one !== null)
        .sort((a, b) => (b.kept?.getTime() ?? 0) - (a.kept?.getTime() ?? 0));
    },
    async remove(key) {
      await (await open())?.delete(urlOf(key));
    },
    async removeAll() {
      await caches?.delete(CACHE).catch(() => false);
    },
    async space() {
      try {
        const { usage, quota } = (await estimate?.()) ?? {};
        return usage === undefined || quota === undefined ? null : { used: usage, quota };
      } catch {
        return null;
      }
    },
  };
}
