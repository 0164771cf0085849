/** The architecture figure, its cost strips and its legend. */
export const figure = {
  figure: 'Architecture figure',
  input: 'input',
  help: 'Arrow keys move along the network. Enter selects a layer and steps into its feature maps, where arrow keys move from cell to cell, Page Up and Page Down from map to map, and Escape leads out. Plus unfolds a group, minus folds it. Z zooms in and Shift-Z out, as do the square brackets; 0 shows the whole figure, 1 its actual size.',
  box: (name: string, operator: string, shape: string) =>
    operator === '' ? `${name} ${shape}` : `${name} ${shape}, ${operator}`,
  repeated: (count: number) => `${count} alike in a row`,
  broken: 'does not fit',
  unreached: 'not reached',
  unfold: (name: string) => `Unfold ${name}`,
  fold: (name: string) => `Fold ${name}`,
  overlayScale: { linear: 'even scale', log: 'log scale' },
  overlayPlain: 'grey: none',
  legend: 'Legend',
  categories: {
    convolution: 'convolution',
    linear: 'fully connected',
    pooling: 'pooling',
    normalization: 'normalization',
    activation: 'activation',
    merge: 'merge',
    reshape: 'reshape',
    regularization: 'regularization',
    other: 'other operators',
  },
  volumeScale:
    'One scale for all networks: height and depth as √ of the pixels, thickness as log₂ of the channels.',
  columnScale: 'Columns are lists of features, their height as log₂ of the count.',
  parts:
    'The slices of a concatenation are as wide as what each branch brings, in the branch’s colour; grey passes through unchanged.',
  adds: '⊕ adds; an arc is a shortcut.',
  averages: 'μ averages the columns that its bar joins.',
  sketches:
    'The small drawing in a folded group is a diagram; the volume behind it, to scale, is what leaves the group.',
  mapScale: 'Full colour is the largest magnitude in each layer, paper is 0.',
  negative: 'negative',
  positive: 'positive',
  cell: (layer: string, channel: number, row: number, column: number) =>
    `${layer}: channel ${channel}, row ${row}, column ${column}`,
  feature: (layer: string, index: number) => `${layer}: feature ${index}`,
  pointAtCell: 'Point at a cell of a map to see the window behind it.',
  pointAtLayer: 'Point at a layer to see what it costs.',
};
