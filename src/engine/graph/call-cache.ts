import type { OpName, Shape } from '../spec/types.ts';

interface Entry<T> {
  readonly op: OpName;
  readonly inputCount: number;
  readonly value: T;
}

/**
 * Remembers what follows from an operator's call, told apart by the identity of its attributes and of its inputs' shape.
 * Networks repeat their blocks: the builders make equal attributes once, and equal calls then hand on one shape.
 * Calls whose inputs differ in shape are not remembered.
 */
export class CallCache<T> {
  readonly #byAttributes = new Map<object, Map<Shape, Entry<T>>>();

  get(op: OpName, attributes: object, inputs: readonly Shape[]): T | undefined {
    const [first] = inputs;
    if (first === undefined) return undefined;
    const entry = this.#byAttributes.get(attributes)?.get(first);
    return entry && entry.op === op && entry.inputCount === inputs.length && areOne(inputs)
      ? entry.value
      : undefined;
  }

  set(op: OpName, attributes: object, inputs: readonly Shape[], value: T): void {
    const [first] = inputs;
    if (first === undefined || !areOne(inputs)) return;
    let byShape = this.#byAttributes.get(attributes);
    if (!byShape) {
      byShape = new Map();
      this.#byAttributes.set(attributes, byShape);
    }
    byShape.set(first, { op, inputCount: inputs.length, value });
  }
}

/** Whether all inputs have the same shape, the very same array. */
function areOne(inputs: readonly Shape[]): boolean {
  for (let index = 1; index < inputs.length; index += 1) if (inputs[index] !== inputs[0]) return false;
  return true;
}
