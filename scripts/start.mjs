// Installs what is missing, builds where the build is older than its sources, and serves the built site.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));
const SOURCES = ['src', 'public', 'scripts/vite', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** The newest modification time in ms of a file, or of a folder and all in it. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(`${path}/${name}`)));
}

function buildIsStale() {
  try {
    const built = statSync(`${root}/dist/404.html`).mtimeMs;
    return SOURCES.some((source) => newest(`${root}/${source}`) > built);
  } catch {
    return true;
  }
}

try {
  ensurePackages();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

if (buildIsStale()) {
  console.log('Building …');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error('The build failed; what it said stands above.');
    process.exit(1);
  }
}

// Vite takes the next free port where this one is in use, and prints the address it serves.
const args = [vite, 'preview', '--host', '127.0.0.1', '--port', process.env.PORT ?? '4173'];
const server = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
