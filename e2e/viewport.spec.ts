import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { figure, figureBox, layerRow, layers } from './page.ts';
import { expect, test } from './test.ts';

/** The view on the figure: it scrolls sideways by itself. */
const scroller = (page: Page): Locator => figure(page).locator('> div').first();
const scrollLeft = (page: Page): Promise<number> => scroller(page).evaluate((element) => element.scrollLeft);
const zoomButton = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Zoom' }).getByRole('button', { name });
const minimap = (page: Page): Locator => page.getByRole('slider', { name: 'Visible part of the figure' });
const scale = (page: Page): Locator => page.getByRole('group', { name: 'Zoom' }).getByRole('status');

/** Middle of the rule under a box's name: small, and at one place in the figure whatever the scale. */
async function markOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const box = await figureBox(page, id).locator('rect').nth(1).boundingBox();
  if (!box) throw new Error(`${id} is not in view`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function turnWheel(page: Page, turns: number, deltaY: number): Promise<void> {
  await page.keyboard.down('Control');
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, deltaY);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await page.keyboard.up('Control');
}

async function save(page: Page, format: 'SVG' | 'PNG'): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Save as ${format}` }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('Ctrl-wheel zooms at the pointer; a plain wheel scrolls the page', async ({ page }) => {
  await page.goto('explore/vgg16');
  await zoomButton(page, 'Zoom in').waitFor();
  for (const id of ['stage1', 'stage3', 'fc7']) {
    await zoomButton(page, 'Fit the whole figure').click();
    const before = await markOf(page, id);
    await page.mouse.move(before.x, before.y);
    await turnWheel(page, 5, -100);
    await expect(scale(page)).not.toHaveText(/^(?:\d\d|1[0-2]\d) %$/);
    await turnWheel(page, 2, 100);
    const after = await markOf(page, id);
    expect(Math.abs(after.x - before.x), id).toBeLessThan(3);
    expect(Math.abs(after.y - before.y), id).toBeLessThan(3);
  }
  const shown = await scale(page).textContent();
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(200);
  await expect(scale(page)).toHaveText(shown ?? '');
});

test('buttons and keys zoom, fit and show the actual size', async ({ page }) => {
  await page.goto('explore/resnet50');
  await zoomButton(page, 'Actual size').click();
  await expect(scale(page)).toHaveText('100 %');
  await zoomButton(page, 'Zoom in').click();
  await expect(scale(page)).toHaveText('125 %');
  await zoomButton(page, 'Zoom out').click();
  await expect(scale(page)).toHaveText('100 %');
  await zoomButton(page, 'Fit the whole figure').click();
  const { rest, right, end } = await scroller(page).evaluate((element) => {
    const boxes = [...element.querySelectorAll('[role=button][data-node]')];
    return {
      rest: element.scrollWidth - element.clientWidth,
      right: Math.max(...boxes.map((box) => box.getBoundingClientRect().right)),
      end: element.getBoundingClientRect().right,
    };
  });
  expect(rest).toBeLessThanOrEqual(1);
  expect(right).toBeLessThanOrEqual(end + 12);
  await expect(minimap(page)).toHaveCount(0);
  await zoomButton(page, 'Actual size').click();
  await expect(scale(page)).toHaveText('100 %');

  await figureBox(page, 'input').focus();
  await page.keyboard.press('z');
  await expect(scale(page)).toHaveText('125 %');
  await page.keyboard.press('Shift+Z');
  await page.keyboard.press('[');
  await expect(scale(page)).toHaveText('80 %');
  await page.keyboard.press('1');
  await expect(scale(page)).toHaveText('100 %');
  await page.keyboard.press(']');
  await expect(scale(page)).toHaveText('125 %');
  await page.keyboard.press('0');
  expect(await scroller(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThan(
    2,
  );
  await expect(figureBox(page, 'input')).toBeFocused();
});

test('a figure is dragged, and its minimap moves it by pointer and keys', async ({ page }) => {
  await page.goto('explore/resnet50');
  await page.getByRole('button', { name: 'Unfold all', exact: true }).click();
  const view = await scroller(page).boundingBox();
  if (!view) throw new Error('no figure');
  await expect(minimap(page)).toBeVisible();
  await page.mouse.move(view.x + 500, view.y + 60);
  await page.mouse.down();
  await page.mouse.move(view.x + 200, view.y + 60, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => scrollLeft(page)).toBe(300);

  const thumb = await minimap(page).boundingBox();
  if (!thumb) throw new Error('no minimap');
  const [x, y] = [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 200, y, { steps: 8 });
  await page.mouse.up();
  const moved = await minimap(page).boundingBox();
  expect(Math.abs((moved?.x ?? 0) - thumb.x - 200)).toBeLessThan(4);
  const before = await scrollLeft(page);
  expect(before).toBeGreaterThan(1000);

  await expect(minimap(page)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => scrollLeft(page)).toBeGreaterThan(before);
  await page.keyboard.press('Home');
  await expect.poll(() => scrollLeft(page)).toBe(0);
  await expect(minimap(page)).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('End');
  await expect(minimap(page)).toHaveAttribute('aria-valuenow', '100');
  await expect(figureBox(page, 'fc')).toBeInViewport();
});

test('a layer chosen in the table is brought into view, and keys walk beyond what is drawn', async ({
  page,
}) => {
  await page.goto('explore/resnet152');
  await page.getByRole('button', { name: 'Unfold all', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Fold all', exact: true })).toBeVisible();
  await figureBox(page, 'input').focus();
  await page.keyboard.press('End');
  const focused = figure(page).locator('[role=button][data-node]:focus');
  await expect(focused).toBeInViewport();
  await expect(focused).toHaveAttribute('data-node', /^(softmax|fc)$/);
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowLeft');
  await expect(focused).toBeInViewport();
  await expect(focused).toHaveAttribute('data-node', /^conv5_x/);
  await layerRow(page, 'pool1').click();
  // The page is at the table now, the figure at the layer chosen there.
  await expect.poll(() => scrollLeft(page)).toBeLessThan(600);
  await expect(figureBox(page, 'pool1')).toHaveAttribute('aria-pressed', 'true');
  // Chosen once more after the figure was moved on, it comes back.
  await scroller(page).evaluate((element) => element.scrollTo({ left: 5000, behavior: 'instant' }));
  await expect.poll(() => scrollLeft(page)).toBe(5000);
  await layerRow(page, 'pool1').click();
  await expect.poll(() => scrollLeft(page)).toBeLessThan(600);
});

for (const id of ['googlenet', 'resnet50', 'densenet121', 'fractalnet34', 'squeezenet-1.0-complex-bypass']) {
  test(`all of ${id} is in view at first, with words that can be read`, async ({ page }) => {
    await page.goto(`explore/${id}`);
    await expect(figureBox(page, 'softmax')).toBeInViewport({ ratio: 1 });
    await expect(figureBox(page, 'input')).toBeInViewport({ ratio: 1 });
    await expect(minimap(page)).toHaveCount(0);
    const heights = await figure(page)
      .locator('[role=button][data-node] text')
      .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThan(7);
    // Unfolded it is far wider than the page, and scrolls at its actual size.
    await page.getByRole('button', { name: 'Unfold all', exact: true }).click();
    await expect(minimap(page)).toBeVisible();
    await expect(scale(page)).toHaveText('100 %');
  });
}

for (const id of ['resnet1202-cifar10', 'preact-resnet1001-cifar10', 'densenet264']) {
  test(`${id} has few elements, folded, unfolded, scrolled and fitted`, async ({ page }) => {
    await page.goto(`explore/${id}`);
    await expect(layers(page)).toBeVisible({ timeout: 20_000 });
    await zoomButton(page, 'Zoom in').waitFor();
    const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
    expect(await elements()).toBeLessThanOrEqual(2500);
    await page.getByRole('button', { name: 'Unfold all', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Fold all', exact: true })).toBeVisible();
    await expect.poll(elements).toBeLessThanOrEqual(2500);
    for (const share of [0.3, 0.77, 1]) {
      await scroller(page).evaluate((element, to) => {
        element.scrollLeft = to * element.scrollWidth;
      }, share);
      // What has come into view is there.
      await expect
        .poll(() =>
          scroller(page).evaluate((element) => {
            const view = element.getBoundingClientRect();
            return [...element.querySelectorAll('[role=button][data-node]')].filter((box) => {
              const { left, right } = box.getBoundingClientRect();
              return left < view.right && right > view.left;
            }).length;
          }),
        )
        .toBeGreaterThan(3);
      expect(await elements()).toBeLessThanOrEqual(2500);
    }
    await zoomButton(page, 'Fit the whole figure').click();
    await expect(minimap(page)).toHaveCount(0);
    await expect.poll(elements).toBeLessThanOrEqual(2500);
  });
}

test('the figure is saved as an SVG file that stands by itself', async ({ page }) => {
  await page.goto('explore/resnet50');
  const { name, bytes } = await save(page, 'SVG');
  expect(name).toBe('resnet50.svg');
  const text = bytes.toString('utf8');
  expect(text).not.toMatch(/var\(|class=|style=|color-mix|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  const { error, title, described, boxes } = await page.evaluate((source) => {
    const file = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      error: file.querySelector('parsererror')?.textContent ?? null,
      title: file.documentElement.querySelector(':scope > title')?.textContent,
      described: file.documentElement.querySelector(':scope > desc')?.textContent,
      boxes: [...file.querySelectorAll('[data-node]')].map((box) => box.getAttribute('data-node')),
    };
  }, text);
  expect(error).toBeNull();
  expect(title).toBe('ResNet-50');
  expect(described).toContain('3×224×224');
  const drawn = await figure(page)
    .locator('[role=button][data-node]')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-node')));
  expect(boxes).toEqual(drawn);
});

test('feature maps are in the saved files, too, at twice the size in a PNG', async ({ page }) => {
  await page.goto('explore/lenet5');
  const svg = await save(page, 'SVG');
  const text = svg.bytes.toString('utf8');
  expect(text).toContain('href="data:image/png;base64,');
  const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(text) ?? [];
  const { name, bytes } = await save(page, 'PNG');
  expect(name).toBe('lenet5.png');
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(bytes.readUInt32BE(16)).toBe(2 * Number(width));
  expect(bytes.readUInt32BE(20)).toBe(2 * Number(height));
});
