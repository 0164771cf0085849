import type { ClaimQuantity, StatementId, Verdict } from '../../claims.ts';

/** Figures of a statement, as text. */
export interface ClaimFigures {
  readonly subject: string;
  /** The subject's value of what the claim is about. */
  readonly value: string;
  readonly other: string;
  readonly otherValue: string;
  /** The subject's value as a part or multiple of the other's. */
  readonly times: string;
  readonly weights: string;
  readonly otherWeights: string;
  readonly peak: string;
  readonly linearShare: string;
  readonly accuracy: string;
  readonly otherAccuracy: string;
}

interface StatementWords {
  readonly claim: string;
  /** What the figures say. */
  readonly shown: (figures: ClaimFigures) => string;
}

const statements = {
  alexnetFewOperations: {
    claim: 'AlexNet: few operations',
    shown: (figures: ClaimFigures) =>
      `${figures.value} for one image, the fewest of the networks that the lecture compares. A stride of 4 at once leaves little to compute on, and grouping halves three of five convolutions.`,
  },
  alexnetMuchMemory: {
    claim: 'AlexNet: much memory',
    shown: (figures: ClaimFigures) =>
      `${figures.value} are ${figures.weights} of weights, more than all but VGG and its own twin ZFNet; ${figures.linearShare} of them stand in three fully connected layers. It is the weights that are large: its peak of activations, ${figures.peak}, is among the smallest.`,
  },
  alexnetLowAccuracy: {
    claim: 'AlexNet: low accuracy',
    shown: (figures: ClaimFigures) => `${figures.value} of first answers are right: the least of all.`,
  },
  vggMostMemory: {
    claim: 'VGG: the most memory, in weights',
    shown: (figures: ClaimFigures) =>
      `${figures.value} are ${figures.weights} of weights; ${figures.linearShare} of them stand in the fully connected layers.`,
  },
  vggMostPeak: {
    claim: 'VGG: the most memory, in activations',
    shown: (figures: ClaimFigures) =>
      `${figures.value} at the peak of one image’s inference: the first stage computes 64 maps at full resolution and needs input and output at once. No other network keeps 224×224 past its first layer.`,
  },
  vggMostOperations: {
    claim: 'VGG: the most operations',
    shown: (figures: ClaimFigures) =>
      `${figures.value} for one image, the most of the networks that the lecture compares.`,
  },
  googlenetOperations: {
    claim: 'GoogLeNet: the most efficient, in operations',
    shown: (figures: ClaimFigures) =>
      `Nothing that is as accurate (${figures.accuracy}) computes less than its ${figures.value}. Less accurate networks do, so “most efficient” means: for that accuracy.`,
  },
  googlenetParameters: {
    claim: 'GoogLeNet: the most efficient, in parameters',
    shown: (figures: ClaimFigures) =>
      `Nothing that is as accurate (${figures.accuracy}) has fewer than its ${figures.value}: average pooling took the place of AlexNet’s two large fully connected layers.`,
  },
  resnetModerate: {
    claim: 'ResNet: moderate efficiency',
    shown: (figures: ClaimFigures) =>
      `With 152 layers it computes ${figures.value}: ${figures.times} of what ${figures.other} needs (${figures.otherValue}), and still several times GoogLeNet’s.`,
  },
  resnetAccuracy: {
    claim: 'ResNet: the best accuracy',
    shown: (figures: ClaimFigures) =>
      `${figures.value} of first answers are right, the most of the networks that the lecture compares.`,
  },
  squeezenetAccuracy: {
    claim: 'SqueezeNet: AlexNet’s accuracy',
    shown: (figures: ClaimFigures) =>
      `${figures.value} of first answers are right, ${figures.otherValue} of AlexNet’s. The paper reports 57.5 %.`,
  },
  squeezenetFifty: {
    claim: 'SqueezeNet: 50 times fewer parameters',
    shown: (figures: ClaimFigures) =>
      `${figures.otherValue} against ${figures.value} are ${figures.times}. The 50 comes from dividing the sizes of two files in different units: 240 MB of AlexNet (${figures.otherWeights}, decimal) by 4.8 MB of SqueezeNet (${figures.weights}, binary).`,
  },
} satisfies Readonly<Record<StatementId, StatementWords>>;

/** The lecture's claims and what the figures make of them. */
export const claimWords = {
  heading: 'What the lecture says of it, and the figures',
  hint: 'CS231n 2017, lecture 9, compares the networks below. Counts are computed from the definitions, for one image at each network’s own input.',
  accuracyHint:
    'Accuracies are top-1 on ImageNet’s validation images, from one centre crop, with weights of the networks’ own years:',
  verdicts: {
    holds: 'It holds',
    qualified: 'It holds with a qualification',
    fails: 'It does not hold',
  } satisfies Readonly<Record<Verdict, string>>,
  quantities: {
    parameters: 'Parameters',
    macs: 'MACs',
    peak: 'Peak activations, fp32',
    top1: 'Top-1 accuracy',
  } satisfies Readonly<Record<ClaimQuantity, string>>,
  parametersUnit: (value: string) => `${value} parameters`,
  macsUnit: (value: string) => `${value} MACs`,
  beyondMore: (names: string) => `Later networks in the atlas go further: ${names}.`,
  statements,
};
