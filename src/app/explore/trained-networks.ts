/** Networks whose page runs them: a digit is drawn, and their weights read it. */
export const liveNetworks: ReadonlySet<string> = new Set(['lenet5']);

/** Networks whose weights ship with the site: each has a card and a weight file in `public/models`. */
export const trainedNetworks: ReadonlySet<string> = new Set([
  ...liveNetworks,
  'alexnet-cifar10',
  'nin-small-cifar10',
]);
