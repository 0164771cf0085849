import { existsSync, readFileSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { computeCosts } from '../src/engine/cost/costs.ts';
import { formatInteger } from '../src/engine/cost/format.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import { type MadeModel, madeFile } from '../src/engine/onnx/onnx-file.testing.ts';
import { parseModelCard, trainedArchitecture } from '../src/engine/weights/card.ts';
import { readWeights } from '../src/engine/weights/read-weights.ts';
import { seededTensors } from '../src/engine/weights/seeded.ts';
import { draw, storedDigit } from './drawing.ts';
import { figure, layers } from './page.ts';
import { expect, test } from './test.ts';

const shared = (path: string) => new URL(`../../shared/${path}`, import.meta.url);
const squeezenet = shared('models/squeezenet1.1-fp32.onnx');

interface Given {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const input = (page: Page) => page.getByLabel('Open an ONNX file');

/** Chooses files on the page. */
const give = (page: Page, ...files: readonly Given[]) =>
  input(page).setInputFiles(
    files.map(({ name, bytes }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    })),
  );

const total = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`);

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The predictions once the answer belongs to the picture on the page. */
async function readAnswer(page: Page): Promise<readonly string[]> {
  const list = page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' });
  await expect(list).toBeVisible({ timeout: 60_000 });
  await expect(list.getByRole('listitem')).toHaveCount(5);
  return list.getByRole('listitem').allTextContents();
}

/** A network of the catalogue as a file with seeded weights. */
function exported(id: string): Given {
  const architecture = architectures.get(id);
  if (!architecture) throw new Error(`no ${id}`);
  const graph = lower(architecture);
  return {
    name: `${id}.onnx`,
    bytes: modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, 1) })),
  };
}

const made = (name: string, model: MadeModel): Given => ({ name, bytes: madeFile(model) });

const small: MadeModel = {
  nodes: [{ type: 'Relu', inputs: ['x'], outputs: ['y'] }],
};

for (const id of ['lenet5', 'resnet20-cifar10']) {
  test(`${id} out of a file costs what it costs in the catalogue, and runs`, async ({ page }) => {
    const architecture = architectures.get(id);
    if (!architecture) throw new Error(`no ${id}`);
    const { total: costs } = computeCosts(lower(architecture));
    await page.goto('build');
    await give(page, exported(id));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(id);
    await expect(figure(page)).toBeVisible();
    await expect(layers(page)).toBeVisible();
    await expect(total(page, 'parameters')).toContainText(formatInteger(costs.parameters));
    await expect(total(page, 'macs')).toContainText(formatInteger(costs.macs));
    await expect(page.locator('[data-total]')).toContainText(formatInteger(costs.macs));
    // Nothing of onnxruntime is fetched before there is something to run.
    expect(page.workers().some((worker) => /\/worker-[^/]*\.js/.test(worker.url()))).toBe(false);
    // One channel is drawn, three are a picture.
    if (architecture.input[0] === 1) await page.getByRole('button', { name: 'Sample 7' }).click();
    else await page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();
    const answer = await readAnswer(page);
    expect(answer.every((line) => /^\d /.test(line))).toBe(true);
    await expect(page.getByText('Answered by onnxruntime-web on WebAssembly.')).toBeVisible();
    await expect(page.getByText('The network gives probabilities')).toBeVisible();
    await expect(figure(page).locator('canvas').first()).toBeVisible();
  });
}

test('a trained network out of a file reads pictures with the numbers of its card', async ({ page }) => {
  const id = 'nin-small-cifar10';
  const architecture = architectures.get(id);
  if (!architecture) throw new Error(`no ${id}`);
  const card = parseModelCard(readFileSync(`public/models/${id}.json`, 'utf8'));
  const graph = lower(architecture);
  const tensors = await readWeights(graph, card, readFileSync(`public/models/${card.file}`));
  await page.goto('build');
  await give(page, { name: 'net.onnx', bytes: modelBytes(exportOnnx(graph, { tensors })) });
  await page.getByLabel('Values', { exact: true }).selectOption({ label: 'Numbers of your own' });
  await page.getByLabel('divided by').fill('0');
  await expect(page.getByText('nothing is divided by 0')).toBeVisible();
  await page.getByLabel('divided by').fill(String(card.input.preprocessing.std));
  await page.getByLabel('less', { exact: true }).fill(String(card.input.preprocessing.mean));
  for (const [file, name] of [
    ['ship-sea', 'ship'],
    ['frog-sitting', 'frog'],
  ]) {
    await page.getByLabel('Upload an image').setInputFiles(`public/pictures/${file}.webp`);
    const list = page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' });
    await expect(list.getByRole('listitem').first()).toContainText(name ?? '', { timeout: 60_000 });
  }
});

/** A trained network of the site as a file. */
async function trained(id: string): Promise<Given> {
  const architecture = architectures.get(id);
  if (!architecture) throw new Error(`no ${id}`);
  const card = parseModelCard(readFileSync(`public/models/${id}.json`, 'utf8'));
  const graph = lower(trainedArchitecture(architecture, card));
  const tensors = await readWeights(graph, card, readFileSync(`public/models/${card.file}`));
  return { name: `${id}.onnx`, bytes: modelBytes(exportOnnx(graph, { tensors, batch: 'any' })) };
}

test('the answer of a file is explained, and its layers, channels and runs are measured, as of any network', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('build');
  await give(page, await trained('wrn-16-2-cifar10'));
  await page.getByLabel('Values', { exact: true }).selectOption({ label: '−1 … 1' });
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/ship-sea.webp');
  const [first = ''] = await readAnswer(page);
  const explaining = page.getByRole('region', { name: 'Why this answer?' });
  const sum = explaining.getByText(/^mean −?[\d.]+ \+ bias −?[\d.]+ = logit −?[\d.]+$/);
  await expect(sum).toBeVisible({ timeout: 30_000 });
  // The softmax of what the maps and the file's own classifier say is what the network answers.
  const logits: number[] = [];
  for (let index = 0; index < 10; index += 1) {
    await explaining.getByRole('combobox', { name: 'Class' }).selectOption(String(index));
    const text = (await sum.textContent())?.replace(/.*logit /, '').replace('−', '-');
    logits.push(Number(text));
  }
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const share = Math.max(...powers) / powers.reduce((whole, power) => whole + power, 0);
  expect(100 * share).toBeCloseTo(Number(/([\d.]+) %/.exec(first)?.[1]), -0.4);
  await expect(explaining.getByRole('combobox', { name: 'Class' })).toContainText('ship');
  await explaining.getByRole('button', { name: 'Cover and ask' }).click();
  await expect(explaining.getByText(/with nothing covered, down to/)).toBeVisible({ timeout: 60_000 });

  const times = page.getByRole('region', { name: 'Time, layer by layer' });
  await times.getByRole('button', { name: 'Measure layers' }).click();
  await expect(times.getByText(/in all layers/)).toBeVisible({ timeout: 60_000 });
  const rows = await times
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => row.lastElementChild?.textContent ?? ''));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.every((text) => /^[\d.]+ (µs|ms) (< )?[\d.]+ %$/.test(text))).toBe(true);

  await layers(page).getByRole('row').filter({ hasText: 'Conv 3×3' }).first().click();
  const channels = page.getByRole('region', { name: 'Channel by channel' });
  await expect(channels.getByRole('img', { name: 'Its filter' })).toBeVisible();
  await page.getByText('Clocks').click();
  await page.getByRole('button', { name: 'Time 30 runs' }).click();
  await expect(page.getByText('steady, median of 30')).toBeVisible({ timeout: 30_000 });
});

test('a file of one channel reads what is drawn, by the size and the ink that the visitor says', async ({
  page,
}) => {
  await page.goto('build');
  await give(page, await trained('lenet5'));
  await draw(page, storedDigit(3));
  const first = page.locator('[data-current="true"]').getByRole('listitem').first();
  await expect(first).toContainText('3', { timeout: 60_000 });
  const sure = await first.textContent();
  const size = page.getByRole('combobox', { name: 'Size of a drawing' });
  await expect(size).toHaveValue('padded');
  await expect(page.getByText('32 × 32', { exact: true }).first()).toBeVisible();
  await size.selectOption('drawn');
  await expect(page.getByText('280 × 280', { exact: true })).toBeVisible();
  await size.selectOption('padded');
  await expect(first).toHaveText(sure ?? '');
  await page.getByRole('combobox', { name: 'Ink' }).selectOption('asIs');
  await expect(first).not.toHaveText(sure ?? '');
  // A picture takes the pad's place, and what was drawn is there when the pad is back.
  await page
    .getByRole('radio', { name: 'Picture' })
    .or(page.getByRole('button', { name: 'Picture' }))
    .first()
    .click();
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/ship-sea.webp');
  await expect(page.getByText('grey', { exact: true })).toBeVisible();
  await page
    .getByRole('radio', { name: 'Drawing pad' })
    .or(page.getByRole('button', { name: 'Drawing pad' }))
    .first()
    .click();
  await page.getByRole('combobox', { name: 'Ink' }).selectOption('inverted');
  await expect(first).toHaveText(sure ?? '');
});

test('a file runs on WebGPU, and a size that it does not take is not run @webgpu', async ({ page }) => {
  test.setTimeout(240_000);
  const id = 'nin-small-cifar10';
  const architecture = architectures.get(id);
  if (!architecture) throw new Error(`no ${id}`);
  const card = parseModelCard(readFileSync(`public/models/${id}.json`, 'utf8'));
  const graph = lower(architecture);
  const tensors = await readWeights(graph, card, readFileSync(`public/models/${card.file}`));
  await page.goto('build?backend=webgpu');
  await give(page, { name: 'net.onnx', bytes: modelBytes(exportOnnx(graph, { tensors, forWebGpu: true })) });
  await page.getByLabel('Values', { exact: true }).selectOption({ label: '−1 … 1' });
  await page.getByLabel('Upload an image').setInputFiles('public/pictures/ship-sea.webp');
  await expect(page.getByText('Answered by onnxruntime-web on WebGPU.')).toBeVisible({ timeout: 120_000 });
  const list = page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' });
  await expect(list.getByRole('listitem').first()).toContainText('ship');
  const field = page.getByLabel('Input', { exact: true });
  await field.fill('64');
  await field.press('Enter');
  await expect(page.getByText('the file fixes its input at 3×32×32')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Upload an image' })).toBeHidden();
  await page.getByRole('button', { name: 'Back to 32' }).click();
  await expect(page.getByRole('button', { name: 'Upload an image' })).toBeVisible();
});

test('what is no ONNX model, or a damaged one, is told in one sentence, and the one before stays', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const lenet = exported('lenet5');
  const conv = (own: Partial<MadeModel>): MadeModel => ({
    nodes: [{ type: 'Conv', inputs: ['x', 'w'], outputs: ['y'] }],
    tensors: [{ name: 'w', shape: [4, 3, 3, 3] }],
    ...own,
  });
  await page.goto('build');
  await give(page, lenet);
  await expect(layers(page)).toBeVisible();
  const cases: readonly (readonly [Given, RegExp])[] = [
    [{ name: 'text.onnx', bytes: Buffer.from('import torch\n') }, /text, not an ONNX model/],
    [{ name: 'empty.onnx', bytes: new Uint8Array(0) }, /file is empty/],
    [{ name: 'half.onnx', bytes: lenet.bytes.subarray(0, lenet.bytes.length >> 1) }, /cut short/],
    [{ name: 'png.onnx', bytes: readFileSync('public/favicon.svg') }, /not an ONNX model/],
    [
      made('circle.onnx', {
        nodes: [
          { type: 'Add', inputs: ['x', 'b'], outputs: ['a'], name: 'one' },
          { type: 'Relu', inputs: ['a'], outputs: ['b'], name: 'two' },
        ],
        outputs: [{ name: 'b' }],
      }),
      /one, two wait for one another/,
    ],
    [made('missing.onnx', conv({ tensors: [] })), /reads “?"?w"?”?, which is neither/],
    [
      made('types.onnx', conv({ tensors: [{ name: 'w', type: 7, shape: [4, 3, 3, 3] }] })),
      /cannot take "w" of type int64/,
    ],
    [made('new.onnx', { ...small, opset: 99 }), /version 99 .* 1 to \d+ are known/],
    [
      made('many.onnx', {
        nodes: Array.from({ length: 100_000 }, (_, index) => ({
          type: 'Relu',
          inputs: [index === 0 ? 'x' : `t${index - 1}`],
          outputs: [index === 99_999 ? 'y' : `t${index}`],
        })),
      }),
      /100000 nodes, more than the 20000/,
    ],
  ];
  for (const [file, sentence] of cases) {
    await give(page, file);
    const alert = page.getByRole('alert');
    await expect(alert, file.name).toContainText(file.name);
    await expect(alert, file.name).toHaveText(sentence);
    expect((await alert.textContent())?.match(/[.] [A-Z]/g) ?? [], file.name).toEqual([]);
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('lenet5');
  await expect(total(page, 'parameters')).toContainText('61,706');
});

test('a file of 3 GB is refused at once', async ({ page }, testInfo) => {
  const path = testInfo.outputPath('huge.onnx');
  await writeFile(path, exported('lenet5').bytes);
  // Sparse: no disk is written.
  await truncate(path, 3 * 2 ** 30);
  await page.goto('build');
  await input(page).setInputFiles(path);
  await expect(page.getByRole('alert')).toContainText(
    'The file has 3.00 GiB; an ONNX file has at most 2.00 GiB.',
  );
});

test('the first version of the operators is read, with a note', async ({ page }) => {
  await page.goto('build');
  await give(page, made('old.onnx', { ...small, opset: 1 }));
  await expect(layers(page)).toBeVisible();
  await page.getByText('What was read from the file').click();
  await expect(page.getByText('of an old version, which may not run')).toBeVisible();
});

test('a size that the file leaves open is asked for, and can be changed', async ({ page }) => {
  await page.goto('build');
  const conv: MadeModel = {
    nodes: [
      { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
      { type: 'GlobalAveragePool', inputs: ['c'], outputs: ['p'] },
      { type: 'Flatten', inputs: ['p'], outputs: ['y'] },
    ],
    tensors: [{ name: 'w', shape: [10, 3, 3, 3] }],
    inputs: [{ name: 'x', shape: ['batch', 3, 'height', 'width'] }],
  };
  await give(page, made('open.onnx', conv));
  const size = page.getByLabel('Height × width');
  await size.fill('zero');
  await expect(page.getByText('“zero” is not a size')).toBeVisible();
  await size.fill('34x66');
  await page.getByRole('button', { name: 'Open at this size' }).click();
  await expect(total(page, 'macs')).toContainText(formatInteger(10 * 27 * 32 * 64));
  const field = page.getByLabel('Input', { exact: true });
  await field.fill('10');
  await field.press('Enter');
  await expect(total(page, 'macs')).toContainText(formatInteger(10 * 27 * 64));
  await field.fill('2');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('a window of 3 does not fit in 2');
  await expect(total(page, 'macs')).toContainText(formatInteger(10 * 27 * 64));
  await page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();
  await readAnswer(page);
});

/** A network whose logits are ln 1 … ln 4 whatever the picture, so that its softmax is 10 % … 40 %. */
const steady = (outputs: readonly string[], ...tail: MadeModel['nodes']): MadeModel => ({
  nodes: [
    { type: 'Conv', inputs: ['x', 'w', 'rising'], outputs: ['c'] },
    { type: 'Flatten', inputs: ['c'], outputs: ['f'] },
    ...tail,
  ],
  tensors: [
    { name: 'w', shape: [4, 3, 8, 8] },
    { name: 'rising', shape: [4], floats: [1, 2, 3, 4].map(Math.log) },
    ...(outputs.includes('other')
      ? [{ name: 'falling', shape: [4], floats: [4, 3, 2, 1].map(Math.log) }]
      : []),
  ],
  outputs: outputs.map((name) => ({ name })),
});

test('the answer is right in per cent whether a file ends in its logits, a softmax or sigmoids', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('build');
  const softmax = ['3 40.0 %', '2 30.0 %', '1 20.0 %', '0 10.0 %'];
  for (const [name, outputs, tail, words, shares] of [
    ['logits', ['f'], [], 'The network gives logits', softmax],
    ['softmax', ['y'], [{ type: 'Softmax', inputs: ['f'], outputs: ['y'] }], 'gives probabilities', softmax],
    ['logarithms', ['y'], [{ type: 'LogSoftmax', inputs: ['f'], outputs: ['y'] }], 'gives logits', softmax],
    [
      'sigmoids',
      ['y'],
      [{ type: 'Sigmoid', inputs: ['f'], outputs: ['y'] }],
      'judges each class by itself',
      ['3 80.0 %', '2 75.0 %', '1 66.7 %', '0 50.0 %'],
    ],
  ] as const) {
    await give(page, made(`${name}.onnx`, steady(outputs, ...tail)));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();
    await expect(page.getByText(words)).toBeVisible({ timeout: 60_000 });
    const rows = page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' });
    await expect
      .poll(async () => (await rows.getByRole('listitem').allTextContents()).map(inOneLine))
      .toEqual(shares);
  }
});

test('a large file, which several workers read, answers as the same weights do that are nowhere in a file', async ({
  page,
}, testInfo) => {
  test.setTimeout(180_000);
  const read = async () => {
    await page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();
    // Of random weights: classes as alike as these tell the smallest mistake.
    return (await readAnswer(page)).map((line) => [/\d+/.exec(line)?.[0], /[\d.]+ %/.exec(line)?.[0]]);
  };
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('explore/resnet50?model=random');
  await page.getByRole('button', { name: 'Run with random weights' }).click();
  await expect(page.getByRole('button', { name: 'Upload an image' })).toBeVisible();
  const expected = await read();
  await page.goto('build');
  // Of two hundred tensors: streams that are given up, or collected before their end, would leave one waiting.
  const { name, bytes } = exported('resnet50');
  expect(bytes.length).toBeGreaterThan(2 ** 24);
  const path = testInfo.outputPath(name);
  await writeFile(path, bytes);
  await input(page).setInputFiles(path);
  await expect(page.getByRole('button', { name: 'Upload an image' })).toBeVisible();
  expect(await read()).toEqual(expected);
  expect(asked.filter((url) => url.includes('file-pump'))).not.toEqual([]);
});

test('one number is yes or no where a sigmoid made it, else the number that it is', async ({ page }) => {
  test.setTimeout(120_000);
  const model = (outputs: string, ...tail: MadeModel['nodes']): MadeModel => ({
    nodes: [
      { type: 'Conv', inputs: ['x', 'w', 'b'], outputs: ['c'] },
      { type: 'Flatten', inputs: ['c'], outputs: ['f'] },
      ...tail,
    ],
    tensors: [
      { name: 'w', shape: [1, 3, 8, 8] },
      { name: 'b', shape: [1], floats: [Math.log(4)] },
      // What nothing reads is no error of the page.
      { name: 'unread', shape: [300] },
    ],
    outputs: [{ name: outputs }],
  });
  await page.goto('build');
  await give(page, made('yes.onnx', model('y', { type: 'Sigmoid', inputs: ['f'], outputs: ['y'] })));
  await page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();
  const rows = page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' });
  await expect(rows.getByRole('listitem')).toHaveCount(2, { timeout: 60_000 });
  expect((await rows.getByRole('listitem').allTextContents()).map(inOneLine)).toEqual([
    'Yes 80.0 %',
    'No 20.0 %',
  ]);
  await give(page, made('number.onnx', model('f')));
  await expect(page.getByText('The output is one number: 1.386.')).toBeVisible({ timeout: 60_000 });
});

test('a list of as many numbers as a square picture has is given one, in the order chosen', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('build');
  // The first class is the second number, the second class the first green one of a list plane by plane.
  const weight = new Float32Array(2 * 3072);
  weight[2] = 1;
  weight[2 * 1024 + 1] = 1;
  await give(
    page,
    made('list.onnx', {
      nodes: [{ type: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
      tensors: [{ name: 'w', shape: [3072, 2], raw: new Uint8Array(weight.buffer) }],
      inputs: [{ name: 'x', shape: ['n', 3072] }],
    }),
  );
  await page.getByLabel('Upload an image').setInputFiles({
    name: 'red.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><path fill="#f00" d="M0 0h64v64H0z"/></svg>',
    ),
  });
  const first = page.locator('[data-current="true"]').getByRole('listitem').first();
  await expect(first).toHaveText(/0\s+73.1 %/, { timeout: 60_000 });
  await page.getByLabel('Order of the values').selectOption('Pixel by pixel');
  await expect(first).toHaveText(/\d\s+50.0 %/, { timeout: 60_000 });
});

test('of several outputs the one that lists classes is the answer, and another can be chosen', async ({
  page,
}) => {
  await page.goto('build');
  await give(
    page,
    made(
      'two.onnx',
      steady(
        ['maps', 'f', 'other'],
        { type: 'Conv', inputs: ['x', 'w', 'falling'], outputs: ['d'] },
        { type: 'Flatten', inputs: ['d'], outputs: ['other'] },
        { type: 'MaxPool', inputs: ['x'], outputs: ['maps'], attributes: { kernel_shape: [2, 2] } },
      ),
    ),
  );
  await page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();
  const first = page.locator('[data-current="true"]').getByRole('listitem').first();
  await expect(first).toHaveText(/3\s+40.0 %/, { timeout: 60_000 });
  await page.getByRole('combobox', { name: 'Answer read from' }).selectOption('other');
  await expect(first).toHaveText(/0\s+40.0 %/, { timeout: 60_000 });
  await page.getByText('What was read from the file').click();
  await expect(page.getByText('It has 3 outputs; the answer is read from other.')).toBeVisible();
});

test('operators that are not known are named and left uncounted, and the totals say so', async ({ page }) => {
  await page.goto('build');
  await give(
    page,
    made('strange.onnx', {
      nodes: [
        { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
        { type: 'Wobble', domain: 'org.example', inputs: ['c'], outputs: ['d'], name: 'shaky' },
        { type: 'Relu', inputs: ['d'], outputs: ['y'] },
      ],
      tensors: [{ name: 'w', shape: [4, 3, 3, 3] }],
      declared: [{ name: 'd', shape: [1, 4, 6, 6] }],
      outputs: [{ name: 'y', shape: [1, 4, 6, 6] }],
    }),
  );
  const notice = page.getByRole('region', { name: /1 operator is left uncounted/ });
  await expect(notice).toContainText('org.example.Wobble');
  await expect(notice).toContainText('shaky');
  await expect(total(page, 'macs')).toContainText(`at least ${formatInteger(4 * 27 * 36)}`);
  await expect(page.locator('[data-total]')).toContainText(`≥ ${formatInteger(4 * 27 * 36)}`);
  const row = layers(page).getByRole('row').filter({ hasText: 'Wobble' });
  await expect(row).toContainText('?');
  await row.click();
  await page.getByRole('tab', { name: 'Code' }).scrollIntoViewIfNeeded();
  await expect(
    page.getByText('There is no PyTorch code of this network: of org.example.Wobble'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.getByText('strange.csv')).toBeVisible();
});

test('weights beside a file are asked for by name, and taken when they are given', async ({ page }) => {
  const weights = Float32Array.from({ length: 10 * 27 }, (_, index) => Math.sin(index));
  const model = made('apart.onnx', {
    nodes: [
      { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
      { type: 'GlobalAveragePool', inputs: ['c'], outputs: ['p'] },
      { type: 'Flatten', inputs: ['p'], outputs: ['y'] },
    ],
    tensors: [{ name: 'w', shape: [10, 3, 3, 3], external: { location: 'apart.weights' } }],
  });
  await page.goto('build');
  await give(page, model);
  await expect(page.getByText('which are missing: apart.weights')).toBeVisible();
  await expect(total(page, 'parameters')).toContainText('270');
  await give(page, { name: 'apart.weights', bytes: new Uint8Array(weights.buffer) });
  await expect(page.getByText('which are missing')).toBeHidden();
  await page.getByRole('toolbar', { name: 'Samples' }).getByRole('button').first().click();
  await readAnswer(page);
  await page.reload();
  await give(page, { name: 'apart.weights', bytes: new Uint8Array(weights.buffer) }, model);
  await expect(total(page, 'parameters')).toContainText('270');
  await expect(page.getByText('which are missing')).toBeHidden();
});

test('a network with another input says that it is not run', async ({ page }) => {
  await page.goto('build');
  await give(
    page,
    made('two.onnx', {
      nodes: [{ type: 'Add', inputs: ['x', 'z'], outputs: ['y'] }],
      inputs: [
        { name: 'x', shape: [1, 3, 8, 8] },
        { name: 'z', shape: [1, 3, 8, 8] },
      ],
    }),
  );
  await expect(page.getByText('It is not run here: it has other inputs')).toBeVisible();
  await expect(layers(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Upload an image' })).toBeHidden();
});

test('thousands of nodes in a row are drawn, and the page answers meanwhile', async ({ page }) => {
  test.setTimeout(120_000);
  const count = 5000;
  await page.goto('build');
  await give(
    page,
    made('long.onnx', {
      nodes: Array.from({ length: count }, (_, index) => ({
        type: 'Relu',
        inputs: [index === 0 ? 'x' : `t${index - 1}`],
        outputs: [index === count - 1 ? 'y' : `t${index}`],
      })),
    }),
  );
  await expect(layers(page)).toBeVisible({ timeout: 60_000 });
  await expect(figure(page)).toBeVisible();
});

test('a file is dropped anywhere, and the page is found from the header and the palette', async ({
  page,
}) => {
  await page.goto('');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Your own' }).click();
  await expect(page).toHaveURL(/\/build$/);
  await expect(page).toHaveTitle('Your own network · ConvAtlas');
  const transfer = await page.evaluateHandle(
    (bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], 'dropped.onnx'));
      return data;
    },
    [...madeFile(small)],
  );
  await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('dropped');
  // The file outlives a change of page.
  await page.getByRole('link', { name: 'About' }).first().click();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Find anything' });
  await palette.fill('Open an ONNX');
  await expect(page.getByRole('option').first()).toHaveText('Open an ONNX file');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('dropped');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an opened file has no accessibility violations, ${colorScheme}`, async ({ page }) => {
    // Looking at every colour takes its time where much else runs.
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('build');
    await give(page, exported('lenet5'));
    await page.getByText('What was read from the file').click();
    await page.getByRole('button', { name: 'Sample 7' }).click();
    await readAnswer(page);
    await page.getByLabel('Values', { exact: true }).selectOption({ label: 'Numbers of your own' });
    await give(page, { name: 'text.onnx', bytes: Buffer.from('hello') });
    await expect(page.getByRole('alert')).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join('; ')}`);
    expect(found).toEqual([]);
  });
}

test('the page speaks Chinese', async ({ page }) => {
  await page.goto('build?lang=zh');
  await page
    .getByLabel('打开 ONNX 文件')
    .setInputFiles([{ name: 'text.onnx', mimeType: 'text/plain', buffer: Buffer.from('hello') }]);
  await expect(page.getByRole('alert')).toContainText('text.onnx：');
});

test.describe('models of other programs', () => {
  test.skip(!existsSync(squeezenet), 'the models to check with are not beside this repository');

  test('SqueezeNet 1.1 with its own weights knows what is on photographs', async ({ page }) => {
    test.setTimeout(300_000);
    await page.goto('build');
    await input(page).setInputFiles(squeezenet.pathname);
    await expect(total(page, 'parameters')).toContainText('1,235,496');
    for (const [photo, names] of [
      ['max-cat', /cat/],
      ['max-dog-beagle', /beagle/i],
      ['max-pizza', /pizza/],
      ['max-space-shuttle', /space shuttle/],
      ['max-turtle', /turtle|terrapin/],
      ['max-coffee', /espresso/],
      ['max-taxis', /taxi|cab/],
      ['max-jockey', /sorrel/],
    ] as const) {
      await page.getByLabel('Upload an image').setInputFiles(shared(`photos/${photo}.jpg`).pathname);
      await expect
        .poll(async () => (await readAnswer(page)).join('; '), { message: photo, timeout: 60_000 })
        .toMatch(names);
    }
    await expect(page.getByText('The network gives logits')).toBeVisible();
    // The list numbers the classes; the sentence says their names alone.
    const sentence = page.locator('[data-current="true"] p[data-kind]');
    await expect(sentence).toContainText(/sorrel/i);
    await expect(sentence).not.toContainText(/\d/);
  });

  for (const [file, id] of [
    ['light_resnet50', 'resnet50'],
    ['light_squeezenet', 'squeezenet-1.1'],
  ] as const) {
    test(`${file} costs what ${id} does`, async ({ page }) => {
      const architecture = architectures.get(id);
      if (!architecture) throw new Error(`no ${id}`);
      const { total: costs } = computeCosts(lower(architecture));
      await page.goto('build');
      await input(page).setInputFiles(shared(`models/light/${file}.onnx`).pathname);
      await expect(total(page, 'parameters')).toContainText(formatInteger(costs.parameters));
      await expect(page.locator('[data-total]')).toContainText(formatInteger(costs.macs));
    });
  }
});
