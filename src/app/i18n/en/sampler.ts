/** What training drops: stochastic depth and drop-path. */
export const sampler = {
  depthTitle: 'A different depth at every training step',
  depthIntro: (first: string, last: string) =>
    `Each block is kept with its own probability, from ${first} at the first to ${last} at the last. A dropped block passes its input on; in use, all blocks run and each body is scaled by its probability.`,
  blocks: 'Blocks',
  expected: 'Expected blocks E(L)',
  expectedWorking: 'Σ pₗ over all blocks',
  expectedLayers: 'Expected weight layers',
  expectedLayersNote: 'on the main path, stem and head included',
  expectedMacs: 'Expected MACs a step',
  ofAll: (share: string) => `${share} of the whole network, one image forward`,
  chart: 'Survival probability of every block; filled: kept in the rolled step',
  block: (number: string) => `block ${number}`,
  roll: 'Roll a training step',
  rolled: (kept: string, all: string, macs: string, share: string) =>
    `${kept} of ${all} blocks survive: ${macs} MACs, ${share} of the whole`,
  rolls: (count: string, mean: string) => `steps so far: ${count}, on average ${mean} blocks`,
  pathTitle: 'Paths that training drops',
  pathIntro:
    'Every join averages the columns that meet in it. Half of the training steps drop inputs of joins at random (local); in the others one column runs alone (global). So each column becomes a network of its own, and can be cut out after training.',
  kind: 'What is drawn',
  all: 'All paths',
  local: 'Local sampling',
  global: 'One column (global)',
  schematic: 'The columns of the network and their joins; inked: what the step uses',
  usedAll: (macs: string) => `All columns: ${macs} MACs`,
  usedLocal: (macs: string, share: string, drop: string) =>
    `Each join lost each input with probability ${drop}: ${macs} MACs, ${share} of the whole`,
  usedGlobal: (column: string, macs: string, share: string) =>
    `Column ${column} alone: ${macs} MACs, ${share} of the whole`,
  showColumn: (column: string) => `Open column ${column} as the plain network it is`,
};
