import { flopsOf } from '../cost/costs.ts';
import { operatorOf } from '../ops/index.ts';
import type { Context } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';
import type { OpName } from '../spec/types.ts';
import { type CountedQuantity, ShapeError } from './problem.ts';

/**
 * Counts along while a network is lowered, so that every sum over its nodes stays an exact whole number.
 *
 * @returns a function that adds one call; it throws ShapeError `too-large` where a total passes 2⁵³ − 1
 */
export function sizeGuard(): (op: OpName, context: Context<OpName>) => void {
  const totals: Record<CountedQuantity, number> = { activations: 0, parameters: 0, operations: 0 };
  const add = (quantity: CountedQuantity, amount: number): void => {
    totals[quantity] += amount;
    if (!Number.isSafeInteger(totals[quantity])) {
      throw new ShapeError({ code: 'too-large', quantity, total: totals[quantity] });
    }
  };
  return (op, context) => {
    const operator = operatorOf(op);
    add('activations', sizeOf(context.output));
    // First the tensors: operators may allocate by their sizes.
    for (const { shape } of operator.tensors(context)) add('parameters', sizeOf(shape));
    add('operations', flopsOf(operator.operations(context)));
  };
}
