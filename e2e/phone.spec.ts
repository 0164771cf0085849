import { drawByTouch, expectStrokes, pad, readAnswer, storedDigit, touch } from './drawing.ts';
import { figureBox } from './page.ts';
import { expect, test } from './test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

for (const path of [
  '',
  'about',
  'compare',
  'device',
  'compare?n=vgg19&n=resnet152&n=densenet264&n=wrn-16-4;width:2',
  'build',
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

test('two fingers zoom the figure where they are, not the page', async ({ page }) => {
  await page.goto('explore/vgg16');
  const scale = page.getByRole('group', { name: 'Zoom' }).getByRole('status');
  const percent = async () => Number.parseInt((await scale.textContent()) ?? '', 10);
  const rule = figureBox(page, 'stage3').locator('rect').nth(1);
  const middle = async () => {
    const box = await rule.boundingBox();
    if (!box) throw new Error('stage3 is not in view');
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await rule.scrollIntoViewIfNeeded();
  const before = await percent();
  const [x, y] = await middle();
  const session = await page.context().newCDPSession(page);
  const spread = (distance: number) =>
    [
      [x - distance, y],
      [x + distance, y],
    ] as const;
  await touch(session, 'touchStart', spread(20));
  for (let distance = 24; distance <= 40; distance += 4) await touch(session, 'touchMove', spread(distance));
  await touch(session, 'touchEnd', []);
  // Twice as far apart, twice as large, and what was between the fingers still is.
  await expect.poll(percent).toBeGreaterThan(1.9 * before);
  expect(await percent()).toBeLessThan(2.1 * before);
  const [afterX, afterY] = await middle();
  expect(Math.abs(afterX - x)).toBeLessThan(6);
  expect(Math.abs(afterY - y)).toBeLessThan(6);
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
});

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
