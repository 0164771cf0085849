import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCosts } from '../cost/costs.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import {
  branches,
  conv,
  convRelu,
  each,
  flatten,
  fc as fullyConnected,
  identity,
  image,
  maxPool,
  pad,
  relu,
  repeat,
  residual,
  stage,
  tap,
} from '../spec/layers.ts';
import type { Architecture, Series, Shape, Spec } from '../spec/types.ts';
import { ancestorsOf, findLayer, layersIn, leadingNode, nodesOf } from './layers.ts';
import { lower, operatorsOf } from './lower.ts';
import { describePlacedProblem } from './problem.ts';
import { INPUT, shapeOf } from './types.ts';

const network = (layers: Series, input: Shape = image(3, 8)): Architecture => ({
  id: 'test',
  title: 'Test',
  source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
  input,
  layers,
});

describe('any definition that fits', () => {
  const each = (check: (graph: ReturnType<typeof lower>, architecture: Architecture) => void) =>
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower(architecture);
        expect(graph.problem).toBeNull();
        check(graph, architecture);
      }),
      { numRuns: 200 },
    );

  it('becomes a topologically ordered graph with unique ids', () => {
    each(({ nodes, nodeById, unreached }) => {
      const made = new Set([INPUT]);
      for (const [index, node] of nodes.entries()) {
        expect(node.index).toBe(index);
        for (const input of node.inputs) expect(made).toContain(input);
        expect(made).not.toContain(node.id);
        made.add(node.id);
      }
      expect(nodeById.size).toBe(nodes.length);
      expect(unreached).toEqual([]);
    });
  });

  it('has a node for every operator, and one for every merge', () => {
    const mergesIn = (spec: Spec): number => {
      const own = spec.$ === 'residual' || (spec.$ === 'branches' && spec.merge !== null) ? 1 : 0;
      const parts =
        spec.$ === 'residual'
          ? [spec.body, spec.shortcut, spec.after]
          : spec.$ === 'branches'
            ? Object.values(spec.branches)
            : spec.$ === 'group' || spec.$ === 'tap'
              ? [spec.layers]
              : spec.$ === undefined
                ? Object.values(spec)
                : [];
      return parts.reduce((sum, part) => sum + mergesIn(part), own);
    };
    each(({ nodes }, { layers }) => {
      expect(nodes.length).toBe(operatorsOf(layers).length + mergesIn(layers));
    });
  });

  it('gives the results of branches without a merge to the merge around them', () => {
    const { nodeById, groups } = lower(
      network({
        join: branches('Mean', {
          one: conv(3, 1),
          two: { first: conv(3, 1), ends: branches(null, { a: conv(3, 1), b: conv(3, 1) }) },
        }),
      }),
    );
    expect(nodeById.get('join/mean')?.inputs).toEqual([
      'join/one/conv',
      'join/two/ends/a/conv',
      'join/two/ends/b/conv',
    ]);
    expect(groups.get('join/two')?.outputs).toEqual(['join/two/ends/a/conv', 'join/two/ends/b/conv']);
    expect(groups.get('join')?.outputs).toEqual(['join/mean']);
  });

  it('refuses branches without a merge where nothing merges them', () => {
    const ends = branches(null, { a: conv(3, 1), b: conv(3, 1) });
    expect(() => lower(network({ ends, relu: relu() }))).toThrow('the branches "ends" have no merge');
    expect(() => lower(network({ ends }))).toThrow('the branches "ends" have no merge');
  });

  it('has groups that are contiguous runs of nodes, each inside its parent', () => {
    each((graph) => {
      for (const group of graph.groups.values()) {
        const inside = graph.nodes.filter(({ id }) => group.id === '' || id.startsWith(`${group.id}/`));
        expect(graph.nodes.slice(group.first, group.end)).toEqual(inside);
        expect(nodesOf(graph, group.id)).toEqual(inside);
        const of = (id: string) => {
          const node = graph.nodeById.get(id);
          const inner = graph.groups.get(id);
          return node ? [node.index, node.index + 1] : [inner?.first, inner?.end];
        };
        // The children follow one another without a gap and fill the group.
        let next: number | undefined = group.first;
        for (const child of group.children) {
          expect(of(child)[0]).toBe(next);
          next = of(child)[1];
        }
        expect(next).toBe(group.end);
        if (group.parent !== null) expect(graph.groups.get(group.parent)?.children).toContain(group.id);
        expect(() => shapeOf(graph, group.input)).not.toThrow();
        expect(() => shapeOf(graph, group.output)).not.toThrow();
      }
    });
  });

  it('has the main output first, and besides it only what nothing reads', () => {
    each(({ outputs, groups, nodes, consumers }) => {
      const main = groups.get('')?.output;
      if (main !== INPUT) expect(outputs[0]).toBe(main);
      const unread = nodes.map(({ id }) => id).filter((id) => !consumers.has(id));
      expect(new Set(outputs)).toEqual(new Set([...unread, ...(main === INPUT || !main ? [] : [main])]));
    });
  });

  it('knows who reads each tensor', () => {
    each(({ nodes, consumers }) => {
      for (const node of nodes) {
        for (const input of node.inputs) expect(consumers.get(input)).toContain(node.id);
      }
      const reads = nodes.reduce((sum, { inputs }) => sum + inputs.length, 0);
      expect([...consumers.values()].reduce((sum, readers) => sum + readers.length, 0)).toBe(reads);
    });
  });

  it('has layers whose ancestors lead back to the network', () => {
    each((graph) => {
      for (const node of graph.nodes) {
        const path = ancestorsOf(graph, node.id);
        let layers = layersIn(graph);
        for (const id of [...path, node.id]) {
          expect(layers.map((layer) => layer.id)).toContain(id);
          layers = layersIn(graph, id);
        }
      }
    });
  });

  it('costs as much as its groups, and they as their parts', () => {
    each((graph) => {
      const costs = computeCosts(graph);
      for (const group of graph.groups.values()) {
        const total = costs.byGroup.get(group.id);
        for (const key of ['parameters', 'buffers', 'macs', 'flops', 'activations'] as const) {
          const sum = nodesOf(graph, group.id).reduce(
            (all, { id }) => all + (costs.byNode.get(id)?.[key] ?? 0),
            0,
          );
          expect(total?.[key]).toBe(sum);
        }
      }
      expect(costs.total).toBe(costs.byGroup.get(''));
    });
  });
});

describe('ids', () => {
  it('are the paths of the names in the definition', () => {
    const graph = lower(
      network({
        stem: convRelu(4, 3),
        stage1: stage({
          ...repeat('block', 2, () => residual({ body: { conv: conv(4, 3, { padding: 1 }) } })),
        }),
        mixed: branches('Concat', { '1x1': conv(2, 1), '3x3': { pad: pad(1), conv: conv(2, 3) } }),
      }),
    );
    expect(graph.nodes.map(({ id }) => id)).toEqual([
      'stem/conv',
      'stem/relu',
      'stage1/block1/body/conv',
      'stage1/block1/add',
      'stage1/block2/body/conv',
      'stage1/block2/add',
      'mixed/1x1/conv',
      'mixed/3x3/pad',
      'mixed/3x3/conv',
      'mixed/concat',
    ]);
    expect(leadingNode(graph, 'stem')?.id).toBe('stem/conv');
    expect(leadingNode(graph, 'mixed')?.id).toBe('mixed/concat');
    expect(graph.groups.get('stage1/block1/shortcut')).toMatchObject({
      kind: 'shortcut',
      input: 'stem/relu',
      output: 'stem/relu',
    });
    expect(layersIn(graph, 'stage1/block1').map(({ id }) => id)).toEqual([
      'stage1/block1/body',
      'stage1/block1/add',
    ]);
  });

  it('count from one in a list', () => {
    expect(Object.keys(each('conv', [64, 128], (width) => conv(width, 3)))).toEqual(['conv1', 'conv2']);
  });

  it.each([
    ['a number, which JavaScript would reorder', { first: relu(), 1: relu() }, 'reads as a whole number'],
    ['a slash', { 'a/b': relu() }, 'holds a slash'],
    ['a dot', { 'a.b': relu() }, 'holds a slash, dot'],
    ['nothing', { '': relu() }, 'is empty'],
    ['the name of the input', { input: relu() }, 'stands twice'],
    ['the name of the merge', { m: branches('Add', { add: {}, b: {} }) }, 'stands twice'],
  ])('with %s are refused', (_, layers, message) => {
    expect(() => lower(network(layers as unknown as Series))).toThrow(message);
  });
});

describe('a network that does not fit', () => {
  it('ends before the node that breaks, and lists what would follow', () => {
    const graph = lower(
      network({
        stage1: stage({ pool1: maxPool(4), pool2: maxPool(3), relu: relu() }),
        flatten: flatten(),
      }),
    );
    expect(graph.problem && describePlacedProblem(graph.problem)).toBe(
      'stage1/pool2 (MaxPool): a window of 3 does not fit in 2 with padding 0',
    );
    expect(graph.nodes.map(({ id }) => id)).toEqual(['stage1/pool1']);
    expect(graph.unreached.map(({ id }) => id)).toEqual(['stage1/pool2', 'stage1/relu', 'flatten']);
    expect(computeCosts(graph).total.activations).toBe(3 * 2 * 2);
  });

  it('says what was flattened where a fully connected layer gets another number than it was declared for', () => {
    const { problem } = lower(network({ flatten: flatten(), fc: fullyConnected(10, { inputs: 200 }) }));
    expect(problem && describePlacedProblem(problem)).toBe(
      'fc (Gemm): declared for 200 inputs, but 3 · 8 · 8 = 192',
    );
  });

  it('says which shapes do not merge', () => {
    const { problem } = lower(network({ block: residual({ body: { conv: conv(4, 3) } }) }));
    expect(problem && describePlacedProblem(problem)).toBe(
      'block/add (Add): cannot merge shapes 4×6×6 and 3×8×8',
    );
  });

  it.each([
    [[3, 0, 8], 'not made of whole numbers'],
    [[3, 1.5, 8], 'not made of whole numbers'],
    [[3, -8, 8], 'not made of whole numbers'],
    [[3, Number.NaN, 8], 'not made of whole numbers'],
    [[], 'not made of whole numbers'],
    [[3, 1e9, 1e9], 'more than 2³¹ values'],
  ])('with an input of %j is no exception, but says so', (input, message) => {
    const { problem, nodes, unreached } = lower(network({ relu: relu() }), input);
    expect(problem && describePlacedProblem(problem)).toContain(message);
    expect(nodes).toEqual([]);
    expect(unreached).toEqual([{ id: 'relu', op: 'Relu' }]);
  });
});

describe('a tap', () => {
  it('does not rejoin: the main path passes it by', () => {
    const graph = lower(
      network({
        conv: conv(4, 3),
        aux: tap({ flatten: flatten(), fc: fullyConnected(5) }),
        go_on: identity(),
      }),
    );
    expect(graph.outputs).toEqual(['go_on', 'aux/fc']);
    expect(graph.nodeById.get('go_on')?.inputs).toEqual(['conv']);
  });

  it('at the end leaves the main output an output', () => {
    const graph = lower(network({ conv: conv(4, 3), aux: tap({ relu: relu() }) }));
    expect(graph.outputs).toEqual(['conv', 'aux/relu']);
  });
});

describe('a layer', () => {
  it('is found by its id, and by its path without the body of its residual block', () => {
    const graph = lower(
      network({ block1: residual({ body: { conv1: convRelu(3, 3), conv2: conv(3, 1) } }), end: relu() }),
    );
    expect(findLayer(graph, 'block1/body/conv1')).toBe('block1/body/conv1');
    expect(findLayer(graph, 'block1/conv1')).toBe('block1/body/conv1');
    expect(findLayer(graph, 'block1/conv1/conv')).toBe('block1/body/conv1/conv');
    expect(findLayer(graph, 'block1/conv3')).toBeNull();
    expect(findLayer(graph, '')).toBeNull();
  });
});
