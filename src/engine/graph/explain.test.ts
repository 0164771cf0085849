import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { costOf } from '../cost/costs.ts';
import { expressionText } from '../ops/expression.ts';
import type { Working } from '../ops/types.ts';
import { arbitraryArchitecture, arbitraryCall } from '../spec/arbitrary.testing.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { explainNode } from './explain.ts';
import { lower } from './lower.ts';
import { receptiveFields } from './receptive-field.ts';
import type { Graph, GraphNode } from './types.ts';

/**
 * Works out arithmetic as it is printed: `⌊(227 − 11 + 2·0) / 4⌋ + 1`. Signs of one kind bind as in school;
 * a unit at the end (`B`) is read over.
 */
function workOut(text: string): number {
  const tokens = text.replaceAll(',', '').match(/\d+(\.\d+)?|[⌊⌋⌈⌉()·×/+−-]|\S+/g) ?? [];
  let place = 0;
  const take = (): string => tokens[place++] ?? '';
  const closed = (close: string): number => {
    const value = sum();
    const found = take();
    if (found !== close) throw new SyntaxError(`${text}: ${close} expected, ${found || 'end'} found`);
    return value;
  };
  const factor = (): number => {
    const token = take();
    if (token === '(') return closed(')');
    if (token === '⌊') return Math.floor(closed('⌋'));
    if (token === '⌈') return Math.ceil(closed('⌉'));
    if (token === '−') return -factor();
    if (!/^\d/.test(token)) throw new SyntaxError(`${text}: a number expected, ${token || 'end'} found`);
    return Number(token);
  };
  const product = (): number => {
    let value = factor();
    for (;;) {
      const sign = tokens[place];
      if (sign === '·' || sign === '×') {
        place += 1;
        value *= factor();
      } else if (sign === '/') {
        place += 1;
        value /= factor();
      } else return value;
    }
  };
  function sum(): number {
    let value = product();
    for (;;) {
      const sign = tokens[place];
      if (sign === '+') {
        place += 1;
        value += product();
      } else if (sign === '−') {
        place += 1;
        value -= product();
      } else return value;
    }
  }
  const value = sum();
  const unit = tokens.slice(place).join(' ');
  if (unit !== '' && unit !== 'B') throw new SyntaxError(`${text}: ${unit} is left over`);
  return value;
}

const check = (node: GraphNode, { quantity, expression, result }: Working): void => {
  const text = expressionText(expression);
  expect(workOut(text), `${node.id} ${quantity}: ${text}`).toBe(result);
};

/** Every working of a node is right, and says the same as the shape and the costs. */
function checkNode(graph: Graph, node: GraphNode, batch = 1): void {
  const workings = explainNode(graph, node, { dtype: 'fp32', batch }, receptiveFields(graph));
  for (const working of workings) check(node, working);
  const resultOf = (quantity: Working['quantity']) =>
    workings.find((one) => one.quantity === quantity)?.result;
  const { parameters, macs, activations } = costOf(node);
  const field = receptiveFields(graph).get(node.id);
  expect(resultOf('parameters') ?? 0).toBe(parameters);
  expect(resultOf('macs') ?? 0).toBe(macs);
  expect(resultOf('activationBytes')).toBe(4 * batch * activations);
  expect(resultOf('parameterBytes') ?? 0).toBe(4 * parameters);
  expect(resultOf('outputHeight') ?? node.shape[1]).toBe(node.shape[1]);
  expect(resultOf('outputWidth') ?? node.shape[2]).toBe(node.shape[2]);
  expect(resultOf('outputChannels') ?? node.shape[0]).toBe(node.shape[0]);
  expect(resultOf('outputFeatures') ?? node.shape[0]).toBe(node.shape[0]);
  expect(resultOf('receptiveFieldHeight') ?? field?.size[0]).toBe(field?.size[0]);
  expect(resultOf('receptiveFieldWidth') ?? field?.size[1]).toBe(field?.size[1]);
  expect(resultOf('jump') ?? field?.jump[0]).toBe(field?.jump[0]);
}

describe('a working, as it is printed', () => {
  it.each([...architectures.keys()])('gives its result at every node of %s', (id) => {
    const architecture = architectures.get(id);
    const graph = lower(architecture as Architecture);
    for (const node of graph.nodes) checkNode(graph, node);
  });

  it('gives its result for any operator with any attributes, and any batch', () => {
    fc.assert(
      fc.property(arbitraryCall, fc.integer({ min: 1, max: 9 }), ({ op, attributes, inputs }, batch) => {
        fc.pre(inputs.length === 1);
        const layers = { it: { $: 'operator', op, attributes } } as unknown as Series;
        const graph = lower({
          id: 'any',
          title: 'Any',
          source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
          input: inputs[0] ?? [],
          layers,
        });
        for (const node of graph.nodes) checkNode(graph, node, batch);
      }),
      { numRuns: 1500 },
    );
  });

  it('gives its result in networks of any structure', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower(architecture);
        for (const node of graph.nodes) checkNode(graph, node);
      }),
      { numRuns: 100 },
    );
  });

  it("reads as the lecture's", () => {
    const graph = lower(architectures.get('alexnet-lecture') as Architecture);
    const [node] = graph.nodes;
    const text = (quantity: Working['quantity']) => {
      const workings = node ? explainNode(graph, node, { dtype: 'fp32', batch: 1 }) : [];
      const working = workings.find((one) => one.quantity === quantity);
      return working && `${expressionText(working.expression)} = ${working.result.toLocaleString('en-US')}`;
    };
    expect(text('outputHeight')).toBe('⌊(227 − 11 + 2·0) / 4⌋ + 1 = 55');
    expect(text('parameters')).toBe('11·11·3·96 + 96 = 34,944');
    expect(text('macs')).toBe('55·55 · 96·3 · 11·11 = 105,415,200');
  });
});
