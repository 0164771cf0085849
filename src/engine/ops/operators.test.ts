import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../graph/problem.ts';
import { type ArbitraryCall, arbitraryCalls, type RuledOpName } from '../spec/arbitrary.testing.ts';
import type { Shape } from '../spec/types.ts';
import { uniformGenerator } from '../weights/seeded.ts';
import { operatorOf, operators } from './index.ts';
import type { Cell, Context } from './types.ts';
import { asImage, offsetOf, sizeOf } from './window.ts';

/** All but the one that stands for operators without rules. */
const names = Object.keys(operators).filter((name): name is RuledOpName => name !== 'Opaque');

interface Run {
  readonly context: Context;
  readonly inputs: readonly Float64Array[];
  readonly tensors: Record<string, Float64Array>;
  readonly output: Float64Array;
}

/** Runs a call on random values; variances are positive, as they are. */
function runCall({ op, attributes, inputs: shapes }: ArbitraryCall, seed: number): Run {
  const operator = operatorOf(op);
  const context = { attributes, inputs: shapes, output: operator.inferShape(attributes, shapes) };
  const next = uniformGenerator(seed);
  const random = (size: number, least = -1) => Float64Array.from({ length: size }, () => least + 2 * next());
  const inputs = shapes.map((shape) => random(sizeOf(shape)));
  const tensors = Object.fromEntries(
    operator
      .tensors(context)
      .map(({ name, shape }) => [name, random(sizeOf(shape), name === 'variance' ? 0.1 : -1)]),
  );
  const output = new Float64Array(sizeOf(context.output)).fill(Number.NaN);
  operator.evaluate(context, inputs, tensors, output);
  return { context, inputs, tensors, output };
}

function cellOf(shape: Shape, offset: number): Cell {
  const [, height, width] = asImage(shape);
  const area = height * width;
  return [Math.floor(offset / area), Math.floor((offset % area) / width), offset % width];
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe.each(names)('%s', (op) => {
  const operator = operatorOf(op);

  it('fills every value of the shape it infers', () => {
    fc.assert(
      fc.property(arbitraryCalls[op], seeds, (call, seed) => {
        const { context, output } = runCall(call, seed);
        expect(context.output.every((extent) => Number.isInteger(extent) && extent > 0)).toBe(true);
        expect(output.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('shows for any cell the arithmetic that made it', () => {
    fc.assert(
      fc.property(arbitraryCalls[op], seeds, fc.nat(), (call, seed, place) => {
        const { context, inputs, tensors, output } = runCall(call, seed);
        const cell = cellOf(context.output, place % output.length);
        const { terms, result, ...rest } = operator.arithmetic(context, inputs, tensors, cell);
        expect(result).toBeCloseTo(output[place % output.length] ?? Number.NaN, 10);
        for (const term of terms) {
          const shape = context.inputs[term.input] ?? [];
          const [, height, width] = asImage(shape);
          const [, row, column] = term.cell;
          expect(term.padding).toBe(row < 0 || row >= height || column < 0 || column >= width);
          const value = term.padding ? 0 : inputs[term.input]?.[offsetOf(shape, term.cell)];
          expect(term.value).toBe(value);
        }
        if (rest.kind === 'weighted-sum') {
          const sum = terms.reduce((total, term) => total + term.value * (term.weight ?? Number.NaN), 0);
          expect(sum + (rest.bias ?? 0)).toBeCloseTo(result, 10);
        }
      }),
    );
  });

  it('reads those input cells, and no other, on which an output cell depends', () => {
    fc.assert(
      fc.property(arbitraryCalls[op], seeds, fc.nat(), fc.nat(), (call, seed, place, changed) => {
        const { context, inputs, tensors, output } = runCall(call, seed);
        const from = changed % inputs.length;
        const input = inputs[from] ?? new Float64Array(1);
        const offset = Math.floor(changed / inputs.length) % input.length;
        const cell = cellOf(context.output, place % output.length);
        const [channel, row, column] = cellOf(context.inputs[from] ?? [], offset);
        const isRead = operator
          .reads(context, cell)
          .some(
            (reads) =>
              reads.input === from &&
              reads.channels.includes(channel) &&
              reads.rows.includes(row) &&
              reads.columns.includes(column),
          );
        // Large enough to win any maximum.
        input[offset] = (input[offset] ?? 0) + 5;
        const after = new Float64Array(output.length);
        // A softmax over one channel is 1, whatever it reads.
        fc.pre(op !== 'Softmax' || (context.output[0] ?? 0) > 1);
        operator.evaluate(context, inputs, tensors, after);
        const own = place % output.length;
        expect(Math.abs((after[own] ?? 0) - (output[own] ?? 0)) > 1e-12).toBe(isRead);
      }),
      { numRuns: 300 },
    );
  });

  it('has no negative or broken count of operations', () => {
    fc.assert(
      fc.property(arbitraryCalls[op], (call) => {
        const output = operator.inferShape(call.attributes, call.inputs);
        const operations = operator.operations({ ...call, output });
        for (const count of Object.values(operations)) {
          expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
        }
      }),
    );
  });
});

describe('multiply–accumulates', () => {
  it.each(['Conv', 'Gemm'] as const)('of %s are the weighted terms of all its cells', (op) => {
    fc.assert(
      fc.property(arbitraryCalls[op], seeds, (call, seed) => {
        const { context, inputs, tensors, output } = runCall(call, seed);
        const operator = operatorOf(op);
        let terms = 0;
        for (let offset = 0; offset < output.length; offset += 1) {
          terms += operator.arithmetic(context, inputs, tensors, cellOf(context.output, offset)).terms.length;
        }
        expect(operator.operations(context).multiplyAccumulate).toBe(terms);
      }),
      { numRuns: 40 },
    );
  });
});

describe('shape rules refuse', () => {
  const { Conv, MaxPool, AveragePool, Gemm, Add, Concat, LRN, Pad } = operators;
  const window = { kernel: [3, 3], stride: [2, 2], padding: [0, 0, 0, 0] } as const;
  const convolution = { ...window, channels: 4, dilation: [1, 1], groups: 1, bias: true } as const;
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof ShapeError) return error.problem.code;
      throw error;
    }
    return 'fits';
  };

  it('a window that does not fit, and say along which axis', () => {
    expect(code(() => MaxPool.inferShape({ ...window, rounding: 'floor' }, [[2, 3, 2]]))).toBe(
      'window-does-not-fit',
    );
    expect(() => Conv.inferShape({ ...convolution, dilation: [2, 2] }, [[1, 5, 4]])).toThrow(
      'a window of 5 does not fit in 4',
    );
  });

  it('extents that are no positive whole numbers', () => {
    for (const stride of [0, -1, 1.5, Number.NaN]) {
      expect(code(() => Conv.inferShape({ ...convolution, stride: [stride, 1] }, [[1, 9, 9]]))).toBe(
        'attribute',
      );
    }
    expect(code(() => Conv.inferShape({ ...convolution, channels: 0 }, [[1, 9, 9]]))).toBe('attribute');
    expect(code(() => LRN.inferShape({ size: 0, alpha: 1, beta: 1, bias: 1 }, [[1, 9, 9]]))).toBe(
      'attribute',
    );
    expect(
      code(() => Pad.inferShape({ padding: [0, -1, 0, 0], channels: [0, 0], value: 0 }, [[1, 9, 9]])),
    ).toBe('attribute');
  });

  it('pooling whose padding reaches the kernel, for a window could lie in padding alone', () => {
    const padding = [0, 3, 0, 0] as const;
    expect(code(() => MaxPool.inferShape({ ...window, padding, rounding: 'floor' }, [[1, 9, 9]]))).toBe(
      'attribute',
    );
    expect(
      code(() =>
        AveragePool.inferShape({ ...window, padding, rounding: 'floor', countPadding: false }, [[1, 9, 9]]),
      ),
    ).toBe('attribute');
  });

  it('groups and connection tables that do not match the channels', () => {
    expect(code(() => Conv.inferShape({ ...convolution, groups: 3 }, [[3, 9, 9]]))).toBe(
      'groups-do-not-divide',
    );
    expect(code(() => Conv.inferShape({ ...convolution, groups: 4 }, [[3, 9, 9]]))).toBe(
      'groups-do-not-divide',
    );
    for (const connections of [
      [[0], [1]],
      [[0], [1], [2], [3]],
      [[0], [1], [], [0]],
      [[0], [1], [0, 0], [1]],
    ]) {
      expect(code(() => Conv.inferShape({ ...convolution, connections }, [[2, 9, 9]]))).toBe('connections');
    }
  });

  it('an image where features are wanted, and the reverse', () => {
    expect(code(() => Gemm.inferShape({ features: 3, bias: true }, [[2, 3, 3]]))).toBe('rank');
    expect(code(() => Conv.inferShape(convolution, [[18]]))).toBe('rank');
    expect(code(() => LRN.inferShape({ size: 5, alpha: 1, beta: 1, bias: 1 }, [[18]]))).toBe('rank');
  });

  it('merges of shapes that differ', () => {
    expect(
      code(() =>
        Add.inferShape({}, [
          [2, 3, 3],
          [3, 3, 3],
        ]),
      ),
    ).toBe('shapes-differ');
    expect(
      code(() =>
        Concat.inferShape({}, [
          [2, 3, 3],
          [2, 3, 4],
        ]),
      ),
    ).toBe('shapes-differ');
    expect(
      Concat.inferShape({}, [
        [2, 3, 3],
        [5, 3, 3],
      ]),
    ).toEqual([7, 3, 3]);
  });
});
