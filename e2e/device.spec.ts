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
  await expect(page.getByRole('img', { name: /^FLOPs a byte/ })).toContainText(
    /WebAssembly: roof bends at \d/,
  );

  // Layers of a network under the same roof: what it allows, and what they took.
  const layersPart = page.getByRole('region', { name: 'Layer by layer under the roof' });
  await page.getByLabel('Network whose layers are timed').selectOption('lenet5');
  await page.getByRole('button', { name: 'Time its layers' }).click();
  const conv1 = layersPart.getByRole('row', { name: /^conv1\/conv / });
  await expect(conv1).toContainText(/(memory|arithmetic)[\d.]+ (µs|ms).*×\d/, { timeout: 60_000 });
  await expect(page.getByRole('img', { name: /^Roofline of the layers of LeNet-5: / })).toBeVisible();
  await expect(page.getByText(/^All layers: predicted .* measured .*, ×\d/)).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  const file = await (await saving).path();
  const report = JSON.parse(readFileSync(file, 'utf8'));
  expect(report).toMatchObject({ format: 'convatlas-device', version: 2 });
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
  await expect(
    page.getByRole('checkbox', {
      name: 'fp16, half precision: needs WebGPU, and this browser offers no adapter',
    }),
  ).toBeDisabled();
  await expect(
    page.getByRole('checkbox', {
      name: 'int8, whole numbers: weights and activations (QDQ), calibrated on 4 made-up pictures',
    }),
  ).toBeEnabled();
  await expect(
    page.getByText('Measure the limits of WebAssembly above first: they are the roof.'),
  ).toBeVisible();
  await page.getByLabel('Add another network').selectOption('resnet1202-cifar10');
  await page.getByRole('button', { name: 'Measure' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped. What was measured so far is kept.')).toBeVisible();
  await page.getByRole('checkbox', { name: /^LeNet-5/ }).uncheck();
});

test('whole numbers are measured on WebAssembly, under a roof of their own', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('/device');
  // Known before anything is measured: what is computed for each byte; the roof is not.
  const known = page.getByRole('img', { name: /^FLOPs a byte: LeNet-5 \d/ });
  await expect(known).toContainText('SqueezeNet 1.1');
  await expect(known).not.toContainText('roof');
  await page.getByRole('checkbox', { name: /^SqueezeNet 1.1/ }).uncheck();
  await expect(known).not.toContainText('SqueezeNet 1.1');
  await page.getByRole('checkbox', { name: /^ResNet-20/ }).uncheck();
  await page.getByRole('checkbox', { name: /^int8/ }).check();
  await page.getByRole('checkbox', { name: /^fp32/ }).uncheck();
  await page.getByRole('button', { name: 'Measure' }).click();
  await expect(
    page.getByText(/Measuring the device’s limits on WebAssembly, int8: 0 of 2 done/),
  ).toBeVisible();
  const row = page.getByRole('row', { name: /^LeNet-5 WebAssembly, int8, \d thread/ });
  await expect(row).toContainText(/\d runs.*×\d/, { timeout: 150_000 });
  await expect(page.getByRole('img', { name: /^Roofline of WebAssembly, int8: LeNet-5/ })).toBeVisible();
  // Other pages run float32: what whole numbers took is not told there.
  const kept = await page.evaluate(() => localStorage.getItem('measured-times') ?? '');
  expect(kept).not.toContain('lenet5');
  expect(await page.evaluate(() => localStorage.getItem('device-report'))).toContain('"precision":"int8"');
});

test('@webgpu half precision is measured where the adapter has it, and disabled with the reason where it has not', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('/device');
  await page.getByRole('checkbox', { name: 'WebGPU' }).check();
  const half = page.getByRole('checkbox', { name: /^fp16/ });
  const canHalf = await page.evaluate(async () => {
    const { gpu } = navigator as unknown as {
      gpu: { requestAdapter(): Promise<{ features: { has(name: string): boolean } } | null> };
    };
    return (await gpu.requestAdapter())?.features.has('shader-f16') ?? false;
  });
  if (!canHalf) {
    await expect(half).toBeDisabled();
    await expect(page.getByText('this adapter has no shader-f16')).toBeVisible();
    return;
  }
  await half.check();
  for (const name of ['WebAssembly', /^ResNet-20/, /^SqueezeNet 1.1/, 'fp32, float32']) {
    await page.getByRole('checkbox', { name, exact: true }).uncheck();
  }
  await page.getByRole('button', { name: 'Measure' }).click();
  await expect(page.getByRole('row', { name: /^LeNet-5 WebGPU, fp16/ })).toContainText(/\d runs/, {
    timeout: 150_000,
  });
});
