import { architectures } from '../src/architectures/index.ts';
import { computeCosts, costsOf } from '../src/engine/cost/costs.ts';
import { formatInteger, formatShape } from '../src/engine/cost/format.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { figure, layers, totalRow } from './page.ts';
import { expect, test } from './test.ts';

/** One network of each form, since the others of a form differ in numbers alone; the golden tables hold those. */
const shown = [
  ...new Map([...architectures.values()].map((one) => [one.form?.id ?? one.id, one] as const)).values(),
];

for (const architecture of shown) {
  const graph = lower(architecture);
  const costs = computeCosts(graph);

  test(`${architecture.id} opens by its address with the figures of the engine`, async ({ page }) => {
    await page.goto(`explore/${architecture.id}`);
    await expect(
      page.getByRole('heading', { level: 1, name: architecture.title, exact: true }),
    ).toBeVisible();
    await expect(page).toHaveTitle(`${architecture.title} · ConvAtlas`);
    await expect(figure(page)).toBeVisible();
    await expect(layers(page)).toBeVisible();
    if (graph.problem === null) {
      await expect(totalRow(page)).toContainText(formatInteger(costs.total.parameters));
      await expect(totalRow(page)).toContainText(formatInteger(costs.total.macs));
    } else {
      await expect(totalRow(page)).not.toContainText(/\d/);
    }

    // Row by row: the shape and the parameters that the engine gives the layer of that id.
    const rows = await layers(page)
      .locator('[role=row][data-node]')
      .evaluateAll((elements) =>
        elements.map((element) => ({
          id: element.getAttribute('data-node') ?? '',
          cells: [...element.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent ?? ''),
        })),
      );
    expect(rows.length).toBeGreaterThan(5);
    for (const { id, cells } of rows) {
      const group = graph.groups.get(id);
      const node = graph.nodeById.get(group?.output ?? id);
      const reached = node && !graph.unreached.some((one) => one.id === id || one.id.startsWith(`${id}/`));
      if (!reached || graph.problem?.node === id) continue;
      expect(cells[1], id).toBe(formatShape(node.shape));
      expect(cells[2], id).toBe(formatInteger(costsOf(costs, id).parameters));
      expect(cells[3], id).toBe(formatInteger(costsOf(costs, id).macs));
    }
  });
}

test('the network that does not fit shows where and why, and both repairs', async ({ page }) => {
  await page.goto('explore/zfnet-lecture');
  const notice = page.getByRole('alert', { name: 'This network does not fit' });
  await expect(notice).toContainText('fc6');
  await expect(notice).toContainText('declared for 9216 inputs, but 256 · 5 · 5 = 6400');
  // The arithmetic that leads there: 224 → 110 → 54 → 25 → 12 → 5.
  await expect(notice).toContainText('⌊(110 − 3 + 2·0) / 2⌋ + 1 = 54');
  for (const repair of ['Let the poolings round up', 'Pad the first two poolings by 1']) {
    const section = notice.locator('section', { has: page.getByRole('heading', { name: repair }) });
    await expect(section).toContainText('256·6·6 = 9,216');
    await expect(section).toContainText('With an input of 3×224×224 it fits.');
  }
  await notice.getByRole('button', { name: /^Show fc6/ }).click();
  await expect(page).toHaveURL(/node=fc6/);
  await expect(page.getByRole('region', { name: 'Selected layer' })).toContainText('6400');
});
