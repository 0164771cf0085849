import { describe, expect, it } from 'vitest';
import { preparePicture, standardSteps } from '../../engine/runtime/preprocess/picture.ts';
import {
  expectationOf,
  labelSetsFor,
  likelyChoices,
  type PictureChoices,
  readPerChannel,
  valueRanges,
} from './picture-choices.ts';

/** The input's values for a picture of one colour, channel by channel. */
function valuesOf(channels: number, choices: PictureChoices, colour: readonly number[]): number[] {
  const pixels = {
    width: 8,
    height: 8,
    data: Uint8Array.from(Array.from({ length: 64 }, () => [...colour, 255]).flat()),
  };
  const expectation = expectationOf({ shape: [channels, 8, 8], order: 'planes' }, choices);
  const { tensor } = preparePicture(pixels, standardSteps(expectation, { x: 0, y: 0, side: 8 }));
  return Array.from({ length: channels }, (_, channel) => tensor[64 * channel] ?? Number.NaN);
}

const plain: PictureChoices = {
  range: 'unit',
  order: 'RGB',
  own: { scale: 2, mean: [0.5, 0.25, 1], std: 4 },
  isInverted: false,
  pixels: 'planes',
  framing: 'fitted',
};

describe('a picture made ready as the visitor chose', () => {
  it.each([
    ['unit', [1, 0.4, 0]],
    ['imagenet', [(1 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, -0.406 / 0.225]],
    ['byte', [255, 102, 0]],
    ['signed', [1, -0.2, -1]],
    ['caffe', [255 - 123, 102 - 117, -104]],
    ['own', [1.5 / 4, 0.55 / 4, -1 / 4]],
  ] as const)('%s', (range, expected) => {
    for (const [channel, value] of valuesOf(3, { ...plain, range }, [255, 102, 0]).entries()) {
      expect(value).toBeCloseTo(expected[channel] ?? 0, 4);
    }
    const [blue, green, red] = valuesOf(3, { ...plain, range, order: 'BGR' }, [255, 102, 0]);
    expect([red, green, blue].map((value) => value?.toFixed(4))).toEqual(
      expected.map((value) => value.toFixed(4)),
    );
  });

  it.each(valueRanges)('inverted is what the inverted picture gives, in %s', (range) => {
    const inverted = valuesOf(1, { ...plain, range, isInverted: true }, [200, 200, 200]);
    expect(inverted[0]).toBeCloseTo(valuesOf(1, { ...plain, range }, [55, 55, 55])[0] ?? 0, 3);
  });

  it('is likely to be of ImageNet’s kind, of bytes, or from 0 to 1', () => {
    expect(likelyChoices('float32', [3, 224, 224]).range).toBe('imagenet');
    expect(likelyChoices('uint8', [3, 224, 224]).range).toBe('byte');
    expect(likelyChoices('float16', [1, 28, 28]).range).toBe('unit');
    expect(likelyChoices('float32', [3, 32, 32]).range).toBe('unit');
    // Digits are trained on white ink, photographs in grey are not; LeNet-5 takes a margin around MNIST's.
    expect(likelyChoices('float32', [1, 28, 28])).toMatchObject({ isInverted: true, framing: 'fitted' });
    expect(likelyChoices('float32', [1, 32, 32])).toMatchObject({ isInverted: true, framing: 'padded' });
    expect(likelyChoices('float32', [1, 224, 224]).isInverted).toBe(false);
    expect(likelyChoices('float32', [3, 32, 32]).isInverted).toBe(false);
  });

  it('may be given by numbers: one for all channels, or one for each', () => {
    expect(readPerChannel('0.5', false)).toBe(0.5);
    expect(readPerChannel(' 0.485, 0.456 0.406 ', true)).toEqual([0.485, 0.456, 0.406]);
    expect(readPerChannel('−1', true)).toBe(-1);
    for (const text of ['', 'a', '1 2', '1 2 3 4', '0', '1 0 1'])
      expect(readPerChannel(text, true)).toBeNull();
  });

  it('has its values in the order that the input’s shape says, else in the one chosen', () => {
    const listed = { shape: [3, 8, 8], order: null } as const;
    expect(expectationOf(listed, plain).isInterleaved).toBe(false);
    expect(expectationOf(listed, { ...plain, pixels: 'interleaved' }).isInterleaved).toBe(true);
    expect(expectationOf({ ...listed, order: 'interleaved' }, plain).isInterleaved).toBe(true);
    expect(
      expectationOf({ ...listed, order: 'planes' }, { ...plain, pixels: 'interleaved' }).isInterleaved,
    ).toBe(false);
  });

  it('names classes where there are as many as a known set has', () => {
    expect(labelSetsFor(1000, 3)[0]).toBe('imagenet');
    expect(labelSetsFor(10, 3)).toEqual(['cifar10', 'digits', 'none']);
    expect(labelSetsFor(10, 1)).toEqual(['digits', 'cifar10', 'none']);
    expect(labelSetsFor(37, 1)).toEqual(['none']);
  });
});
