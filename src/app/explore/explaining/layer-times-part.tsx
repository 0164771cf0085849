import { useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../components/ui/button.tsx';
import { Progress } from '../../../components/ui/progress.tsx';
import { computeCosts } from '../../../engine/cost/costs.ts';
import { formatCount, formatInteger, formatMilliseconds, formatShare } from '../../../engine/cost/format.ts';
import type { Graph } from '../../../engine/graph/types.ts';
import type { LayerTimes } from '../../../engine/runtime/layer-times.ts';
import { runTimes as en } from '../../i18n/en/run-times.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { useTopic } from '../../i18n/use-topic.ts';
import { runTimes as zh } from '../../i18n/zh/run-times.ts';
import { cancelLayerTiming, layerTimesStore, measureLayers, runsToTime } from '../../queries/layer-times.ts';
import { queryClient } from '../../queries/query-client.ts';
import { useSelectedNode } from '../../state/url.ts';
import { useRun } from '../run-provider.tsx';
import styles from './layer-times-part.module.css';

type Words = (typeof en)['layers'];

/** MACs below which a node takes less than what taking its time adds. */
const TINY = 2_000_000;

/** How long each layer takes on this device, beside how much it computes: measured when asked for. */
export default function LayerTimesPart() {
  const { layers: words } = useTopic({ en, zh });
  const failures = useFailureWords();
  const source = useRun((run) => run?.model.source ?? null);
  const graph = useRun((run) => run?.model.graph ?? null);
  const backend = useRun((run) => run?.model.backend ?? null);
  const timing = useStore(layerTimesStore, ({ byId }) => (source ? (byId[source.id] ?? null) : null));
  const macs = useMemo(() => (graph ? computeCosts(graph).total.macs : 0), [graph]);
  if (!source || !graph) return null;
  const isRunning = timing?.status === 'running';
  return (
    <section className={styles.part} aria-label={words.title}>
      <header className={styles.head}>
        <h3 className={styles.title}>{words.title}</h3>
        {isRunning ? (
          <Button onClick={() => cancelLayerTiming(source.id)}>{words.cancel}</Button>
        ) : (
          <Button onClick={() => void measureLayers(queryClient, source)}>
            {timing?.status === 'done' ? words.again : words.start}
          </Button>
        )}
        <p className={styles.quiet}>
          {words.how(runsToTime(macs))} {backend === 'webgpu' ? words.webgpu : null}
        </p>
      </header>
      {isRunning ? (
        <Progress
          label={words.progress}
          value={timing.done / timing.runs}
          detail={`${formatInteger(timing.done)} / ${formatInteger(timing.runs)}`}
        />
      ) : null}
      {timing?.problem ? (
        <p role="alert" className={styles.trouble}>
          {words.failed} {failures.runtime(timing.problem)}
        </p>
      ) : null}
      {timing?.times ? <Times graph={graph} times={timing.times} words={words} isTiny={macs < TINY} /> : null}
    </section>
  );
}

/** Every layer with its share of the MACs and of the time, one bar under the other on one scale. */
function Times({
  graph,
  times,
  words,
  isTiny,
}: {
  readonly graph: Graph;
  readonly times: LayerTimes;
  readonly words: Words;
  readonly isTiny: boolean;
}) {
  const [selected, setNode] = useSelectedNode();
  const costs = useMemo(() => computeCosts(graph), [graph]);
  const total = costs.total.macs;
  const rows = graph.nodes.map(({ id }) => {
    const time = times.byNode.get(id) ?? null;
    const macs = costs.byNode.get(id)?.macs ?? 0;
    return { id, time, macs, timeShare: (time ?? 0) / times.layersMs, macsShare: macs / total };
  });
  const longest = Math.max(...rows.flatMap(({ timeShare, macsShare }) => [timeShare, macsShare]));
  const width = (share: number): string => `${(100 * share) / longest}%`;
  return (
    <>
      <p className={styles.total}>
        {words.total(formatMilliseconds(times.layersMs), times.runs)}{' '}
        <span>{words.other(formatMilliseconds(times.otherMs))}</span>
        {isTiny ? <span> {words.tiny}</span> : null}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className={styles.scroll} tabIndex={0} aria-label={words.table}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.layer}</th>
              <td className={styles.key} aria-hidden="true">
                <span data-kind="macs">{words.macs}</span> <span data-kind="time">{words.time}</span>
              </td>
              <th scope="col" data-kind="macs">
                {words.macs}
              </th>
              <th scope="col" data-kind="time">
                {words.time}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, time, macs, timeShare, macsShare }) => (
              <tr key={id} data-node={id} data-selected={id === selected}>
                <th scope="row">
                  <button type="button" className={styles.layer} onClick={() => setNode(id)}>
                    {id}
                  </button>
                </th>
                <td className={styles.bars} aria-hidden="true">
                  <span data-kind="macs" style={{ inlineSize: width(macsShare) }} />
                  <span data-kind="time" style={{ inlineSize: width(timeShare) }} />
                </td>
                <td>
                  {macs > 0 ? (
                    <>
                      {formatCount(macs)} <i>{formatShare(macs, total)}</i>
                    </>
                  ) : (
                    '–'
                  )}
                </td>
                <td>
                  {time === null ? (
                    <i>{words.none}</i>
                  ) : (
                    <>
                      {formatMilliseconds(time)} <i>{formatShare(time, times.layersMs)}</i>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
