import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { INPUT } from '../src/engine/graph/types.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import { needsNchw } from '../src/engine/onnx/layout.ts';
import type { Backend, FromWorker, LoadRequest, ToWorker } from '../src/engine/runtime/protocol.ts';
import { parseModelCard, trainedArchitecture } from '../src/engine/weights/card.ts';
import { readWeights } from '../src/engine/weights/read-weights.ts';
import { expect, test } from './test.ts';

const file = (path: string) => new URL(`../${path}`, import.meta.url);
const read = (path: string) => readFileSync(file(path));

const trained = [...architectures.values()].filter(({ id }) => existsSync(file(`public/models/${id}.json`)));

/** A load request's plain numbers and bytes as base64, on their way into the page. */
interface Packed extends Pick<LoadRequest, 'input' | 'nchw'> {
  readonly models: Readonly<Record<Backend, string>>;
  readonly inputs: readonly (readonly number[])[];
  readonly output: string;
}

interface StoredLogits {
  readonly cases: readonly { readonly pixels: string; readonly logits: readonly number[] }[];
}

/** The network as its page runs it, and the stored pictures with PyTorch's logits on them. */
async function pack(architecture: (typeof trained)[number]) {
  const card = parseModelCard(read(`public/models/${architecture.id}.json`).toString());
  const graph = lower(trainedArchitecture(architecture, card));
  const tensors = await readWeights(graph, card, read(`public/models/${card.file}`));
  const stored: StoredLogits = JSON.parse(
    read(`training/fixtures/${architecture.id}-logits.json`).toString(),
  );
  // A software adapter takes its time: every second picture, from even clouds to noise.
  const cases = stored.cases.filter((_, index) => index % 2 === 0);
  // The last layer before the softmax: what the stored logits are of.
  const logits = graph.nodes.at(-1)?.inputs[0] ?? '';
  const model = (forWebGpu: boolean) =>
    Buffer.from(modelBytes(exportOnnx(graph, { tensors, outputs: 'all', forWebGpu }))).toString('base64');
  const { scale = 1, mean, std } = card.input.preprocessing;
  const packed: Packed = {
    models: { wasm: model(false), webgpu: model(true) },
    input: { name: INPUT, type: 'float32', shape: [1, ...graph.input], channelsLast: null, mostImages: 1 },
    nchw: needsNchw(graph),
    inputs: cases.map(({ pixels }) =>
      [...Buffer.from(pixels, 'base64')].map((pixel) => ((pixel / 255) * scale - mean) / std),
    ),
    output: logits,
  };
  return { packed, expected: cases.map((one) => one.logits) };
}

/** Runs the inputs in a worker of the site's own, as the page does; in the page. */
async function runInWorker([url, backend, packed]: [string, Backend, Packed]): Promise<number[][]> {
  const worker = new Worker(url, { type: 'module' });
  const say = (message: ToWorker) => worker.postMessage(message);
  const hear = (type: FromWorker['type']) =>
    new Promise<FromWorker>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === type) resolve(data);
        else if (data.type !== 'progress') reject(new Error(JSON.stringify(data)));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  const { input: fed, nchw, output } = packed;
  const bytes = Uint8Array.from(atob(packed.models[backend]), (character) => character.charCodeAt(0));
  const loading = hear('loaded');
  say({
    type: 'load',
    request: {
      backend,
      model: { kind: 'written', bytes, external: [] },
      input: fed,
      threads: 1,
      nchw,
      check: null,
    },
  });
  const loaded = await loading;
  if (loaded.type === 'loaded' && loaded.facts.backend !== backend) throw new Error('another backend ran');
  const rows: number[][] = [];
  for (const [index, input] of packed.inputs.entries()) {
    const running = hear('ran');
    say({ type: 'run', run: index, input: new Float32Array(input), images: 1, wanted: [output] });
    const ran = await running;
    if (ran.type === 'ran') rows.push([...(ran.outputs[0]?.[1] ?? [])]);
  }
  worker.terminate();
  return rows;
}

/** What the site runs models in; its other workers know nothing of the runtime. */
const workerFile = () =>
  readdirSync(file('dist/assets')).find(
    (name) => /^worker-.*\.js$/.test(name) && read(`dist/assets/${name}`).includes('InferenceSession'),
  );

const largestAt = (values: readonly number[]): number => values.indexOf(Math.max(...values));

for (const architecture of trained) {
  test(`${architecture.id} answers under WebAssembly and WebGPU as in PyTorch @webgpu`, async ({ page }) => {
    test.setTimeout(300_000);
    const { packed, expected } = await pack(architecture);
    // A page on which nothing else runs.
    await page.goto('about');
    const url = new URL(`assets/${workerFile()}`, test.info().project.use.baseURL).href;
    for (const backend of ['wasm', 'webgpu'] as const) {
      const rows = await page.evaluate(runInWorker, [url, backend, packed] as [string, Backend, Packed]);
      expect(rows.map(largestAt), backend).toEqual(expected.map(largestAt));
      for (const [index, logits] of expected.entries()) {
        const differences = logits.map((value, place) =>
          Math.abs(value - (rows[index]?.[place] ?? Number.NaN)),
        );
        expect(Math.max(...differences), `${backend}, picture ${index + 1}`).toBeLessThan(1e-3);
      }
    }
  });
}
