import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../engine/onnx/fingerprint.ts';
import { type ImportOptions, importOnnx } from '../../engine/onnx/import.ts';
import { ImportError } from '../../engine/onnx/import-problem.ts';
import { type MadeModel, madeFile } from '../../engine/onnx/onnx-file.testing.ts';
import type { OpenListener } from './open-file/open-onnx.ts';
import type { OpenRequest } from './open-file/protocol.ts';
import { createOpenedStore } from './opened-store.ts';

const conv = (model: Partial<MadeModel> = {}) =>
  madeFile({
    nodes: [{ type: 'Conv', inputs: ['x', 'w'], outputs: ['y'] }],
    tensors: [{ name: 'w', shape: [4, 3, 3, 3] }],
    ...model,
  });

const fileOf = (name: string, bytes: Uint8Array): File => new File([Uint8Array.from(bytes)], name);

/** A store whose worker the test plays: each file is answered when the test says so. */
function setUp() {
  const asked: { request: OpenRequest; listener: OpenListener; ended: boolean }[] = [];
  const store = createOpenedStore((request, listener) => {
    const one = { request, listener, ended: false };
    asked.push(one);
    return () => {
      one.ended = true;
    };
  });
  /** Reads the latest file as the worker does. */
  const answer = async (): Promise<void> => {
    const latest = asked.at(-1);
    if (!latest || latest.ended) throw new Error('nothing is being read');
    const bytes = new Uint8Array(await latest.request.file.arrayBuffer());
    try {
      latest.listener.opened(
        importOnnx(bytes, latest.request.options as ImportOptions),
        await fingerprintOf(latest.request.file),
      );
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      latest.listener.refused(error.problem);
    }
  };
  return { store, asked, answer };
}

describe('a visitor’s file', () => {
  it('is opened, and says meanwhile how far it is read', async () => {
    const { store, asked, answer } = setUp();
    store.getState().give([fileOf('net.onnx', conv())]);
    expect(store.getState().reading).toEqual({ name: 'net.onnx', share: 0 });
    asked[0]?.listener.progress(0.5);
    expect(store.getState().reading?.share).toBe(0.5);
    await answer();
    const { opened, reading, problem } = store.getState();
    expect(opened?.model.graph.title).toBe('net');
    expect(opened?.ownInput).toEqual([3, 8, 8]);
    expect([reading, problem]).toEqual([null, null]);
  });

  it('that is none leaves the one before on the page', async () => {
    const { store, answer } = setUp();
    store.getState().give([fileOf('net.onnx', conv())]);
    await answer();
    const before = store.getState().opened;
    store.getState().give([fileOf('text.onnx', new TextEncoder().encode('hello'))]);
    await answer();
    expect(store.getState().problem).toMatchObject({
      name: 'text.onnx',
      problem: { code: 'import', problem: { code: 'text' } },
    });
    expect(store.getState().opened).toBe(before);
    store.getState().give([]);
    expect(store.getState().problem?.problem.code).toBe('nothing-given');
    store.getState().give([fileOf('a.onnx', conv()), fileOf('b.onnx', conv())]);
    expect(store.getState().problem?.problem).toEqual({
      code: 'several-models',
      names: ['a.onnx', 'b.onnx'],
    });
    store.getState().give([fileOf('a.bin', conv()), fileOf('b.bin', conv())]);
    expect(store.getState().problem?.problem.code).toBe('no-model');
    expect(store.getState().opened).toBe(before);
  });

  it('replaces one that is still being read, and can be given up', async () => {
    const { store, asked, answer } = setUp();
    store.getState().give([fileOf('slow.onnx', conv())]);
    store.getState().give([fileOf('net.onnx', conv())]);
    expect(asked[0]?.ended).toBe(true);
    store.getState().cancel();
    expect(asked[1]?.ended).toBe(true);
    expect(store.getState()).toMatchObject({ opened: null, reading: null });
    store.getState().give([fileOf('net.onnx', conv())]);
    await answer();
    expect(store.getState().opened?.file.name).toBe('net.onnx');
  });

  it('is told of a worker that broke down', () => {
    const { store, asked } = setUp();
    store.getState().give([fileOf('net.onnx', conv())]);
    asked[0]?.listener.failed('out of memory');
    expect(store.getState()).toMatchObject({
      reading: null,
      problem: { name: 'net.onnx', problem: { code: 'broke-down', reason: 'out of memory' } },
    });
  });

  it('that leaves its size open is measured at the size given, and at others', async () => {
    const { store, answer } = setUp();
    store
      .getState()
      .give([fileOf('open.onnx', conv({ inputs: [{ name: 'x', shape: ['n', 3, 'h', 'w'] }] }))]);
    await answer();
    expect(store.getState()).toMatchObject({ opened: null, question: { channels: 3 } });
    store.getState().answer([20, 30]);
    await answer();
    const { opened } = store.getState();
    expect(opened).toMatchObject({ isSizeOpen: true, ownInput: [3, 20, 30], input: null });
    expect(opened?.model.graph.nodes[0]?.shape).toEqual([4, 18, 28]);
    store.getState().setInput('10');
    await answer();
    expect(store.getState().opened).toMatchObject({ id: opened?.id, ownInput: [3, 20, 30], input: '10' });
    expect(store.getState().opened?.model.graph.input).toEqual([3, 10, 10]);
    store.getState().setInput('2');
    await answer();
    expect(store.getState().problem?.problem).toMatchObject({
      code: 'import',
      problem: { code: 'misfit' },
    });
    expect(store.getState().opened?.model.graph.input).toEqual([3, 10, 10]);
    store.getState().setInput(null);
    await answer();
    expect(store.getState().opened).toMatchObject({ input: null });
    expect(store.getState().opened?.model.graph.input).toEqual([3, 20, 30]);
  });

  it('is read again for another of its answers, and keeps it at another size', async () => {
    const { store, answer } = setUp();
    const pooled = conv({
      nodes: [
        { type: 'Conv', inputs: ['x', 'w'], outputs: ['c'] },
        { type: 'GlobalAveragePool', inputs: ['c'], outputs: ['mean'] },
        { type: 'GlobalMaxPool', inputs: ['c'], outputs: ['most'] },
      ],
      outputs: [{ name: 'mean' }, { name: 'most' }],
      inputs: [{ name: 'x', shape: [1, 3, 'h', 'w'] }],
    });
    store.getState().give([fileOf('two.onnx', pooled)]);
    await answer();
    store.getState().answer([20, 30]);
    await answer();
    const { opened } = store.getState();
    expect(opened?.model).toMatchObject({ answer: 'mean', answers: ['mean', 'most'] });
    store.getState().setAnswer(opened?.fingerprint ?? '', 'most');
    await answer();
    store.getState().setInput('10');
    await answer();
    expect(store.getState().opened).toMatchObject({ id: opened?.id, model: { answer: 'most' } });
    expect(store.getState().opened?.model.graph.input).toEqual([3, 10, 10]);
  });

  it('stays open beside others, by what is in it, and can be put on the page again', async () => {
    const { store, answer } = setUp();
    const one = conv();
    const other = conv({ inputs: [{ name: 'x', shape: [1, 3, 9, 9] }] });
    for (const [name, bytes] of [
      ['one.onnx', one],
      ['other.onnx', other],
      ['renamed.onnx', one],
    ] as const) {
      store.getState().give([fileOf(name, bytes)]);
      await answer();
    }
    const { files, opened } = store.getState();
    expect([...files.values()].map(({ file }) => file.name)).toEqual(['other.onnx', 'renamed.onnx']);
    expect(opened?.file.name).toBe('renamed.onnx');
    store.getState().show([...files.keys()][0] ?? '');
    expect(store.getState().opened?.file.name).toBe('other.onnx');
    store.getState().show('0000000000000000');
    expect(store.getState().opened?.file.name).toBe('other.onnx');
  });

  it('takes the weights that it misses when they are given later', async () => {
    const { store, answer } = setUp();
    const weight = { name: 'w', shape: [4, 3, 3, 3], external: { location: 'parts/w.bin' } };
    store.getState().give([fileOf('net.onnx', conv({ tensors: [weight] }))]);
    await answer();
    expect(store.getState().opened?.model.weights.problem).toEqual({
      code: 'external-missing',
      files: ['parts/w.bin'],
    });
    const { id } = store.getState().opened ?? {};
    store.getState().give([fileOf('w.bin', new Uint8Array(4 * 108))]);
    await answer();
    const { opened } = store.getState();
    expect(opened?.id).toBe(id);
    expect(opened?.file.name).toBe('net.onnx');
    expect(opened?.model.weights.problem).toBeNull();
    expect([...(opened?.beside.keys() ?? [])]).toEqual(['w.bin']);
  });
});
