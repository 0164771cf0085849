import fs from 'node:fs';
import * as ort from 'onnxruntime-web';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { foldBatchNorm } from '../graph/fold-batch-norm.ts';
import { lower } from '../graph/lower.ts';
import { type Graph, INPUT } from '../graph/types.ts';
import { sizeOf } from '../ops/window.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { exportOnnx, modelBytes } from './export.ts';
import { importOnnx } from './import.ts';
import {
  byteScale,
  planQuantisation,
  type QuantisationPlan,
  quantiseBias,
  quantiseWeight,
  type Range,
  widenRanges,
} from './quantise.ts';

// The runtime prints its profile, in Node straight to the standard output.
const printed: string[] = [];
const writing = vi.spyOn(fs, 'writeSync').mockImplementation((_file: number, text: unknown) => {
  printed.push(...String(text).split('\n'));
  return String(text).length;
});
afterAll(() => writing.mockRestore());

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const foldedGraph = (id: string): Graph => {
  const architecture = architectures.get(id);
  if (!architecture) throw new Error(`no ${id}`);
  return foldBatchNorm(lower(architecture));
};

async function start(
  graph: Graph,
  options: Parameters<typeof exportOnnx>[1],
  session: ort.InferenceSession.SessionOptions = {},
): Promise<ort.InferenceSession> {
  const written = exportOnnx(graph, { tensors: seededTensors(graph, 1), ...options });
  return ort.InferenceSession.create(modelBytes(written), {
    executionProviders: ['wasm'],
    externalData: written.external.map(({ path, data }) => ({ path, data })),
    ...session,
  });
}

async function run(
  session: ort.InferenceSession,
  graph: Graph,
  picture: Float32Array,
): Promise<readonly (readonly [string, Float32Array])[]> {
  const results = await session.run({ [INPUT]: new ort.Tensor('float32', picture, [1, ...graph.input]) });
  return Object.entries(results).map(([id, { data }]) => [id, data as Float32Array]);
}

const pictureOf = (graph: Graph, seed: number): Float32Array => seededInput(sizeOf(graph.input), seed);

/** A plan from three pictures of noise. */
async function calibrate(graph: Graph): Promise<QuantisationPlan> {
  const session = await start(graph, { outputs: 'all' });
  const ranges = new Map<string, Range>();
  for (const seed of [2, 3, 4]) {
    const picture = pictureOf(graph, seed);
    widenRanges(ranges, [[INPUT, picture], ...(await run(session, graph, picture))]);
  }
  await session.release();
  return planQuantisation(graph, ranges);
}

/** Operators that a session ran, with how often. */
async function operatorsRun(graph: Graph, quantisation: QuantisationPlan): Promise<Record<string, number>> {
  printed.length = 0;
  const session = await start(graph, { quantisation, externalData: true }, { enableProfiling: true });
  await run(session, graph, pictureOf(graph, 9));
  session.endProfiling();
  const counts: Record<string, number> = {};
  for (const line of printed) {
    const operator = /"op_name" : "(\w+)"/.exec(line)?.[1];
    if (operator) counts[operator] = (counts[operator] ?? 0) + 1;
  }
  return counts;
}

describe('whole numbers', () => {
  it('reach over a range and 0, which is one of them, to half a step', () => {
    for (const [least, most] of [
      [-1, 3],
      [0.5, 3],
      [-4, -1],
    ] as const) {
      const { scale, zero } = byteScale([least, most]);
      expect([0, 255].includes(zero)).toBe(least > 0 || most < 0);
      for (const value of [least, most, 0, (least + most) / 2]) {
        const byte = Math.max(0, Math.min(255, Math.round(value / scale) + zero));
        expect(Math.abs(scale * (byte - zero) - value)).toBeLessThanOrEqual(scale / 2 + 1e-9);
      }
      expect(scale * (0 + zero - zero)).toBe(0);
    }
    expect(byteScale([0, 0])).toEqual({ scale: 1, zero: 0 });
  });

  it('stand for weights to half a step of each filter, and for biases to half a step of its sums', () => {
    const weight = seededInput(3 * 50, 1).map((value, index) => value * 10 ** Math.floor(index / 50));
    const { bytes, scales, type } = quantiseWeight(weight, 3);
    expect(type).toBe('int8');
    const whole = new Int8Array(bytes.buffer);
    weight.forEach((value, index) => {
      const scale = scales[Math.floor(index / 50)] ?? 0;
      expect(Math.abs((whole[index] ?? 0) * scale - value)).toBeLessThanOrEqual(scale * 0.501);
    });
    expect(Math.max(...whole.map(Math.abs))).toBe(127);
    const bias = quantiseBias(Float64Array.of(0.3, -2, 7), { scale: 0.01, zero: 3 }, scales);
    const sums = new Int32Array(bias.bytes.buffer);
    [0.3, -2, 7].forEach((value, index) => {
      expect(Math.abs((sums[index] ?? 0) * (bias.scales[index] ?? 0) - value)).toBeLessThan(
        bias.scales[index] ?? 0,
      );
    });
    expect([...quantiseWeight(new Float32Array(4), 2).scales]).toEqual([1, 1]);
  });
});

describe('a plan', () => {
  it('leaves what a ReLU alone reads and what is returned in float32, and keeps scales over pooling', async () => {
    const graph = foldedGraph('squeezenet-1.1');
    const plan = await calibrate(graph);
    for (const { id, op, inputs } of graph.nodes) {
      const isPassed = graph.consumers.get(id)?.every((reader) => graph.nodeById.get(reader)?.op === 'Relu');
      expect(plan.has(id), id).toBe(!isPassed && !graph.outputs.includes(id));
      if (op === 'MaxPool') expect(plan.get(id)).toBe(plan.get(inputs[0] ?? ''));
      if (op === 'Relu') expect(plan.get(id)?.zero).toBe(0);
    }
  });

  it('needs the range of every tensor that it makes bytes', () => {
    expect(() => planQuantisation(foldedGraph('lenet5'), new Map([[INPUT, [0, 1]]]))).toThrow(/conv1\/conv/);
  });

  it('is refused together with halves, and without the values of the weights', async () => {
    const graph = foldedGraph('lenet5');
    const quantisation = new Map([[INPUT, byteScale([0, 1])]]);
    expect(() => exportOnnx(graph, { quantisation, dtype: 'fp16', externalData: true })).toThrow(/halves/);
    expect(() => exportOnnx(graph, { quantisation, externalData: true })).toThrow(
      /conv1\/conv.weight has no values/,
    );
  });
});

describe.sequential('a model of whole numbers', () => {
  it.each([
    ['lenet5', { QLinearConv: 2, QGemm: 3 }],
    ['resnet20-cifar10', { QLinearConv: 19, QLinearAdd: 9, QGemm: 1, QLinearGlobalAveragePool: 1 }],
    ['squeezenet-1.1', { QLinearConv: 26, QLinearConcat: 8, QLinearGlobalAveragePool: 1 }],
    // Batch norms in front of their convolutions are no part of these.
    ['preact-resnet20-cifar10', { QLinearConv: 19, QLinearAdd: 9, BatchNormalization: 9 }],
    // A partially connected layer is put together in float32.
    ['lenet5-1998', { QLinearConv: 2, FusedConv: 1, Add: 2 }],
  ])('of %s is computed on whole numbers', async (id, operators) => {
    const graph = foldedGraph(id);
    const found = await operatorsRun(graph, await calibrate(graph));
    expect(found).toMatchObject(operators);
    for (const real of ['Conv', 'Gemm', 'FusedConv', 'Add', 'GlobalAveragePool']) {
      if (!(real in operators)) expect(found[real], real).toBeUndefined();
    }
  });

  it('gives what the network gives to the size of its steps, every layer being one of its outputs', async () => {
    const graph = foldedGraph('resnet20-cifar10');
    const quantisation = await calibrate(graph);
    const picture = pictureOf(graph, 9);
    const right = new Map(await run(await start(graph, { outputs: 'all' }), graph, picture));
    const found = await run(await start(graph, { outputs: 'all', quantisation }), graph, picture);
    expect(found.length).toBe(graph.nodes.length);
    for (const [id, values] of found) {
      const expected = right.get(id) ?? [];
      const norm = Math.hypot(...expected);
      const error = Math.hypot(...values.map((value, index) => value - (expected[index] ?? Number.NaN)));
      // Eight bits a layer, over twenty layers: neither float32 nor noise.
      expect(error / norm, id).toBeGreaterThan(1e-7);
      expect(error / norm, id).toBeLessThan(0.08);
    }
  });

  it('is a quarter as large, and is read as the network that it is', async () => {
    const graph = foldedGraph('resnet20-cifar10');
    const quantisation = await calibrate(graph);
    const tensors = seededTensors(graph, 1);
    const sizeOfWeights = (options: Parameters<typeof exportOnnx>[1]): number =>
      exportOnnx(graph, { tensors, externalData: true, ...options })
        .external.filter(({ path }) => path.endsWith('weight'))
        .reduce((sum, { data }) => sum + data.length, 0);
    expect(sizeOfWeights({ quantisation })).toBe(sizeOfWeights({}) / 4);

    const read = importOnnx(modelBytes(exportOnnx(graph, { tensors, quantisation })));
    const layers = ({ nodes }: Graph): readonly string[] =>
      nodes.filter(({ op }) => op === 'Conv' || op === 'Gemm').map(({ shape, op }) => `${op} ${shape}`);
    expect(layers(read.graph)).toEqual(layers(graph));
    expect(tensorsOf(read.graph).reduce((sum, { size }) => sum + size, 0)).toBe(
      tensorsOf(graph).reduce((sum, { size }) => sum + size, 0),
    );
  });
});
