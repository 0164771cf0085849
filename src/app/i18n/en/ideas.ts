/** Ideas that a network can be found by; the first word of each is its name on the page. */
export const ideas = {
  residual: ['residual block', 'shortcut', 'skip connection', 'identity shortcut'],
  projection: ['projection shortcut', 'option B'],
  optionA: ['parameter-free shortcut', 'option A', 'zero padding'],
  bottleneck: ['bottleneck', '1×1 reduction'],
  parallel: ['parallel branches', 'multi-branch', 'concatenation'],
  dense: ['dense block', 'dense connections', 'feature reuse', 'growth rate'],
  grouped: ['grouped convolution', 'groups'],
  pointwise: ['1×1 convolution', 'pointwise convolution'],
  smallFilters: ['3×3 only', 'small filters'],
  auxiliary: ['auxiliary classifier', 'deep supervision'],
  partial: ['partial connections', 'connection table'],
  globalPool: ['global average pooling'],
  batchNorm: ['batch normalization', 'batchnorm', 'BN'],
  lrn: ['local response normalization'],
  dropout: ['dropout'],
  stochasticDepth: ['stochastic depth', 'survival probability', 'linear decay'],
  fractal: ['fractal', 'drop-path', 'columns', 'without shortcuts'],
  inception: ['inception module', 'multi-scale'],
  fire: ['fire module', 'squeeze and expand', 'compression', 'small model'],
  cardinality: ['cardinality', 'aggregated transformations'],
  preactivation: ['pre-activation', 'identity mappings'],
  wide: ['widening factor', 'width over depth'],
  mlpconv: ['mlpconv', 'network in network'],
  plain: ['plain network', 'degradation'],
  twoTowers: ['two GPUs', 'two towers', 'model parallelism'],
  visualisation: ['visualisation', 'deconvnet'],
  digits: ['handwritten digits', 'MNIST'],
  veryDeep: ['more than 1000 layers', 'very deep'],
} as const;

/** An idea by which networks are found. */
export type IdeaId = keyof typeof ideas;
