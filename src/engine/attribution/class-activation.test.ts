import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { lower } from '../graph/lower.ts';
import { averagePool, conv, fc as dense, dropout, flatten, image, softmax } from '../spec/layers.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { classActivation, findClassMaps } from './class-activation.ts';

const published = (id: string) => lower(architectures.get(id) as Architecture);
const of = (layers: Series, size = 6) =>
  lower({ ...(architectures.get('lenet5') as Architecture), input: image(2, size), layers });

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Evaluates a network with seeded weights and checks every class's map against its logit. */
function expectExact(graph: ReturnType<typeof lower>, seed: number) {
  const found = findClassMaps(graph);
  if (!found) throw new Error('no class maps');
  const tensors = seededTensors(graph, seed);
  const biased = new Map(tensors);
  const bias = found.classifier && tensors.get(`${found.classifier}.bias`);
  if (bias) {
    biased.set(
      `${found.classifier}.bias`,
      bias.map((_, index) => index / 4 - 1),
    );
  }
  const size = graph.input.reduce((product, extent) => product * extent, 1);
  const values = evaluateGraph(graph, biased, seededInput(size, seed + 1));
  const maps = values.get(found.maps) ?? new Float64Array(0);
  const logits = values.get(found.logits) ?? new Float64Array(0);
  expect(logits).toHaveLength(found.classes);
  for (let index = 0; index < found.classes; index += 1) {
    const { map, bias: added } = classActivation(found, maps, biased, index);
    expect(map).toHaveLength(found.height * found.width);
    expect(mean(map) + added).toBeCloseTo(logits[index] ?? Number.NaN, 4);
  }
  return found;
}

describe('class maps', () => {
  it('are NiN’s own last maps, whose means are its logits', () => {
    const found = expectExact(published('nin-small-cifar10'), 3);
    expect(found).toMatchObject({
      maps: 'mlpconv3/cccp2',
      classifier: null,
      classes: 10,
      height: 8,
      width: 8,
    });
  });

  it('are the weighted sums of the maps before a fully connected layer: mean plus bias is the logit', () => {
    expect(expectExact(published('resnet20-cifar10'), 5).classifier).not.toBeNull();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        (width, classes, seed) => {
          expectExact(
            of({
              conv: conv(width, 3),
              pool: averagePool(4),
              flatten: flatten(),
              drop: dropout(),
              fc: dense(classes),
              softmax: softmax(),
            }),
            seed % 1000,
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are found in the ImageNet networks that end in a mean, and in no other', () => {
    for (const id of ['resnet18', 'squeezenet-1.0', 'densenet121', 'nin-imagenet']) {
      expect(findClassMaps(published(id)), id).not.toBeNull();
    }
    for (const id of ['lenet5', 'alexnet-cifar10', 'zfnet-cifar10', 'vgg11-cifar10', 'vgg16', 'alexnet']) {
      expect(findClassMaps(published(id)), id).toBeNull();
    }
  });

  it('are not told of one pixel, nor of a mean of parts of the maps', () => {
    expect(
      findClassMaps(
        of({ conv: conv(3, 6, { padding: 0 }), pool: averagePool(1), flatten: flatten(), fc: dense(3) }),
      ),
    ).toBeNull();
    expect(
      findClassMaps(of({ conv: conv(3, 3), pool: averagePool(3), flatten: flatten(), fc: dense(3) })),
    ).toBeNull();
  });

  it('refuse a class that there is not, and maps of another size', () => {
    const found = findClassMaps(published('nin-small-cifar10'));
    if (!found) throw new Error('no class maps');
    expect(() => classActivation(found, new Float32Array(640), new Map(), 10)).toThrow(/no class 10 of 10/);
    expect(() => classActivation(found, new Float32Array(641), new Map(), 1)).toThrow(/8×8/);
  });
});
