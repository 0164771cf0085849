import { useMemo } from 'react';
import { parseInputSize } from '../../components/totals/parse-input-size.ts';
import { computeCosts, type GraphCosts } from '../../engine/cost/costs.ts';
import { type PeakMemory, peakMemory } from '../../engine/cost/memory.ts';
import { foldableBatchNorms, foldBatchNorm } from '../../engine/graph/fold-batch-norm.ts';
import { lower } from '../../engine/graph/lower.ts';
import { type ReceptiveField, receptiveFields } from '../../engine/graph/receptive-field.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { Architecture, Shape } from '../../engine/spec/types.ts';
import { useBatchNorm } from '../state/url.ts';
import { lowerUsual } from './lower-usual.ts';

/** Everything about a network that follows from its definition and an input size. */
export interface Analysis {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  readonly fields: ReadonlyMap<string, ReceptiveField>;
  readonly peak: PeakMemory;
  /** Batch norms that are folded, each with the layer that took it up; empty where they stand by themselves. */
  readonly folded: ReadonlyMap<string, string>;
  /** The network with its batch norms by themselves: what is trained. */
  readonly trained: Graph;
  /** Whether there are batch norms to fold. */
  readonly foldable: boolean;
  /** The input that the network itself has: its definition's, or its file's. */
  readonly ownInput: Shape;
  /** Whether the input is the network's own; also where the size asked for is none at all. */
  readonly usualInput: boolean;
}

/** Analyses a network of the catalogue at an input size as the address writes it; what is no size stands for the definition's own. */
export function analyse(architecture: Architecture, input: string | null, foldsBatchNorm = false): Analysis {
  const [channels = 1] = architecture.input;
  const parsed = parseInputSize(input ?? '', channels);
  const lowered =
    parsed.kind === 'size' ? lower(architecture, [channels, ...parsed.size]) : lowerUsual(architecture);
  return analyseGraph(lowered, architecture.input, foldsBatchNorm);
}

/** Analyses a graph, wherever it comes from. */
export function analyseGraph(lowered: Graph, ownInput: Shape, foldsBatchNorm: boolean): Analysis {
  const norms = foldableBatchNorms(lowered);
  const folds = foldsBatchNorm && lowered.problem === null;
  const graph = folds ? foldBatchNorm(lowered) : lowered;
  return {
    graph,
    costs: computeCosts(graph),
    fields: receptiveFields(graph),
    peak: peakMemory(graph),
    trained: lowered,
    folded: folds ? norms : new Map(),
    foldable: norms.size > 0 && lowered.problem === null,
    ownInput,
    usualInput: graph.input.every((extent, axis) => extent === ownInput[axis]),
  };
}

/**
 * {@link analyse}, once per network, input size and treatment of batch norm.
 *
 * @param adopted the same network as a file has it, which stands for the definition at the file's own input size
 */
export function useAnalysis(
  architecture: Architecture,
  input: string | null,
  adopted: Graph | null = null,
): Analysis {
  const [bn] = useBatchNorm();
  return useMemo(() => {
    const folds = bn === 'folded';
    if (!adopted) return analyse(architecture, input, folds);
    const [channels = 1, ...size] = adopted.input;
    const parsed = parseInputSize(input ?? '', channels);
    const isOther = parsed.kind === 'size' && parsed.size.some((extent, axis) => extent !== size[axis]);
    return isOther
      ? { ...analyse(architecture, input, folds), ownInput: adopted.input, usualInput: false }
      : analyseGraph(adopted, adopted.input, folds);
  }, [architecture, input, adopted, bn]);
}

/** {@link analyseGraph}, once per graph and treatment of batch norm. */
export function useGraphAnalysis(graph: Graph, ownInput: Shape): Analysis {
  const [bn] = useBatchNorm();
  return useMemo(() => analyseGraph(graph, ownInput, bn === 'folded'), [graph, ownInput, bn]);
}
