import { formatBytes } from '../../../engine/cost/format.ts';
import type { DownloadProblem } from '../../models/download-weights.ts';
import type { OpenWeightsProblem } from '../../models/open-weights.ts';
import type { MemoryRefusal } from '../../models/run-memory.ts';
import type { KeepOutcome } from '../../models/weight-keeper.ts';
import { onnxImport } from './onnx-import.ts';

const downloadProblem = (problem: DownloadProblem): string => {
  switch (problem.code) {
    case 'http':
      return `${problem.host} does not give the file: it answered with status ${problem.status}.`;
    case 'not-the-file':
      return `${problem.host} sent a web page or a text instead of the file. It is not used.`;
    case 'unreachable':
      return `${problem.host} could not be reached, or does not let this site fetch from it.`;
    case 'offline':
      return 'This device is offline. What is stored here can still be used.';
    case 'stalled':
      return `${problem.host} sent nothing for ${problem.seconds} seconds, so the download was given up.`;
    case 'cut-short':
      return `The file ended too early: ${formatBytes(problem.received)} of ${formatBytes(problem.expected)} came from ${problem.host}.`;
    case 'too-long':
      return `${problem.host} sent more than the ${formatBytes(problem.expected)} that the file has. It is not used.`;
    case 'hash-differs':
      return `What ${problem.host} sent is not the file expected: its SHA-256 differs, so it is not used.`;
    case 'no-memory':
      return `This browser has no ${formatBytes(problem.bytes)} of memory for the file.`;
  }
};

const openProblem = (problem: OpenWeightsProblem): string => {
  switch (problem.code) {
    case 'import':
      return onnxImport.problem(problem.problem);
    case 'broke-down':
      return 'Reading the file broke down; perhaps this device has too little memory for it.';
    case 'gone':
      return 'The file is no longer stored in this browser. Download it again.';
  }
};

/** Why a network is not run for want of memory. */
export const memoryRefusal = ({ code, bytes, limit, beside }: MemoryRefusal): string =>
  code === 'runtime'
    ? `It is not run: it would need ${formatBytes(bytes)}, and WebAssembly is given ${formatBytes(limit)} here. A smaller input needs less.`
    : beside > 0
      ? `It is not run: starting it would need ${formatBytes(bytes)} beside the ${formatBytes(beside)} of the networks that run, more than half of this device’s memory (${formatBytes(limit)}) in all.`
      : `It is not run: starting it would need ${formatBytes(bytes)}, more than half of this device’s memory (${formatBytes(limit)}).`;

const keepNotes: Readonly<Record<KeepOutcome, string | null>> = {
  stored: null,
  full: 'The browser has no room to keep the file: it is held until this page is closed.',
  unavailable: 'This browser lets the page store nothing: the file is held until this page is closed.',
};

/** The weights that a network can run with, and where they are kept. */
export const models = {
  title: 'Run it with',
  nothingBefore: 'Nothing is fetched or started before you ask for it.',
  tasks: { mnist: 'MNIST', cifar10: 'CIFAR-10' },
  trained: (task: string) => `Weights trained on ${task}`,
  trainedOrigin: 'Trained by this project; comes with the page',
  imagenet: (kind: string) => `ImageNet weights, ${kind}`,
  imagenetOf: (kind: string, title: string) => `ImageNet weights, ${kind}, of ${title}`,
  imagenetOrigin: (hosts: string) => `From ONNX’s model zoo, on ${hosts}`,
  random: 'Random weights',
  randomOrigin: (seed: number) => `Made here by He’s initialisation, seed ${seed}: nothing is downloaded`,
  columns: { size: 'Size', accuracy: 'Accuracy', licence: 'Licence', memory: 'Memory for a run' },
  none: '—',
  top1: (percent: string) => `${percent} %`,
  top5: (percent: string) => `top 5: ${percent} %`,
  accuracySources: {
    zoo: 'as the model zoo states it',
    torchvision: 'as torchvision 0.14 states it',
  },
  accuracySource:
    'Accuracy of ImageNet weights: the share of ImageNet’s 50,000 validation pictures read right, as its source states it and for the middle of each picture. It was not measured here.',
  testPictures: (count: string) => `measured on ${count} test pictures`,
  guessing: 'no better than guessing',
  memory: (bytes: string) => bytes,
  memoryMost: (bytes: string) => `${bytes} of the whole tab at most`,
  inUse: 'In use',
  use: 'Use',
  stop: 'Stop and free memory',
  download: (size: string) => `Download ${size}`,
  cancel: 'Cancel',
  again: 'Try again',
  opening: 'Reading the file …',
  runRandom: 'Run with random weights',
  stored: 'stored in this browser',
  progress: 'Downloading',
  progressOf: (received: string, total: string) => `${received} of ${total}`,
  action: (action: string, name: string) => `${action}: ${name}`,
  noRoom: (free: string) =>
    `The browser has room for ${free} only: the file would be held until this page is closed.`,
  unknown: (id: string) => `This page knows no weights called “${id}”.`,
  press: 'The address asks for random weights. They are made once you press the button.',
  problem: downloadProblem,
  openProblem,
  refusal: memoryRefusal,
  keepNotes,
  sameNetwork: 'The file holds this network, and its layers run as the file has them:',
  otherNetwork:
    'The file’s network is built otherwise than this page’s, so its answer is shown and its feature maps are not.',
  changed: (count: number, examples: string) =>
    count === 1
      ? `one layer has other numbers (${examples}).`
      : `${count} layers have other numbers (${examples}).`,
  changedLayer: (id: string, own: string, file: string) => (own === file ? id : `${id}: ${file} for ${own}`),
  absorbed: (count: number) =>
    `${count} batch norms or ReLUs are part of the layers before them; a layer shows what comes out behind.`,
  quantised: 'Whole numbers of 8 bits: a feature map shows what they stand for. It runs on WebAssembly.',
  asDefined: 'The file holds this network, layer for layer as it is defined here.',
  randomWarning: 'These weights are random: the answer means nothing. Maps and times are real.',
  randomOverflow: 'With random weights the numbers of so deep a network overflow.',
  className: (index: number) => `Class ${index}`,
  verdicts: {
    sure: (label: string) => `It takes this for: ${label}`,
    likely: (label: string, other: string) => `Perhaps ${label} (or ${other})`,
    unsure: (label: string, other: string) => `Hard to tell: ${label}, or ${other}?`,
  },
  knows: 'It knows ImageNet’s 1,000 classes and no other.',
  labelsFailed: 'The names of the classes could not be fetched; their numbers stand for them.',
  storage: {
    open: 'Stored weights',
    title: 'Weights stored in this browser',
    empty: 'Nothing is stored.',
    close: 'Close',
    file: 'File',
    size: 'Size',
    date: 'Stored on',
    remove: 'Remove',
    removeNamed: (file: string) => `Remove ${file}`,
    removeAll: 'Remove all',
    total: (count: number, bytes: string) => (count === 1 ? `1 file, ${bytes}` : `${count} files, ${bytes}`),
    space: (used: string, quota: string) =>
      `This site uses ${used} of the ${quota} that the browser allows it.`,
    held: (count: number) =>
      count === 1
        ? 'One more file is held until this page is closed.'
        : `${count} more files are held until this page is closed.`,
    noDate: 'unknown',
    words: ['storage', 'cache', 'downloads', 'weights', 'remove', '存储', '权重'],
  },
};
