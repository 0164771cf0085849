// Serves a built site as a host of plain files does: no special headers, a folder's index.html, 404.html for the rest.
// Usage: node scripts/serve-static.mjs FOLDER [--port PORT] [--base /some/path/]
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '4180' }, base: { type: 'string', default: '/' } },
});
const folder = resolve(positionals[0] ?? 'dist');

const TYPES = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** The file or folder behind an address, or undefined; never one outside the folder. */
function fileBehind(pathname) {
  if (!pathname.startsWith(values.base)) return undefined;
  const path = join(folder, normalize(`/${decodeURIComponent(pathname.slice(values.base.length))}`));
  return existsSync(path) ? path : undefined;
}

const server = createServer((request, response) => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  let found = fileBehind(pathname);
  if (found && statSync(found).isDirectory()) {
    // As GitHub Pages does: a folder is answered at its address with a slash.
    if (!pathname.endsWith('/')) {
      response.writeHead(301, { Location: `${pathname}/${search}` }).end();
      return;
    }
    const index = join(found, 'index.html');
    found = existsSync(index) ? index : undefined;
  }
  const file = found ?? join(folder, '404.html');
  if (!existsSync(file)) {
    response.writeHead(404).end('Not found');
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(found ? 200 : 404, { 'Content-Type': type, 'Content-Length': statSync(file).size });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
});

server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}${values.base}`);
});
