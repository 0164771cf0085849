import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import type { Architecture } from '../src/engine/spec/types.ts';
import { seededTensors } from '../src/engine/weights/seeded.ts';
import { expect, test } from './test.ts';

const form = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Form', exact: true }).getByRole('button', { name, exact: true });

const format = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Format', exact: true }).getByRole('button', { name, exact: true });

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`explore/${id}?about=code`);
  await expect(form(page, 'PyTorch')).toHaveAttribute('aria-pressed', 'true');
}

async function downloadOf(page: Page, button: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  const begun = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: typeof button === 'string' }).click();
  const download: Download = await begun;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('the code of a network is shown, copied whole, and saved under its name', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'resnet50');
  const torch = page.getByRole('region', { name: 'resnet50.py' });
  await expect(torch).toContainText('class Bottleneck(nn.Module):');
  await expect(torch).toContainText('class ResNet50(nn.Module):');
  await expect(page.getByText(/^\d+ lines$/)).toBeVisible();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^from collections import OrderedDict\n\nfrom torch import nn\n/);
  const saved = await downloadOf(page, 'Download');
  expect(saved.name).toBe('resnet50.py');
  expect(saved.bytes.toString()).toBe(copied);

  await form(page, 'Keras').click();
  await expect(page.getByRole('region', { name: 'resnet50_keras.py' })).toContainText(
    'def bottleneck(x, name',
  );
  const keras = await downloadOf(page, 'Download');
  expect(keras.name).toBe('resnet50_keras.py');
  expect(keras.bytes.toString()).toMatch(/^import keras\nfrom keras import layers/);
});

test('the table comes in four formats', async ({ page }) => {
  await open(page, 'lenet5');
  await form(page, 'Table').click();
  for (const [name, file, start] of [
    ['CSV', 'lenet5.csv', 'layer,operator,'],
    ['JSON', 'lenet5.json', '{\n  "id": "lenet5",'],
    ['LaTeX', 'lenet5.tex', '% Needs \\usepackage{booktabs'],
    ['Markdown', 'lenet5.md', '## LeNet-5, input 1×32×32'],
  ] as const) {
    await format(page, name).click();
    await expect(page.getByRole('region', { name: file })).toContainText('conv1');
    const saved = await downloadOf(page, 'Download');
    expect(saved.name).toBe(file);
    expect(saved.bytes.toString().startsWith(start)).toBe(true);
  }
});

test('an input of another size is in the code', async ({ page }) => {
  await page.goto('explore/vgg11?input=64&about=code');
  await expect(page.getByRole('region', { name: 'vgg11.py' })).toContainText(
    'Input N×3×64×64, output N×1000.',
  );
});

test('the ONNX file is the one that the engine writes', async ({ page }) => {
  await open(page, 'lenet5');
  await form(page, 'ONNX').click();
  await page.getByLabel('Seed of the weights').fill('7');
  const saved = await downloadOf(page, /^Make and download/);
  expect(saved.name).toBe('lenet5.onnx');
  const graph = lower(architectures.get('lenet5') as Architecture);
  const expected = modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, 7) }));
  expect(saved.bytes.equals(expected)).toBe(true);
  await expect(page.getByText('lenet5.onnx is handed to your browser’s downloads.')).toBeVisible();
});

test('a large ONNX file says what it takes, shows how far it is, and can be given up', async ({ page }) => {
  await open(page, 'vgg16');
  await form(page, 'ONNX').click();
  await expect(page.getByText(/It takes 528 MiB of disk space/)).toBeVisible();
  await page.getByRole('button', { name: 'Make and download (528 MiB)' }).click();
  await expect(page.getByRole('progressbar', { name: 'Making the file' })).toBeVisible();
  // The page answers meanwhile.
  await form(page, 'Keras').isEnabled();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('Given up; nothing was saved.')).toBeVisible();
});

test('a network that does not fit has no code', async ({ page }) => {
  await page.goto('explore/zfnet-lecture?about=code');
  await expect(page.getByRole('tab', { name: 'The idea' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tab', { name: 'Code' })).toHaveCount(0);
});
