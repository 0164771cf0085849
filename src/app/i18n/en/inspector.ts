import type { CellArithmeticMessages } from '../../../components/inspector/cell-arithmetic.tsx';
import type { InspectorMessages } from '../../../components/inspector/inspector.tsx';
import { plural } from '../plural.ts';
import { layerTable } from './layer-table.ts';

const place = (channel: number, row: number, column: number, image: boolean): string =>
  image ? `channel ${channel}, row ${row}, column ${column}` : `feature ${channel}`;

/** The selected layer with its workings, and the arithmetic of one of its cells. */
export const inspector = {
  label: 'Selected layer',
  nothing: 'Choose a layer in the figure or the table to see how each of its numbers comes about.',
  path: 'Inside',
  quantities: {
    outputHeight: 'Output height',
    outputWidth: 'Output width',
    outputChannels: 'Output channels',
    outputFeatures: 'Output features',
    parameters: 'Parameters',
    macs: 'MACs',
    flops: 'FLOPs',
    activationBytes: 'Activation memory',
    parameterBytes: 'Weights in memory',
    receptiveFieldHeight: 'Receptive field, height',
    receptiveFieldWidth: 'Receptive field, width',
    jump: 'Jump',
  },
  outputSize: 'Output height and width',
  memory: 'Memory',
  weightsInMemory: 'weights',
  receptiveField: 'Receptive field',
  jump: (pixels: number) =>
    `jump ${pixels}: neighbouring outputs look ${pixels} ${plural(pixels, 'pixel', 'pixels')} apart`,
  seesAll: (size: string) => `Every output sees all of what came before: ${size} px.`,
  legend: 'Where the numbers come from',
  origins: { input: 'arrives', attribute: 'set by the layer', derived: 'worked out before' },
  share: (operations: string, parameters: string, units: 'macs' | 'flops') =>
    `${operations} of the network’s ${units === 'macs' ? 'MACs' : 'FLOPs'} with ${parameters} of its parameters`,
  operations: 'Operations by class',
  operationClasses: {
    multiplyAccumulate: 'multiply–accumulates',
    add: 'additions',
    multiply: 'multiplications',
    compare: 'comparisons',
    divide: 'divisions',
    exponent: 'exponentials and powers',
  },
  followers: 'Then',
  inside: 'Inside',
  code: 'In ONNX and PyTorch',
  onnx: 'ONNX',
  pytorch: 'PyTorch',
  reused: 'In inference it may overwrite its input, and then needs no memory of its own.',
  kinds: {
    network: 'Network',
    series: 'Series',
    stage: 'Stage',
    block: 'Block',
    unit: 'Unit',
    branches: 'Branches',
    residual: 'Residual block',
    branch: 'Branch',
    body: 'Body',
    shortcut: 'Shortcut',
    tap: 'Side branch',
  },
  notReached: (broken: string) =>
    broken === 'input'
      ? 'The input is not usable, so this layer has no numbers yet.'
      : `${broken} does not fit, so nothing arrives here: this layer has no numbers.`,
  operators: layerTable.operators,
  cell: {
    title: (layer: string) => `A cell of ${layer}`,
    place,
    keys: 'Arrow keys move the cell; Page Up and Page Down change the channel.',
    channel: (channel: number) => `channel ${channel}`,
    feature: (feature: number) => `feature ${feature}`,
    more: (count: number, sum: string) => `and ${count} more ${plural(count, 'channel', 'channels')}: ${sum}`,
    others: (count: number) => `${count} ${plural(count, 'other', 'others')}`,
    products: (count: number) => `${count} ${plural(count, 'product', 'products')}`,
    squares: (count: number) => `${count} ${plural(count, 'square', 'squares')}`,
    values: (count: number) => `${count} ${plural(count, 'value', 'values')}`,
    bias: 'bias',
    coefficient: 'coefficient',
    largest: (count: number) => `the largest of ${count}`,
    mean: (count: string) => `÷ ${count}`,
    copied: (from: string, at: string) => `copied from ${from}: ${at}`,
    border: 'a constant of the border',
    padding: 'padding',
    window: 'window × kernel, channel by channel',
    readoutHint: 'Point at a square for its product.',
    returned: (value: string, by: 'runtime' | 'reference') =>
      by === 'runtime' ? `the runtime returned ${value}` : `the page’s own arithmetic returned ${value}`,
    agrees: 'and the two agree',
    differs: (difference: string) => `which differs by ${difference}`,
    unknown: 'The numbers of this cell are not known yet: draw a digit.',
  },
} satisfies InspectorMessages & { readonly cell: CellArithmeticMessages };
