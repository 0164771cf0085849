import type { Page } from '@playwright/test';
import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

declare global {
  interface Window {
    /** Milliseconds from a click to the second frame after figure and table of VGG-19 exist; null until then. */
    shownAfter: number | null;
  }
}

const TIMES = 12;

/** Clicks on a link to VGG-19 and times until its figure and table are on screen. */
async function clickThrough(page: Page): Promise<number> {
  await page.evaluate(() => {
    window.shownAfter = null;
    addEventListener(
      'click',
      ({ timeStamp }) => {
        const look = () => {
          const title = document.querySelector('h1')?.textContent;
          const box = document.querySelector('[aria-label="Architecture figure"] [data-node="stage5"]');
          const table = document.querySelector('[role=treegrid]')?.textContent;
          if (title !== 'VGG-19' || !box || !table?.includes('143,667,240')) {
            requestAnimationFrame(look);
            return;
          }
          requestAnimationFrame(() => {
            window.shownAfter = performance.now() - timeStamp;
          });
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
  await page.getByRole('link', { name: 'VGG-19', exact: true }).first().click();
  await page.waitForFunction(() => window.shownAfter !== null);
  return page.evaluate(() => window.shownAfter ?? Number.NaN);
}

/** VGG-19 from a click on its link to its figure and table on screen: the first time, and once the code is there. */
export async function measureNavigation({ url, openPage }: Site): Promise<Measurement[]> {
  const page = await openPage();
  await page.goto(url);
  await page.getByRole('link', { name: 'VGG-19', exact: true }).first().waitFor();
  const first = await clickThrough(page);
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    await page.getByRole('link', { name: 'VGG-16', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'VGG-16', exact: true }).waitFor();
    await page.waitForTimeout(300);
    times.push(await clickThrough(page));
  }
  await page.close();
  return [
    {
      what: 'vgg19, click to figure and table',
      value: medianOf(times),
      unit: 'ms',
      target: 100,
      note: `median of ${TIMES}, from vgg16, to the second frame after both exist`,
    },
    {
      what: 'vgg19, the same the first time',
      value: first,
      unit: 'ms',
      note: 'once, from the atlas: code of the page fetched and compiled',
    },
  ];
}
