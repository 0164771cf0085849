// The JavaScript that the explore page needs for its first paint, gzipped, in bytes; more than the limit fails.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 150_000;
const dist = new URL('../dist/', import.meta.url);

function read(file) {
  try {
    return readFileSync(new URL(file, dist));
  } catch {
    console.error(`dist/${file} is missing: run npm run build first.`);
    process.exit(1);
  }
}

const manifest = JSON.parse(read('.vite/manifest.json').toString());

/** Adds a chunk and all it imports statically. */
function collect(key, into) {
  if (into.has(key)) return into;
  into.add(key);
  for (const imported of manifest[key].imports ?? []) collect(imported, into);
  return into;
}

const page = read('index.html').toString();
const started = [...page.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, address]) => address);
const needed = new Set();
for (const key of Object.keys(manifest)) {
  if (started.some((address) => address.endsWith(`/${manifest[key].file}`))) collect(key, needed);
}
// A route that is loaded lazily is still part of its page's first paint; its file is the one that only its page needs.
const route = Object.keys(manifest).find(
  (key) => key === 'src/app/routes/explore.tsx' || manifest[key].name === 'network',
);
if (!route || needed.size === 0) {
  console.error('The files of the explore page cannot be found in the manifest of the build.');
  process.exit(1);
}
collect(route, needed);

const scripts = new Set(['theme.js', ...[...needed].map((key) => manifest[key].file)]);
const rows = [...scripts]
  .filter((file) => file.endsWith('.js'))
  .map((file) => ({ file, raw: read(file).length, gzip: gzipSync(read(file), { level: 9 }).length }))
  .sort((a, b) => b.gzip - a.gzip);
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);

const line = (raw, gzip, name) =>
  console.log(`${String(raw).padStart(10)} ${String(gzip).padStart(10)}  ${name}`);
line('raw', 'gzip', 'explore page, first paint');
for (const { file, raw, gzip } of rows) line(raw, gzip, file);
line(sum('raw'), sum('gzip'), `total; limit ${LIMIT} gzip`);
if (sum('gzip') > LIMIT) {
  console.error(`Over the limit by ${sum('gzip') - LIMIT} bytes.`);
  process.exit(1);
}
