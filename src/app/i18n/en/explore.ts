import type { RuntimeProblem } from '../../../engine/runtime/problem.ts';
import type { WeightsProblem } from '../../../engine/weights/problem.ts';

const weightsFailure = (problem: WeightsProblem): string => {
  switch (problem.code) {
    case 'truncated':
      return `The weight file is cut short: ${problem.actual} of ${problem.expected} bytes arrived.`;
    case 'not-safetensors':
      return 'What arrived is not a weight file.';
    case 'hash-differs':
      return 'The weight file is not the one its card describes: its SHA-256 differs, so it is not used.';
    case 'missing-tensor':
      return `The weight file is of another network: it has no tensor “${problem.tensor}”.`;
    case 'unexpected-tensor':
      return `The weight file is of another network: it holds a tensor “${problem.tensor}” that this one does not have.`;
    case 'shape-differs':
      return `The weight file is of another network: “${problem.tensor}” is ${problem.actual.join('×')}, not ${problem.expected.join('×')}.`;
    case 'bad-card':
      return `The card of the weights is damaged: its field “${problem.field}” is not ${problem.expected}.`;
    case 'http':
      return `The weights could not be fetched: the server answered with status ${problem.status}.`;
    case 'network':
      return 'The weights could not be fetched: the server could not be reached.';
  }
};

const runtimeFailure = (problem: RuntimeProblem): string => {
  switch (problem.code) {
    case 'no-simd':
      return 'This browser has no WebAssembly SIMD, which the runtime needs. The page’s own evaluator goes on answering.';
    case 'no-adapter':
      return 'This browser offers no WebGPU adapter, so the network runs on WebAssembly.';
    case 'download':
      return problem.status === null
        ? 'The runtime could not be fetched: the server could not be reached.'
        : `The runtime could not be fetched: the server answered with status ${problem.status}.`;
    case 'out-of-memory':
      return 'The runtime ran out of memory.';
    case 'session-failed':
      return `The runtime refuses this network: ${problem.detail}`;
    case 'wrong-numbers':
      return `This backend computes wrong numbers (${problem.node} is off by ${problem.maxError.toPrecision(2)}), so its answers are not shown.`;
    case 'run-failed':
      return `The last run failed: ${problem.detail}`;
    case 'worker-died':
      return problem.silent
        ? 'The runtime stopped answering. It is started again; nothing you drew is lost.'
        : 'The runtime broke down. It is started again; nothing you drew is lost.';
    case 'terminated':
      return 'The runtime was closed.';
  }
};

/** The page of one network. */
export const explore = {
  unknownTitle: 'No such network',
  unknown: (id: string) => `The atlas has no network called “${id}”.`,
  didYouMean: 'Did you mean',
  backToAtlas: 'Back to the atlas',
  /** What a phone keeps behind a line: input size, units, precision and the numbers of the network. */
  settings: 'Input, units and numbers',
  units: 'Count operations as',
  macs: 'MACs',
  flops: 'FLOPs',
  dtype: 'Number format',
  batch: 'Batch',
  batchNorm: 'Batch norm',
  batchNormApart: 'Batch norm apart',
  batchNormFolded: 'folded',
  memoryPanel: 'Memory and time on a device',
  view: 'View',
  viewMaps: 'Feature maps',
  viewVolumes: 'Volumes',
  modelsPanel: 'Models to run',
  figurePanel: 'The network, layer by layer',
  tablePanel: 'Layers',
  inspectorPanel: 'Layer',
  aboutPanel: 'About this network',
  unfoldAll: 'Unfold all',
  foldAll: 'Fold all',
  idea: 'What it brought',
  notes: 'Where sources disagree',
  source: 'Source',
  grows: (layer: string, inputs: string, usual: string) =>
    `At this size ${layer} takes ${inputs} numbers instead of ${usual}: its parameters change with the input, and weights trained for the usual size no longer fit.`,
  runOn: 'Run on',
  runOnAuto: 'Auto (WebAssembly)',
  runOnWasm: 'WebAssembly',
  runOnWebgpu: 'WebGPU',
  runOnWebgpuMissing: 'WebGPU (not in this browser)',
  accuracyNote: (task: string, images: string) => `${task}, ${images} test images`,
  oneRunNote: (by: string, runs: string) => `${by}, median of ${runs}`,
  by: { reference: 'page’s evaluator', wasm: 'WebAssembly', webgpu: 'WebGPU' },
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
  clocks: 'Clocks',
  clockWeights: 'weights fetched',
  clockRuntime: 'runtime fetched',
  clockStart: 'start-up',
  clockFirst: 'first run',
  clockRun: 'one run, median',
  weightsFailed: weightsFailure,
  runtimeFailed: runtimeFailure,
  weightsFailedRest: 'Shapes, costs and workings below do not need the weights.',
  fellBack: 'It runs on WebAssembly instead.',
  modelNeedsInput: (size: string) =>
    `The trained weights are for an input of ${size}. Reset the input size to draw.`,
};
