import type { Knob } from '../../engine/spec/form.ts';

/** From this ratio of greatest to least value on, a slider is spaced by logarithm: its small values would be one pixel. */
const LOGARITHMIC_FROM = 20;

/** Steps of a slider that is spaced by logarithm. */
const STEPS = 240;

/** A slider's whole-numbered places and the knob's values at them. */
export interface KnobScale {
  readonly steps: number;
  /** The value at a place from 0 to `steps`. */
  valueAt(place: number): number;
  /** The place nearest to a value. */
  placeOf(value: number): number;
}

/** A knob's scale: each of its values a place; of very many only some, closer together where they are small. */
export function knobScale({ minimum, maximum, rule }: Knob): KnobScale {
  if (rule.kind === 'choice') {
    const { choices } = rule;
    return {
      steps: choices.length - 1,
      valueAt: (place) => choices[place] ?? minimum,
      placeOf: (value) =>
        choices.reduce(
          (best, choice, index) =>
            Math.abs(choice - value) < Math.abs((choices[best] ?? 0) - value) ? index : best,
          0,
        ),
    };
  }
  const step = rule.kind === 'congruent' ? rule.modulus : rule.kind === 'fraction' ? rule.step : 1;
  const first =
    rule.kind === 'congruent'
      ? minimum + ((((rule.remainder - minimum) % rule.modulus) + rule.modulus) % rule.modulus)
      : minimum;
  const count = Math.floor((maximum - first) / step + 1e-9);
  // A fraction such as 0.1 + 2 · 0.1 is brought back to the digits that it is written with.
  const value = (index: number): number => Number((first + index * step).toFixed(6));
  if (rule.kind === 'fraction' || maximum / Math.max(1, first) < LOGARITHMIC_FROM) {
    return {
      steps: count,
      valueAt: value,
      placeOf: (wanted) => Math.min(count, Math.max(0, Math.round((wanted - first) / step))),
    };
  }
  const growth = Math.log(value(count) / first);
  const indexAt = (place: number): number =>
    Math.min(count, Math.round((first * Math.exp((place / STEPS) * growth) - first) / step));
  // Each place another value, so that a key always moves the number.
  const values = [...new Set(Array.from({ length: STEPS + 1 }, (_, place) => value(indexAt(place))))];
  return {
    steps: values.length - 1,
    valueAt: (place) => values[place] ?? value(count),
    placeOf: (wanted) =>
      values.reduce(
        (best, one, place) =>
          Math.abs(one - wanted) < Math.abs((values[best] ?? 0) - wanted) ? place : best,
        0,
      ),
  };
}
