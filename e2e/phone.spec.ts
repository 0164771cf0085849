import { drawByTouch, expectStrokes, pad, readAnswer, storedDigit, touch } from './drawing.ts';
import { expect, test } from './test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

for (const path of [
  '',
  'about',
  'explore/lenet5',
  'explore/lenet5?lang=zh',
  'explore/alexnet',
  'explore/zfnet-lecture',
  'explore/vgg19',
  'explore/vgg16?input=abc',
  'explore/nonsense',
  'no/such/page',
]) {
  test(`/${path} does not scroll sideways on a phone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (/^explore\/(?!nonsense)/.test(path)) await expect(page.getByRole('treegrid')).toBeVisible();
    const { wide, beyond } = await page.evaluate(() => {
      // What scrolls inside its own frame, or is cut off by one, does not widen the page.
      const isFramed = (element: Element | null): boolean =>
        element !== null &&
        element !== document.body &&
        (getComputedStyle(element).overflowX !== 'visible' || isFramed(element.parentElement));
      return {
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        beyond: [...document.body.querySelectorAll('*')]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !isFramed(one.parentElement))
          .map((one) => `${one.tagName} ${one.textContent?.slice(0, 40)}`)
          .slice(0, 5),
      };
    });
    expect(wide, beyond.join('\n')).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => innerWidth)).toBe(390);
  });
}

test('a finger draws on the pad without scrolling the page, and scrolls it elsewhere', async ({ page }) => {
  await page.goto('explore/lenet5');
  await pad(page).waitFor();
  await pad(page).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  const stroke = Array.from({ length: 20 }, (_, step) => [140, 250 - 11 * step] as const);
  // Upwards, as one scrolls down.
  await drawByTouch(page, { strokes: [stroke] });
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await expectStrokes(page, 1);
  await page.getByRole('button', { name: 'Clear', exact: true }).tap();
  await drawByTouch(page, storedDigit(7));
  expect(await readAnswer(page)).toBe('7');

  // The same movement on a text scrolls: the one on the pad would have, too.
  const text = page.getByRole('heading', { name: 'What it brought' });
  await text.scrollIntoViewIfNeeded();
  const [from, box] = [await page.evaluate(() => scrollY), await text.boundingBox()];
  if (!box) throw new Error('the text is not in view');
  const session = await page.context().newCDPSession(page);
  await touch(session, 'touchStart', [[box.x + 5, box.y + 5]]);
  for (let step = 1; step <= 10; step += 1) {
    await touch(session, 'touchMove', [[box.x + 5, box.y + 5 - 25 * step]]);
  }
  await touch(session, 'touchEnd', []);
  await expect.poll(() => page.evaluate(() => scrollY)).not.toBe(from);
});
