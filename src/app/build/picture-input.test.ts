import { describe, expect, it } from 'vitest';
import type { Shape } from '../../engine/spec/types.ts';
import { type PictureInput, pictureInputOf } from './picture-input.ts';

describe('the picture that an input takes', () => {
  it.each<[Shape, PictureInput]>([
    [[3, 224, 192], { shape: [3, 224, 192], order: 'planes' }],
    [[1, 28, 28], { shape: [1, 28, 28], order: 'planes' }],
    [[224, 192, 3], { shape: [3, 224, 192], order: 'interleaved' }],
    [[28, 28, 1], { shape: [1, 28, 28], order: 'planes' }],
    [[28, 28], { shape: [1, 28, 28], order: 'planes' }],
    [[64], { shape: [1, 8, 8], order: 'planes' }],
    [[784], { shape: [1, 28, 28], order: 'planes' }],
    [[3072], { shape: [3, 32, 32], order: null }],
    [[150_528], { shape: [3, 224, 224], order: null }],
  ])('%s', (shape, expected) => expect(pictureInputOf(shape)).toEqual(expected));

  it.each<[Shape]>([
    [[]],
    [[4]],
    [[49]],
    [[785]],
    [[147]],
    [[100, 40]],
    [[7, 7]],
    [[4, 32, 32]],
    [[2, 3, 4]],
    [[3, 8, 32, 32]],
  ])('is none for %s', (shape) => expect(pictureInputOf(shape)).toBeNull());
});
