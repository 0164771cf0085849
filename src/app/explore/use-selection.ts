import { useCallback, useMemo } from 'react';
import { findLayer } from '../../engine/graph/layers.ts';
import { useFigure } from '../state/figure-store.tsx';
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
  const [asked, setNode] = useSelectedNode();
  // A batch norm that was folded stands in the layer that took it up.
  const node = asked === null ? null : (analysis.folded.get(asked) ?? asked);
  const known = useMemo(
    () => (node === null ? null : findLayer(analysis.graph, node)),
    [analysis.graph, node],
  );
  const fallback = useMemo(() => analysis.graph.problem?.node ?? busiestLayer(analysis), [analysis]);
  const choose = useFigure((state) => state.choose);
  const select = useCallback(
    (id: string) => {
      choose();
      setNode(id);
    },
    [choose, setNode],
  );
  return [known ?? fallback, select];
}
