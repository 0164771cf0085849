import type { Page } from '@playwright/test';
import { architectures } from '../src/architectures/index.ts';
import { computeCosts } from '../src/engine/cost/costs.ts';
import { formatInteger } from '../src/engine/cost/format.ts';
import { lower } from '../src/engine/graph/lower.ts';
import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

/** The longest networks, each with one of its family from whose page it is opened. */
const networks = [
  { id: 'resnet1202-cifar10', from: 'resnet110-cifar10' },
  { id: 'preact-resnet1001-cifar10', from: 'preact-resnet164-cifar10' },
  { id: 'densenet264', from: 'densenet121' },
] as const;

/** What the last row of a network's table says of its parameters. */
function totalOf(id: string): string {
  const architecture = architectures.get(id);
  if (!architecture) throw new Error(`no network ${id}`);
  return formatInteger(computeCosts(lower(architecture)).total.parameters);
}

const MOST_ELEMENTS = 2500;
/** A frame longer than this was shown late on a screen of 60 Hz. */
const FRAME = 1000 / 60;
const FRAMES = 90;

declare global {
  interface Window {
    /** Milliseconds from a click to the second frame after figure and table exist; null until then. */
    openedAfter: number | null;
  }
}

/** Clicks on a network's link and times until its figure and table are on screen. */
async function timeOpening(page: Page, id: string, total: string): Promise<number> {
  await page.evaluate(
    ({ path, sum }) => {
      window.openedAfter = null;
      addEventListener(
        'click',
        ({ timeStamp }) => {
          const look = () => {
            const box = document.querySelector('[aria-label="Architecture figure"] [role=button][data-node]');
            const table = document.querySelector('[role=treegrid]')?.textContent;
            if (!location.pathname.endsWith(path) || !box || !table?.includes(sum)) {
              requestAnimationFrame(look);
              return;
            }
            requestAnimationFrame(() => {
              window.openedAfter = performance.now() - timeStamp;
            });
          };
          requestAnimationFrame(look);
        },
        { capture: true, once: true },
      );
      document.querySelector<HTMLElement>(`a[href$="/explore/${path}"]`)?.click();
    },
    { path: id, sum: total },
  );
  await page.waitForFunction(() => window.openedAfter !== null);
  return page.evaluate(() => window.openedAfter ?? Number.NaN);
}

/** Lengths of frames, in milliseconds, while the figure is scrolled or zoomed by a step in each of them, and the elements. */
async function timeFrames(
  page: Page,
  how: 'scroll' | 'zoom',
): Promise<{ lengths: number[]; elements: number }> {
  return page.evaluate(
    async ({ kind, count }) => {
      const view = document.querySelector('[aria-label="Architecture figure"] > div');
      if (!view) throw new Error('no figure');
      const { left, top, width } = view.getBoundingClientRect();
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const lengths: number[] = [];
      let elements = 0;
      let before = await frame();
      for (let step = 0; step < count; step += 1) {
        if (kind === 'scroll') view.scrollLeft += 60;
        else {
          view.dispatchEvent(
            new WheelEvent('wheel', {
              deltaY: step < count / 2 ? 60 : -60,
              ctrlKey: true,
              clientX: left + width / 2,
              clientY: top + 60,
              bubbles: true,
              cancelable: true,
            }),
          );
        }
        const now = await frame();
        lengths.push(now - before);
        before = now;
        if (step % 10 === 0) elements = Math.max(elements, document.querySelectorAll('*').length);
      }
      return { lengths, elements };
    },
    { kind: how, count: FRAMES },
  );
}

/** The value below which a share of the others lie. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The longest networks in the page: time to open, elements with everything unfolded, and frames while it moves. */
export async function measureFigure({ url, openPage }: Site): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const { id, from } of networks) {
    const total = totalOf(id);
    const page = await openPage();
    await page.goto(`${url}explore/${from}`);
    await page.getByRole('treegrid').waitFor();
    await page.getByRole('group', { name: 'Zoom' }).waitFor();
    const times: number[] = [];
    for (let time = 0; time < 5; time += 1) {
      times.push(await timeOpening(page, id, total));
      await page.waitForTimeout(300);
      await page.evaluate(
        (path) => document.querySelector<HTMLElement>(`a[href$="/explore/${path}"]`)?.click(),
        from,
      );
      await page.waitForTimeout(500);
    }
    await timeOpening(page, id, total);
    await page.getByRole('group', { name: 'Zoom' }).waitFor();
    await page.getByRole('button', { name: 'Unfold all', exact: true }).click();
    await page.getByRole('button', { name: 'Fold all', exact: true }).waitFor();
    await page.waitForTimeout(1000);
    const scrolled = await timeFrames(page, 'scroll');
    const zoomed = await timeFrames(page, 'zoom');
    await page.close();
    const late = (lengths: readonly number[]) => lengths.filter((length) => length > 1.5 * FRAME).length;
    measurements.push(
      {
        what: `${id}, click to figure and table`,
        value: medianOf(times),
        unit: 'ms',
        target: 200,
        note: `median of ${times.length}, from ${from}, to the second frame after both exist`,
      },
      {
        what: `${id}, elements with everything unfolded`,
        value: Math.max(scrolled.elements, zoomed.elements),
        unit: 'elements',
        target: MOST_ELEMENTS,
        note: 'the most in the document while it scrolls and zooms',
      },
      {
        what: `${id}, a frame while it scrolls`,
        value: quantile(scrolled.lengths, 0.95),
        unit: 'ms',
        target: 1.5 * FRAME,
        note: `95 of 100 are shorter; ${late(scrolled.lengths)} of ${FRAMES} late`,
      },
      {
        what: `${id}, a frame while it zooms`,
        value: quantile(zoomed.lengths, 0.95),
        unit: 'ms',
        target: 1.5 * FRAME,
        note: `95 of 100 are shorter; ${late(zoomed.lengths)} of ${FRAMES} late`,
      },
    );
  }
  return measurements;
}
