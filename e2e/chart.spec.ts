import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

const points = (page: Page) => page.getByRole('group', { name: 'Points' });
const marks = (page: Page) => points(page).getByRole('button');
const mark = (page: Page, name: string) =>
  points(page)
    .getByRole('button', { name: `${name}:` })
    .first();
const kept = (page: Page) => points(page).locator('[data-state="in"]');
const readout = (page: Page) => page.getByRole('region', { name: 'The point' });

async function openChart(page: Page, query = ''): Promise<void> {
  await page.goto(`compare${query}`);
  await expect(points(page)).toBeVisible();
}

test('shows every published accuracy over MACs, with its source and what keeps it from comparison', async ({
  page,
}) => {
  await openChart(page);
  await expect(marks(page)).toHaveCount(55);
  await expect(page.getByRole('img', { name: /ImageNet top-1 over MACs a picture/ })).toBeVisible();
  await mark(page, 'VGG-16').hover();
  await expect(readout(page)).toContainText('15.5 G');
  await expect(readout(page)).toContainText('138 M');
  await expect(readout(page)).toContainText('71.6 %');
  await expect(readout(page)).toContainText('torchvision 0.14, IMAGENET1K_V1');
  await expect(readout(page)).toContainText('one centre crop of 224');
  await points(page).locator('[data-node="zfnet paper"]').focus();
  await expect(readout(page)).toContainText('ZFNet †');
  await expect(readout(page)).toContainText('ten crops of a picture are read');
});

test('axes, areas and scales are the visitor’s, and stand in the address', async ({ page }) => {
  await openChart(page, '?n=vgg16');
  await page.getByRole('combobox', { name: 'Across' }).selectOption({ label: 'Year' });
  await expect(page).toHaveURL(/[?&]n=vgg16&x=year$/);
  await expect(page.getByText('A year is neither better nor worse')).toBeVisible();
  await page.getByRole('combobox', { name: 'Across' }).selectOption({ label: 'Peak memory, fp32' });
  await page
    .getByRole('group', { name: 'Across: how the axis is divided' })
    .getByRole('button', { name: 'linear' })
    .click();
  await expect(page).toHaveURL(/[?&]xs=linear(&|$)/);
  // Networks outside the atlas have no peak memory.
  await expect(marks(page)).toHaveCount(53);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Across' })).toHaveValue('memory');
  await expect(marks(page)).toHaveCount(53);
});

test('CIFAR-10 accuracies are those of the weights that ship', async ({ page }) => {
  await openChart(page, '?y=cifar10');
  await expect(mark(page, 'VGG-11 (CIFAR-10)')).toBeVisible();
  await mark(page, 'VGG-11 (CIFAR-10)').hover();
  await expect(readout(page)).toContainText('measured on the file that ships');
  await expect(readout(page)).toContainText('579 k');
});

test('a drag takes points in, for the chart, the count and the table alike', async ({ page }) => {
  await openChart(page);
  const box = await points(page).boundingBox();
  if (!box) throw new Error('no chart');
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.7, 0.3));
  await page.mouse.down();
  await page.mouse.move(...at(0.8, 0.5), { steps: 4 });
  await page.mouse.move(...at(0.97, 0.8), { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/[?&]bx=\d+-\d+&by=[\d.]+-[\d.]+/);
  const count = await kept(page).count();
  expect(count).toBeGreaterThan(3);
  expect(count).toBeLessThan(30);
  await expect(page.getByText(`${count} of 55 points`)).toBeVisible();
  await page.getByText(`The same ${count} points as a table`).click();
  const table = page.getByRole('table', { name: 'Accuracy against cost' });
  await expect(table.locator('tbody tr')).toHaveCount(count);
  await expect(table).toContainText('VGG-16');
  await expect(table).not.toContainText('SqueezeNet');
  await page.reload();
  await expect(kept(page)).toHaveCount(count);
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(kept(page)).toHaveCount(55);
  await expect(page).not.toHaveURL(/bx=/);
});

test('the table is sorted by its heads and says what may not be compared', async ({ page }) => {
  await openChart(page);
  await page.getByText('The same 55 points as a table').click();
  const table = page.getByRole('table', { name: 'Accuracy against cost' });
  const first = table.locator('tbody tr').first();
  await table.getByRole('button', { name: 'Parameters' }).click();
  await expect(first).toContainText('SqueezeNet 1.1');
  await table.getByRole('button', { name: 'Parameters' }).click();
  await expect(first).toContainText('VGG-19 BN');
  await expect(table.getByRole('row', { name: /Inception-v4/ })).toContainText(
    'another program counted its cost',
  );
});

test('a point is opened, or added to the comparison, which has room for four', async ({ page }) => {
  await openChart(page, '?n=vgg16&n=resnet50&n=alexnet');
  await mark(page, 'DenseNet-121').click();
  await readout(page).getByRole('link', { name: 'Add to the comparison' }).click();
  await expect(page).toHaveURL(/\?n=vgg16&n=resnet50&n=alexnet&n=densenet121$/);
  await expect(readout(page)).toContainText('In the comparison');
  await mark(page, 'ResNet-18').click();
  await expect(readout(page)).toContainText('The comparison is full: 4 networks');
  await readout(page).getByRole('link', { name: 'Open ResNet-18' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ResNet-18');
});

test('points are one stop of the Tab key and walked with the arrow keys', async ({ page }) => {
  await openChart(page);
  const stops = points(page).locator('[role=button][tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await stops.focus();
  await page.keyboard.press('Home');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-node'));
  expect(await focused()).toBe('squeezenet-1.1 V1');
  await page.keyboard.press('ArrowRight');
  const second = await focused();
  expect(second).not.toBe('squeezenet-1.1 V1');
  await expect(stops).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(points(page).locator(`[data-node="${second}"]`)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Tab');
  await expect(readout(page).getByRole('link').first()).toBeVisible();
});

test('the chooser says which networks remain, and why each other one fell', async ({ page }) => {
  await openChart(page);
  await expect(page.getByText('All 37 networks remain')).toBeVisible();
  const weights = page.getByRole('textbox', { name: /^Weights, fp32, at most, typed/ });
  await weights.fill('100');
  await expect(page).toHaveURL(/weights=104857600/);
  const fell = page.getByRole('list', { name: /^Fell/ });
  await expect(fell.getByRole('listitem').filter({ hasText: 'VGG-16weights' })).toContainText(
    'weights 528 MiB: 5.3× the limit',
  );
  await page.getByRole('textbox', { name: /^ImageNet top-1, at least, typed/ }).fill('75');
  await expect(fell.getByRole('listitem').filter({ hasText: 'SqueezeNet 1.0' })).toContainText(
    '58.1 %: 16.9 points short',
  );
  const remaining = page.getByRole('list', { name: 'Within all limits' }).getByRole('listitem');
  await expect(remaining.first()).toContainText('ResNeXt-50');
  const count = await remaining.count();
  await expect(page.getByText(`${count} of 37 remain`)).toBeVisible();
  await weights.fill('much');
  await expect(page.getByText('“much” is no number above 0.')).toBeVisible();
  await expect(page.getByText(`${count} of 37 remain`)).toBeVisible();
  await page.getByRole('button', { name: 'Take all limits back' }).click();
  await expect(page.getByText('All 37 networks remain')).toBeVisible();
  await page.getByRole('slider', { name: 'MACs a picture, at most' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/macs=\d+/);
  await expect(page.getByText(/of 37 remain/)).toBeVisible();
});

test('times measured on this device are an axis once there are any', async ({ page }) => {
  await openChart(page, '?y=cifar10');
  const across = page.getByRole('combobox', { name: 'Across' });
  const time = across.locator('option[value="time"]');
  await expect(time).toBeDisabled();
  await expect(time).toHaveText('Time of a run here (nothing measured on this device yet)');
  await page.evaluate(() =>
    localStorage.setItem(
      'measured-times',
      JSON.stringify({
        state: { times: { 'vgg11-cifar10': { ms: 4.5, backend: 'wasm', runs: 20, when: Date.now() } } },
        version: 1,
      }),
    ),
  );
  await page.reload();
  await across.selectOption({ label: 'Time of a run here' });
  await expect(marks(page)).toHaveCount(1);
  await mark(page, 'VGG-11 (CIFAR-10)').hover();
  await expect(readout(page)).toContainText('4.5 ms');
});

test('is saved as SVG, PNG and CSV', async ({ page }) => {
  await openChart(page);
  const save = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`accuracy-against-cost.${name.toLowerCase()}`);
    return readFile(await download.path());
  };
  const svg = (await save('SVG')).toString('utf8');
  expect(svg).toMatch(/^<\?xml/);
  expect(svg.match(/data-node=/g)).toHaveLength(55);
  expect(svg).toContain('>↑ ImageNet top-1<');
  expect(svg).toMatch(/paint-order="stroke"[^>]*>VGG-16</);
  expect(svg).not.toContain('var(');
  // What marks mean stands below the chart.
  for (const text of [
    'SqueezeNet',
    'Wide ResNet',
    'The area of a mark: Parameters.',
    'A dashed outline: not to be compared with the others.',
  ]) {
    expect(svg).toContain(`>${text}<`);
  }
  const [, chartHeight = 0] = /viewBox="0 0 [\d.]+ ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
  expect(chartHeight).toBeGreaterThan((await points(page).boundingBox())?.height ?? 0);
  const png = await save('PNG');
  expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
  expect(png.length).toBeGreaterThan(20_000);
  const csv = (await save('CSV')).toString('utf8').trim().split('\n');
  expect(csv).toHaveLength(56);
  expect(csv[0]).toMatch(/^network,title,family,macs,parameters,/);
  expect(csv.find((line) => line.startsWith('vgg16,'))).toContain('15470264320,138357544,');
});

test('the atlas and the palette lead to it, and a phone shows it without scrolling sideways', async ({
  page,
}) => {
  await page.goto('');
  await page.getByRole('main').getByRole('link', { name: 'Accuracy against cost' }).click();
  await expect(points(page)).toBeVisible();
  await expect(page).toHaveTitle('Side by side · ConvAtlas');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await points(page).boundingBox())?.width).toBeLessThan(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('points are taken in by the keyboard as by the pointer', async ({ page }) => {
  await openChart(page);
  await mark(page, 'VGG-16').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByText(/^\d+ of 55 points$/)).toBeVisible();
  await expect(page).toHaveURL(/bx=/);
  const few = Number(/^\d+/.exec(await page.getByText(/^\d+ of 55 points$/).innerText())?.[0]);
  expect(few).toBeGreaterThanOrEqual(2);
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect
    .poll(async () => Number(/^\d+/.exec(await page.getByText(/of 55 points$/).innerText())?.[0]))
    .toBeGreaterThan(few);
  await page.keyboard.press('Escape');
  await expect(page.getByText('55 points', { exact: true })).toBeVisible();
});
