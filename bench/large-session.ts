import { readFileSync } from 'node:fs';
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

/** Makes VGG-16 ready with random weights: the time until it can run, and the memory that the tab takes at most. */
export async function measureLargeSession({ url, openPage }: Site): Promise<Measurement[]> {
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
  await page.goto(`${url}explore/vgg16?model=random`);
  const button = page.getByRole('button', { name: 'Run with random weights' });
  await button.waitFor({ timeout: 60_000 });
  const browser = page.context().browser();
  const session = await browser?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const looking = () => renderers.reduce((sum, pid) => sum + residentBytes(pid), 0);
  const before = looking();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, looking());
  }, LOOK_MS);
  await button.click();
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
  const peakToSession = peak;
  await page
    .locator('[data-current="true"]')
    .getByRole('list', { name: 'Predictions' })
    .waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
  clearInterval(timer);
  await page.close();
  return [
    {
      what: 'vgg16 with random weights, time to session',
      value: facts.startMs,
      unit: 'ms',
      target: 2000,
      note: `starting WebAssembly, making 138 million weights, and the session; ${facts.threads} threads`,
    },
    {
      what: 'vgg16, memory of the tab until the session',
      value: peakToSession / 1e6,
      unit: 'MB',
      target: 1400,
      note: `most that its process held; ${(before / 1e6).toFixed(0)} MB before`,
    },
    {
      what: 'vgg16, memory of the tab with a first run',
      value: peak / 1e6,
      unit: 'MB',
      note: 'the same with the maps on screen',
    },
  ];
}
