import type { Site } from './site.ts';
import { type Measurement, medianOf } from './table.ts';

/** Networks of up to 500 operators whose numbers are turned: address and the English name of a slider. */
const sliders = [
  { id: 'resnet110-cifar10', slider: 'Filters of the first stage, slider' },
  { id: 'densenet40-k12', slider: 'Growth rate k, slider' },
] as const;

const STEPS = 40;

/** A slider moved by a step in each frame: the work of one step up to the new figure in the document, and the frames. */
export async function measureKnobs({ url, openPage }: Site): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const { id, slider } of sliders) {
    const page = await openPage();
    await page.goto(`${url}explore/${id}`);
    const control = page.getByRole('slider', { name: slider });
    await control.waitFor();
    await page.waitForTimeout(2000);
    const { work, frames } = await control.evaluate(async (element, steps) => {
      const input = element as HTMLInputElement;
      // React hears of a value only where it was set past its own property.
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const first = Number(input.value);
      const times = { work: [] as number[], frames: [] as number[] };
      let before = await frame();
      for (let step = 1; step <= steps; step += 1) {
        const start = performance.now();
        set?.call(input, String(first + (step % 8) + 1));
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await Promise.resolve();
        times.work.push(performance.now() - start);
        const now = await frame();
        times.frames.push(now - before);
        before = now;
      }
      return times;
    }, STEPS);
    await page.close();
    measurements.push(
      {
        what: `${id}, work of a slider's step`,
        value: medianOf(work),
        unit: 'ms',
        target: 1000 / 60,
        note: `median of ${STEPS}, to the new figure in the document`,
      },
      {
        what: `${id}, a frame while its slider moves`,
        value: medianOf(frames),
        unit: 'ms',
        target: 1000 / 60,
        note: `median of ${STEPS}; software rendering where there is no GPU`,
      },
    );
  }
  return measurements;
}
