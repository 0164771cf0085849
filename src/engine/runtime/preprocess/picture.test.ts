import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseModelCard } from '../../weights/card.ts';
import {
  breakSteps,
  canBreak,
  entropyOf,
  type Fault,
  faultOf,
  type PictureStep,
  type Pixels,
  preparePicture,
  readPlanes,
  standardSteps,
} from './picture.ts';

const expectation = { shape: [3, 32, 32], preprocessing: { scale: 1, mean: 0.4734, std: 0.2516 } };

const arbitraryPixels = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height })
      .map((data): Pixels => ({ width, height, data })),
  );

const opaque = ({ width, height, data }: Pixels): Pixels => ({
  width,
  height,
  data: data.map((value, index) => (index % 4 === 3 ? 255 : value)),
});

const pixelsOf = (width: number, height: number, colour: readonly number[]): Pixels => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: 4 * width * height }, (_, index) => colour[index % 4] ?? 255),
});

describe('pixels as planes', () => {
  it('lays what is transparent over white', () => {
    const pixels: Pixels = {
      width: 3,
      height: 1,
      data: Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 200, 51),
    };
    const { data } = readPlanes(pixels);
    expect([...data].map((value) => Math.round(value * 100) / 100)).toEqual([
      10, 255, 204, 20, 255, 224, 30, 255, 244,
    ]);
  });

  it('refuses rectangles that are not within the picture', () => {
    const pixels = pixelsOf(4, 3, [0, 0, 0, 255]);
    for (const [x, y, width, height] of [
      [0, 0, 5, 3],
      [-1, 0, 2, 2],
      [0, 2, 1, 2],
      [0.5, 0, 1, 1],
      [0, 0, 0, 1],
    ] as const) {
      expect(() => readPlanes(pixels, { x, y, width, height })).toThrow(RangeError);
    }
  });
});

describe('the standard steps', () => {
  it('are those that training used: cut, resize, scale, normalise, red first', () => {
    expect(standardSteps(expectation, { x: 5, y: 6, side: 100 })).toEqual([
      { step: 'crop', x: 5, y: 6, width: 100, height: 100 },
      { step: 'resize', width: 32, height: 32, method: 'triangle' },
      { step: 'scale', factor: 1 / 255 },
      { step: 'normalise', mean: [0.4734, 0.4734, 0.4734], std: [0.2516, 0.2516, 0.2516] },
      { step: 'order', order: 'RGB' },
    ]);
  });

  it('give (value / 255 − mean) / std for one colour, channel by channel', () => {
    const prepared = preparePicture(
      pixelsOf(50, 70, [255, 51, 0, 255]),
      standardSteps(expectation, { x: 0, y: 0, side: 50 }),
    );
    expect(prepared.tensor).toHaveLength(3 * 32 * 32);
    expect(prepared.tensor[0]).toBeCloseTo((1 - 0.4734) / 0.2516, 4);
    expect(prepared.tensor[1024]).toBeCloseTo((0.2 - 0.4734) / 0.2516, 4);
    expect(prepared.tensor[3071]).toBeCloseTo(-0.4734 / 0.2516, 4);
    expect(prepared.stages).toHaveLength(5);
    expect(prepared.stages[4]?.data).toBe(prepared.tensor);
  });

  it('leave of each picture what they left of it when the next is made ready, in the same memory', () => {
    const steps = standardSteps(expectation, { x: 0, y: 0, side: 50 });
    const pixels = [pixelsOf(50, 70, [255, 51, 0, 255]), pixelsOf(50, 50, [9, 200, 70, 255])] as const;
    for (const taken of [steps, steps.slice(0, 1), [], breakSteps(steps, new Set(['swapped']), pixels[0])]) {
      const [first, second] = pixels.map((of) => preparePicture(of, taken));
      const again = preparePicture(pixels[0], taken);
      expect(first?.tensor).toEqual(again.tensor);
      expect(first?.tensor).not.toEqual(second?.tensor);
      // Looked at late, each step is still that of its own picture, and leads to the tensor.
      const { stages = [], tensor } = first ?? {};
      expect(stages).toHaveLength(taken.length);
      const last = taken.at(-1);
      const before = stages.at(-2);
      if (last && before) {
        const { width, height, data } = before;
        expect([width, height, data.length]).toEqual([first?.width, first?.height, tensor?.length]);
      }
      expect(stages.at(-1)?.data ?? tensor).toBe(tensor);
    }
  });

  it('leave every value of a picture of the network’s own size where it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4 * 1024, maxLength: 4 * 1024 }), (data) => {
        const pixels = opaque({ width: 32, height: 32, data });
        const { tensor } = preparePicture(pixels, standardSteps(expectation, { x: 0, y: 0, side: 32 }));
        for (let pixel = 0; pixel < 1024; pixel += 97) {
          for (let channel = 0; channel < 3; channel += 1) {
            const value = (pixels.data[4 * pixel + channel] ?? 0) / 255;
            expect(tensor[1024 * channel + pixel]).toBeCloseTo((value - 0.4734) / 0.2516, 4);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('follow from the card of every shipped network that reads photographs', () => {
    const cards = readdirSync('public/models')
      .filter((name) => name.endsWith('.json') && !name.endsWith('.parts.json'))
      .map((name) => parseModelCard(readFileSync(`public/models/${name}`, 'utf8')))
      .filter(({ task }) => task === 'cifar10');
    expect(cards.length).toBeGreaterThan(0);
    for (const { input } of cards) {
      const steps = standardSteps(input, { x: 0, y: 0, side: 40 });
      expect(preparePicture(pixelsOf(40, 40, [9, 9, 9, 255]), steps).tensor).toHaveLength(3 * 32 * 32);
    }
  });

  it('give one grey channel where a network takes one, in the shares of ITU-R BT.601', () => {
    const steps = standardSteps(
      { shape: [1, 8, 8], preprocessing: { scale: 255, mean: 0, std: 1 } },
      { x: 0, y: 0, side: 8 },
    );
    const { tensor, stages } = preparePicture(pixelsOf(8, 8, [200, 100, 50, 255]), steps);
    expect(tensor).toHaveLength(64);
    expect(tensor[63]).toBeCloseTo(0.299 * 200 + 0.587 * 100 + 0.114 * 50, 3);
    expect(stages.at(-1)?.data).toHaveLength(3 * 64);
    expect(steps.filter((step) => !canBreak(step))).toEqual([{ step: 'order', order: 'grey' }]);
    const everything = new Set(Object.values(faultOf));
    expect(breakSteps(steps, everything, { width: 8, height: 8 }).at(-1)).toEqual({
      step: 'order',
      order: 'grey',
    });
  });

  it('normalise each channel by its own mean, and put blue first where that is asked for', () => {
    const steps = standardSteps(
      {
        shape: [3, 8, 8],
        preprocessing: { scale: 255, mean: [10, 20, 30], std: [1, 2, 4] },
        order: 'BGR',
      },
      { x: 0, y: 0, side: 8 },
    );
    const { tensor } = preparePicture(pixelsOf(8, 8, [200, 100, 50, 255]), steps);
    for (const [channel, value] of [(50 - 30) / 4, (100 - 20) / 2, 200 - 10].entries()) {
      expect(tensor[64 * channel]).toBeCloseTo(value, 3);
    }
    expect(breakSteps(steps, new Set(['swapped']), { width: 8, height: 8 }).at(-1)).toEqual({
      step: 'order',
      order: 'RGB',
    });
  });

  it('are refused for a network that takes neither three channels nor one', () => {
    expect(() => standardSteps({ ...expectation, shape: [4, 28, 28] }, { x: 0, y: 0, side: 9 })).toThrow(
      RangeError,
    );
  });
});

describe('broken steps', () => {
  const crop = { x: 10, y: 0, side: 20 };
  const extent = { width: 40, height: 20 };
  const steps = standardSteps(expectation, crop);
  const broken = (...faults: readonly Fault[]) => breakSteps(steps, new Set(faults), extent);
  const stepOf = <Name extends PictureStep['step']>(list: readonly PictureStep[], name: Name) =>
    list.find((step): step is Extract<PictureStep, { step: Name }> => step.step === name);

  it('differ in the one step alone that is broken', () => {
    for (const fault of Object.values(faultOf)) {
      const changed = broken(fault).filter(
        (step, index) => JSON.stringify(step) !== JSON.stringify(steps[index]),
      );
      expect(changed.map(({ step }) => faultOf[step])).toEqual([fault]);
    }
    expect(broken()).toEqual(steps);
  });

  it('squeeze the whole picture instead of cutting a square', () => {
    expect(stepOf(broken('stretched'), 'crop')).toEqual({ step: 'crop', x: 0, y: 0, width: 40, height: 20 });
  });

  it('swap red and blue, and twice swapped is as before', () => {
    fc.assert(
      fc.property(arbitraryPixels, (pixels) => {
        const whole: PictureStep = { step: 'crop', x: 0, y: 0, width: pixels.width, height: pixels.height };
        const order: PictureStep = { step: 'order', order: 'BGR' };
        const right = preparePicture(pixels, [whole]).tensor;
        const swapped = preparePicture(pixels, [whole, order]).tensor;
        const size = pixels.width * pixels.height;
        expect([...swapped.subarray(0, size)]).toEqual([...right.subarray(2 * size)]);
        expect([...preparePicture(pixels, [whole, order, order]).tensor]).toEqual([...right]);
      }),
    );
  });

  it('leave values at 0 to 255, or mean and spread alone', () => {
    const pixels = pixelsOf(40, 20, [200, 100, 50, 255]);
    expect(preparePicture(pixels, broken('unscaled', 'raw')).tensor[0]).toBeCloseTo(200, 3);
    expect(preparePicture(pixels, broken('raw')).tensor[0]).toBeCloseTo(200 / 255, 4);
    expect(preparePicture(pixels, broken('unscaled')).tensor[0]).toBeCloseTo((200 - 0.4734) / 0.2516, 2);
  });
});

describe('steps in any order', () => {
  it('cut after resizing as well as before', () => {
    const pixels = opaque({
      width: 8,
      height: 8,
      data: Uint8Array.from({ length: 256 }, (_, index) => index),
    });
    const { tensor, width, height } = preparePicture(pixels, [
      { step: 'resize', width: 4, height: 4, method: 'area' },
      { step: 'crop', x: 1, y: 2, width: 2, height: 1 },
    ]);
    expect([width, height]).toEqual([2, 1]);
    const whole = preparePicture(pixels, [{ step: 'resize', width: 4, height: 4, method: 'area' }]).tensor;
    expect([...tensor]).toEqual([9, 10, 25, 26, 41, 42].map((index) => whole[index]));
  });

  it('are checked against what they are given', () => {
    const pixels = pixelsOf(2, 2, [0, 0, 0, 255]);
    expect(() => preparePicture(pixels, [{ step: 'normalise', mean: [0], std: [1] }])).toThrow(RangeError);
    expect(() => preparePicture(pixels, [{ step: 'normalise', mean: [0, 0, 0], std: [1, 0, 1] }])).toThrow(
      RangeError,
    );
  });

  it('may be none: the picture itself is the input', () => {
    expect([...preparePicture(pixelsOf(1, 1, [1, 2, 3, 255]), []).tensor]).toEqual([1, 2, 3]);
  });
});

describe('entropy', () => {
  it('is 0 for a certain answer and log2 n for n equal ones', () => {
    expect(entropyOf([0, 1, 0])).toBe(0);
    expect(entropyOf(new Float32Array(8).fill(1 / 8))).toBeCloseTo(3, 9);
    expect(entropyOf([0.5, 0.25, 0.25])).toBeCloseTo(1.5, 12);
  });
});
