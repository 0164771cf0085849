import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { layerRow } from './page.ts';
import { expect, test } from './test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

const list = (page: Page) => page.getByRole('table', { name: 'Networks' });
const row = (page: Page, title: string) =>
  list(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: title, exact: true }) });
const searchField = (page: Page) =>
  page.getByRole('searchbox', { name: 'Search networks, ideas and operators' });
const palette = (page: Page) => page.getByRole('dialog', { name: 'Find anything' });
const combobox = (page: Page) => palette(page).getByRole('combobox', { name: 'Find anything' });

const families = [
  'LeNet-5',
  'AlexNet',
  'ZFNet',
  'NiN',
  'VGG',
  'GoogLeNet',
  'ResNet',
  'Identity mappings',
  'SqueezeNet',
  'Stochastic depth',
  'Wide ResNet',
  'DenseNet',
  'FractalNet',
  'ResNeXt',
];

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, any }) => `${target} (${any[0]?.message})`).join('; ')}`,
    ),
  ).toEqual([]);
}

test('the first screen invites to draw and shows the whole lineage, in time and without overlaps', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('');
  await expect(page.getByRole('link', { name: 'Draw a digit', exact: true })).toBeInViewport();
  const main = page.getByRole('main');
  const boxes: { family: string; x: number; y: number; width: number; height: number }[] = [];
  for (const family of families) {
    const heading = main.getByRole('heading', { level: 3, name: family, exact: true });
    await expect(heading).toBeInViewport({ ratio: 1 });
    const box = await heading.locator('xpath=ancestor::li[1]').boundingBox();
    if (!box) throw new Error(`${family} has no place`);
    boxes.push({ family, ...box });
  }
  for (const [index, a] of boxes.entries()) {
    expect(a.y + a.height, a.family).toBeLessThanOrEqual(900);
    for (const b of boxes.slice(index + 1)) {
      const apart =
        a.x + a.width <= b.x + 1 ||
        b.x + b.width <= a.x + 1 ||
        a.y + a.height <= b.y + 1 ||
        b.y + b.height <= a.y + 1;
      expect(apart, `${a.family} and ${b.family}`).toBe(true);
    }
  }
  const x = (family: string) => boxes.find((box) => box.family === family)?.x ?? 0;
  expect(x('LeNet-5')).toBeLessThan(x('AlexNet'));
  expect(x('VGG')).toBeLessThan(x('ResNet'));
  expect(x('ResNet')).toBeLessThan(x('DenseNet'));
  await main.getByRole('link', { name: 'Draw a digit', exact: true }).click();
  await expect(page.getByLabel('Draw a digit', { exact: true })).toBeVisible();
});

test('the search finds an idea, the filters narrow, and the address keeps both', async ({ page }) => {
  await page.goto('');
  await expect(list(page)).toBeVisible();
  await searchField(page).fill('bottleneck');
  await expect(row(page, 'ResNet-50')).toContainText('bottleneck');
  await expect(row(page, 'VGG-16')).toHaveCount(0);
  const status = page.getByRole('status').filter({ hasText: /networks/ });
  const before = Number((await status.textContent())?.match(/^\d+/)?.[0]);

  await page.getByRole('combobox', { name: 'Made for' }).selectOption('cifar10');
  await expect(row(page, 'ResNet-50')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Made for' }).selectOption('any');
  await page.getByRole('slider', { name: 'Parameters: at most' }).focus();
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'ResNet-152')).toHaveCount(0);
  await expect(row(page, 'ResNet-50')).toBeVisible();
  const after = Number((await status.textContent())?.match(/^\d+/)?.[0]);
  expect(after).toBeLessThan(before);

  await expect(page).toHaveURL(/[?&]q=bottleneck/);
  await expect(page).toHaveURL(/[?&]parameters=-\d+M/);
  await page.goto(page.url());
  await expect(row(page, 'ResNet-50')).toBeVisible();
  await expect(row(page, 'ResNet-152')).toHaveCount(0);
  await row(page, 'ResNet-50').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ResNet-50');
});

test('the list sorts by its heads', async ({ page }) => {
  await page.goto('?q=vgg');
  const first = list(page).getByRole('rowheader').first();
  await list(page).getByRole('button', { name: 'Parameters' }).click();
  await expect(list(page).getByRole('columnheader', { name: 'Parameters' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(first).toContainText('VGG-19 BN');
  await list(page).getByRole('button', { name: 'Parameters' }).click();
  await expect(first).toContainText('VGG-11');
  await expect(page).toHaveURL(/sort=parameters/);
});

test('networks that were timed here are sorted by their times', async ({ page }) => {
  await page.addInitScript(() => {
    const time = { backend: 'wasm', runs: 10, when: 0 };
    localStorage.setItem(
      'measured-times',
      JSON.stringify({
        state: { times: { vgg16: { ...time, ms: 210 }, vgg11: { ...time, ms: 90 } } },
        version: 1,
      }),
    );
  });
  await page.goto('?q=vgg');
  const head = list(page).getByRole('columnheader', { name: 'A run here' });
  const first = list(page).getByRole('rowheader').first();
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(first).toContainText('VGG-11');
  await head.getByRole('button').click();
  await expect(first).toContainText('VGG-16');
  await expect(page).toHaveURL(/sort=-time/);
});

test('an empty result says which condition to take back', async ({ page }) => {
  await page.goto('?q=vgg&parameters=-100k');
  const relax = page.getByRole('button', { name: /^Any number of parameters: \d+ networks$/ });
  await expect(relax).toBeVisible();
  await relax.click();
  await expect(row(page, 'VGG-16')).toBeVisible();
  await expect(page).not.toHaveURL(/parameters=/);
  await searchField(page).fill('qqqq');
  await expect(page.getByRole('main')).toContainText('Nothing is called “qqqq”');
});

test('the palette opens by keyboard and leads to a network and to one of its layers', async ({ page }) => {
  await page.goto('');
  await expect(list(page)).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(combobox(page)).toBeFocused();
  await page.keyboard.type('resnet50');
  await expect(
    palette(page)
      .getByRole('option', { name: /^ResNet-50/ })
      .first(),
  ).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/explore\/resnet50$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ResNet-50');
  await expect(page.getByRole('treegrid')).toBeVisible();

  await page.getByRole('button', { name: 'Find anything' }).click();
  await combobox(page).fill('conv3_x/block2');
  const layer = palette(page).getByRole('group', { name: 'Layers of this network' }).getByRole('option');
  await expect(layer.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(layer.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(combobox(page)).toHaveAttribute(
    'aria-activedescendant',
    (await layer.nth(1).getAttribute('id')) ?? '',
  );
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  await expect(page).toHaveURL(/node=conv3_x(\/|%2F)block2(&|$)/);
  await expect(layerRow(page, 'conv3_x/block2')).toHaveAttribute('aria-selected', 'true');
});

test('the palette acts: it counts in FLOPs, changes the theme, and closes by Escape', async ({ page }) => {
  await page.goto('explore/vgg11');
  await expect(page.getByRole('treegrid')).toBeVisible();
  await page.keyboard.press('Control+k');
  await combobox(page).fill('flops');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/units=flops/);
  await page.keyboard.press('Control+k');
  await combobox(page).fill('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+k');
  await expect(combobox(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
});

test('Enter waits for what a page adds to the palette where that is still on its way', async ({ page }) => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/commands-part/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto('explore/vgg11');
  await expect(page.getByRole('treegrid')).toBeVisible();
  await page.keyboard.press('Control+k');
  await combobox(page).fill('flops');
  await expect(palette(page).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeVisible();
  release();
  await expect(page).toHaveURL(/explore\/vgg11\?units=flops/);
  await expect(palette(page)).toHaveCount(0);
});

test('the palette stands within 100 ms of the key', async ({ page }) => {
  await page.goto('explore/resnet152');
  await expect(page.getByRole('treegrid')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(3000);
  // The best of three: a busy machine may hold one of them up.
  const took = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    took.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const start = performance.now();
            const watch = new MutationObserver(() => {
              if (!document.querySelector('[role=dialog] [role=option]')) return;
              watch.disconnect();
              requestAnimationFrame(() => resolve(performance.now() - start));
            });
            watch.observe(document.body, { childList: true, subtree: true });
            dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
          }),
      ),
    );
    await page.keyboard.press('Escape');
    await expect(palette(page)).toHaveCount(0);
  }
  test.info().annotations.push({ type: 'palette', description: `${took.map(Math.round).join(', ')} ms` });
  expect(Math.min(...took)).toBeLessThan(100);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`palette, list and empty list meet WCAG 2.1 AA as far as axe can tell, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('?q=bottleneck');
    await expect(row(page, 'ResNet-50')).toBeVisible();
    await expectNoViolations(page);
    await page.goto('?q=vgg&parameters=-100k');
    await expect(page.getByRole('button', { name: /^Any number of parameters/ })).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press('Control+k');
    await combobox(page).fill('res');
    await expect(palette(page).getByRole('option').first()).toBeVisible();
    await expectNoViolations(page);
  });
}
