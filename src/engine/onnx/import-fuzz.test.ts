import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../cost/costs.ts';
import { peakMemory } from '../cost/memory.ts';
import { lower } from '../graph/lower.ts';
import { receptiveFields } from '../graph/receptive-field.ts';
import type { Architecture } from '../spec/types.ts';
import { uniformGenerator } from '../weights/seeded.ts';
import { exportOnnx, modelBytes } from './export.ts';
import { importOnnx } from './import.ts';
import { ImportError } from './import-problem.ts';
import { graphProto, madeFile } from './onnx-file.testing.ts';

/** Milliseconds of processor time within which any file is taken or refused. */
const TIME_BOUND = 2000;

/** Processor time so far, in milliseconds: the clock on the wall also counts what else the machine does. */
const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const ours = (id: string): Uint8Array =>
  modelBytes(exportOnnx(lower(architectures.get(id) as Architecture), { externalData: true }));

/** Operators beyond those that the catalogue has: sizes worked out, whole numbers, inner graphs. */
const other = madeFile({
  nodes: [
    { type: 'QuantizeLinear', inputs: ['x', 's', 'z'], outputs: ['q'] },
    {
      type: 'QLinearConv',
      inputs: ['q', 's', 'z', 'w', 's', 'z', 's', 'z'],
      outputs: ['c'],
      attributes: { auto_pad: 'SAME_UPPER' },
    },
    { type: 'DequantizeLinear', inputs: ['c', 's', 'z'], outputs: ['d'] },
    { type: 'Clip', inputs: ['d', 's'], outputs: ['e'] },
    { type: 'Shape', inputs: ['e'], outputs: ['shape'] },
    { type: 'Slice', inputs: ['shape', 'one', 'two'], outputs: ['channels'] },
    { type: 'Concat', inputs: ['one', 'channels', 'rest'], outputs: ['wanted'], attributes: { axis: 0 } },
    { type: 'Reshape', inputs: ['e', 'wanted'], outputs: ['r'] },
    { type: 'Transpose', inputs: ['r'], outputs: ['t'], attributes: { perm: [0, 2, 1] } },
    { type: 'ReduceMean', inputs: ['t'], outputs: ['m'], attributes: { axes: [1], keepdims: 0 } },
    { type: 'Split', inputs: ['m'], outputs: ['a', 'b'], attributes: { axis: 1 } },
    { type: 'Mul', inputs: ['a', 'b'], outputs: ['p'] },
    {
      type: 'If',
      inputs: ['condition'],
      outputs: ['y'],
      attributes: {
        then_branch: {
          graph: graphProto({
            nodes: [{ type: 'Relu', inputs: ['p'], outputs: ['i'] }],
            inputs: [],
            outputs: [{ name: 'i' }],
          }),
        },
      },
    },
  ],
  tensors: [
    { name: 'w', type: 3, shape: [4, 3, 3, 3] },
    { name: 's', shape: [], floats: [1] },
    { name: 'z', type: 2, shape: [] },
    { name: 'one', type: 7, shape: [1], int64s: [1] },
    { name: 'two', type: 7, shape: [1], int64s: [2] },
    { name: 'rest', type: 7, shape: [1], int64s: [-1] },
    { name: 'condition', type: 9, shape: [] },
  ],
  inputs: [{ name: 'x', shape: ['N', 3, 8, 8] }],
  outputs: [{ name: 'y', shape: ['N', 2] }],
});

/** Offsets of the tags of the fields in a message and in the messages inside it, as far as they read as such. */
function fieldsOf(
  bytes: Uint8Array,
): { readonly from: number; readonly length: number; readonly end: number }[] {
  const fields: { from: number; length: number; end: number }[] = [];
  const waiting = [{ at: 0, end: bytes.length, depth: 0 }];
  for (let next = waiting.pop(); next && fields.length < 5000; next = waiting.pop()) {
    let { at } = next;
    while (at < next.end) {
      const from = at;
      const wire = (bytes[at] ?? 0) & 7;
      while ((bytes[at] ?? 0) > 127) at += 1;
      at += 1;
      let length = wire === 5 ? 4 : wire === 1 ? 8 : 0;
      const lengthAt = at;
      if (wire === 0 || wire === 2) {
        let value = 0;
        for (let shift = 1; ; shift *= 128) {
          const byte = bytes[at] ?? 0;
          value += (byte & 127) * shift;
          at += 1;
          if (byte < 128) break;
        }
        if (wire === 2) length = value;
      } else if (wire !== 1 && wire !== 5) break;
      if (at + length > next.end) break;
      fields.push({ from, length: lengthAt, end: at + length });
      if (wire === 2 && length > 1 && next.depth < 5)
        waiting.push({ at, end: at + length, depth: next.depth + 1 });
      at += length;
    }
  }
  return fields;
}

const concat = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

describe('a damaged file', () => {
  const seeds = [
    ['LeNet-5', ours('lenet5'), 900],
    ['LeNet-5 of 1998', ours('lenet5-1998'), 500],
    ['a small Inception', ours('inception-reduced'), 700],
    ['a ResNet', ours('resnet20-cifar10'), 250],
    ['other operators', other, 1500],
  ] as const;

  it.each(seeds)('made from %s gives a network or says what is wrong, in time', (_name, bytes, times) => {
    const next = uniformGenerator(bytes.length);
    const below = (count: number): number => Math.floor(next() * count);
    const fields = fieldsOf(bytes);
    expect(fields.length).toBeGreaterThan(50);
    const anyField = () => fields[below(fields.length)] ?? { from: 0, length: 0, end: 0 };
    const changes: readonly (() => Uint8Array)[] = [
      // One bit, or several.
      () => {
        const changed = bytes.slice();
        for (let flips = 1 + below(4); flips > 0; flips -= 1) {
          const at = below(changed.length);
          changed[at] = (changed[at] ?? 0) ^ (1 << below(8));
        }
        return changed;
      },
      () => bytes.slice(0, below(bytes.length)),
      // A length, or a number, of another size.
      () => {
        const changed = bytes.slice();
        changed[anyField().length] = below(256);
        return changed;
      },
      // A field said twice, left out, or put elsewhere.
      () => {
        const { from, end } = anyField();
        return concat(bytes.subarray(0, end), bytes.subarray(from, end), bytes.subarray(end));
      },
      () => {
        const { from, end } = anyField();
        return concat(bytes.subarray(0, from), bytes.subarray(end));
      },
      () => {
        const { from, end } = anyField();
        const to = anyField().from;
        return concat(bytes.subarray(0, to), bytes.subarray(from, end), bytes.subarray(to));
      },
      // The longest varints.
      () => {
        const at = anyField().length;
        return concat(
          bytes.subarray(0, at),
          new Uint8Array(9).fill(255),
          Uint8Array.of(below(128)),
          bytes.subarray(at + 1),
        );
      },
    ];
    let taken = 0;
    let slowest = 0;
    for (let time = 0; time < times; time += 1) {
      const changed = changes[time % changes.length]?.() ?? bytes;
      const start = spent();
      try {
        const { graph } = importOnnx(changed);
        computeCosts(graph);
        receptiveFields(graph);
        peakMemory(graph);
        taken += 1;
      } catch (error) {
        if (!(error instanceof ImportError)) {
          throw new Error(`${time}: ${error instanceof Error ? error.stack : error}`);
        }
        expect(error.message).not.toMatch(/undefined|NaN|\[object/);
      }
      slowest = Math.max(slowest, spent() - start);
    }
    expect(slowest).toBeLessThan(TIME_BOUND);
    // Both happen, or the changes would test nothing.
    expect(taken).toBeGreaterThan(times / 50);
    expect(taken).toBeLessThan(0.9 * times);
  });
});

describe('a file that claims much', () => {
  const claiming = (shape: readonly number[]): Uint8Array =>
    madeFile({
      nodes: [{ type: 'LRN', inputs: ['x'], outputs: ['y'], attributes: { size: 2 ** 40 } }],
      inputs: [{ name: 'x', shape }],
    });

  it('takes no memory by what it claims', () => {
    const start = spent();
    expect(importOnnx(claiming([1, 2 ** 20, 1, 1])).graph.nodes.length).toBe(1);
    // Neighbours of 2³⁰ channels are more than can be counted exactly.
    expect(() => importOnnx(claiming([1, 2 ** 30, 1, 1]))).toThrow(ImportError);
    expect(() => importOnnx(claiming([1, 2 ** 30, 2 ** 20, 1]))).toThrow(ImportError);
    expect(spent() - start).toBeLessThan(TIME_BOUND);
  });

  it('may nest parallel ways, or graphs, as deep as it likes', () => {
    const nodes = [];
    // Each sum adds the last to what came before the one before it: 6,000 shortcuts around one another.
    let last = 'x';
    const depth = 6000;
    for (let index = 0; index < depth; index += 1) {
      nodes.push({ type: 'Relu', inputs: [last], outputs: [`down${index}`] });
      last = `down${index}`;
    }
    for (let index = depth - 2; index >= 0; index -= 1) {
      nodes.push({ type: 'Add', inputs: [last, `down${index}`], outputs: [`up${index}`] });
      last = `up${index}`;
    }
    const bytes = madeFile({ nodes, outputs: [{ name: last }] });
    const start = spent();
    const { graph } = importOnnx(bytes);
    expect(graph.nodes.length).toBe(2 * depth - 1);
    expect(spent() - start).toBeLessThan(2 * TIME_BOUND);

    let inner = graphProto({
      nodes: [{ type: 'Relu', inputs: ['x'], outputs: ['r'] }],
      inputs: [],
      outputs: [],
    });
    for (let level = 0; level < 200; level += 1) {
      inner = graphProto({
        nodes: [{ type: 'If', inputs: ['x'], outputs: ['r'], attributes: { then_branch: { graph: inner } } }],
        inputs: [],
        outputs: [],
      });
    }
    const nested = madeFile({
      nodes: [{ type: 'If', inputs: ['x'], outputs: ['y'], attributes: { then_branch: { graph: inner } } }],
      outputs: [{ name: 'y', shape: [1, 2] }],
    });
    expect(importOnnx(nested).uncounted.length).toBe(1);
  });
});
