import type { ReportProblem } from '../../../engine/measure/device-report.ts';
import { plural } from '../plural.ts';

const problem = (of: ReportProblem): string => {
  switch (of.code) {
    case 'not-json':
      return 'This is no file of measurements: it is not JSON.';
    case 'other-format':
      return 'This is no file of measurements from this page.';
    case 'other-version':
      return `This file was written by another version of this page (${of.version}) and cannot be compared.`;
    case 'damaged':
      return `This file is damaged: its field “${of.field}” is missing or is no such value.`;
  }
};

/** This device, measured. */
export const device = {
  title: 'This device',
  lede: 'What this browser offers, how fast networks run in it, and what limits them. Nothing of it leaves the device.',
  offers: 'What the browser offers',
  facts: {
    browser: 'Browser',
    cores: 'Processor cores',
    memory: 'Memory',
    isolated: 'Cross-origin isolated',
    simd: 'WebAssembly SIMD',
    threads: 'WebAssembly threads',
    jspi: 'WebAssembly that waits for promises',
    gpu: 'WebGPU adapter',
    half: 'WebGPU half precision',
    buffer: 'Largest WebGPU buffer',
  },
  yes: 'yes',
  no: 'no',
  notTold: 'not told',
  memoryOf: (gib: string) => `${gib} GiB, as the browser rounds it`,
  noThreads: 'no: the page is not cross-origin isolated',
  noGpu: 'none found',
  software: 'software, not a graphics processor',
  asking: 'Asking the browser …',
  benchmark: 'How fast it is',
  benchmarkNote:
    'Networks run with made-up weights: the time does not depend on their values. A start and a first run stand apart; after two runs that do not count, up to thirty are counted, for four seconds at most. The answer alone is asked for, so the runtime may put layers together.',
  networks: 'Networks',
  more: 'Add another network',
  choose: 'Choose a network …',
  backends: 'Backends',
  wasm: 'WebAssembly',
  webgpu: 'WebGPU',
  webgpuMissing: 'WebGPU: this browser offers no adapter',
  memoryNeeded: (amount: string) => `needs ${amount}`,
  tooLarge: (amount: string) => `needs ${amount}: more than a tab can be given`,
  precision: 'Precision',
  precisions: { fp32: 'fp32, float32', fp16: 'fp16, half precision', int8: 'int8, whole numbers' },
  obstacles: {
    'wasm-has-no-half': 'on WebGPU alone, since WebAssembly has no arithmetic of halves',
    'no-half': 'this adapter has no shader-f16',
    'no-adapter': 'needs WebGPU, and this browser offers no adapter',
    'webgpu-has-no-whole':
      'on WebAssembly alone, since the runtime has no whole-number convolution for WebGPU',
  },
  calibrated: (runs: number) =>
    `weights and activations (QDQ), calibrated on ${runs} made-up ${plural(runs, 'picture', 'pictures')}`,
  way: (backend: string, precision: string) => (precision === 'fp32' ? backend : `${backend}, ${precision}`),
  start: 'Measure',
  cancel: 'Stop',
  limits: 'the device’s limits',
  progress: (what: string, backend: string, done: number, of: number) =>
    `Measuring ${what} on ${backend}: ${done} of ${of} done`,
  stopped: 'Stopped. What was measured so far is kept.',
  failed: (what: string, backend: string, reason: string) => `${what} on ${backend}: ${reason}`,
  nothing: 'Nothing measured yet.',
  nothingChosen: 'Choose at least one network and one backend.',
  intensities: {
    title: 'What will limit them',
    note: 'How much each chosen network computes for each byte that it moves, one image in fp32. Every circle is a layer, as large as its share of the operations.',
    label: (list: string) => `FLOPs a byte: ${list}.`,
    whole: 'the whole network',
    ridge: (backend: string, at: string) => `${backend}: roof bends at ${at}`,
    unknown:
      'Far to the left, memory is what limits; far to the right, arithmetic. Where one turns into the other is this device’s own: measure it.',
    read: 'Left of a dashed line memory is what limits this device, right of it arithmetic.',
    none: 'Choose a network to see how much it computes for each byte.',
  },
  results: 'Measured here',
  columns: {
    network: 'Network',
    backend: 'Backend',
    start: 'Start',
    first: 'First run',
    median: 'Run, median',
    spread: 'Middle half',
    rate: 'MACs a second',
    bound: 'Roofline bound',
    times: 'Times the bound',
    other: 'The other device',
  },
  threads: (count: number) => `${count} ${plural(count, 'thread', 'threads')}`,
  runs: (count: number) => `${count} ${plural(count, 'run', 'runs')}`,
  drift: (percent: string) => `slowed down by ${percent} while it ran: the device may have grown hot`,
  roofline: 'Roofline',
  rooflineNote: (backend: string, rate: string, bandwidth: string) =>
    `${backend}: ${rate} in a large convolution, ${bandwidth} in operators that only move values, both measured here. A network under the roof loses the distance to it.`,
  otherRoof: 'Dashed and hollow: the other device.',
  rooflineLabel: (backend: string, list: string) => `Roofline of ${backend}: ${list}.`,
  layers: {
    title: 'Layer by layer under the roof',
    note: 'Each layer of one network by how much it computes for each byte that it moves, and how fast it did: predicted by the roof beside what it took here. Timed one by one on WebAssembly, nothing put together, in fp32.',
    network: 'Network whose layers are timed',
    start: 'Time its layers',
    progress: 'Runs timed',
    noRoof: 'Measure the limits of WebAssembly above first: they are the roof.',
    misfit: 'This network does not fit its input, so it cannot be run.',
    of: (title: string) => `the layers of ${title}`,
    sum: (predicted: string, measured: string, times: string) =>
      `All layers: predicted ${predicted} at best, measured ${measured}, ${times} of it. A layer below ×1 keeps its data in a cache, is helped by an algorithm with fewer multiplications, or ran while the device had less else to do than when its limits were measured.`,
    columns: {
      layer: 'Layer',
      intensity: 'FLOPs a byte',
      limit: 'Limited by',
      predicted: 'Predicted',
      measured: 'Measured here',
      times: 'Times the prediction',
      memory: 'memory',
      arithmetic: 'arithmetic',
    },
    all: (count: number) => `List all ${count} layers`,
    fewer: 'List the longest alone',
  },
  across: 'FLOPs a byte',
  up: 'FLOP/s',
  export: 'Save as JSON',
  import: 'Compare with a saved device',
  forget: 'Forget the measurements',
  compared: (browser: string, when: string) => `Compared with ${browser}, measured ${when}.`,
  stopComparing: 'Stop comparing',
  problem,
};
