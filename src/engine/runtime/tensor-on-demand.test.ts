import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { exportOnnx, modelBytes } from '../onnx/export.ts';
import { sizeOf } from '../ops/window.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { fromHalf, toHalf } from '../weights/half.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { acceptTensorsOnDemand, TensorOnDemand, writeNumbers } from './tensor-on-demand.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

describe('a tensor on demand', () => {
  const { set } = Uint8Array.prototype;
  beforeAll(acceptTensorsOnDemand);
  afterAll(() => {
    Uint8Array.prototype.set = set;
  });

  it('is written where it is set, and nowhere else; a part of it is made', () => {
    let made = 0;
    const bytes = new TensorOnDemand(4, (target) => {
      made += 1;
      for (let index = 0; index < target.length; index += 1) target[index] = index + 1;
    });
    expect([bytes.byteLength, bytes.subarray(0, 4), made]).toEqual([4, bytes, 0]);
    const memory = new Uint8Array(8);
    memory.subarray(1).set(bytes.subarray(), 2);
    expect([...memory]).toEqual([0, 0, 0, 1, 2, 3, 4, 0]);
    expect(made).toBe(1);
    expect([...bytes.subarray(1, 3)]).toEqual([2, 3]);
  });

  it('is refused where it does not fit, and other arrays are set as ever', () => {
    const bytes = new TensorOnDemand(4, (target) => void target.fill(9));
    const memory = new Uint8Array(6);
    expect(() => memory.set(bytes, 3)).toThrow(RangeError);
    expect(() => memory.set(bytes, -1)).toThrow(RangeError);
    memory.set([1, 2], 4);
    memory.set(Uint8Array.of(7));
    expect([...memory]).toEqual([7, 0, 0, 0, 1, 2]);
  });

  it('can be made of numbers, whatever place they come to stand at, and of halves of them', () => {
    const countFrom = (first: number) => {
      let next = first;
      return (into: Float32Array): void => {
        for (let index = 0; index < into.length; index += 1) {
          into[index] = next;
          next += 1;
        }
      };
    };
    const memory = new Uint8Array(4 * 5 + 1);
    for (const at of [0, 1, 4]) {
      writeNumbers(memory.subarray(at, at + 16), countFrom(5));
      expect([...new Float32Array(memory.slice(at, at + 16).buffer)]).toEqual([5, 6, 7, 8]);
    }
    writeNumbers(memory.subarray(1, 9), countFrom(5), { bytes: 2, of: toHalf });
    expect([...fromHalf(new Uint16Array(memory.slice(1, 9).buffer))]).toEqual([5, 6, 7, 8]);
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
        data: new TensorOnDemand(data.byteLength, (target) => {
          made.set(path, (made.get(path) ?? 0) + 1);
          target.set(data);
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
