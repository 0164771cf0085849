import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { architectures, families } from '../../architectures/index.ts';
import { MeasuredRoofline } from '../../components/device/measured-roofline.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { Select } from '../../components/ui/select.tsx';
import { nothing } from '../../engine/cost/costs.ts';
import { formatCount, formatInteger, formatMilliseconds } from '../../engine/cost/format.ts';
import { bytesMoved, intensityOf } from '../../engine/cost/roofline.ts';
import type { DeviceReport, PeakMeasurement } from '../../engine/measure/device-report.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { LayerTimes } from '../../engine/runtime/layer-times.ts';
import { device as en } from '../i18n/en/device.ts';
import { useFailureWords } from '../i18n/failure-words.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import { randomSource } from '../models/model-sources.ts';
import { cancelLayerTiming, layerTimesStore, measureLayers } from '../queries/layer-times.ts';
import { queryClient } from '../queries/query-client.ts';
import styles from './device.module.css';
import { deviceOf, type Subject, subjectOf, trafficOf } from './subject.ts';

const options = families.flatMap(({ variants }) =>
  variants.map(({ id, title }) => ({ value: id, label: title })),
);
const FIRST = 'squeezenet-1.1';
/** Layers that are named in the drawing: the longest ones. */
const NAMED = 6;
/** Layers that are listed at first. */
const LISTED = 12;

/** One network's layers under the measured roof: what the roof allows each, and what it took. */
export function LayerRooflines({ report }: { readonly report: DeviceReport | null }) {
  const words = useTopic({ en, zh });
  const failures = useFailureWords();
  const [id, setId] = useState(architectures.has(FIRST) ? FIRST : '');
  const subject = useMemo(() => subjectOf(id), [id]);
  const source = useMemo(() => subject && randomSource(subject.architecture, subject.graph), [subject]);
  const timing = useStore(layerTimesStore, ({ byId }) => (source ? (byId[source.id] ?? null) : null));
  const peak = report?.peaks.find(({ backend, precision }) => backend === 'wasm' && precision === 'fp32');
  const isRunning = timing?.status === 'running';
  return (
    <div className={styles.roofline}>
      <p className={styles.note}>{words.layers.note}</p>
      <div className={styles.actions}>
        <Select label={words.layers.network} labelHidden value={id} options={options} onChange={setId} />
        {isRunning && source ? (
          <Button onClick={() => cancelLayerTiming(source.id)}>{words.cancel}</Button>
        ) : (
          <Button
            disabled={!source || !peak}
            onClick={() => {
              if (source) void measureLayers(queryClient, source);
            }}
          >
            {words.layers.start}
          </Button>
        )}
        {isRunning ? (
          <Progress
            label={words.layers.progress}
            value={timing.done / timing.runs}
            detail={`${formatInteger(timing.done)} / ${formatInteger(timing.runs)}`}
          />
        ) : null}
      </div>
      {peak ? null : <p className={styles.note}>{words.layers.noRoof}</p>}
      {subject ? null : <p className={styles.note}>{words.layers.misfit}</p>}
      {timing?.problem ? (
        <p role="alert" className={styles.notice}>
          {failures.runtime(timing.problem)}
        </p>
      ) : null}
      {subject && peak && timing?.times ? (
        <Layers key={id} subject={subject} times={timing.times} peak={peak} />
      ) : null}
    </div>
  );
}

/** One layer: what the roof allows, and what it took. */
interface MeasuredLayer {
  readonly id: string;
  readonly category: string;
  /** FLOPs a byte; null for one that moves nothing. */
  readonly intensity: number | null;
  readonly flops: number;
  /** Milliseconds that the roof allows at best, and that were measured. */
  readonly boundMs: number;
  readonly ms: number;
}

/** Every layer that was timed, the longest first. */
function layersOf(
  { graph, costs }: Subject,
  times: LayerTimes,
  peak: PeakMeasurement,
): readonly MeasuredLayer[] {
  const device = deviceOf(peak);
  return graph.nodes
    .flatMap((node) => {
      const ms = times.byNode.get(node.id);
      if (ms === undefined) return [];
      const own = costs.byNode.get(node.id) ?? nothing;
      const bytes = bytesMoved(node, own, trafficOf(peak));
      return [
        {
          id: node.id,
          category: operatorOf(node.op).category,
          intensity: intensityOf(own.flops, bytes),
          flops: own.flops,
          boundMs: 1000 * Math.max(own.flops / device.peak, bytes / device.bandwidth),
          ms,
        },
      ];
    })
    .sort((a, b) => b.ms - a.ms);
}

function Layers({
  subject,
  times,
  peak,
}: {
  readonly subject: Subject;
  readonly times: LayerTimes;
  readonly peak: PeakMeasurement;
}) {
  const words = useTopic({ en, zh });
  const [isWhole, setWhole] = useState(false);
  const layers = useMemo(() => layersOf(subject, times, peak), [subject, times, peak]);
  const points = layers.flatMap(({ id, category, intensity, flops, ms }, index) =>
    intensity === null || flops === 0 || ms === 0
      ? []
      : [{ id, title: index < NAMED ? id : null, kind: category, intensity, reached: (1000 * flops) / ms }],
  );
  const bound = layers.reduce((sum, { boundMs }) => sum + boundMs, 0);
  const shown = isWhole ? layers : layers.slice(0, LISTED);
  const { columns } = words.layers;
  return (
    <div className={styles.layers}>
      <div className={styles.roofline}>
        <MeasuredRoofline
          device={deviceOf(peak)}
          points={points}
          label={words.rooflineLabel(
            words.layers.of(subject.title),
            layers
              .slice(0, NAMED)
              .map(({ id, ms }) => `${id} ${formatMilliseconds(ms)}`)
              .join(', '),
          )}
          across={words.across}
          up={words.up}
          formatRate={formatCount}
        />
        <p className={styles.note}>
          {words.layers.sum(
            formatMilliseconds(bound),
            formatMilliseconds(times.layersMs),
            `×${(times.layersMs / bound).toPrecision(3)}`,
          )}
        </p>
      </div>
      <div className={styles.results}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label={words.layers.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{columns.layer}</th>
                <th scope="col">{columns.intensity}</th>
                <th scope="col">{columns.limit}</th>
                <th scope="col">{columns.predicted}</th>
                <th scope="col">{columns.measured}</th>
                <th scope="col">{columns.times}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ id, intensity, boundMs, ms }) => (
                <tr key={id}>
                  <th scope="row">{id}</th>
                  <td>{intensity === null ? '—' : intensity.toPrecision(3)}</td>
                  <td>
                    {intensity === null
                      ? '—'
                      : intensity * peak.bytesPerSecond < 2 * peak.macsPerSecond
                        ? columns.memory
                        : columns.arithmetic}
                  </td>
                  <td>{formatMilliseconds(boundMs)}</td>
                  <td>{formatMilliseconds(ms)}</td>
                  <td>{boundMs === 0 ? '—' : `×${(ms / boundMs).toPrecision(3)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {layers.length > LISTED ? (
          <div>
            <Button variant="quiet" onClick={() => setWhole(!isWhole)}>
              {isWhole ? words.layers.fewer : words.layers.all(layers.length)}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}
