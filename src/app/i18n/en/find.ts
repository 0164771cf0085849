import { plural } from '../plural.ts';

const networks = (count: number): string => `${count} ${plural(count, 'network', 'networks')}`;

/** The list of all networks: search, filters and table. */
export const find = {
  title: 'Every network',
  search: 'Search networks, ideas and operators',
  placeholder: 'resnet50, bottleneck, LRN, 1×1, 残差 …',
  try: 'Try',
  examples: ['bottleneck', 'drop-path', 'LRN', '1×1', 'grouped convolution', 'auxiliary classifier'],
  clearSearch: 'Clear the search',
  families: 'Families',
  filters: 'Filters',
  task: 'Made for',
  anyTask: 'Anything',
  tasks: {
    imagenet: 'ImageNet, 1000 classes',
    cifar10: 'CIFAR-10',
    mnist: 'MNIST',
    module: 'A module on its own',
    other: 'Other',
  },
  tasksShort: {
    imagenet: 'ImageNet',
    cifar10: 'CIFAR-10',
    mnist: 'MNIST',
    module: 'module',
    other: 'other',
  },
  years: 'Years',
  parameters: 'Parameters',
  macs: 'MACs',
  range: {
    any: 'any',
    from: (value: string) => `from ${value}`,
    to: (value: string) => `to ${value}`,
    between: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
    least: (label: string) => `${label}: at least`,
    most: (label: string) => `${label}: at most`,
  },
  counting: (all: number) => `Counting ${networks(all)}…`,
  found: (count: number, all: number) => (count === all ? networks(all) : `${count} of ${networks(all)}`),
  reset: 'Show all',
  nothing: 'No network meets all of this.',
  relax: {
    q: (count: number) => `Without the search: ${networks(count)}`,
    task: (count: number) => `Made for anything: ${networks(count)}`,
    years: (count: number) => `In any year: ${networks(count)}`,
    parameters: (count: number) => `Any number of parameters: ${networks(count)}`,
    macs: (count: number) => `Any number of MACs: ${networks(count)}`,
  },
  nothingAtAll: (query: string) =>
    `Nothing is called “${query}” or made of it. Names, authors, ideas and operators can be found, in English and Chinese.`,
  doesNotFit: 'does not fit: a lesson',
  table: {
    caption: 'Networks',
    columns: {
      title: 'Network',
      year: 'Year',
      task: 'Made for',
      depth: 'Depth',
      parameters: 'Parameters',
      macs: 'MACs',
      weights: 'Weights, fp32',
      time: 'A run here',
    },
    sortBy: (column: string) => `Sort by ${column}`,
  },
  backends: { wasm: 'WebAssembly', webgpu: 'WebGPU' },
  measuredHere: (backend: string, runs: number) => `Measured on this device: ${backend}, median of ${runs}`,
  note: 'For one image of the network’s own size. Depth: convolutions and fully connected layers on the longest path. MACs: multiply–accumulates of convolutions and fully connected layers. Dots lie on a logarithmic line.',
};
