import { useStore } from 'zustand';
import { formatMilliseconds, formatShare } from '../../../engine/cost/format.ts';
import { runTimes as en } from '../../i18n/en/run-times.ts';
import { useTopic } from '../../i18n/use-topic.ts';
import { runTimes as zh } from '../../i18n/zh/run-times.ts';
import { layerTimesStore } from '../../queries/layer-times.ts';
import { useRun } from '../run-provider.tsx';
import type { Analysis } from '../use-analysis.ts';
import { useSelection } from '../use-selection.ts';
import styles from './layer-times-part.module.css';

/** What the selected layer took on this device, once its network was measured. */
export function MeasuredHere({ analysis }: { readonly analysis: Analysis }) {
  const { layers: words } = useTopic({ en, zh });
  const [selected] = useSelection(analysis);
  const id = useRun((run) => run?.model.source.id ?? null);
  const times = useStore(layerTimesStore, ({ byId }) => (id === null ? null : (byId[id]?.times ?? null)));
  const { graph, costs, usualInput, folded } = analysis;
  // The measured network is the one of the weights.
  if (!times || selected === null || !usualInput || folded.size > 0) return null;
  const group = graph.groups.get(selected);
  const nodes = group ? graph.nodes.slice(group.first, group.end) : [graph.nodeById.get(selected)];
  const time = nodes.reduce((sum, node) => sum + (times.byNode.get(node?.id ?? '') ?? 0), 0);
  const macs = nodes.reduce((sum, node) => sum + (costs.byNode.get(node?.id ?? '')?.macs ?? 0), 0);
  return (
    <p className={styles.total} data-measured={selected}>
      {words.here(formatMilliseconds(time), formatShare(time, times.layersMs))}{' '}
      {macs > 0 ? <span>{words.shares(formatShare(macs, costs.total.macs))}</span> : null}
    </p>
  );
}
