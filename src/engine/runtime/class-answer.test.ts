import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classesOf, readClasses } from './class-answer.ts';

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
