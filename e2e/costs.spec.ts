import type { Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { computeCosts } from '../src/engine/cost/costs.ts';
import { formatBytes, formatInteger } from '../src/engine/cost/format.ts';
import { bytesOf, peakMemory } from '../src/engine/cost/memory.ts';
import {
  largestInferenceBatch,
  largestTrainingBatch,
  savedActivations,
} from '../src/engine/cost/training-memory.ts';
import { lower } from '../src/engine/graph/lower.ts';
import type { Architecture } from '../src/engine/spec/types.ts';
import { figure, figureBox, inspector, layerRow, totalRow } from './page.ts';
import { expect, test } from './test.ts';

const graphOf = (id: string) => lower(architectures.get(id) as Architecture);

const chart = (page: Page, id: string) => figure(page).locator(`[data-chart="${id}"]`);

const GIB = 1024 ** 3;

test('charts under the figure are lit with the layer, and lead to it', async ({ page }) => {
  await page.goto('explore/alexnet');
  await expect(chart(page, 'parameters')).toBeVisible();
  await layerRow(page, 'fc7').hover();
  await expect(chart(page, 'parameters')).toContainText('fc7 16,781,312 · 28 %');
  await expect(chart(page, 'alive').locator('[data-bar="fc7"]')).toHaveCount(1);
  // The table's row may have scrolled the charts out of sight.
  await chart(page, 'operations').scrollIntoViewIfNeeded();
  const box = await figureBox(page, 'conv3').boundingBox();
  const plot = await chart(page, 'operations').getByRole('img').boundingBox();
  if (!box || !plot) throw new Error('not drawn');
  await page.mouse.click(box.x + box.width / 2, plot.y + plot.height - 3);
  await expect(page).toHaveURL(/node=conv3/);
  await expect(inspector(page).getByRole('heading', { level: 2 })).toHaveText('conv3');
});

test('which charts are shown is chosen behind a button and stays in the address', async ({ page }) => {
  await page.goto('explore/vgg16');
  await expect(figure(page).locator('[data-chart]')).toHaveCount(3);
  await page.getByRole('button', { name: 'Charts' }).click();
  await page.getByRole('checkbox', { name: /^Receptive field/ }).check();
  await page.getByRole('checkbox', { name: /^Parameters/ }).uncheck();
  await expect(page).toHaveURL(/charts=operations,alive,field/);
  await page.reload();
  await expect(chart(page, 'field')).toContainText('dashed: the input, 224×224');
  await expect(figure(page).locator('[data-chart]')).toHaveCount(3);
});

test('the peak names what is alive at it', async ({ page }) => {
  const graph = graphOf('resnet50');
  const peak = peakMemory(graph);
  await page.goto('explore/resnet50');
  const button = chart(page, 'alive').getByRole('button');
  await expect(button).toHaveText(`peak ${formatBytes(bytesOf(peak.values, 'fp32'))} at ${peak.node}`);
  await button.press('Enter');
  const list = page.getByRole('dialog', { name: `Alive while ${peak.node} runs` });
  for (const id of peak.alive) await expect(list).toContainText(id);
});

test('an overlay colours the figure, with its range in the legend', async ({ page }) => {
  await page.goto('explore/vgg16');
  await page.getByRole('combobox', { name: 'Colour the figure by' }).selectOption('parameters');
  await expect(page).toHaveURL(/overlay=parameters/);
  const legend = page.getByRole('region', { name: 'Legend' });
  await expect(legend).toContainText('Parameters');
  await expect(legend).toContainText('103 M');
  const colour = (id: string) =>
    figureBox(page, id)
      .locator('[class*=front]')
      .first()
      .evaluate((element) => getComputedStyle(element).fill);
  expect(await colour('stage1')).not.toBe(await colour('stage2'));
  expect(await colour('flatten')).toBe(await colour('softmax'));
  await page.reload();
  await expect(legend).toContainText('103 M');
  await page.goto('explore/vgg16?overlay=nonsense');
  await expect(legend).toContainText('convolution');
});

test('folding batch norm changes every figure and keeps the selection', async ({ page }) => {
  const plain = computeCosts(graphOf('vgg16')).total;
  const graph = graphOf('vgg16-bn');
  const norm = graph.nodes.find(({ op }) => op === 'BatchNormalization')?.id ?? '';
  await page.goto(`explore/vgg16-bn?node=${norm}`);
  await expect(totalRow(page)).toContainText(formatInteger(computeCosts(graph).total.parameters));
  await page.getByRole('button', { name: 'folded' }).click();
  await expect(page).toHaveURL(/bn=folded/);
  await expect(totalRow(page)).toContainText(formatInteger(plain.parameters));
  await expect(inspector(page).getByRole('heading', { level: 2 })).toHaveText(/^conv/);
  await expect(page.getByRole('region', { name: 'Memory and time on a device' })).toContainText(
    'training needs its batch norms',
  );
});

test('memory says up to which batch the network fits, for inference and training', async ({ page }) => {
  const graph = graphOf('vgg16');
  const costs = computeCosts(graph);
  const saved = savedActivations(graph);
  const peak = peakMemory(graph);
  await page.goto('explore/vgg16?optimizer=adam');
  const panel = page.getByRole('region', { name: 'Memory and time on a device' });
  const answer = async (gib: number) => {
    const inference = largestInferenceBatch(costs, peak, gib * GIB, 'fp32');
    const training = largestTrainingBatch(costs, saved, gib * GIB, { optimizer: 'adam', dtype: 'fp32' });
    await expect(panel.getByRole('region', { name: 'Inference' })).toContainText(
      `up to a batch of ${formatInteger(inference)}`,
    );
    await expect(panel.getByRole('region', { name: 'Training' })).toContainText(
      training === 0 ? 'not even one image' : `up to a batch of ${formatInteger(training)}`,
    );
  };
  await answer(16);
  await panel.getByLabel('Memory, GiB').fill('1.5');
  await expect(page).toHaveURL(/memory=1.5/);
  await answer(1.5);
  await page.reload();
  await answer(1.5);
});

test('the time bound follows the device’s figures', async ({ page }) => {
  await page.goto('explore/alexnet');
  const time = page.getByRole('region', { name: 'Time', exact: true });
  await expect(time).toContainText('≥ 0.9');
  await time.getByLabel('Bandwidth, GB/s').fill('32');
  await expect(page).toHaveURL(/bandwidth=32/);
  await expect(time).toContainText(/≥ [78]\.\d ms/);
  await page.getByRole('combobox', { name: 'Device' }).selectOption('a100');
  await expect(page).not.toHaveURL(/bandwidth/);
  await expect(time.getByLabel('Bandwidth, GB/s')).toHaveValue('1555');
});

test('a batch and a format reach every figure of memory', async ({ page }) => {
  await page.goto('explore/lenet5?batch=1000&dtype=int8');
  const panel = page.getByRole('region', { name: 'Memory and time on a device' });
  await expect(panel.getByRole('region', { name: 'Inference' })).toContainText('batch 1,000, int8');
  await expect(panel.getByRole('region', { name: 'Training' })).toContainText(
    'int8 serves inference alone; training is counted in fp32.',
  );
  await expect(page.locator('body')).not.toContainText(/NaN|Infinity/);
});
