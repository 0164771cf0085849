import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Whether the file is a browser that starts: Ubuntu's `chromium-browser` may be a stub that only names a snap. */
function starts(path) {
  return (
    existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
  );
}

async function playwrightChromium() {
  try {
    const { chromium } = await import('@playwright/test');
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/**
 * The path of a Chromium on this machine, or undefined: `CHROMIUM_PATH` first, then the system's, then Playwright's own.
 */
export async function findChromium() {
  const candidates = [process.env.CHROMIUM_PATH, ...SYSTEM_PATHS, await playwrightChromium()];
  return candidates.find((path) => path && starts(path));
}

function run(command, args, env = {}) {
  console.log(`$ ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

/** How to become root without being asked for a password, as a command prefix, or undefined. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (has('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0)
    return ['sudo', '-n'];
  return undefined;
}

/**
 * The path of a Chromium, installed first where there is none: Debian's package, else Playwright's own download.
 * Throws where neither can be had.
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  console.log('No Chromium found; installing one.');
  const root = rootPrefix();
  if (root && has('apt-get')) {
    const aptGet = (...args) => {
      const [command, ...rest] = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
      return run(command, rest);
    };
    aptGet('update', '-qq');
    aptGet('install', '-y', '-qq', '--no-install-recommends', 'chromium');
    const installed = await findChromium();
    if (installed) return installed;
  }
  run('npx', ['playwright', 'install', ...(root ? ['--with-deps'] : []), 'chromium']);
  const downloaded = await findChromium();
  if (downloaded) return downloaded;
  throw new Error('No Chromium could be installed. Install one, or name one in CHROMIUM_PATH.');
}
