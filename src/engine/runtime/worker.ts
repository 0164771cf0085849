import type * as Ort from 'onnxruntime-web';
import { evaluateGraph } from '../evaluate/evaluate-graph.ts';
import { exportOnnx, modelBytes } from '../onnx/export.ts';
import type { FileLike } from '../onnx/import.ts';
import { readRunnable } from '../onnx/runnable.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { toHalf } from '../weights/half.ts';
import { seededTensor, seededValues } from '../weights/seeded.ts';
import { findAdapter, webGpuBuild } from './features.ts';
import { DownloadError, fetchBytes } from './fetch-bytes.ts';
import { FileReaders } from './file-reader.ts';
import { readLayerTimes } from './layer-times.ts';
import { type RuntimeProblem, readFailure } from './problem.ts';
import type {
  FromWorker,
  LoadRequest,
  ModelInput,
  Progress,
  RuntimeBuild,
  RuntimePhase,
  SelfCheck,
  SessionFacts,
  ToWorker,
  WrittenModel,
} from './protocol.ts';
import { compareOutputs } from './self-check.ts';
import { acceptTensorsOnDemand, TensorOnDemand, writeNumbers } from './tensor-on-demand.ts';
import { channelsLast, fillBatch, fromTensorValues, toTensorValues } from './tensor-values.ts';

/** The files of one build: its module, and the addresses of its glue code and its WebAssembly. */
type Build = readonly [ort: typeof Ort, glue: { default: string }, wasm: { default: string }];

const builds: Record<RuntimeBuild, () => Promise<Build>> = {
  wasm: () =>
    Promise.all([
      import('onnxruntime-web/wasm'),
      import('onnxruntime-web/ort-wasm-simd-threaded.mjs?url'),
      import('onnxruntime-web/ort-wasm-simd-threaded.wasm?url'),
    ]),
  jspi: () =>
    Promise.all([
      import('onnxruntime-web/jspi'),
      import('onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url'),
      import('onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'),
    ]),
  asyncify: () =>
    Promise.all([
      import('onnxruntime-web/webgpu'),
      import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'),
      import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'),
    ]),
};

interface Loaded {
  readonly ort: typeof Ort;
  readonly session: Ort.InferenceSession;
  readonly input: ModelInput;
  /** Name of the model's output for a node; the id itself where it has no other. */
  readonly outputOf: (id: string) => string;
  /** Id of the node that one in the model belongs to; '' of none. */
  readonly nodeOf: (name: string) => string;
}

/** Carries a problem out of the nested steps of loading. */
class LoadFailure extends Error {
  readonly problem: RuntimeProblem;

  constructor(problem: RuntimeProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

const post = (message: FromWorker, transfer: Transferable[] = []): void =>
  self.postMessage(message, { transfer });

const report = (phase: RuntimePhase, received: number, total: number): void => {
  const progress: Progress<RuntimePhase> = { phase, received, total };
  post({ type: 'progress', progress });
};

acceptTensorsOnDemand();

/** Half-precision numbers, as they are written. */
const HALF = { bytes: Uint16Array.BYTES_PER_ELEMENT, of: toHalf };

let loaded: Loaded | null = null;

/**
 * Runs some images and returns the wanted outputs, image after image, with the time that `session.run` took.
 *
 * @throws RangeError where the model does not take so many at once, or values of that size
 */
async function infer(
  { ort, session, input, outputOf }: Loaded,
  given: Float32Array,
  images: number,
  wanted: readonly string[],
): Promise<{ readonly outputs: Map<string, Float32Array>; readonly runMs: number }> {
  const { name, type, mostImages } = input;
  if (images > mostImages) throw new RangeError(`${images} images at once, not ${mostImages}`);
  const shape = mostImages === Number.POSITIVE_INFINITY ? [images, ...input.shape.slice(1)] : input.shape;
  const size = shape.reduce((product, extent) => product * extent, 1);
  const turned = input.channelsLast === null ? given : channelsLast(given, images, input.channelsLast);
  const values = toTensorValues(fillBatch(turned, images, size), type);
  const share = given.length / size;
  const feeds = { [name]: new ort.Tensor(type, values as Ort.Tensor.DataType, shape) };
  const start = performance.now();
  const results = await session.run(feeds, [...new Set(wanted.map(outputOf))]);
  const runMs = performance.now() - start;
  const outputs = new Map<string, Float32Array>();
  for (const id of wanted) {
    const result = results[outputOf(id)];
    if (!result) throw new TypeError(`the runtime returned nothing for ${id}`);
    const all = fromTensorValues(result.type, result.data);
    // What only fills a batch of fixed size is not told.
    outputs.set(id, share === 1 ? all : all.slice(0, all.length * share));
  }
  return { outputs, runMs };
}

const isShared = (bytes: Uint8Array): bytes is Uint8Array<SharedArrayBuffer> =>
  bytes.buffer instanceof SharedArrayBuffer;

/** Makes of a place in a file what is read when the runtime copies it. */
const readLater =
  (readers: FileReaders | null) =>
  (file: FileLike, at: number, length: number): Uint8Array => {
    if (!(file instanceof Blob)) throw new TypeError('a file that was sent here is a Blob');
    const piece = file.slice(at, at + length);
    return new TensorOnDemand(length, (target) => {
      if (readers && isShared(target)) readers.read(piece, target);
      else target.set(new Uint8Array(new FileReaderSync().readAsArrayBuffer(piece)));
    });
  };

/** The model as the runtime takes it, and what its outputs are called. */
async function readModel(
  { model, backend }: LoadRequest,
  isTimed: boolean,
  readers: FileReaders | null,
): Promise<{
  readonly written: Pick<WrittenModel, 'bytes' | 'external'>;
  readonly outputOf: (id: string) => string;
  readonly nodeOf: (name: string) => string;
}> {
  // The builds with WebGPU may keep the array for as long as the GPU takes it.
  const isLater = backend === 'wasm';
  // Of what is written here, nodes and outputs bear the id; what a node was written as is `<id>#<part>`.
  const ours = { outputOf: (id: string) => id, nodeOf: (name: string) => name.split('#')[0] ?? name };
  if (model.kind === 'written') return { written: model, ...ours };
  if (model.kind === 'seeded') {
    const { graph, seed, dtype = 'fp32', quantisation, answersOnly = false } = model;
    const specified = new Map(tensorsOf(graph).map((tensor) => [tensor.name, tensor] as const));
    const exported = exportOnnx(graph, {
      outputs: answersOnly ? [] : 'all',
      externalData: true,
      forWebGpu: backend === 'webgpu',
      batch: 'any',
      dtype,
      ...(quantisation
        ? {
            quantisation,
            // Made one after the other: of each only its whole numbers are kept.
            tensors: {
              get: (name: string) => {
                const tensor = specified.get(name);
                return tensor && seededTensor(tensor, seed);
              },
            },
          }
        : {}),
    });
    if (quantisation) {
      return { written: { bytes: modelBytes(exported), external: exported.external }, ...ours };
    }
    const external = [...specified.values()].map((tensor) => {
      const length = (dtype === 'fp16' ? HALF.bytes : 4) * tensor.size;
      const write = (target: Uint8Array): void =>
        writeNumbers(target, seededValues(tensor, seed), dtype === 'fp16' ? HALF : undefined);
      if (isLater) return { path: tensor.name, data: new TensorOnDemand(length, write) };
      const data = new Uint8Array(length);
      write(data);
      return { path: tensor.name, data };
    });
    return { written: { bytes: modelBytes(exported), external }, ...ours };
  }
  const { tensors } = model;
  const read = await readRunnable(model.file, model.beside, tensors.values(), {
    // Their nodes would be timed with the others.
    parameters: isTimed ? new Map() : model.parameters,
    isNamed: isTimed,
    ...(isLater ? { later: readLater(readers) } : {}),
  });
  const idOf = new Map([...tensors].reverse().map(([id, tensor]) => [tensor, id]));
  return {
    written: { bytes: read.model, external: read.external },
    // What several nodes are fused into is named after the first of them, with more behind it.
    nodeOf: (name) => idOf.get(read.nodes.get(/^node-\d+/.exec(name)?.[0] ?? '') ?? '') ?? '',
    outputOf: (id) => read.parameters.get(id) ?? read.outputs.get(tensors.get(id) ?? id) ?? id,
  };
}

/** What a session is and cost, before anything has run. */
type StartFacts = Omit<SessionFacts, 'firstRunMs' | 'maxError'>;

/** Bytes from which other workers read: smaller files are there before those have started. */
const LARGE_FILE = 2 ** 24;

const sizeOfAll = (files: ReadonlyMap<string, FileLike>): number =>
  [...files.values()].reduce((sum, { size }) => sum + size, 0);

/**
 * Fetches the build and makes the session; posts progress.
 *
 * @param whileFetching is done while the files are on their way
 * @throws LoadFailure
 */
async function startSession(
  request: LoadRequest,
  options: Ort.InferenceSession.SessionOptions,
  whileFetching: () => void = () => {},
): Promise<{ readonly made: Loaded; readonly facts: StartFacts }> {
  const { backend, threads } = request;
  // Asked before anything is fetched: without an adapter onnxruntime would load 17 MB and then run on the CPU.
  const adapter = backend === 'webgpu' ? await findAdapter() : { name: '' };
  if (!adapter) throw new LoadFailure({ code: 'no-adapter' });

  const build = backend === 'webgpu' ? webGpuBuild() : 'wasm';
  const total = __ORT_WASM_BYTES__[build];
  const fetchStart = performance.now();
  report('runtime', 0, total);
  const [ort, glue, wasm] = await builds[build]().catch((error: unknown) => {
    throw new LoadFailure({ code: 'download', url: readFailure(error).detail, status: null });
  });
  const fetching = fetchBytes(new URL(wasm.default, self.location.href).href, total, (received) =>
    report('runtime', received, total),
  );
  const { model } = request;
  const isLarge = model.kind === 'file' && model.file.size + sizeOfAll(model.beside) > LARGE_FILE;
  const starting = isLarge && backend === 'wasm' ? FileReaders.start() : null;
  whileFetching();
  const binary = await fetching;
  const fetchMs = performance.now() - fetchStart;

  report('session', 0, 0);
  const start = performance.now();
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmBinary = binary.buffer;
  // The glue has a file of its own: threads are workers that start from it, and must not start this file again.
  ort.env.wasm.wasmPaths = { mjs: new URL(glue.default, self.location.href).href };
  const readers = await starting;
  const { written, ...names } = await readModel(request, options.enableProfiling === true, readers);
  const session = await ort.InferenceSession.create(written.bytes, {
    executionProviders:
      backend === 'webgpu' ? [{ name: 'webgpu', preferredLayout: request.nchw ? 'NCHW' : 'NHWC' }] : ['wasm'],
    graphOptimizationLevel: 'all',
    // What is odd about a visitor's file, as tensors that nothing reads, is no error of the page; what fails is thrown.
    logSeverityLevel: 3,
    externalData: written.external.map(({ path, data }) => ({ path, data })),
    // Packed copies of the weights double the memory and save no time.
    extra: { session: { disable_prepacking: '1' } },
    ...options,
  });
  readers?.end();
  const startMs = performance.now() - start;
  return {
    made: { ort, session, input: request.input, ...names },
    facts: { backend, build, threads, adapter: adapter.name, fetchMs, startMs },
  };
}

/** The reference evaluator's outputs of the known input, in execution order. */
const referenceOutputs = ({
  graph,
  tensors,
  input,
}: SelfCheck): readonly (readonly [string, Float32Array])[] =>
  [...evaluateGraph(graph, tensors, input)].map(([id, values]) => [id, Float32Array.from(values)]);

/** Makes a model ready and checks it. @throws LoadFailure */
async function load(request: LoadRequest): Promise<void> {
  const { check } = request;
  let expected: ReturnType<typeof referenceOutputs> = [];
  const { made, facts } = await startSession(request, {}, () => {
    if (check) expected = referenceOutputs(check);
  });
  let firstRunMs: number | null = null;
  let maxError: number | null = null;
  if (check) {
    const ids = expected.map(([id]) => id);
    const { outputs, runMs } = await infer(made, check.input, 1, ids);
    const { wrong, maxError: error } = compareOutputs(expected, outputs, check.tolerance);
    if (wrong !== null) throw new LoadFailure({ code: 'wrong-numbers', node: wrong, maxError: error });
    firstRunMs = runMs;
    maxError = error;
  }
  loaded = made;
  post({ type: 'loaded', facts: { ...facts, firstRunMs, maxError } });
}

/** Runs before those whose times count. */
const WARMING_RUNS = 3;

/** Times every node. Nothing is fused: every node's output is an output of the model. @throws LoadFailure */
async function timeLayers({
  request,
  input,
  runs,
  nodes,
  output,
}: Extract<ToWorker, { readonly type: 'time-layers' }>): Promise<void> {
  const lines: string[] = [];
  // The runtime prints its profile and keeps the console that it finds at its start; this worker has no other use of it.
  console.log = (...parts: readonly unknown[]) => {
    lines.push(...parts.join(' ').split('\n'));
  };
  const { made } = await startSession(request, { enableProfiling: true });
  for (let run = 0; run < WARMING_RUNS + runs; run += 1) {
    await infer(made, input, 1, [output]);
    post({ type: 'timed', runs: Math.max(0, run + 1 - WARMING_RUNS) });
  }
  made.session.endProfiling();
  post({ type: 'layers-timed', times: readLayerTimes(lines, nodes, made.nodeOf, WARMING_RUNS) });
}

function loadProblem(error: unknown): RuntimeProblem {
  if (error instanceof LoadFailure) return error.problem;
  if (error instanceof DownloadError) return { code: 'download', url: error.url, status: error.status };
  const { detail, outOfMemory } = readFailure(error);
  return outOfMemory ? { code: 'out-of-memory', detail } : { code: 'session-failed', detail };
}

async function run({
  run: id,
  input,
  images,
  wanted,
}: Extract<ToWorker, { readonly type: 'run' }>): Promise<void> {
  if (!loaded) throw new TypeError('nothing is loaded');
  const { outputs, runMs } = await infer(loaded, input, images, wanted);
  // Nodes that a file makes one tensor of share its values; what is sent twice is refused.
  const buffers = new Set([...outputs.values()].map((values) => values.buffer as ArrayBuffer));
  post({ type: 'ran', run: id, outputs: [...outputs], runMs }, [...buffers]);
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type !== 'run') {
    (data.type === 'load' ? load(data.request) : timeLayers(data)).catch((error: unknown) =>
      post({ type: 'load-failed', problem: loadProblem(error) }),
    );
    return;
  }
  run(data).catch((error: unknown) => {
    const { detail, outOfMemory } = readFailure(error);
    const code = outOfMemory ? 'out-of-memory' : 'run-failed';
    post({ type: 'run-failed', run: data.run, problem: { code, detail } });
  });
};
