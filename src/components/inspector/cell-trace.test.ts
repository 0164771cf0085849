import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../../engine/graph/lower.ts';
import { contextOf, type Graph, INPUT } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Cell } from '../../engine/ops/types.ts';
import { asImage, offsetOf, sizeOf } from '../../engine/ops/window.ts';
import {
  architecture,
  branches,
  conv,
  convBnRelu,
  globalAveragePool,
  image,
  lrn,
  pad,
  relu,
  sigmoid,
  softmax,
  unit,
} from '../../engine/spec/layers.ts';
import { agrees, chainTo, returnedValue, stepCell, traceCell } from './cell-trace.ts';

/** Weights and picture from a fixed generator, and every activation by the operators' own evaluation. */
function runSeeded(graph: Graph) {
  let state = 20_261_124;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const fill = (count: number, size: number) => Float32Array.from({ length: count }, () => next() * size);
  const tensors = new Map<string, Float32Array>();
  const activations = new Map([[INPUT, fill(sizeOf(graph.input), 2)]]);
  for (const node of graph.nodes) {
    const operator = operatorOf(node.op);
    const context = contextOf(node);
    const own: Record<string, Float32Array> = {};
    for (const { name, shape } of operator.tensors(context)) {
      const values = fill(sizeOf(shape), 0.4);
      own[name] = name === 'variance' ? values.map((value) => value + 1) : values;
      tensors.set(`${node.id}.${name}`, own[name]);
    }
    const output = new Float32Array(sizeOf(node.shape));
    const inputs = node.inputs.map((id) => activations.get(id) ?? new Float32Array());
    operator.evaluate(context, inputs, own, output);
    activations.set(node.id, output);
  }
  return { tensors, activations };
}

const graphOf = (id: string): Graph => {
  const found = architectures.get(id);
  if (!found) throw new RangeError(id);
  return lower(found);
};

const everyKind = lower(
  architecture({
    id: 'every-kind',
    title: 'Every kind',
    source: { paper: 'none', where: 'here', year: 2026, authors: 'nobody' },
    input: image(2, 8),
    layers: {
      pad: pad(1, 0.5),
      conv1: unit({
        conv: conv(6, 3, { padding: 1, groups: 2 }),
        relu: relu(),
        lrn: lrn({ size: 3, alpha: 0.3, beta: 0.75, bias: 2 }),
      }),
      mix: branches('Concat', {
        a: convBnRelu(3, 1),
        b: unit({ conv: conv(2, 3, { padding: 1, stride: 1 }), sigmoid: sigmoid() }),
      }),
      sum: branches('Add', { a: { conv: conv(4, 1) }, b: { conv: conv(4, 3, { padding: 1 }) } }),
      pool: globalAveragePool(),
      softmax: softmax(),
    },
  }),
);

const cellOf = (shape: readonly number[], at: number): Cell => {
  const [, height, width] = asImage(shape);
  return [Math.floor(at / (height * width)), Math.floor(at / width) % height, at % width];
};

describe('tracing a cell', () => {
  it.each([
    ['lenet5', graphOf('lenet5')],
    ['lenet5-1998', graphOf('lenet5-1998')],
    ['a network of every other kind', everyKind],
  ] as const)('gives of any cell of %s the number that evaluation gives', (_, graph) => {
    const { tensors, activations } = runSeeded(graph);
    fc.assert(
      fc.property(fc.nat(graph.nodes.length - 1), fc.nat(), (index, anywhere) => {
        const node = graph.nodes[index];
        if (!node) throw new RangeError();
        const cell = cellOf(node.shape, anywhere % sizeOf(node.shape));
        const steps = traceCell(graph, chainTo(graph, node.id), cell, tensors, activations);
        const result = steps?.at(-1)?.arithmetic.result ?? Number.NaN;
        const evaluated = activations.get(node.id)?.[offsetOf(node.shape, cell)] ?? Number.NaN;
        expect(returnedValue(node, cell, activations)).toBe(evaluated);
        expect(agrees(result, evaluated)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('works out the middle of a unit that was not returned', () => {
    const { tensors, activations } = runSeeded(everyKind);
    fc.assert(
      fc.property(fc.constantFrom('conv1/lrn', 'mix/a/relu', 'mix/b/sigmoid'), fc.nat(), (id, anywhere) => {
        const node = everyKind.nodeById.get(id);
        if (!node) throw new RangeError(id);
        const chain = chainTo(everyKind, id);
        const known = new Map(activations);
        for (const { id: inside } of chain) known.delete(inside);
        const cell = cellOf(node.shape, anywhere % sizeOf(node.shape));
        const steps = traceCell(everyKind, chain, cell, tensors, known);
        expect(steps).toHaveLength(chain.length);
        const evaluated = activations.get(id)?.[offsetOf(node.shape, cell)] ?? Number.NaN;
        expect(agrees(steps?.at(-1)?.arithmetic.result ?? Number.NaN, evaluated)).toBe(true);
        for (const step of steps ?? []) {
          for (const term of step.arithmetic.terms.slice(0, step === steps?.[0] ? 0 : undefined)) {
            expect(term.cell.slice(1)).toEqual(cell.slice(1));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('chains a unit from the operator that reads other cells, and leaves other layers alone', () => {
    const graph = graphOf('lenet5');
    expect(chainTo(graph, 'conv1/tanh').map(({ id }) => id)).toEqual(['conv1/conv', 'conv1/tanh']);
    expect(chainTo(graph, 'conv1/conv').map(({ id }) => id)).toEqual(['conv1/conv']);
    expect(chainTo(graph, 'pool1').map(({ id }) => id)).toEqual(['pool1']);
    expect(chainTo(graph, 'softmax').map(({ id }) => id)).toEqual(['softmax']);
    expect(chainTo(graph, 'nowhere')).toEqual([]);
  });

  it('is null without a weight, without an input, with one of another length, and outside the output', () => {
    const graph = graphOf('lenet5');
    const { tensors, activations } = runSeeded(graph);
    const chain = chainTo(graph, 'conv1/tanh');
    const without = (map: ReadonlyMap<string, Float32Array>, id: string) =>
      new Map([...map].filter(([key]) => key !== id));
    expect(traceCell(graph, chain, [0, 0, 0], tensors, activations)).not.toBeNull();
    expect(traceCell(graph, chain, [0, 0, 0], without(tensors, 'conv1/conv.bias'), activations)).toBeNull();
    expect(traceCell(graph, chain, [0, 0, 0], tensors, new Map())).toBeNull();
    expect(traceCell(graph, chain, [0, 0, 0], tensors, new Map([[INPUT, new Float32Array(9)]]))).toBeNull();
    expect(traceCell(graph, chain, [6, 0, 0], tensors, activations)).toBeNull();
    expect(traceCell(graph, chain, [0, 28, 0], tensors, activations)).toBeNull();
  });

  it('steps to the next cell and stops at the border', () => {
    const node = graphOf('lenet5').nodeById.get('conv1/tanh');
    if (!node) throw new RangeError();
    expect(stepCell(node, [2, 3, 4], 2, 1)).toEqual([2, 3, 5]);
    expect(stepCell(node, [2, 0, 4], 1, -1)).toEqual([2, 0, 4]);
    expect(stepCell(node, [5, 0, 4], 0, 1)).toEqual([5, 0, 4]);
  });

  it('takes results as agreeing to single precision and no further', () => {
    expect(agrees(1, 1 + 5e-6)).toBe(true);
    expect(agrees(1, 1 + 2e-5)).toBe(false);
    expect(agrees(1000, 1000.005)).toBe(true);
    expect(agrees(Number.NaN, 1)).toBe(false);
  });
});
