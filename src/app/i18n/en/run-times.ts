import { plural } from '../plural.ts';

const runsOf = (runs: number): string => `${runs} ${plural(runs, 'run', 'runs')}`;

/** What a run costs in time, and how the two backends compare. */
export const runTimes = {
  clocks: 'Clocks',
  weights: 'weights fetched',
  runtime: 'runtime fetched',
  start: 'start-up',
  first: 'first run',
  answers: (runs: number) => (runs === 1 ? 'the one answer so far' : `answers, median of ${runs}`),
  answersNote: 'Answers also hand over the layers on screen.',
  steady: (runs: number) => `steady, median of ${runs}`,
  middle: (lower: string, upper: string) => `half of them between ${lower} and ${upper}`,
  timeIt: (runs: number) => `Time ${runs} runs`,
  timing: 'Timing',
  timingOf: (done: string, total: string) => `${done} of ${total}`,
  cancel: 'Cancel',
  failed: 'The runs failed, so there is no time.',
  onWasm: (threads: number, cores: number) =>
    `onnxruntime-web on WebAssembly, ${threads} ${plural(threads, 'thread', 'threads')} on a processor with ${cores} ${plural(cores, 'core', 'cores')}`,
  onWebgpu: (adapter: string) => `onnxruntime-web on WebGPU, ${adapter || 'an adapter that has no name'}`,
  byReference: 'the page’s own evaluator, on this page’s thread',
  status: {
    runOn: 'Run on',
    runOnAuto: 'Auto',
    runOnWasm: 'WebAssembly',
    runOnWebgpu: 'WebGPU',
    runOnWebgpuMissing: 'WebGPU (not in this browser)',
    byLong: {
      reference: 'Answered by the page’s own evaluator while the runtime arrives.',
      wasm: 'Answered by onnxruntime-web on WebAssembly.',
      webgpu: 'Answered by onnxruntime-web on WebGPU.',
    },
    agreement: (error: string) => `Checked against the page’s own evaluator: largest difference ${error}.`,
    progress: {
      weights: 'Fetching the weights',
      runtime: 'Fetching the runtime',
      session: 'Starting the runtime',
    },
    progressOf: (received: string, total: string) => `${received} of ${total}`,
    weightsFailedRest: 'Shapes, costs and workings below do not need the weights.',
    fellBack: 'It runs on WebAssembly instead.',
  },
  trial: {
    running: 'Comparing WebGPU with WebAssembly on this device …',
    parity: (tensors: number, error: string) =>
      `WebGPU and WebAssembly were given the same input and agree in all ${tensors} tensors compared: largest difference ${error}.`,
    faster: (by: string, wasm: string, webgpu: string, runs: number) =>
      `${by} is faster here: WebAssembly ${wasm}, WebGPU ${webgpu} a run (medians of ${runs} after warming up).`,
    wrong: 'WebGPU computes other numbers than WebAssembly here, so it is not used.',
    unusable: 'WebGPU was tried and cannot be used here.',
    auto: (by: string) => `Auto (${by})`,
  },
  layers: {
    title: 'Time, layer by layer',
    how: (runs: number) =>
      `onnxruntime’s own profile of ${runsOf(runs)} on WebAssembly, in a session of its own: the median of each node. Every node’s output is an output of the model, so that none is fused with its neighbour.`,
    webgpu: 'WebGPU tells only how long it takes to hand work over, so layers are timed on WebAssembly.',
    start: 'Measure layers',
    again: 'Measure again',
    cancel: 'Cancel',
    progress: 'Runs timed',
    table: 'Layers by time',
    layer: 'Layer',
    macs: 'MACs',
    time: 'Time',
    total: (time: string, runs: number) => `${time} in all layers (medians of ${runs} runs, added up)`,
    other: (time: string) => `Another ${time} a run goes by between them, taking their times included.`,
    tiny: 'Taking the time takes time itself: of so small a network read the shares, not the milliseconds.',
    none: 'left out by the runtime',
    failed: 'The layers could not be timed.',
    here: (time: string, share: string) => `Measured here: ${time}, ${share} of all layers’ time.`,
    shares: (macs: string) => `Its share of the MACs is ${macs}.`,
  },
};
