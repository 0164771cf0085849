import type { Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { computeCosts } from '../src/engine/cost/costs.ts';
import { formatInteger } from '../src/engine/cost/format.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import { madeFile } from '../src/engine/onnx/onnx-file.testing.ts';
import { seededTensors } from '../src/engine/weights/seeded.ts';
import { expect, test } from './test.ts';

const give = (page: Page, name: string, bytes: Uint8Array) =>
  page
    .getByLabel('Open an ONNX file')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

function graphOf(id: string) {
  const architecture = architectures.get(id);
  if (!architecture) throw new Error(`no ${id}`);
  return lower(architecture);
}

/** A network of the catalogue as a file with seeded weights. */
function exported(id: string): Uint8Array {
  const graph = graphOf(id);
  return modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, 1) }));
}

const columns = (page: Page) => page.getByRole('region', { name: 'Networks compared' }).getByRole('listitem');

test('a file opened in the comparison is a column like any network, and the address names it', async ({
  page,
}) => {
  await page.goto('compare?n=resnet20-cifar10');
  await give(page, 'own-net.onnx', exported('resnet20-cifar10'));
  await expect(columns(page)).toHaveCount(2);
  await expect(columns(page).nth(1)).toContainText('own-net.onnx · input 3×32×32');
  await expect(page).toHaveURL(/n=resnet20-cifar10&n=onnx:[0-9a-f]{16};name:own-net\.onnx$/);
  const own = page.getByRole('region', { name: 'Figure of own-net', exact: true });
  await expect(own).toBeVisible();
  const { total } = computeCosts(graphOf('resnet20-cifar10'));
  for (const [name, value] of [
    ['Parameters', total.parameters],
    ['MACs', total.macs],
    ['FLOPs', total.flops],
  ] as const) {
    const row = page.getByRole('row', { name: new RegExp(`^${name} `) });
    await expect(row.getByRole('cell').nth(1)).toContainText(`${formatInteger(value)} ×1.00`);
  }
  await expect(page.getByText('No layer differs.')).toBeVisible();
  // Costs along depth and the receptive field have its line too.
  await expect(page.getByRole('img', { name: /Receptive field.*own-net/ })).toBeVisible();

  // Its own page is where the link leads, and leads back.
  await page.getByRole('link', { name: 'Open own-net', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('own-net');
  await page.getByRole('link', { name: 'Compare it with networks of the atlas' }).click();
  await expect(columns(page)).toHaveCount(1);
  await expect(columns(page)).toContainText('own-net.onnx');
});

test('a file that the address names and that is not open is asked for, and the rest of the page works on', async ({
  page,
}) => {
  await page.goto('compare?n=alexnet');
  const bytes = exported('lenet5');
  await give(page, 'digits.onnx', bytes);
  await expect(columns(page)).toHaveCount(2);
  await page.reload();
  await expect(columns(page)).toHaveCount(2);
  const missing = columns(page).nth(1);
  await expect(missing).toContainText('digits.onnx');
  await expect(missing).toContainText('This file is not open in this tab');
  await expect(page.getByRole('region', { name: 'Figure of AlexNet' })).toBeVisible();
  // Another network may come and go; the file keeps its place in the address.
  await page.getByLabel('Add a network').selectOption('zfnet');
  await expect(page.getByText(/conv1 11×11\/4 → 7×7\/2/)).toBeVisible();
  await expect(page).toHaveURL(/n=alexnet&n=onnx:[0-9a-f]{16};name:digits\.onnx&n=zfnet$/);
  // The same bytes under another name are the same file.
  await give(page, 'renamed.onnx', bytes);
  await expect(columns(page)).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'Figure of renamed' })).toBeVisible();
  await page.getByRole('button', { name: 'Take out renamed' }).click();
  await expect(page).toHaveURL(/n=alexnet&n=zfnet$/);
});

test('a file with operators that are not known is compared without claiming their costs, and no file at all is told', async ({
  page,
}) => {
  await page.goto('compare?n=lenet5');
  await give(page, 'text.onnx', new TextEncoder().encode('hello'));
  await expect(page.getByRole('alert').filter({ hasText: 'text.onnx' })).toBeVisible();
  await expect(columns(page)).toHaveCount(1);
  await give(
    page,
    'unknown.onnx',
    madeFile({
      nodes: [
        { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
        { type: 'Strange', inputs: ['c'], outputs: ['y'], domain: 'org.example' },
      ],
      outputs: [{ name: 'y', shape: [1, 5, 4, 4] }],
      tensors: [{ name: 'w', shape: [4, 3, 3, 3] }],
    }),
  );
  await expect(columns(page)).toHaveCount(2);
  await expect(page.getByText(/1 operator of unknown is left uncounted/)).toBeVisible();
  const macs = page.getByRole('row', { name: /^MACs / });
  await expect(macs.getByRole('cell').nth(1)).toContainText('≥ ');
  await expect(macs.getByRole('cell').nth(1)).not.toContainText('×');
  // What ends where no shape is known is told, and left out.
  await give(
    page,
    'endless.onnx',
    madeFile({
      nodes: [
        { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
        { type: 'Strange', inputs: ['c'], outputs: ['y'], domain: 'org.example' },
      ],
      tensors: [{ name: 'w', shape: [4, 3, 3, 3] }],
    }),
  );
  await expect(page.getByText(/endless cannot be followed to its end/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Figure of LeNet-5', exact: true })).toBeVisible();
});

test('one picture goes through a file and a trained network, each with its own preparation', async ({
  page,
}) => {
  await page.goto('compare?n=nin-small-cifar10');
  await give(page, 'own.onnx', exported('nin-small-cifar10'));
  await expect(columns(page)).toHaveCount(2);
  const column = page.getByRole('region', { name: 'own', exact: true });
  await page.getByRole('button', { name: /ship/i }).first().click();
  await expect(column.getByRole('list', { name: 'Predictions' }).getByRole('listitem')).toHaveCount(5, {
    timeout: 60_000,
  });
  await column.getByText('How the picture is prepared').click();
  await expect(column.getByLabel('Values')).toBeVisible();
});
