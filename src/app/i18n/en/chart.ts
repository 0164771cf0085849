import { plural } from '../plural.ts';

const networks = (count: number): string => `${count} ${plural(count, 'network', 'networks')}`;

/** The chart of accuracy against cost, and the chooser. */
export const chart = {
  pageTitle: 'Compare',
  title: 'Accuracy against cost',
  lede: 'Every published accuracy of these networks on ImageNet over what one picture costs them: parameters, multiply–accumulates and memory as the atlas computes them.',
  counting: 'Counting what the networks cost…',
  across: 'Across',
  up: 'Up',
  area: 'Area',
  divided: (axis: string) => `${axis}: how the axis is divided`,
  scales: { log: 'log', linear: 'linear' },
  quantities: {
    macs: 'MACs a picture',
    parameters: 'Parameters',
    weights: 'Weights, fp32',
    activations: 'Activations',
    memory: 'Peak memory, fp32',
    time: 'Time of a run here',
    year: 'Year',
    top1: 'ImageNet top-1',
    top5: 'ImageNet top-5',
    cifar10: 'CIFAR-10 accuracy',
  },
  notMeasured: 'nothing measured on this device yet',
  withReason: (quantity: string, reason: string) => `${quantity} (${reason})`,
  noPoints: (x: string, y: string) => `No network of this chart has both: ${x}, and ${y}.`,
  noTimes:
    'Nothing has been measured on this device yet. Measure networks on the page of this device, or open one with trained weights and let it run ten times; its time then stands here.',
  here: (time: string) => `${time} here`,
  cifarMissing: 'The cards of the trained networks could not be loaded. Check the connection and try again.',
  pointsLabel: 'Points',
  front: 'no point is better in both',
  frontTitle: 'No point is better in both than',
  noFront: 'A year is neither better nor worse: there is no front.',
  summary: (points: number, x: string, y: string, front: readonly string[]) =>
    `${points} ${plural(points, 'point', 'points')}: ${y} over ${x}.${
      front.length > 0 ? ` None is better in both than ${front.join(', ')}.` : ''
    } The same points stand in the table below.`,
  shown: (shown: number, all: number) =>
    shown === all ? `${all} ${plural(all, 'point', 'points')}` : `${shown} of ${all} points`,
  brushHint:
    'Drag over the chart to take points in, or hold Shift and walk with the arrow keys; point at one to read about it.',
  areaNote: (size: string) => `The area of a mark: ${size}.`,
  hollowNote: 'A dashed outline: not to be compared with the others.',
  clearBrush: 'Clear the selection',
  save: 'Save as',
  saveFailed: 'This browser could not paint the picture. SVG and CSV can still be saved.',
  fileDescription: (x: string, y: string, size: string) =>
    `${y} over ${x}; the area of a mark stands for: ${size}. Dashed outlines are not to be compared with the others.`,
  legend: 'Families',
  hollow: 'not to be compared with the others; why stands beside each',
  series: 'A line joins networks of one family whose weights were made alike.',
  pointLabel: (title: string, x: string, y: string, size: string, reason: string | null) =>
    `${title}: ${y}, ${x}, ${size}${reason === null ? '' : `. ${reason}`}`,
  valueOf: (quantity: string, value: string) => `${quantity} ${value}`,
  unknown: 'not known',
  nothingPointed:
    'Point at a mark, or walk with the arrow keys, to read what it stands for and where it comes from.',
  readout: 'The point',
  measuredBy: 'Accuracy by',
  own: 'weights of this atlas, measured on the file that ships',
  evaluation: {
    oneCrop: (side: number) => `ImageNet validation, one centre crop of ${side}`,
    oneCropResized: (side: number) => `ImageNet validation, one centre crop of ${side} after resizing to 232`,
    tenCrops: (side: number) => `ImageNet validation, mean over 10 crops of ${side}`,
    testSet: (side: number) => `CIFAR-10, all 10,000 test pictures of ${side}`,
  },
  incomparable: {
    tenCrops: 'Not comparable: ten crops of a picture are read, where the others read one.',
    newerRecipe: 'Not comparable: a newer recipe of training makes the same network 3 to 5 points better.',
    foreignCost:
      'Not comparable: not in this atlas; another program counted its cost, batch normalization too.',
  },
  open: (title: string) => `Open ${title}`,
  add: 'Add to the comparison',
  added: 'In the comparison',
  full: (most: number) => `The comparison is full: ${most} networks`,
  chooser: 'Choose for a device',
  chooserLede: 'Set what you can spend and what you need; every network is held to it.',
  limits: {
    weights: 'Weights, fp32, at most',
    macs: 'MACs a picture, at most',
    memory: 'Peak memory of activations, fp32, at most',
    time: 'Time of a run on this device, at most',
    accuracy: { top1: 'ImageNet top-1, at least', cifar10: 'CIFAR-10 accuracy, at least' },
  },
  any: 'any',
  atMost: (value: string) => `≤ ${value}`,
  atLeast: (value: string) => `≥ ${value}`,
  typed: (label: string, unit: string) => `${label}, typed, in ${unit}`,
  notANumber: (text: string) => `“${text}” is no number above 0.`,
  resetLimits: 'Take all limits back',
  remain: (remaining: number, all: number) =>
    remaining === all ? `All ${networks(all)} remain` : `${remaining} of ${all} remain`,
  noneRemain: 'No network stays within all limits. The nearest of those that fell stand first.',
  remaining: 'Within all limits',
  fell: (count: number) => `Fell: ${networks(count)}`,
  fellAt: {
    weights: (value: string, times: string) => `weights ${value}: ${times} the limit`,
    macs: (value: string, times: string) => `${value} MACs: ${times} the limit`,
    memory: (value: string, times: string) => `peak memory ${value}: ${times} the limit`,
    time: (value: string, times: string) => `${value} a run: ${times} the limit`,
    accuracy: (value: string, points: string) => `${value}: ${points} points short`,
  },
  unknownAt: {
    weights: 'its weights are not known',
    macs: 'its MACs are not known',
    memory: 'its peak memory is not known',
    time: 'not measured on this device',
    accuracy: 'its accuracy is not known',
  },
  table: {
    open: (points: number) => `The same ${points} ${plural(points, 'point', 'points')} as a table`,
    caption: 'Accuracy against cost',
    network: 'Network',
    source: 'Accuracy by',
    evaluation: 'Measured on',
    sortBy: (column: string) => `Sort by ${column}`,
  },
};
