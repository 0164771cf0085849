import type { ComparedFiguresMessages } from '../../../components/compare/compared-figures.tsx';
import type { SentenceWords } from '../../compare/difference-sentence.ts';
import { plural } from '../plural.ts';
import { layerDiff } from './layer-diff.ts';

/** What the classes of a task are called. */
const taskNames: Readonly<Record<string, string>> = {
  cifar10: 'CIFAR-10’s',
  imagenet: 'ImageNet’s',
  digits: 'digit',
};

/** `A, B and C` */
const listed = (titles: readonly string[]): string =>
  titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;

/** Networks side by side. */
export const compare = {
  title: 'Side by side',
  lede: 'Two to four networks on one axis and to one scale, with what they cost and where.',
  add: 'Add a network',
  choose: 'Choose a network …',
  full: 'Four networks at most: take one out to add another.',
  empty: 'Choose the networks to compare, or begin with one of these:',
  one: 'Add a second network to compare with.',
  examples: {
    zfnet: 'AlexNet and ZFNet',
    vgg: 'VGG-16 and VGG-19',
    residual: 'Plain-34 and ResNet-34',
    blocks: 'ResNet-50, ResNeXt-50 and WRN-50-2',
    heavy: 'VGG-19, ResNet-152 and DenseNet-264',
    small: 'AlexNet and SqueezeNet',
  },
  networks: 'Networks compared',
  remove: (title: string) => `Take out ${title}`,
  earlier: (title: string) => `Move ${title} up`,
  later: (title: string) => `Move ${title} down`,
  baseline: 'baseline',
  makeBaseline: (title: string) => `Measure against ${title}`,
  vary: (title: string) => `Turn the numbers of ${title}`,
  varySummary: 'Turn its numbers',
  open: (title: string) => `Open ${title}`,
  input: (shape: string) => `input ${shape}`,
  fromFile: (file: string, input: string) => `${file} · ${input}`,
  notOpen:
    'This file is not open in this tab: files stay on their device, and an address only names them. Open it again to compare it.',
  openHint:
    'as one more column, or drop it anywhere on this page. It is read in this browser and goes nowhere.',
  uncounted: (title: string, count: number) =>
    `${count} ${plural(count, 'operator', 'operators')} of ${title} ${plural(count, 'is', 'are')} left uncounted, so its MACs and FLOPs are at least what they say, and no ratio is taken.`,
  broken: (title: string, problem: string) =>
    `${title} cannot be followed to its end, so its figures are left out: ${problem}`,
  swap: 'Swap the first two',
  unknown: (id: string) => `The atlas has no network called “${id}”, so it is left out.`,
  didYouMean: 'Did you mean',
  twice: (title: string) => `${title} was named twice and stands here once.`,
  noNumber: (title: string, parts: string) =>
    `${title} has no such number to turn, so this is left out: “${parts}”.`,
  many: (titles: string) => `No more than four networks fit side by side; left out: ${titles}.`,
  misfit: (title: string, problem: string) =>
    `${title} does not fit its input, so its figures are left out: ${problem}`,
  inputs: (list: string) =>
    `The inputs differ (${list}), so stages are aligned by how often the resolution was halved, not by its pixels.`,
  index: 'Parts of this page',
  figures: 'Figures to one scale',
  together: 'Fold together',
  foldAll: 'Fold all',
  unfoldAll: 'Unfold all',
  figure: {
    label: 'Architecture figures',
    figure: (title: string) => `Figure of ${title}`,
    level: (halvings: number, resolution: string | null) =>
      resolution ?? (halvings === 0 ? 'input size' : `1/${2 ** halvings}`),
    head: 'head',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Fit',
    pointAtLayer: 'Point at a layer to see what it is and what it costs.',
  } satisfies ComparedFiguresMessages,
  boxCosts: (parameters: string, macs: string) => `${parameters} parameters, ${macs} MACs`,
  totals: 'Totals',
  totalsNote: (title: string) => `Ratios are to ${title}.`,
  rows: {
    parameters: 'Parameters',
    macs: 'MACs',
    flops: 'FLOPs',
    weights: 'Weights, fp32',
    activations: 'All activations, fp32',
    peak: 'Peak activations, fp32',
    depth: 'Layers with weights',
    field: 'Receptive field before the head',
    time: 'One run, measured here',
    top1: 'ImageNet top-1',
    year: 'Year',
  },
  none: '—',
  pixels: (pixels: string) => `${pixels} px`,
  along: 'Along depth',
  alongNote: 'From the first operator to the last, each network’s depth drawn equally long.',
  depthAxis: 'share of the operators',
  charts: {
    parameters: 'Parameters so far',
    macs: 'MACs so far',
    alive: 'Activation memory alive, fp32',
    field: 'Receptive field in input pixels, logarithmic',
  },
  chartSummary: (list: string) => `At the end or at most: ${list}.`,
  differences: 'What is different',
  layerByLayer: 'Layer by layer',
  against: (before: string, after: string) => `From ${before} to ${after}`,
  sentence: {
    ...layerDiff.words,
    at: (layer: string, changes: string) => `${layer} ${changes}`,
    atMany: (layers: number, first: string, changes: string) =>
      `${changes} in ${layers} layers, the first ${first}`,
    filtersTimes: (factor: string) => `${factor} × the filters`,
    outputsTimes: (factor: string) => `${factor} × the outputs`,
    apart: (alike: number, added: number, removed: number) =>
      `They have little in common: ${alike} ${plural(alike, 'layer has', 'layers have')} a counterpart, ${added} ${plural(added, 'is', 'are')} new and ${removed} ${plural(removed, 'is', 'are')} gone.`,
    more: (changes: number) => `${changes} further ${plural(changes, 'kind', 'kinds')} of changes`,
    added: (layers: number, first: string) =>
      layers === 1 ? `${first} added` : `${layers} layers added, the first ${first}`,
    removed: (layers: number, first: string) =>
      layers === 1 ? `${first} removed` : `${layers} layers removed, the first ${first}`,
    same: 'No layer differs.',
    join: (parts: readonly string[]) => `${parts.join('; ')}.`,
  } satisfies SentenceWords,
  picture: {
    title: 'The same picture through all of them',
    noWeights: (titles: string) =>
      `There are no trained weights for pictures of these here, so they do not read it: ${titles}.`,
    cannotRun: (titles: string) => `Not run here, for a reason that its own page tells: ${titles}.`,
    ownFile: (bytes: string) => `Your own file, ${bytes}`,
    imagenet: (top1: string, bytes: string) =>
      `${top1} % of ImageNet’s pictures as its source states, ${bytes}`,
    toFetch:
      'It reads pictures once its ImageNet weights are here. Nothing is fetched before you ask for it.',
    weights: 'Weights to read with',
    prepared: 'How the picture is prepared',
    noPicture: 'Give it a picture first.',
    offer: 'Networks that can read it, to add:',
    instead: 'Compare four networks that read pictures',
    accuracy: (accuracy: string, bytes: string) => `${accuracy} of CIFAR-10’s test pictures, ${bytes}`,
    loading: 'Its weights are on their way.',
    time: (time: string, runs: number) =>
      runs === 1 ? `One run here: ${time}` : `One run here: ${time}, median of ${runs}`,
    agreement: {
      waiting: (answered: number, of: number) => `${answered} of ${of} have answered.`,
      all: (titles: readonly string[], label: string) =>
        `${listed(titles)} ${titles.length === 2 ? 'both' : 'all'} say ${label}.`,
      split: (groups: readonly { readonly label: string; readonly titles: readonly string[] }[]) =>
        `They differ: ${groups
          .map(({ label, titles }) => `${listed(titles)} ${titles.length === 1 ? 'says' : 'say'} ${label}`)
          .join('; ')}.`,
      alone: (title: string, task: string | null, label: string) =>
        task === null
          ? `${title} says class ${label}; what that is called is not known.`
          : `${title} says ${label}, of ${taskNames[task] ?? 'its own'} classes.`,
      tasks:
        'Answers are compared within one set of classes only: the same number means something else in another.',
    },
    maps: {
      title: 'Where they looked',
      methods: { none: 'Not shown', activation: 'Class activation', occlusion: 'Occlusion' },
      classLabel: 'Class',
      ownFirst: 'Each network’s first answer',
      patch: 'Square, of the side',
      patches: ['1/8', '1/4', '3/8'],
      stride: 'Step, of the square',
      strides: ['1/4', '1/2', '1'],
      start: 'Cover and ask all',
      how: 'A square of mid-grey covers one place after the other in every column; where it hides what counts, the class’s probability falls. All maps have one scale.',
      live: 'Stop the camera to ask about a picture.',
      activationOf: (label: string) =>
        `For ${label}, on a scale of its own: logits of two networks do not compare.`,
      occlusionOf: (label: string, before: string, most: string) =>
        `${label}: ${before} with nothing covered; it changes by at most ${most} points.`,
      notAsked: 'Not asked yet.',
    },
  },
  chart: 'Accuracy against cost',
  words: layerDiff.words,
};
