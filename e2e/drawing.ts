import type { Locator, Page } from '@playwright/test';

/** A digit as a person drew it: strokes of points on a 280×280 pad. */
export interface StoredDigit {
  readonly label: number;
  readonly style: string;
  readonly width: number;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
}

/** Side of the pad in the units of the stored strokes. */
const PAD = 280;

const pens = [
  { name: 'Thin', width: 12 },
  { name: 'Normal', width: 20 },
  { name: 'Thick', width: 30 },
] as const;

/** The drawing surface of the explore page. */
export const pad = (page: Page): Locator => page.getByLabel('Draw a digit', { exact: true });

/** The list of predictions, most probable first. */
export const predictions = (page: Page): Locator => page.getByRole('list', { name: 'Predictions' });

/** Draws strokes on the pad with the mouse, as a visitor would, with the pen nearest to the digit's. */
export async function draw(page: Page, digit: Pick<StoredDigit, 'strokes' | 'width'>): Promise<void> {
  const surface = pad(page);
  await surface.scrollIntoViewIfNeeded();
  const pen = pens.reduce((best, one) =>
    Math.abs(one.width - digit.width) < Math.abs(best.width - digit.width) ? one : best,
  );
  await page.getByRole('radio', { name: pen.name }).check({ force: true });
  const box = await surface.boundingBox();
  if (!box) throw new Error('the drawing surface is not visible');
  const place = ([x, y]: readonly [number, number]): [number, number] => [
    box.x + (x / PAD) * box.width,
    box.y + (y / PAD) * box.height,
  ];
  for (const stroke of digit.strokes) {
    const [first, ...rest] = stroke;
    if (!first) continue;
    await page.mouse.move(...place(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...place(point));
    await page.mouse.up();
  }
}

/** The first prediction's label once the answer belongs to the drawing that is on the pad. */
export async function readAnswer(page: Page): Promise<string> {
  const list = predictions(page);
  await list.and(page.locator('[data-current="true"]')).waitFor();
  const text = (await list.getByRole('listitem').first().textContent()) ?? '';
  return text.trim().slice(0, 1);
}
