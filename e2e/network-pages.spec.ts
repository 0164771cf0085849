import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

const about = (page: Page): Locator => page.getByRole('tablist', { name: 'About this network' });
const section = (page: Page): Locator => page.getByRole('tabpanel');
const tab = (page: Page, name: string): Locator => about(page).getByRole('tab', { name, exact: true });

test('the sections about a network are tabs: by click, by keys, by address', async ({ page }) => {
  await page.goto('explore/resnet34');
  await expect(tab(page, 'The idea')).toHaveAttribute('aria-selected', 'true');
  await tab(page, 'What changed').click();
  await expect(page).toHaveURL(/[?&]about=changes/);
  await expect(section(page).getByRole('heading', { level: 2 })).toHaveText('What changed against Plain-34');
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Published values')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(tab(page, 'The idea')).toBeFocused();
  await expect(page).not.toHaveURL(/about=/);
});

test('a link to a section leads to it', async ({ page }) => {
  await page.goto('explore/vgg16?about=claims');
  await expect(tab(page, 'The lecture’s claims')).toHaveAttribute('aria-selected', 'true');
  await expect(section(page).getByRole('heading', { name: 'VGG: the most operations' })).toBeVisible();
  await expect(about(page)).toBeInViewport();
});

test('a section that a network does not have is none of its tabs', async ({ page }) => {
  await page.goto('explore/lenet5?about=claims');
  await expect(tab(page, 'The idea')).toHaveAttribute('aria-selected', 'true');
  await expect(tab(page, 'The lecture’s claims')).toHaveCount(0);
});

test('what changed reads as sentences, against any network', async ({ page }) => {
  await page.goto('explore/zfnet?about=changes');
  const changes = section(page).getByRole('list', { name: 'AlexNet → ZFNet' });
  const first = changes.getByRole('listitem').first();
  await expect(first).toContainText('11×11/4 → 7×7/2');
  await expect(first).toContainText('− LRN');
  await expect(section(page).getByRole('row', { name: /^Parameters/ })).toContainText('×1.02');
  await section(page).getByRole('combobox', { name: 'Compare with' }).selectOption('vgg16');
  await expect(page).toHaveURL(/against=vgg16/);
  await expect(section(page).getByRole('list', { name: 'VGG-16 → ZFNet' })).toBeVisible();
  await page.reload();
  await expect(section(page).getByRole('heading', { level: 2 })).toHaveText('What changed against VGG-16');
});

test('a diff of long networks is told block by block', async ({ page }) => {
  await page.goto('explore/resnet110-cifar10?about=changes');
  await expect(section(page).getByRole('heading', { level: 2 })).toHaveText(
    /^What changed against ResNet-56/,
  );
  await expect(section(page)).toContainText(/alike, from conv2_x\/block\d+ to conv2_x\/block\d+/);
  await expect(section(page).getByRole('listitem')).not.toHaveCount(0);
  expect(await section(page).getByRole('listitem').count()).toBeLessThan(200);
});

test('the lecture’s claims stand beside the figures that prove or qualify them', async ({ page }) => {
  await page.goto('explore/squeezenet-1.0?about=claims');
  const fifty = section(page).locator('section', {
    has: page.getByRole('heading', { name: 'SqueezeNet: 50 times fewer parameters' }),
  });
  await expect(fifty).toContainText('It holds with a qualification');
  await expect(fifty).toContainText('60,965,224 parameters against 1,248,424 parameters are 48.8×');
});

test('the small diagrams follow their sliders', async ({ page }) => {
  await page.goto('explore/resnet50');
  const bottleneck = section(page).getByRole('region', { name: /^The bottleneck/ });
  await expect(bottleneck.getByRole('list', { name: 'Parameters' })).toContainText('589,824');
  await bottleneck.getByRole('slider', { name: 'Channels' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(bottleneck.getByRole('list', { name: 'Parameters' })).toContainText('921,600');
});

test('on paper a section stands under its title, without the row of tabs', async ({ page }) => {
  await page.goto('explore/alexnet?about=claims');
  await expect(section(page)).toContainText('few operations');
  await page.emulateMedia({ media: 'print' });
  await expect(about(page)).toBeHidden();
  await expect(page.getByText('The lecture’s claims', { exact: true }).last()).toBeVisible();
});

test('the sections speak Chinese', async ({ page }) => {
  await page.goto('explore/zfnet?about=changes&lang=zh');
  await expect(page.getByRole('tab', { name: '改了什么' })).toHaveAttribute('aria-selected', 'true');
  await expect(section(page).getByRole('heading', { level: 2 })).toHaveText('与 AlexNet 相比改了什么');
  await page.getByRole('tab', { name: '核心思想' }).click();
  await expect(section(page)).toBeVisible();
});

const pages = [
  'explore/resnet50',
  'explore/googlenet',
  'explore/densenet121',
  'explore/resnet34?about=changes',
  'explore/googlenet?about=published',
  'explore/alexnet?about=claims',
] as const;

for (const path of pages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${path} meets WCAG 2.1 AA as far as axe can tell, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(path);
      await expect(section(page).getByRole('heading').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .include('[role=tabpanel]')
        .include('[role=tablist]')
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ target, any }) => `${target} (${any[0]?.message})`).join('; ')}`,
        ),
      ).toEqual([]);
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  for (const path of pages) {
    test(`${path} does not scroll sideways`, async ({ page }) => {
      await page.goto(path);
      await expect(section(page).getByRole('heading').first()).toBeVisible();
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
    });
  }
});
