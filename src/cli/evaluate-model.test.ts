import { existsSync, readFileSync } from 'node:fs';
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
import type { Architecture } from '../engine/spec/types.ts';
import { parseModelCard } from '../engine/weights/card.ts';
import { readWeights } from '../engine/weights/read-weights.ts';
import { cardAgrees, evaluateModel, formatEvaluation, writeAccuracy } from './evaluate-model.ts';
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

  const fixturePath = join(root, 'training/fixtures/lenet5-logits.json');
  it.skipIf(!existsSync(fixturePath))(
    'gives PyTorch’s logits within 0.001, in onnxruntime-web and in the reference evaluator',
    async () => {
      const fixture = JSON.parse(readFileSync(fixturePath, 'utf8')) as {
        readonly sha256: string;
        readonly cases: readonly { readonly pixels: string; readonly logits: readonly number[] }[];
      };
      const card = parseModelCard(await readFile(join(shipped, 'lenet5.json'), 'utf8'));
      expect(fixture.sha256).toBe(card.sha256);
      expect(fixture.cases.length).toBeGreaterThanOrEqual(10);
      const graph = lower(architectures.get('lenet5') as Architecture);
      const tensors = await readWeights(graph, card, await readFile(join(shipped, card.file)));
      const exported = exportOnnx(graph, { tensors, outputs: ['fc3'] });
      ort.env.wasm.numThreads = 1;
      const session = await ort.InferenceSession.create(modelBytes(exported), {
        executionProviders: ['wasm'],
      });
      const { scale, mean, std } = card.input.preprocessing;
      for (const { pixels, logits } of fixture.cases) {
        const input = Float32Array.from(
          Buffer.from(pixels, 'base64'),
          (pixel) => ((pixel / 255) * scale - mean) / std,
        );
        const results = await session.run({ input: new ort.Tensor('float32', input, [1, 1, 32, 32]) }, [
          'fc3',
        ]);
        const answers = [results.fc3?.data as Float32Array, evaluateGraph(graph, tensors, input).get('fc3')];
        for (const answer of answers) {
          for (const [index, logit] of logits.entries()) {
            expect(Math.abs((answer?.[index] ?? Number.NaN) - logit)).toBeLessThan(1e-3);
          }
        }
      }
      await session.release();
    },
  );
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
