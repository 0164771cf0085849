// The JavaScript that the explore page needs for its first paint, gzipped: the aim is 150 kB, and it must not grow
// beyond the limit (React DOM alone is 64 kB; the definitions of all families 11 kB).
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const AIM = 150_000;
const LIMIT = 163_000;
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

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const needed = collect(entry, new Set());
// A route that is loaded lazily is still part of its page's first paint.
const route = Object.keys(manifest).find((key) => /^src\/app\/routes\/explore/.test(key));
if (route) collect(route, needed);

const scripts = new Set(['theme.js', ...[...needed].map((key) => manifest[key].file)]);
const rows = [...scripts]
  .filter((file) => file.endsWith('.js'))
  .map((file) => ({ file, raw: read(file).length, gzip: gzipSync(read(file), { level: 9 }).length }))
  .sort((a, b) => b.gzip - a.gzip);
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);

const line = (raw, gzip, name) =>
  console.log(`${String(raw).padStart(10)} ${String(gzip).padStart(10)}  ${name}`);
line('raw', 'gzip', `explore page, first paint (route chunk: ${route ?? 'none, part of the entry'})`);
for (const { file, raw, gzip } of rows) line(raw, gzip, file);
line(sum('raw'), sum('gzip'), `total; aim ${AIM}, limit ${LIMIT} gzip`);
if (sum('gzip') > AIM) console.log(`The aim is missed by ${sum('gzip') - AIM} bytes.`);
if (sum('gzip') > LIMIT) {
  console.error(`Over the limit by ${sum('gzip') - LIMIT} bytes.`);
  process.exit(1);
}
