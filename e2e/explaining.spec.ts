import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import type { Architecture } from '../src/engine/spec/types.ts';
import { draw, storedDigit, waitForRuntime } from './drawing.ts';
import { layerRow } from './page.ts';
import { expect, test } from './test.ts';

const nin = architectures.get('nin-small-cifar10') as Architecture;
const ninPage = `explore/${nin.id}`;

const explaining = (page: Page) => page.getByRole('region', { name: 'Why this answer?' });
const times = (page: Page) => page.getByRole('region', { name: 'Time, layer by layer' });

async function giveCat(page: Page): Promise<void> {
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/cat-chelsea.webp');
  await expect(page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' })).toBeVisible({
    timeout: 60_000,
  });
}

/** How far the pixels of a map's canvas go from grey. */
const colours = (page: Page, name: RegExp) =>
  explaining(page)
    .getByRole('img', { name })
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: new Uint8ClampedArray(0),
      };
      let saturation = 0;
      for (let at = 0; at < data.length; at += 4) {
        saturation = Math.max(saturation, Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)));
      }
      return saturation;
    });

test('the class activation map of NiN lies over the picture, and its mean is the logit of the class chosen', async ({
  page,
}) => {
  await page.goto(ninPage);
  await giveCat(page);
  const sum = explaining(page).getByText(/^mean = logit −?\d+\.\d\d$/);
  await expect(sum).toBeVisible();
  const logits: number[] = [];
  const choice = explaining(page).getByRole('combobox', { name: 'Class' });
  for (let index = 0; index < 10; index += 1) {
    await choice.selectOption(String(index));
    const text = (await sum.textContent()) ?? '';
    logits.push(Number(text.replace('mean = logit ', '').replace('−', '-')));
  }
  // The softmax of what the maps say is what the network answers.
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const share = Math.max(...powers) / powers.reduce((whole, power) => whole + power, 0);
  const first = page.getByRole('list', { name: 'Predictions' }).getByRole('listitem').first();
  const shown = Number(/([\d.]+) %/.exec((await first.textContent()) ?? '')?.[1]);
  expect(100 * share).toBeCloseTo(shown, -0.4);
  expect(await colours(page, /^Class activation map of/)).toBeGreaterThan(40);
  await explaining(page).getByRole('slider', { name: 'Opacity' }).press('Home');
  await expect.poll(() => colours(page, /^Class activation map of/)).toBe(0);
});

test('a network without class maps says so, and is explained by covering places', async ({ page }) => {
  await page.goto('explore/zfnet-cifar10');
  await giveCat(page);
  await expect(explaining(page).getByText(/This network has no class activation map/)).toBeVisible();
  const map = /^What covering each place does to/;
  expect(await colours(page, map)).toBe(0);
  await explaining(page).getByRole('button', { name: '8 px' }).first().click();
  await explaining(page).getByRole('button', { name: 'Cover and ask' }).click();
  await expect(explaining(page).getByText(/with nothing covered, down to/)).toBeVisible({ timeout: 60_000 });
  expect(await colours(page, map)).toBeGreaterThan(40);
});

test('covering is cancelled, and ends with the picture', async ({ page }) => {
  await page.goto(ninPage);
  await giveCat(page);
  await explaining(page).getByRole('button', { name: '4 px' }).first().click();
  await explaining(page).getByRole('button', { name: '1 px' }).click();
  await expect(explaining(page).getByText(/^841 places/)).toBeVisible();
  await explaining(page).getByRole('button', { name: 'Cover and ask' }).click();
  await expect(explaining(page).getByRole('progressbar')).toBeVisible();
  await explaining(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(explaining(page).getByText(/^Cancelled after \d+ of 841 places\.$/)).toBeVisible();

  await explaining(page).getByRole('button', { name: 'Ask again' }).click();
  await expect(explaining(page).getByRole('progressbar')).toBeVisible();
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/ship-sea.webp');
  const first = page.locator('[data-current="true"]').getByRole('listitem').first();
  await expect(first).toContainText('ship');
  await expect(explaining(page).getByRole('progressbar')).toHaveCount(0);
  await expect(explaining(page).getByRole('button', { name: 'Cover and ask' })).toBeVisible();
});

test('a digit is covered with empty paper', async ({ page }) => {
  await page.goto('explore/lenet5');
  await draw(page, storedDigit(7));
  await waitForRuntime(page);
  await explaining(page).getByRole('button', { name: 'Cover and ask' }).click();
  await expect(explaining(page).getByText(/^7: .* with nothing covered, down to/)).toBeVisible();
});

test('layers are timed when asked for, and the inspector says what the selected one took', async ({
  page,
}) => {
  await page.goto(ninPage);
  await times(page).getByRole('button', { name: 'Measure layers' }).click();
  await expect(times(page).getByText(/in all layers \(medians of 30 runs, added up\)/)).toBeVisible({
    timeout: 60_000,
  });
  const table = times(page).getByRole('table');
  // Every node of the network is told apart: none is fused with its neighbour.
  const shares = await table
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => row.lastElementChild?.textContent ?? ''));
  expect(shares).toHaveLength(lower(nin).nodes.length);
  expect(shares.every((text) => /^[\d.]+ (µs|ms) (< )?[\d.]+ %$/.test(text))).toBe(true);
  await table.getByRole('button', { name: 'mlpconv2/conv/conv' }).click();
  await expect(page).toHaveURL(/node=mlpconv2/);
  await expect(
    page.getByText(/^Measured here: [\d.]+ (µs|ms), [\d.]+ % of all layers’ time\./),
  ).toBeVisible();
});

test('steady runs are timed by themselves, and say where they ran', async ({ page }) => {
  await page.goto('explore/lenet5');
  await page.getByText('Clocks').click();
  await page.getByRole('button', { name: 'Time 30 runs' }).click();
  await expect(page.getByText('steady, median of 30')).toBeVisible();
  await expect(page.getByText(/^half of them between .+ and .+s$/)).toBeVisible();
  await expect(page.getByText(/onnxruntime-web on WebAssembly, 1 thread on a processor/)).toBeVisible();
});

test('the channels of a layer are told one by one, with the filters of the first', async ({ page }) => {
  await page.goto(ninPage);
  await giveCat(page);
  await layerRow(page, 'mlpconv1/conv').click();
  const channels = page.getByRole('region', { name: 'Channel by channel' });
  await expect(
    channels.getByText(/^(Of 48 channels none is|\d+ of 48 channels (is|are)) silent/),
  ).toBeVisible();
  await expect(channels.getByText('1 of 48', { exact: true })).toBeVisible();
  await channels.getByRole('slider', { name: 'Channel' }).press('End');
  await expect(channels.getByText('48 of 48', { exact: true })).toBeVisible();
  await channels.getByRole('button', { name: /^All channels/ }).press('ArrowUp');
  await expect(channels.getByText('36 of 48', { exact: true })).toBeVisible();
  await expect(channels.getByRole('img', { name: 'Its filter' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what explains and measures a run meets WCAG 2.1 AA as far as axe can tell, ${colorScheme}`, async ({
    page,
  }) => {
    // Looking at every colour takes its time where much else runs.
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(ninPage);
    await giveCat(page);
    await explaining(page).getByRole('button', { name: 'Cover and ask' }).click();
    await expect(explaining(page).getByText(/with nothing covered, down to/)).toBeVisible();
    await times(page).getByRole('button', { name: 'Measure layers' }).click();
    await expect(times(page).getByRole('table')).toBeVisible();
    await page.getByText('Clocks').click();
    await layerRow(page, 'mlpconv1/conv').click();
    await expect(page.getByRole('region', { name: 'Channel by channel' })).toBeVisible();
    // These parts alone: what stands around them is looked at elsewhere.
    const parts = ['Why this answer?', 'Time, layer by layer', 'Channel by channel'];
    const { violations } = await parts
      .reduce((axe, name) => axe.include(`section[aria-label="${name}"]`), new AxeBuilder({ page }))
      .include('details:has(> summary)')
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join('; ')}`),
    ).toEqual([]);
  });
}

test('WebGPU is compared with WebAssembly before it answers, and what came of it is said @webgpu', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto('explore/lenet5?backend=webgpu');
  await draw(page, storedDigit(7));
  // WebAssembly answers meanwhile.
  await expect(page.getByText('Answered by onnxruntime-web on WebAssembly.')).toBeVisible();
  await expect(page.getByText('Answered by onnxruntime-web on WebGPU.')).toBeVisible({ timeout: 180_000 });
  await expect(
    page.getByText(
      /^WebGPU and WebAssembly were given the same input and agree in all 13 tensors compared: largest difference \de-\d\.$/,
    ),
  ).toBeVisible();
  await page.getByRole('combobox', { name: 'Run on' }).selectOption('auto');
  // A software adapter is no match for the processor itself.
  await expect(page.getByText(/^WebAssembly is faster here: /)).toBeVisible();
  await expect(page.getByText('Answered by onnxruntime-web on WebAssembly.')).toBeVisible();
});
