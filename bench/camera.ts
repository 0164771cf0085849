import type { FromWorker } from '../src/engine/runtime/protocol.ts';
import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

const SECONDS = 6;

/** Shows a moving picture to the page in place of a camera, and counts the frames that are answered in the document. */
export async function measureCamera({ url, openPage }: Site): Promise<Measurement[]> {
  const page = await openPage();
  await page.addInitScript(() => {
    const runs: number[] = [];
    const Original = Worker;
    Object.assign(window, { cameraRuns: runs });
    window.Worker = class extends Original {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        this.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
          if (data.type === 'ran') runs.push(data.runMs);
        });
      }
    };
    // As large as a camera's frames, and different each time.
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    const context = canvas.getContext('2d');
    let turn = 0;
    setInterval(() => {
      if (!context) return;
      turn += 1;
      context.fillStyle = `hsl(${(turn * 7) % 360} 60% 50%)`;
      context.fillRect(0, 0, 640, 480);
      context.fillStyle = '#222222';
      context.fillRect((turn * 9) % 640, 120, 200, 200);
    }, 33);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
  });
  await page.goto(`${url}explore/nin-small-cifar10`);
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await page.getByText('Answered by onnxruntime-web on WebAssembly.').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  const { answers, runs } = await page.evaluate(async (seconds) => {
    const times = (window as unknown as { cameraRuns: number[] }).cameraRuns;
    const before = times.length;
    const list = document.querySelector('[aria-label="Predictions"]');
    let count = 0;
    const observer = new MutationObserver(() => {
      count += 1;
    });
    // Of one answer all numbers change at once, and nothing else changes them.
    if (list) observer.observe(list, { subtree: true, characterData: true });
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    observer.disconnect();
    return { answers: count, runs: times.slice(before) };
  }, SECONDS);
  await page.close();
  return [
    {
      what: 'nin-small-cifar10, from camera frame to frame',
      value: (1000 * SECONDS) / answers,
      unit: 'ms',
      target: 1000 / 15,
      note: `${answers} new answers in the document in ${SECONDS} s of 30 frames each; one run ${medianOf(runs).toFixed(1)} ms`,
    },
  ];
}
