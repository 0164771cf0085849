import { describe, expect, it } from 'vitest';
import { findArchitecture, parseInput, UsageError } from './command.ts';

describe('an unknown network', () => {
  it('is answered with the nearest, or with how to list them', () => {
    expect(() => findArchitecture('vgg61')).toThrow(UsageError);
    expect(() => findArchitecture('vgg61')).toThrow(/did you mean vgg/);
    expect(() => findArchitecture('transformer')).toThrow(/no architecture "transformer"; see .*--list/);
  });
});

describe('an input size', () => {
  it.each([
    ['3x224x224', [3, 224, 224]],
    ['1×32×32', [1, 32, 32]],
    ['256x192', [3, 256, 192]],
    ['31', [3, 31, 31]],
    ['0', [3, 0, 0]],
    ['1000000000', [3, 1e9, 1e9]],
  ])('%s is read', (text, shape) => {
    expect(parseInput(text, [3, 227, 227])).toEqual(shape);
  });

  it.each(['10^9', 'large', '', '-3', '3.5', '1e3', '3x', '1x2x3x4', '12345678901', '٣٢'])(
    '%j is refused',
    (text) => {
      expect(() => parseInput(text, [3, 227, 227])).toThrow(UsageError);
    },
  );
});
