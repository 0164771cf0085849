import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../cost/costs.ts';
import { peakMemory } from '../cost/memory.ts';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { foldableKeys } from '../layout/figure-layers.ts';
import { layoutFigure } from '../layout/layout-figure.ts';
import { exportOnnx } from '../onnx/export.ts';
import { operatorOf } from '../ops/index.ts';
import type { FloatArray } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import {
  batchNorm,
  branches,
  conv,
  fc as dense,
  flatten,
  image,
  relu,
  residual,
  unit,
} from '../spec/layers.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { torchCode } from '../torch/code.ts';
import { foldBatchNormTensors } from '../weights/fold-batch-norm.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { foldableBatchNorms, foldBatchNorm } from './fold-batch-norm.ts';
import { lower } from './lower.ts';
import { contextOf, type Graph } from './types.ts';

const network = (layers: Series): Architecture => ({
  id: 'test',
  title: 'Test',
  source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
  input: image(3, 12),
  layers,
});

/** Seeded tensors with statistics as training leaves them, not the 0 and 1 they start from. */
function trainedTensors(graph: Graph): ReadonlyMap<string, FloatArray> {
  const tensors = new Map<string, FloatArray>(seededTensors(graph, 5));
  for (const [name, values] of tensors) {
    const noise = seededInput(values.length, name.length + values.length);
    if (name.endsWith('.variance'))
      tensors.set(
        name,
        noise.map((value) => 1 + 0.9 * value),
      );
    else if (/\.(scale|bias|mean)$/.test(name)) tensors.set(name, noise);
  }
  return tensors;
}

function expectSameFunction(graph: Graph): void {
  const folded = foldBatchNorm(graph);
  const tensors = trainedTensors(graph);
  const input = Float64Array.from(seededInput(sizeOf(graph.input), 6));
  const before = evaluateGraph(graph, tensors, input);
  const after = evaluateGraph(folded, foldBatchNormTensors(graph, tensors), input);
  const into = foldableBatchNorms(graph);
  graph.outputs.forEach((id, index) => {
    const values = after.get(folded.outputs[index] ?? '');
    expect(folded.outputs[index]).toBe(into.get(id) ?? id);
    expect(values?.length).toBe(before.get(id)?.length);
    before.get(id)?.forEach((value, at) => {
      expect(Math.abs(value - (values?.[at] ?? Number.NaN))).toBeLessThanOrEqual(
        1e-9 * (1 + Math.abs(value)),
      );
    });
  });
}

/** What every consumer of a graph relies on. */
function expectSound(graph: Graph): void {
  graph.nodes.forEach((node, index) => {
    expect(node.index).toBe(index);
    expect(graph.nodeById.get(node.id)).toBe(node);
    expect(operatorOf(node.op).inferShape(node.attributes as never, node.inputShapes)).toEqual(node.shape);
    node.inputs.forEach((id, at) => {
      const source = graph.nodeById.get(id);
      expect(source?.shape ?? graph.input).toEqual(node.inputShapes[at]);
      expect(source?.index ?? -1).toBeLessThan(index);
      expect(graph.consumers.get(id)).toContain(node.id);
    });
    expect(graph.groups.get(node.group)?.children).toContain(node.id);
  });
  expect([...graph.consumers.keys()].every((id) => id === 'input' || graph.nodeById.has(id))).toBe(true);
  for (const group of graph.groups.values()) {
    const inside = graph.nodes.filter(({ id }) => group.id === '' || id.startsWith(`${group.id}/`));
    expect(graph.nodes.slice(group.first, group.end)).toEqual(inside);
    for (const id of [group.input, group.output]) {
      expect(id === 'input' || graph.nodeById.has(id)).toBe(true);
    }
    for (const child of group.children) {
      expect(graph.nodeById.has(child) || graph.groups.has(child)).toBe(true);
    }
  }
}

describe('folding batch norm', () => {
  it('leaves the function as it was, a sound graph, and the counts of the rest, for networks of any structure', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower({ ...architecture, input: [3, 12, 11] });
        const folded = foldBatchNorm(graph);
        const into = foldableBatchNorms(graph);
        expect(folded.nodes.map(({ id }) => id)).toEqual(
          graph.nodes.map(({ id }) => id).filter((id) => !into.has(id)),
        );
        expectSound(folded);
        expectSameFunction(graph);
        const [before, after] = [computeCosts(graph), computeCosts(folded)];
        expect(after.total.macs).toBe(before.total.macs);
        // Two numbers a channel go; a convolution without a bias gains one.
        let difference = 0;
        for (const id of into.keys()) difference -= before.byNode.get(id)?.parameters ?? 0;
        for (const id of new Set(into.values())) {
          const node = graph.nodeById.get(id);
          if (node && 'bias' in node.attributes && !node.attributes.bias) difference += node.shape[0] ?? 0;
        }
        expect(after.total.parameters - before.total.parameters).toBe(difference);
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it('takes VGG-11 with batch norm back to the parameters of VGG-11', () => {
    const folded = foldBatchNorm(lower(architectures.get('vgg11-bn') as Architecture));
    const plain = lower(architectures.get('vgg11') as Architecture);
    expect(computeCosts(folded).total).toEqual(computeCosts(plain).total);
  });

  it.each([
    'resnet50',
    'resnet20-cifar10',
    'densenet-bc100-k12',
    'fractalnet20',
    'stochastic-depth-110',
    'googlenet-torchvision',
  ])('of %s gives a graph to draw, to write down and to export', (id) => {
    const graph = lower(architectures.get(id) as Architecture);
    const folded = foldBatchNorm(graph);
    expectSound(folded);
    expect(folded.nodes.length).toBeLessThan(graph.nodes.length);
    for (const open of [[], foldableKeys(folded)]) {
      const layout = layoutFigure(folded, {
        open: new Set(open),
        glyph: () => ({ width: 20, height: 40, labelWidth: 30 }),
      });
      const drawn = layout.boxes.reduce((sum, { layer }) => sum + layer.end - layer.first, 0);
      expect(drawn).toBe(folded.nodes.length);
    }
    expect(torchCode(folded)).toMatch(/^class /m);
    expect(exportOnnx(folded, { externalData: true }).parts.length).toBeGreaterThan(0);
    const { total } = computeCosts(folded);
    expect(total.macs).toBe(computeCosts(graph).total.macs);
    expect(peakMemory(folded).values).toBeGreaterThan(0);
  });

  it('goes into fully connected layers and through several in a row', () => {
    const graph = lower(
      network({
        conv: conv(4, 3, { bias: false }),
        bn1: batchNorm(),
        bn2: batchNorm(),
        relu: relu(),
        flatten: flatten(),
        fc: dense(5),
        bn3: batchNorm(),
      }),
    );
    expect([...foldableBatchNorms(graph)]).toEqual([
      ['bn1', 'conv'],
      ['bn2', 'conv'],
      ['bn3', 'fc'],
    ]);
    expect(foldBatchNorm(graph).outputs).toEqual(['fc']);
    expectSameFunction(graph);
  });

  it('scales every slice of a partially connected filter', () => {
    const graph = lower(
      network({ conv: conv(3, 3, { connections: [[0], [0, 2], [0, 1, 2]] }), bn: batchNorm() }),
    );
    expectSameFunction(graph);
  });

  it('leaves alone a batch norm whose convolution something else reads, and one before its convolution', () => {
    const graph = lower(
      network({
        split: unit({ conv: conv(3, 1) }),
        block: residual({ body: { bn: batchNorm(), conv: conv(3, 1) } }),
        both: branches('Add', { left: { bn: batchNorm() }, right: { relu: relu() } }),
      }),
    );
    expect(foldableBatchNorms(graph).size).toBe(0);
    expect(foldBatchNorm(graph)).toBe(graph);
  });

  it('makes a branch of nothing but a folded batch norm an identity', () => {
    const graph = lower(
      network({ conv: conv(3, 1), only: branches('Add', { one: { bn: batchNorm() } }), end: relu() }),
    );
    const folded = foldBatchNorm(graph);
    expect(folded.groups.get('only/one')).toMatchObject({ first: 1, end: 1, output: 'conv', children: [] });
    expect(contextOf(folded.nodes[1] as never).inputs).toEqual([[3, 12, 12]]);
    expectSound(folded);
  });
});
