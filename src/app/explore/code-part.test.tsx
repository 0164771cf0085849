import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../../engine/graph/lower.ts';
import { exportOnnx, modelBytes, onnxOutline } from '../../engine/onnx/export.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { torchCode } from '../../engine/torch/code.ts';
import { seededTensors } from '../../engine/weights/seeded.ts';
import { en } from '../i18n/en/index.ts';
import { Providers } from '../providers.tsx';
import CodePart from './code-part.tsx';
import type { OnnxFileReply, OnnxFileRequest } from './onnx-file/protocol.ts';
import { analyse } from './use-analysis.ts';

const show = (id: string, input: string | null = null) => {
  const architecture = architectures.get(id) as Architecture;
  return render(
    <Providers language={{ language: 'en', messages: en }}>
      <CodePart architecture={architecture} analysis={analyse(architecture, input)} />
    </Providers>,
  );
};

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));

/** What was handed to the downloads, by name. */
let saved: { name: string; blob: Blob }[];

beforeEach(() => {
  saved = [];
  const blobs = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const address = `blob:${blobs.size}`;
    blobs.set(address, blob as Blob);
    return address;
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, blob: blobs.get(this.getAttribute('href') ?? '') ?? new Blob([]) });
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the code of a network', { timeout: 30_000 }, () => {
  it('is its PyTorch module, for the input that is asked for', async () => {
    show('vgg11', '64');
    const region = await screen.findByRole('region', { name: 'vgg11.py' });
    expect(region.textContent).toContain('Input N×3×64×64, output N×1000.');
    await press('Download');
    expect(saved[0]?.name).toBe('vgg11.py');
    const graph = lower(architectures.get('vgg11') as Architecture, [3, 64, 64]);
    expect(await saved[0]?.blob.text()).toBe(torchCode(graph));
    expect(screen.getByText(`${torchCode(graph).split('\n').length - 1} lines`)).toBeTruthy();
  });

  it('says whether it was copied', async () => {
    show('lenet5');
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new Error('denied'));
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText(/did not allow copying/)).toBeTruthy();
    write.mockResolvedValueOnce();
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText('Copied.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Keras' }));
    expect(screen.queryByText('Copied.')).toBeNull();
    expect(screen.getByRole('region', { name: 'lenet5_keras.py' }).textContent).toMatch(/^import keras/);
  });

  it('comes as a table, of which the page shows the beginning where it is long', async () => {
    show('resnet110-cifar10');
    await press('Table');
    await press('JSON');
    expect(screen.getByText(/^The first 600 of [\d,]+ lines/)).toBeTruthy();
    await press('Download');
    expect(saved[0]?.name).toBe('resnet110-cifar10.json');
    expect(JSON.parse((await saved[0]?.blob.text()) ?? '').rows.length).toBe(389);
  });
});

/** Stands for the worker that makes a file. */
class FakeWorker {
  static made: FakeWorker[] = [];
  onmessage: ((event: { data: OnnxFileReply }) => void) | null = null;
  request: OnnxFileRequest | null = null;
  terminated = false;

  constructor() {
    FakeWorker.made.push(this);
  }

  postMessage(request: OnnxFileRequest): void {
    // As in a browser, functions do not pass.
    this.request = structuredClone(request);
  }

  terminate(): void {
    this.terminated = true;
  }
}

describe('the ONNX file of a network', { timeout: 30_000 }, () => {
  beforeEach(() => {
    FakeWorker.made = [];
    vi.stubGlobal('Worker', FakeWorker);
  });

  it('tells its size and what a large one takes, and can be given up', async () => {
    show('vgg16');
    await press('ONNX');
    expect(screen.getByText(/528 MiB of disk space/)).toBeTruthy();
    await press('Make and download (528 MiB)');
    const [worker] = FakeWorker.made;
    worker?.onmessage?.({ data: { kind: 'progress', bytes: 2 ** 28 } });
    await waitFor(() => expect(screen.getByText('256 MiB of 528 MiB')).toBeTruthy());
    await press('Cancel');
    expect(worker?.terminated).toBe(true);
    expect(screen.getByText('Given up; nothing was saved.')).toBeTruthy();
    expect(saved).toEqual([]);
  });

  it('is asked for with the definition alone, which lowers to the same file, and saved when it is there', async () => {
    show('resnet20-cifar10');
    await press('ONNX');
    await press(/^Make and download/);
    const [worker] = FakeWorker.made;
    const request = worker?.request as OnnxFileRequest;
    const graph = lower(architectures.get('resnet20-cifar10') as Architecture);
    const own = onnxOutline(lower(request.definition, request.input));
    const model = modelBytes(exportOnnx(graph, { tensors: seededTensors(graph, request.seed) }));
    expect(own.reduce((sum, part) => sum + part.length, 0)).toBe(model.length);
    worker?.onmessage?.({ data: { kind: 'file', file: new Blob([model]) } });
    await waitFor(() => expect(saved.map(({ name }) => name)).toEqual(['resnet20-cifar10.onnx']));
    expect(worker?.terminated).toBe(true);
  });

  it('says why it could not be made', async () => {
    show('lenet5');
    await press('ONNX');
    await press(/^Make and download/);
    FakeWorker.made[0]?.onmessage?.({ data: { kind: 'failed', reason: 'no memory' } });
    await waitFor(() => expect(screen.getByText('The file could not be made: no memory')).toBeTruthy());
  });
});
