/** One text in every language of the page. */
export interface LocalisedText {
  readonly en: string;
  readonly zh: string;
}

/**
 * What a published value measures. `parameters`, `macs`, `flops`, `activations`, `peakBytes`, `weightsBytes` and
 * `weightLayers` are computed by the atlas as well and stand beside it; errors and what only training or another
 * program can tell (`connections`, `compressedBytes` …) stand alone with their source.
 */
export const publishedQuantities = [
  'parameters',
  'macs',
  'flops',
  'activations',
  'neurons',
  'connections',
  'weightsBytes',
  'compressedBytes',
  'weightLayers',
  'inputSize',
  'expectedDepth',
  'trainingCost',
  'ratio',
  'top1Error',
  'top5Error',
  'cifar10Error',
  'cifar100Error',
  'svhnError',
  'mnistError',
] as const;

/** {@link publishedQuantities} as a type. */
export type PublishedQuantity = (typeof publishedQuantities)[number];

/** A value that somebody published about a network, beside which the page puts the one it computes. */
export interface PublishedValue {
  readonly quantity: PublishedQuantity;
  /** The value as printed, in `unit`. */
  readonly value: number;
  /**
   * The unit it is printed in: `k`, `M`, `G` (powers of 1000), `K` (1024, as in GoogLeNet's table), `MB`, `KiB`, `MiB`, `%`,
   * `×`, `px`. Absent: the bare number.
   */
  readonly unit?: string;
  /** What exactly was counted or measured: crops, which layers, with or without biases, training recipe. */
  readonly convention: LocalisedText;
  /** Who published it and where in the work: `He et al. 2015, table 1`. */
  readonly source: string;
  readonly link?: string;
  /** Id of the layer or group that the value is about; absent: the whole network. */
  readonly layer?: string;
  /**
   * `exact`: equals the computed value; `rounded`: the computed value rounded or cut off to the printed digits; `differs`:
   * neither, with a `reason`; null: the atlas does not compute this.
   */
  readonly agrees: 'exact' | 'rounded' | 'differs' | null;
  /** Why it differs, or what makes it agree. */
  readonly reason?: LocalisedText;
}

/** Published values by architecture id. */
export type PublishedTable = Readonly<Record<string, readonly PublishedValue[]>>;
