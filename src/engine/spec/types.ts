import type { Form } from './form.ts';

/**
 * The definition language: the tree in which a network is authored. A spec is plain data; everything else
 * (shapes, costs, figure, ONNX, PyTorch) is derived from it by {@link file://../graph/lower.ts}.
 */

/** A tensor's shape without the batch axis: `[channels, height, width]`, or `[features]` after a Flatten. */
export type Shape = readonly number[];

/** Two numbers along the spatial axes: height before width. */
export type Pair = readonly [height: number, width: number];

/** Rows and columns added around an image, in ONNX's order. */
export type Padding = readonly [top: number, left: number, bottom: number, right: number];

/**
 * Rounding of a window count that does not divide evenly. With `ceil`, a last window that would start beyond the
 * input and its left padding is dropped (PyTorch's and ONNX's rule).
 */
export type Rounding = 'floor' | 'ceil';

/** Attributes common to every operator that slides a window. */
export interface WindowAttributes {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

/** ONNX `Conv`, with CS231n's vocabulary: `channels` is the number of filters. */
export interface ConvAttributes extends WindowAttributes {
  readonly channels: number;
  readonly dilation: Pair;
  readonly groups: number;
  readonly bias: boolean;
  /**
   * Which input channels each output channel reads, for partially connected layers (LeNet-5's C3, LeCun et al.
   * 1998, Table I). Absent means all of the group's channels.
   */
  readonly connections?: readonly (readonly number[])[];
}

/** ONNX `MaxPool`. */
export interface MaxPoolAttributes extends WindowAttributes {
  readonly rounding: Rounding;
}

/** ONNX `AveragePool`; `countPadding` is ONNX's `count_include_pad`. */
export interface AveragePoolAttributes extends WindowAttributes {
  readonly rounding: Rounding;
  readonly countPadding: boolean;
}

/**
 * A mean over as many windows as the size says, whatever arrives (PyTorch `AdaptiveAvgPool2d`): window `i` of `n` over an
 * extent `e` begins at `⌊i·e / n⌋` and ends before `⌈(i + 1)·e / n⌉`. Where the size arrives there is nothing to do, and
 * lowering leaves the layer out.
 */
export interface AdaptiveAveragePoolAttributes {
  readonly size: Pair;
}

/** ONNX `Gemm` as a fully connected layer: `features` outputs. */
export interface GemmAttributes {
  readonly features: number;
  readonly bias: boolean;
  /** The number of inputs the paper (or a listing) says; lowering refuses any other. Absent: whatever arrives. */
  readonly inputs?: number;
}

/** ONNX `BatchNormalization`, in inference form: running mean and variance are buffers. */
export interface BatchNormalizationAttributes {
  readonly epsilon: number;
  readonly momentum: number;
}

/**
 * ONNX `LRN`: `y = x / (bias + alpha / size · Σ x²)^beta` over `size` neighbouring channels. A paper that does not
 * divide by `size` (AlexNet) has its alpha multiplied by `size` here.
 */
export interface LrnAttributes {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/** ONNX `Tanh`, or LeCun's scaled form `amplitude · tanh(slope · x)` (1998, appendix A). */
export interface TanhAttributes {
  readonly amplitude: number;
  readonly slope: number;
}

/** ONNX `Dropout`; the identity in inference. */
export interface DropoutAttributes {
  readonly rate: number;
}

/**
 * Stochastic depth at the end of a residual body (Huang et al. 2016): in training the whole body is dropped with
 * probability `1 − survival`; in inference it is scaled by `survival` (equation 5).
 */
export interface StochasticDepthAttributes {
  /** Probability that the block survives a training step, above 0 and at most 1. */
  readonly survival: number;
}

/** ONNX `Pad` with a constant. */
export interface PadAttributes {
  readonly padding: Padding;
  /** Channels put before and after the image's own: the parameter-free shortcut of He et al. 2015 (option A). */
  readonly channels: readonly [before: number, after: number];
  readonly value: number;
}

/**
 * Trainable subsampling of LeNet-5's S2 and S4 (LeCun et al. 1998, II.B): each channel's window is summed,
 * multiplied by one trainable coefficient and added to one trainable bias.
 */
export interface SubsampleAttributes {
  readonly kernel: Pair;
  readonly stride: Pair;
}

/**
 * Euclidean radial basis function units (LeCun et al. 1998, II.B): `yᵢ = Σⱼ (xⱼ − wᵢⱼ)²` with fixed codes `w` of ±1,
 * one row a class. The class with the smallest output is the answer.
 */
export interface RbfAttributes {
  readonly codes: readonly (readonly number[])[];
}

/** Scalar operations of one image, by class. FLOPs are `2 · multiplyAccumulate` plus all the others. */
export interface OperationCounts {
  /** Multiply–accumulates of convolutions and fully connected layers, bias not counted. */
  readonly multiplyAccumulate: number;
  readonly add: number;
  readonly multiply: number;
  readonly compare: number;
  readonly divide: number;
  /** exp, and powers with a fractional exponent. */
  readonly exponent: number;
}

/**
 * An operator of an imported file that has no rules of its own here. What is known of it was read off the file: it
 * stands in figure and table, but cannot be computed or written as code.
 */
export interface OpaqueAttributes {
  /** As the file calls it, with its domain where that is not ONNX's own: `HardSwish`, `com.microsoft.NhwcMaxPool`. */
  readonly operator: string;
  /** Which of the operator's results this is, from 0. */
  readonly result: number;
  readonly shape: Shape;
  /** What it computes, by the operator's definition; null where that is not known: it is then left uncounted. */
  readonly operations: OperationCounts | null;
  /** The tensors of the file that it reads, by the place of the input that they are. */
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: Shape;
    readonly learnable: boolean;
  }[];
  /** What one value of the result reads: the value at the same place, any of the image, or who knows. */
  readonly reach: 'pointwise' | 'global' | 'unknown';
}

/** An operator without attributes. */
export type NoAttributes = Readonly<Record<never, never>>;

/**
 * Every operator the engine knows, by ONNX name, and its attributes; `AdaptiveAveragePool`, `Subsample` and `Rbf`
 * (LeNet-5) and `StochasticDepth` are no ONNX operators and are written as several, and `Opaque` stands for any other
 * operator of a file.
 */
export interface OperatorAttributes {
  readonly Conv: ConvAttributes;
  readonly MaxPool: MaxPoolAttributes;
  readonly AveragePool: AveragePoolAttributes;
  readonly GlobalAveragePool: NoAttributes;
  readonly AdaptiveAveragePool: AdaptiveAveragePoolAttributes;
  readonly Gemm: GemmAttributes;
  readonly BatchNormalization: BatchNormalizationAttributes;
  readonly LRN: LrnAttributes;
  readonly Relu: NoAttributes;
  readonly Tanh: TanhAttributes;
  readonly Sigmoid: NoAttributes;
  readonly Softmax: NoAttributes;
  readonly Dropout: DropoutAttributes;
  readonly Flatten: NoAttributes;
  readonly Pad: PadAttributes;
  readonly Identity: NoAttributes;
  readonly Add: NoAttributes;
  readonly Concat: NoAttributes;
  readonly Mean: NoAttributes;
  readonly StochasticDepth: StochasticDepthAttributes;
  readonly Subsample: SubsampleAttributes;
  readonly Rbf: RbfAttributes;
  readonly Opaque: OpaqueAttributes;
}

/** The name of an operator. */
export type OpName = keyof OperatorAttributes;

/** Operators that merge several branches into one tensor. */
export type MergeName = 'Add' | 'Concat' | 'Mean';

/** What a group of layers means to the reader; it changes no number. */
export type GroupRole = 'stage' | 'block' | 'unit';

/** One operator call, the leaf of a spec. */
export type OperatorSpec = {
  readonly [O in OpName]: {
    readonly $: 'operator';
    readonly op: O;
    readonly attributes: OperatorAttributes[O];
  };
}[OpName];

/** A named series of layers with a role. */
export interface GroupSpec {
  readonly $: 'group';
  readonly role: GroupRole;
  readonly layers: Series;
}

/**
 * Parallel branches over one input, met by a merge operator. Without a merge of their own they are the end of a branch
 * of an outer merge, and their results enter that merge one by one: a join of several columns (FractalNet).
 */
export interface BranchesSpec {
  readonly $: 'branches';
  readonly merge: MergeName | null;
  readonly branches: Readonly<Record<string, Spec>>;
}

/** A residual block: `after(body(x) + shortcut(x))`; a shortcut of `{}` is the identity (He et al. 2015). */
export interface ResidualSpec {
  readonly $: 'residual';
  readonly body: Spec;
  readonly shortcut: Spec;
  readonly after: Series;
}

/** A branch that does not rejoin, such as GoogLeNet's auxiliary classifiers; the main path passes it by. */
export interface TapSpec {
  readonly $: 'tap';
  readonly layers: Series;
}

/** Layers one after the other; the keys are their names. */
export type Series = { readonly [name: string]: Spec } & { readonly $?: never };

/** Any part of a spec. */
export type Spec = OperatorSpec | GroupSpec | BranchesSpec | ResidualSpec | TapSpec | Series;

/** Where a definition comes from. */
export interface Source {
  /** arXiv number, DOI or the usual citation. */
  readonly paper: string;
  /** An address at which the paper can be read. */
  readonly link?: string;
  /** The table, figure or section that the definition follows. */
  readonly where: string;
  readonly year: number;
  readonly authors: string;
}

/** Totals that a source states, to stand beside the computed ones. */
export interface PublishedTotals {
  /** Who states them: the paper, or a well-known implementation. */
  readonly source: string;
  /** Learnable numbers. */
  readonly parameters?: number;
  /** Multiply–accumulates of convolutions and fully connected layers for one image. */
  readonly macs?: number;
}

/** Numbers by which the networks of a family differ; also the keys of the address that change them. */
export type KnobId =
  /** Layers with weights, by the paper's own way of counting. */
  | 'depth'
  /** Wide ResNet's k: how many times wider than ResNet. */
  | 'width'
  /** Filters of the first stage. */
  | 'filters'
  /** ResNeXt's C: groups of a grouped convolution. */
  | 'cardinality'
  /** ResNeXt's d: channels of a group in the first stage. */
  | 'groupWidth'
  /** DenseNet's k: channels that each layer adds. */
  | 'growth'
  /** DenseNet's θ: the part of the channels that a transition keeps. */
  | 'compression'
  /** FractalNet's C. */
  | 'columns'
  /** The column of a FractalNet that runs alone; 0 for all of them. */
  | 'column'
  /** Stochastic depth's p_L: the probability with which the last block survives. */
  | 'survival'
  /** Classes told apart. */
  | 'classes';

/** A value for some of the knobs. */
export type KnobValues = Readonly<Partial<Record<KnobId, number>>>;

/** A topology without weights, as authored: the definition from which everything else is derived. */
export interface Architecture {
  /** The id in addresses and tests, fixed for ever. */
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly input: Shape;
  readonly layers: Series;
  readonly published?: PublishedTotals;
  /** The plan whose numbers can be turned, where the network has one. */
  readonly form?: Form;
  /** The network's own values of the form's knobs. */
  readonly values?: KnobValues;
}

/** The architectures of one file, oldest first by `year`. */
export interface Family {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly variants: readonly Architecture[];
}
