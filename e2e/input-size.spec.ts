import type { Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { computeCosts } from '../src/engine/cost/costs.ts';
import { formatInteger } from '../src/engine/cost/format.ts';
import { lower } from '../src/engine/graph/lower.ts';
import type { Architecture } from '../src/engine/spec/types.ts';
import { draw, expectStrokes, readAnswer, storedDigit } from './drawing.ts';
import { figure, inspector, layerRow, layers, totalRow } from './page.ts';
import { expect, test } from './test.ts';

const vgg16 = architectures.get('vgg16') as Architecture;
const macsAt = (height: number, width: number) =>
  formatInteger(computeCosts(lower(vgg16, [3, height, width])).total.macs);

const field = (page: Page) => page.getByRole('textbox', { name: 'Input', exact: true });

/** What the page answers to a size that is none: a sentence beside the field. */
const refused = [
  { text: '0', message: 'An image needs at least one row and one column.' },
  { text: '1000000000', message: '1000000000 is larger than any image' },
  { text: 'abc', message: '“abc” is not a size.' },
] as const;

/** What it answers to a size that does not fit: the layer and the arithmetic. */
const misfits = [
  { text: '1', message: 'stage1/pool (MaxPool): a window of 2 does not fit in 1' },
  { text: '31', message: 'stage5/pool (MaxPool): a window of 2 does not fit in 1' },
] as const;

for (const how of ['typed', 'in the address'] as const) {
  const give = async (page: Page, text: string) => {
    if (how === 'in the address') {
      await page.goto(`explore/vgg16?input=${text}`);
      return;
    }
    await page.goto('explore/vgg16');
    await field(page).fill(text);
    await field(page).press('Enter');
  };

  for (const { text, message } of refused) {
    test(`an input of ${text}, ${how}, is refused beside the field and the page works on`, async ({
      page,
    }) => {
      await give(page, text);
      await expect(page.getByRole('alert')).toContainText(message);
      await expect(field(page)).toHaveValue(text);
      await expect(field(page)).toHaveAccessibleDescription(new RegExp(message.slice(0, 12)));
      await expect(totalRow(page)).toContainText(macsAt(224, 224));
      await layerRow(page, 'fc6').click();
      await expect(inspector(page)).toContainText('102,764,544');
      await page.getByRole('button', { name: 'Back to 224' }).click();
      await expect(page.getByRole('alert')).toHaveCount(0);
      await expect(field(page)).toHaveValue('224');
    });
  }

  for (const { text, message } of misfits) {
    test(`an input of ${text}, ${how}, names the layer that breaks and the page works on`, async ({
      page,
    }) => {
      await give(page, text);
      await expect(page.getByRole('alert', { name: 'This network does not fit' })).toContainText(message);
      await expect(figure(page)).toBeVisible();
      await expect(totalRow(page)).not.toContainText(/\d/);
      await layerRow(page, 'stage1').click();
      await expect(layerRow(page, 'stage1')).toHaveAttribute('aria-selected', 'true');
      await page.getByRole('button', { name: 'Back to 224' }).click();
      await expect(totalRow(page)).toContainText(macsAt(224, 224));
      await expect(page.getByRole('alert')).toHaveCount(0);
    });
  }

  test(`an input of 256x192, ${how}, is followed by every figure`, async ({ page }) => {
    await give(page, '256x192');
    await expect(totalRow(page)).toContainText(macsAt(256, 192));
    await expect(page).toHaveURL(/[?&]input=256x192(&|$)/);
    await expect(layers(page)).toContainText('512×8×6');
    await expect(page.getByText('stage5', { exact: false }).first()).toBeVisible();
    // What torchvision's VGG does at any other size than its own: means over 7×7 windows before the classifier.
    await expect(layerRow(page, 'avgpool')).toContainText('AdaptiveAvgPool 7×7');
    await expect(layerRow(page, 'avgpool')).toContainText('512×7×7');
    await page.getByRole('button', { name: 'Back to 224' }).click();
    await expect(totalRow(page)).toContainText(macsAt(224, 224));
    await expect(page).not.toHaveURL(/input=/);
  });
}

test('a fully connected layer that follows the input says what that means for it', async ({ page }) => {
  const network = architectures.get('vgg11-cifar10') as Architecture;
  const numbersAt = (extent: number) => {
    const flat = lower(network, [3, extent, extent]).nodes.find(({ op }) => op === 'Flatten');
    return formatInteger(flat?.shape?.[0] ?? Number.NaN);
  };
  await page.goto('explore/vgg11-cifar10?input=64');
  await expect(page.getByText(`takes ${numbersAt(64)} numbers instead of ${numbersAt(32)}`)).toBeVisible();
});

test('a drawing is kept while LeNet-5 has an input that its weights are not for', async ({ page }) => {
  await page.goto('explore/lenet5');
  const digit = storedDigit(7);
  await draw(page, digit);
  expect(await readAnswer(page)).toBe('7');
  await field(page).fill('28');
  await field(page).press('Enter');
  await expect(page.getByRole('alert', { name: 'This network does not fit' })).toContainText(
    'declared for 400 inputs, but 16 · 4 · 4 = 256',
  );
  await expect(page.getByText('The trained weights are for an input of 1×32×32.')).toBeVisible();
  await expectStrokes(page, digit.strokes.length);
  await page.getByRole('button', { name: 'Back to 32' }).click();
  expect(await readAnswer(page)).toBe('7');
  await expect(figure(page).getByRole('button', { name: /^conv1/ })).toBeVisible();
});
