import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../cost/costs.ts';
import { peakMemory } from '../cost/memory.ts';
import { layersIn } from '../graph/layers.ts';
import { lower } from '../graph/lower.ts';
import { receptiveFields } from '../graph/receptive-field.ts';
import { type Graph, INPUT } from '../graph/types.ts';
import { initialOpenGroups } from '../layout/figure-layers.ts';
import { layoutFigure } from '../layout/layout-figure.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import { mapOperators } from '../spec/map-operators.ts';
import type { Architecture } from '../spec/types.ts';
import { layerTable } from '../table/layer-table.ts';
import { writeTable } from '../table/write-table.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { exportOnnx, modelBytes } from './export.ts';
import { type ImportedModel, type ImportOptions, importOnnx, importOnnxFile } from './import.ts';
import { ImportError, type ImportProblem } from './import-problem.ts';
import { graphProto, type MadeModel, type MadeNode, type MadeTensor, madeFile } from './onnx-file.testing.ts';

const lowered = (id: string): Graph => lower(architectures.get(id) as Architecture);

const bytesOf = (graph: Graph): Uint8Array => modelBytes(exportOnnx(graph, { externalData: true }));

/** Operators with shapes, in no order. */
const callsOf = ({ nodes }: Graph): string[] =>
  nodes.map(({ op, shape }) => `${op} ${shape.join('×')}`).sort();

/** A graph's own laws: order, unique ids, groups that are contiguous and hold what they say. */
function expectSound(graph: Graph): void {
  const made = new Set([INPUT]);
  for (const [index, node] of graph.nodes.entries()) {
    expect(node.index).toBe(index);
    expect(node.inputs.every((input) => made.has(input))).toBe(true);
    expect(made.has(node.id)).toBe(false);
    made.add(node.id);
    expect(graph.groups.get(node.group)?.children).toContain(node.id);
  }
  expect(graph.nodeById.size).toBe(graph.nodes.length);
  for (const output of graph.outputs) expect(graph.nodeById.has(output)).toBe(true);
  for (const group of graph.groups.values()) {
    let next = group.first;
    for (const child of group.children) {
      const node = graph.nodeById.get(child);
      const inner = graph.groups.get(child);
      if (!node && !inner) continue;
      expect(node?.index ?? inner?.first).toBe(next);
      next = node ? node.index + 1 : (inner?.end ?? -1);
    }
    expect(next).toBe(group.end);
  }
}

const problemOf = (read: () => unknown): ImportProblem => {
  try {
    read();
  } catch (error) {
    if (error instanceof ImportError) return error.problem;
    throw error;
  }
  throw new Error('nothing was wrong');
};

describe('a network of the catalogue, written as ONNX and read again', () => {
  it.each([...architectures.keys()].filter((id) => lowered(id).problem === null))(
    'is %s, call by call',
    (id) => {
      const graph = lowered(id);
      const read = importOnnx(bytesOf(graph));
      expect(callsOf(read.graph)).toEqual(callsOf(graph));
      expect(read.graph.input).toEqual(graph.input);
      const { total } = computeCosts(read.graph);
      expect(total).toEqual(computeCosts(graph).total);
      expect(read.uncounted).toEqual([]);
      expect(peakMemory(read.graph).values).toBe(peakMemory(graph).values);
    },
  );

  it('keeps the hierarchy: names, stages, blocks, bodies and shortcuts', () => {
    const ids = (graph: Graph): string[] => [...graph.nodeById.keys(), ...graph.groups.keys()];
    const vgg = lowered('vgg16');
    expect(ids(importOnnx(bytesOf(vgg)).graph).sort()).toEqual(ids(vgg).sort());
    const resnet = lowered('resnet50');
    const { graph } = importOnnx(bytesOf(resnet));
    const kinds = (of: Graph, kind: string) =>
      [...of.groups.values()].filter((group) => group.kind === kind).length;
    expect(kinds(graph, 'residual')).toBe(16);
    expect(kinds(graph, 'stage')).toBe(kinds(resnet, 'stage'));
    expect(graph.nodeById.has('conv3_x/block1/body/conv2/conv')).toBe(true);
    // Files hold float32: a decimal that was written is read as it was written.
    expect(graph.nodeById.get('conv1/bn')?.attributes).toEqual(resnet.nodeById.get('conv1/bn')?.attributes);
    expect(receptiveFields(graph).get('conv5_x/block3/body/conv3/conv')).toEqual(
      receptiveFields(resnet).get('conv5_x/block3/body/conv3/conv'),
    );
  });

  it('is drawn and listed as any other', () => {
    for (const id of ['resnet50', 'googlenet', 'densenet121', 'fractalnet20']) {
      const { graph } = importOnnx(bytesOf(lowered(id)));
      expectSound(graph);
      const size = { width: 40, height: 30, labelWidth: 20 };
      const figure = layoutFigure(graph, { open: initialOpenGroups(graph, 60), glyph: () => size });
      expect(figure.boxes.length).toBeGreaterThan(5);
      expect(layerTable(graph).rows.length).toBe(graph.nodes.length);
    }
  });

  it('is the same whatever structure it has', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower(architecture);
        const bytes = bytesOf(graph);
        // Without any operator that is left there is no network to read.
        fc.pre(graph.nodes.some(({ op }) => op !== 'Identity' && op !== 'Add' && op !== 'Concat'));
        const read = importOnnx(bytes);
        expectSound(read.graph);
        const ours = computeCosts(graph).total;
        const theirs = computeCosts(read.graph).total;
        expect([theirs.parameters, theirs.macs, theirs.buffers, theirs.uncounted]).toEqual([
          ours.parameters,
          ours.macs,
          ours.buffers,
          0,
        ]);
        // An identity is no layer of a file, and nor is a sum or concatenation of one tensor.
        const shapes = (of: Graph) =>
          of.nodes
            .filter(({ op }) => op === 'Conv' || op === 'MaxPool' || op === 'AveragePool' || op === 'LRN')
            .map(
              ({ op, shape, attributes }) =>
                `${op} ${shape.join('×')} ${'kernel' in attributes ? attributes.kernel : ''}`,
            )
            .sort();
        expect(shapes(read.graph)).toEqual(shapes(graph));
      }),
      { numRuns: 60 },
    );
  });
});

const models = new URL('../../../../shared/models/', import.meta.url);
const hasModels = existsSync(models);
const open = (name: string): ImportedModel => importOnnx(readFileSync(new URL(name, models)), { name });
const skipping = hasModels ? '' : ' (skipped: ../shared/models is absent)';

describe.skipIf(!hasModels)(`files from elsewhere${skipping}`, () => {
  const totals = (graph: Graph) => {
    const { parameters, macs, uncounted } = computeCosts(graph).total;
    return { parameters, macs, uncounted };
  };
  const windows = ({ nodes }: Graph) => nodes.map(({ op, shape }) => `${op} ${shape.join('×')}`);

  it('ResNet-50 is ours, call by call', () => {
    const { graph, uncounted } = open('light/light_resnet50.onnx');
    // Its last pooling is a window of 7×7 over an image of 7×7: the same mean.
    const calls = callsOf(graph).map((call) => call.replace('AveragePool 2048', 'GlobalAveragePool 2048'));
    expect(calls.sort()).toEqual(callsOf(lowered('resnet50')));
    expect(totals(graph)).toEqual(totals(lowered('resnet50')));
    expect(uncounted).toEqual([]);
    expect([...graph.groups.values()].filter(({ kind }) => kind === 'residual').length).toBe(16);
  });

  it('SqueezeNet is 1.1 of ours, call by call', () => {
    const { graph } = open('light/light_squeezenet.onnx');
    const ours = lowered('squeezenet-1.1');
    expect(totals(graph)).toEqual(totals(ours));
    // After the pooling ours flattens before its softmax; this one does not.
    const plain = (calls: readonly string[]) => calls.filter((call) => !/Flatten|Softmax/.test(call)).sort();
    expect(plain(windows(graph))).toEqual(plain(windows(ours)));
  });

  it('SqueezeNets with real weights cost what ours do', () => {
    expect(totals(open('squeezenet1.1-fp32.onnx').graph)).toEqual(totals(lowered('squeezenet-1.1')));
    const read = open('squeezenet1.0-dc-fp32.onnx').graph;
    const ours = lower(architectures.get('squeezenet-1.0') as Architecture, read.input);
    expect(totals(read).parameters).toBe(totals(ours).parameters);
    // The authors' file pads the last convolution by 1: 15×15 outputs of 512 · 1,000 products, where the paper has 13×13.
    const last = read.nodes.findLast(({ op }) => op === 'Conv');
    expect(last?.shape).toEqual([1000, 15, 15]);
    expect(totals(read).macs - totals(ours).macs).toBe((15 * 15 - 13 * 13) * 512 * 1000);
  });

  it('AlexNet is ours at 224 pixels, as the file has it, with its last pooling padded at the end', () => {
    const file = open('light/light_bvlc_alexnet.onnx').graph;
    expect(file.input).toEqual([3, 224, 224]);
    let pools = 0;
    const ours = mapOperators(architectures.get('alexnet') as Architecture, (operator) => {
      if (operator.op === 'MaxPool') pools += 1;
      return operator.op === 'MaxPool' && pools === 3
        ? { ...operator, attributes: { ...operator.attributes, padding: [0, 0, 1, 1] } }
        : operator;
    });
    const graph = lower(ours, file.input);
    expect(callsOf(file)).toEqual(callsOf(graph));
    expect(computeCosts(file).total).toEqual(computeCosts(graph).total);
    expect(totals(file).parameters).toBe(totals(lowered('alexnet')).parameters);
  });

  it('Inception v1 is ours with poolings that round down: the file lost that Caffe rounds up', () => {
    const file = open('light/light_inception_v1.onnx').graph;
    const ours = mapOperators(architectures.get('googlenet') as Architecture, (operator) =>
      operator.op === 'MaxPool'
        ? { ...operator, attributes: { ...operator.attributes, rounding: 'floor' } }
        : operator,
    );
    const graph = lower(ours);
    const calls = callsOf(file).map((call) =>
      call.replace('AveragePool 1024', 'GlobalAveragePool 1024').replace('Dropout 1024×1×1', 'Dropout 1024'),
    );
    expect(calls.sort()).toEqual(callsOf(graph));
    expect(totals(file)).toEqual(totals(graph));
    expect(totals(file).parameters).toBe(totals(lowered('googlenet')).parameters);
    expect([...file.groups.values()].filter(({ kind }) => kind === 'branches').length).toBe(9);
  });

  it('the digit classifier has its bias in its convolutions and its “same” padding worked out', () => {
    const { graph, tensors } = open('mnist-8.onnx');
    expect(graph.nodes.map(({ op }) => op)).toEqual([
      'Conv',
      'Relu',
      'MaxPool',
      'Conv',
      'Relu',
      'MaxPool',
      'Flatten',
      'Gemm',
    ]);
    expect(totals(graph)).toEqual({ parameters: 5994, macs: 786_560, uncounted: 0 });
    expect(graph.nodes[0]?.attributes).toMatchObject({ padding: [2, 2, 2, 2], bias: true });
    expect([...tensors.values()]).toContain('Plus30_Output_0');
  });
});

/** A model of nodes over `x` (1×3×8×8) that ends in `y`. */
const made = (
  nodes: readonly MadeNode[],
  tensors: readonly MadeTensor[] = [],
  rest: Partial<MadeModel> = {},
) => madeFile({ nodes, tensors, ...rest });

const node = (
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: MadeNode['attributes'] = {},
  domain?: string,
): MadeNode => ({ type, inputs, outputs, attributes, ...(domain === undefined ? {} : { domain }) });

const weight: MadeTensor = { name: 'w', shape: [4, 3, 3, 3] };
const conv = (attributes: MadeNode['attributes'] = {}, output = 'y') =>
  node('Conv', ['x', 'w'], [output], attributes);

/** The operator and shape of the last node, and its costs. */
function lastOf(bytes: Uint8Array, options = {}) {
  const model = importOnnx(bytes, options);
  const last = model.graph.nodeById.get(model.graph.outputs[0] ?? '');
  const { parameters, macs, uncounted } = computeCosts(model.graph).total;
  return {
    op: last?.op,
    shape: last?.shape,
    parameters,
    macs,
    uncounted,
    attributes: last?.attributes,
    model,
  };
}

describe('operators', () => {
  it('pad by themselves where the file says so', () => {
    const paddings = (auto: string, strides: number) =>
      lastOf(made([conv({ auto_pad: auto, strides: [strides, strides] })], [weight]));
    expect(paddings('SAME_UPPER', 2)).toMatchObject({
      shape: [4, 4, 4],
      attributes: { padding: [0, 0, 1, 1] },
    });
    expect(paddings('SAME_LOWER', 2)).toMatchObject({
      shape: [4, 4, 4],
      attributes: { padding: [1, 1, 0, 0] },
    });
    expect(paddings('VALID', 1)).toMatchObject({ shape: [4, 6, 6] });
    expect(lastOf(made([conv({ pads: [1, 0, 2, 1], dilations: [2, 1] })], [weight]))).toMatchObject({
      shape: [4, 7, 7],
    });
  });

  it('count a bias that whole-number operators add behind their layer, as that of plain ones', () => {
    const bytes = made(
      [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('QLinearConv', ['q', 's', 'z', 'k', 's', 'z', 's', 'z'], ['c']),
        { ...node('QLinearAdd', ['c', 's', 'z', 'b', 's', 'z', 's', 'z'], ['a']), domain: 'com.microsoft' },
        node('DequantizeLinear', ['a', 's', 'z'], ['y']),
      ],
      [
        { name: 's', shape: [], floats: [0.1] },
        { name: 'z', shape: [], type: 2 },
        { name: 'k', shape: [4, 3, 3, 3], type: 2 },
        { name: 'b', shape: [4, 1, 1], type: 2 },
      ],
      { opset: 13 },
    );
    const { graph, parameters } = importOnnx(bytes);
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Conv']);
    expect(computeCosts(graph).total.parameters).toBe(4 * 27 + 4);
    // The sum's own scale is not the convolution's.
    expect([...parameters.keys()].map((name) => name.split('.').at(-1))).toEqual(['weight']);
  });

  it('take a batch of whatever name as one image, and count for one where the file says many', () => {
    for (const batch of ['N', null, 8]) {
      const bytes = made([conv()], [weight], { inputs: [{ name: 'x', shape: [batch, 3, 8, 8] }] });
      expect(lastOf(bytes)).toMatchObject({ op: 'Conv', shape: [4, 6, 6], macs: 36 * 4 * 27 });
    }
  });

  it('are counted in one and three dimensions as well', () => {
    const along = made([node('Conv', ['x', 'w'], ['y'])], [{ name: 'w', shape: [4, 3, 5] }], {
      inputs: [{ name: 'x', shape: [1, 3, 20] }],
    });
    expect(lastOf(along)).toMatchObject({
      op: 'Opaque',
      shape: [4, 16],
      macs: 16 * 4 * 15,
      parameters: 60,
      uncounted: 0,
    });
  });

  it('are the layers that quantised ones compute', () => {
    const scale = (name: string): MadeTensor => ({ name, shape: [], floats: [1] });
    const zero = (name: string): MadeTensor => ({ name, type: 2, shape: [] });
    const extras = [scale('s'), zero('z')];
    const whole = made(
      [
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('QLinearConv', ['q', 's', 'z', 'w', 's', 'z', 's', 'z', 'b'], ['c']),
        node('DequantizeLinear', ['c', 's', 'z'], ['y']),
      ],
      [...extras, { name: 'w', type: 3, shape: [4, 3, 3, 3] }, { name: 'b', type: 6, shape: [4] }],
    );
    expect(lastOf(whole)).toMatchObject({
      op: 'Conv',
      parameters: 112,
      macs: 36 * 4 * 27,
      attributes: { bias: true },
    });
    const around = made(
      [
        node('DequantizeLinear', ['w', 's', 'z'], ['wf']),
        node('QuantizeLinear', ['x', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['xf']),
        node('Conv', ['xf', 'wf'], ['y']),
      ],
      [...extras, { name: 'w', type: 3, shape: [4, 3, 3, 3] }],
    );
    expect(lastOf(around)).toMatchObject({ op: 'Conv', parameters: 108 });
    expect(lastOf(around).model.notes.map(({ code }) => code)).toEqual(['quantised']);
    const dynamic = made(
      [
        node('DynamicQuantizeLinear', ['x'], ['q', 'qs', 'qz']),
        node('ConvInteger', ['q', 'w', 'qz', 'z'], ['i']),
        node('Cast', ['i'], ['f'], { to: 1 }),
        node('Mul', ['qs', 's'], ['both']),
        node('Mul', ['f', 'both'], ['m']),
        node('Add', ['m', 'b'], ['y']),
      ],
      [...extras, { name: 'w', type: 2, shape: [4, 3, 3, 3] }, { name: 'b', shape: [1, 4, 1, 1] }],
    );
    expect(lastOf(dynamic)).toMatchObject({ op: 'Conv', parameters: 112, attributes: { bias: true } });
    const linear = made(
      [
        node('Flatten', ['x'], ['f']),
        node('QGemm', ['f', 's', 'z', 'w', 's', 'z', 'b', 's', 'z'], ['y'], { transB: 1 }, 'com.microsoft'),
      ],
      [...extras, { name: 'w', type: 3, shape: [10, 192] }, { name: 'b', type: 6, shape: [10] }],
    );
    expect(lastOf(linear)).toMatchObject({ op: 'Gemm', shape: [10], parameters: 1930, macs: 1920 });
  });

  it('are put together where one layer was written as several', () => {
    const product = made(
      [node('Flatten', ['x'], ['f']), node('MatMul', ['f', 'w'], ['m']), node('Add', ['m', 'b'], ['y'])],
      [
        { name: 'w', shape: [192, 10] },
        { name: 'b', shape: [10] },
      ],
    );
    expect(lastOf(product)).toMatchObject({
      op: 'Gemm',
      shape: [10],
      parameters: 1930,
      attributes: { bias: true },
    });
    const mean = made([node('ReduceMean', ['x'], ['y'], { axes: [2, 3], keepdims: 0 })]);
    expect(importOnnx(mean).graph.nodes.map(({ op }) => op)).toEqual(['GlobalAveragePool', 'Flatten']);
  });

  it('work out the sizes that a network asks its tensors for', () => {
    const bytes = made(
      [
        node('Shape', ['x'], ['shape']),
        node('Constant', [], ['zero'], { value: { tensor: { type: 7, shape: [], int64s: [0] } } }),
        node('Gather', ['shape', 'zero'], ['batch']),
        node('Constant', [], ['axes'], { value: { tensor: { type: 7, shape: [1], int64s: [0] } } }),
        node('Unsqueeze', ['batch', 'axes'], ['batches']),
        node('Constant', [], ['rest'], { value_ints: [-1] }),
        node('Concat', ['batches', 'rest'], ['wanted'], { axis: 0 }),
        node('Reshape', ['x', 'wanted'], ['y']),
      ],
      [],
      { inputs: [{ name: 'x', shape: ['N', 3, 8, 8] }] },
    );
    expect(lastOf(bytes)).toMatchObject({ op: 'Flatten', shape: [192] });
  });

  it('read what older operator sets said in attributes', () => {
    const old = (nodes: readonly MadeNode[], opset: number) => lastOf(made(nodes, [], { opset }));
    expect(old([node('Reshape', ['x'], ['y'], { shape: [1, -1] })], 1).shape).toEqual([192]);
    expect(old([node('Clip', ['x'], ['y'], { min: { float: 0 }, max: { float: 6 } })], 6).shape).toEqual([
      3, 8, 8,
    ]);
    expect(old([node('Dropout', ['x'], ['y'], { ratio: { float: 0.3 } })], 7).attributes).toEqual({
      rate: 0.3,
    });
    expect(old([node('Upsample', ['x'], ['y'], { scales: { floats: [1, 1, 2, 2] } })], 7).shape).toEqual([
      3, 16, 16,
    ]);
    expect(old([node('Pad', ['x'], ['y'], { pads: [0, 0, 1, 1, 0, 0, 1, 1] })], 2)).toMatchObject({
      op: 'Pad',
      shape: [3, 10, 10],
    });
    expect(
      old([node('Squeeze', ['p'], ['y'], { axes: [2, 3] }), node('GlobalAveragePool', ['x'], ['p'])], 11)
        .shape,
    ).toEqual([3]);
  });

  it('count in a MaxPool with a ceiling, a dilation, or places', () => {
    const pool = (attributes: MadeNode['attributes'], outputs = ['y']) =>
      lastOf(
        made([node('MaxPool', ['x'], outputs, { kernel_shape: [3, 3], strides: [2, 2], ...attributes })]),
      );
    expect(pool({})).toMatchObject({ op: 'MaxPool', shape: [3, 3, 3] });
    expect(pool({ ceil_mode: 1 })).toMatchObject({ op: 'MaxPool', shape: [3, 4, 4] });
    expect(pool({ dilations: [2, 2] })).toMatchObject({ op: 'Opaque', shape: [3, 2, 2], uncounted: 0 });
  });

  it('that share their weights are counted once', () => {
    const bytes = made(
      [
        node('Conv', ['x', 'w'], ['a'], { pads: [1, 1, 1, 1] }),
        node('Conv', ['a', 'w'], ['y'], { pads: [1, 1, 1, 1] }),
      ],
      [{ name: 'w', shape: [3, 3, 3, 3] }],
    );
    expect(lastOf(bytes)).toMatchObject({ parameters: 81, macs: 2 * 64 * 81 });
  });
});

describe('what is not known', () => {
  const strange = node('Strange', ['x', 'w'], ['y'], {}, 'org.example');

  it('stands in the graph with the shape that the file says, and leaves the totals at least what they are', () => {
    const model = importOnnx(
      made([strange, conv({}, 'c')], [weight], {
        outputs: [{ name: 'y', shape: [1, 5, 4, 4] }, { name: 'c' }],
      }),
    );
    const { graph, uncounted } = model;
    expect(graph.nodes.map(({ op }) => op).sort()).toEqual(['Conv', 'Opaque']);
    expect(uncounted).toEqual([
      { id: graph.outputs[0], operator: 'org.example.Strange', reason: 'unknown-operator' },
    ]);
    expect(computeCosts(graph).total.uncounted).toBe(1);
    expect([...receptiveFields(graph).values()].filter(({ isLeast }) => isLeast).length).toBe(1);
  });

  it('ends what can be measured where no shape is said', () => {
    const { graph, uncounted } = importOnnx(
      made(
        [conv({}, 'c'), node('Strange', ['c'], ['s'], {}, 'org.example'), node('Relu', ['s'], ['y'])],
        [weight],
      ),
    );
    expect(graph.problem?.problem).toEqual({ code: 'shape-unknown', operator: 'org.example.Strange' });
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Conv']);
    expect(graph.unreached.map(({ op }) => op)).toEqual(['Opaque', 'Relu']);
    expect(uncounted.map(({ reason }) => reason)).toEqual(['shape', 'shape']);
  });

  it('are the insides of loops and functions', () => {
    const branch = graphProto({ nodes: [node('Relu', ['c'], ['r'])], inputs: [], outputs: [{ name: 'r' }] });
    const bytes = made(
      [conv({}, 'c'), node('If', ['condition'], ['y'], { then_branch: { graph: branch } })],
      [weight, { name: 'condition', type: 9, shape: [] }],
      { outputs: [{ name: 'y', shape: [1, 4, 6, 6] }] },
    );
    const { graph, uncounted } = importOnnx(bytes);
    expect(uncounted.map(({ reason }) => reason)).toEqual(['subgraph']);
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Conv', 'Opaque']);
    const called = made([node('Block', ['x'], ['y'], {}, 'mine')], [], {
      outputs: [{ name: 'y', shape: [1, 4] }],
      functions: [{ domain: 'mine', name: 'Block' }],
    });
    expect(importOnnx(called).uncounted.map(({ reason }) => reason)).toEqual(['function']);
  });
});

describe('weights beside the file', () => {
  const outside = made(
    [conv()],
    [{ name: 'w', shape: [4, 3, 3, 3], external: { location: 'data/w.bin', offset: '64', length: '432' } }],
  );

  it('are not needed for the figure, but missed where they are not there, or too short', () => {
    expect(importOnnx(outside).weights.problem).toEqual({ code: 'external-missing', files: ['data/w.bin'] });
    expect(importOnnx(outside).graph.nodes.length).toBe(1);
    const given = (size: number) => importOnnx(outside, { files: [{ name: 'w.bin', size }] }).weights;
    expect(given(496)).toMatchObject({ bytes: 432, problem: null, files: ['data/w.bin'] });
    expect(given(495).problem).toEqual({
      code: 'external-short',
      file: 'data/w.bin',
      tensor: 'w',
      size: 495,
      needed: 496,
    });
  });

  it('are counted in the bytes that their type takes', () => {
    const scaled = [node('DequantizeLinear', ['w', 's'], ['f']), node('Conv', ['x', 'f'], ['y'])];
    const bytes = [1, 10, 16, 3, 22].map((type) => {
      const { weights } = importOnnx(
        made(scaled, [
          { ...weight, type },
          { name: 's', shape: [] },
        ]),
      );
      return weights.bytes - 4;
    });
    expect(bytes).toEqual([432, 216, 216, 108, 54]);
  });
});

describe('a file that is read piece by piece', () => {
  it('gives the same network, and its weights are never asked for', async () => {
    const graph = lowered('squeezenet-1.1');
    const bytes = modelBytes(
      exportOnnx(graph, {
        tensors: new Map(importTensors(graph)),
      }),
    );
    let asked = 0;
    const file = {
      size: bytes.length,
      slice: (start: number, end: number) => ({
        arrayBuffer: async () => {
          asked += end - start;
          return bytes.slice(start, end).buffer;
        },
      }),
    };
    const read = await importOnnxFile(file);
    expect(read.graph.nodes).toEqual(importOnnx(bytes).graph.nodes);
    expect(asked).toBeLessThan(0.9 * bytes.length);
  });

  it('is refused at once where it is larger than protobuf allows', async () => {
    const reading = importOnnxFile({
      size: 3e9,
      slice: () => {
        throw new Error('nothing is read');
      },
    });
    await expect(reading).rejects.toMatchObject({ problem: { code: 'too-big', size: 3e9 } });
  });
});

/** Zeros for every tensor of a graph. */
const importTensors = (graph: Graph): (readonly [string, Float32Array])[] =>
  exportOnnx(graph, { externalData: true }) &&
  tensorsOf(graph).map(({ name, size }) => [name, new Float32Array(size)] as const);

describe('a file that gives no network', () => {
  const problem = (bytes: Uint8Array, options = {}): ImportProblem =>
    problemOf(() => importOnnx(bytes, options));
  const text = (words: string) => new TextEncoder().encode(words);

  it('is empty, text, a page, a pointer, or another format', () => {
    expect(problem(new Uint8Array(0))).toEqual({ code: 'empty' });
    expect(problem(text('hello, this is no network'))).toEqual({ code: 'text', kind: 'plain' });
    expect(problem(text('<!DOCTYPE html><title>404</title>'))).toEqual({ code: 'text', kind: 'html' });
    expect(problem(text('version https://git-lfs.github.com/spec/v1\noid'))).toEqual({
      code: 'text',
      kind: 'pointer',
    });
    expect(problem(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10))).toEqual({
      code: 'not-onnx',
      format: 'png',
    });
    expect(problem(Uint8Array.of(0, 1, 2, 3, 4))).toEqual({ code: 'not-onnx', format: null });
  });

  it('is cut short, says what contradicts it, or holds nothing', () => {
    const bytes = bytesOf(lowered('lenet5'));
    expect(problem(bytes.subarray(0, bytes.length - 100))).toMatchObject({
      code: 'cut-short',
      size: bytes.length - 100,
    });
    expect(problem(madeFile({ nodes: [] }))).toEqual({ code: 'no-graph' });
    expect(problem(made([conv()], [{ ...weight, raw: new Uint8Array(400) }]))).toEqual({
      code: 'tensor-size',
      tensor: 'w',
      shape: [4, 3, 3, 3],
      type: 'float32',
      expected: 432,
      actual: 400,
    });
    expect(problem(made([conv()], [{ ...weight, type: 77 }]))).toEqual({
      code: 'tensor-type',
      tensor: 'w',
      type: 77,
    });
  });

  it('runs in a circle, or reads what is not there', () => {
    const circle = [node('Relu', ['b'], ['a']), node('Relu', ['a'], ['b']), node('Add', ['x', 'b'], ['y'])];
    expect(problem(made(circle))).toMatchObject({ code: 'cycle', nodes: ['a', 'b', 'y'] });
    expect(problem(made([conv()]))).toEqual({
      code: 'missing-tensor',
      tensor: 'w',
      node: 'y',
      operator: 'Conv',
    });
    expect(problem(made([node('Relu', ['x'], ['z'])]))).toEqual({ code: 'missing-output', tensor: 'y' });
    expect(problem(made([node('Relu', ['x'], ['y']), node('Tanh', ['x'], ['y'])]))).toEqual({
      code: 'duplicate',
      tensor: 'y',
    });
  });

  it('is of an operator set that does not exist; the first is read, with a note', () => {
    expect(problem(made([conv()], [weight], { opset: 99 }))).toEqual({
      code: 'opset',
      version: 99,
      newest: 28,
    });
    expect(problem(made([conv()], [weight], { opset: 0 }))).toMatchObject({ code: 'opset' });
    expect(importOnnx(made([conv()], [weight], { opset: 1 })).notes.map(({ code }) => code)).toEqual([
      'old-opset',
    ]);
  });

  it('computes with the wrong types or attributes', () => {
    expect(problem(made([conv()], [{ ...weight, type: 7 }]))).toEqual({
      code: 'wrong-type',
      tensor: 'w',
      type: 'int64',
      node: 'y',
      operator: 'Conv',
    });
    expect(problem(made([conv({ strides: [1, 1, 1] })], [weight]))).toMatchObject({
      code: 'attribute',
      attribute: 'strides',
    });
    expect(problem(made([conv({ group: 'two' })], [weight]))).toMatchObject({
      code: 'attribute',
      attribute: 'group',
    });
    expect(
      problem(made([conv()], [weight], { inputs: [{ name: 'x', shape: [1, 3, 8, 8], type: 8 }] })),
    ).toEqual({
      code: 'input-type',
      input: 'x',
      type: 'string',
    });
  });

  it('does not fit together, and says where', () => {
    expect(problem(made([conv()], [{ ...weight, shape: [4, 5, 3, 3] }]))).toEqual({
      code: 'shapes',
      node: 'y',
      operator: 'Conv',
      shapes: [
        [1, 3, 8, 8],
        [4, 5, 3, 3],
      ],
    });
    expect(problem(made([conv()], [{ ...weight, shape: [4, 3, 9, 9] }]))).toMatchObject({
      code: 'misfit',
      operator: 'Conv',
      problem: { code: 'window-does-not-fit', extent: 8, kernel: 9 },
    });
    expect(
      problem(
        made([node('Reshape', ['x', 's'], ['y'])], [{ name: 's', type: 7, shape: [2], int64s: [1, 100] }]),
      ),
    ).toMatchObject({
      code: 'shapes',
      operator: 'Reshape',
    });
  });

  it('leaves its size open, until one is given', () => {
    const open = made([conv()], [weight], { inputs: [{ name: 'x', shape: ['N', 3, 'H', 'W'] }] });
    expect(problem(open)).toEqual({ code: 'input-size', input: 'x', shape: ['N', 3, 'H', 'W'], channels: 3 });
    expect(problem(open, { input: [3, 8] })).toMatchObject({ code: 'input-rank', asked: [3, 8] });
    expect(importOnnx(open, { input: [3, 32, 16] }).graph.nodes[0]?.shape).toEqual([4, 30, 14]);
    expect(importOnnx(open, { input: [3, 32, 16] }).input.shape).toEqual([1, 3, 32, 16]);
    expect(problem(open, { input: [3, 0, 4] })).toMatchObject({ code: 'input-shape' });
  });

  it('has more nodes than can be shown', () => {
    const chain = Array.from({ length: 100_000 }, (_, index) =>
      node('Relu', [index === 0 ? 'x' : `t${index}`], [`t${index + 1}`]),
    );
    const bytes = made(chain, [], { outputs: [{ name: 't100000' }] });
    const start = process.cpuUsage().user;
    expect(problem(bytes)).toEqual({ code: 'too-many', what: 'nodes', count: 100_000, limit: 20_000 });
    // Microseconds of processor time.
    expect(process.cpuUsage().user - start).toBeLessThan(2e6);
  });

  it('names its problem in a sentence, whatever it is', () => {
    for (const bytes of [new Uint8Array(0), made([conv()]), made([conv()], [weight], { opset: 99 })]) {
      const { message } = new ImportError(problem(bytes));
      expect(message).toMatch(/^[a-z"].{10,}[^.]$/i);
      expect(message).not.toMatch(/undefined|object/);
    }
  });
});

describe('a row of thousands of nodes', () => {
  it('is folded into parts that a figure can show, and none is lost', () => {
    const count = 5000;
    const { graph } = importOnnx(
      madeFile({
        nodes: Array.from({ length: count }, (_, index) => ({
          type: 'Relu',
          inputs: [index === 0 ? 'x' : `t${index - 1}`],
          outputs: [index === count - 1 ? 'y' : `t${index}`],
        })),
      }),
    );
    expect(graph.nodes).toHaveLength(count);
    expect(Math.max(...[...graph.groups.values()].map(({ children }) => children.length))).toBeLessThan(100);
    expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(count);
  });
});

describe('names', () => {
  it('of PyTorch become stages and blocks', () => {
    const bn = (name: string, channels: number): MadeTensor[] =>
      ['scale', 'bias', 'mean', 'variance'].map((part) => ({ name: `${name}.${part}`, shape: [channels] }));
    const nodes: MadeNode[] = [];
    const tensors: MadeTensor[] = [];
    let at = 'x';
    const add = (
      path: string,
      type: string,
      inputs: readonly string[],
      attributes: MadeNode['attributes'] = {},
    ): string => {
      const output = `${path}/${type}_output_0`;
      nodes.push({ type, inputs, outputs: [output], attributes, name: `${path}/${type}` });
      return output;
    };
    for (const [layer, blocks] of [
      ['layer1', 2],
      ['layer2', 2],
    ] as const) {
      for (let block = 0; block < blocks; block += 1) {
        const from = at;
        const path = `/${layer}/${layer}.${block}`;
        for (const index of [1, 2]) {
          const name = `${layer}.${block}.conv${index}`;
          tensors.push(
            { name: `${name}.weight`, shape: [3, 3, 3, 3] },
            ...bn(`${layer}.${block}.bn${index}`, 3),
          );
          at = add(`${path}/conv${index}`, 'Conv', [at, `${name}.weight`], { pads: [1, 1, 1, 1] });
          at = add(`${path}/bn${index}`, 'BatchNormalization', [
            at,
            ...['scale', 'bias', 'mean', 'variance'].map((part) => `${layer}.${block}.bn${index}.${part}`),
          ]);
          if (index === 1) at = add(`${path}/relu`, 'Relu', [at]);
        }
        at = add(path, 'Add', [at, from]);
        at = add(`${path}/relu_1`, 'Relu', [at]);
      }
    }
    const { graph } = importOnnx(made(nodes, tensors, { outputs: [{ name: at }] }));
    expectSound(graph);
    expect(layersIn(graph).map(({ id }) => id)).toEqual(['layer1', 'layer2']);
    expect(layersIn(graph, 'layer1').map(({ id }) => id)).toEqual(['layer1/block0', 'layer1/block1']);
    expect(graph.nodeById.has('layer2/block1/body/conv2/bn')).toBe(true);
    expect(graph.groups.get('layer2/block1/shortcut')?.kind).toBe('shortcut');
  });
});

describe('several outputs', () => {
  const model: MadeModel = {
    nodes: [
      { type: 'Conv', inputs: ['x', 'w'], outputs: ['maps'] },
      { type: 'Relu', inputs: ['maps'], outputs: ['r'] },
      { type: 'GlobalAveragePool', inputs: ['r'], outputs: ['coarse'] },
      { type: 'Conv', inputs: ['coarse', 'v'], outputs: ['fine'] },
    ],
    tensors: [
      { name: 'w', shape: [4, 3, 3, 3] },
      { name: 'v', shape: [10, 4, 1, 1] },
    ],
    outputs: [{ name: 'maps' }, { name: 'coarse' }, { name: 'fine' }],
  };
  const answer = (options: ImportOptions) => {
    const { graph, tensors, ...read } = importOnnx(madeFile(model), options);
    expect(tensors.get(graph.outputs[0] ?? '')).toBe(read.answer);
    expect(graph.outputs).toHaveLength(3);
    return [read.answer, read.answers, graph.nodeById.get(graph.outputs[0] ?? '')?.shape];
  };

  it('are asked for a list of classes, the first that there is, or another', () => {
    const lists = ['coarse', 'fine'];
    expect(answer({})).toEqual(['coarse', lists, [4, 1, 1]]);
    expect(answer({ answer: 'fine' })).toEqual(['fine', lists, [10, 1, 1]]);
    expect(answer({ answer: 'maps' })).toEqual(['maps', lists, [4, 6, 6]]);
    expect(answer({ answer: 'gone' })).toEqual(['coarse', lists, [4, 1, 1]]);
  });
});

describe('figures of a network with an unknown operator', () => {
  it('say in every form that the totals are at least what they are', () => {
    const { graph } = importOnnx(
      made([conv({}, 'c'), node('Strange', ['c'], ['y'], {}, 'org.example')], [weight], {
        outputs: [{ name: 'y', shape: [1, 5, 4, 4] }],
      }),
    );
    const table = layerTable(graph);
    expect(table.rows.map(({ operator, macs }) => [operator, macs])).toEqual([
      ['Conv', 36 * 4 * 27],
      ['org.example.Strange', null],
    ]);
    expect(writeTable(table, 'markdown')).toMatch(/≥ 3,888/);
    expect(writeTable(table, 'latex')).toMatch(/\\geq/);
    expect(writeTable(table, 'csv')).toMatch(/org\.example\.Strange,,,5x4x4,0,,,80/);
  });
});
