import { draw, expectStrokes, readAnswer, storedDigit } from './drawing.ts';
import { layerRow } from './page.ts';
import { expect, test } from './test.ts';

test('an address with lang=zh is in Chinese throughout', async ({ page }) => {
  await page.goto('explore/lenet5?lang=zh');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByLabel('画一个数字', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '清除', exact: true })).toBeVisible();
  await expect(page.getByRole('treegrid', { name: '各层' })).toBeVisible();
  await expect(page.getByRole('group', { name: '网络结构图' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: '运行于' })).toBeVisible();
  await page.getByRole('button', { name: '示例 3' }).click();
  await expect(page.getByRole('list', { name: '预测' }).getByRole('listitem').first()).toHaveText(/^3/);
  // Whole sentences left in English would show: three English words in a row, outside names of papers.
  const english = await page
    .getByRole('main')
    .locator('button, label, th, [role=columnheader], [role=status], legend')
    .allTextContents();
  expect(english.filter((text) => /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/.test(text))).toEqual([]);
});

test('switching the language keeps the drawing, the selection and the place', async ({ page }) => {
  await page.goto('explore/lenet5?dtype=fp16');
  const digit = storedDigit(7);
  await draw(page, digit);
  expect(await readAnswer(page)).toBe('7');
  await layerRow(page, 'conv2').click();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page).toHaveURL(/lang=zh/);
  await expect(page).toHaveURL(/dtype=fp16/);
  await expect(page).toHaveURL(/node=conv2/);
  await expect(page.getByRole('list', { name: '预测' }).getByRole('listitem').first()).toHaveText(/^7/);
  await expect(page.getByLabel('画一个数字', { exact: true })).toHaveAccessibleDescription(
    `画板上有 ${digit.strokes.length} 笔。`,
  );
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expectStrokes(page, digit.strokes.length);
  await expect(layerRow(page, 'conv2')).toHaveAttribute('aria-selected', 'true');
});

test('a language once chosen is kept for pages whose address names none', async ({ page }) => {
  await page.goto('about');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[\u4e00-\u9fff]/);
  await page.goto('explore/vgg11');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('treegrid', { name: '各层' })).toBeVisible();
});

test.describe('in a Chinese browser', () => {
  test.use({ locale: 'zh-CN' });

  test('the page is in Chinese unless the address says otherwise', async ({ page }) => {
    await page.goto('');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await expect(page).toHaveTitle('ConvAtlas：逐层看懂卷积网络');
    await page.goto('?lang=en');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('a theme once chosen is kept, and the system’s is followed until then', async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('about');
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(light);
  const dark = await background();

  await page.getByRole('button', { name: 'Light', exact: true }).click();
  await expect.poll(background).toBe(light);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Light', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(await background()).toBe(light);

  await page.getByRole('button', { name: 'As the system' }).click();
  await expect.poll(background).toBe(dark);

  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await page.goto('explore/vgg11');
  expect(await background()).toBe(dark);
});
