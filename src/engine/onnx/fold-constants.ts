import type { Shape } from '../spec/types.ts';
import { dataTypeOf, FLOAT, INT64 } from './data-types.ts';
import { perValue } from './operation-counts.ts';
import { isRearranging, rearranged, slicePlaces } from './rearrange.ts';
import { broadcast, type Call, constant, countOf, type Value } from './values.ts';

/** Values of constants that are worked out: sizes and axes, not weights. */
const MOST_NUMBERS = 1024;

/** The value of an operator all of whose inputs are constants; with a null shape where it is not known. */
export function foldConstant(call: Call, output: string, declared: Shape | null): Value {
  const first = call.inputs.find((value) => value !== null) ?? null;
  const isScale = call.inputs.some((value) => value?.isScale);
  const type = typeAfter(call, first);
  const shape = shapeAfter(call) ?? declared;
  const numbers = shape && countOf(shape) <= MOST_NUMBERS ? numbersAfter(call, shape, type) : null;
  const keeps = first !== null && keeping.has(call.type);
  return constant(output, shape, {
    type,
    numbers: numbers?.length === (shape ? countOf(shape) : -1) ? numbers : null,
    tensor: keeps ? first.tensor : null,
    isInitialiser: keeps && first.isInitialiser,
    isScale,
    made:
      call.type === 'ScatterND' || (call.type === 'Reshape' && first?.made)
        ? { type: call.type, inputs: call.inputs }
        : null,
  });
}

/** Operators after which a constant is still the tensor of the file that it was. */
const keeping: ReadonlySet<string> = new Set([
  'Identity',
  'Cast',
  'Reshape',
  'Transpose',
  'Squeeze',
  'Unsqueeze',
  'Flatten',
  'DequantizeLinear',
  'QuantizeLinear',
]);

function typeAfter(call: Call, first: Value | null): number {
  switch (call.type) {
    case 'Cast':
      return call.int('to', 0);
    case 'Shape':
    case 'Size':
      return INT64;
    case 'DequantizeLinear':
      return FLOAT;
    case 'Where':
      return call.inputs[1]?.type ?? 0;
    case 'Constant': {
      const value = call.node.attributes.get('value');
      if (value?.kind === 'tensor') return value.value.type;
      return call.node.attributes.has('value_int') || call.node.attributes.has('value_ints') ? INT64 : FLOAT;
    }
    case 'ConstantOfShape': {
      const value = call.node.attributes.get('value');
      return value?.kind === 'tensor' ? value.value.type : FLOAT;
    }
    default:
      return first?.type ?? 0;
  }
}

function shapeAfter(call: Call): Shape | null {
  const known = call.inputs.every((value) => value === null || value.shape !== null);
  switch (call.type) {
    case 'Constant': {
      const { attributes } = call.node;
      const tensor = attributes.get('value') ?? attributes.get('sparse_value');
      if (tensor?.kind === 'tensor') return tensor.value.shape;
      const list = attributes.get('value_ints') ?? attributes.get('value_floats');
      if (list?.kind === 'ints' || list?.kind === 'floats') return [list.value.length];
      return attributes.has('value_int') || attributes.has('value_float') ? [] : null;
    }
    case 'ConstantOfShape': {
      const shape = call.inputs[0]?.numbers ?? null;
      return shape?.every((extent) => Number.isSafeInteger(extent) && extent >= 0) ? shape : null;
    }
    case 'Range': {
      const [start, limit, delta] = [0, 1, 2].map((index) => call.inputs[index]?.numbers?.[0]);
      if (start === undefined || limit === undefined || !delta) return null;
      const count = Math.max(0, Math.ceil((limit - start) / delta));
      return Number.isSafeInteger(count) ? [count] : null;
    }
    case 'Identity':
    case 'Cast':
    case 'QuantizeLinear':
    case 'DequantizeLinear':
    case 'ScatterND':
    case 'CumSum':
    case 'Not':
      return call.inputs[0]?.shape ?? null;
    case 'Shape': {
      const rank = call.inputs[0]?.shape?.length;
      return rank === undefined ? null : [shapeRange(call, rank).length];
    }
    case 'Size':
      return [];
    case 'ReduceProd':
    case 'ReduceSum':
    case 'ReduceMax':
    case 'ReduceMin': {
      const shape = call.inputs[0]?.shape;
      return shape && shape.length <= 1 ? (call.int('keepdims', 1) === 1 ? shape.map(() => 1) : []) : null;
    }
    default:
  }
  if (!known) return null;
  if (isRearranging(call.type)) {
    // A size that is not known is no error as long as nothing asks for it.
    return call.inputs.every(
      (value, index) => index === 0 || !value || value.numbers || call.type === 'Concat',
    )
      ? (rearranged(call)[0] ?? null)
      : null;
  }
  if (perValue[call.type] || comparing.has(call.type)) {
    return broadcast(call.inputs.flatMap((value) => (value?.shape ? [value.shape] : [])));
  }
  return null;
}

const comparing: ReadonlySet<string> = new Set([
  'Equal',
  'Less',
  'Greater',
  'LessOrEqual',
  'GreaterOrEqual',
  'Where',
  'And',
  'Or',
]);

/** Axes that `Shape` tells the extents of: all, or from `start` to `end` since opset 15. */
function shapeRange(call: Call, rank: number): number[] {
  const { first, count } = slicePlaces(rank, call.int('start', 0), call.int('end', rank), 1);
  return Array.from({ length: count }, (_, index) => first + index);
}

function numbersAfter(call: Call, shape: Shape, type: number): readonly number[] | null {
  const count = countOf(shape);
  const numbers = call.inputs.map((value) => value?.numbers ?? null);
  const [first = null] = numbers;
  switch (call.type) {
    case 'Constant': {
      const { attributes } = call.node;
      const value =
        attributes.get('value') ??
        attributes.get('value_int') ??
        attributes.get('value_ints') ??
        attributes.get('value_float') ??
        attributes.get('value_floats');
      switch (value?.kind) {
        case 'tensor':
          return value.value.numbers;
        case 'int':
        case 'float':
          return [value.value];
        case 'ints':
        case 'floats':
          return value.value;
        default:
          return null;
      }
    }
    case 'ConstantOfShape': {
      const value = call.node.attributes.get('value');
      const fill = value?.kind === 'tensor' ? value.value.numbers?.[0] : 0;
      return fill === undefined ? null : new Array<number>(count).fill(fill);
    }
    case 'Shape': {
      const from = call.inputs[0]?.shape;
      return from ? shapeRange(call, from.length).map((axis) => from[axis] ?? 1) : null;
    }
    case 'Size': {
      const from = call.inputs[0]?.shape;
      return from ? [countOf(from)] : null;
    }
    case 'Range': {
      const [start = 0, , delta = 1] = numbers.map((list) => list?.[0] ?? 0);
      return Array.from({ length: count }, (_, index) => start + index * delta);
    }
    case 'Identity':
    case 'Reshape':
    case 'Squeeze':
    case 'Unsqueeze':
    case 'Flatten':
      return first;
    case 'Cast':
      return dataTypeOf(type)?.kind === 'integer' ? (first?.map(Math.trunc) ?? null) : first;
    case 'Transpose':
      return shape.length < 2 ? first : null;
    case 'Expand':
    case 'Tile':
      return first?.length === 1 ? new Array<number>(count).fill(first[0] ?? 0) : null;
    case 'Concat':
      return (call.inputs[0]?.shape?.length ?? 2) === 1 && numbers.every((list) => list !== null)
        ? numbers.flatMap((list) => list ?? [])
        : null;
    case 'Gather': {
      const places = numbers[1];
      if (!first || !places || call.inputs[0]?.shape?.length !== 1) return null;
      return places.map((place) => first[place < 0 ? place + first.length : place] ?? Number.NaN);
    }
    case 'Slice': {
      if (!first || call.inputs[0]?.shape?.length !== 1) return null;
      const start = (call.ints('starts') ?? numbers[1])?.[0] ?? 0;
      const end = (call.ints('ends') ?? numbers[2])?.[0] ?? 0;
      const step = numbers[4]?.[0] ?? 1;
      const places = slicePlaces(first.length, start, end, step);
      return Array.from(
        { length: places.count },
        (_, index) => first[places.first + index * step] ?? Number.NaN,
      );
    }
    case 'ReduceProd':
    case 'ReduceSum':
    case 'ReduceMax':
    case 'ReduceMin': {
      if (!first) return null;
      const join = reductions[call.type];
      return join ? [first.reduce(join)] : null;
    }
    default: {
      const apply = functions[call.type];
      if (!apply || numbers.some((list) => list === null)) return null;
      const isWhole = dataTypeOf(type)?.kind === 'integer';
      const lists = numbers.map((list) => list ?? []);
      // Only scalars beside one full list: what sizes are worked out from.
      if (!lists.every((list) => list.length === 1 || list.length === count)) return null;
      return Array.from({ length: count }, (_, index) => {
        const value = apply(...lists.map((list) => list[list.length === 1 ? 0 : index] ?? 0));
        return isWhole ? Math.trunc(value) : value;
      });
    }
  }
}

const reductions: Readonly<Record<string, (a: number, b: number) => number>> = {
  ReduceProd: (a, b) => a * b,
  ReduceSum: (a, b) => a + b,
  ReduceMax: (a, b) => Math.max(a, b),
  ReduceMin: (a, b) => Math.min(a, b),
};

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  Add: (a = 0, b = 0) => a + b,
  Sub: (a = 0, b = 0) => a - b,
  Mul: (a = 0, b = 0) => a * b,
  Div: (a = 0, b = 0) => a / b,
  Mod: (a = 0, b = 0) => a - b * Math.floor(a / b),
  Pow: (a = 0, b = 0) => a ** b,
  Min: (...values) => Math.min(...values),
  Max: (...values) => Math.max(...values),
  Neg: (a = 0) => -a,
  Abs: (a = 0) => Math.abs(a),
  Floor: (a = 0) => Math.floor(a),
  Ceil: (a = 0) => Math.ceil(a),
  Round: (a = 0) => Math.round(a),
  Sqrt: (a = 0) => Math.sqrt(a),
  Reciprocal: (a = 0) => 1 / a,
  Equal: (a = 0, b = 0) => Number(a === b),
  Less: (a = 0, b = 0) => Number(a < b),
  Greater: (a = 0, b = 0) => Number(a > b),
  LessOrEqual: (a = 0, b = 0) => Number(a <= b),
  GreaterOrEqual: (a = 0, b = 0) => Number(a >= b),
  Not: (a = 0) => Number(a === 0),
  And: (a = 0, b = 0) => Number(a !== 0 && b !== 0),
  Or: (a = 0, b = 0) => Number(a !== 0 || b !== 0),
  Where: (condition = 0, a = 0, b = 0) => (condition === 0 ? b : a),
};
