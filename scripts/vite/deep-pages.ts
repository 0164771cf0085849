import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Plugin, type ResolvedConfig, runnerImport } from 'vite';

/** Pages with one address, beside one page per network. */
const PAGES = ['about', 'build', 'compare', 'device', 'explore'];

/**
 * The deep addresses of the site, relative to its base and without slashes at either end.
 * Throws where the catalogue cannot be loaded.
 */
export async function listDeepAddresses(root: string): Promise<string[]> {
  const { module } = await runnerImport<{ architectures: ReadonlyMap<string, unknown> }>(
    join(root, 'src/architectures/index.ts'),
    { root, configFile: false, logLevel: 'error' },
  );
  return [...PAGES, ...Array.from(module.architectures.keys(), (id) => `explore/${id}`)];
}

/**
 * Whether an address asks for a page of the app rather than for a file: its last name does not end as files do, in a dot
 * and a word. `squeezenet-1.0` is a network.
 */
export function isPageAddress(pathname: string): boolean {
  return !/\.[a-z][a-z0-9]*$/i.test(pathname.split('/').at(-1) ?? '');
}

/**
 * Gives every deep address a page of its own, so that a host of plain files answers it with 200, and a `404.html` that
 * starts the app at any other. In `vite preview`, page addresses fall back to the app and missing files are missing:
 * with Vite's own fallback a missing weight file would arrive as HTML.
 */
export function deepPages(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'convatlas:deep-pages',
    configResolved(resolved) {
      config = resolved;
    },
    config: (_, { isPreview }) => (isPreview ? { appType: 'mpa' } : {}),
    async closeBundle() {
      if (config.command !== 'build') return;
      const out = resolve(config.root, config.build.outDir);
      const index = join(out, 'index.html');
      const pages = (await listDeepAddresses(config.root)).map((address) => join(out, address, 'index.html'));
      for (const page of [join(out, '404.html'), ...pages]) {
        await mkdir(dirname(page), { recursive: true });
        await copyFile(index, page);
      }
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, _response, next) => {
        const { pathname, search } = new URL(`http://localhost${request.url ?? '/'}`);
        if (isPageAddress(pathname) && pathname.startsWith(config.base)) {
          request.url = `${config.base}index.html${search}`;
        }
        next();
      });
    },
  };
}
