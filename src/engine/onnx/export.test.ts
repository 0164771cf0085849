import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { conv, dropout, image, lrn, relu } from '../spec/layers.ts';
import type { Architecture } from '../spec/types.ts';
import { seededTensors, seededValues } from '../weights/seeded.ts';
import { exportOnnx, modelBytes, onnxOutline } from './export.ts';
import { needsNchw } from './layout.ts';

/** A protobuf message as read back: the raw values of each field, in order. */
type Message = Map<number, (bigint | Uint8Array)[]>;

/** Reads one level of a message: an implementation of its own, by the documentation of the wire format alone. */
function parse(bytes: Uint8Array): Message {
  const fields: Message = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('cut short');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new Error('cut short');
    at += count;
    return bytes.subarray(at - count, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const field = tag >> 3;
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    if ((tag & 7) === 0) values.push(varint());
    else if ((tag & 7) === 2) values.push(take(Number(varint())));
    else if ((tag & 7) === 5) values.push(take(4));
    else throw new Error(`wire type ${tag & 7}`);
  }
  return fields;
}

const messages = (message: Message, field: number): Message[] =>
  (message.get(field) ?? []).map((value) => parse(value as Uint8Array));
const texts = (message: Message, field: number): string[] =>
  (message.get(field) ?? []).map((value) => new TextDecoder().decode(value as Uint8Array));
const only = (message: Message, field: number): Message => messages(message, field)[0] ?? new Map();
const packed = (bytes: Uint8Array): number[] => {
  // Prefixing each varint with a tag makes them readable as a message.
  const values: number[] = [];
  let value = 0;
  let shift = 1;
  for (const byte of bytes) {
    value += (byte & 127) * shift;
    shift *= 128;
    if (byte < 128) {
      values.push(value);
      value = 0;
      shift = 1;
    }
  }
  return values;
};

const graphOf = (id: string) => {
  const found = architectures.get(id);
  if (!found) throw new Error(id);
  return lower(found);
};

const madeUp = (layers: Architecture['layers'], input = image(3, 16)): Architecture => ({
  id: 'made-up',
  title: 'Made up',
  source: { paper: 'none', where: 'here', year: 2024, authors: 'nobody' },
  input,
  layers,
});

describe('an exported model', () => {
  const graph = graphOf('lenet5');
  const tensors = seededTensors(graph, 1);

  it('names opset, producer, nodes, input and outputs', () => {
    const model = parse(modelBytes(exportOnnx(graph, { tensors, outputs: 'all' })));
    expect(model.get(1)).toEqual([8n]);
    expect(texts(model, 2)).toEqual(['ConvAtlas']);
    expect(only(model, 8).get(2)).toEqual([17n]);
    const body = only(model, 7);
    expect(texts(body, 2)).toEqual(['lenet5']);
    expect(messages(body, 1).map((node) => texts(node, 3)[0])).toEqual(graph.nodes.map((node) => node.id));
    expect(messages(body, 1).map((node) => texts(node, 4)[0])).toEqual(graph.nodes.map((node) => node.op));
    expect(messages(body, 11).flatMap((value) => texts(value, 1))).toEqual(['input']);
    const outputs = messages(body, 12).flatMap((value) => texts(value, 1));
    expect(outputs[0]).toBe('softmax');
    expect([...outputs].sort()).toEqual(graph.nodes.map((node) => node.id).sort());
  });

  it('holds every tensor with its shape and its bytes', () => {
    const body = only(parse(modelBytes(exportOnnx(graph, { tensors }))), 7);
    const found = new Map(messages(body, 5).map((tensor) => [texts(tensor, 8)[0], tensor]));
    expect([...found.keys()].filter((name) => !name?.includes('#')).sort()).toEqual(
      [...tensors.keys()].sort(),
    );
    const weight = found.get('conv2/conv.weight');
    expect(packed(weight?.get(1)?.[0] as Uint8Array)).toEqual([16, 6, 5, 5]);
    expect(weight?.get(2)).toEqual([1n]);
    const raw = Uint8Array.from(weight?.get(9)?.[0] as Uint8Array);
    expect(new Float32Array(raw.buffer)).toEqual(tensors.get('conv2/conv.weight'));
  });

  it('leaves the weights outside on request, one entry a tensor, sharing memory with the values given', () => {
    const written = exportOnnx(graph, { tensors, externalData: true });
    expect(modelBytes(written).length).toBeLessThan(5000);
    expect(written.external.map(({ path }) => path).sort()).toEqual([...tensors.keys()].sort());
    for (const { path, data } of written.external) expect(data.buffer).toBe(tensors.get(path)?.buffer);
    const [tensor] = messages(only(parse(modelBytes(written)), 7), 5);
    const entries = messages(tensor ?? new Map(), 13).map((entry) => [
      texts(entry, 1)[0],
      texts(entry, 2)[0],
    ]);
    expect(entries).toEqual([
      ['location', 'conv1/conv.weight'],
      ['offset', '0'],
      ['length', '600'],
    ]);
    expect(tensor?.get(14)).toEqual([1n]);
    expect(modelBytes(exportOnnx(graph, { externalData: true }))).toEqual(modelBytes(written));
  });

  it('returns the outputs asked for besides the network’s own', () => {
    expect(exportOnnx(graph, { tensors, outputs: ['pool1', 'softmax'] }).outputs).toEqual([
      'softmax',
      'pool1',
    ]);
    expect(exportOnnx(graph, { tensors }).outputs).toEqual(['softmax']);
  });

  it('writes LRN and dropout in other words where WebGPU is to run them', () => {
    const operators = (forWebGpu: boolean): string[] => {
      const net = lower(
        madeUp({ lrn: lrn({ size: 3, alpha: 0.1, beta: 0.75, bias: 1 }), drop: dropout(0.5), relu: relu() }),
      );
      const body = only(parse(modelBytes(exportOnnx(net, { forWebGpu, tensors: new Map() }))), 7);
      return messages(body, 1).flatMap((node) => texts(node, 4));
    };
    expect(operators(false)).toEqual(['LRN', 'Dropout', 'Relu']);
    expect(operators(true)).not.toContain('LRN');
    expect(operators(true).slice(-2)).toEqual(['Identity', 'Relu']);
  });

  it('refuses a network that does not fit, unknown outputs, and missing or misfitting tensors', () => {
    expect(() => exportOnnx(graphOf('zfnet-lecture'), { externalData: true })).toThrow(/9216|6400/);
    expect(() => exportOnnx(graph, { tensors, outputs: ['pool9'] })).toThrow(/pool9/);
    expect(() => exportOnnx(graph)).toThrow(/conv1\/conv.weight/);
    const wrong = new Map(tensors).set('fc3.bias', new Float32Array(11));
    expect(() => exportOnnx(graph, { tensors: wrong })).toThrow(/fc3.bias has 11 values, not 10/);
  });
});

describe('the layout rule for WebGPU', () => {
  const hit = (channels: number, filters: number, groups = 1): boolean =>
    needsNchw(lower(madeUp({ conv: conv(filters, 3, { groups }) }, image(channels, 8))));

  it('finds the convolutions whose input channels are a multiple of 3 but not of 4', () => {
    expect([6, 9, 15, 18, 21].every((channels) => hit(channels, 16))).toBe(true);
    expect([1, 2, 3, 4, 5, 7, 8, 10, 12, 16, 24].some((channels) => hit(channels, 16))).toBe(false);
    expect([1, 2, 3, 6, 15, 17].some((filters) => hit(6, filters))).toBe(false);
  });

  it('finds the convolutions in groups, but not those with a group for each channel', () => {
    expect([2, 3, 6].every((groups) => hit(12, 24, groups))).toBe(true);
    expect(hit(12, 24, 12)).toBe(false);
  });

  it('finds LeNet-5, and of the larger networks those in groups and those whose dense layers pass such numbers of channels', () => {
    const isGrouped = (id: string): boolean =>
      graphOf(id).nodes.some((node) => node.op === 'Conv' && node.attributes.groups > 1);
    const all = [...architectures.keys()].filter((id) => needsNchw(graphOf(id)));
    expect(all).toEqual(expect.arrayContaining(['alexnet', 'alexnet-cifar10', 'resnext50-32x4d']));
    const found = all.filter((id) => !isGrouped(id));
    expect(found.filter((id) => !id.startsWith('densenet-bc'))).toEqual(['lenet5', 'lenet5-1998']);
    expect(found.length).toBe(5);
  });
});

describe('an outline of a model', () => {
  it('is the same file once its weights, made in pieces, stand in their places', () => {
    const graph = lower(architectures.get('resnet20-cifar10') as Architecture);
    const whole = modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, 5) }));
    const pieces = onnxOutline(graph).flatMap((part) => {
      if (part instanceof Uint8Array) return [part];
      const fill = seededValues(part.tensor, 5);
      const made: Uint8Array[] = [];
      for (let left = part.length / 4; left > 0; left -= 700) {
        const values = new Float32Array(Math.min(700, left));
        fill(values);
        made.push(new Uint8Array(values.buffer));
      }
      return made;
    });
    expect(Buffer.concat(pieces).equals(whole)).toBe(true);
  });

  it('holds no weights', () => {
    const outline = onnxOutline(lower(architectures.get('vgg16') as Architecture));
    const written = outline.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : 0), 0);
    expect(written).toBeLessThan(20_000);
    expect(outline.reduce((sum, part) => sum + part.length, 0)).toBeGreaterThan(4 * 138_357_544);
  });
});
