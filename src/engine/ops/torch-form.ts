import type { Padding, Pair } from '../spec/types.ts';
import type { TorchForm } from './types.ts';

/** A Python number. */
export const python = (value: number): string => {
  if (!Number.isFinite(value)) return `float("${value}")`;
  if (Number.isInteger(value) || Math.abs(value) >= 1e-3) return String(value);
  return value
    .toExponential()
    .replace('e-', 'e-0')
    .replace(/e-0(\d\d)/, 'e-$1');
};

/** `3` for a square pair, `(3, 5)` otherwise. */
export const pythonPair = ([height, width]: Pair): string =>
  height === width ? String(height) : `(${height}, ${width})`;

/** Whether the padding is the same on opposite sides, as PyTorch's own modules want it. */
export const isSymmetric = ([top, left, bottom, right]: Padding): boolean => top === bottom && left === right;

/** Padding in the order of PyTorch's `F.pad`: `(left, right, top, bottom)`. */
export const pythonSides = ([top, left, bottom, right]: Padding): string =>
  `(${left}, ${right}, ${top}, ${bottom})`;

/** A module call: positional arguments, then those keywords whose text is not undefined. */
export function moduleCall(
  name: string,
  positional: readonly (string | number)[],
  keywords: Readonly<Record<string, string | number | undefined>> = {},
  helpers?: Readonly<Record<string, string>>,
): TorchForm {
  const named = Object.entries(keywords).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  );
  const form: TorchForm = {
    kind: 'module',
    expression: `${name}(${[...positional, ...named].join(', ')})`,
    call: {
      name,
      positional: positional.map(String),
      keywords: Object.fromEntries(
        Object.entries(keywords).flatMap(([key, value]) => (value === undefined ? [] : [[key, `${value}`]])),
      ),
    },
  };
  return helpers ? { ...form, helpers } : form;
}
