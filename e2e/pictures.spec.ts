import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { digitNetworks, trainedNetworks } from '../src/app/explore/trained-networks.ts';
import { figure } from './page.ts';
import { expect, test } from './test.ts';

const networks = [...trainedNetworks].filter((id) => !digitNetworks.has(id));
const ninPage = 'explore/nin-small-cifar10';
const sampleFile = (id: string) => `public/pictures/${id}.webp`;

const upload = (page: Page): Locator => page.getByLabel('Upload an image');
/** What a visitor presses for it. */
const uploadButton = (page: Page): Locator => page.getByRole('button', { name: 'Upload an image' });
const crop = (page: Page): Locator => page.getByRole('button', { name: /^Cut of/ });
const sample = (page: Page, name: RegExp): Locator =>
  page.getByRole('toolbar', { name: 'Samples' }).getByRole('button', { name });

/** The first prediction once the answer belongs to the picture on the page. */
async function readAnswer(page: Page): Promise<string> {
  const list = page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' });
  await expect(list).toBeVisible({ timeout: 60_000 });
  await expect(list.getByRole('listitem')).toHaveCount(5);
  return ((await list.getByRole('listitem').first().textContent()) ?? '').split(' ')[0] ?? '';
}

/** A picture of two halves, left red and right blue, encoded by the browser. */
async function halves(page: Page, type: string, width = 60, height = 30): Promise<Buffer> {
  const url = await page.evaluate(
    ([format, across, down]) => {
      const canvas = document.createElement('canvas');
      canvas.width = across;
      canvas.height = down;
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = '#ff0000';
      context.fillRect(0, 0, across / 2, down);
      context.fillStyle = '#0000ff';
      context.fillRect(across / 2, 0, across / 2, down);
      return canvas.toDataURL(format, 0.95);
    },
    [type, width, height] as const,
  );
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}

const give = (page: Page, name: string, buffer: Buffer, mimeType = 'application/octet-stream') =>
  upload(page).setInputFiles({ name, mimeType, buffer });

/** The picture in the frame: its size, and a pixel at shares of width and height. */
const pixelAt = (page: Page, x: number, y: number) =>
  crop(page).evaluate(
    (element, [across, down]) => {
      const canvas = element.parentElement?.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('no picture');
      const { data } = context.getImageData(
        Math.floor(across * canvas.width),
        Math.floor(down * canvas.height),
        1,
        1,
      );
      return { width: canvas.width, height: canvas.height, colour: [...data] };
    },
    [x, y] as const,
  );

for (const id of networks) {
  test(`an uploaded picture is read by ${id} on WebAssembly, and its maps are drawn`, async ({ page }) => {
    await page.goto(`explore/${id}`);
    await upload(page).setInputFiles(sampleFile('ship-sea'));
    expect(await readAnswer(page)).toBe('ship');
    await expect(page.getByText('Answered by onnxruntime-web on WebAssembly.')).toBeVisible();
    await expect(page.getByText(/^Uncertainty: \d\.\d\d of at most 3\.32 bits\.$/)).toBeVisible();
    const painted = await figure(page)
      .locator('canvas')
      .first()
      .evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return new Set(
          Array.from({ length: data.length / 4 }, (_, at) => `${data[4 * at]},${data[4 * at + 1]}`),
        ).size;
      });
    expect(painted).toBeGreaterThan(50);
  });
}

test('with other numbers than were trained nothing runs, and the page says why and leads back', async ({
  page,
}) => {
  const reads = page.getByText(/^The weights that ship are of a network with/);
  for (const [path, numbers, pad] of [
    ['explore/resnet20-cifar10?filters=8', 'first filters 16', uploadButton(page)],
    ['explore/lenet5?classes=5', 'classes 10', page.getByLabel('Draw a digit', { exact: true })],
  ] as const) {
    await page.goto(path);
    await expect(reads).toContainText(numbers);
    await expect(pad).toBeHidden();
    await page.getByRole('button', { name: 'Show the network that was trained' }).click();
    await expect(pad).toBeVisible();
    await expect(reads).toBeHidden();
    expect(new URL(page.url()).search).toBe('');
  }
});

test('a sample is chosen with the keyboard alone, and its maker is named', async ({ page }) => {
  await page.goto(ninPage);
  await sample(page, /^airplane/)
    .first()
    .focus();
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowRight');
  await expect(sample(page, /^deer/)).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await readAnswer(page)).toBe('deer');
  await expect(page.getByText('“Deer at the edge of a wood”, drawn for this site')).toBeVisible();
});

test('pictures are dropped and pasted, and classes have their names in Chinese', async ({ page }) => {
  await page.goto(ninPage);
  await expect(uploadButton(page)).toBeVisible();
  const transferOf = (id: string) =>
    page.evaluateHandle(
      async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'picture.webp', { type: 'image/webp' }));
        return transfer;
      },
      readFileSync(sampleFile(id)).toString('base64'),
    );
  await page
    .getByRole('heading', { name: 'Give it a picture' })
    .dispatchEvent('drop', { dataTransfer: await transferOf('horse-meadow') });
  expect(await readAnswer(page)).toBe('horse');
  const transfer = await transferOf('truck-tipper');
  await page.evaluate((data) => {
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, transfer);
  await expect(page.getByText('It is a truck', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('list', { name: '预测' }).getByRole('listitem').first()).toContainText('卡车');
});

test('a file that is no picture is told of in one sentence, and the picture before stays', async ({
  page,
}) => {
  test.slow();
  await page.goto(ninPage);
  await upload(page).setInputFiles(sampleFile('ship-sea'));
  expect(await readAnswer(page)).toBe('ship');
  const png = await halves(page, 'image/png');
  const jpeg = await halves(page, 'image/jpeg');
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(30_000, 16);
  bomb.writeUInt32BE(30_000, 20);
  const damaged = Buffer.from(png);
  const pixels = damaged.indexOf('IDAT') + 4;
  damaged.fill(0x5a, pixels, pixels + damaged.readUInt32BE(pixels - 8));
  const heic = Buffer.from([
    0,
    0,
    0,
    24,
    ...Buffer.from('ftypheic'),
    0,
    0,
    0,
    0,
    ...Buffer.from('mif1heic'),
    1,
    2,
    3,
  ]);
  const cases: readonly (readonly [name: string, content: Buffer, sentence: string])[] = [
    ['nothing.png', Buffer.alloc(0), 'The file is empty: it has 0 bytes.'],
    ['notes.png', Buffer.from('shopping: eggs, milk\n'), 'This is no picture: the file is a text.'],
    ['paper.jpg', Buffer.from('%PDF-1.7\n%…'), 'This is no picture: the file is a PDF.'],
    [
      'page.jpg',
      Buffer.from('<!doctype html><title>404</title>'),
      'This is no picture: the file is a web page.',
    ],
    [
      'half.png',
      png.subarray(0, png.length - 30),
      'The file is a PNG that ends before it is complete, so it is not shown.',
    ],
    [
      'half.jpg',
      jpeg.subarray(0, jpeg.length >> 1),
      'The file is a JPEG that ends before it is complete, so it is not shown.',
    ],
    [
      'bomb.png',
      bomb,
      'The picture has 30000 × 30000 pixels. More than 120 million are not decoded: they would not fit in memory.',
    ],
    ['damaged.png', damaged, 'The file begins as a PNG, but the browser cannot decode it: it is damaged.'],
    [
      'phone.heic',
      heic,
      'This browser cannot read the file, which is a HEIC picture. Save it as JPEG or PNG.',
    ],
    [
      'scan.tif',
      Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0]),
      'This browser cannot read the file, which is a TIFF. Save it as JPEG or PNG.',
    ],
  ];
  for (const [name, content, sentence] of cases) {
    await give(page, name, content);
    await expect(page.getByRole('alert'), name).toHaveText(sentence);
    await expect(crop(page)).toBeVisible();
  }
  expect(await readAnswer(page)).toBe('ship');
  await give(page, 'whole.png', png);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await readAnswer(page);
});

test('what is unusual about a file is done right, and said', async ({ page }) => {
  await page.goto(ninPage);
  await expect(uploadButton(page)).toBeVisible();

  // A camera held upright: Exif says that the stored picture is to be turned a quarter clockwise.
  const jpeg = await halves(page, 'image/jpeg');
  const exif = Buffer.from([
    ...[0xff, 0xe1, 0, 34],
    ...Buffer.from('Exif\0\0MM\0*'),
    ...[0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
  ]);
  await give(page, 'upright.jpg', Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]));
  await expect(crop(page)).toBeVisible();
  const top = await pixelAt(page, 0.5, 0.1);
  expect([top.width, top.height]).toEqual([30, 60]);
  expect(top.colour[0]).toBeGreaterThan(200);
  expect((await pixelAt(page, 0.5, 0.9)).colour[2]).toBeGreaterThan(200);

  // Named otherwise than it is.
  await give(page, 'holiday.gif', await halves(page, 'image/png'));
  await expect(page.getByText('Named like a GIF, the file is a PNG, and is read as that.')).toBeVisible();

  // Two frames of one pixel each: red, then blue.
  const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];
  const second = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 0x01, 0];
  const gif = [
    ...Buffer.from('GIF89a'),
    1,
    0,
    1,
    0,
    0x80,
    0,
    0,
    255,
    0,
    0,
    0,
    0,
    255,
    ...frame,
    ...second,
    0x3b,
  ];
  await give(page, 'moving.gif', Buffer.from(gif));
  await expect(page.getByText('An animation: its first frame is shown.')).toBeVisible();
  expect((await pixelAt(page, 0.5, 0.5)).colour).toEqual([255, 0, 0, 255]);

  // A drawing with a script, which may neither run nor ask anyone for anything.
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" onload="parent.ran = 1"><script>parent.ran = 1</script><image href="https://example.org/x.png" width="5" height="5"/><rect width="40" height="20" fill="#00ff00"/></svg>';
  await give(page, 'drawing.svg', Buffer.from(svg), 'image/svg+xml');
  await expect(page.getByText('The drawing holds scripts. They are not run.')).toBeVisible();
  expect((await pixelAt(page, 0.5, 0.5)).colour).toEqual([0, 255, 0, 255]);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);

  // More pixels than are kept.
  await give(page, 'large.png', await halves(page, 'image/png', 3000, 1500));
  await expect(page.getByText('3000 × 1500 pixels, kept at 1,024 or fewer a side.')).toBeVisible();
  const large = await pixelAt(page, 0.1, 0.5);
  expect([large.width, large.height, ...large.colour]).toEqual([1024, 512, 255, 0, 0, 255]);
  await readAnswer(page);
});

test('the cut is moved and scaled by pointer and keys, within the picture', async ({ page }) => {
  await page.goto(ninPage);
  await sample(page, /^cat: Chelsea/).click();
  await expect(crop(page)).toHaveAccessibleName(/^Cut of 192 × 192 pixels at \d+, 0$/);
  await crop(page).focus();
  await page.keyboard.press('Minus');
  await expect(crop(page)).toHaveAccessibleName(/^Cut of 192 × 192/);
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('+');
  await expect(crop(page)).toHaveAccessibleName(/^Cut of 10\d × 10\d pixels/);
  for (let step = 0; step < 9; step += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(crop(page)).toHaveAccessibleName(/pixels at 0, \d+$/);
  const box = await crop(page).boundingBox();
  if (!box) throw new Error('no cut');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 1000, box.y + box.height / 2 - 1000, { steps: 4 });
  await page.mouse.up();
  await expect(crop(page)).toHaveAccessibleName(/pixels at 1\d\d, 0$/);
  await page.getByRole('slider', { name: 'Size of the cut' }).press('End');
  await expect(crop(page)).toHaveAccessibleName(/^Cut of 192 × 192/);
});

test('a step broken on purpose changes the answer; mended, it comes back', async ({ page }) => {
  await page.goto(ninPage);
  await sample(page, /^horse/).click();
  expect(await readAnswer(page)).toBe('horse');
  const swap = page.getByRole('button', { name: 'Swap to BGR' });
  await swap.click();
  await expect(swap).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => readAnswer(page)).not.toBe('horse');
  await expect(page.getByText(/^With no step broken: horse, /)).toBeVisible();
  await expect(page.getByText('blue, green, red')).toBeVisible();
  await page.getByRole('button', { name: 'Leave 0–255' }).click();
  await page.getByRole('button', { name: 'Squeeze it all in' }).click();
  await expect(crop(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Mend all' }).click();
  await expect.poll(() => readAnswer(page)).toBe('horse');
  await expect(page.getByText(/^With no step broken/)).toHaveCount(0);
});

test('a camera is read frame by frame until it is stopped or the page is left', async ({ page }) => {
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 240;
    const context = canvas.getContext('2d');
    let turn = 0;
    setInterval(() => {
      if (!context) return;
      turn += 1;
      context.fillStyle = `hsl(${turn * 7} 70% 50%)`;
      context.fillRect(0, 0, 320, 240);
    }, 33);
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    navigator.mediaDevices.getUserMedia = async () => {
      const stream = canvas.captureStream(30);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  const live = () =>
    page.evaluate(
      () =>
        (window as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(
          (one) => one.readyState === 'live',
        ).length,
    );
  await page.goto(ninPage);
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(page.getByText(/^[1-9]\d* frames read a second$/)).toBeVisible({ timeout: 60_000 });
  expect(await live()).toBe(1);
  await page.getByRole('button', { name: 'Stop camera' }).click();
  expect(await live()).toBe(0);
  await expect(crop(page)).toBeVisible();
  await readAnswer(page);
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Stop camera' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'About' }).click();
  await expect.poll(live).toBe(0);
});

test('a camera that is not allowed is told of, and nothing else is lost', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await page.goto(ninPage);
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'The camera was not allowed. The browser’s address bar lets you allow it again.',
  );
  await sample(page, /^ship: Container/).click();
  expect(await readAnswer(page)).toBe('ship');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`a page that reads pictures has no accessibility violations, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(ninPage);
    await sample(page, /^cat: Chelsea/).click();
    await readAnswer(page);
    await page.getByRole('button', { name: 'Swap to BGR' }).click();
    await give(page, 'notes.png', Buffer.from('hello'));
    await expect(page.getByRole('alert')).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    ).toEqual([]);
  });
}

test('a phone shows picture, answer and steps without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(ninPage);
  await sample(page, /^ship: Container/).click();
  expect(await readAnswer(page)).toBe('ship');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
