import { useDeferredValue, useMemo } from 'react';
import { ChannelView, type PictureFilters } from '../../../components/channels/channel-view.tsx';
import { pictureConv } from '../../../engine/attribution/telling-tensors.ts';
import type { Graph, GraphNode } from '../../../engine/graph/types.ts';
import { channels as en } from '../../i18n/en/channels.ts';
import { useTopic } from '../../i18n/use-topic.ts';
import { channels as zh } from '../../i18n/zh/channels.ts';
import { useRun } from '../run-provider.tsx';
import type { Analysis } from '../use-analysis.ts';
import { useSelection } from '../use-selection.ts';

/** The filters over the picture whose maps a node's channels are, as far as their weights are at hand. */
function filtersBehind(
  graph: Graph,
  node: GraphNode,
  tensors: ReadonlyMap<string, Float32Array>,
): PictureFilters | null {
  const conv = pictureConv(graph, node);
  const weights = conv && tensors.get(`${conv.id}.weight`);
  const channels = conv?.inputShapes[0]?.[0];
  if (!conv || !weights || (channels !== 1 && channels !== 3)) return null;
  const [height, width] = conv.attributes.kernel;
  return { weights, channels, height, width };
}

/** The selected layer's output channel by channel; nothing where it has no maps, or nothing has run. */
export function ChannelsPart({ analysis }: { readonly analysis: Analysis }) {
  const messages = useTopic({ en, zh });
  const [selected] = useSelection(analysis);
  const activations = useDeferredValue(useRun((run) => run?.activations ?? null));
  const live = useRun((run) => run?.picture?.live ?? false);
  const tensors = useRun((run) => run?.model.telling ?? null);
  const { graph, usualInput, folded } = analysis;
  const node = selected
    ? (graph.nodeById.get(selected) ?? graph.nodeById.get(graph.groups.get(selected)?.output ?? ''))
    : undefined;
  const filters = useMemo(
    () => (node && tensors ? filtersBehind(graph, node, tensors) : null),
    [graph, node, tensors],
  );
  const values = node && activations?.get(node.id);
  const [channels = 1, height = 1, width = 1] = node?.shape ?? [];
  if (!node || !values || live || !usualInput || folded.size > 0) return null;
  if (height * width < 2 || values.length !== channels * height * width) return null;
  return <ChannelView key={node.id} {...{ values, channels, height, width, filters, messages }} />;
}
