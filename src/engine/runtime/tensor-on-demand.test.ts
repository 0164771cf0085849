import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { exportOnnx, modelBytes } from '../onnx/export.ts';
import { sizeOf } from '../ops/window.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { TensorOnDemand } from './tensor-on-demand.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

describe('a tensor on demand', () => {
  it('is made each time a part of it is asked for', () => {
    let made = 0;
    const bytes = new TensorOnDemand(4, () => {
      made += 1;
      return Uint8Array.of(1, 2, 3, 4);
    });
    expect([bytes.byteLength, made]).toEqual([4, 0]);
    expect([...bytes.subarray(1, 3)]).toEqual([2, 3]);
    expect([...bytes.subarray()]).toEqual([1, 2, 3, 4]);
    expect(made).toBe(2);
  });

  it('is read by onnxruntime-web as the array that it stands for, a large one once', async () => {
    const architecture = architectures.get('lenet5');
    if (!architecture) throw new Error('no lenet5');
    const graph = lower(architecture);
    const tensors = seededTensors(graph, 1);
    const exported = exportOnnx(graph, { tensors, externalData: true });
    const made = new Map<string, number>();
    const answerOf = async (externalData: readonly { path: string; data: Uint8Array }[]) => {
      const session = await ort.InferenceSession.create(modelBytes(exported), {
        executionProviders: ['wasm'],
        externalData: [...externalData],
        extra: { session: { disable_prepacking: '1' } },
      });
      const values = seededInput(sizeOf(graph.input), 2);
      const input = new ort.Tensor('float32', values, [1, ...graph.input]);
      const results = await session.run({ [session.inputNames[0] ?? '']: input });
      await session.release();
      return results[session.outputNames[0] ?? '']?.data;
    };
    const plain = await answerOf(exported.external);
    const later = await answerOf(
      exported.external.map(({ path, data }) => ({
        path,
        data: new TensorOnDemand(data.byteLength, () => {
          made.set(path, (made.get(path) ?? 0) + 1);
          return Uint8Array.from(data);
        }),
      })),
    );
    expect(later).toEqual(plain);
    // Of small ones the optimiser may have a look before.
    const weights = tensorsOf(graph).filter(({ name }) => name.endsWith('.weight'));
    expect(weights.map(({ name }) => made.get(name))).toEqual(weights.map(() => 1));
    expect(made.size).toBe(tensorsOf(graph).length);
  });
});
