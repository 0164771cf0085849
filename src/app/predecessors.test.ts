import { describe, expect, it } from 'vitest';
import { architectures } from '../architectures/index.ts';
import { predecessorOf } from './predecessors.ts';

describe('the predecessor of a network', () => {
  it('is another network of the catalogue, and every line goes back to LeNet-5', () => {
    for (const id of architectures.keys()) {
      const before = predecessorOf(id);
      if (id === 'lenet5') expect(before).toBeNull();
      else {
        expect(before, id).not.toBeNull();
        expect(before, id).not.toBe(id);
        expect(architectures.has(before ?? ''), id).toBe(true);
      }
    }
  });

  it('is the one the papers compare with', () => {
    const pairs = {
      alexnet: 'lenet5',
      zfnet: 'alexnet',
      googlenet: 'nin-imagenet',
      resnet34: 'plain34',
      resnet50: 'resnet34',
      'resnext50-32x4d': 'resnet50',
      'stochastic-depth-110': 'resnet110-cifar10',
      'squeezenet-1.1': 'squeezenet-1.0',
      'squeezenet-1.0-simple-bypass': 'squeezenet-1.0',
      'zfnet-lecture': 'zfnet',
      densenet169: 'densenet121',
    };
    for (const [id, before] of Object.entries(pairs)) expect(predecessorOf(id), id).toBe(before);
  });
});
