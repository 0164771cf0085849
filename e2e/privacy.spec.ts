import { draw, readAnswer, storedDigit, waitForRuntime } from './drawing.ts';
import { figure } from './page.ts';
import { expect, test } from './test.ts';

test('nothing is sent to anyone, and nothing but the page’s own files is asked for', async ({
  page,
  context,
  baseURL,
}) => {
  const requests: { readonly method: string; readonly url: URL; readonly body: boolean }[] = [];
  context.on('request', (request) =>
    requests.push({
      method: request.method(),
      url: new URL(request.url()),
      body: request.postData() !== null,
    }),
  );
  await page.goto('');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Explore' }).click();
  await draw(page, storedDigit(7));
  expect(await readAnswer(page)).toBe('7');
  await waitForRuntime(page);
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('list', { name: '预测' })).toBeVisible();
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  // A picture of one's own, classified: it goes no further than the page.
  await page.goto('explore/nin-small-cifar10');
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/ship-sea.webp');
  await expect(
    page
      .locator('[data-current="true"]')
      .getByRole('list', { name: 'Predictions' })
      .getByRole('listitem')
      .first(),
  ).toContainText('ship', { timeout: 60_000 });
  await page.goto('about');
  await page.goto('explore/vgg16');
  await expect(figure(page)).toBeVisible();

  const origin = new URL(baseURL ?? '').origin;
  const elsewhere = requests.filter(({ url }) => /^http|^ws/.test(url.protocol) && url.origin !== origin);
  expect(elsewhere.map(({ url }) => url.href)).toEqual([]);
  expect(requests.filter(({ method, body }) => method !== 'GET' || body)).toEqual([]);
  expect(requests.some(({ url }) => url.pathname.endsWith('.wasm'))).toBe(true);
  expect(await context.cookies()).toEqual([]);
});

test('the runtime is not asked for before the page of a trained network is open', async ({
  page,
  context,
}) => {
  const paths: string[] = [];
  context.on('request', (request) => paths.push(new URL(request.url()).pathname));
  await page.goto('explore/vgg16');
  await expect(figure(page)).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(paths.filter((path) => /\.wasm$|\/models\//.test(path))).toEqual([]);
});
