import { AxeBuilder } from '@axe-core/playwright';
import { draw, readAnswer, storedDigit } from './drawing.ts';
import { figure, figureBox, layerRow, layers } from './page.ts';
import { expect, test } from './test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const pages = [
  { path: '', name: 'the atlas' },
  { path: 'about', name: 'the page about it' },
  { path: 'device', name: 'the device page' },
  { path: 'compare?n=resnet50&n=resnext50-32x4d', name: 'two networks side by side' },
  { path: 'build', name: 'the page of one’s own network' },
  { path: 'compare', name: 'accuracy against cost' },
  { path: 'explore/lenet5', name: 'LeNet-5 with a digit drawn' },
  { path: 'explore/vgg16', name: 'VGG-16' },
  { path: 'explore/zfnet-lecture', name: 'the network that does not fit' },
  { path: 'no/such/page', name: 'an unknown page' },
  { path: 'explore/vgg16?input=abc', name: 'an input that is no size' },
  { path: 'explore/lenet5?lang=zh', name: 'LeNet-5 in Chinese' },
] as const;

for (const { path, name } of pages) {
  // The last two differ in words alone.
  for (const colorScheme of path.includes('?') ? (['light'] as const) : (['light', 'dark'] as const)) {
    test(`${name} meets WCAG 2.1 AA as far as axe can tell, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (path === 'compare') await expect(page.getByRole('group', { name: 'Points' })).toBeVisible();
      if (path.startsWith('explore/')) await expect(page.getByRole('treegrid')).toBeVisible();
      if (path === 'explore/lenet5') {
        await draw(page, storedDigit(7));
        await readAnswer(page);
      }
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      const found = violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, any }) => `${target} (${any[0]?.message})`).join('; ')}`,
      );
      expect(found).toEqual([]);
    });
  }
}

test('the first stop of the Tab key skips to the content', async ({ page }) => {
  await page.goto('explore/vgg11');
  await expect(layers(page)).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a change of page moves the focus to its content and names it in the title', async ({ page }) => {
  await page.goto('');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'About' }).click();
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveTitle('About · ConvAtlas');
});

test('the table of layers is walked with the arrow keys', async ({ page }) => {
  await page.goto('explore/vgg11');
  const row = (id: string) => layerRow(page, id);
  await row('stage1').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(row('stage1')).toBeFocused();
  if ((await row('stage1').getAttribute('aria-expanded')) === 'true') await page.keyboard.press('ArrowLeft');
  await expect(row('stage1')).toHaveAttribute('aria-expanded', 'false');
  await expect(row('stage1/conv1')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(row('stage2')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await expect(row('stage1')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(row('stage1/conv1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row('stage1/conv1')).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/node=stage1(\/|%2F)conv1(&|$)/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(row('stage1')).toBeFocused();
  await page.keyboard.press('End');
  await expect(row('softmax')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(row('stage1')).toBeFocused();
  // One stop of the Tab key for all rows.
  await expect(layers(page).locator('[role=row][tabindex="0"]')).toHaveCount(1);
});

test('the figure is one stop of the Tab key and walked with the arrow keys', async ({ page }) => {
  await page.goto('explore/lenet5');
  const stops = figure(page).locator('[role=button][tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await figureBox(page, 'input').focus();
  await page.keyboard.press('ArrowRight');
  await expect(figureBox(page, 'conv1')).toBeFocused();
  await expect(stops).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(figureBox(page, 'pool1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(figureBox(page, 'pool1')).toHaveAttribute('aria-pressed', 'true');
  await expect(layerRow(page, 'pool1')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await expect(figureBox(page, 'input')).toBeFocused();
});

test('the cells of a feature map are walked with the arrow keys', async ({ page }) => {
  await page.goto('explore/lenet5');
  await draw(page, storedDigit(7));
  await readAnswer(page);
  await figureBox(page, 'conv1').focus();
  await page.keyboard.press('Enter');
  const cell = page.locator('[data-cell]');
  await expect(cell).toHaveAttribute('data-cell', 'conv1/tanh@0,14,14');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('PageDown');
  await expect(cell).toHaveAttribute('data-cell', 'conv1/tanh@1,13,15');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await expect(figureBox(page, 'pool1')).toBeFocused();
});
