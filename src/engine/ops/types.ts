import type { OperationCounts, OperatorAttributes, OpName, Pair, Shape } from '../spec/types.ts';
import type { Expression } from './expression.ts';

/** Families of operators; each has one colour in the figure. */
export type Category =
  | 'convolution'
  | 'linear'
  | 'pooling'
  | 'normalization'
  | 'activation'
  | 'merge'
  | 'reshape'
  | 'regularization'
  | 'other';

/** Values of one tensor, row-major in the order of its shape. */
export type FloatArray = Float32Array | Float64Array;

/** One operator call: its attributes and the shapes around it (without the batch axis). */
export interface Context<O extends OpName = OpName> {
  readonly attributes: OperatorAttributes[O];
  readonly inputs: readonly Shape[];
  readonly output: Shape;
}

/** How a tensor of an operator is filled before training. */
export type Initialisation =
  | { readonly kind: 'he'; readonly fanIn: number }
  | { readonly kind: 'glorot'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'constant'; readonly value: number };

/** A tensor that belongs to an operator: a learnable parameter, or a buffer (running statistics). */
export interface TensorSpec {
  /** Name within the node; the tensor's full name is `<node id>.<name>`. */
  readonly name: string;
  /** Name of the same tensor in PyTorch's module. */
  readonly torchName: string;
  readonly shape: Shape;
  readonly learnable: boolean;
  readonly initialisation: Initialisation;
}

/** Scalar operations of one image, by class. */
export type Operations = OperationCounts;

/** How an operator moves the receptive field: a sliding window, windows of uneven sizes, one cell to one cell, or the whole image. */
export type Extents =
  | {
      readonly kind: 'window';
      readonly kernel: Pair;
      readonly stride: Pair;
      readonly dilation: Pair;
      /** Rows and columns of padding before the first cell: top, left. */
      readonly before: Pair;
    }
  | {
      readonly kind: 'uneven';
      /** Rows and columns of the largest window. */
      readonly largest: Pair;
      /** Mean distance between the first cells of neighbouring windows; a fraction where they do not divide evenly. */
      readonly spacing: Pair;
    }
  | { readonly kind: 'pointwise' }
  | { readonly kind: 'global' }
  /** At least one cell to one cell: how many more is not known. */
  | { readonly kind: 'unknown' };

/** A cell of a tensor: channel, row, column; row and column are 0 in a list of features. */
export type Cell = readonly [channel: number, row: number, column: number];

/** Input cells read by one output cell: every combination of the listed channels, rows and columns. Rows and columns outside the image are padding. */
export interface Reads {
  /** Which of the node's inputs. */
  readonly input: number;
  readonly channels: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** One input cell's part in an output cell. */
export interface CellTerm {
  readonly input: number;
  readonly cell: Cell;
  /** The cell's value; 0 in padding. */
  readonly value: number;
  /** What it is multiplied by, for weighted sums. */
  readonly weight?: number;
  readonly padding: boolean;
}

/** The arithmetic that made one output cell. */
export interface CellArithmetic {
  readonly kind:
    | 'weighted-sum'
    | 'maximum'
    | 'mean'
    | 'sum'
    | 'function'
    | 'copy'
    | 'scaled-sum'
    | 'squared-distance'
    | 'normalisation';
  readonly terms: readonly CellTerm[];
  /** Added after the sum, where there is one. */
  readonly bias?: number;
  /** Coefficient of a scaled sum. */
  readonly scale?: number;
  /** Sum before the final function, for those that have one. */
  readonly sum?: number;
  readonly result: number;
}

/** What a working explains. */
export type Quantity =
  | 'outputHeight'
  | 'outputWidth'
  | 'outputChannels'
  | 'outputFeatures'
  | 'parameters'
  | 'macs'
  | 'flops'
  | 'activationBytes'
  | 'parameterBytes'
  | 'receptiveFieldHeight'
  | 'receptiveFieldWidth'
  | 'jump';

/** A number with the arithmetic that gives it. */
export interface Working {
  readonly quantity: Quantity;
  readonly expression: Expression;
  readonly result: number;
}

/** An attribute of an ONNX node. */
export type OnnxAttribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number };

/** One ONNX node. */
export interface OnnxNode {
  readonly opType: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A constant that the ONNX form needs besides the operator's own tensors. */
export interface OnnxConstant {
  readonly name: string;
  readonly type: 'float32' | 'int64' | 'uint8' | 'int8' | 'int32';
  readonly shape: Shape;
  readonly values: readonly number[];
}

/** The names to use in the ONNX form, and how to write it. */
export interface OnnxNames {
  readonly inputs: readonly string[];
  /** The tensor name of the result: the node's id. */
  readonly output: string;
  /** The tensor name of one of the operator's own tensors. */
  tensor(name: string): string;
  /** A name for something inside the form. */
  local(name: string): string;
  /**
   * Whether to use only what onnxruntime-web has for WebGPU: ONNX `LRN` would run on the CPU, and a session with a
   * `Dropout` whose result is asked for cannot be made at all.
   */
  readonly forWebGpu: boolean;
}

/** An operator in ONNX (opset 17). */
export interface OnnxForm {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
}

/** A call in Python in parts: what is called, and its arguments as Python text. */
export interface PythonCall {
  readonly name: string;
  readonly positional: readonly string[];
  readonly keywords: Readonly<Record<string, string>>;
}

/** An operator in PyTorch: a module, or an expression that merges several values. */
export type TorchForm =
  | {
      readonly kind: 'module';
      readonly expression: string;
      /** The expression in parts. */
      readonly call: PythonCall;
      /** Classes the expression needs, as Python text by class name. */
      readonly helpers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'merge'; expression(inputs: readonly string[]): string };

/**
 * A tensor that training keeps for the backward pass: the operator's inputs, its output, the place of each window's
 * maximum (8 bytes a value of the output), or which values dropout let pass (1 byte a value).
 */
export type Kept = 'input' | 'output' | 'indices' | 'mask';

/** All that is known about one operator. */
export interface Operator<O extends OpName> {
  readonly category: Category;
  /** Whether the result may overwrite the input in inference (DESIGN: ReLU, batch norm, dropout, reshape). */
  readonly inPlace: boolean;
  /**
   * What training keeps of a call for its backward pass, as PyTorch's autograd does; `view` for an output that is the
   * input itself under another name or shape, so that it is never held twice.
   */
  readonly keeps: 'view' | readonly Kept[];
  /** The output's shape. @throws ShapeError where the inputs do not fit */
  inferShape(attributes: OperatorAttributes[O], inputs: readonly Shape[]): Shape;
  /** The operator's own tensors. */
  tensors(context: Context<O>): readonly TensorSpec[];
  operations(context: Context<O>): Operations;
  extents(context: Context<O>): Extents;
  /** The input cells behind an output cell. */
  reads(context: Context<O>, cell: Cell): readonly Reads[];
  /** The working of the output's shape, parameters and MACs, where they are not trivial. */
  explain(context: Context<O>): readonly Working[];
  /** Computes the output of one image in double precision accumulators; the oracle of the tests. */
  evaluate(
    context: Context<O>,
    inputs: readonly FloatArray[],
    tensors: Readonly<Record<string, FloatArray>>,
    output: FloatArray,
  ): void;
  /** The arithmetic of one output cell. */
  arithmetic(
    context: Context<O>,
    inputs: readonly FloatArray[],
    tensors: Readonly<Record<string, FloatArray>>,
    cell: Cell,
  ): CellArithmetic;
  toOnnx(context: Context<O>, names: OnnxNames): OnnxForm;
  toTorch(context: Context<O>): TorchForm;
}
