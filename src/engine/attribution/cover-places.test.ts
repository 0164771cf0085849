import * as ort from 'onnxruntime-web';
import { afterAll, describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { exportOnnx, modelBytes } from '../onnx/export.ts';
import type { Architecture } from '../spec/types.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { type AskImages, coverPlaces, type OcclusionQuestion } from './cover-places.ts';
import { createOcclusionMap, occlusionPlaces } from './occlusion.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const sessions: ort.InferenceSession[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.release())));

/** A network with seeded weights in onnxruntime-web, asked as the page asks it; and the batches that it was asked for. */
async function network(id: string): Promise<{ ask: AskImages; batches: number[]; input: Float32Array }> {
  const graph = lower(architectures.get(id) as Architecture);
  const model = exportOnnx(graph, { tensors: seededTensors(graph, 7), outputs: 'all', batch: 'any' });
  const session = await ort.InferenceSession.create(modelBytes(model), { executionProviders: ['wasm'] });
  sessions.push(session);
  const output = graph.outputs[0] ?? '';
  const batches: number[] = [];
  const ask: AskImages = async (images, count) => {
    batches.push(count);
    const feeds = { input: new ort.Tensor('float32', images, [count, ...graph.input]) };
    const values = (await session.run(feeds, [output]))[output]?.data as Float32Array;
    const size = values.length / count;
    const answers = Array.from({ length: count }, (_, at) => values.slice(at * size, (at + 1) * size));
    // As if a run cost as much as three images: the batches grow whatever this machine does meanwhile.
    return { answers, ms: 3 + count };
  };
  return {
    ask,
    batches,
    input: seededInput(
      graph.input.reduce((a, b) => a * b),
      8,
    ),
  };
}

async function mapOf(ask: AskImages, question: OcclusionQuestion, mostImages: number) {
  const answers: Float32Array[] = [];
  for await (const some of coverPlaces(ask, question, { mostImages, imageBytes: 1e6 })) answers.push(...some);
  const [whole, ...covered] = answers;
  const places = occlusionPlaces(question.plan);
  expect(covered).toHaveLength(places.length);
  const map = createOcclusionMap(question.plan);
  for (const [at, place] of places.entries()) map.add(place, (whole?.[0] ?? 0) - (covered[at]?.[0] ?? 0));
  return map.values();
}

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe('a picture covered place by place', () => {
  it.each([
    ['lenet5', 8, 4],
    // Batch norms, and shortcuts that pad channels.
    ['resnet20-cifar10', 8, 4],
    // Local response normalisation.
    ['alexnet-cifar10', 16, 8],
  ])('%s answers in batches as it answers one by one', async (id, patch, stride) => {
    const { ask, batches, input } = await network(id);
    const question = { input, plan: { height: 32, width: 32, patch, stride }, fill: [0.3, -0.2, 0.1] };
    const single = await mapOf(ask, question, 1);
    expect(new Set(batches)).toEqual(new Set([1]));
    const places = batches.splice(0).length - 1;
    const batched = await mapOf(ask, question, Number.POSITIVE_INFINITY);
    expect(Math.max(...batches)).toBeGreaterThan(places < 20 ? 3 : 7);
    expect(batches.length).toBeLessThan(places);
    expect(largest(single)).toBeGreaterThan(1e-4);
    expect(largest(batched.map((value, at) => value - (single[at] ?? Number.NaN)))).toBeLessThanOrEqual(1e-5);
  });

  const question: OcclusionQuestion = {
    input: Float32Array.from({ length: 36 }, (_, at) => at / 36),
    plan: { height: 6, width: 6, patch: 2, stride: 1 },
    fill: [0],
  };
  const sumOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);

  it('is asked one by one where a batch mixes its images', async () => {
    const counts: number[] = [];
    const mixing: AskImages = async (images, count) => {
      counts.push(count);
      // A scale over all of the batch, as dynamic quantisation takes it.
      const scale = 1 + (count - 1) / 100;
      const answers = Array.from({ length: count }, (_, at) =>
        Float32Array.of((scale * sumOf(images.subarray(36 * at, 36 * (at + 1)))) / 36),
      );
      return { answers, ms: 3 + count };
    };
    const single = await mapOf(mixing, question, 1);
    counts.length = 0;
    expect(await mapOf(mixing, question, 16)).toEqual(single);
    expect(counts.filter((count) => count > 1)).toEqual([2]);
  });

  it('takes no more images at once than the memory holds', async () => {
    const counts: number[] = [];
    const ask: AskImages = async (images, count) => {
      counts.push(count);
      const answers = Array.from({ length: count }, (_, at) =>
        Float32Array.of(sumOf(images.subarray(36 * at, 36 * (at + 1)))),
      );
      return { answers, ms: 3 + count };
    };
    const limits = { mostImages: Number.POSITIVE_INFINITY, imageBytes: 20e6 };
    for await (const answers of coverPlaces(ask, question, limits)) expect(answers.length).toBeLessThan(4);
    expect(Math.max(...counts)).toBe(2);
    counts.length = 0;
    for await (const _ of coverPlaces(ask, question, { ...limits, imageBytes: 1e9 }));
    expect(new Set(counts)).toEqual(new Set([1]));
  });
});
