import { describe, expect, it } from 'vitest';
import { importOnnx } from '../../engine/onnx/import.ts';
import { type MadeModel, madeFile } from '../../engine/onnx/onnx-file.testing.ts';
import { ownDtypeOf } from './own-dtype.ts';

const HALF = 10;
const INT8 = 3;

const dtypeOf = (model: MadeModel) => ownDtypeOf(importOnnx(madeFile(model)));

const scale = { name: 's', shape: [], floats: [0.5] };
const whole = { name: 'w', type: INT8, shape: [4, 3, 3, 3] };
const unscaled: MadeModel['nodes'][number] = {
  type: 'DequantizeLinear',
  inputs: ['w', 's'],
  outputs: ['v'],
};
const conv: MadeModel['nodes'][number] = { type: 'Conv', inputs: ['x', 'v'], outputs: ['y'] };

describe('the number format that a file computes in', () => {
  it('is float32, and halves where its weights are', () => {
    const weight = { name: 'v', shape: [4, 3, 3, 3] };
    expect(dtypeOf({ nodes: [conv], tensors: [weight] })).toBe('fp32');
    expect(dtypeOf({ nodes: [conv], tensors: [{ ...weight, type: HALF }] })).toBe('fp16');
  });

  it('is whole numbers where the scales of activations are fixed, and not where weights alone are whole', () => {
    expect(dtypeOf({ nodes: [unscaled, conv], tensors: [whole, scale] })).toBe('fp32');
    const activations: MadeModel['nodes'] = [
      { type: 'QuantizeLinear', inputs: ['x', 's'], outputs: ['q'] },
      { type: 'DequantizeLinear', inputs: ['q', 's'], outputs: ['d'] },
      unscaled,
      { ...conv, inputs: ['d', 'v'] },
    ];
    expect(dtypeOf({ nodes: activations, tensors: [whole, scale] })).toBe('int8');
  });

  it('is float32 where the scales are found in each run', () => {
    const nodes: MadeModel['nodes'] = [
      { type: 'DynamicQuantizeLinear', inputs: ['x'], outputs: ['q', 'scale', 'zero'] },
      { type: 'ConvInteger', inputs: ['q', 'w', 'zero'], outputs: ['y'] },
    ];
    expect(dtypeOf({ nodes, tensors: [whole] })).toBe('fp32');
  });
});
