import type { Operator } from './types.ts';
import { noOperations, sameCell } from './window.ts';

/** @throws RangeError always: what an operator of a file without rules here computes is for the runtime to say */
function unknown(operator: string): never {
  throw new RangeError(`${operator} has no arithmetic here`);
}

/** An operator of an imported file that has no rules of its own: shape, tensors and operations are those it was given. */
export const Opaque: Operator<'Opaque'> = {
  category: 'other',
  inPlace: false,
  keeps: ['input', 'output'],

  inferShape: ({ shape }) => shape,

  tensors: ({ attributes }) =>
    attributes.tensors.map((tensor) => ({
      ...tensor,
      torchName: tensor.name,
      initialisation: { kind: 'constant', value: 0 },
    })),

  operations: ({ attributes }) => attributes.operations ?? noOperations,

  extents: ({ attributes }) => ({ kind: attributes.reach }),

  reads: ({ attributes, inputs, output }, cell) =>
    attributes.reach === 'pointwise'
      ? inputs.flatMap((shape, from) => (shape.join() === output.join() ? sameCell(cell, from) : []))
      : [],

  explain: () => [],

  evaluate: ({ attributes }) => unknown(attributes.operator),

  arithmetic: ({ attributes }) => unknown(attributes.operator),

  toOnnx: ({ attributes }) => unknown(attributes.operator),

  toTorch: ({ attributes }) => unknown(attributes.operator),
};
