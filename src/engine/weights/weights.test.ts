import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { joinParts } from '../onnx/wire.ts';
import { convBnRelu, image } from '../spec/layers.ts';
import type { Architecture } from '../spec/types.ts';
import { asModelCard, type ModelCard, parseModelCard } from './card.ts';
import { tensorsOf } from './graph-tensors.ts';
import { fromHalf, toHalf } from './half.ts';
import type { WeightsError, WeightsProblem } from './problem.ts';
import { matchTensors, readWeights, sha256 } from './read-weights.ts';
import { readSafetensors, type StoredTensor, type StoredType, writeSafetensors } from './safetensors.ts';
import { seededInput, seededTensors, uniformGenerator } from './seeded.ts';

const graphOf = (id: string) => lower(architectures.get(id) as Architecture);
const lenet = graphOf('lenet5');

const stored = (graph = lenet, seed = 1): Map<string, StoredTensor> => {
  const values = seededTensors(graph, seed);
  return new Map(
    tensorsOf(graph).map(({ name, shape }) => [name, { shape, values: values.get(name) as Float32Array }]),
  );
};

async function cardFor(bytes: Uint8Array): Promise<ModelCard> {
  return {
    schema: 1,
    architecture: 'lenet5',
    file: 'lenet5.safetensors',
    bytes: bytes.length,
    sha256: (await sha256(bytes)) ?? '',
    dtype: 'fp16',
    format: 'safetensors',
    task: 'mnist',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    input: {
      shape: [1, 32, 32],
      preprocessing: { fit: 20, centre: 28, pad: 32, scale: 1, mean: 0.1307, std: 0.3081 },
    },
    origin: 'a test',
    licence: { weights: 'MIT', data: 'none' },
    recipe: { summary: 'none' },
    seed: 1,
    epochs: 0,
    date: '2024-01-01',
    accuracy: { test: 0.1, of: 'nothing', images: 10 },
    perClass: Array.from({ length: 10 }, () => 0.1),
  };
}

/** The problem that a call throws or rejects with. */
async function problemOf(call: () => unknown): Promise<WeightsProblem> {
  try {
    await call();
  } catch (error) {
    return (error as WeightsError).problem;
  }
  throw new Error('nothing was thrown');
}

/** Rewrites a file's header. */
function withHeader(
  bytes: Uint8Array,
  change: (header: Record<string, Record<string, unknown>>) => void,
): Uint8Array {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const prefix = new Uint8Array(8);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(text.length), true);
  return joinParts([prefix, text, bytes.subarray(8 + length)]);
}

describe('half precision', () => {
  it('widens every bit pattern exactly', () => {
    const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);
    const values = fromHalf(all);
    all.forEach((bits) => {
      // IEEE 754, 3.4: the value by its definition.
      const exponent = (bits >> 10) & 31;
      const fraction = (bits & 1023) / 1024;
      const magnitude =
        exponent === 31
          ? fraction === 0
            ? Number.POSITIVE_INFINITY
            : Number.NaN
          : exponent === 0
            ? fraction * 2 ** -14
            : (1 + fraction) * 2 ** (exponent - 15);
      const expected = bits & 0x8000 ? -magnitude : magnitude;
      if (!Object.is(values[bits], expected)) throw new Error(`${bits}: ${values[bits]}, not ${expected}`);
    });
  });

  it('narrows back every number that it holds', () => {
    const numbers = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter(
      (bits) => !(((bits >> 10) & 31) === 31 && (bits & 1023) !== 0),
    );
    expect(toHalf(fromHalf(numbers))).toEqual(numbers);
  });

  it('narrows any number to the nearest, ties to even', () => {
    const grid = [...fromHalf(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits))];
    fc.assert(
      fc.property(fc.float({ min: Math.fround(-65_000), max: Math.fround(65_000), noNaN: true }), (value) => {
        const [half = 0] = toHalf(Float32Array.of(value));
        const [back = Number.NaN] = fromHalf(Uint16Array.of(half));
        const bits = half & 0x7fff;
        const error = Math.abs(back - value);
        for (const neighbour of [bits - 1, bits + 1]) {
          const other = Math.abs((grid[neighbour] ?? Number.POSITIVE_INFINITY) - Math.abs(value));
          expect(error < other || (error === other && bits % 2 === 0)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('makes too large numbers infinite and keeps NaN', () => {
    expect([...fromHalf(toHalf(Float32Array.of(1e6, -1e6, 65_520, 65_519, Number.NaN)))]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      65_504,
      Number.NaN,
    ]);
  });
});

describe('a safetensors file', () => {
  it('gives back single-precision tensors bit for bit', () => {
    const read = readSafetensors(writeSafetensors(stored(), 'F32'));
    expect(read).toEqual(stored());
  });

  it('gives back half-precision tensors rounded once', () => {
    const read = readSafetensors(writeSafetensors(stored(), 'F16'));
    for (const [name, { shape, values }] of stored()) {
      expect(read.get(name)).toEqual({ shape, values: fromHalf(toHalf(values)) });
    }
  });

  it('is read wherever it lies in memory', () => {
    const bytes = writeSafetensors(stored(), 'F16');
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readSafetensors(shifted.subarray(3))).toEqual(readSafetensors(bytes));
    expect(readSafetensors(Buffer.from(bytes))).toEqual(readSafetensors(bytes));
  });

  it('is refused as cut short at any length', async () => {
    const bytes = writeSafetensors(stored(), 'F16');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        const problem = await problemOf(() => readSafetensors(bytes.subarray(0, length)));
        expect(problem).toMatchObject({ code: 'truncated', actual: length });
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['an HTML page', () => new TextEncoder().encode('<!doctype html><title>Not found</title>')],
    ['an empty header', (bytes) => joinParts([new Uint8Array(8), bytes.subarray(0, 40)])],
    [
      'a header that is no object',
      (bytes) => withHeader(bytes, () => {}).map((byte, at) => (at === 8 ? 0x5b : byte)),
    ],
    ['bytes left over', (bytes) => joinParts([bytes, Uint8Array.of(0)])],
    [
      'an integer tensor',
      (bytes) => withHeader(bytes, (h) => Object.assign(h['fc3.bias'] ?? {}, { dtype: 'I32' })),
    ],
    [
      'a negative extent',
      (bytes) => withHeader(bytes, (h) => Object.assign(h['fc3.bias'] ?? {}, { shape: [-10] })),
    ],
    [
      'a wrong extent',
      (bytes) => withHeader(bytes, (h) => Object.assign(h['fc3.bias'] ?? {}, { shape: [11] })),
    ],
    [
      'no offsets',
      (bytes) => withHeader(bytes, (h) => Object.assign(h['fc3.bias'] ?? {}, { data_offsets: [0] })),
    ],
    [
      'overlapping tensors',
      (bytes) =>
        withHeader(bytes, (h) => Object.assign(h['conv1/conv.bias'] ?? {}, { data_offsets: [0, 12] })),
    ],
  ])('is refused when it is %s', async (_, change) => {
    const bytes = change(writeSafetensors(stored(), 'F16'));
    expect(await problemOf(() => readSafetensors(bytes))).toMatchObject({ code: 'not-safetensors' });
  });

  it.each<StoredType>(['F16', 'F32'])(
    'refuses to write values that do not fill their shape as %s',
    (type) => {
      const tensors = new Map([['a', { shape: [2, 2], values: new Float32Array(3) }]]);
      expect(() => writeSafetensors(tensors, type)).toThrow(/a has 3 values, not 4/);
    },
  );
});

describe('weights for a network', () => {
  it('are read when file, card and network agree', async () => {
    const bytes = writeSafetensors(stored(), 'F32');
    expect(await readWeights(lenet, await cardFor(bytes), bytes)).toEqual(seededTensors(lenet, 1));
  });

  it('are refused when one bit differs', async () => {
    const bytes = writeSafetensors(stored(), 'F16');
    const card = await cardFor(bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const flipped = bytes.slice();
          flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
          const problem = await problemOf(() => readWeights(lenet, card, flipped));
          expect(problem).toMatchObject({ code: 'hash-differs', expected: card.sha256 });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are refused when cut short, before anything is hashed', async () => {
    const bytes = writeSafetensors(stored(), 'F16');
    const problem = await problemOf(async () =>
      readWeights(lenet, await cardFor(bytes), bytes.subarray(0, 5000)),
    );
    expect(problem).toEqual({ code: 'truncated', actual: 5000, expected: bytes.length });
  });

  it('are refused when they are of another network', async () => {
    const other = graphOf('lenet5-1998');
    const bytes = writeSafetensors(stored(other), 'F32');
    const card = await cardFor(bytes);
    expect(await problemOf(() => readWeights(lenet, card, bytes))).toMatchObject({ code: 'missing-tensor' });
    const extra = stored().set('fc4.weight', { shape: [1], values: new Float32Array(1) });
    expect(await problemOf(() => matchTensors(lenet, extra))).toEqual({
      code: 'unexpected-tensor',
      tensor: 'fc4.weight',
    });
    const turned = stored().set('fc3.weight', { shape: [84, 10], values: new Float32Array(840) });
    expect(await problemOf(() => matchTensors(lenet, turned))).toEqual({
      code: 'shape-differs',
      tensor: 'fc3.weight',
      actual: [84, 10],
      expected: [10, 84],
    });
  });

  it('may bear PyTorch’s names within a node', () => {
    const graph = lower({
      ...(architectures.get('lenet5') as Architecture),
      input: image(3, 8),
      layers: { unit: convBnRelu(2, 3) },
    });
    const ours = stored(graph);
    const names = tensorsOf(graph).map(
      ({ name, node, spec }) => [name, `${node}.${spec.torchName}`] as const,
    );
    const theirs = new Map(names.map(([name, torch]) => [torch, ours.get(name) as StoredTensor]));
    expect([...theirs.keys()]).toContain('unit/bn.running_mean');
    expect([...matchTensors(graph, theirs).keys()]).toEqual([...ours.keys()]);
  });
});

describe('a model card', () => {
  it('is read when it is whole', async () => {
    const card = await cardFor(new Uint8Array(1));
    expect(parseModelCard(JSON.stringify(card))).toEqual(card);
  });

  it.each<[string, unknown]>([
    ['schema', 2],
    ['file', '../other.safetensors'],
    ['bytes', -1],
    ['sha256', 'abc'],
    ['dtype', 'int8'],
    ['format', 'pickle'],
    ['classes', []],
    ['input', { shape: [1, 32, 32] }],
    ['licence', 'MIT'],
    ['accuracy', { test: 99.2, of: 'file', images: 10_000 }],
    ['perClass', [0.5, 'half']],
    ['date', undefined],
  ])('is refused for a wrong %s, which is named', async (field, value) => {
    const card = { ...(await cardFor(new Uint8Array(1))), [field]: value };
    const problem = await problemOf(() => asModelCard(card));
    expect(problem).toMatchObject({ code: 'bad-card' });
    expect((problem as { field: string }).field.startsWith(field)).toBe(true);
  });

  it.each(['', '<html>', '[]', 'null', '7'])('is refused when it reads %j', async (text) => {
    expect(await problemOf(() => parseModelCard(text))).toMatchObject({ code: 'bad-card', field: 'content' });
  });
});

describe('seeded weights', () => {
  it('are the same for the same seed and others for another', () => {
    expect(seededTensors(lenet, 7)).toEqual(seededTensors(lenet, 7));
    expect(seededTensors(lenet, 7).get('fc3.weight')).not.toEqual(seededTensors(lenet, 8).get('fc3.weight'));
  });

  it('depend on a tensor’s name and not on what stands before it', () => {
    const other = graphOf('alexnet-lecture');
    expect(
      seededTensors(other, 7)
        .get('conv1/conv.bias')
        ?.every((value) => value === 0),
    ).toBe(true);
    const values = seededTensors(lenet, 7);
    expect(values.get('fc1/fc.weight')?.subarray(0, 8)).not.toEqual(
      values.get('fc2/fc.weight')?.subarray(0, 8),
    );
  });

  it('have the mean and variance that He et al. ask for', { timeout: 30_000 }, () => {
    const weights = seededTensors(graphOf('alexnet'), 3).get('fc7/fc.weight') as Float32Array;
    const mean = weights.reduce((sum, value) => sum + value, 0) / weights.length;
    const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
    expect(Math.abs(mean)).toBeLessThan(1e-4);
    expect(variance / (2 / 4096)).toBeCloseTo(1, 2);
  });

  it('come from a generator whose numbers fill [0, 1) evenly and do not follow each other', () => {
    const next = uniformGenerator(5);
    const count = 200_000;
    const bins = new Array<number>(64).fill(0);
    let product = 0;
    let last = next();
    for (let index = 0; index < count; index += 1) {
      const value = next();
      bins[Math.floor(value * 64)] = (bins[Math.floor(value * 64)] ?? 0) + 1;
      product += (value - 0.5) * (last - 0.5);
      last = value;
    }
    const expected = count / 64;
    const chiSquare = bins.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
    // 63 degrees of freedom: 95 and 110 are passed with probability 0.6 % and 0.02 %.
    expect(chiSquare).toBeLessThan(110);
    expect(Math.abs(product / count)).toBeLessThan(0.001);
    expect(seededInput(3, 1)).toEqual(seededInput(3, 1));
  });
});
