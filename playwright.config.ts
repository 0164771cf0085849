import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';

const isUnattended = process.env.CI !== undefined;
const executablePath = await findChromium();
const port = Number(process.env.E2E_PORT ?? 4173);
const underPathPort = port + 1;
/** Where the tests play the host of ImageNet weights for the site under a path. */
const mirrorPort = port + 2;
const vite = 'node node_modules/vite/bin/vite.js';
const site = `http://127.0.0.1:${port}/`;
const underPath = `http://127.0.0.1:${underPathPort}/some/path/`;

// Quiet: no test may depend on, or be disturbed by, what a browser fetches for itself.
const args = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const launchOptions = { ...(executablePath ? { executablePath } : {}), args };

/**
 * Against the built site: `site` on its own preview server; `webgpu` for tests tagged `@webgpu`, in a browser with WebGPU;
 * `under-path` for tests tagged `@under-path`, on a host of plain files without headers, under `/some/path/`.
 */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: isUnattended,
  workers: 2,
  // Where nobody watches, what fails once is tried again, recorded, and named as flaky at the end if it passes.
  retries: isUnattended ? 1 : 0,
  timeout: 90_000,
  // Two pages at a time on two cores: what a page computes in idle turns takes its time.
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'node_modules/.cache/reports/browser.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    // The document at every step is enough to see what went wrong; its pictures would take a third of the whole time.
    trace: {
      mode: isUnattended ? 'on-first-retry' : 'retain-on-failure',
      screenshots: false,
      sources: false,
    },
  },
  projects: [
    { name: 'site', grepInvert: /@webgpu|@under-path/, use: { baseURL: site, launchOptions } },
    {
      name: 'webgpu',
      grep: /@webgpu/,
      use: { baseURL: site, launchOptions: { ...launchOptions, args: [...args, '--enable-unsafe-webgpu'] } },
    },
    { name: 'under-path', grep: /@under-path/, use: { baseURL: underPath, launchOptions } },
  ],
  webServer: [
    {
      command: `${vite} preview --host 127.0.0.1 --port ${port} --strictPort`,
      url: site,
      reuseExistingServer: false,
    },
    {
      command: `${vite} build --logLevel warn --base /some/path/ --outDir dist-under-path && node scripts/serve-static.mjs dist-under-path --base /some/path/ --port ${underPathPort}`,
      env: { WEIGHTS_MIRROR: `http://127.0.0.1:${mirrorPort}/` },
      url: underPath,
      reuseExistingServer: false,
    },
  ],
});
