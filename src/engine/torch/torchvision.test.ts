import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { pythonWith, runPython } from '../code/python.testing.ts';
import { computeCosts } from '../cost/costs.ts';
import { lower } from '../graph/lower.ts';
import type { OpName, Shape } from '../spec/types.ts';

/** The networks of the catalogue that torchvision has too, and their names there. */
const twins: Readonly<Record<string, string>> = {
  'alexnet-owt': 'alexnet',
  ...Object.fromEntries(
    [11, 13, 16, 19].flatMap((depth) => [
      [`vgg${depth}`, `vgg${depth}`],
      [`vgg${depth}-bn`, `vgg${depth}_bn`],
    ]),
  ),
  'googlenet-torchvision': 'googlenet',
  ...Object.fromEntries([18, 34, 50, 101, 152].map((depth) => [`resnet${depth}`, `resnet${depth}`])),
  'resnext50-32x4d': 'resnext50_32x4d',
  'resnext101-32x8d': 'resnext101_32x8d',
  'resnext101-64x4d': 'resnext101_64x4d',
  'wrn-50-2': 'wide_resnet50_2',
  'wrn-101-2': 'wide_resnet101_2',
  ...Object.fromEntries([121, 169, 201, 161].map((depth) => [`densenet${depth}`, `densenet${depth}`])),
  'squeezenet-1.0': 'squeezenet1_0',
  'squeezenet-1.1': 'squeezenet1_1',
};

/** Sizes at which roundings differ, windows are uneven, or some network no longer fits. */
const sizes: readonly (readonly [height: number, width: number])[] = [
  ...[1, 16, 17, 29, 31, 32, 33, 63, 64, 97, 128, 225, 231, 256, 299, 331, 384].map(
    (side) => [side, side] as const,
  ),
  ...([
    [256, 192],
    [192, 256],
    [227, 300],
    [31, 640],
  ] as const),
];

const counted: ReadonlySet<OpName> = new Set([
  'Conv',
  'Gemm',
  'MaxPool',
  'AveragePool',
  'BatchNormalization',
]);

interface Figures {
  readonly parameters: number;
  readonly runs: readonly ({ readonly macs: number; readonly shapes: readonly Shape[] } | null)[];
}

const python = pythonWith('torch, torchvision');
if (!python) console.warn('No Python with torchvision: its networks are not compared.');

function figuresOf(names: readonly string[]): readonly Figures[] {
  const script = fileURLToPath(new URL('torchvision-figures.py', import.meta.url));
  return runPython<Figures>(
    python,
    script,
    names.map((name) => [name, sizes]),
  );
}

/** Branches stand in another order here and there: shapes are compared as a sorted list. */
const sorted = (shapes: readonly Shape[]): readonly string[] => shapes.map((shape) => shape.join('×')).sort();

describe.skipIf(!python)('beside torchvision, at any input', { timeout: 300_000 }, () => {
  let figures: readonly Figures[] = [];
  beforeAll(() => {
    figures = figuresOf(Object.values(twins));
  }, 300_000);

  it.each(Object.keys(twins).map((id, index) => [id, index] as const))(
    '%s has the same parameters, MACs and shapes, and does not fit where that fails',
    (id, index) => {
      const architecture = architectures.get(id);
      if (!architecture) throw new RangeError(id);
      sizes.forEach((size, place) => {
        const graph = lower(architecture, [3, ...size]);
        const run = figures[index]?.runs[place];
        const at = size.join('×');
        expect(graph.problem === null, `${at}: ${graph.problem?.node}`).toBe(run !== null);
        if (!run) return;
        const { parameters, macs } = computeCosts(graph).total;
        expect({ at, parameters, macs }).toEqual({
          at,
          parameters: figures[index]?.parameters,
          macs: run.macs,
        });
        const shapes = graph.nodes.filter(({ op }) => counted.has(op)).map(({ shape }) => shape);
        expect(sorted(shapes), at).toEqual(sorted(run.shapes));
      });
    },
  );

  it('some sizes fit and some do not', () => {
    const runs = figures.flatMap((one) => one.runs);
    expect(runs.filter((run) => run === null).length).toBeGreaterThan(40);
    expect(runs.filter((run) => run !== null).length).toBeGreaterThan(300);
  });
});
