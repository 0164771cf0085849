import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

type Place = readonly [x: number, y: number];

/** Draws a line on the sheet; places in shares of its side. */
async function line(page: Page, [from, to]: readonly [Place, Place]): Promise<void> {
  const sheet = page.getByLabel('Draw a picture', { exact: true });
  await sheet.scrollIntoViewIfNeeded();
  const box = await sheet.boundingBox();
  if (!box) throw new Error('the sheet is not on screen');
  await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 5 });
  await page.mouse.up();
}

/** The answer once it belongs to what is on the page. */
const answer = (page: Page) =>
  page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' }).getByRole('listitem');

/** A colour of the palette. */
const colour = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Colours' }).getByTitle(name, { exact: true });

test('a drawing in colours is answered stroke by stroke, undone, cleared, and kept from page to page', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('explore/nin-small-cifar10');
  await page.getByRole('button', { name: 'Draw one' }).click();
  await expect(answer(page)).toHaveCount(5, { timeout: 60_000 });
  const empty = await answer(page).allTextContents();

  await page.getByRole('button', { name: 'Broad' }).click();
  await colour(page, 'Sky blue').click();
  for (const y of [0.08, 0.28, 0.48]) {
    await line(page, [
      [0, y],
      [1, y],
    ]);
  }
  await colour(page, 'Blue').click();
  for (const y of [0.74, 0.92]) {
    await line(page, [
      [0, y],
      [1, y],
    ]);
  }
  await page.getByRole('button', { name: 'Medium' }).click();
  await colour(page, 'Grey').click();
  await line(page, [
    [0.2, 0.6],
    [0.8, 0.6],
  ]);
  await expect(page.getByText('6 strokes on the sheet.')).toBeAttached();
  await expect(answer(page).first()).toContainText(/ship|airplane/);
  const drawn = await answer(page).allTextContents();
  expect(drawn).not.toEqual(empty);

  // Another network is asked about the same drawing.
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByText('5 strokes on the sheet.')).toBeAttached();
  await expect.poll(() => answer(page).allTextContents()).not.toEqual(drawn);
  await page
    .getByRole('navigation', { name: 'Lineage' })
    .getByRole('link', { name: /^(?:2013 )?ZFNet/ })
    .first()
    .click();
  await page.goBack();
  await expect(page.getByText('5 strokes on the sheet.')).toBeAttached();
  await expect(answer(page)).toHaveCount(5);

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByText('The sheet is empty.')).toBeAttached();
  await expect.poll(() => answer(page).allTextContents()).toEqual(empty);
  // A picture from elsewhere puts the sheet away.
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/ship-sea.webp');
  await expect(page.getByLabel('Draw a picture', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Cut of/ })).toBeVisible();
});
