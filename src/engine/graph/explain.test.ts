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

/** What a node's workings get wrong: their own result, the shape or the costs. One list, since there are many nodes. */
function faultsOf(graph: Graph, node: GraphNode, batch = 1): string[] {
  const workings = explainNode(graph, node, { dtype: 'fp32', batch }, receptiveFields(graph));
  const faults: string[] = [];
  const compare = (what: string, found: number | undefined, right: number | undefined) => {
    if (found !== right) faults.push(`${node.id} ${what}: ${found}, not ${right}`);
  };
  for (const { quantity, expression, result } of workings) {
    const text = expressionText(expression);
    compare(`${quantity} ${text}`, workOut(text), result);
  }
  const results = new Map(workings.map(({ quantity, result }) => [quantity, result]));
  const compareIfSaid = (quantity: Working['quantity'], right: number | undefined) =>
    compare(quantity, results.get(quantity) ?? right, right);
  const { parameters, macs, activations } = costOf(node);
  const field = receptiveFields(graph).get(node.id);
  compare('parameters', results.get('parameters') ?? 0, parameters);
  compare('macs', results.get('macs') ?? 0, macs);
  compare('activationBytes', results.get('activationBytes'), 4 * batch * activations);
  compare('parameterBytes', results.get('parameterBytes') ?? 0, 4 * parameters);
  compareIfSaid('outputHeight', node.shape[1]);
  compareIfSaid('outputWidth', node.shape[2]);
  compareIfSaid('outputChannels', node.shape[0]);
  compareIfSaid('outputFeatures', node.shape[0]);
  compareIfSaid('receptiveFieldHeight', field?.size[0]);
  compareIfSaid('receptiveFieldWidth', field?.size[1]);
  compareIfSaid('jump', field?.jump[0]);
  return faults;
}

/** Every working of every node is right, and says the same as the shape and the costs. */
const checkNodes = (graph: Graph, batch = 1): void =>
  expect(graph.nodes.flatMap((node) => faultsOf(graph, node, batch))).toEqual([]);

describe('a working, as it is printed', () => {
  it.each([...architectures.keys()])('gives its result at every node of %s', (id) => {
    const architecture = architectures.get(id);
    const graph = lower(architecture as Architecture);
    checkNodes(graph);
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
        checkNodes(graph, batch);
      }),
      { numRuns: 1500 },
    );
  });

  it('gives its result in networks of any structure', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower(architecture);
        checkNodes(graph);
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
