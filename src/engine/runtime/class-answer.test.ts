import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classesOf, classNumbersOf } from '../graph/class-list.ts';
import { importOnnx } from '../onnx/import.ts';
import { type MadeNode, madeFile } from '../onnx/onnx-file.testing.ts';
import { readClasses } from './class-answer.ts';

describe('numbers, one a class', () => {
  it('that sum to 1 are probabilities', () => {
    const values = Float32Array.of(0.7, 0.1, 0.2);
    expect(readClasses(values)).toEqual({ kind: 'probabilities', probabilities: values });
  });

  it('are logits else, however large', () => {
    const { kind, probabilities } = readClasses(Float32Array.of(1000, 1000 + Math.log(3), -1000));
    expect(kind).toBe('logits');
    expect(probabilities[0]).toBeCloseTo(0.25, 4);
    expect(probabilities[1]).toBeCloseTo(0.75, 4);
    expect(readClasses(Float32Array.of(-0.5, 1.5)).kind).toBe('logits');
  });

  it('are logarithms of probabilities as well', () => {
    const { probabilities } = readClasses(Float32Array.of(Math.log(0.9), Math.log(0.1)));
    expect(probabilities[0]).toBeCloseTo(0.9, 5);
  });

  it('are what the wiring says that they are, where it says so', () => {
    // Rounded to 8 bits, the shares of many classes are lost; a second softmax would make them all alike.
    const eighths = Float32Array.of(0.5, 0.125, 0.125, 0, 0);
    expect(readClasses(eighths, 'softmax').kind).toBe('rounded');
    expect([...readClasses(eighths, 'softmax').probabilities].map((value) => +value.toFixed(4))).toEqual([
      0.6667, 0.1667, 0.1667, 0, 0,
    ]);
    const each = Float32Array.of(0.9, 0.8, 0.1);
    expect(readClasses(each, 'sigmoid')).toEqual({ kind: 'independent', probabilities: each });
    const [no, yes] = readClasses(Float32Array.of(0.75), 'sigmoid').probabilities;
    expect([no, yes]).toEqual([0.25, 0.75]);
    expect(classesOf([1], 'sigmoid')).toBe(2);
    expect(classesOf([1, 1, 1], 'sigmoid')).toBe(2);
    // A number that no sigmoid made may be of any kind: an age, or a price.
    expect(classesOf([1], 'sums')).toBeNull();
    expect(classesOf([1])).toBeNull();
    // Logits may sum to 1 by chance.
    expect(readClasses(Float32Array.of(1, 0), 'sums').kind).toBe('logits');
    expect(readClasses(Float32Array.of(1, 0), null).kind).toBe('probabilities');
    // A softmax of each number by itself.
    expect(readClasses(Float32Array.of(1, 1, 1), 'softmax').probabilities[0]).toBeCloseTo(1 / 3, 5);
  });

  it('are found through whatever hands them on', () => {
    const numbers = (...tail: readonly MadeNode[]) => {
      const { graph } = importOnnx(
        madeFile({
          nodes: [
            { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
            { type: 'Flatten', inputs: ['c'], outputs: ['f'] },
            ...tail,
          ],
          tensors: [{ name: 'w', shape: [5, 3, 8, 8] }],
          outputs: [{ name: tail.at(-1)?.outputs[0] ?? 'f', shape: [1, 5] }],
        }),
      );
      return classNumbersOf(graph, graph.outputs[0] ?? '');
    };
    const one = (type: string): MadeNode => ({ type, inputs: ['f'], outputs: ['a'] });
    const behind = (type: string): MadeNode => ({ type, inputs: ['a'], outputs: ['b'] });
    expect(numbers()).toBe('sums');
    expect(numbers(one('Softmax'))).toBe('softmax');
    expect(numbers(one('Softmax'), behind('Identity'))).toBe('softmax');
    expect(numbers(one('LogSoftmax'))).toBe('sums');
    expect(numbers(one('Sigmoid'), behind('Flatten'))).toBe('sigmoid');
    expect(numbers(one('Exp'))).toBeNull();
    expect(numbers({ ...one('Wobble'), domain: 'org.example' })).toBeNull();
  });

  it('stand in a list, perhaps with sides of 1; maps have none', () => {
    expect(classesOf([1000])).toBe(1000);
    expect(classesOf([1000, 1, 1])).toBe(1000);
    expect(classesOf([1, 10])).toBe(10);
    expect(classesOf([21, 64, 64])).toBeNull();
    expect(classesOf([1])).toBeNull();
  });

  it('have a name for each of ImageNet’s classes, in both languages', () => {
    const labels = JSON.parse(readFileSync('public/labels/imagenet-1k.json', 'utf8'));
    for (const language of ['en', 'zh']) {
      expect(labels[language]).toHaveLength(1000);
      expect(labels[language].every((name: string) => name.trim() !== '')).toBe(true);
    }
    expect(labels.en[281]).toBe('tabby cat');
  });
});
