import { existsSync, readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { classActivation, findClassMaps } from '../attribution/class-activation.ts';
import { tellingTensors } from '../attribution/telling-tensors.ts';
import { computeCosts } from '../cost/costs.ts';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { lower } from '../graph/lower.ts';
import { INPUT } from '../graph/types.ts';
import { sizeOf } from '../ops/window.ts';
import { relativeError } from '../runtime/self-check.ts';
import { fillBatch, fromTensorValues } from '../runtime/tensor-values.ts';
import { toHalf } from '../weights/half.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { exportOnnx, modelBytes } from './export.ts';
import { inOwnLayout } from './file-parameters.ts';
import { type ImportedModel, importOnnx } from './import.ts';
import { ImportError } from './import-problem.ts';
import { type MadeModel, type MadeNode, type MadeTensor, madeFile } from './onnx-file.testing.ts';
import { type FilesBeside, readRunnable } from './runnable.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const fileOf = (bytes: Uint8Array): Blob => new Blob([Uint8Array.from(bytes)]);

/** Runs a file in onnxruntime-web with every tensor that the import names as an output; values by node id. */
async function runFile(
  bytes: Uint8Array,
  imported: ImportedModel,
  image: Float32Array,
  beside: FilesBeside = new Map(),
): Promise<ReadonlyMap<string, Float32Array>> {
  const { model, external, outputs } = await readRunnable(fileOf(bytes), beside, imported.tensors.values());
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['wasm'],
    externalData: external.map(({ path, data }) => ({ path, data })),
  });
  try {
    const { name, shape, type } = imported.input;
    const values = fillBatch(image, 1, sizeOf(shape));
    const fed = type === 'float16' ? toHalf(values) : values;
    const results = await session.run({
      [name]: new ort.Tensor(type as 'float32', fed as Float32Array, shape),
    });
    return new Map(
      [...imported.tensors].flatMap(([id, tensor]) => {
        const result = results[outputs.get(tensor) ?? ''];
        return result ? [[id, fromTensorValues(result.type, result.data)] as const] : [];
      }),
    );
  } finally {
    await session.release();
  }
}

const raw = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);
const floats = (name: string, shape: readonly number[], seed: number): MadeTensor => ({
  name,
  shape,
  raw: raw(seededInput(sizeOf(shape), seed)),
});

/** One small network in the forms that operators had in one version. */
function versioned(irVersion: number, opset: number): Uint8Array {
  /** What became an input of the operator in some version, and was an attribute before. */
  const given = (since: number, name: string, values: readonly number[]) =>
    opset >= since ? { inputs: [name], attributes: {} } : { inputs: [], attributes: { [name]: values } };
  const pads = given(11, 'pads', [0, 0, 1, 1, 0, 0, 1, 1]);
  const axes = given(18, 'axes', [2, 3]);
  const squeezed = given(13, 'axes', [2, 3]);
  const tensors: readonly MadeTensor[] = [
    floats('w', [8, 3, 3, 3], 1),
    ...['scale', 'shift', 'mean'].map((name, index) => floats(name, [8], 2 + index)),
    { name: 'variance', shape: [8], raw: raw(Float32Array.from({ length: 8 }, (_, at) => 0.5 + at)) },
    floats('v', [8, 10], 6),
    floats('b', [10], 7),
    ...(opset >= 11
      ? [
          { name: 'pads', type: 7, shape: [8], int64s: [0, 0, 1, 1, 0, 0, 1, 1] },
          { name: 'least', shape: [], raw: raw(Float32Array.of(0)) },
          { name: 'most', shape: [], raw: raw(Float32Array.of(6)) },
        ]
      : []),
    ...(opset >= 13 ? [{ name: 'axes', type: 7, shape: [2], int64s: [2, 3] }] : []),
  ];
  return madeFile({
    irVersion,
    opset,
    nodes: [
      { type: 'Pad', inputs: ['x', ...pads.inputs], outputs: ['p'], attributes: pads.attributes },
      { type: 'Conv', inputs: ['p', 'w'], outputs: ['c'] },
      {
        type: 'BatchNormalization',
        inputs: ['c', 'scale', 'shift', 'mean', 'variance'],
        outputs: ['n'],
      },
      opset >= 11
        ? { type: 'Clip', inputs: ['n', 'least', 'most'], outputs: ['r'] }
        : {
            type: 'Clip',
            inputs: ['n'],
            outputs: ['r'],
            attributes: { min: { float: 0 }, max: { float: 6 } },
          },
      { type: 'ReduceMean', inputs: ['r', ...axes.inputs], outputs: ['m'], attributes: axes.attributes },
      {
        type: 'Squeeze',
        inputs: ['m', ...squeezed.inputs],
        outputs: ['f'],
        attributes: squeezed.attributes,
      },
      { type: 'Gemm', inputs: ['f', 'v', 'b'], outputs: ['g'] },
      { type: 'Softmax', inputs: ['g'], outputs: ['y'], attributes: { axis: 1 } },
    ],
    tensors,
    // Before the fourth version of the format weights were inputs with a value of their own.
    inputs: [
      { name: 'x', shape: [1, 3, 8, 8] },
      ...(irVersion < 4 ? tensors.map(({ name = '', shape, type = 1 }) => ({ name, shape, type })) : []),
    ],
  });
}

describe('a file made ready to be run', () => {
  it.each(['lenet5', 'resnet20-cifar10', 'squeezenet-1.1'])(
    'gives every node of %s as the reference computes it, and holds no large tensor',
    async (id) => {
      const architecture = architectures.get(id);
      if (!architecture) throw new Error(`no ${id}`);
      // SqueezeNet at its own size would take the reference a second.
      const graph = lower(architecture, id.startsWith('squeeze') ? [3, 63, 63] : architecture.input);
      const tensors = seededTensors(graph, 7);
      const bytes = modelBytes(exportOnnx(graph, { tensors }));
      const imported = importOnnx(bytes);
      const image = seededInput(sizeOf(graph.input), 3);
      const expected = evaluateGraph(graph, tensors, image);

      const { model, external } = await readRunnable(fileOf(bytes), new Map(), []);
      expect(model.length + external.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThan(
        1.1 * bytes.length,
      );
      expect(external.length).toBeGreaterThan(0);
      expect(external.every(({ data }) => data.length >= 1024)).toBe(true);

      const values = await runFile(bytes, imported, image);
      expect(values.size).toBe(graph.nodes.length);
      for (const [id, tensor] of imported.tensors) {
        const own = Float32Array.from(expected.get(tensor) ?? []);
        expect(relativeError(own, values.get(id) ?? new Float32Array(0)), id).toBeLessThan(1e-4);
      }
    },
  );

  it('takes its weights from files beside it, given by their names alone', async () => {
    const weight = seededInput(16 * 27, 1);
    const bias = seededInput(16, 2);
    const data = new Uint8Array(8 + weight.byteLength + bias.byteLength);
    data.set(raw(weight), 8);
    data.set(raw(bias), 8 + weight.byteLength);
    const place = (name: string, shape: readonly number[], offset: number): MadeTensor => ({
      name,
      shape,
      external: { location: './parts/w.bin', offset: String(offset) },
    });
    const node = { type: 'Conv', inputs: ['x', 'w', 'b'], outputs: ['y'] };
    const outside = madeFile({
      nodes: [node],
      tensors: [place('w', [16, 3, 3, 3], 8), place('b', [16], 8 + weight.byteLength)],
    });
    const inside = madeFile({
      nodes: [node],
      tensors: [
        { name: 'w', shape: [16, 3, 3, 3], raw: raw(weight) },
        { name: 'b', shape: [16], raw: raw(bias) },
      ],
    });
    const image = seededInput(3 * 64, 4);
    const beside = new Map([['w.bin', fileOf(data)]]);
    const given = await runFile(outside, importOnnx(outside), image, beside);
    const own = await runFile(inside, importOnnx(inside), image);
    expect(given.size).toBe(1);
    expect([...given]).toEqual([...own]);
    await expect(readRunnable(fileOf(outside), new Map(), [])).rejects.toMatchObject({
      problem: { code: 'external-missing', files: ['./parts/w.bin'] },
    });
    await expect(
      readRunnable(fileOf(outside), new Map([['w.bin', fileOf(data.subarray(0, 1700))]]), []),
    ).rejects.toBeInstanceOf(ImportError);
  });

  it('returns whole numbers as what they stand for', async () => {
    const scales: readonly MadeTensor[] = [
      { name: 'sx', shape: [], raw: raw(Float32Array.of(0.02)) },
      { name: 'sw', shape: [], raw: raw(Float32Array.of(0.01)) },
      { name: 'sy', shape: [], raw: raw(Float32Array.of(0.05)) },
      { name: 'zx', shape: [], type: 2, raw: Uint8Array.of(128) },
      { name: 'zw', shape: [], type: 3, raw: Uint8Array.of(0) },
      { name: 'zy', shape: [], type: 2, raw: Uint8Array.of(100) },
    ];
    const codes = Int8Array.from({ length: 4 * 27 }, (_, index) => ((index * 37) % 201) - 100);
    const bytes = madeFile({
      nodes: [
        { type: 'QuantizeLinear', inputs: ['x', 'sx', 'zx'], outputs: ['q'] },
        { type: 'QLinearConv', inputs: ['q', 'sx', 'zx', 'w', 'sw', 'zw', 'sy', 'zy'], outputs: ['c'] },
        { type: 'MaxPool', inputs: ['c'], outputs: ['p'], attributes: { kernel_shape: [2, 2] } },
        { type: 'DequantizeLinear', inputs: ['p', 'sy', 'zy'], outputs: ['y'] },
      ],
      tensors: [...scales, { name: 'w', type: 3, shape: [4, 3, 3, 3], raw: new Uint8Array(codes.buffer) }],
    });
    const plain = madeFile({
      nodes: [
        { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
        { type: 'MaxPool', inputs: ['c'], outputs: ['y'], attributes: { kernel_shape: [2, 2] } },
      ],
      tensors: [
        {
          name: 'w',
          shape: [4, 3, 3, 3],
          raw: raw(Float32Array.from(codes, (code) => 0.01 * code)),
        },
      ],
    });
    const image = seededInput(3 * 64, 4);
    const quantised = importOnnx(bytes);
    const exact = importOnnx(plain);
    const close = await runFile(bytes, quantised, image);
    const right = [...(await runFile(plain, exact, image)).values()];
    expect(quantised.graph.nodes.map(({ op }) => op)).toEqual(['Conv', 'MaxPool']);
    expect(close.size).toBe(2);
    for (const [index, values] of [...close.values()].entries()) {
      const wanted = right[index] ?? new Float32Array(0);
      const clamped = wanted.map((value) => Math.max(-5, Math.min(0.05 * 155, value)));
      // Half a step of the result, and what rounding the input to steps of 0.02 adds.
      expect(Math.max(...values.map((value, at) => Math.abs(value - (clamped[at] ?? 0))))).toBeLessThan(0.2);
      expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(1);
    }
  });

  it('runs quantise–dequantise pairs as they are written', async () => {
    const codes = Int8Array.from({ length: 20 * 27 }, (_, index) => ((index * 37) % 201) - 100);
    const bytes = madeFile({
      nodes: [
        { type: 'QuantizeLinear', inputs: ['x', 'sx', 'zx'], outputs: ['q'] },
        { type: 'DequantizeLinear', inputs: ['q', 'sx', 'zx'], outputs: ['dq'] },
        { type: 'DequantizeLinear', inputs: ['w', 'sw', 'zw'], outputs: ['dw'] },
        { type: 'Conv', inputs: ['dq', 'dw'], outputs: ['c'] },
        { type: 'Relu', inputs: ['c'], outputs: ['y'] },
      ],
      tensors: [
        { name: 'sx', shape: [], raw: raw(Float32Array.of(0.02)) },
        { name: 'sw', shape: [], raw: raw(Float32Array.of(0.01)) },
        { name: 'zx', shape: [], type: 2, raw: Uint8Array.of(128) },
        { name: 'zw', shape: [], type: 3, raw: Uint8Array.of(0) },
        { name: 'w', type: 3, shape: [20, 3, 3, 3], raw: new Uint8Array(codes.buffer) },
      ],
      opset: 13,
    });
    const imported = importOnnx(bytes);
    expect(imported.graph.nodes.map(({ op }) => op)).toEqual(['Conv', 'Relu']);
    // Values that the codes hold exactly.
    const image = Float32Array.from({ length: 3 * 64 }, (_, index) => 0.02 * (((index * 29) % 255) - 127));
    const values = [...(await runFile(bytes, imported, image)).values()];
    const plain = madeFile({
      nodes: [
        { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
        { type: 'Relu', inputs: ['c'], outputs: ['y'] },
      ],
      tensors: [
        { name: 'w', shape: [20, 3, 3, 3], raw: raw(Float32Array.from(codes, (code) => 0.01 * code)) },
      ],
    });
    const right = [...(await runFile(plain, importOnnx(plain), image)).values()];
    for (const [index, expected] of right.entries()) {
      expect(relativeError(expected, values[index] ?? new Float32Array(0))).toBeLessThan(1e-4);
    }
    expect(right).toHaveLength(2);
  });

  it('runs what is quantised while it runs, as the layers that it computes', async () => {
    // As onnxruntime's `quantize_dynamic` writes convolutions and fully connected layers.
    const seeded = (count: number, seed: number) =>
      Uint8Array.from(seededInput(count, seed), (value) => Math.round(128 + 40 * value) & 255);
    const kernel = seeded(20 * 27, 1);
    const matrix = seeded(20 * 10, 2);
    const scale = 0.01;
    const plainly = (codes: Uint8Array): Uint8Array =>
      raw(Float32Array.from(codes, (code) => scale * (code - 128)));
    const scaled = (name: string, from: string): MadeModel['nodes'] => [
      { type: 'Cast', inputs: [`${name}-sum`], outputs: [`${name}-cast`], attributes: { to: 1 } },
      { type: 'Mul', inputs: [`${from}-scale`, 'scale'], outputs: [`${name}-scales`] },
      { type: 'Mul', inputs: [`${name}-cast`, `${name}-scales`], outputs: [`${name}-product`] },
      { type: 'Add', inputs: [`${name}-product`, `${name}-bias`], outputs: [name] },
    ];
    const turned = (name: string): MadeModel['nodes'][number] => ({
      type: 'DynamicQuantizeLinear',
      inputs: [name],
      outputs: [`${name}-codes`, `${name}-scale`, `${name}-zero`],
    });
    const dynamic = madeFile({
      nodes: [
        turned('x'),
        { type: 'ConvInteger', inputs: ['x-codes', 'kernel', 'x-zero', 'zero'], outputs: ['c-sum'] },
        ...scaled('c', 'x'),
        { type: 'Relu', inputs: ['c'], outputs: ['r'] },
        { type: 'GlobalAveragePool', inputs: ['r'], outputs: ['p'] },
        { type: 'Flatten', inputs: ['p'], outputs: ['f'] },
        turned('f'),
        { type: 'MatMulInteger', inputs: ['f-codes', 'matrix', 'f-zero', 'zero'], outputs: ['y-sum'] },
        ...scaled('y', 'f'),
      ],
      tensors: [
        { name: 'kernel', type: 2, shape: [20, 3, 3, 3], raw: kernel },
        { name: 'matrix', type: 2, shape: [20, 10], raw: matrix },
        { name: 'zero', type: 2, shape: [], raw: Uint8Array.of(128) },
        { name: 'scale', shape: [], raw: raw(Float32Array.of(scale)) },
        floats('c-bias', [1, 20, 1, 1], 3),
        floats('y-bias', [10], 4),
      ],
      opset: 13,
    });
    const plain = madeFile({
      nodes: [
        { type: 'Conv', inputs: ['x', 'kernel', 'c-bias'], outputs: ['c'] },
        { type: 'Relu', inputs: ['c'], outputs: ['r'] },
        { type: 'GlobalAveragePool', inputs: ['r'], outputs: ['p'] },
        { type: 'Flatten', inputs: ['p'], outputs: ['f'] },
        { type: 'Gemm', inputs: ['f', 'matrix', 'y-bias'], outputs: ['y'] },
      ],
      tensors: [
        { name: 'kernel', shape: [20, 3, 3, 3], raw: plainly(kernel) },
        { name: 'matrix', shape: [20, 10], raw: plainly(matrix) },
        floats('c-bias', [20], 3),
        floats('y-bias', [10], 4),
      ],
    });
    const own = importOnnx(dynamic);
    const right = importOnnx(plain);
    expect(own.graph.nodes.map(({ op }) => op)).toEqual(right.graph.nodes.map(({ op }) => op));
    expect(own.uncounted).toEqual([]);
    const { total } = computeCosts(own.graph);
    expect(total).toMatchObject({
      macs: computeCosts(right.graph).total.macs,
      parameters: computeCosts(right.graph).total.parameters,
    });
    const image = seededInput(3 * 64, 5);
    const values = [...(await runFile(dynamic, own, image)).values()];
    const expected = [...(await runFile(plain, right, image)).values()];
    expect(values).toHaveLength(expected.length);
    for (const [index, one] of expected.entries()) {
      // Eight bits of what each layer reads.
      expect(relativeError(one, values[index] ?? new Float32Array(0))).toBeLessThan(0.02);
    }
  });

  // The oldest version of the file format with which each operator set came out (onnx, docs/Versioning.md).
  it.each([
    [3, 7],
    [3, 8],
    [4, 9],
    [5, 10],
    [6, 11],
    [7, 12],
    [7, 13],
    [7, 14],
    [8, 15],
    [8, 16],
    [8, 17],
    [8, 18],
    [9, 19],
    [9, 20],
    [10, 21],
  ])('is the same network in version %i of the format with operator set %i', async (irVersion, opset) => {
    const bytes = versioned(irVersion, opset);
    const newest = versioned(8, 17);
    const imported = importOnnx(bytes);
    const expected = importOnnx(newest);
    expect(imported).toMatchObject({ irVersion, opset, otherInputs: [], uncounted: [] });
    expect(imported.graph.nodes.map(({ op }) => op)).toEqual(expected.graph.nodes.map(({ op }) => op));
    expect(computeCosts(imported.graph).total).toEqual(computeCosts(expected.graph).total);
    expect(computeCosts(imported.graph).total.macs).toBeGreaterThan(8 * 27 * 64);
    const image = seededInput(3 * 64, 8);
    const values = [...(await runFile(bytes, imported, image)).values()];
    const right = [...(await runFile(newest, expected, image)).values()];
    for (const [index, one] of right.entries()) {
      expect(relativeError(one, values[index] ?? new Float32Array(0))).toBeLessThan(1e-5);
    }
    expect(right.at(-1)).toHaveLength(10);
  });

  it('runs in half precision, and in batches that the file fixes', async () => {
    const weight = seededInput(20 * 27, 1);
    const node = { type: 'Conv', inputs: ['x', 'w'], outputs: ['y'] };
    const half = madeFile({
      nodes: [node],
      tensors: [{ name: 'w', type: 10, shape: [20, 3, 3, 3], raw: new Uint8Array(toHalf(weight).buffer) }],
      inputs: [{ name: 'x', shape: [1, 3, 8, 8], type: 10 }],
      outputs: [{ name: 'y', type: 10, shape: [1, 20, 6, 6] }],
    });
    const batch = madeFile({
      nodes: [node],
      tensors: [{ name: 'w', shape: [20, 3, 3, 3], raw: raw(weight) }],
      inputs: [{ name: 'x', shape: [3, 3, 8, 8] }],
    });
    const image = seededInput(3 * 64, 4);
    const halves = await runFile(half, importOnnx(half), image);
    const many = await runFile(batch, importOnnx(batch), image);
    const one = [...many.values()][0] ?? new Float32Array(0);
    expect(one.length).toBe(3 * 20 * 36);
    expect(one.subarray(0, 720)).toEqual(one.subarray(720, 1440));
    const [exact] = [...halves.values()];
    expect(relativeError(one.slice(0, 720), exact ?? one)).toBeLessThan(3e-3);
  });

  it('leaves out what no node makes', async () => {
    const bytes = madeFile({
      nodes: [{ type: 'Relu', inputs: ['x'], outputs: ['y'] }],
      tensors: [floats('unused', [300], 1)],
    });
    const { outputs } = await readRunnable(fileOf(bytes), new Map(), ['y', 'x', 'unused', 'nowhere']);
    expect([...outputs]).toEqual([['y', 'y']]);
  });

  describe('tells the weights behind an answer', () => {
    const codes = (length: number, step: number): Int8Array =>
      Int8Array.from({ length }, (_, index) => ((index * step) % 201) - 100);
    const int8 = (name: string, shape: readonly number[], step: number): MadeTensor => ({
      ...{ name, shape, type: 3 },
      raw: new Uint8Array(codes(sizeOf(shape), step).buffer),
    });
    const one = (name: string, value: number): MadeTensor => ({
      name,
      shape: [],
      raw: raw(Float32Array.of(value)),
    });
    const byte = (name: string, value: number): MadeTensor => ({
      ...{ name, shape: [], type: 2 },
      raw: Uint8Array.of(value),
    });
    const start: readonly MadeNode[] = [
      { type: 'Conv', inputs: ['x', 'k'], outputs: ['c'] },
      { type: 'Relu', inputs: ['c'], outputs: ['r'] },
      { type: 'GlobalAveragePool', inputs: ['r'], outputs: ['g'] },
      { type: 'Flatten', inputs: ['g'], outputs: ['f'] },
    ];
    const kernel = floats('k', [6, 3, 3, 3], 1);
    const whole: readonly MadeTensor[] = [
      ...[kernel, one('sx', 0.01), byte('zx', 128), one('sy', 0.01), byte('zy', 128)],
      // A scale for each feature.
      { name: 'sw', shape: [4], raw: raw(Float32Array.of(0.004, 0.006, 0.002, 0.004)) },
      { ...{ name: 'zw', shape: [4], type: 3 }, raw: new Uint8Array(4) },
      { ...{ name: 'b', shape: [4], type: 6 }, raw: new Uint8Array(Int32Array.of(900, -800, 70, 6).buffer) },
    ];
    const around = (node: MadeNode): readonly MadeNode[] => [
      ...start,
      { type: 'QuantizeLinear', inputs: ['f', 'sx', 'zx'], outputs: ['q'] },
      node,
      { type: 'DequantizeLinear', inputs: ['o', 'sy', 'zy'], outputs: ['y'] },
    ];
    const cases: readonly (readonly [string, MadeModel, number])[] = [
      [
        'of a product with a row for each class',
        {
          nodes: [
            ...start,
            { type: 'Gemm', inputs: ['f', 'w', 'b'], outputs: ['y'], attributes: { transB: 1 } },
          ],
          tensors: [kernel, floats('w', [4, 6], 2), floats('b', [4], 3)],
        },
        1e-5,
      ],
      [
        'of a product with a column for each class, and of a bias added behind it',
        {
          nodes: [
            ...start,
            { type: 'MatMul', inputs: ['f', 'w'], outputs: ['m'] },
            { type: 'Add', inputs: ['b', 'm'], outputs: ['y'] },
          ],
          tensors: [kernel, floats('w', [6, 4], 2), floats('b', [4], 3)],
        },
        1e-5,
      ],
      [
        'of a convolution over the means',
        {
          nodes: [
            ...start.slice(0, 3),
            { type: 'Conv', inputs: ['g', 'w', 'b'], outputs: ['m'] },
            { type: 'Flatten', inputs: ['m'], outputs: ['y'] },
          ],
          tensors: [kernel, floats('w', [4, 6, 1, 1], 2), floats('b', [4], 3)],
        },
        1e-5,
      ],
      [
        'of whole numbers that are made plain before they are read',
        {
          nodes: [
            ...start,
            { type: 'DequantizeLinear', inputs: ['w', 'sw', 'zw'], outputs: ['d'], attributes: { axis: 0 } },
            { type: 'Gemm', inputs: ['f', 'd'], outputs: ['y'], attributes: { transB: 1 } },
          ],
          tensors: [...whole.slice(0, 7), int8('w', [4, 6], 37)],
          opset: 13,
        },
        1e-5,
      ],
      [
        'of a product of whole numbers',
        {
          nodes: around({
            ...{ type: 'QGemm', domain: 'com.microsoft', outputs: ['o'], attributes: { transB: 1 } },
            inputs: ['q', 'sx', 'zx', 'w', 'sw', 'zw', 'b', 'sy', 'zy'],
          }),
          tensors: [...whole, int8('w', [4, 6], 37)],
          opset: 13,
        },
        // Half a step of the means in each of six products, and of the result.
        0.05,
      ],
      [
        'of a product of whole numbers with a column for each class',
        {
          nodes: around({
            ...{ type: 'QLinearMatMul', outputs: ['o'] },
            inputs: ['q', 'sx', 'zx', 'w', 'sw', 'zw', 'sy', 'zy'],
          }),
          tensors: [...whole, int8('w', [6, 4], 37)],
          opset: 13,
        },
        0.05,
      ],
    ];

    it.each(cases)('%s', async (_, made, tolerance) => {
      const bytes = madeFile(made);
      const imported = importOnnx(bytes);
      const { graph } = imported;
      const found = findClassMaps(graph);
      if (!found) throw new Error('no class maps');
      const wanted = tellingTensors(graph);
      expect(wanted.length).toBe(found.tensors.length + 1);
      const parameters = new Map(
        wanted.map((name) => {
          const parameter = imported.parameters.get(name);
          if (!parameter) throw new Error(`no ${name}`);
          return [name, parameter] as const;
        }),
      );
      const read = await readRunnable(fileOf(bytes), new Map(), imported.tensors.values(), { parameters });
      const session = await ort.InferenceSession.create(read.model, {
        executionProviders: ['wasm'],
        externalData: read.external.map(({ path, data }) => ({ path, data })),
      });
      const image = seededInput(3 * 64, 4);
      const results = await session.run({ x: new ort.Tensor('float32', image, [1, 3, 8, 8]) });
      await session.release();
      const valuesOf = (output: string | undefined): Float32Array =>
        (results[output ?? '']?.data as Float32Array | undefined) ?? new Float32Array(0);
      const tensors = new Map(
        [...parameters].map(([name, parameter]) => [
          name,
          inOwnLayout(parameter, valuesOf(read.parameters.get(name)), 4),
        ]),
      );
      const node = (id: string) => valuesOf(read.outputs.get(imported.tensors.get(id) ?? ''));
      for (let index = 0; index < 4; index += 1) {
        const { map, bias } = classActivation(found, node(found.maps), tensors, index);
        const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
        expect(Math.abs(mean + bias - (node(found.logits)[index] ?? Number.NaN))).toBeLessThan(tolerance);
      }
      expect(Math.max(...node(found.logits).map(Math.abs))).toBeGreaterThan(0.02);
      const filters = tensors.get(wanted.at(-1) ?? '') ?? new Float32Array(0);
      expect(new Uint8Array(filters.buffer, filters.byteOffset, filters.byteLength)).toEqual(kernel.raw);
    });

    it('but not of what is scaled on the way, or found in a run alone', () => {
      const scaled = madeFile({
        nodes: [
          ...start,
          { type: 'Gemm', inputs: ['f', 'w'], outputs: ['y'], attributes: { alpha: { float: 0.5 } } },
        ],
        tensors: [kernel, floats('w', [6, 4], 2)],
      });
      const { parameters, graph } = importOnnx(scaled);
      expect(tellingTensors(graph).filter((name) => parameters.has(name))).toEqual(
        tellingTensors(graph).slice(1),
      );
    });
  });

  it('gives its nodes names of which each says what it is a part of', async () => {
    const bytes = madeFile({
      nodes: [
        { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'], name: 'same' },
        { type: 'DequantizeLinear', inputs: ['q', 's'], outputs: ['d'] },
        { type: 'Add', inputs: ['c', 'd'], outputs: ['a'], name: 'same' },
        { type: 'Relu', inputs: ['a'], outputs: ['y'] },
        { type: 'Sigmoid', inputs: ['c'], outputs: ['unread'] },
      ],
      tensors: [
        floats('w', [4, 3, 3, 3], 1),
        { name: 'q', type: 3, shape: [4, 1, 1], raw: Uint8Array.of(1, 2, 3, 4) },
        { name: 's', shape: [], raw: raw(Float32Array.of(1)) },
      ],
      opset: 13,
    });
    const { nodes, model } = await readRunnable(fileOf(bytes), new Map(), ['a', 'y'], { isNamed: true });
    expect([...nodes].sort()).toEqual([
      ['node-0', 'a'],
      ['node-1', 'a'],
      ['node-2', 'a'],
      ['node-3', 'y'],
    ]);
    const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
    expect(session.outputNames).toEqual(['y', 'a']);
    await session.release();
  });

  const squeezenet = new URL('../../../../shared/models/squeezenet1.1-fp32.onnx', import.meta.url);
  it.skipIf(!existsSync(squeezenet))(
    'of another program’s making has an output for every node of its graph',
    async () => {
      const bytes = readFileSync(squeezenet);
      const imported = importOnnx(bytes);
      const values = await runFile(bytes, imported, seededInput(3 * 224 * 224, 5));
      for (const node of imported.graph.nodes) {
        expect(values.get(node.id)?.length, node.id).toBe(sizeOf(node.shape));
      }
      expect(imported.input.name).not.toBe(INPUT);
    },
  );
});
