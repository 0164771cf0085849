/** Networks that read a digit as one draws it; all other trained ones read pictures. */
export const digitNetworks: ReadonlySet<string> = new Set(['lenet5']);

/** Networks whose weights ship with the site: each has a card and a weight file in `public/models`. */
export const trainedNetworks: ReadonlySet<string> = new Set([
  ...digitNetworks,
  'alexnet-cifar10',
  'fractalnet-cifar10',
  'plain20-cifar10',
  'stochastic-depth-32-cifar10',
  'resnext29-mini-cifar10',
  'inception-cifar10',
  'densenet-bc40-k12-cifar10',
  'preact-resnet20-cifar10',
  'resnet20-cifar10',
  'nin-small-cifar10',
  'wrn-16-2-cifar10',
  'squeezenet-cifar10',
  'vgg11-cifar10',
  'zfnet-cifar10',
]);
