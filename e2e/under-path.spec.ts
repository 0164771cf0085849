import { draw, expectStrokes, readAnswer, storedDigit, waitForRuntime } from './drawing.ts';
import { figure, layers } from './page.ts';
import { expect, failedRequest, test } from './test.ts';

const base = '/some/path/';

test('a deep address on a host of plain files is the page, and a digit is read there @under-path', async ({
  page,
}) => {
  const response = await page.goto('explore/lenet5/');
  expect(response?.status()).toBe(200);
  const digit = storedDigit(7);
  await draw(page, digit);
  expect(await readAnswer(page)).toBe('7');
  await waitForRuntime(page);
  // A host without headers gives no second thread; the runtime has to do with one.
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.reload();
  await expectStrokes(page, digit.strokes.length);
  expect(await readAnswer(page)).toBe('7');
});

test('links stay under the path @under-path', async ({ page }) => {
  await page.goto('');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const paths = await page.getByRole('link').evaluateAll((links) =>
    links
      .map((link) => new URL((link as HTMLAnchorElement).href))
      .filter(({ origin }) => origin === location.origin)
      .map(({ pathname }) => pathname),
  );
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !path.startsWith(base))).toEqual([]);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Explore' }).click();
  await expect(page).toHaveURL(/\/some\/path\/explore\/lenet5$/);
  await page
    .getByRole('navigation', { name: 'Lineage' })
    .getByRole('link', { name: 'VGG', exact: true })
    .click();
  await expect(page).toHaveURL(/\/some\/path\/explore\/vgg16$/);
  await expect(figure(page)).toBeVisible();
  await expect(layers(page)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('LeNet-5');
});

test('the language is switched and kept under the path @under-path', async ({ page }) => {
  await page.goto('explore/vgg16');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page).toHaveURL(/\/some\/path\/explore\/vgg16\/?\?lang=zh$/);
  await page.reload();
  await expect(page.getByRole('treegrid', { name: '各层' })).toBeVisible();
});

test.describe('where nothing stands', () => {
  test.use({ allowedErrors: [failedRequest] });

  test('the host’s own page for it is the site’s @under-path', async ({ page }) => {
    const response = await page.goto('no/such/page');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
    await page.getByRole('link', { name: 'Back to the atlas' }).click();
    await expect(page).toHaveURL(/\/some\/path\/$/);
    await page.goto('explore/nonsense');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such network');
  });
});
