import type { FromWorker } from '../src/engine/runtime/protocol.ts';
import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

declare global {
  interface Window {
    /** Times of `session.run` in the worker, in milliseconds. */
    runTimes: number[];
    /** For each pen lifted: from the event's own time to the new answer in the document, and to the frame after it. */
    answerTimes: { inDocument: number; painted: number }[];
  }
}

const STROKES = 60;
/** Strokes before anything is counted: compilers warm up, the runtime arrives. */
const WARM_UP = 10;

/** Draws short strokes in the real page and times each from the lifted pen to the new answer, and the run itself. */
export async function measureDrawing({ url, openPage }: Site): Promise<Measurement[]> {
  const page = await openPage();
  await page.addInitScript(() => {
    window.runTimes = [];
    window.answerTimes = [];
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        this.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
          if (data.type === 'ran') window.runTimes.push(data.runMs);
        });
      }
    };
    addEventListener(
      'pointerup',
      ({ timeStamp, target }) => {
        if (!(target instanceof Element) || target.getAttribute('aria-label') !== 'Draw a digit') return;
        const list = document.querySelector('[aria-label="Predictions"]');
        const panel = list?.closest('[data-current]');
        if (!panel) return;
        // The lifted pen adds a point, and the page was at rest: the next run to return, or the panel saying that its
        // answer is out of date, parts the answer to come from the one that stood.
        const runsBefore = window.runTimes.length;
        let outdated = false;
        const observer = new MutationObserver(() => {
          const current = panel.getAttribute('data-current') === 'true';
          if (!current) outdated = true;
          if (!current || !(outdated || window.runTimes.length > runsBefore)) return;
          observer.disconnect();
          const inDocument = performance.now() - timeStamp;
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () =>
              window.answerTimes.push({ inDocument, painted: performance.now() - timeStamp });
            channel.port2.postMessage(null);
          });
        });
        observer.observe(panel, { attributes: true, childList: true, subtree: true, characterData: true });
      },
      { capture: true },
    );
  });
  await page.goto(`${url}explore/lenet5`);
  const surface = page.getByLabel('Draw a digit', { exact: true });
  await surface.waitFor();
  const box = await surface.boundingBox();
  if (!box) throw new Error('the pad is not in view');
  const session = await page.context().newCDPSession(page);
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x: box.x + x * box.width,
      y: box.y + y * box.height,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
    });

  const counts = async () =>
    page.evaluate(() => [window.answerTimes.length, window.runTimes.length] as const);
  for (let stroke = 0; stroke < STROKES + WARM_UP; stroke += 1) {
    if (stroke % 6 === 0) await page.getByRole('button', { name: 'Clear', exact: true }).click();
    if (stroke === WARM_UP) {
      await page.getByText('Answered by onnxruntime-web on WebAssembly.').waitFor({ timeout: 60_000 });
      await page.evaluate(() => {
        window.answerTimes = [];
        window.runTimes = [];
      });
    }
    const x = 0.25 + 0.1 * (stroke % 6);
    await send('mousePressed', x, 0.25);
    for (let step = 1; step <= 5; step += 1) await send('mouseMoved', x, 0.25 + 0.08 * step);
    // The page is at rest before the pen is lifted, so that one answer is timed and not a queue of them.
    await page.waitForTimeout(150);
    await send('mouseReleased', x, 0.75);
    await page.waitForTimeout(150);
  }
  const [answered, runs] = await counts();
  const { answerTimes, runTimes } = await page.evaluate(() => ({
    answerTimes: window.answerTimes,
    runTimes: window.runTimes,
  }));
  await page.close();
  return [
    {
      what: 'lenet5, one run in WebAssembly',
      value: medianOf(runTimes),
      unit: 'ms',
      target: 1,
      note: `median of ${runs} runs, every feature map returned`,
    },
    {
      what: 'pen lifted to new prediction',
      value: medianOf(answerTimes.map(({ inDocument }) => inDocument)),
      unit: 'ms',
      target: 16,
      note: `median of ${answered}, to the new list in the document`,
    },
    {
      what: 'pen lifted to the frame after',
      value: medianOf(answerTimes.map(({ painted }) => painted)),
      unit: 'ms',
      note: `median of ${answered}; software rendering where there is no GPU`,
    },
  ];
}
