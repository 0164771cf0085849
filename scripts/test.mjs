// Everything that is checked, in one command, from a fresh clone on: Node built-ins alone until the packages are there.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Not in test-results: Playwright empties that folder when it starts.
const reports = `${root}/node_modules/.cache/reports`;
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a program, by its absolute path or as a local package names it; true where it exits with 0. */
function run(title, command, args, env = {}) {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status } = spawnSync(resolve(root, 'node_modules/.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  console.log(
    `── ${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

/** A check without test cases of its own: where it fails it counts as one failed test. */
function check(title, command, args) {
  const passed = run(title, command, args);
  if (!passed) total.failed += 1;
  return passed;
}

/** A suite that writes a JSON report; without a readable report, or with errors outside tests, it counts as one failed. */
function suite(title, command, args, file, env, count) {
  const passed = run(title, command, args, env);
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = count(JSON.parse(readFileSync(`${reports}/${file}`, 'utf8')));
  } catch (error) {
    console.error(`No report of ${title}: ${error.message}`);
  }
  if (!passed && counts.failed === 0) counts.failed = 1;
  for (const key of Object.keys(total)) total[key] += counts[key];
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function main() {
  ensurePackages();
  const chromium = await ensureChromium();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  check('type check', 'tsc', ['-b']);
  check('lint', 'biome', ['check', '--max-diagnostics=50']);
  suite(
    'unit and property tests',
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/unit.json`],
    'unit.json',
    {},
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }),
  );
  if (!check('build', 'vite', ['build', '--logLevel', 'warn'])) return;
  check('size of the first paint', process.execPath, ['scripts/size.mjs']);
  suite(
    'browser tests',
    'playwright',
    ['test'],
    'browser.json',
    {
      CHROMIUM_PATH: chromium,
      E2E_PORT: String(await freePort()),
      PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/browser.json`,
    },
    ({ stats, errors }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
      skipped: stats.skipped,
    }),
  );
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  total.failed += 1;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
