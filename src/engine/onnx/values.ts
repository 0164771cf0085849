import { ShapeError } from '../graph/problem.ts';
import { countWindows, dilated } from '../ops/window.ts';
import type { Shape } from '../spec/types.ts';
import { dataTypeName } from './data-types.ts';
import { ImportError, type ImportProblem, type PlacedNode } from './import-problem.ts';
import type { OnnxOperation } from './read-model.ts';

/** A tensor on its way through an imported network. Shapes have their batch axis. */
export interface Value {
  /** Name in the file. */
  readonly name: string;
  /** Null where it is not known: nothing behind it can be measured. */
  readonly shape: Shape | null;
  /** `TensorProto.DataType`; 0 where unknown. */
  readonly type: number;
  /** What makes it while the network runs; null for a constant. */
  readonly source: string | null;
  /** A constant's values, where they are few and known. */
  readonly numbers: readonly number[] | null;
  /** The tensor of the file that a constant is, through casts and reshapings; null for one that is worked out. */
  readonly tensor: string | null;
  /** Whether a constant was found as an initialiser, as learnt numbers are, not as a node. */
  readonly isInitialiser: boolean;
  /** Whether it only scales whole numbers back to what they stand for. */
  readonly isScale: boolean;
  /** How a constant was worked out, where that matters: weights scattered into zeros. */
  readonly made: { readonly type: string; readonly inputs: readonly (Value | null)[] } | null;
}

/** A constant; what is not said is unknown. */
export const constant = (name: string, shape: Shape | null, rest: Partial<Value> = {}): Value => ({
  name,
  shape,
  type: 0,
  source: null,
  numbers: null,
  tensor: null,
  isInitialiser: false,
  isScale: false,
  made: null,
  ...rest,
});

/** Values in a shape; 1 for a scalar. */
export const countOf = (shape: Shape): number => shape.reduce((product, extent) => product * extent, 1);

/** An operator's name with its domain, where that is not ONNX's own. */
export const operatorName = ({ domain, type }: Pick<OnnxOperation, 'domain' | 'type'>): string =>
  domain === '' ? type : `${domain}.${type}`;

/** A node as errors name it. */
export const placeOf = (node: OnnxOperation): PlacedNode => ({
  node: node.name || node.outputs.find((name) => name !== '') || node.type,
  operator: operatorName(node),
});

type Failing = Extract<ImportProblem, PlacedNode>;
/** A problem without the node at which it came up. */
type Unplaced<P> = P extends PlacedNode ? Omit<P, keyof PlacedNode> : never;

/** One operator call of a file with its inputs' values, and its attributes by kind. */
export class Call {
  readonly node: OnnxOperation;
  /** As ONNX names what it computes; of a quantised operator the plain one. */
  readonly type: string;
  /** Null for inputs that are left out. */
  readonly inputs: readonly (Value | null)[];
  readonly opset: number;

  constructor(node: OnnxOperation, type: string, inputs: readonly (Value | null)[], opset: number) {
    this.node = node;
    this.type = type;
    this.inputs = inputs;
    this.opset = opset;
  }

  fail(problem: Unplaced<Failing>): ImportError {
    return new ImportError({ ...problem, ...placeOf(this.node) } as ImportProblem);
  }

  /** An input that has to be there. */
  value(index: number): Value {
    const value = this.inputs[index];
    if (!value) throw this.fail({ code: 'inputs', count: this.inputs.filter((given) => given).length });
    return value;
  }

  /** The shape of an input that has to be there. @throws ImportError `dynamic-shape` */
  shape(index: number): Shape {
    const { shape } = this.value(index);
    if (!shape) throw this.fail({ code: 'dynamic-shape' });
    return shape;
  }

  /** The numbers of a constant input; null where it is left out. @throws ImportError `dynamic-shape` */
  numbers(index: number): readonly number[] | null {
    const value = this.inputs[index];
    if (!value) return null;
    if (!value.numbers) throw this.fail({ code: 'dynamic-shape' });
    return value.numbers;
  }

  /** Inputs that do not go together. */
  misfits(): ImportError {
    return this.fail({
      code: 'shapes',
      shapes: this.inputs.flatMap((value) => (value?.shape ? [value.shape] : [])),
    });
  }

  wrongType(value: Value): ImportError {
    return this.fail({ code: 'wrong-type', tensor: value.name, type: dataTypeName(value.type) });
  }

  int(name: string, fallback: number): number {
    const found = this.node.attributes.get(name);
    if (!found) return fallback;
    if (found.kind !== 'int' || !Number.isSafeInteger(found.value)) throw this.badAttribute(name);
    return found.value;
  }

  float(name: string, fallback: number): number {
    const found = this.node.attributes.get(name);
    if (!found) return fallback;
    if (found.kind !== 'float' || !Number.isFinite(found.value)) throw this.badAttribute(name);
    return found.value;
  }

  text(name: string, fallback: string): string {
    const found = this.node.attributes.get(name);
    if (!found) return fallback;
    if (found.kind !== 'text') throw this.badAttribute(name);
    return found.value;
  }

  ints(name: string): readonly number[] | null {
    const found = this.node.attributes.get(name);
    if (!found) return null;
    if (found.kind !== 'ints') throw this.badAttribute(name);
    return found.value;
  }

  badAttribute(attribute: string): ImportError {
    return this.fail({ code: 'attribute', attribute });
  }

  /** An axis counted from the end where negative. */
  axis(axis: number, rank: number, name = 'axis'): number {
    const own = axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(own) || own < 0 || own >= rank) throw this.badAttribute(name);
    return own;
  }

  /** Axes from an attribute, or from an input of later operator sets; null where none are named. */
  axes(rank: number, input = 1): number[] | null {
    const named = this.ints('axes') ?? (this.inputs.length > input ? this.numbers(input) : null);
    return named ? [...new Set(named.map((axis) => this.axis(axis, rank, 'axes')))] : null;
  }

  /** A list of whole numbers of a length, or all the same. */
  list(name: string, length: number, fallback: number, least: number): readonly number[] {
    const found = this.ints(name);
    if (!found || (found.length === 0 && length > 0)) return new Array<number>(length).fill(fallback);
    if (found.length !== length || !found.every((value) => Number.isSafeInteger(value) && value >= least)) {
      throw this.badAttribute(name);
    }
    return found;
  }
}

/** A sliding window over the axes behind batch and channels. */
export interface SlidingWindow {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Before each axis, then after each. */
  readonly pads: readonly number[];
  readonly ceil: boolean;
}

/** The window of a convolution or pooling over an image, its `auto_pad` worked out. */
export function windowOf(call: Call, kernel: readonly number[], image: Shape): SlidingWindow {
  const axes = kernel.length;
  if (image.length !== axes + 2) throw call.misfits();
  const strides = call.list('strides', axes, 1, 1);
  const dilations = call.list('dilations', axes, 1, 1);
  const auto = call.text('auto_pad', 'NOTSET');
  let pads =
    auto === 'NOTSET' || auto === ''
      ? call.list('pads', 2 * axes, 0, 0)
      : new Array<number>(2 * axes).fill(0);
  if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') {
    const before: number[] = [];
    const after: number[] = [];
    for (let axis = 0; axis < axes; axis += 1) {
      const extent = image[axis + 2] ?? 1;
      const stride = strides[axis] ?? 1;
      const window = dilated(kernel[axis] ?? 1, dilations[axis] ?? 1);
      const total = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + window - extent);
      const half = auto === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
      before.push(half);
      after.push(total - half);
    }
    pads = [...before, ...after];
  } else if (auto !== 'NOTSET' && auto !== 'VALID' && auto !== '') {
    throw call.badAttribute('auto_pad');
  }
  return { kernel, strides, dilations, pads, ceil: call.int('ceil_mode', 0) === 1 };
}

/** Extents after a window has slid over an image. @throws ImportError `misfit` */
export function slideOver(call: Call, window: SlidingWindow, image: Shape): number[] {
  const axes = window.kernel.length;
  try {
    return window.kernel.map((kernel, axis) =>
      countWindows(
        axis === axes - 1 ? 'width' : 'height',
        image[axis + 2] ?? 1,
        dilated(kernel, window.dilations[axis] ?? 1),
        window.strides[axis] ?? 1,
        window.pads[axis] ?? 0,
        window.pads[axis + axes] ?? 0,
        window.ceil ? 'ceil' : 'floor',
      ),
    );
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw call.fail({ code: 'misfit', problem: error.problem, shapes: [image] });
  }
}

/** The shape to which shapes are stretched together; null where they cannot be (numpy's rule). */
export function broadcast(shapes: readonly Shape[]): Shape | null {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    let extent = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === extent) continue;
      if (extent !== 1) return null;
      extent = own;
    }
    result.push(extent);
  }
  return result;
}
