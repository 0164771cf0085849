import { readFileSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { onnxOutline } from '../src/engine/onnx/export.ts';
import type { FromWorker } from '../src/engine/runtime/protocol.ts';
import type { Site } from './site.ts';
import type { Measurement } from './table.ts';

/** Milliseconds between two looks at the memory of the tab's process. */
const LOOK_MS = 50;

/** Resident bytes of a process; 0 of one that is gone, or where the system does not say. */
function residentBytes(pid: number): number {
  try {
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** What making a network ready took. */
interface Readiness {
  /** Milliseconds from the runtime's files to a session. */
  readonly startMs: number;
  readonly threads: number;
  /** Resident bytes of the tab's process: before, at most until the session, and at most with a first run. */
  readonly before: number;
  readonly toSession: number;
  readonly withRun: number;
}

/** Makes a network ready on a page that is at it, and lets it answer one picture. @param start what a visitor does first */
async function measureReadiness(page: Page, start: () => Promise<void>): Promise<Readiness> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  // The browser keeps other processes of the kind ready; the tab's is the one that grows.
  const look = () => renderers.map(residentBytes);
  const before = look();
  let peaks = before;
  const timer = setInterval(() => {
    const now = look();
    peaks = peaks.map((most, index) => Math.max(most, now[index] ?? 0));
  }, LOOK_MS);
  await start();
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/cat-chelsea.webp');
  const read = () =>
    page.evaluate(
      () => (window as unknown as { loadedFacts?: { startMs: number; threads: number } }).loadedFacts ?? null,
    );
  let facts = await read();
  for (let waited = 0; !facts && waited < 240; waited += 1) {
    await page.waitForTimeout(500);
    facts = await read();
  }
  if (!facts) throw new Error('VGG-16 was not loaded');
  const toSession = Math.max(...peaks);
  await page
    .locator('[data-current="true"]')
    .getByRole('list', { name: 'Predictions' })
    .waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
  clearInterval(timer);
  const withRun = Math.max(...peaks);
  return { ...facts, before: before[peaks.indexOf(withRun)] ?? 0, toSession, withRun };
}

/** A page that keeps what its runtime says of a session. */
async function openWatched({ openPage }: Site): Promise<Page> {
  const page = await openPage();
  await page.addInitScript(() => {
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        this.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
          if (data.type === 'loaded') Object.assign(window, { loadedFacts: data.facts });
        });
      }
    };
  });
  return page;
}

/** Writes VGG-16 as an ONNX file whose weights are holes: it reads as 553 MB of zeros, and takes no disk. */
async function writeHollow(path: string): Promise<void> {
  const architecture = architectures.get('vgg16');
  if (!architecture) throw new Error('no vgg16');
  const file = await open(path, 'w');
  let at = 0;
  for (const part of onnxOutline(lower(architecture))) {
    if (part instanceof Uint8Array) await file.write(part, 0, part.length, at);
    at += part.length;
  }
  await file.truncate(at);
  await file.close();
}

const memory = (what: string, { before, toSession, withRun }: Readiness): Measurement[] => [
  {
    what: `${what}, memory of the tab until the session`,
    value: toSession / 1e6,
    unit: 'MB',
    target: 1400,
    note: `most that its process held; ${(before / 1e6).toFixed(0)} MB before`,
  },
  {
    what: `${what}, memory of the tab with a first run`,
    value: withRun / 1e6,
    unit: 'MB',
    note: 'the same with the maps on screen',
  },
];

/** Makes VGG-16 ready, out of a file and with random weights: the time until it can run, and the memory that the tab takes at most. */
export async function measureLargeSession(site: Site): Promise<Measurement[]> {
  const opening = await openWatched(site);
  await opening.goto(`${site.url}build`);
  const folder = await mkdtemp(join(tmpdir(), 'convatlas-'));
  const path = join(folder, 'vgg16.onnx');
  await writeHollow(path);
  const opened = await measureReadiness(opening, async () => {
    await opening.getByLabel('Open an ONNX file').setInputFiles(path);
    await opening.getByRole('button', { name: 'Upload an image' }).waitFor({ timeout: 60_000 });
  });
  await opening.close();
  await rm(folder, { recursive: true });

  const page = await openWatched(site);
  await page.goto(`${site.url}explore/vgg16?model=random`);
  const button = page.getByRole('button', { name: 'Run with random weights' });
  await button.waitFor({ timeout: 60_000 });
  const random = await measureReadiness(page, () => button.click());
  await page.close();
  return [
    {
      what: 'vgg16 out of a file, time to session',
      value: opened.startMs,
      unit: 'ms',
      target: 2000,
      note: `starting WebAssembly, reading 553 MB, and the session; ${opened.threads} threads`,
    },
    ...memory('vgg16 out of a file', opened),
    {
      what: 'vgg16 with random weights, time to session',
      value: random.startMs,
      unit: 'ms',
      note: `the same, with the making of 138 million weights instead of reading; ${random.threads} threads`,
    },
    ...memory('vgg16 with random weights', random),
  ];
}
