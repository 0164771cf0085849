import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Planes, type ResizeMethod, resize } from './resample.ts';

interface ReferenceCase {
  readonly method: ResizeMethod;
  /** Height before width. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly picture: readonly number[];
  readonly resized: readonly number[];
}

const reference = JSON.parse(
  readFileSync(new URL('resample-reference.json', import.meta.url), 'utf8'),
) as readonly ReferenceCase[];

const planesOf = (width: number, height: number, values: readonly number[]): Planes => ({
  width,
  height,
  data: Float32Array.from(values),
});

const arbitraryPlanes = fc
  .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }))
  .chain(([width, height]) =>
    fc
      .array(fc.integer({ min: 0, max: 255 }), {
        minLength: 3 * width * height,
        maxLength: 3 * width * height,
      })
      .map((values) => planesOf(width, height, values)),
  );
const arbitrarySide = fc.integer({ min: 1, max: 24 });
const methods: readonly ResizeMethod[] = ['triangle', 'area', 'nearest'];
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('resizing', () => {
  it.each(
    reference.map((one) => [`${one.method}, ${one.from.join('×')} to ${one.to.join('×')}`, one] as const),
  )('gives what PyTorch gives: %s', (_, { method, from, to, picture, resized }) => {
    const { data } = resize(planesOf(from[1], from[0], picture), to[1], to[0], method);
    expect(data).toHaveLength(resized.length);
    const off = Math.max(...resized.map((value, index) => Math.abs(value - (data[index] ?? Number.NaN))));
    expect(off).toBeLessThan(1e-3);
  });

  it('has the weights of the triangle where they are easily worked out', () => {
    // Four pixels to two: the filter reaches 2 source pixels from its middle at 1, weights ¾·½, … over their sum.
    const row = planesOf(4, 1, [0, 100, 200, 40, 1, 1, 1, 1, 0, 0, 0, 0]);
    const { data } = resize(row, 2, 1, 'triangle');
    expect(data[0]).toBeCloseTo((0.75 * 0 + 0.75 * 100 + 0.25 * 200) / 1.75, 4);
    expect(data[1]).toBeCloseTo((0.25 * 100 + 0.75 * 200 + 0.75 * 40) / 1.75, 4);
    expect([...data.subarray(2)]).toEqual([1, 1, 0, 0]);
  });

  it('takes the middle pixel and no other where it may drop pixels', () => {
    const row = planesOf(6, 1, [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...resize(row, 2, 1, 'nearest').data.subarray(0, 2)]).toEqual([2, 5]);
  });

  it('leaves a picture of the size asked for as it is', () => {
    fc.assert(
      fc.property(arbitraryPlanes, fc.constantFrom(...methods), (planes, method) => {
        expect(resize(planes, planes.width, planes.height, method)).toEqual(planes);
      }),
    );
  });

  it('keeps a single colour, and never leaves the range of the values', () => {
    fc.assert(
      fc.property(
        arbitraryPlanes,
        arbitrarySide,
        arbitrarySide,
        fc.constantFrom(...methods),
        (planes, width, height, method) => {
          const flat = resize({ ...planes, data: planes.data.map(() => 77) }, width, height, method);
          for (const value of flat.data) expect(value).toBeCloseTo(77, 3);
          const { data } = resize(planes, width, height, method);
          expect(data).toHaveLength(3 * width * height);
          expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...planes.data) - 1e-3);
          expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...planes.data) + 1e-3);
        },
      ),
    );
  });

  it('keeps the mean when it weighs by area', () => {
    fc.assert(
      fc.property(arbitraryPlanes, arbitrarySide, arbitrarySide, (planes, width, height) => {
        expect(mean(resize(planes, width, height, 'area').data)).toBeCloseTo(mean(planes.data), 2);
      }),
    );
  });

  it('mirrors with the picture', () => {
    const mirror = ({ width, height, data }: Planes): Planes => ({
      width,
      height,
      data: data.map((_, index) => data[index - (index % width) + width - 1 - (index % width)] ?? 0),
    });
    fc.assert(
      fc.property(
        arbitraryPlanes,
        arbitrarySide,
        fc.constantFrom<ResizeMethod>('triangle', 'area'),
        (planes, side, method) => {
          const one = mirror(resize(planes, side, side, method)).data;
          const other = resize(mirror(planes), side, side, method).data;
          for (const [index, value] of one.entries()) expect(other[index]).toBeCloseTo(value, 2);
        },
      ),
    );
  });

  it('lets a fine pattern become grey with a filter, and not without', () => {
    const side = 64;
    const stripes = planesOf(
      side,
      side,
      Array.from({ length: 3 * side * side }, (_, index) => ((index % side) % 2) * 255),
    );
    for (const value of resize(stripes, 8, 8, 'triangle').data)
      expect(Math.abs(value - 127.5)).toBeLessThan(8);
    expect(new Set(resize(stripes, 8, 8, 'nearest').data).size).toBe(1);
    expect([0, 255]).toContain(resize(stripes, 8, 8, 'nearest').data[0]);
  });

  it('refuses sizes that are none', () => {
    const planes = planesOf(1, 1, [1, 2, 3]);
    for (const side of [0, -1, 1.5, Number.NaN]) {
      expect(() => resize(planes, side, 1, 'triangle')).toThrow(RangeError);
      expect(() => resize(planes, 1, side, 'triangle')).toThrow(RangeError);
    }
  });
});
