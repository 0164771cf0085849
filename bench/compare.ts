import type { Page } from '@playwright/test';
import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

declare global {
  interface Window {
    /** Milliseconds from a click to the second frame after figures and totals of all three exist; null until then. */
    comparedAfter: number | null;
  }
}

const TIMES = 7;
const STEPS = 60;
const HEAVY = 'VGG-19, ResNet-152 and DenseNet-264';

/** Clicks on the comparison of the three and times until their figures and totals are on screen. */
async function clickThrough(page: Page): Promise<number> {
  const link = page.getByRole('link', { name: HEAVY });
  await link.waitFor();
  // Code and words are fetched; what idle turns still do is not of this.
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    window.comparedAfter = null;
    addEventListener(
      'click',
      ({ timeStamp }) => {
        const look = () => {
          const figures = [...document.querySelectorAll('section[aria-label^="Figure of"]')];
          const isDrawn =
            figures.length === 3 && figures.every((figure) => figure.querySelector('[data-node]'));
          const totals = document.querySelector('section[aria-label="Totals"]')?.textContent ?? '';
          if (!isDrawn || !totals.includes('143,667,240')) {
            requestAnimationFrame(look);
            return;
          }
          requestAnimationFrame(() => {
            window.comparedAfter = performance.now() - timeStamp;
          });
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
  await link.click();
  await page.waitForFunction(() => window.comparedAfter !== null);
  return page.evaluate(() => window.comparedAfter ?? Number.NaN);
}

/** VGG-19, ResNet-152 and DenseNet-264 side by side: opening, and frames while the figures, all unfolded, are scrolled. */
export async function measureCompare({ url, openPage }: Site): Promise<Measurement[]> {
  const times: number[] = [];
  let page = await openPage();
  for (let time = 0; time < TIMES; time += 1) {
    // A page of its own each time: graphs are remembered once they are counted.
    await page.close();
    page = await openPage();
    await page.goto(`${url}compare`);
    times.push(await clickThrough(page));
  }
  await page.getByRole('button', { name: 'Unfold all' }).click();
  await page.waitForTimeout(2000);
  const { frames, isScrolled } = await page
    .getByRole('group', { name: 'Architecture figures' })
    .evaluate(async (group, steps) => {
      const scrollable = [group, ...group.querySelectorAll('*')].find(
        (element) => element.scrollWidth > element.clientWidth + 200,
      );
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const frames: number[] = [];
      let before = await frame();
      for (let step = 0; step < steps; step += 1) {
        scrollable?.scrollBy(60, 0);
        const now = await frame();
        frames.push(now - before);
        before = now;
      }
      return { frames, isScrolled: (scrollable?.scrollLeft ?? 0) > 0 };
    }, STEPS);
  await page.close();
  if (!isScrolled) throw new Error('the figures were not scrolled');
  return [
    {
      what: 'compare vgg19, resnet152 and densenet264, from the click',
      value: medianOf(times),
      unit: 'ms',
      target: 300,
      note: `median of ${TIMES} fresh pages, to the second frame after figures and totals exist; first ${(times[0] ?? Number.NaN).toFixed(0)} ms`,
    },
    {
      what: 'the same three unfolded, a frame while they scroll',
      value: medianOf(frames),
      unit: 'ms',
      target: 1000 / 60,
      note: `median of ${STEPS}, longest ${Math.max(...frames).toFixed(0)} ms; software rendering where there is no GPU`,
    },
  ];
}
