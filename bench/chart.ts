import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

const STEPS = 40;

/** The brush drawn over the chart of accuracy against cost, a step in each frame: the work of one step, and the frames. */
export async function measureChart({ url, openPage }: Site): Promise<Measurement[]> {
  const page = await openPage();
  await page.goto(`${url}compare`);
  const points = page.getByRole('group', { name: 'Points' });
  await points.waitFor();
  // The table twin is redrawn with every step, too.
  await page.getByText(/as a table/).click();
  await page.waitForTimeout(2000);
  const { work, frames, kept } = await points.evaluate(async (chart, steps) => {
    const box = chart.getBoundingClientRect();
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const surface = chart.querySelector('rect') ?? chart;
    const send = (type: string, x: number, y: number) =>
      surface.dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          pointerId: 1,
          isPrimary: true,
          button: type === 'pointermove' ? -1 : 0,
          buttons: 1,
          clientX: box.left + x * box.width,
          clientY: box.top + y * box.height,
        }),
      );
    // No pointer of this number exists that could be captured.
    (chart as SVGSVGElement).setPointerCapture = () => {};
    send('pointerdown', 0.1, 0.1);
    const times = { work: [] as number[], frames: [] as number[] };
    const kept = new Set<number>();
    let before = await frame();
    for (let step = 1; step <= steps; step += 1) {
      const start = performance.now();
      const share = 0.15 + (0.75 * step) / steps;
      send('pointermove', share, share);
      await Promise.resolve();
      times.work.push(performance.now() - start);
      kept.add(chart.querySelectorAll('[data-state="in"]').length);
      const now = await frame();
      times.frames.push(now - before);
      before = now;
    }
    send('pointerup', 0.9, 0.9);
    return { ...times, kept: kept.size };
  }, STEPS);
  await page.close();
  if (kept < 3) throw new Error('the brush took nothing in');
  return [
    {
      what: 'accuracy chart, work of a step of the brush',
      value: medianOf(work),
      unit: 'ms',
      target: 1000 / 60,
      note: `median of ${STEPS}, to the new chart in the document, its table open`,
    },
    {
      what: 'accuracy chart, a frame while it is brushed',
      value: medianOf(frames),
      unit: 'ms',
      target: 1000 / 60,
      note: `median of ${STEPS}; software rendering where there is no GPU`,
    },
  ];
}
