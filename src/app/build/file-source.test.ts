import { describe, expect, it } from 'vitest';
import { importOnnx } from '../../engine/onnx/import.ts';
import { type MadeModel, madeFile } from '../../engine/onnx/onnx-file.testing.ts';
import { runObstacle } from './file-source.ts';

const DOUBLE = 11;

const obstacleOf = (model: MadeModel) => runObstacle(importOnnx(madeFile(model)));

const convolution = (type: number): MadeModel => ({
  nodes: [{ type: 'Conv', inputs: ['x', 'w'], outputs: ['y'] }],
  tensors: [{ name: 'w', type, shape: [4, 3, 3, 3] }],
  inputs: [{ name: 'x', type, shape: [1, 3, 8, 8] }],
});

const product = (type: number, size: number): MadeModel => ({
  nodes: [{ type: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
  tensors: [{ name: 'w', type, shape: [size, 10] }],
  inputs: [{ name: 'x', type, shape: ['n', size] }],
});

describe('what keeps a file from being run', () => {
  it('is a convolution of doubles, which onnxruntime lacks, and no product of them, which it has', () => {
    expect(obstacleOf(convolution(1))).toBeNull();
    expect(obstacleOf(convolution(DOUBLE))).toBe('float64');
    expect(obstacleOf(product(DOUBLE, 784))).toBeNull();
  });

  it('is an input that is no picture, nor a list of as many numbers as one has', () => {
    expect(obstacleOf(product(1, 3072))).toBeNull();
    expect(obstacleOf(product(1, 100))).toBeNull();
    expect(obstacleOf(product(1, 30))).toBe('no-picture');
  });
});
