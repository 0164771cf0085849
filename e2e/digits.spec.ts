import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { draw, pad, readAnswer, type StoredDigit } from './drawing.ts';

const digits: readonly StoredDigit[] = JSON.parse(
  readFileSync(new URL('./fixtures/digits.json', import.meta.url), 'utf8'),
);

test('at least 95 % of the stored digits are read right, drawn stroke by stroke', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('explore/lenet5');
  await pad(page).waitFor();
  const wrong: string[] = [];
  for (const digit of digits) {
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await draw(page, digit);
    const answer = await readAnswer(page);
    if (answer !== String(digit.label)) wrong.push(`${digit.label} (${digit.style}) read as ${answer}`);
  }
  const share = 1 - wrong.length / digits.length;
  test.info().annotations.push({
    type: 'read right',
    description: `${digits.length - wrong.length} of ${digits.length}; wrong: ${wrong.join(', ') || 'none'}`,
  });
  expect(digits.length).toBeGreaterThanOrEqual(60);
  expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
});
