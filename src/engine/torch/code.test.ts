import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { pythonWith, runPython } from '../code/python.testing.ts';
import { computeCosts } from '../cost/costs.ts';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { lower } from '../graph/lower.ts';
import { type Graph, shapeOf } from '../graph/types.ts';
import type { FloatArray } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';
import { arbitraryArchitecture, arbitraryCalls } from '../spec/arbitrary.testing.ts';
import {
  adaptiveAveragePool,
  architecture,
  averagePool,
  batchNorm,
  branches,
  conv,
  convBnRelu,
  convRelu,
  dropout,
  flatten,
  fc as fullyConnected,
  globalAveragePool,
  identity,
  lrn,
  maxPool,
  pad,
  padChannels,
  rbf,
  relu,
  residual,
  sigmoid,
  softmax,
  stage,
  stochasticDepth,
  subsample,
  tanh,
  tap,
} from '../spec/layers.ts';
import type { Architecture, Series, Shape } from '../spec/types.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { seededInput, seededTensors, uniformGenerator } from '../weights/seeded.ts';
import { torchCode, torchTensorNames } from './code.ts';

const madeUp = (layers: Series, input: Shape, title = 'Made up'): Architecture =>
  architecture({
    id: 'made-up',
    title,
    source: { paper: 'none', where: 'a "test" \\ of quotes', year: 2000, authors: 'nobody' },
    input,
    layers,
  });

/** Every operator, every structure, and names that Python would not take. */
const everything = madeUp(
  {
    pad: pad([1, 0, 2, 1], 0.25),
    wider: padChannels(1, 3),
    join: branches('Mean', {
      column: conv(8, 1),
      columns: { first: conv(8, 1), ends: branches(null, { a: conv(8, 3, { padding: 1 }), b: relu() }) },
    }),
    stem: conv(8, [3, 2], {
      stride: [2, 1],
      padding: [0, 1, 2, 0],
      dilation: [1, 2],
      groups: 2,
      bias: false,
    }),
    bn: batchNorm({ epsilon: 1e-3, momentum: 0.01 }),
    sigmoid: sigmoid(),
    pool: maxPool(3, { stride: 2, rounding: 'ceil', padding: [1, 0, 0, 1] }),
    odd: lrn({ size: 5, alpha: 0.5, beta: 0.75, bias: 2 }),
    even: lrn({ size: 4, alpha: 0.5, beta: 0.75, bias: 1 }),
    stage1: stage({
      projected: residual({
        body: { relu: relu(), conv: conv(6, 3, { padding: 1 }), bn: batchNorm() },
        shortcut: conv(6, 1),
        after: { relu: relu(), conv: convRelu(6, 1) },
      }),
      same: residual({
        body: { relu: relu(), conv: conv(6, 3, { padding: [1, 1, 1, 1] }), drop: stochasticDepth(0.5) },
      }),
      aux: tap({
        pool: averagePool(2, { padding: [1, 0, 0, 1], rounding: 'ceil', countPadding: false }),
        flatten: flatten(),
        fc: fullyConnected(7),
        softmax: softmax(),
      }),
      'in-2': branches('Concat', {
        '1x1': convBnRelu(2, 1),
        '3x3': { reduce: conv(2, 1), conv: conv(3, 3, { padding: 1 }) },
        pool: { pool: averagePool(3, { stride: 1, padding: 1, countPadding: false }), proj: conv(2, 1) },
        direct: identity(),
        nothing: {},
      }),
    }),
    type: tanh({ amplitude: 1.7159, slope: 2 / 3 }),
    lambda: conv(4, 2, {
      connections: [[0, 2], [1], [0, 1, 2, 18], [5]],
      padding: [0, 1, 1, 0],
      bias: false,
    }),
    '3x': branches('Add', {
      a: conv(4, 3, { padding: 1 }),
      b: residual({ body: { side: tap({ conv: conv(2, 1) }), conv: conv(4, 1) } }),
      c: { tanh: tanh() },
    }),
    uneven: averagePool([2, 3], { stride: 2, padding: [1, 2, 0, 1], rounding: 'ceil' }),
    subsample: subsample(2, 1),
    means: adaptiveAveragePool([3, 2]),
    gap: globalAveragePool(),
    flatten: flatten(),
    bn1d: batchNorm(),
    dropout: dropout(),
    fc: fullyConnected(5, { bias: false }),
    rbf: rbf([
      [1, -1, 1, 1, -1],
      [-1, -1, 1, -1, 1],
      [1, 1, 1, 1, 1],
    ]),
    last: { softmax: softmax() },
  } as Series,
  [4, 19, 17],
);

const python = pythonWith('torch');
if (!python)
  console.warn('No Python with PyTorch: the written modules are not run. Set PYTHON to one that has it.');

interface Job {
  readonly code: string;
  readonly data?: string;
  readonly input?: Shape;
  readonly first?: number;
  readonly tensors?: readonly (readonly [key: string, shape: Shape, first: number])[];
  readonly train?: boolean;
}

interface Result {
  readonly error?: string;
  readonly name: string;
  readonly parameters: number;
  readonly keys: readonly string[];
  readonly kept: boolean;
  readonly outputs: readonly (readonly number[])[];
  readonly gradients: readonly string[];
  readonly macs: number;
  readonly shapes: readonly Shape[];
}

const folder = mkdtempSync(join(tmpdir(), 'convatlas-torch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runModules(jobs: readonly Job[]): readonly Result[] {
  const script = fileURLToPath(new URL('run-modules.py', import.meta.url));
  return runPython<Result>(python, script, jobs);
}

/** Random values for every tensor: where a trained network has 0 or 1, something near it. */
function randomTensors(graph: Graph, seed: number): ReadonlyMap<string, Float32Array> {
  const tensors = seededTensors(graph, seed);
  const next = uniformGenerator(seed + 1);
  for (const { name, spec } of tensorsOf(graph)) {
    if (spec.initialisation.kind !== 'constant') continue;
    const values = tensors.get(name);
    for (const [index, value] of values?.entries() ?? []) values?.set([value + 0.6 * next() - 0.3], index);
  }
  return tensors;
}

/** A job that runs a graph with random weights on a random picture, and the outputs that it must give. */
function jobOf(graph: Graph, name: string, train = false): { job: Job; expected: readonly FloatArray[] } {
  const values = randomTensors(graph, 7);
  const input = seededInput(sizeOf(graph.input), 8);
  const keys = torchTensorNames(graph);
  const parts: Float32Array[] = [];
  const tensors: [string, Shape, number][] = [];
  let first = 0;
  for (const { name: tensor, shape } of tensorsOf(graph)) {
    const part = values.get(tensor) ?? new Float32Array(0);
    tensors.push([keys.get(tensor) ?? '', shape, first]);
    parts.push(part);
    first += part.length;
  }
  const data = join(folder, `${name}.bin`);
  writeFileSync(data, Buffer.concat([...parts, input].map((part) => new Uint8Array(part.buffer))));
  const outputs = evaluateGraph(graph, values, input);
  const main = graph.groups.get('')?.output ?? '';
  return {
    job: { code: torchCode(graph), data, input: [1, ...graph.input], first, tensors, train },
    expected: [...new Set([main, ...graph.outputs])].map((id) => outputs.get(id) ?? input),
  };
}

/** The largest difference, relative to the largest value. */
function relativeError(actual: readonly number[], expected: FloatArray): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let difference = 0;
  for (const [index, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    const own = Math.abs((actual[index] ?? Number.NaN) - value);
    if (Number.isNaN(own)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, own);
  }
  return largest === 0 ? difference : difference / largest;
}

function expectSameOutputs(
  cases: readonly { job: Job; expected: readonly FloatArray[] }[],
): readonly Result[] {
  const results = runModules(cases.map(({ job }) => job));
  expect(results.length).toBe(cases.length);
  for (const [index, { job, expected }] of cases.entries()) {
    const result = results[index];
    expect(result?.error, job.code).toBeUndefined();
    expect(result?.outputs.length, job.code).toBe(expected.length);
    for (const [place, values] of expected.entries()) {
      expect(relativeError(result?.outputs[place] ?? [], values), job.code).toBeLessThan(1e-4);
    }
    expect(result?.kept, 'the input is left as it was').toBe(true);
  }
  return results;
}

const fitting = [...architectures.values()].filter((network) => !lower(network).problem);

describe('the written module', () => {
  it('names its members, nested as authored, after the layers', () => {
    const code = torchCode(lower(architectures.get('vgg11') ?? everything));
    expect(code).toContain('class VGG11(nn.Module):');
    expect(code).toContain(
      '        self.stage2 = nn.Sequential(OrderedDict([\n            ("conv1", ConvRelu(',
    );
    expect(code).toContain('("conv1", ConvRelu(64, 128)),  # 128×112×112');
    expect(code).toContain('        x = self.stage2(x)\n');
  });

  it('leaves the softmax out for training, in whatever group it stands', () => {
    expect(torchCode(lower(everything))).toContain('nn.Softmax');
    expect(torchCode(lower(everything), { softmax: false })).not.toContain('Softmax');
  });

  it('returns the main output and those of the taps', () => {
    const code = torchCode(lower(everything));
    expect(code).toMatch(/return x, aux, \w+\n$/);
    expect(code).toContain('aux = self.stage1["aux"](x)');
  });

  it('keeps inside a name of its own what PyTorch calls otherwise', () => {
    const names = torchTensorNames(
      lower(
        madeUp({ type: conv(2, 1), _modules: { '1x1': conv(2, 1) }, in: conv(2, 1) } as Series, [1, 3, 3]),
      ),
    );
    expect([...names]).toEqual([
      ['type.weight', 'type_.weight'],
      ['type.bias', 'type_.bias'],
      ['_modules/1x1.weight', '_modules_.1x1.weight'],
      ['_modules/1x1.bias', '_modules_.1x1.bias'],
      ['in.weight', 'in.weight'],
      ['in.bias', 'in.bias'],
    ]);
  });

  it('writes a block once, with parameters for what differs, and equal ones in a loop', () => {
    const code = torchCode(lower(architectures.get('resnet152') ?? everything));
    expect(code).toContain('class Bottleneck(nn.Module):');
    expect(code).toContain('    def __init__(self, in_channels, width, stride=1, shortcut=None):');
    expect(code).toContain(
      '*((f"block{i}", Bottleneck(1024, 256)) for i in range(2, 37)),  # 1024×14×14 each',
    );
    expect(code.split('\n').length).toBeLessThan(110);
  });

  it('counts on in a loop where channels grow', () => {
    const code = torchCode(lower(architectures.get('densenet121') ?? everything));
    expect(code).toMatch(/\*\(\(f"layer\{i\}", DenseLayer\(32 \* i \+ 32\)\) for i in range\(1, 7\)\),/);
    expect(torchCode(lower(architectures.get('stochastic-depth-110') ?? everything))).toContain(
      '(108 - i) / 108',
    );
  });

  it('is refused for a network that does not fit', () => {
    const lecture = lower(architectures.get('zfnet-lecture') ?? everything);
    expect(() => torchCode(lecture)).toThrow(
      'fc6/fc (Gemm): declared for 9216 inputs, but 256 · 5 · 5 = 6400',
    );
  });
});

describe.skipIf(!python)('in PyTorch, the written module', { timeout: 300_000 }, () => {
  it('has the parameters, tensor names, multiply–accumulates and output shapes of every network at its own input', () => {
    const graphs = fitting.map((network) => lower(network));
    const results = runModules(
      graphs.map((graph) => ({ code: torchCode(graph), input: [1, ...graph.input] })),
    );
    for (const [index, graph] of graphs.entries()) {
      const result = results[index];
      const costs = computeCosts(graph).total;
      const outputs = [graph.groups.get('')?.output ?? '', ...graph.outputs];
      expect(result?.error, graph.id).toBeUndefined();
      expect(result?.parameters, graph.id).toBe(costs.parameters);
      expect(result?.macs, graph.id).toBe(costs.macs);
      expect(result?.shapes, graph.id).toEqual([...new Set(outputs)].map((id) => [1, ...shapeOf(graph, id)]));
      expect([...(result?.keys ?? [])].sort(), graph.id).toEqual(
        [...torchTensorNames(graph).values()].sort(),
      );
    }
  });

  it.each([
    { id: 'lenet5' },
    { id: 'lenet5-1998' },
    { id: 'alexnet' },
    { id: 'zfnet' },
    { id: 'alexnet-owt', extent: 64 },
    { id: 'vgg11-bn', extent: 32 },
    { id: 'googlenet', extent: 64 },
    { id: 'resnet20-cifar10', extent: 16 },
    { id: 'resnet50', extent: 32 },
    { id: 'preact-resnet110-cifar10', extent: 8 },
    { id: 'stochastic-depth-110', extent: 8 },
    { id: 'densenet40-k12', extent: 8 },
    { id: 'squeezenet-1.0-complex-bypass', extent: 64 },
    { id: 'resnext29-8x64d', extent: 4 },
    { id: 'fractalnet20', extent: 32 },
  ])('gives the outputs of $id', ({ id, extent }) => {
    const network = architectures.get(id);
    if (!network) throw new RangeError(id);
    const graph = lower(network, extent ? [3, extent, extent] : network.input);
    expect(graph.problem).toBeNull();
    expectSameOutputs([jobOf(graph, id)]);
    rmSync(join(folder, `${id}.bin`));
  });

  it('gives the outputs, taps included, of a network with every operator and structure, and can be trained', () => {
    const graph = lower(everything);
    expect(graph.problem).toBeNull();
    expect(new Set(graph.nodes.map(({ op }) => op)).size).toBe(Object.keys(arbitraryCalls).length);
    const [result] = expectSameOutputs([jobOf(graph, 'everything', true)]);
    const learnable = tensorsOf(graph).filter(({ spec }) => spec.learnable);
    expect([...(result?.gradients ?? [])].sort()).toEqual(
      learnable.map(({ name }) => torchTensorNames(graph).get(name) ?? '').sort(),
    );
  });

  it('gives the outputs of every operator with any attributes', () => {
    const cases = Object.values(arbitraryCalls).flatMap((calls, operator) =>
      fc
        .sample(calls, { numRuns: 20, seed: 11 })
        .filter(({ inputs }) => inputs.length === 1)
        .map(({ op, attributes, inputs }, index) => {
          const layers = { it: { $: 'operator', op, attributes } } as unknown as Series;
          const graph = lower(madeUp(layers, inputs[0] ?? [], 'Any'));
          return graph.problem ? null : jobOf(graph, `any-${operator}-${index}`);
        }),
    );
    const fit = cases.filter((one) => one !== null);
    expect(fit.length).toBeGreaterThan(250);
    expectSameOutputs(fit);
  });

  it('gives the outputs of networks of any structure', () => {
    const networks = fc.sample(arbitraryArchitecture, { numRuns: 60, seed: 12 });
    expectSameOutputs(networks.map((network, index) => jobOf(lower(network), `structure-${index}`)));
  });
});
