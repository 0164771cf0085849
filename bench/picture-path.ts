import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import type { FromWorker } from '../src/engine/runtime/protocol.ts';
import { seededTensors } from '../src/engine/weights/seeded.ts';
import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

/** One picture's way, in milliseconds of the page's clock. */
interface Way {
  /** Number of the run that answered it. */
  run: number;
  /** The file was chosen. */
  chosen: number;
  /** Its pixels, made ready, left for the worker. */
  sent: number;
  /** The worker's answer arrived. */
  back: number;
  /** `session.run` alone. */
  runMs: number;
  /** The new answer stood in the document. */
  shown: number;
}

const PICTURES = ['ship-sea', 'cat-chelsea', 'frog-sitting'];
const ROUNDS = 6;
const WARM_UP = 2;
/** Share of the bare run that the rest may take. */
const MOST_MORE = 0.15;

/**
 * Gives photographs to SqueezeNet 1.1 and times their whole way, from the chosen file to the new answer in the document,
 * beside the bare run: `session.run` with the answer as its only output, in the same session, without feature maps.
 */
export async function measurePicturePath({ url, openPage }: Site): Promise<Measurement[]> {
  const graph = lower(architectures.get('squeezenet-1.1') ?? fail());
  const page = await openPage();
  await page.addInitScript(() => {
    const ways: Way[] = [];
    const bare: number[] = [];
    Object.assign(window, { pictureWays: ways, bareRuns: bare });
    let way: Way | null = null;
    const background = new Set<number>();
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        this.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
          if (data.type !== 'ran') return;
          if (background.has(data.run)) bare.push(data.runMs);
          else if (way?.run === data.run) Object.assign(way, { back: performance.now(), runMs: data.runMs });
        });
      }

      override postMessage(message: unknown, transfer?: unknown): void {
        const asked = message as { type: string; run: number; wanted: readonly string[] };
        if (asked.type === 'run') {
          // The first run behind a chosen file is about its picture; of the others those for the answer alone are timed.
          if (way && way.sent === 0) Object.assign(way, { sent: performance.now(), run: asked.run });
          else if (asked.wanted.length === 1) background.add(asked.run);
        }
        super.postMessage(message, transfer as Transferable[]);
      }
    };
    addEventListener(
      'change',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement) || target.accept !== 'image/*') return;
        const own: Way = { run: -1, chosen: performance.now(), sent: 0, back: 0, runMs: 0, shown: 0 };
        way = own;
        const observer = new MutationObserver(() => {
          const isCurrent = document.querySelector('[data-current="true"] [aria-label="Predictions"]');
          if (own.back === 0 || !isCurrent) return;
          observer.disconnect();
          own.shown = performance.now();
          ways.push(own);
        });
        observer.observe(document.body, {
          attributes: true,
          childList: true,
          subtree: true,
          characterData: true,
        });
      },
      { capture: true },
    );
  });
  await page.goto(`${url}build`);
  await page.getByLabel('Open an ONNX file').setInputFiles({
    name: 'squeezenet.onnx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, 1) }))),
  });
  const countWays = () =>
    page.evaluate(() => (window as unknown as { pictureWays: Way[] }).pictureWays.length);
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const before = await countWays();
    const picture = PICTURES[round % PICTURES.length] ?? '';
    await page.getByLabel('Upload an image').setInputFiles(`public/pictures/${picture}.webp`);
    for (let waited = 0; (await countWays()) === before && waited < 120; waited += 1) {
      await page.waitForTimeout(250);
    }
    // The maps of the picture before are painted.
    await page.waitForTimeout(500);
    if (round === 0) await page.getByText('Clocks').click();
    // Alternating with them, so that both meet the same machine.
    if (round % 4 === 3) {
      await page.getByRole('button', { name: 'Time 30 runs' }).click();
      await page.getByRole('button', { name: 'Time 30 runs' }).waitFor({ timeout: 120_000 });
    }
  }
  const { ways, bare } = await page.evaluate(() => {
    const { pictureWays, bareRuns } = window as unknown as { pictureWays: Way[]; bareRuns: number[] };
    return { ways: pictureWays, bare: bareRuns };
  });
  await page.close();
  const counted = ways.slice(WARM_UP);
  const of = (value: (way: Way) => number): number => medianOf(counted.map(value));
  const alone = medianOf(bare);
  const whole = of(({ chosen, shown }) => shown - chosen);
  const parts = [
    `decoding and preparing ${of(({ chosen, sent }) => sent - chosen).toFixed(1)}`,
    `run ${of(({ runMs }) => runMs).toFixed(1)}`,
    `to the worker and back ${of(({ sent, back, runMs }) => back - sent - runMs).toFixed(1)}`,
    `showing ${of(({ back, shown }) => shown - back).toFixed(1)} ms`,
  ];
  return [
    {
      what: 'squeezenet-1.1, bare run in WebAssembly',
      value: alone,
      unit: 'ms',
      note: `median of ${bare.length}, the answer as its only output`,
    },
    {
      what: 'squeezenet-1.1, chosen file to answer, over the bare run',
      value: (100 * whole) / alone,
      unit: '%',
      target: 100 * (1 + MOST_MORE),
      note: `median of ${counted.length}: ${parts.join(', ')}`,
    },
  ];
}

function fail(): never {
  throw new Error('no squeezenet-1.1');
}
