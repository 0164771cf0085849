import { readFileSync } from 'node:fs';
import { expect, test } from './test.ts';

test('a device says what it offers, is measured, drawn under its roofline, saved, and compared with itself', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('/device');
  await expect(page.getByText('WebAssembly SIMD')).toBeVisible();
  const resnet = page.getByRole('checkbox', { name: /^ResNet-20/ });
  if (await resnet.isChecked()) await resnet.uncheck();
  await page.getByRole('checkbox', { name: /^SqueezeNet 1.1/ }).uncheck();
  await expect(page.getByRole('checkbox', { name: /^LeNet-5/ })).toBeChecked();
  await page.getByRole('button', { name: 'Measure' }).click();
  await expect(page.getByText(/Measuring the device’s limits on WebAssembly: 0 of 2 done/)).toBeVisible();
  const row = page.getByRole('row', { name: /^LeNet-5/ });
  await expect(row).toContainText(/\d runs/, { timeout: 120_000 });
  await expect(row).toContainText(/×\d/);
  await expect(page.getByRole('img', { name: /^Roofline of WebAssembly: LeNet-5/ })).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  const file = await (await saving).path();
  const report = JSON.parse(readFileSync(file, 'utf8'));
  expect(report).toMatchObject({ format: 'convatlas-device', version: 1 });
  expect(report.peaks[0].macsPerSecond).toBeGreaterThan(1e8);
  expect(report.peaks[0].bytesPerSecond).toBeGreaterThan(1e8);

  await page.reload();
  await expect(row).toBeVisible();
  const compare = page.getByLabel('Compare with a saved device');
  await compare.setInputFiles(file);
  await expect(row).toContainText('(×1.00)');
  await compare.setInputFiles({
    name: 'old.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...report, version: 7 })),
  });
  await expect(page.getByText(/another version of this page \(7\)/)).toBeVisible();
  await expect(row).toContainText('(×1.00)');
  await page.getByRole('button', { name: 'Forget the measurements' }).click();
  await expect(page.getByText('Nothing measured yet.')).toBeVisible();
});

test('a benchmark that is stopped keeps what it has, and what cannot run is disabled with the reason', async ({
  page,
}) => {
  await page.goto('/device');
  await expect(page.getByRole('checkbox', { name: 'WebGPU: this browser offers no adapter' })).toBeDisabled();
  await page.getByLabel('Add another network').selectOption('resnet1202-cifar10');
  await page.getByRole('button', { name: 'Measure' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped. What was measured so far is kept.')).toBeVisible();
  await page.getByRole('checkbox', { name: /^LeNet-5/ }).uncheck();
});
