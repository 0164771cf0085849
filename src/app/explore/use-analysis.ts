import { useMemo } from 'react';
import { parseInputSize } from '../../components/totals/parse-input-size.ts';
import { computeCosts, type GraphCosts } from '../../engine/cost/costs.ts';
import { type PeakMemory, peakMemory } from '../../engine/cost/memory.ts';
import { lower } from '../../engine/graph/lower.ts';
import { type ReceptiveField, receptiveFields } from '../../engine/graph/receptive-field.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { Architecture } from '../../engine/spec/types.ts';

/** Everything about a network that follows from its definition and an input size. */
export interface Analysis {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  readonly fields: ReadonlyMap<string, ReceptiveField>;
  readonly peak: PeakMemory;
  /** Whether the input is the definition's own; also where the size asked for is none at all. */
  readonly usualInput: boolean;
}

/** Analyses a network at an input size as the address writes it; what is no size stands for the definition's own. */
export function analyse(architecture: Architecture, input: string | null): Analysis {
  const [channels = 1] = architecture.input;
  const parsed = parseInputSize(input ?? '', channels);
  const graph =
    parsed.kind === 'size' ? lower(architecture, [channels, ...parsed.size]) : lower(architecture);
  return {
    graph,
    costs: computeCosts(graph),
    fields: receptiveFields(graph),
    peak: peakMemory(graph),
    usualInput: graph.input.every((extent, axis) => extent === architecture.input[axis]),
  };
}

/** {@link analyse}, once per network and input size. */
export const useAnalysis = (architecture: Architecture, input: string | null): Analysis =>
  useMemo(() => analyse(architecture, input), [architecture, input]);
