import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { imagenetWeights } from '../src/app/models/imagenet-weights.ts';
import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import { seededTensors } from '../src/engine/weights/seeded.ts';
import { figureBox } from './page.ts';
import { expect, failedRequest, test } from './test.ts';

const REAL = '../shared/models/squeezenet1.1-fp32.onnx';
const CAT = '../shared/photos/chelsea-cat.png';

const entry = imagenetWeights.find(({ id }) => id === 'squeezenet1.1-7');
if (!entry) throw new Error('squeezenet1.1-7 is not in the table');

/** A file that holds SqueezeNet 1.1: with ImageNet's weights where they are at hand, else with random ones. */
function squeezenet(): Buffer {
  if (existsSync(REAL)) return readFileSync(REAL);
  const architecture = architectures.get('squeezenet-1.1');
  if (!architecture) throw new Error('no squeezenet-1.1');
  const graph = lower(architecture);
  return Buffer.from(modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, 1) })));
}

/** A host of files. */
interface Host {
  /** What it was asked, with referrer and range where there are any. */
  readonly asked: string[];
  /** How it answers. */
  answer: (response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Plays the host of the weights. */
async function playHost(port: number): Promise<Host> {
  const server = createServer((request, response) => {
    const { referer = '', range = '' } = request.headers;
    host.asked.push(`${request.method} ${request.url} ${referer}${range}`.trim());
    response.setHeader('Access-Control-Allow-Origin', '*');
    host.answer(response);
  });
  const host: Host = {
    asked: [],
    answer: (response) => response.writeHead(503).end(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return host;
}

/** Has the page's table expect the file at hand: the published one cannot be part of this repository. */
async function expectFile(page: Page, file: Buffer): Promise<void> {
  const hash = createHash('sha256').update(file).digest('hex');
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    const response = await route.fetch();
    const text = (await response.text())
      .replaceAll(entry?.sha256 ?? '', hash)
      .replaceAll(String(entry?.bytes), String(file.length));
    await route.fulfill({ response, body: text });
  });
}

const row = (page: Page, name: RegExp): Locator => page.getByRole('listitem', { name });
const imagenetRow = (page: Page): Locator => row(page, /^ImageNet weights/);
const predictions = (page: Page): Locator =>
  page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' }).getByRole('listitem');

const chooseSample = (page: Page) =>
  page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();

test.describe('weights from a host', () => {
  const port = Number(process.env.E2E_PORT ?? 4173) + 2;
  test.describe.configure({ mode: 'serial' });
  test.use({
    allowedRequests: [new RegExp(`^http://127\\.0\\.0\\.1:${port}/`)],
    allowedErrors: [failedRequest],
  });

  let host: Host;
  test.beforeAll(async () => {
    host = await playHost(port);
  });
  test.afterAll(() => host.close());
  test.beforeEach(() => {
    host.asked.length = 0;
  });
  // What the runtime still asks for when a test has seen all that it wants ends with the page.
  test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

  test('what does not arrive right is told in one sentence, and can be tried again @under-path', async ({
    page,
  }) => {
    const file = squeezenet();
    const wrong = Buffer.from(file);
    wrong[1000] = (wrong[1000] ?? 0) ^ 1;
    await expectFile(page, file);
    await page.goto('explore/squeezenet-1.1');
    const weights = imagenetRow(page);
    await expect(weights).toContainText('56.34 %');
    await expect(weights).toContainText('Apache-2.0');
    await page.waitForLoadState('networkidle');
    expect(host.asked, 'before anything is asked for').toEqual([]);

    host.answer = (response) => response.writeHead(404).end();
    await weights.getByRole('button', { name: /^Download/ }).click();
    await expect(weights.getByRole('alert')).toContainText('answered with status 404');
    const again = weights.getByRole('button', { name: /^Try again/ });

    host.answer = (response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
    await again.click();
    await expect(weights.getByRole('alert')).toContainText('a web page or a text instead');

    host.answer = (response) => response.end(file.subarray(0, file.length / 2));
    await again.click();
    await expect(weights.getByRole('alert')).toContainText('ended too early');

    host.answer = (response) => response.end(wrong);
    await again.click();
    await expect(weights.getByRole('alert')).toContainText('SHA-256 differs');

    // The page lives on, and nothing of all that was kept.
    await expect(figureBox(page, 'conv1')).toBeVisible();
    await page.getByRole('button', { name: 'Stored weights …' }).click();
    await expect(page.getByRole('dialog')).toContainText('Nothing is stored.');
    await page.keyboard.press('Escape');

    host.answer = (response) => response.end(file);
    await again.click();
    await expect(weights.getByText('In use')).toBeVisible({ timeout: 60_000 });
    expect(new Set(host.asked)).toEqual(new Set(['GET /squeezenet1.1-7.onnx']));
  });

  test('a silent host is given up, and a slow one can be cancelled @under-path', async ({ page }) => {
    const file = squeezenet();
    await expectFile(page, file);
    await page.clock.install();
    await page.goto('explore/squeezenet-1.1');
    const weights = imagenetRow(page);
    host.answer = (response) => {
      response.writeHead(200, { 'Content-Length': file.length });
      response.write(file.subarray(0, 1_000_000));
    };
    await weights.getByRole('button', { name: /^Download/ }).click();
    await expect(weights.getByText(/^977 KiB of 4\.7\d MiB/)).toBeVisible();
    await page.clock.fastForward(31_000);
    await expect(weights.getByRole('alert')).toContainText('sent nothing for 30 seconds');

    await weights.getByRole('button', { name: /^Try again/ }).click();
    await weights.getByRole('button', { name: /^Cancel/ }).click();
    await expect(weights.getByRole('button', { name: /^Download/ })).toBeVisible();
    await expect(weights.getByRole('alert')).toHaveCount(0);
  });

  test('weights that arrived classify a picture, are found again, and can be removed @under-path', async ({
    page,
  }) => {
    const file = squeezenet();
    await expectFile(page, file);
    host.answer = (response) => response.end(file);
    await page.goto('explore/squeezenet-1.1');
    const weights = imagenetRow(page);
    await weights.getByRole('button', { name: /^Download/ }).click();
    await expect(weights.getByText('In use')).toBeVisible({ timeout: 60_000 });
    await expect(page).toHaveURL(/model=squeezenet1\.1-7/);
    await expect(page.getByText('The file holds this network, layer for layer')).toBeVisible();
    if (existsSync(REAL) && existsSync(CAT)) {
      await page.getByLabel('Upload an image').setInputFiles(CAT);
      // Classes 281 to 285 are cats at home.
      await expect(predictions(page).first()).toHaveAttribute('data-class', /^28[1-5]$/, { timeout: 60_000 });
    } else {
      await chooseSample(page);
    }
    await expect(predictions(page)).toHaveCount(5, { timeout: 60_000 });

    // A second visit asks nobody.
    host.asked.length = 0;
    await page.reload();
    await expect(imagenetRow(page).getByText('In use')).toBeVisible({ timeout: 60_000 });
    await chooseSample(page);
    await expect(predictions(page)).toHaveCount(5, { timeout: 60_000 });
    expect(host.asked).toEqual([]);

    await imagenetRow(page).getByRole('button', { name: /^Stop/ }).click();
    await expect(imagenetRow(page).getByRole('button', { name: /^Use/ })).toBeVisible();
    await page.getByRole('button', { name: 'Stored weights …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Weights stored in this browser' });
    await expect(dialog.getByRole('row').nth(1)).toContainText('squeezenet1.1-7.onnx');
    await dialog.getByRole('button', { name: 'Remove squeezenet1.1-7.onnx' }).click();
    await expect(dialog).toContainText('Nothing is stored.');
    await page.keyboard.press('Escape');
    await expect(imagenetRow(page).getByRole('button', { name: /^Download/ })).toBeVisible();
  });

  test('a compared network offers its weights, reads the picture once they are here, and finds them again @under-path', async ({
    page,
  }) => {
    test.slow();
    const file = squeezenet();
    await expectFile(page, file);
    host.answer = (response) => response.writeHead(404).end();
    await page.goto('compare?n=squeezenet-1.1&n=nin-small-cifar10');
    const column = page.getByRole('region', { name: 'SqueezeNet 1.1', exact: true });
    const weights = column.getByRole('listitem', { name: /^ImageNet weights/ });
    await expect(weights).toContainText(`127.0.0.1:${port}`);
    await expect(weights).toContainText(/of the whole tab at most/);
    await page.waitForLoadState('networkidle');
    expect(host.asked, 'before anything is asked for').toEqual([]);
    await expect(column.getByText(/Random weights/)).toHaveCount(0);

    await weights.getByRole('button', { name: /^Download 4\.7\d MiB/ }).click();
    await expect(weights.getByRole('alert')).toContainText('answered with status 404');
    host.answer = (response) => response.write(file.subarray(0, 1_000_000));
    await weights.getByRole('button', { name: /^Try again/ }).click();
    await expect(weights.getByText(/^977 KiB of 4\.7\d MiB/)).toBeVisible();
    await weights.getByRole('button', { name: /^Cancel/ }).click();
    host.answer = (response) => response.end(file);
    await weights.getByRole('button', { name: /^Download/ }).click();
    await expect(column).toContainText('56.34 % of ImageNet', { timeout: 60_000 });

    const list = (of: Locator) => of.getByRole('list', { name: 'Predictions' }).getByRole('listitem');
    const other = page.getByRole('region', { name: 'NiN, small (CIFAR-10)', exact: true });
    await chooseSample(page);
    await expect(list(column)).toHaveCount(5, { timeout: 60_000 });
    await expect(list(other)).toHaveCount(5, { timeout: 60_000 });
    // Each within its own classes.
    await expect(page.getByText(/^SqueezeNet 1\.1 says .*ImageNet/)).toBeVisible();
    await expect(page.getByText(/^Answers are compared within one set of classes only/)).toBeVisible();

    const controls = page.getByRole('region', { name: 'Where they looked' });
    await controls.getByRole('button', { name: 'Class activation' }).click();
    await expect(column.getByRole('img', { name: /^Class activation map of/ })).toBeVisible();
    await controls.getByRole('button', { name: 'Occlusion' }).click();
    for (const name of ['3/8', '1']) await controls.getByRole('button', { name, exact: true }).click();
    await controls.getByRole('button', { name: 'Cover and ask all' }).click();
    await expect(column.getByText(/with nothing covered; it changes by at most/)).toBeVisible({
      timeout: 60_000,
    });

    // A second visit asks nobody, and what is stored is used.
    host.asked.length = 0;
    await page.reload();
    await expect(column).toContainText('56.34 % of ImageNet', { timeout: 60_000 });
    await column.getByText('Weights to read with').click();
    await weights.getByRole('button', { name: /^Stop/ }).click();
    await expect(weights.getByRole('button', { name: /^Use/ })).toBeVisible();
    await expect(column).toContainText('It reads pictures once');
    expect(host.asked).toEqual([]);
  });
});

for (const id of ['squeezenet-1.1', 'resnet18']) {
  test(`${id} runs with random weights once it is asked to, and says that they are`, async ({ page }) => {
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    // The address alone starts nothing.
    await page.goto(`explore/${id}?model=random`);
    await expect(row(page, /^Random weights/)).toContainText('once you press the button');
    await page.waitForLoadState('networkidle');
    expect(fetched.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    await page.getByRole('button', { name: 'Run with random weights' }).click();
    await chooseSample(page);
    await expect(predictions(page)).toHaveCount(5, { timeout: 60_000 });
    await expect(predictions(page).first()).toContainText(/^Class \d+/);
    await expect(page.getByText('These weights are random: the answer means nothing.')).toBeVisible();
    await expect(
      page.getByRole('definition').filter({ hasText: /WebAssembly, (one run|median of)/ }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Stop and free memory: Random weights' }).click();
    await expect(page.getByLabel('Upload an image')).toHaveCount(0);
  });
}

test('a run that cannot fit is refused with its reason', async ({ page }) => {
  await page.goto('explore/vgg19?input=2048');
  const random = row(page, /^Random weights/);
  await expect(random).toContainText('It is not run: it would need');
  await expect(random.getByRole('button', { name: 'Run with random weights' })).toBeDisabled();
  await page.goto('explore/vgg19');
  await expect(random.getByRole('button', { name: 'Run with random weights' })).toBeEnabled();
});

test('the choice of weights can be used by everyone, in both languages', async ({ page }) => {
  await page.goto('explore/nin-small-cifar10?model=nothing-of-that-name');
  await expect(page.getByRole('alert')).toContainText('knows no weights called “nothing-of-that-name”');
  await row(page, /^Weights trained on CIFAR-10/)
    .getByRole('button', { name: /^Use/ })
    .click();
  await expect(page.getByLabel('Upload an image')).toBeAttached();
  await page.goto('explore/resnet50?lang=zh');
  await expect(page.getByRole('heading', { name: '用哪组权重运行' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page })
    .include('section[aria-label="可运行的模型"]')
    .analyze();
  expect(violations).toEqual([]);
});
