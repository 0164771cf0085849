import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Shape } from '../../engine/spec/types.ts';
import { refuseMemory, runMemory, type WeightOrigin } from './run-memory.ts';

function memoryOf(id: string, input?: Shape, origin: WeightOrigin = 'made', isShared = true) {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(id);
  const { parameters, buffers, activations } = computeCosts(lower(architecture, input)).total;
  return runMemory(4 * (parameters + buffers), activations, origin, isShared);
}

describe('the memory of a run', () => {
  it('is the weights and every layer’s output in the runtime, and more in the tab, the more out of a file that is copied', () => {
    expect(runMemory(100, 10, 'made').runtime).toBe(140);
    expect(runMemory(100e6, 10e6, 'made').most).toBe(520e6);
    expect(runMemory(100e6, 10e6, 'file', true).most).toBe(520e6);
    expect(runMemory(100e6, 10e6, 'file', true).further).toBe(280e6);
    expect(runMemory(100e6, 10e6, 'file', false).most).toBe(580e6);
  });

  // Megabytes by which the tab's process grew at most until its first answer was on screen, in Chromium on two cores.
  it.each([
    ['squeezenet-1.1', 'made', true, 344],
    ['squeezenet-1.1', 'file', true, 395],
    ['squeezenet-1.1', 'file', false, 370],
    ['alexnet', 'made', true, 531],
    ['alexnet', 'file', true, 507],
    ['alexnet', 'file', false, 702],
    ['resnet50', 'made', true, 628],
    ['resnet50', 'file', true, 711],
    ['resnet50', 'file', false, 689],
    ['vgg16', 'made', true, 999],
    ['vgg16', 'file', true, 1074],
    ['vgg16', 'file', false, 1400],
  ] as const)(
    'of %s, %s, memory shared: %s, covers the %i MB measured by a quarter at most',
    (id, origin, isShared, measured) => {
      const most = memoryOf(id, undefined, origin, isShared).most / 1e6;
      expect(most).toBeGreaterThanOrEqual(measured);
      expect(most).toBeLessThan(1.25 * measured);
    },
  );

  it('lets VGG-16 run at its own size, as it was measured to', () => {
    const memory = memoryOf('vgg16');
    // onnxruntime-web's heap was measured at 589 MB after the session was made, before a run.
    expect(memory.runtime / 1e6).toBeGreaterThan(589);
    expect(memory.runtime / 1e6).toBeLessThan(760);
    expect(refuseMemory(memory, 8)).toBeNull();
    expect(refuseMemory(memory, undefined)).toBeNull();
  });

  it('refuses VGG-19 on a picture of 2,048 pixels, and VGG-16 on a device of 2 GiB', () => {
    expect(refuseMemory(memoryOf('vgg19', [3, 2048, 2048]), 8)?.code).toBe('runtime');
    expect(refuseMemory(memoryOf('vgg16'), 2)).toMatchObject({ code: 'device', limit: 2 ** 30 });
    expect(refuseMemory(memoryOf('squeezenet-1.1', undefined, 'file'), 1)).toBeNull();
    expect(refuseMemory(memoryOf('squeezenet-1.1', undefined, 'file'), 0.5)?.code).toBe('device');
  });

  it('counts what other networks take for the device, and not for the runtime', () => {
    const memory = memoryOf('vgg16');
    expect(refuseMemory(memory, 4, 0)).toBeNull();
    expect(refuseMemory(memory, 4, 1.5 * 2 ** 30)).toMatchObject({ code: 'device', beside: 1.5 * 2 ** 30 });
    expect(refuseMemory(memory, undefined, 8 * 2 ** 30)).toBeNull();
  });
});
