import { useCallback, useMemo } from 'react';
import { useSelectedNode } from '../state/url.ts';
import type { Analysis } from './use-analysis.ts';

/** The layer shown while none was chosen: the one that computes most. */
function busiestLayer({ graph, costs }: Analysis): string | null {
  let busiest: string | null = null;
  let most = -1;
  for (const node of graph.nodes) {
    const { macs } = costs.byNode.get(node.id) ?? { macs: 0 };
    if (macs <= most) continue;
    most = macs;
    busiest = graph.groups.get(node.group)?.kind === 'unit' ? node.group : node.id;
  }
  return busiest;
}

/** The selected layer: the address's, or the one that computes most. */
export function useSelection(analysis: Analysis): readonly [string | null, (id: string) => void] {
  const [node, setNode] = useSelectedNode();
  const known =
    node !== null &&
    (analysis.graph.nodeById.has(node) ||
      analysis.graph.groups.has(node) ||
      analysis.graph.unreached.some(({ id }) => id === node));
  const fallback = useMemo(() => analysis.graph.problem?.node ?? busiestLayer(analysis), [analysis]);
  const select = useCallback((id: string) => void setNode(id), [setNode]);
  return [known ? node : fallback, select];
}
