import { expect, test } from './test.ts';

const open = async (page: import('@playwright/test').Page, ...ids: string[]) => {
  await page.goto(`/compare?${ids.map((id) => `n=${id}`).join('&')}`);
};

test('two networks stand over one another, aligned, with totals against a baseline and a sentence of what changed', async ({
  page,
}) => {
  await open(page, 'alexnet', 'zfnet');
  await expect(page.getByRole('region', { name: 'Figure of AlexNet' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Figure of ZFNet' })).toBeVisible();
  await expect(page.getByText(/conv1 11×11\/4 → 7×7\/2/)).toBeVisible();
  const parameters = page.getByRole('row', { name: /^Parameters/ });
  await expect(parameters).toContainText('60,965,224');
  await expect(parameters).toContainText('62,357,608 ×1.02');
  await page.getByRole('radio', { name: 'Measure against ZFNet' }).check();
  await expect(parameters).toContainText('60,965,224 ×0.978');
});

test('equal levels of resolution begin at one place, and stages fold together', async ({ page }) => {
  await open(page, 'resnet50', 'resnext50-32x4d');
  const [one, other] = [
    page.getByRole('region', { name: 'Figure of ResNet-50' }),
    page.getByRole('region', { name: 'Figure of ResNeXt-50 (32×4d)' }),
  ];
  const left = (figure: typeof one, node: string) =>
    figure
      .locator(`[role=button][data-node="${node}"]`)
      .first()
      .evaluate((element) => element.getBoundingClientRect().left);
  await one.getByRole('button', { name: 'Unfold conv3_x', exact: true }).click();
  await expect(one.getByRole('button', { name: 'Fold conv3_x', exact: true })).toBeVisible();
  await expect(other.getByRole('button', { name: 'Fold conv3_x', exact: true })).toBeVisible();
  for (const node of ['conv1', 'conv4_x', 'pool']) {
    expect(Math.abs((await left(one, node)) - (await left(other, node))), node).toBeLessThan(1);
  }
});

test('networks are added, moved, swapped, varied and taken out, and the address holds it all', async ({
  page,
}) => {
  await page.goto('/compare');
  await page.getByRole('link', { name: 'VGG-16 and VGG-19' }).click();
  const names = page.getByRole('region', { name: 'Networks compared' });
  await expect(names.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Swap the first two' }).click();
  await expect(page).toHaveURL(/n=vgg19&n=vgg16$/);
  await page.getByLabel('Add a network').selectOption('wrn-16-4');
  await expect(page).toHaveURL(/n=vgg19&n=vgg16&n=wrn-16-4$/);
  const card = names.getByRole('listitem').nth(2);
  await card.getByText('Turn its numbers').click();
  const width = card.getByRole('textbox', { name: /Width factor/ });
  await width.fill('2');
  await width.press('Enter');
  await expect(page).toHaveURL(/n=wrn-16-4;width:2$/);
  await expect(page.getByText(/The inputs differ/)).toBeVisible();
  await page.reload();
  await expect(names.getByRole('listitem')).toHaveCount(3);
  await page.getByRole('button', { name: 'Take out VGG-16' }).click();
  await expect(page).toHaveURL(/n=vgg19&n=wrn-16-4;width:2$/);
});

test('what cannot be compared is told and the rest stands', async ({ page }) => {
  await open(page, 'alexnet', 'resnet-50', 'alexnet', 'vgg16', 'vgg19', 'zfnet', 'lenet5', 'zfnet-lecture');
  await expect(page.getByText('The atlas has no network called “resnet-50”')).toBeVisible();
  await expect(page.getByText('AlexNet was named twice and stands here once.')).toBeVisible();
  await expect(page.getByText(/No more than four networks .* LeNet-5/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Networks compared' }).getByRole('listitem')).toHaveCount(4);
  await open(page, 'alexnet', 'zfnet-lecture');
  await expect(page.getByText(/does not fit its input/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Figure of AlexNet' })).toBeVisible();
  await open(page, 'wrn-16-4;width:1000000', 'alexnet');
  await expect(page.getByText(/is not possible/).first()).toBeVisible();
  await open(page, 'vgg16;cardinality:7', '', 'alexnet');
  await expect(
    page.getByText('VGG-16 has no such number to turn, so this is left out: “cardinality:7”.'),
  ).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(1);
});

test('the layers of three networks are listed against the baseline where asked for', async ({ page }) => {
  await open(page, 'resnet50', 'resnext50-32x4d', 'wrn-50-2');
  await expect(page.getByText(/groups 1 → 32/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Layer by layer' }).first().click();
  await expect(page.getByRole('list', { name: 'ResNet-50 → ResNeXt-50 (32×4d)' })).toBeVisible();
});

test('the parts of the page are at hand wherever one reads, and a long list of layers is a window in it', async ({
  page,
}) => {
  await open(page, 'vgg19', 'densenet264');
  const parts = page.getByRole('navigation', { name: 'Parts of this page' });
  await expect(parts.getByRole('link')).toHaveCount(6);
  const to = parts.getByRole('link', { name: 'What is different' });
  await to.click();
  await expect(to).toHaveAttribute('aria-current', 'location');
  await expect(page.getByRole('heading', { name: 'What is different' })).toBeInViewport();
  await expect(parts).toBeInViewport();
  await expect(page).not.toHaveURL(/#/);

  const layers = page.getByRole('region', { name: 'VGG-19 → DenseNet-264', exact: true });
  const { shown, all } = await layers.evaluate(({ clientHeight, scrollHeight }) => ({
    shown: clientHeight,
    all: scrollHeight,
  }));
  expect(shown).toBeLessThan(600);
  expect(all).toBeGreaterThan(1000);
  // Its columns keep their names, and it scrolls by keyboard.
  const headTop = () =>
    layers.evaluate(
      (region) =>
        (region.querySelector('[aria-hidden=true]')?.getBoundingClientRect().top ?? Number.NaN) -
        region.getBoundingClientRect().top,
    );
  expect(await headTop()).toBe(0);
  await layers.focus();
  await page.keyboard.press('End');
  await expect.poll(() => layers.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(400);
  expect(await headTop()).toBe(0);
});

test('one picture goes through several trained networks at once', async ({ page }) => {
  await open(page, 'nin-small-cifar10', 'zfnet-cifar10', 'plain34');
  await expect(page.getByText(/no trained weights for pictures of these here.*plain-34/i)).toBeVisible();
  await page.getByRole('button', { name: /ship/i }).first().click();
  for (const name of ['NiN, small (CIFAR-10)', 'ZFNet (CIFAR-10)']) {
    const column = page.getByRole('region', { name, exact: true });
    await expect(column.getByRole('list', { name: 'Predictions' }).getByRole('listitem')).toHaveCount(5, {
      timeout: 60_000,
    });
    await expect(column).toContainText(/One run here: \d/);
  }
});

test('networks that read one picture say whether they agree, and show side by side where they looked', async ({
  page,
}) => {
  await open(page, 'nin-small-cifar10', 'zfnet-cifar10');
  await page.getByRole('button', { name: /ship/i }).first().click();
  const first = (name: string) =>
    page
      .getByRole('region', { name, exact: true })
      .getByRole('list', { name: 'Predictions' })
      .getByRole('listitem')
      .first();
  const [nin, zfnet] = [first('NiN, small (CIFAR-10)'), first('ZFNet (CIFAR-10)')];
  await expect(nin).toBeVisible({ timeout: 60_000 });
  await expect(zfnet).toBeVisible();
  const said = page.getByText(/both say|They differ/);
  await expect(said).toBeVisible();
  const names = await Promise.all([nin, zfnet].map((one) => one.innerText()));
  const label = (text: string) =>
    text
      .split('\n')[0]
      ?.replace(/[^a-z ]/gi, '')
      .trim() ?? '';
  const isSame = label(names[0] ?? '') === label(names[1] ?? '');
  await expect(said).toHaveText(isSame ? /both say/ : /^They differ/);

  const controls = page.getByRole('region', { name: 'Where they looked' });
  await controls.getByRole('button', { name: 'Class activation' }).click();
  await expect(page.getByRole('img', { name: /^Class activation map of .* over the picture/ })).toHaveCount(
    1,
  );
  await expect(page.getByText(/This network has no class activation map/)).toHaveCount(1);
  await controls.getByRole('button', { name: 'Occlusion' }).click();
  await controls.getByLabel('Class').selectOption('cat');
  const start = controls.getByRole('button', { name: 'Cover and ask all' });
  await start.click();
  await expect(controls.getByText(/^\d+ of \d+$/)).toBeVisible();
  await controls.getByRole('button', { name: 'Cancel' }).click();
  await expect(controls.getByText(/^Cancelled after \d+ of \d+ places/)).toBeVisible();
  await controls.getByRole('button', { name: '1', exact: true }).click();
  await start.click();
  await expect(page.getByText(/^cat: .* with nothing covered; it changes by at most/)).toHaveCount(2, {
    timeout: 60_000,
  });
  await expect(start).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: /^What covering each place does to cat/ })).toHaveCount(2);
});
