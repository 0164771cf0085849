import type { Locator, Page } from '@playwright/test';

/** The figure of the network. */
export const figure = (page: Page): Locator => page.getByRole('group', { name: 'Architecture figure' });

/** The table of layers. */
export const layers = (page: Page): Locator => page.getByRole('treegrid', { name: 'Layers' });

/** A row of the table of layers. */
export const layerRow = (page: Page, id: string): Locator =>
  layers(page).locator(`[role=row][data-node="${id}"]`);

/** The last row of the table: the sums of the network. */
export const totalRow = (page: Page): Locator =>
  layers(page)
    .getByRole('row')
    .filter({ hasText: /^Total/ });

/** A box of the figure. */
export const figureBox = (page: Page, id: string): Locator =>
  figure(page).locator(`[role=button][data-node="${id}"]`);

/** The working of the selected layer. */
export const inspector = (page: Page): Locator => page.getByRole('region', { name: 'Selected layer' });
