import type { Cell } from '../../engine/ops/types.ts';

/** One output cell of a node. */
export interface CellReference {
  readonly node: string;
  readonly cell: Cell;
}
