import { useMemo } from 'react';
import { type AlongDepth, alongDepth } from '../../engine/cost/along-depth.ts';
import { useBatch, useDtype } from '../state/url.ts';
import type { Analysis } from './use-analysis.ts';

/** Costs of every node in the number format and batch of the address. */
export function useAlongDepth({ graph, costs, fields, peak }: Analysis): AlongDepth {
  const [dtype] = useDtype();
  const [batch] = useBatch();
  return useMemo(
    () => alongDepth(graph, costs, fields, peak, { dtype, batch }),
    [graph, costs, fields, peak, dtype, batch],
  );
}
