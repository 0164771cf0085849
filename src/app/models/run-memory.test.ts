import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Shape } from '../../engine/spec/types.ts';
import { refuseMemory, runMemory } from './run-memory.ts';

function memoryOf(id: string, input?: Shape) {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(id);
  const { parameters, buffers, activations } = computeCosts(lower(architecture, input)).total;
  return runMemory(4 * (parameters + buffers), activations);
}

describe('the memory of a run', () => {
  it('is the weights, twice while it starts, and every layer’s output', () => {
    expect(runMemory(100, 10)).toEqual({ runtime: 140, most: 240 });
  });

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
    expect(refuseMemory(memoryOf('squeezenet-1.1'), 0.25)).toBeNull();
  });

  it('counts what other networks take for the device, and not for the runtime', () => {
    const memory = memoryOf('vgg16');
    expect(refuseMemory(memory, 4, 0)).toBeNull();
    expect(refuseMemory(memory, 4, 1.5 * 2 ** 30)).toMatchObject({ code: 'device', beside: 1.5 * 2 ** 30 });
    expect(refuseMemory(memory, undefined, 8 * 2 ** 30)).toBeNull();
  });
});
