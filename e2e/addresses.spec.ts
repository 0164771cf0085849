import { expectDemonstration } from './drawing.ts';
import { figure, inspector, layerRow, layers, totalRow } from './page.ts';
import { expect, test } from './test.ts';

test('an unknown network is said to be one, with what was probably meant', async ({ page }) => {
  await page.goto('explore/lenet55');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such network');
  const main = page.getByRole('main');
  await expect(main).toContainText('“lenet55”');
  await main.getByRole('link', { name: 'LeNet-5', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('LeNet-5');
  await expect(page).toHaveURL(/\/explore\/lenet5$/);
});

test('an unknown page is said to be one, and leads back', async ({ page }) => {
  await page.goto('no/such/page');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
  await page.getByRole('link', { name: 'Back to the atlas' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See what every layer sees.');
});

test('an unknown layer in the address leaves the page as it is without one', async ({ page }) => {
  await page.goto('explore/alexnet?node=conv99');
  await expect(figure(page)).toBeVisible();
  await expect(inspector(page)).toBeVisible();
  await expect(layerRow(page, 'conv1')).toBeVisible();
  await layerRow(page, 'conv1').click();
  await expect(page).toHaveURL(/[?&]node=conv1(&|$)/);
});

test('parameters that cannot be read count as left out', async ({ page }) => {
  await page.goto(
    'explore/lenet5?batch=-3&dtype=float9&units=ops&view=x&backend=cuda&lang=xx&overlay=y&model=z',
  );
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(totalRow(page)).toContainText('61,706');
  await expect(page.getByRole('spinbutton', { name: 'Batch' })).toHaveValue('1');
  await expect(page.getByRole('button', { name: 'fp32' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'MACs', exact: true, pressed: true })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Run on' })).toHaveValue('auto');
  await expectDemonstration(page);
});

test('the address holds what was chosen, and gives it back', async ({ page }) => {
  await page.goto('explore/vgg11');
  await page.getByRole('button', { name: 'FLOPs', exact: true }).click();
  await page.getByRole('button', { name: 'fp16' }).click();
  await page.getByRole('spinbutton', { name: 'Batch' }).fill('8');
  await layerRow(page, 'fc7').click();
  for (const parameter of [/units=flops/, /dtype=fp16/, /batch=8/, /node=fc7/]) {
    await expect(page).toHaveURL(parameter);
  }
  const before = await totalRow(page).textContent();
  await page.goto(page.url());
  await expect(layerRow(page, 'fc7')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('spinbutton', { name: 'Batch' })).toHaveValue('8');
  await expect(totalRow(page)).toHaveText(before ?? '');
  await expect(layers(page).getByRole('columnheader', { name: 'FLOPs' })).toBeVisible();
});
