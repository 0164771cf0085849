import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { pythonWith } from '../code/python.testing.ts';
import { lower } from '../graph/lower.ts';
import {
  averagePool,
  batchNorm,
  branches,
  conv,
  convBnRelu,
  convRelu,
  fc as dense,
  dropout,
  flatten,
  globalAveragePool,
  image,
  maxPool,
  relu,
  residual,
  sigmoid,
  softmax,
  tanh,
} from '../spec/layers.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { torchCode } from '../torch/code.ts';
import { computeCosts } from './costs.ts';
import { peakMemory } from './memory.ts';
import {
  inferenceMemory,
  largestBatch,
  largestInferenceBatch,
  largestTrainingBatch,
  savedActivations,
  trainingMemory,
} from './training-memory.ts';

const network = (layers: Series): Architecture => ({
  id: 'test',
  title: 'Test',
  source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
  input: image(3, 32),
  layers,
});

const saved = (layers: Series) => savedActivations(lower(network(layers)));

const denseLayer = () =>
  branches('Concat', { through: {}, layer: { bn: batchNorm(), relu: relu(), conv: conv(12, 1) } });

const everything = network({
  stem: convBnRelu(16, 3),
  pool: maxPool(2),
  block: residual({
    body: { a: convBnRelu(16, 1), b: conv(16, 1, { bias: false }), bn: batchNorm() },
    shortcut: {},
    after: { relu: relu() },
  }),
  dense1: denseLayer(),
  dense2: denseLayer(),
  tanh: tanh(),
  average: averagePool(2),
  sigmoid: sigmoid(),
  global: globalAveragePool(),
  flatten: flatten(),
  fc: dense(10),
  softmax: softmax(),
});

describe('activations kept for the backward pass', () => {
  it('are the inputs of convolutions and the outputs of ReLUs, each once', () => {
    expect(saved({ a: convRelu(4, 1), b: convRelu(8, 1) })).toEqual({
      values: 1024 * (3 + 4 + 8),
      markBytes: 0,
      tensors: ['input', 'a/relu', 'b/relu'],
    });
  });

  it('are with batch norm two tensors a convolution', () => {
    expect(saved({ a: convBnRelu(4, 1), b: conv(2, 1) }).tensors).toEqual(['input', 'a/conv', 'a/relu']);
  });

  it('are nothing for an addition, and for a Flatten its input', () => {
    const { tensors } = saved({
      block: residual({ body: { conv: conv(3, 1) }, shortcut: {} }),
      flatten: flatten(),
      fc: dense(2),
    });
    expect(tensors).toEqual(['input', 'block/add']);
  });

  it('have places of maxima and dropout masks beside them', () => {
    expect(saved({ pool: maxPool(2), drop: dropout(0.5), conv: conv(1, 1) })).toEqual({
      values: 3 * 1024 + 3 * 256,
      markBytes: 8 * 3 * 256 + 3 * 256,
      tensors: ['input', 'drop'],
    });
  });
});

const vgg16 = lower(architectures.get('vgg16') as Architecture);
const costs = computeCosts(vgg16);
const kept = savedActivations(vgg16);
const peak = peakMemory(vgg16);

describe('memory of a device', () => {
  it('takes in training four numbers a parameter with Adam in fp32', () => {
    const memory = trainingMemory(costs, kept, { optimizer: 'adam', batch: 8, dtype: 'fp32' });
    const weights = 4 * 138_357_544;
    expect(memory).toMatchObject({
      parameters: weights,
      gradients: weights,
      optimizerState: 2 * weights,
      buffers: 0,
      savedActivations: 8 * (4 * kept.values + kept.markBytes),
    });
  });

  it('takes in mixed precision half the activations, and a master copy of the parameters', () => {
    const bytes = (optimizer: 'sgd' | 'momentum' | 'adam') => {
      const memory = trainingMemory(costs, kept, { optimizer, batch: 1, dtype: 'fp16' });
      return (memory.total - memory.savedActivations) / 138_357_544;
    };
    expect([bytes('sgd'), bytes('momentum'), bytes('adam')]).toEqual([8, 12, 16]);
    expect(trainingMemory(costs, kept, { optimizer: 'sgd', batch: 1, dtype: 'fp16' }).savedActivations).toBe(
      2 * kept.values + kept.markBytes,
    );
  });

  it('adds up, and fits the largest batch and not one more', () => {
    const option = {
      optimizer: fc.constantFrom('sgd', 'momentum', 'adam') as fc.Arbitrary<'sgd' | 'momentum' | 'adam'>,
      dtype: fc.constantFrom('fp32', 'fp16') as fc.Arbitrary<'fp32' | 'fp16'>,
      budget: fc.integer({ min: 0, max: 2 ** 38 }),
    };
    fc.assert(
      fc.property(fc.record(option), ({ optimizer, dtype, budget }) => {
        const training = (batch: number) => trainingMemory(costs, kept, { optimizer, batch, dtype });
        const running = (batch: number) => inferenceMemory(costs, peak, { batch, dtype });
        for (const { total, ...parts } of [training(3), running(3)]) {
          expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
        }
        for (const [most, memory] of [
          [largestTrainingBatch(costs, kept, budget, { optimizer, dtype }), training],
          [largestInferenceBatch(costs, peak, budget, dtype), running],
        ] as const) {
          if (most > 0) expect(memory(most).total).toBeLessThanOrEqual(budget);
          expect(memory(most + 1).total).toBeGreaterThan(budget);
        }
      }),
    );
  });

  it('of nothing that grows with the batch sets no limit, and a budget that is no number fits nothing', () => {
    expect(largestBatch(10, 5, 0)).toBe(Number.MAX_SAFE_INTEGER);
    expect(largestBatch(Number.NaN, 5, 1)).toBe(0);
  });
});

const python = pythonWith('torch');

describe.skipIf(!python)('PyTorch', { timeout: 300_000 }, () => {
  it('keeps exactly these tensors', () => {
    const networks = [everything, architectures.get('vgg11-bn') as Architecture].map((one) => {
      // On the CPU PyTorch keeps masks as floats; elsewhere as bytes. Without dropout there is nothing to differ.
      const layers = Object.fromEntries(
        Object.entries(one.layers).map(([name, layer]) =>
          layer.$ === 'group' && 'dropout' in layer.layers
            ? [name, { ...layer, layers: { fc: layer.layers.fc, relu: layer.layers.relu } }]
            : [name, layer],
        ),
      ) as Series;
      return lower({ ...one, layers });
    });
    expect(networks.flatMap(({ nodes }) => nodes).some(({ op }) => op === 'Dropout')).toBe(false);
    const script = fileURLToPath(new URL('saved-tensors.py', import.meta.url));
    const done = spawnSync(python ?? '', [script], {
      input: JSON.stringify(networks.map((graph) => ({ code: torchCode(graph), input: graph.input }))),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    expect(done.stderr).not.toMatch(/Error/);
    const found = done.stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(found).toEqual(
      networks.map((graph) => {
        const { values, markBytes } = savedActivations(graph);
        return { values, indices: markBytes / 8 };
      }),
    );
  });
});
