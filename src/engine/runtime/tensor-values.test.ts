import { describe, expect, it } from 'vitest';
import { toHalf } from '../weights/half.ts';
import { channelsLast, fillBatch, fromTensorValues, inputTypes, toTensorValues } from './tensor-values.ts';

describe('values of a tensor', () => {
  it.each(inputTypes)('come back from %s as they went in', (type) => {
    const values = Float32Array.of(0, 1, 3, 127);
    expect(fromTensorValues(type, toTensorValues(values, type))).toEqual(values);
  });

  it('are rounded and kept within a type of whole numbers', () => {
    const values = Float32Array.of(-3, 0.4, 0.6, 254.7, 300);
    expect(toTensorValues(values, 'uint8')).toEqual(Uint8Array.of(0, 0, 1, 255, 255));
    expect(toTensorValues(values, 'int8')).toEqual(Int8Array.of(-3, 0, 1, 127, 127));
    expect(toTensorValues(values, 'int64')).toEqual(BigInt64Array.of(-3n, 0n, 1n, 255n, 300n));
  });

  it('of half precision are read from their bits', () => {
    expect(fromTensorValues('float16', toHalf(Float32Array.of(0.5, -2)))).toEqual(Float32Array.of(0.5, -2));
  });

  it('are numbers, or refused', () => {
    expect(() => fromTensorValues('string', ['a'])).toThrow(TypeError);
  });

  it('fill a batch image by image', () => {
    expect(fillBatch(Float32Array.of(1, 2), 1, 6)).toEqual(Float32Array.of(1, 2, 1, 2, 1, 2));
    expect(fillBatch(Float32Array.of(1, 2, 3, 4), 2, 6)).toEqual(Float32Array.of(1, 2, 3, 4, 3, 4));
    expect(() => fillBatch(Float32Array.of(1, 2), 1, 5)).toThrow(RangeError);
    expect(() => fillBatch(Float32Array.of(1, 2, 3, 4), 2, 2)).toThrow(RangeError);
    expect(() => fillBatch(new Float32Array(0), 1, 0)).toThrow(RangeError);
  });

  it('are turned so that the channels stand last', () => {
    // Red 1 2, green 3 4, blue 5 6.
    expect(channelsLast(Float32Array.of(1, 2, 3, 4, 5, 6), 1, 3)).toEqual(Float32Array.of(1, 3, 5, 2, 4, 6));
    expect(channelsLast(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 2)).toEqual(
      Float32Array.of(1, 3, 2, 4, 5, 7, 6, 8),
    );
  });
});
