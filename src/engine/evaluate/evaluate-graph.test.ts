import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { conv, image, relu } from '../spec/layers.ts';
import type { Architecture } from '../spec/types.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { evaluateGraph } from './evaluate-graph.ts';

const lenet = architectures.get('lenet5') as Architecture;

describe('the reference evaluator', () => {
  const graph = lower(lenet);
  const tensors = seededTensors(graph, 1);
  const input = seededInput(1024, 2);

  it('gives a convolution worked out by hand', () => {
    const small = lower({ ...lenet, input: image(1, 3), layers: { conv: conv(1, 2), relu: relu() } });
    const outputs = evaluateGraph(
      small,
      new Map([
        ['conv.weight', Float32Array.of(1, 2, -3, 4)],
        ['conv.bias', Float32Array.of(-20)],
      ]),
      Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
    );
    // 1·1 + 2·2 − 3·4 + 4·5 − 20 = −7, and each step to the right or down adds 4 or 12.
    expect([...(outputs.get('conv') ?? [])]).toEqual([-7, -3, 5, 9]);
    expect([...(outputs.get('relu') ?? [])]).toEqual([0, 0, 5, 9]);
  });

  it('returns every node’s output and nothing else', () => {
    expect([...evaluateGraph(graph, tensors, input).keys()]).toEqual(graph.nodes.map((node) => node.id));
  });

  it('ends in probabilities', () => {
    const probabilities = [...(evaluateGraph(graph, tensors, input).get('softmax') ?? [])];
    expect(probabilities).toHaveLength(10);
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  it('keeps single precision on request, close to double', () => {
    const double = evaluateGraph(graph, tensors, input);
    const single = evaluateGraph(graph, tensors, input, { precision: 'fp32' });
    for (const [id, values] of single) {
      expect(values).toBeInstanceOf(Float32Array);
      values.forEach((value, index) => {
        expect(Math.abs(value - (double.get(id)?.[index] ?? Number.NaN))).toBeLessThan(1e-5);
      });
    }
  });

  it('refuses a wrong input, a missing tensor, and a network that does not fit', () => {
    expect(() => evaluateGraph(graph, tensors, new Float32Array(784))).toThrow(/784 values, not 1024/);
    expect(() => evaluateGraph(graph, new Map(), input)).toThrow(/conv1\/conv.weight has no values/);
    expect(() => evaluateGraph(lower(lenet, image(1, 8)), tensors, new Float32Array(64))).toThrow(/window/);
  });
});
