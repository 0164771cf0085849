import { flopsOf } from '../cost/costs.ts';
import { operatorOf } from '../ops/index.ts';
import type { Context } from '../ops/types.ts';
import { sizeOf } from '../ops/window.ts';
import type { OpName } from '../spec/types.ts';
import { type CountedQuantity, ShapeError } from './problem.ts';

/** What one call adds to the sums over a network. */
export type CallSizes = Readonly<Record<CountedQuantity, number>>;

/** Counts along while a network is lowered; both methods throw ShapeError `too-large` where a total passes 2⁵³ − 1. */
export interface SizeGuard {
  /** Adds one call and says what it added. */
  count(op: OpName, context: Context<OpName>): CallSizes;
  /** Adds a call equal to one that was counted. */
  countAgain(sizes: CallSizes): void;
}

/** Sees to it that every sum over a network's nodes stays an exact whole number. */
export function sizeGuard(): SizeGuard {
  const totals: Record<CountedQuantity, number> = { activations: 0, parameters: 0, operations: 0 };
  const add = (quantity: CountedQuantity, amount: number): number => {
    totals[quantity] += amount;
    if (!Number.isSafeInteger(totals[quantity])) {
      throw new ShapeError({ code: 'too-large', quantity, total: totals[quantity] });
    }
    return amount;
  };
  return {
    count(op, context) {
      const operator = operatorOf(op);
      const activations = add('activations', sizeOf(context.output));
      // First the tensors: operators may allocate by their sizes.
      let parameters = 0;
      for (const { shape } of operator.tensors(context)) parameters += add('parameters', sizeOf(shape));
      const operations = add('operations', flopsOf(operator.operations(context)));
      return { activations, parameters, operations };
    },
    countAgain({ activations, parameters, operations }) {
      add('activations', activations);
      add('parameters', parameters);
      add('operations', operations);
    },
  };
}
