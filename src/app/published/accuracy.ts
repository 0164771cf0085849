/**
 * How the images of ImageNet's validation set were shown: one centre crop of the network's own size after resizing to
 * 256, the same after resizing to 232, or the mean over ten crops.
 */
export type Evaluation = 'oneCrop' | 'oneCropResized' | 'tenCrops';

/** What keeps an accuracy from being compared with the others. */
export type Incomparable = 'tenCrops' | 'newerRecipe' | 'foreignCost';

/** Costs as another program counted them, where the atlas does not have the network. */
export interface ForeignCost {
  readonly parameters: number;
  readonly macs: number;
  readonly year: number;
}

/** How often a network's first answer is right on ImageNet's validation images, as somebody measured it. */
export interface AccuracyFact {
  /** Names the fact: the network and whose weights. */
  readonly key: string;
  /** Id in the catalogue; null for a network that the atlas does not have. */
  readonly architecture: string | null;
  /** The network's name where the catalogue has none. */
  readonly title: string | null;
  /** Id of the family whose colour it has. */
  readonly family: string | null;
  /** Per cent. */
  readonly top1: number;
  /** Per cent; null where it was not published. */
  readonly top5: number | null;
  /** Side of the crop in pixels. */
  readonly crop: number;
  readonly evaluation: Evaluation;
  /** Who measured it, on which weights. */
  readonly source: string;
  readonly incomparable: Incomparable | null;
  /** Facts of one set and one family are members of one series: their weights were made alike. */
  readonly set: string;
  readonly foreign: ForeignCost | null;
}

type Row = readonly [architecture: string, top1: number, top5: number | null];

/** Accuracies of one origin. */
const from = (
  set: string,
  source: string,
  rows: readonly Row[],
  rest: Partial<AccuracyFact> = {},
): readonly AccuracyFact[] =>
  rows.map(([architecture, top1, top5]) => ({
    key: `${architecture} ${set}`,
    architecture,
    title: null,
    family: null,
    top1,
    top5,
    crop: 224,
    evaluation: 'oneCrop',
    source,
    incomparable: null,
    set,
    foreign: null,
    ...rest,
  }));

/** A network outside the catalogue, with costs that timm counted: multiply–accumulates of batch normalization too. */
const outside = (
  key: string,
  title: string,
  [top1, top5]: readonly [number, number],
  foreign: ForeignCost,
  source: string,
): AccuracyFact => ({
  key,
  architecture: null,
  title,
  family: 'googlenet',
  top1,
  top5,
  crop: 299,
  evaluation: 'oneCrop',
  source,
  incomparable: 'foreignCost',
  set: 'timm',
  foreign,
});

const CAFFE = 'BVLC Caffe';
const FIRST = 'torchvision 0.14, IMAGENET1K_V1';
const SECOND = 'torchvision 0.14, IMAGENET1K_V2';
const newer = { evaluation: 'oneCropResized', incomparable: 'newerRecipe' } as const;

/**
 * Published top-1 accuracies on ImageNet, each with its source and how it was measured. Of a network's comparable ones the
 * first is the one that the atlas compares with.
 */
export const accuracyFacts: readonly AccuracyFact[] = [
  ...from('BVLC', CAFFE, [['alexnet', 57.1, 80.2]], { crop: 227 }),
  ...from('CaffeNet', `${CAFFE}, CaffeNet`, [['alexnet', 57.4, 80.4]], { crop: 227 }),
  ...from('V1', FIRST, [['alexnet-owt', 56.522, 79.066]]),
  ...from('osmr', 'osmr/imgclsmob', [['zfnet', 60.21, 82.73]]),
  ...from('paper', 'Zeiler, Fergus 2013, table 2', [['zfnet', 61.6, 83.5]], {
    evaluation: 'tenCrops',
    incomparable: 'tenCrops',
  }),
  ...from('Caffe', 'NiN, Caffe model zoo', [['nin-imagenet', 59.36, null]]),
  ...from('V1', FIRST, [
    ['vgg11', 69.02, 88.628],
    ['vgg13', 69.928, 89.246],
    ['vgg16', 71.592, 90.382],
    ['vgg19', 72.376, 90.876],
  ]),
  ...from('V1 BN', FIRST, [
    ['vgg11-bn', 70.37, 89.81],
    ['vgg13-bn', 71.586, 90.374],
    ['vgg16-bn', 73.36, 91.516],
    ['vgg19-bn', 74.218, 91.842],
  ]),
  ...from('BVLC', CAFFE, [['googlenet', 68.7, 88.9]]),
  ...from('V1', FIRST, [
    ['googlenet-torchvision', 69.778, 89.53],
    ['resnet18', 69.758, 89.078],
    ['resnet34', 73.314, 91.42],
    ['resnet50', 76.13, 92.862],
    ['resnet101', 77.374, 93.546],
    ['resnet152', 78.312, 94.046],
  ]),
  ...from(
    'V2',
    SECOND,
    [
      ['resnet50', 80.858, 95.434],
      ['resnet101', 81.886, 95.78],
      ['resnet152', 82.284, 96.002],
    ],
    newer,
  ),
  ...from('MSRA', 'He et al., deep-residual-networks', [
    ['resnet50-v1', 75.3, 92.2],
    ['resnet101-v1', 76.4, 92.9],
    ['resnet152-v1', 77, 93.3],
  ]),
  ...from('fb.resnet.torch', 'Zagoruyko, Komodakis 2016', [['preact-resnet200', 78.34, 94.21]]),
  ...from('paper', 'Huang et al. 2016', [['stochastic-depth-152', 78.02, null]]),
  ...from('V1', FIRST, [
    ['wrn-50-2', 78.468, 94.086],
    ['wrn-101-2', 78.848, 94.284],
  ]),
  ...from(
    'V2',
    SECOND,
    [
      ['wrn-50-2', 81.602, 95.758],
      ['wrn-101-2', 82.51, 96.02],
    ],
    newer,
  ),
  ...from('paper', 'Zagoruyko, Komodakis 2016', [['wrn-50-2', 78.1, 93.97]]),
  ...from('V1', FIRST, [
    ['resnext50-32x4d', 77.618, 93.698],
    ['resnext101-32x8d', 79.312, 94.526],
  ]),
  ...from(
    'V2',
    SECOND,
    [
      ['resnext50-32x4d', 81.198, 95.34],
      ['resnext101-32x8d', 82.834, 96.228],
    ],
    newer,
  ),
  ...from('V1, newer recipe', FIRST, [['resnext101-64x4d', 83.246, 96.454]], newer),
  ...from('paper', 'Xie et al. 2016', [
    ['resnext50-32x4d', 77.8, null],
    ['resnext101-32x4d', 78.8, 94.4],
    ['resnext101-64x4d', 79.6, 94.7],
  ]),
  ...from('V1', FIRST, [
    ['densenet121', 74.434, 91.972],
    ['densenet169', 75.6, 92.806],
    ['densenet201', 76.896, 93.37],
    ['densenet161', 77.138, 93.56],
  ]),
  ...from('paper', 'Huang et al. 2017', [
    ['densenet121', 74.98, 92.29],
    ['densenet169', 76.2, 93.15],
    ['densenet201', 77.42, 93.66],
    ['densenet264', 77.85, 93.88],
  ]),
  ...from('V1', FIRST, [
    ['squeezenet-1.0', 58.092, 80.42],
    ['squeezenet-1.1', 58.178, 80.624],
  ]),
  ...from('paper', 'Iandola et al. 2016', [['squeezenet-1.0', 57.5, 80.3]], { crop: 227 }),
  outside(
    'inception-v3 timm',
    'Inception-v3',
    [77.472, 93.468],
    { parameters: 23.83e6, macs: 5.73e9, year: 2015 },
    'torchvision weights, timm results',
  ),
  outside(
    'inception-v4 timm',
    'Inception-v4',
    [80.144, 94.982],
    { parameters: 42.68e6, macs: 12.28e9, year: 2016 },
    'TF-slim weights, timm results',
  ),
];

/**
 * The accuracy that stands for each network in comparisons, by architecture id: one centre crop, and a recipe of training of
 * the networks' own years. Newer weights of the same networks are 3 to 5 points better and left out.
 */
export const accuracies: Readonly<Record<string, AccuracyFact>> = Object.fromEntries(
  accuracyFacts
    .filter(({ architecture, incomparable }) => architecture !== null && incomparable === null)
    .map((fact) => [fact.architecture, fact] as const)
    // Of several the first, which therefore has to be written last.
    .reverse(),
);
