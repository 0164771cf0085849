import { formatCount, formatInteger } from '../src/engine/cost/format.ts';
import { figure, layers, totalRow } from './page.ts';
import { expect, test } from './test.ts';

test('a turned number changes every figure, stands in the address and can be taken back', async ({
  page,
}) => {
  await page.goto('explore/resnet20-cifar10');
  const depth = page.getByRole('textbox', { name: /^Depth/ });
  await expect(depth).toHaveValue('20');
  await expect(totalRow(page)).toContainText('269,722');

  await depth.fill('26');
  await depth.press('Enter');
  await expect(page).toHaveURL(/[?&]depth=26/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ResNet-26 (CIFAR-10)');
  await expect(totalRow(page)).not.toContainText('269,722');
  await expect(page.getByText('A variation of ResNet-20 (CIFAR-10)')).toBeVisible();

  // The numbers of another published network are recognised.
  await depth.fill('56');
  await depth.press('Enter');
  await expect(totalRow(page)).toContainText('853,018');
  await expect(page.getByText('These are the numbers of')).toContainText('ResNet-56');

  await page.reload();
  await expect(totalRow(page)).toContainText('853,018');
  await page.getByRole('button', { name: 'Back to ResNet-20 (CIFAR-10)' }).click();
  await expect(page).not.toHaveURL(/depth=/);
  await expect(totalRow(page)).toContainText('269,722');
});

test('the slider turns a number by keys, in the steps that the family allows', async ({ page }) => {
  await page.goto('explore/wrn-16-4');
  const width = page.getByRole('slider', { name: 'Width factor k, slider' });
  await width.focus();
  await width.press('ArrowRight');
  await expect(page).toHaveURL(/[?&]width=5/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('WRN-16-5');
  const depth = page.getByRole('slider', { name: 'Depth, slider' });
  await depth.focus();
  await depth.press('End');
  await expect(page).toHaveURL(/depth=1000/);
  await expect(totalRow(page)).toContainText(/\d/);
});

for (const [address, says] of [
  ['resnet20-cifar10?depth=21', '21 is not possible: Depth has to be 6n + 2 with a whole n, from 8 to 2,000'],
  ['resnet20-cifar10?filters=1000000', '1,000,000 is not possible: Filters of the first stage'],
  ['resnet20-cifar10?depth=100004', '100,004 is not possible: Depth'],
  ['densenet40-k12?growth=0', '0 is not possible: Growth rate k'],
  ['densenet40-k12?growth=lots', '“lots” is not possible'],
  ['stochastic-depth-110?survival=2', '2 is not possible: Survival of the last block'],
] as const) {
  test(`a number that the family does not allow is refused in words: ${address}`, async ({ page }) => {
    await page.goto(`explore/${address}`);
    await expect(page.getByRole('alert').filter({ hasText: says })).toBeVisible();
    // The published network stands in for it, and the rest of the page works on.
    await expect(totalRow(page)).toContainText(/\d/);
    await expect(page.locator('body')).not.toContainText('NaN');
  });
}

test('stochastic depth shows what training expects, and rolls steps', async ({ page }) => {
  await page.goto('explore/stochastic-depth-110?about=sampler');
  const panel = page.getByRole('tabpanel');
  await expect(panel).toContainText('40.25');
  await expect(panel).toContainText('82.50');
  await expect(panel).toContainText(formatCount(188_618_709));
  await panel.getByRole('button', { name: 'Roll a training step' }).click();
  await expect(panel.getByRole('status')).toContainText(/\d+ of 54 blocks survive/);
});

test('a fractal network samples its paths and opens one column as a plain network', async ({ page }) => {
  await page.goto('explore/fractalnet20?about=sampler');
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByRole('img', { name: /columns of the network/ })).toBeVisible();
  await panel.getByText('Local sampling').click();
  await expect(panel.getByRole('status')).toContainText('probability 0.15');
  await panel.getByText('One column (global)').click();
  const open = panel.getByRole('button', { name: /^Open column [123] as the plain network/ });
  await open.click();
  await expect(page).toHaveURL(/[?&]column=[123]/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/FractalNet-20, column [123] alone/);
  await expect(figure(page)).toBeVisible();
  await expect(layers(page)).not.toContainText('mean');
  await expect(totalRow(page)).not.toContainText(formatInteger(33_734_922));
});
