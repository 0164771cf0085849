import { draw, expectStrokes, pad, predictions, readAnswer, screenPlaces, storedDigit } from './drawing.ts';
import { expect, test } from './test.ts';

const first = (page: Parameters<typeof predictions>[0]) =>
  page
    .locator('[data-current="true"]')
    .getByRole('list', { name: 'Predictions' })
    .getByRole('listitem')
    .first();

test('the answer changes while the pen is still down', async ({ page }) => {
  await page.goto('explore/lenet5');
  await pad(page).waitFor();
  const place = await screenPlaces(page);
  // A 7 begun at its foot: up the stem, which is a 1, then along the bar.
  await page.mouse.move(...place([130, 230]));
  await page.mouse.down();
  for (let step = 1; step <= 20; step += 1) {
    await page.mouse.move(...place([130 + 3 * step, 230 - 8.5 * step]));
  }
  await expect(first(page)).toHaveText(/^1/, { timeout: 15_000 });
  for (let step = 1; step <= 16; step += 1) await page.mouse.move(...place([190 - 7 * step, 60]));
  await expect(first(page)).toHaveText(/^7/);
  await expectStrokes(page, 0);
  await page.mouse.up();
  await expectStrokes(page, 1);
  expect(await readAnswer(page)).toBe('7');
});

test('ten predictions stand in the order of their probability', async ({ page }) => {
  await page.goto('explore/lenet5');
  await draw(page, storedDigit(2));
  await readAnswer(page);
  const texts = await predictions(page).getByRole('listitem').allTextContents();
  const labels = texts.map((text) => text.trim()[0]);
  expect([...labels].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  const shares = texts.map((text) => Number(/([\d.]+)\s*%/.exec(text.trim().slice(1))?.[1] ?? 0));
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
});

test('clearing empties the pad and the answer, and undo brings both back', async ({ page }) => {
  await page.goto('explore/lenet5');
  const digit = storedDigit(7);
  await draw(page, digit);
  expect(await readAnswer(page)).toBe('7');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expectStrokes(page, 0);
  await expect(predictions(page)).toBeHidden();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expectStrokes(page, digit.strokes.length);
  expect(await readAnswer(page)).toBe('7');
});

test('the drawing outlives a reload and a visit to other pages', async ({ page }) => {
  await page.goto('explore/lenet5');
  const digit = storedDigit(4);
  await draw(page, digit);
  expect(await readAnswer(page)).toBe('4');
  await page.reload();
  await expectStrokes(page, digit.strokes.length);
  expect(await readAnswer(page)).toBe('4');
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation.getByRole('link', { name: 'Atlas' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See what every layer sees.');
  await navigation.getByRole('link', { name: 'Explore' }).click();
  await expectStrokes(page, digit.strokes.length);
  expect(await readAnswer(page)).toBe('4');
});
