import * as ort from 'onnxruntime-web';
import { afterAll, describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../cost/costs.ts';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { lower } from '../graph/lower.ts';
import type { Graph } from '../graph/types.ts';
import { sizeOf } from '../ops/window.ts';
import {
  adaptiveAveragePool,
  averagePool,
  batchNorm,
  branches,
  conv,
  convBnRelu,
  dropout,
  fc,
  flatten,
  globalAveragePool,
  identity,
  image,
  lrn,
  maxPool,
  pad,
  padChannels,
  rbf,
  relu,
  residual,
  sigmoid,
  softmax,
  stochasticDepth,
  subsample,
  tanh,
} from '../spec/layers.ts';
import type { Architecture, Series, Shape } from '../spec/types.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { seededInput, seededTensors, uniformGenerator } from '../weights/seeded.ts';
import { exportOnnx, modelBytes } from './export.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** Multiply–accumulates up to which values are compared with the reference evaluator, which does some 10⁹ a second. */
const COMPARED_UP_TO = 1.5e8;

interface Outputs {
  readonly shapes: Record<string, readonly number[]>;
  readonly values: Record<string, Float32Array>;
}

/** Runs a graph in onnxruntime-web (WebAssembly, Node) and returns every node's output. */
async function runOnnx(
  graph: Graph,
  tensors: ReadonlyMap<string, Float32Array>,
  input: Float32Array,
  {
    forWebGpu = false,
    externalData = true,
    dtype = 'fp32',
  }: { forWebGpu?: boolean; externalData?: boolean; dtype?: 'fp32' | 'fp16' } = {},
): Promise<Outputs> {
  const written = exportOnnx(graph, { tensors, outputs: 'all', forWebGpu, externalData, dtype });
  const session = await ort.InferenceSession.create(modelBytes(written), {
    executionProviders: ['wasm'],
    externalData: written.external.map(({ path, data }) => ({ path, data })),
    extra: { session: { disable_prepacking: '1' } },
  });
  try {
    const results = await session.run({ input: new ort.Tensor('float32', input, [1, ...graph.input]) });
    return {
      shapes: Object.fromEntries(Object.entries(results).map(([id, { dims }]) => [id, dims.slice(1)])),
      values: Object.fromEntries(
        Object.entries(results).map(([id, { data }]) => [id, data as Float32Array] as const),
      ),
    };
  } finally {
    await session.release();
  }
}

const shapesOf = (graph: Graph): Record<string, Shape> =>
  Object.fromEntries(graph.nodes.map((node) => [node.id, node.shape]));

/** Every node's largest difference from the reference, relative to its largest value. */
function errorsOf(
  graph: Graph,
  tensors: ReadonlyMap<string, Float32Array>,
  input: Float32Array,
  values: Outputs['values'],
): readonly (readonly [id: string, error: number])[] {
  const reference = evaluateGraph(graph, tensors, input);
  return graph.nodes.map(({ id }) => {
    const right = reference.get(id) ?? [];
    let error = 0;
    let largest = 1e-6;
    right.forEach((value, index) => {
      const difference = Math.abs(value - (values[id]?.[index] ?? Number.NaN));
      error = difference <= error ? error : difference;
      largest = Math.max(largest, Math.abs(value));
    });
    return [id, error / largest] as const;
  });
}

const tooLarge = (errors: ReturnType<typeof errorsOf>): typeof errors =>
  errors.filter(([, error]) => !(error <= 1e-4));

/** Sizes besides a network's own at which its roundings and windows differ; those that do not fit it are left out. */
const furtherSizes = (id: string, input: Shape): readonly Shape[] => {
  const [channels = 0, own = 0] = input;
  const at = (...sides: readonly (number | readonly [number, number])[]): Shape[] =>
    sides.map((side) => (typeof side === 'number' ? image(channels, side) : image(channels, ...side)));
  if (id.startsWith('lenet')) return at(28, 36, 33);
  // Means over uneven windows, of a larger image and of a smaller one.
  if (id === 'alexnet-owt') return at([227, 300], [96, 160]);
  if (id.startsWith('alexnet') || id.startsWith('zfnet')) return at(224, 225, 228, 230);
  if (id === 'vgg11') return at(32, [64, 96]);
  if (id.startsWith('nin')) return at(47, [64, 96]);
  if (id === 'googlenet-torchvision' || id.startsWith('squeezenet')) return at(33, [64, 97]);
  return own > 64 ? at(32) : own > 28 ? at(16) : [];
};

const macsOf = (graph: Graph): number => computeCosts(graph).total.macs;

/** Tensors of nothing but zeros, all in the same memory: enough where shapes are asked for. */
function zeroTensors(graph: Graph): ReadonlyMap<string, Float32Array> {
  const tensors = tensorsOf(graph);
  const zeros = new Float32Array(Math.max(0, ...tensors.map(({ size }) => size)));
  return new Map(tensors.map(({ name, size }) => [name, zeros.subarray(0, size)]));
}

const sizeText = (graph: Graph): string => graph.input.slice(1).join('×');

describe.sequential('onnxruntime-web returns the shapes, and in small networks the values, that the engine works out', () => {
  const covered = new Set<string>();
  for (const [id, architecture] of architectures) {
    const own = lower(architecture);
    const others = furtherSizes(id, architecture.input)
      .map((input) => lower(architecture, input))
      .filter((graph) => graph.problem === null)
      .slice(0, 2);
    const graphs = [...(own.problem === null ? [own] : []), ...others];
    if (graphs.length === 0) continue;
    covered.add(id);

    it(`of every node of ${id} at ${graphs.map(sizeText).join(', ')}`, async () => {
      for (const graph of graphs) {
        const compared = macsOf(graph) <= COMPARED_UP_TO;
        const tensors = compared ? seededTensors(graph, 1) : zeroTensors(graph);
        const input = seededInput(sizeOf(graph.input), 2);
        const { shapes, values } = await runOnnx(graph, tensors, input);
        expect(shapes).toEqual(shapesOf(graph));
        if (compared) expect(tooLarge(errorsOf(graph, tensors, input, values))).toEqual([]);
      }
    }, 120_000);
  }

  it('for every network but the listing that does not fit', () => {
    expect([...architectures.keys()].filter((id) => !covered.has(id))).toEqual(['zfnet-lecture']);
  });
});

/** Values that no operator treats specially: random statistics for batch norm too, variances above 0. */
function randomTensors(graph: Graph, seed: number): ReadonlyMap<string, Float32Array> {
  const next = uniformGenerator(seed);
  return new Map(
    tensorsOf(graph).map(({ name, size, spec }) => [
      name,
      Float32Array.from({ length: size }, () => (spec.name === 'variance' ? 0.5 + next() : next() - 0.5)),
    ]),
  );
}

const madeUp = (layers: Series, input: Shape = image(4, 13, 11)): Architecture => ({
  id: 'made-up',
  title: 'Made up',
  source: { paper: 'none', where: 'here', year: 2024, authors: 'nobody' },
  input,
  layers,
});

const lrnOptions = { size: 5, alpha: 0.3, beta: 0.75, bias: 2 };

const operatorNets: Record<string, Architecture> = {
  'a first window that hangs over': madeUp(
    { max: maxPool(3, { stride: 2, rounding: 'ceil' }), mean: averagePool(2, { rounding: 'ceil' }) },
    image(4, 2, 5),
  ),
  'a first window that hangs over in padding': madeUp(
    {
      mean: averagePool([4, 3], { stride: 3, padding: [1, 0, 0, 1], rounding: 'ceil', countPadding: false }),
    },
    image(3, 2, 9),
  ),
  'means to a fixed size, of more cells and of fewer': madeUp({
    fewer: adaptiveAveragePool([7, 3]),
    more: adaptiveAveragePool([10, 7]),
  }),
  'a plain convolution': madeUp({ conv: conv(6, 3) }),
  'a convolution without bias': madeUp({ conv: conv(6, 3, { bias: false, stride: [2, 3] }) }),
  'asymmetric padding': madeUp({ conv: conv(5, [3, 5], { padding: [0, 1, 2, 3], stride: 2 }) }),
  'groups and dilation': madeUp({ conv: conv(8, 3, { groups: 2, dilation: [2, 3], padding: 2 }) }),
  'depthwise convolution': madeUp({ conv: conv(4, 3, { groups: 4, padding: 1 }) }),
  'partial connections': madeUp({
    conv: conv(3, 3, { connections: [[0, 2], [1], [0, 1, 2, 3]], padding: [1, 0, 0, 2] }),
  }),
  'max pooling with padding': madeUp({ pool: maxPool(3, { stride: 2, padding: 1 }) }),
  'max pooling rounded up': madeUp({ pool: maxPool(2, { stride: 3, rounding: 'ceil' }) }),
  'max pooling rounded up, the last window dropped': madeUp({
    pool: maxPool(2, { stride: 3, padding: 1, rounding: 'ceil' }),
  }),
  'max pooling rounded up, a window dropped along one axis': madeUp(
    { pool: maxPool([2, 3], { stride: [3, 2], padding: [1, 0, 1, 0], rounding: 'ceil' }) },
    image(4, 13, 10),
  ),
  'average pooling rounded up, a window dropped along one axis': madeUp(
    { pool: averagePool([2, 3], { stride: 2, padding: [1, 0, 1, 0], rounding: 'ceil' }) },
    image(4, 11, 10),
  ),
  'uncounted average pooling rounded up, a window dropped along one axis': madeUp(
    {
      pool: averagePool([2, 3], {
        stride: [3, 2],
        padding: [1, 0, 1, 0],
        rounding: 'ceil',
        countPadding: false,
      }),
    },
    image(4, 13, 10),
  ),
  'max pooling with asymmetric padding, rounded up': madeUp({
    pool: maxPool(3, { stride: 2, padding: [0, 1, 2, 0], rounding: 'ceil' }),
  }),
  'average pooling counting its padding': madeUp({ pool: averagePool(3, { stride: 2, padding: 1 }) }),
  'average pooling not counting its padding': madeUp({
    pool: averagePool(3, { stride: 2, padding: [1, 0, 2, 1], countPadding: false }),
  }),
  'average pooling rounded up': madeUp(
    { pool: averagePool(3, { stride: 2, rounding: 'ceil' }) },
    image(4, 12, 10),
  ),
  'average pooling rounded up, not counting its padding': madeUp(
    { pool: averagePool(3, { stride: 2, padding: 1, rounding: 'ceil', countPadding: false }) },
    image(4, 12, 10),
  ),
  'global average pooling': madeUp({ pool: globalAveragePool(), flatten: flatten(), fc: fc(7) }),
  'fully connected layers': madeUp({ flatten: flatten(), fc1: fc(9, { bias: false }), fc2: fc(4) }),
  'batch normalisation': madeUp({ conv: conv(6, 3), bn: batchNorm({ epsilon: 1e-3 }) }),
  'batch normalisation of features': madeUp({ flatten: flatten(), fc: fc(6), bn: batchNorm() }),
  'local response normalisation': madeUp({ lrn: lrn(lrnOptions) }, image(9, 6)),
  'local response normalisation of an even size': madeUp(
    { lrn: lrn({ ...lrnOptions, size: 4 }) },
    image(9, 6),
  ),
  activations: madeUp({
    tanh: tanh(),
    scaled: tanh({ amplitude: 1.7159, slope: 2 / 3 }),
    sigmoid: sigmoid(),
    dropout: dropout(0.3),
    relu: relu(),
    identity: identity(),
  }),
  'softmax over channels': madeUp({ softmax: softmax() }),
  padding: madeUp({ pad: pad([1, 2, 3, 0], -0.5), conv: conv(3, 3) }),
  'the subsampling of 1998': madeUp({ subsample: subsample(2), tanh: tanh() }),
  'radial basis functions': madeUp(
    {
      flatten: flatten(),
      rbf: rbf([
        [1, -1, 1, 1],
        [-1, -1, 1, -1],
      ]),
    },
    image(4, 1),
  ),
  'branches concatenated, one of them empty': madeUp({
    mix: branches('Concat', {
      '1x1': convBnRelu(3, 1),
      '3x3': { reduce: convBnRelu(2, 1), conv: convBnRelu(5, 3) },
      pool: { pool: maxPool(3, { stride: 1, padding: 1 }), proj: convBnRelu(2, 1) },
      through: {},
    }),
  }),
  'three branches added': madeUp({
    sum: branches('Add', { a: conv(4, 1), b: conv(4, 3, { padding: 1 }), through: {} }),
  }),
  'means of two, of three and of one': madeUp({
    two: branches('Mean', { a: conv(4, 1), through: {} }),
    three: branches('Mean', { a: conv(4, 3, { padding: 1 }), b: relu(), through: {} }),
    one: branches('Mean', { a: conv(4, 1) }),
  }),
  'a fractal of three columns': madeUp({
    fractal: branches('Mean', {
      column1: conv(4, 3, { padding: 1 }),
      rest: {
        first: branches('Mean', {
          column2: conv(4, 3, { padding: 1 }),
          column3: { first: conv(4, 1), second: relu() },
        }),
        second: branches(null, { column2: conv(4, 1), column3: { first: relu(), second: conv(4, 1) } }),
      },
    }),
  }),
  'a body that survives, and a shortcut of zeros': madeUp({
    block: residual({
      body: { conv: conv(7, 3, { stride: 2, padding: 1 }), depth: stochasticDepth(0.8) },
      shortcut: { pool: averagePool(1, { stride: 2 }), pad: padChannels(1, 2) },
    }),
    sure: stochasticDepth(1),
  }),
  'a residual block with a projection': madeUp({
    block: residual({
      body: { conv1: convBnRelu(6, 3, { stride: 2 }), conv2: conv(6, 3, { padding: 1 }) },
      shortcut: { proj: conv(6, 1, { stride: 2 }) },
      after: { relu: relu() },
    }),
  }),
};

describe.sequential('every operator gives onnxruntime-web’s numbers', () => {
  let runs = 0;
  for (const [name, architecture] of Object.entries(operatorNets)) {
    it(`in a network of ${name}`, async () => {
      const graph = lower(architecture);
      expect(graph.problem).toBeNull();
      const tensors = randomTensors(graph, 3);
      const input = seededInput(sizeOf(graph.input), 4);
      for (const options of [{}, { forWebGpu: true, externalData: false }]) {
        const { shapes, values } = await runOnnx(graph, tensors, input, options);
        expect(shapes).toEqual(shapesOf(graph));
        expect(tooLarge(errorsOf(graph, tensors, input, values))).toEqual([]);
        runs += 1;
      }
    });
  }

  afterAll(() => expect(runs).toBe(2 * Object.keys(operatorNets).length));
});

describe.sequential('a model of halves', () => {
  it.each(['lenet5', 'nin-small-cifar10', 'resnet20-cifar10'])(
    'gives the numbers of %s to half precision, its input and outputs being float32',
    async (id) => {
      const architecture = architectures.get(id);
      if (!architecture) throw new Error(`no ${id}`);
      const graph = lower(architecture);
      const tensors = seededTensors(graph, 5);
      const input = seededInput(sizeOf(graph.input), 6);
      for (const externalData of [true, false]) {
        const { shapes, values } = await runOnnx(graph, tensors, input, { dtype: 'fp16', externalData });
        expect(shapes).toEqual(shapesOf(graph));
        const errors = errorsOf(graph, tensors, input, values);
        const worst = Math.max(...errors.map(([, error]) => error));
        // 11 bits of a half, some roundings in a row: neither float32 nor noise.
        expect(worst).toBeGreaterThan(1e-5);
        expect(worst).toBeLessThan(0.03);
      }
    },
  );

  it('is half as large', () => {
    const graph = lower(architectures.get('lenet5') as Architecture);
    const bytes = (dtype: 'fp32' | 'fp16'): number =>
      exportOnnx(graph, { tensors: seededTensors(graph, 1), externalData: true, dtype }).external.reduce(
        (sum, { data }) => sum + data.length,
        0,
      );
    expect(bytes('fp16')).toBe(bytes('fp32') / 2);
  });
});
