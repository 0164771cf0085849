import { describe, expect, it } from 'vitest';
import { nearestIds } from './nearest-ids.ts';

const known = [
  'lenet5',
  'lenet5-1998',
  'alexnet',
  'vgg11',
  'vgg16',
  'vgg16-bn',
  'vgg19',
  'resnet20-cifar10',
  'resnet50',
];

describe('a mistyped id', () => {
  it.each([
    ['LeNet5', 'lenet5'],
    ['lenet-5', 'lenet5'],
    ['alxenet', 'alexnet'],
    ['vgg16bn', 'vgg16-bn'],
    ['vgg', 'vgg11'],
    ['resnet20', 'resnet20-cifar10'],
  ])('%s is answered with %s first', (typed, meant) => {
    expect(nearestIds(typed, known)[0]).toBe(meant);
  });

  it('gets at most three suggestions, and none where nothing is near', () => {
    expect(nearestIds('vgg1', known).length).toBeLessThanOrEqual(3);
    expect(nearestIds('transformer', known)).toEqual([]);
    expect(nearestIds('', known)).toEqual([]);
  });
});
