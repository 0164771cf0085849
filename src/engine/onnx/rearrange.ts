import type { Shape } from '../spec/types.ts';
import { type Call, countOf } from './values.ts';

/** Operators that give the values of their input in another arrangement, or some of them: nothing is computed. */
const rearranging: ReadonlySet<string> = new Set([
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Transpose',
  'Slice',
  'Gather',
  'Split',
  'Expand',
  'Tile',
  'Pad',
  'DepthToSpace',
  'SpaceToDepth',
  'Concat',
]);

/** Whether an operator only rearranges values. */
export const isRearranging = (type: string): boolean => rearranging.has(type);

/**
 * Shapes of what a rearranging operator makes, one an output.
 *
 * @throws ImportError where the inputs do not fit, or say a size that is known only while the network runs
 */
export function rearranged(call: Call): readonly Shape[] {
  const rule = rules[call.type];
  if (!rule) throw new RangeError(`${call.type} rearranges nothing`);
  const shapes = rule(call);
  for (const shape of shapes) {
    if (!shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) throw call.misfits();
  }
  return shapes;
}

const rules: Readonly<Record<string, (call: Call) => readonly Shape[]>> = {
  Reshape(call) {
    const shape = call.shape(0);
    const wanted = call.inputs.length > 1 ? call.numbers(1) : call.ints('shape');
    if (!wanted) throw call.badAttribute('shape');
    const copies = call.int('allowzero', 0) !== 1;
    const known = wanted.map((extent, axis) => (extent === 0 && copies ? (shape[axis] ?? 0) : extent));
    const open = known.indexOf(-1);
    const rest = known.reduce((product, extent, axis) => (axis === open ? product : product * extent), 1);
    const result = known.map((extent, axis) => (axis === open ? countOf(shape) / rest : extent));
    if (countOf(result) !== countOf(shape)) throw call.fail({ code: 'shapes', shapes: [shape, wanted] });
    return [result];
  },

  Flatten(call) {
    const shape = call.shape(0);
    const axis = call.int('axis', 1);
    const at = axis === shape.length ? axis : call.axis(axis, shape.length);
    return [[countOf(shape.slice(0, at)), countOf(shape.slice(at))]];
  },

  Squeeze(call) {
    const shape = call.shape(0);
    const axes = call.axes(shape.length);
    if (axes?.some((axis) => shape[axis] !== 1)) throw call.badAttribute('axes');
    return [shape.filter((extent, axis) => (axes ? !axes.includes(axis) : extent !== 1))];
  },

  Unsqueeze(call) {
    const shape = call.shape(0);
    const named = call.ints('axes') ?? call.numbers(1);
    if (!named || named.length > 8) throw call.badAttribute('axes');
    const rank = shape.length + named.length;
    const axes = new Set(named.map((axis) => call.axis(axis, rank, 'axes')));
    if (axes.size !== named.length) throw call.badAttribute('axes');
    let from = 0;
    return [Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : (shape[from++] ?? 1)))];
  },

  Transpose(call) {
    const shape = call.shape(0);
    const order = call.ints('perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
    if (order.length !== shape.length || new Set(order).size !== order.length)
      throw call.badAttribute('perm');
    return [order.map((axis) => shape[call.axis(axis, shape.length, 'perm')] ?? 1)];
  },

  Slice(call) {
    const shape = call.shape(0);
    const starts = call.ints('starts') ?? call.numbers(1);
    const ends = call.ints('ends') ?? call.numbers(2);
    if (!starts || !ends || starts.length !== ends.length) throw call.badAttribute('starts');
    const axes = call.ints('axes') ?? call.numbers(3) ?? starts.map((_, axis) => axis);
    const steps = call.numbers(4) ?? starts.map(() => 1);
    const result = [...shape];
    for (const [index, named] of axes.entries()) {
      const axis = call.axis(named, shape.length, 'axes');
      result[axis] = slicePlaces(
        shape[axis] ?? 0,
        starts[index] ?? 0,
        ends[index] ?? 0,
        steps[index] ?? 1,
      ).count;
    }
    return [result];
  },

  Gather(call) {
    const shape = call.shape(0);
    const axis = call.axis(call.int('axis', 0), shape.length);
    return [[...shape.slice(0, axis), ...call.shape(1), ...shape.slice(axis + 1)]];
  },

  Split(call) {
    const shape = call.shape(0);
    const axis = call.axis(call.int('axis', 0), shape.length);
    const extent = shape[axis] ?? 0;
    const count = call.node.outputs.length;
    const part = Math.ceil(extent / Math.max(1, count));
    const sizes =
      call.ints('split') ??
      (call.inputs.length > 1 ? call.numbers(1) : null) ??
      // The last part is smaller where they cannot be equal.
      Array.from({ length: count }, (_, index) => Math.min(part, extent - index * part));
    if (sizes.length !== count || sizes.reduce((sum, size) => sum + size, 0) !== extent)
      throw call.badAttribute('split');
    return sizes.map((size) => shape.map((own, at) => (at === axis ? size : own)));
  },

  Expand(call) {
    const shape = call.shape(0);
    const wanted = call.numbers(1) ?? [];
    if (wanted.length > 16) throw call.misfits();
    const rank = Math.max(shape.length, wanted.length);
    return [
      Array.from({ length: rank }, (_, axis) => {
        const own = shape[axis - rank + shape.length] ?? 1;
        const other = wanted[axis - rank + wanted.length] ?? 1;
        if (own !== other && own !== 1 && other !== 1) throw call.misfits();
        return own === 1 ? other : own;
      }),
    ];
  },

  Tile(call) {
    const shape = call.shape(0);
    const repeats = call.numbers(1);
    if (repeats?.length !== shape.length) throw call.misfits();
    return [shape.map((extent, axis) => extent * (repeats[axis] ?? 1))];
  },

  Pad(call) {
    const shape = call.shape(0);
    const pads = padsOf(call, shape.length);
    return [shape.map((extent, axis) => extent + (pads[axis] ?? 0) + (pads[axis + shape.length] ?? 0))];
  },

  DepthToSpace(call) {
    const [batch = 1, channels = 1, height = 1, width = 1] = call.shape(0);
    const block = call.int('blocksize', 0);
    if (block < 1 || channels % (block * block) !== 0) throw call.badAttribute('blocksize');
    return [[batch, channels / (block * block), height * block, width * block]];
  },

  SpaceToDepth(call) {
    const [batch = 1, channels = 1, height = 1, width = 1] = call.shape(0);
    const block = call.int('blocksize', 0);
    if (block < 1 || height % block !== 0 || width % block !== 0) throw call.badAttribute('blocksize');
    return [[batch, channels * block * block, height / block, width / block]];
  },

  Concat(call) {
    const first = call.shape(0);
    const axis = call.axis(call.int('axis', 1), first.length);
    let sum = 0;
    for (const index of call.inputs.keys()) {
      const shape = call.shape(index);
      const fits =
        shape.length === first.length && shape.every((extent, at) => at === axis || extent === first[at]);
      if (!fits) throw call.misfits();
      sum += shape[axis] ?? 0;
    }
    return [first.map((extent, at) => (at === axis ? sum : extent))];
  },
};

/** Where a slice begins along an axis, and how many values it takes (ONNX `Slice`: bounds are clamped). */
export function slicePlaces(
  extent: number,
  start: number,
  end: number,
  step: number,
): { readonly first: number; readonly count: number } {
  const clamp = (value: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, value < 0 ? value + extent : value));
  if (step === 0) return { first: 0, count: Number.NaN };
  const first = step > 0 ? clamp(start, 0, extent) : clamp(start, 0, extent - 1);
  const last = step > 0 ? clamp(end, 0, extent) : clamp(end, -1, extent - 1);
  return { first, count: Math.max(0, Math.ceil((last - first) / step)) };
}

/** Cells that a `Pad` adds before each axis, then after each: an attribute, or an input since opset 11. */
export function padsOf(call: Call, rank: number): readonly number[] {
  const pads = call.ints('pads') ?? call.ints('paddings') ?? call.numbers(1);
  if (!pads) throw call.badAttribute('pads');
  const axes = call.inputs.length > 3 ? call.numbers(3) : null;
  if (!axes) {
    if (pads.length !== 2 * rank) throw call.badAttribute('pads');
    return pads;
  }
  if (pads.length !== 2 * axes.length) throw call.badAttribute('pads');
  const all = new Array<number>(2 * rank).fill(0);
  for (const [index, named] of axes.entries()) {
    const axis = call.axis(named, rank, 'axes');
    all[axis] = pads[index] ?? 0;
    all[axis + rank] = pads[index + axes.length] ?? 0;
  }
  return all;
}
