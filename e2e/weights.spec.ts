import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page, Route } from '@playwright/test';
import { draw, expectStrokes, predictions, readAnswer, storedDigit } from './drawing.ts';
import { inspector, layerRow, totalRow } from './page.ts';
import { expect, failedRequest, test } from './test.ts';

const read = (file: string) => readFileSync(new URL(`../public/models/${file}`, import.meta.url));
const weights = read('lenet5.safetensors');
const card = JSON.parse(read('lenet5.json').toString());

const flipped = Buffer.from(weights);
flipped[flipped.length - 5] = (flipped[flipped.length - 5] ?? 0) ^ 1;

// A sound file, and a card that describes it rightly, but of a network whose first layer has another name.
const other = Buffer.from(weights.toString('latin1').replaceAll('"conv1/conv.', '"conv9/conv.'), 'latin1');
const cardOfOther = { ...card, sha256: createHash('sha256').update(other).digest('hex') };

const CARD = '**/models/lenet5.json';
const WEIGHTS = '**/models/lenet5.safetensors';
const bytes = (body: Buffer) => (route: Route) =>
  route.fulfill({ body, contentType: 'application/octet-stream' });

interface Fault {
  readonly name: string;
  readonly message: string | RegExp;
  readonly routes: Readonly<Record<string, (route: Route) => Promise<void>>>;
}

const faults: readonly Fault[] = [
  {
    name: 'a missing card',
    message: 'The weights could not be fetched: the server answered with status 404.',
    routes: { [CARD]: (route) => route.fulfill({ status: 404, body: '' }) },
  },
  {
    name: 'a missing weight file',
    message: 'The weights could not be fetched: the server answered with status 404.',
    routes: { [WEIGHTS]: (route) => route.fulfill({ status: 404, body: '' }) },
  },
  {
    name: 'a damaged card',
    message: 'The card of the weights is damaged',
    routes: { [CARD]: (route) => route.fulfill({ body: '{"file":' }) },
  },
  {
    name: 'a weight file cut short',
    message: `The weight file is cut short: 100000 of ${weights.length} bytes arrived.`,
    routes: { [WEIGHTS]: bytes(weights.subarray(0, 100_000)) },
  },
  {
    name: 'a weight file with one bit changed',
    message: 'its SHA-256 differs',
    routes: { [WEIGHTS]: bytes(flipped) },
  },
  {
    name: 'the weights of another network',
    message: /The weight file is of another network: .*conv[19]\/conv\./,
    routes: { [CARD]: (route) => route.fulfill({ json: cardOfOther }), [WEIGHTS]: bytes(other) },
  },
  {
    name: 'a web page in place of the weights',
    message: /The weight file is|What arrived is not a weight file/,
    routes: { [WEIGHTS]: (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }) },
  },
  {
    name: 'a server that cannot be reached',
    message: 'The weights could not be fetched: the server could not be reached.',
    routes: { [WEIGHTS]: (route) => route.abort('connectionrefused') },
  },
];

const breakWeights = async (page: Page, { routes }: Fault) => {
  for (const [pattern, answer] of Object.entries(routes)) await page.route(pattern, answer);
};

test.use({ allowedErrors: [failedRequest] });

for (const fault of faults) {
  test(`${fault.name} is said beside the answer, and trying again mends it`, async ({ page }) => {
    await breakWeights(page, fault);
    await page.goto('explore/lenet5');
    const digit = storedDigit(7);
    await draw(page, digit);
    await expect(page.getByText(fault.message).first()).toBeVisible();
    await expect(predictions(page)).toBeHidden();

    // The rest works on.
    await expect(totalRow(page)).toContainText('61,706');
    await layerRow(page, 'conv2').click();
    await expect(inspector(page)).toContainText('2,416');
    await expectStrokes(page, digit.strokes.length);

    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await readAnswer(page)).toBe('7');
    await expectStrokes(page, digit.strokes.length);
    await expect(page.getByText(fault.message)).toHaveCount(0);
  });
}
