import type { Page } from '@playwright/test';
import { draw, readAnswer, storedDigit, waitForRuntime } from './drawing.ts';
import { figure, figureBox, inspector, layerRow, layers } from './page.ts';
import { expect, test } from './test.ts';

test('a row of the table marks its box in the figure, shows its working, and stays in the address', async ({
  page,
}) => {
  await page.goto('explore/alexnet');
  await layerRow(page, 'conv1').click();
  await expect(layerRow(page, 'conv1')).toHaveAttribute('aria-selected', 'true');
  await expect(figureBox(page, 'conv1')).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/[?&]node=conv1(&|$)/);
  await expect(inspector(page).getByRole('heading', { level: 2 })).toHaveText('conv1');
  await expect(inspector(page)).toContainText('⌊(227 − 11 + 2·0) / 4⌋ + 1 = 55');
  await expect(inspector(page)).toContainText('34,944');

  await page.reload();
  await expect(layerRow(page, 'conv1')).toHaveAttribute('aria-selected', 'true');
  await expect(figureBox(page, 'conv1')).toHaveAttribute('aria-pressed', 'true');
  await expect(inspector(page)).toContainText('⌊(227 − 11 + 2·0) / 4⌋ + 1 = 55');
});

test('a box of the figure marks its row in the table', async ({ page }) => {
  await page.goto('explore/lenet5');
  await figureBox(page, 'pool2').click();
  await expect(layerRow(page, 'pool2')).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/[?&]node=pool2(&|$)/);
  await expect(inspector(page)).toContainText('⌊(10 − 2 + 2·0) / 2⌋ + 1 = 5');
});

test('pointing at a row lights the box of the same layer, and the other way round', async ({ page }) => {
  await page.goto('explore/lenet5');
  await layerRow(page, 'fc3').hover();
  await expect(figureBox(page, 'fc3')).toHaveAttribute('data-hovered', '');
  await expect(figureBox(page, 'conv1')).not.toHaveAttribute('data-hovered');
  await figureBox(page, 'conv1').hover();
  await expect(layerRow(page, 'conv1')).toHaveAttribute('data-hovered');
  await expect(figureBox(page, 'fc3')).not.toHaveAttribute('data-hovered');
});

test('stages of the figure unfold and fold', async ({ page }) => {
  await page.goto('explore/vgg16');
  // A stage may unfold to its units or to their operators.
  const inside = figure(page).locator('[role=button][data-node^="stage3/conv2"]').first();
  await expect(figureBox(page, 'stage3')).toBeVisible();
  await figure(page).getByRole('button', { name: 'Unfold stage3' }).click();
  await expect(inside).toBeVisible();
  await expect(figureBox(page, 'stage3')).toHaveCount(0);
  await expect(figureBox(page, 'stage2')).toBeVisible();
  await figure(page).getByRole('button', { name: 'Fold stage3' }).click();
  await expect(figureBox(page, 'stage3')).toBeVisible();
  await page.getByRole('button', { name: 'Unfold all', exact: true }).click();
  await expect(inside).toBeVisible();
  await page.getByRole('button', { name: 'Fold all', exact: true }).click();
  await expect(inside).toHaveCount(0);
});

test('columns of the table sort both ways', async ({ page }) => {
  await page.goto('explore/alexnet');
  const parameters = async () =>
    (
      await layers(page)
        .locator('[role=row][data-node]')
        .evaluateAll((rows) =>
          rows.map((row) => row.querySelectorAll('[role=gridcell]')[2]?.textContent ?? ''),
        )
    ).map((text) => Number(text.replaceAll(',', '')));
  const header = layers(page).getByRole('columnheader', { name: 'Parameters' });
  await header.getByRole('button').click();
  const direction = await header.getAttribute('aria-sort');
  const once = await parameters();
  await header.getByRole('button').click();
  const twice = await parameters();
  const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);
  expect(direction).toMatch(/ascending|descending/);
  expect(once).toEqual(direction === 'ascending' ? ascending(once) : ascending(once).reverse());
  expect(twice).toEqual(direction === 'ascending' ? ascending(twice).reverse() : ascending(twice));
  expect(once[0]).not.toBe(twice[0]);
});

/** Points at a place in a box of the figure, as shares of its width and height. */
async function pointAt(page: Page, id: string, [x, y]: readonly [number, number]): Promise<void> {
  const box = await figureBox(page, id).boundingBox();
  if (!box) throw new Error(`${id} is not in view`);
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 3 });
}

test('a cell of a feature map shows the arithmetic that made it, and the runtime returned the same number', async ({
  page,
}) => {
  await page.goto('explore/lenet5');
  await draw(page, storedDigit(7));
  expect(await readAnswer(page)).toBe('7');
  await waitForRuntime(page);
  const agreement = inspector(page).locator('[data-agrees]');
  // Between two maps there is no cell: of these places some hit one.
  const places = [0.2, 0.37, 0.5, 0.63].map((share) => [share / 2 + 0.1, share] as const);
  for (const [id, node] of [
    ['conv1', 'conv1/tanh'],
    ['pool1', 'pool1'],
    ['conv2', 'conv2/tanh'],
    ['pool2', 'pool2'],
    ['fc1', 'fc1/tanh'],
    ['fc3', 'fc3'],
  ] as const) {
    await figureBox(page, id).scrollIntoViewIfNeeded();
    const shown = new Set<string>();
    for (const place of places) {
      await pointAt(page, id, place);
      const cell = inspector(page).locator(`[data-cell^="${node}@"]`);
      if ((await cell.count()) === 0) continue;
      shown.add((await cell.getAttribute('data-cell')) ?? '');
      await expect(agreement, id).toHaveAttribute('data-agrees', 'true');
      await expect(agreement).toContainText(/the runtime returned .* ✓/);
    }
    expect([...shown], `cells of ${id}`).not.toEqual([]);
  }
  // The working of a convolution's cell is there in full: products, bias, activation.
  await figureBox(page, 'conv2').click();
  await expect(inspector(page)).toContainText(/\(Σ 150 products\) [+−] [\d.]+ \(bias\) = /);
  await expect(inspector(page)).toContainText('→ tanh = ');
});
