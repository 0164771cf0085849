import type { Page } from '@playwright/test';
import type { FromWorker } from '../src/engine/runtime/protocol.ts';
import {
  draw,
  expectStrokes,
  pad,
  readAnswer,
  screenPlaces,
  storedDigit,
  waitForAnswer,
  waitForRuntime,
} from './drawing.ts';
import { expect, failedRequest, test } from './test.ts';

const reference = 'Answered by the page’s own evaluator';

/** The runtime's worker; its threads, if any, have workers of their own. */
async function runtimeWorker(page: Page) {
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  const worker = page.workers().find((one) => /worker-[^/]*\.js/.test(one.url()));
  if (!worker) throw new Error('the runtime has no worker');
  return worker;
}

/** One more short stroke, so that there is something to run. */
async function addStroke(page: Page, x: number): Promise<void> {
  const place = await screenPlaces(page);
  await page.mouse.move(...place([x, 200]));
  await page.mouse.down();
  await page.mouse.move(...place([x, 212]));
  await page.mouse.up();
}

test('the runtime takes over from the page’s own evaluator and agrees with it', async ({ page }) => {
  await page.goto('explore/lenet5');
  await draw(page, storedDigit(7));
  expect(await readAnswer(page)).toBe('7');
  await waitForRuntime(page);
  await expect(
    page.getByText(/Checked against the page’s own evaluator: largest difference \de[-−]\d+/),
  ).toBeVisible();
  expect(await readAnswer(page)).toBe('7');
});

test('with the runtime still on its way the page’s own evaluator answers and its progress is shown', async ({
  page,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('explore/lenet5');
  await draw(page, storedDigit(7));
  expect(await readAnswer(page)).toBe('7');
  await expect(page.getByText(reference)).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Fetching the runtime' })).toBeVisible();
  release();
  await waitForRuntime(page);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  expect(await readAnswer(page)).toBe('7');
});

test('without WebAssembly SIMD the page’s own evaluator goes on answering', async ({ page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto('explore/lenet5');
  await draw(page, storedDigit(7));
  expect(await readAnswer(page)).toBe('7');
  await expect(page.getByText('This browser has no WebAssembly SIMD')).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await draw(page, storedDigit(3));
  expect(await readAnswer(page)).toBe('3');
});

test('without WebGPU its choice is closed and says why, and an address that asks for it is answered', async ({
  page,
}) => {
  await page.goto('explore/lenet5?backend=webgpu');
  const runOn = page.getByRole('combobox', { name: 'Run on' });
  const option = runOn.getByRole('option', { name: 'WebGPU (not in this browser)' });
  await expect(option).toBeDisabled();
  await draw(page, storedDigit(7));
  expect(await readAnswer(page)).toBe('7');
  await expect(
    page.getByText('This browser offers no WebGPU adapter, so the network runs on WebAssembly.'),
  ).toBeVisible();
  await waitForRuntime(page);
});

test.describe('when something fails', () => {
  test.use({ allowedErrors: [failedRequest, /broken on purpose/] });

  test('a missing runtime file is said, the page’s own evaluator answers, and trying again mends it', async ({
    page,
  }) => {
    await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto('explore/lenet5');
    const digit = storedDigit(7);
    await draw(page, digit);
    await expect(
      page.getByText('The runtime could not be fetched: the server answered with status 404.'),
    ).toBeVisible();
    expect(await readAnswer(page)).toBe('7');
    await expect(page.getByText(reference)).toBeVisible();
    await expectStrokes(page, digit.strokes.length);
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForRuntime(page);
    expect(await readAnswer(page)).toBe('7');
  });

  test('a server that goes away before the runtime came is said', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.abort('connectionrefused'));
    await page.goto('explore/lenet5');
    await draw(page, storedDigit(7));
    await expect(
      page.getByText('The runtime could not be fetched: the server could not be reached.'),
    ).toBeVisible();
    expect(await readAnswer(page)).toBe('7');
  });

  test('a worker that breaks down in the middle of a run is started again, and the drawing is answered', async ({
    page,
  }) => {
    await page.goto('explore/lenet5');
    const digit = storedDigit(7);
    await draw(page, digit);
    await waitForRuntime(page);
    await (await runtimeWorker(page)).evaluate(() => {
      const { onmessage } = self;
      self.onmessage = (event) => {
        if (event.data.type === 'run') throw new Error('broken on purpose');
        onmessage?.call(self, event);
      };
    });
    // The words go when the runtime answers again, which may be soon: they are awaited while drawing.
    const said = page.getByText('The runtime broke down. It is started again').waitFor();
    await addStroke(page, 60);
    await said;
    await expectStrokes(page, digit.strokes.length + 1);
    await waitForAnswer(page);
    await addStroke(page, 220);
    await waitForAnswer(page);
    await waitForRuntime(page);
    await expect(page.getByText('The runtime broke down.')).toHaveCount(0);
    await expectStrokes(page, digit.strokes.length + 2);
  });

  test('a worker that falls silent is noticed, and the drawing is answered', async ({ page }) => {
    await page.goto('explore/lenet5');
    const digit = storedDigit(7);
    await draw(page, digit);
    await waitForRuntime(page);
    await (await runtimeWorker(page)).evaluate(() => self.close());
    await addStroke(page, 60);
    await expectStrokes(page, digit.strokes.length + 1);
    await expect(page.getByText('The runtime stopped answering.')).toBeVisible({ timeout: 30_000 });
    await waitForAnswer(page);
    await addStroke(page, 220);
    await waitForAnswer(page);
    await waitForRuntime(page);
    await expectStrokes(page, digit.strokes.length + 2);
  });
});

declare global {
  interface Window {
    /** Outputs of the latest run by node, kept by the test. */
    lastOutputs?: Record<string, number[]>;
  }
}

test('WebGPU reads the same digit with the same feature maps as WebAssembly @webgpu', async ({ page }) => {
  test.setTimeout(120_000);
  await page.addInitScript(() => {
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
          if (data.type !== 'ran') return;
          window.lastOutputs = Object.fromEntries(data.outputs.map(([id, values]) => [id, [...values]]));
        });
      }
    };
  });
  await page.goto('explore/lenet5?backend=wasm');
  await pad(page).waitFor();
  const digit = storedDigit(7);
  await draw(page, digit);
  await waitForRuntime(page);
  await waitForAnswer(page);
  const wasm = await page.evaluate(() => window.lastOutputs ?? {});

  await page.getByRole('combobox', { name: 'Run on' }).selectOption('webgpu');
  await expect(page.getByText('Answered by onnxruntime-web on WebGPU.')).toBeVisible({ timeout: 90_000 });
  await expect(page).toHaveURL(/[?&]backend=webgpu(&|$)/);
  expect(await readAnswer(page)).toBe('7');
  const webgpu = await page.evaluate(() => window.lastOutputs ?? {});

  // The second convolution, 6 → 16, is the one that the usual layout of WebGPU computes wrongly.
  expect(Object.keys(wasm)).toContain('conv2/conv');
  expect(Object.keys(webgpu)).toEqual(Object.keys(wasm));
  for (const [id, values] of Object.entries(wasm)) {
    const largest = Math.max(...values.map(Math.abs));
    const differences = values.map((value, index) => Math.abs(value - (webgpu[id]?.[index] ?? Number.NaN)));
    expect(Math.max(...differences) / largest, id).toBeLessThan(1e-3);
    expect(largest, id).toBeGreaterThan(0);
  }
  await expectStrokes(page, digit.strokes.length);
});
