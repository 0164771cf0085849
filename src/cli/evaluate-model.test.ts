import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { architectures } from '../architectures/index.ts';
import { evaluateGraph } from '../engine/evaluate/evaluate-graph.ts';
import { lower } from '../engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../engine/onnx/export.ts';
import { sizeOf } from '../engine/ops/window.ts';
import type { Architecture } from '../engine/spec/types.ts';
import { aimMet, parseModelCard, trainedArchitecture } from '../engine/weights/card.ts';
import { readWeights } from '../engine/weights/read-weights.ts';
import { cifar10TestFile, parseCifar10 } from './cifar10.ts';
import { UsageError } from './command.ts';
import {
  cardAgrees,
  evaluateModel,
  formatEvaluation,
  quantised,
  trainedIds,
  writeAccuracy,
} from './evaluate-model.ts';
import { parseIdx, readMnistTest } from './mnist.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shipped = join(root, 'public/models');

let folder: string;
const folders: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convatlas-'));
  folders.push(folder);
});

afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true }))));

const copyModel = async (): Promise<void> => {
  for (const name of ['lenet5.json', 'lenet5.safetensors'])
    await copyFile(join(shipped, name), join(folder, name));
};

const idx = (extents: readonly number[], values: readonly number[]): Buffer => {
  const header = Buffer.alloc(4 + 4 * extents.length);
  header.writeUInt32BE(0x0800 + extents.length);
  for (const [axis, extent] of extents.entries()) header.writeUInt32BE(extent, 4 + 4 * axis);
  return Buffer.concat([header, Buffer.from(values)]);
};

/** Writes a data set of blank 28×28 pictures with these labels. */
const writeBlanks = async (labels: readonly number[], zip = false): Promise<void> => {
  const images = idx([labels.length, 28, 28], new Array<number>(labels.length * 784).fill(0));
  const ending = zip ? '.gz' : '';
  const pack = (bytes: Buffer): Buffer => (zip ? gzipSync(bytes) : bytes);
  await writeFile(join(folder, `t10k-images-idx3-ubyte${ending}`), pack(images));
  await writeFile(join(folder, `t10k-labels-idx1-ubyte${ending}`), pack(idx([labels.length], labels)));
};

describe('the shipped LeNet-5', () => {
  it('reads at least 99.2 % of MNIST’s test digits, as its card says', async () => {
    const { evaluation, card } = await evaluateModel('lenet5', { root, models: shipped });
    expect(evaluation.images).toBe(10_000);
    expect(evaluation.right / evaluation.images).toBeGreaterThanOrEqual(0.992);
    expect(cardAgrees(card, evaluation)).toBe(true);
    const counted = evaluation.confusion.flat().reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(10_000);
  }, 60_000);

  it('reads as many as whole numbers, to a tenth of a per cent', async () => {
    const { evaluation, card } = await evaluateModel('lenet5', {
      root,
      models: shipped,
      precision: 'int8',
    });
    expect(Math.abs(evaluation.right / evaluation.images - card.accuracy.test)).toBeLessThan(0.001);
  }, 60_000);
});

interface Fixture {
  readonly sha256: string;
  readonly cases: readonly { readonly pixels: string; readonly logits: readonly number[] }[];
  readonly test?: {
    readonly sha256: string;
    readonly rows: readonly { readonly place: number; readonly logits: readonly number[] }[];
  };
}

const logitTolerance = 1e-3;

/** The test file of CIFAR-10 where it is at hand, with its hash; null where it is not. */
const cifarTest = (() => {
  try {
    const path = cifar10TestFile(undefined, root);
    const bytes = readFileSync(path);
    return {
      images: parseCifar10(path, bytes),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.warn(`The stored logits of test pictures are not checked: ${error.message}`);
    return null;
  }
})();

describe.each(trainedIds(shipped))('the shipped weights of %s', (id) => {
  const fixture = JSON.parse(
    readFileSync(join(root, `training/fixtures/${id}-logits.json`), 'utf8'),
  ) as Fixture;
  const card = parseModelCard(readFileSync(join(shipped, `${id}.json`), 'utf8'));
  const graph = lower(trainedArchitecture(architectures.get(id) as Architecture, card));
  const softmax = graph.nodeById.get(graph.outputs[0] ?? '');
  const logitNode = (softmax?.op === 'Softmax' ? softmax.inputs[0] : softmax?.id) ?? '';

  /** Logits of pictures 0..1, one after the other, in onnxruntime-web. */
  const runAll = async (
    pictures: readonly Float32Array[],
    precision: 'fp32' | 'int8' = 'fp32',
  ): Promise<Float32Array[]> => {
    const tensors = await readWeights(graph, card, await readFile(join(shipped, card.file)));
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    const options = { outputs: [logitNode] };
    const written =
      precision === 'fp32'
        ? exportOnnx(graph, { tensors, ...options })
        : await quantised(graph, tensors, pictures, options);
    const session = await ort.InferenceSession.create(modelBytes(written), { executionProviders: ['wasm'] });
    const answers = [];
    for (const picture of pictures) {
      const input = new ort.Tensor('float32', picture, [1, ...graph.input]);
      const results = await session.run({ input }, [logitNode]);
      answers.push(results[logitNode]?.data as Float32Array);
    }
    await session.release();
    return answers;
  };

  const inputOf = (bytes: Uint8Array): Float32Array => {
    const { scale, mean, std } = card.input.preprocessing;
    return Float32Array.from(bytes, (pixel) => ((pixel / 255) * scale - mean) / std);
  };

  const worst = (answers: readonly ArrayLike<number>[], expected: readonly (readonly number[])[]): number =>
    Math.max(
      ...expected.flatMap((logits, row) =>
        logits.map((logit, index) => Math.abs((answers[row]?.[index] ?? Number.POSITIVE_INFINITY) - logit)),
      ),
    );

  it('have the stored logits’ hash, an accuracy at or above the card’s lower aim, and fit in 2.5 MB', () => {
    expect(fixture.sha256).toBe(card.sha256);
    expect(card.bytes).toBeLessThanOrEqual(2_500_000);
    if (card.aims) expect(aimMet(card)).not.toBeNull();
  });

  it('give PyTorch’s logits within 0.001, in onnxruntime-web and in the reference evaluator', async () => {
    expect(fixture.cases.length).toBeGreaterThanOrEqual(8);
    const inputs = fixture.cases.map(({ pixels }) => inputOf(Buffer.from(pixels, 'base64')));
    const expected = fixture.cases.map(({ logits }) => logits);
    expect(worst(await runAll(inputs), expected)).toBeLessThan(logitTolerance);
    const tensors = await readWeights(graph, card, await readFile(join(shipped, card.file)));
    const first = evaluateGraph(graph, tensors, inputs[0] ?? new Float32Array(0)).get(logitNode) ?? [];
    expect(worst([first], expected.slice(0, 1))).toBeLessThan(logitTolerance);
  }, 60_000);

  it('answer alike as whole numbers, calibrated on eight pictures', async () => {
    const inputs = fixture.cases.map(({ pixels }) => inputOf(Buffer.from(pixels, 'base64')));
    const found = (await runAll(inputs, 'int8')).flatMap((logits) => [...logits]);
    const expected = fixture.cases.flatMap(({ logits }) => logits);
    const error = Math.hypot(...found.map((value, index) => value - (expected[index] ?? Number.NaN)));
    const share = error / Math.hypot(...expected);
    expect(share).toBeGreaterThan(0.001);
    expect(share).toBeLessThan(0.06);
  }, 60_000);

  const stored = fixture.test;
  it.skipIf(!stored || cifarTest?.sha256 !== stored.sha256)(
    'give the stored logits of 200 test pictures, and read as many right as the card says',
    async () => {
      if (!stored || !cifarTest) return;
      const { pixels, labels } = cifarTest.images;
      const size = sizeOf(graph.input);
      const answers = await runAll(
        stored.rows.map(({ place }) => inputOf(pixels.subarray(place * size, (place + 1) * size))),
      );
      expect(
        worst(
          answers,
          stored.rows.map(({ logits }) => logits),
        ),
      ).toBeLessThan(logitTolerance);
      const right = stored.rows.filter(
        ({ place }, row) => answers[row]?.indexOf(Math.max(...(answers[row] ?? []))) === labels[place],
      );
      expect({ images: stored.rows.length, right: right.length }).toEqual(card.sample);
    },
    120_000,
  );
});

describe('all shipped weights', () => {
  it('together fit in 16 MB', () => {
    const files = readdirSync(shipped).filter((name) => name.endsWith('.safetensors'));
    expect(files.sort()).toEqual(
      trainedIds(shipped)
        .map((id) => `${id}.safetensors`)
        .sort(),
    );
    const bytes = files.reduce((sum, name) => sum + statSync(join(shipped, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(16_000_000);
  });
});

describe('an evaluation', () => {
  it('counts by true class and answer, over a number of pictures that fills no batch', async () => {
    await copyModel();
    const labels = Array.from({ length: 130 }, (_, index) => index % 10);
    await writeBlanks(labels);
    const { evaluation, card } = await evaluateModel('lenet5', { root, models: folder, data: folder });
    expect(evaluation.images).toBe(130);
    // All pictures are the same, so all answers are: one column, 13 pictures of each class.
    const columns = evaluation.confusion.map((row) => row.indexOf(13));
    expect(new Set(columns).size).toBe(1);
    expect(evaluation.right).toBe(13);
    expect(evaluation.perClass.filter((share) => share === 1)).toHaveLength(1);
    const text = formatEvaluation('lenet5', evaluation, card.classes);
    expect(text).toContain('lenet5: 10.00 % of 130 test images (117 wrong)');
  });

  it('takes gzipped files', async () => {
    await writeBlanks([1, 2, 3], true);
    expect(await readMnistTest(folder)).toMatchObject({
      count: 3,
      width: 28,
      labels: Uint8Array.of(1, 2, 3),
    });
  });

  it('writes accuracy into the card and changes nothing else', async () => {
    await copyModel();
    const path = join(folder, 'lenet5.json');
    const before = await readFile(path, 'utf8');
    const evaluation = {
      images: 8,
      right: 5,
      perClass: [0.5, 0.75],
      confusion: [
        [2, 2],
        [1, 3],
      ],
    };
    await writeAccuracy(path, before, evaluation, '2024-05-06');
    const after = JSON.parse(await readFile(path, 'utf8'));
    expect(after.accuracy).toEqual({
      ...JSON.parse(before).accuracy,
      test: 0.625,
      images: 8,
      evaluated: '2024-05-06',
    });
    expect(after.perClass).toEqual([0.5, 0.75]);
    expect(parseModelCard(JSON.stringify(after)).sha256).toBe(parseModelCard(before).sha256);
    expect(Object.keys(after)).toEqual(Object.keys(JSON.parse(before)));
    expect(cardAgrees(after, evaluation)).toBe(true);
    expect(cardAgrees(after, { ...evaluation, right: 6 })).toBe(false);
    expect((await readdir(folder)).sort()).toEqual(['lenet5.json', 'lenet5.safetensors']);
  });
});

describe('an evaluation is refused', () => {
  const refusal = (id: string, options: { readonly models?: string; readonly data?: string } = {}) =>
    evaluateModel(id, { root, models: shipped, ...options }).then(
      () => 'nothing was refused',
      (error: Error) => `${error.name}: ${error.message}`,
    );

  it('for an unknown network, and for one without weights', async () => {
    expect(await refusal('lenet6')).toMatch(/UsageError: no architecture "lenet6".*lenet5/);
    expect(await refusal('alexnet')).toMatch(/UsageError: alexnet has no trained weights/);
  });

  it('for data that is missing, no IDX file, or cut short', async () => {
    expect(await refusal('lenet5', { data: join(folder, 'nowhere') })).toMatch(
      /UsageError: no data at .*nowhere/,
    );
    expect(await refusal('lenet5', { data: folder })).toMatch(/t10k-images-idx3-ubyte is not there/);
    await writeBlanks([1, 2, 3]);
    await writeFile(join(folder, 't10k-labels-idx1-ubyte'), idx([4], [1, 2, 3, 4]));
    expect(await refusal('lenet5', { data: folder })).toMatch(/3 pictures and 4 labels/);
    await writeFile(join(folder, 't10k-labels-idx1-ubyte'), 'labels');
    expect(await refusal('lenet5', { data: folder })).toMatch(/is not an IDX file/);
    expect(() => parseIdx('x', idx([2, 2], [1, 2, 3]), 2)).toThrow(/x holds 3 values, its header says 4/);
  });

  it('for weights that are missing or not those of the card', async () => {
    await copyModel();
    const weights = join(folder, 'lenet5.safetensors');
    const bytes = await readFile(weights);
    await writeFile(weights, bytes.subarray(0, 70_000));
    expect(await refusal('lenet5', { models: folder })).toMatch(/cut short: 70000 of \d+ bytes/);
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(60_000) ^ 1, 60_000);
    await writeFile(weights, changed);
    expect(await refusal('lenet5', { models: folder })).toMatch(/not the one its card describes/);
    await rm(weights);
    expect(await refusal('lenet5', { models: folder })).toMatch(/weights of lenet5 are missing/);
    await writeFile(join(folder, 'lenet5.json'), '{"schema": 1}');
    expect(await refusal('lenet5', { models: folder })).toMatch(/the card's architecture is not text/);
  });
});
