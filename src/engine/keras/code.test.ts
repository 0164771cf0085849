/**
 * Where Python has Keras, the written models are built and run by Keras itself. Elsewhere `keras_stub.py` stands in: it
 * reads the same text, and counts shapes and parameters by rules of its own, so that what is written is at least valid
 * Python that asks Keras for layers which fit together.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { pythons, runPython } from '../code/python.testing.ts';
import { computeCosts } from '../cost/costs.ts';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { lower } from '../graph/lower.ts';
import { type Graph, shapeOf } from '../graph/types.ts';
import type { FloatArray } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';
import { arbitraryArchitecture, arbitraryCalls } from '../spec/arbitrary.testing.ts';
import { architecture } from '../spec/layers.ts';
import type { Architecture, Series, Shape } from '../spec/types.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { seededInput, seededTensors, uniformGenerator } from '../weights/seeded.ts';
import { kerasCode } from './code.ts';

const script = fileURLToPath(new URL('run-models.py', import.meta.url));
const found = pythons.flatMap((program) => {
  const { stdout } = spawnSync(program, ['-B', script, '--which'], { encoding: 'utf8' });
  return stdout?.trim() ? [{ program, which: stdout.trim() }] : [];
});
const { program: python, which } = found.find((one) => one.which === 'keras') ?? found[0] ?? {};
const hasKeras = which === 'keras';
if (!hasKeras) {
  console.warn(
    'No Python with Keras: the written models are built by a stand-in. Set PYTHON to one that has it.',
  );
}

interface Job {
  readonly code: string;
  readonly data?: string;
  readonly input?: Shape;
  readonly first?: number;
  readonly tensors?: readonly (readonly [layer: string, tensors: readonly [string, Shape, number][]])[];
}

interface Result {
  readonly error?: string;
  readonly parameters: number;
  readonly layers: readonly string[];
  readonly shapes: readonly Shape[];
  readonly outputs?: readonly (readonly number[])[];
}

const folder = mkdtempSync(join(tmpdir(), 'convatlas-keras-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runModels(jobs: readonly Job[]): readonly Result[] {
  return runPython<Result>(python, script, jobs);
}

const outputsOf = (graph: Graph): readonly string[] => [
  ...new Set([graph.groups.get('')?.output ?? '', ...graph.outputs]),
];

/** Height, width and channels. */
const channelsLast = (shape: Shape): Shape =>
  shape.length === 3 ? [...shape.slice(1), shape[0] ?? 0] : shape;

function expectSameFigures(graphs: readonly Graph[]): void {
  const texts = graphs.map((graph) => kerasCode(graph));
  const results = runModels(texts.map((code) => ({ code })));
  expect(results.length).toBe(graphs.length);
  for (const [index, graph] of graphs.entries()) {
    const result = results[index];
    expect(result?.error, `${graph.id}\n${texts[index]}`).toBeUndefined();
    expect(result?.parameters, graph.id).toBe(computeCosts(graph).total.parameters);
    expect(result?.shapes, graph.id).toEqual(outputsOf(graph).map((id) => channelsLast(shapeOf(graph, id))));
    const layers = new Set(result?.layers);
    const missing = tensorsOf(graph).filter(({ node }) => !layers.has(node.replaceAll('/', '.')));
    expect(missing, graph.id).toEqual([]);
  }
}

/** A job that runs a graph with random weights on a random picture, and the outputs that it must give. */
function jobOf(graph: Graph, name: string): { job: Job; expected: readonly FloatArray[] } {
  const values = seededTensors(graph, 7);
  const next = uniformGenerator(8);
  const parts: Float32Array[] = [];
  const layers = new Map<string, [string, Shape, number][]>();
  let first = 0;
  for (const { name: tensor, node, shape, spec } of tensorsOf(graph)) {
    const part = values.get(tensor) ?? new Float32Array(0);
    // Where a trained network has 0 or 1, something near it.
    if (spec.initialisation.kind === 'constant') {
      for (const [index, value] of part.entries()) part[index] = value + 0.6 * next() - 0.3;
    }
    const own = layers.get(node) ?? [];
    own.push([spec.name, shape, first]);
    layers.set(node, own);
    parts.push(part);
    first += part.length;
  }
  const input = seededInput(sizeOf(graph.input), 9);
  const data = join(folder, `${name}.bin`);
  writeFileSync(data, Buffer.concat([...parts, input].map((part) => new Uint8Array(part.buffer))));
  const made = evaluateGraph(graph, values, input);
  return {
    job: {
      code: kerasCode(graph),
      data,
      input: graph.input,
      first,
      tensors: [...layers].map(([node, own]) => [node.replaceAll('/', '.'), own]),
    },
    expected: outputsOf(graph).map((id) => made.get(id) ?? input),
  };
}

function expectSameOutputs(graphs: readonly Graph[], name: string): void {
  const cases = graphs.map((graph, index) => jobOf(graph, `${name}-${index}`));
  const results = runModels(cases.map(({ job }) => job));
  for (const [index, { job, expected }] of cases.entries()) {
    const result = results[index];
    expect(result?.error, job.code).toBeUndefined();
    for (const [place, values] of expected.entries()) {
      const actual = result?.outputs?.[place] ?? [];
      expect(actual.length, job.code).toBe(values.length);
      let largest = 1e-30;
      let error = 0;
      for (const [at, value] of values.entries()) {
        largest = Math.max(largest, Math.abs(value));
        error = Math.max(error, Math.abs(value - (actual[at] ?? Number.POSITIVE_INFINITY)));
      }
      expect(error / largest, job.code).toBeLessThan(1e-4);
    }
  }
}

const fitting = [...architectures.values()]
  .map((network) => lower(network))
  .filter(({ problem }) => !problem);

/** Strides together with dilation are what Keras's convolutions refuse. */
const isForKeras = (graph: Graph): boolean =>
  graph.nodes.every(
    (node) =>
      node.op !== 'Conv' ||
      Math.max(...node.attributes.stride) === 1 ||
      Math.max(...node.attributes.dilation) === 1,
  );

const singles: readonly Graph[] = Object.values(arbitraryCalls).flatMap((calls) =>
  fc
    .sample(calls, { numRuns: 12, seed: 11 })
    .filter(({ inputs }) => inputs.length === 1)
    .map(({ op, attributes, inputs }): Architecture => {
      const layers = { it: { $: 'operator', op, attributes } } as unknown as Series;
      const source = { paper: 'none', where: 'a "test" \\ of quotes', year: 2000, authors: 'nobody' };
      return architecture({ id: 'any', title: '2 any', source, input: inputs[0] ?? [], layers });
    })
    .map((network) => lower(network))
    .filter((graph) => !graph.problem && isForKeras(graph)),
);

const structures = fc
  .sample(arbitraryArchitecture, { numRuns: 40, seed: 12 })
  .map((network) => lower(network))
  .filter(isForKeras);

describe('the written model', () => {
  it('is a function named after the title, whose layers are named after the definition', () => {
    const code = kerasCode(lower(architectures.get('vgg11') as Architecture));
    expect(code).toMatch(/^import keras\nfrom keras import layers\n\n\ndef flatten\(x, name\):/);
    expect(code).toContain('def conv_relu(x, name, filters):');
    expect(code).toContain('\ndef vgg_11():\n    """VGG-11.\n');
    expect(code).toContain('    x = conv_relu(x, "stage2.conv1", 128)  # 112×112×128\n');
    expect(code).toContain('    x = layers.Permute((3, 1, 2), name=f"{name}.order")(x)\n');
    expect(code).toMatch(/return keras\.Model\(inputs, x, name="vgg11"\)\n$/);
  });

  it('writes blocks once, and equal ones in a loop', () => {
    const code = kerasCode(lower(architectures.get('resnet152') as Architecture));
    expect(code).toContain('def bottleneck(x, name, filters, strides=1, shortcut=None):');
    expect(code).toMatch(
      /for i in range\(2, 37\):\n {8}x = bottleneck\(x, f"\w+\.block\{i\}", 256\) {2}# 14×14×1024 each/,
    );
    expect(code.split('\n').length).toBeLessThan(100);
  });

  it('is refused for a network that does not fit', () => {
    expect(() => kerasCode(lower(architectures.get('zfnet-lecture') as Architecture))).toThrow(
      'fc6/fc (Gemm)',
    );
  });
});

describe.skipIf(!python)('built in Python, the written model', { timeout: 600_000 }, () => {
  it('has the parameters, output shapes and layer names of every network', () => {
    // Keras takes minutes for thousands of layers; its stand-in takes a moment.
    expectSameFigures(hasKeras ? fitting.filter(({ nodes }) => nodes.length <= 400) : fitting);
  });

  it('has those of every operator with any attributes', () => {
    expect(singles.length).toBeGreaterThan(120);
    expectSameFigures(singles);
  });

  it('has those of networks of any structure', () => {
    expect(structures.length).toBeGreaterThan(20);
    expectSameFigures(structures);
  });
});

describe.skipIf(!hasKeras)('run by Keras, the written model', { timeout: 600_000 }, () => {
  it('gives the outputs of every operator with any attributes', () => {
    expectSameOutputs(singles, 'single');
  });

  it('gives the outputs of networks of any structure', () => {
    expectSameOutputs(structures, 'structure');
  });

  it.each([['lenet5'], ['lenet5-1998'], ['resnet20-cifar10'], ['wrn-16-4'], ['squeezenet-1.1']])(
    'gives the outputs of %s',
    (id) => {
      const network = architectures.get(id) as Architecture;
      const [channels = 0, extent = 0] = network.input;
      const side = Math.min(extent, 64);
      expectSameOutputs([lower(network, [channels, side, side])], id);
    },
  );
});
