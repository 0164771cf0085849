import { useMemo } from 'react';
import { IntensityStrips } from '../../components/device/intensity-strips.tsx';
import { nothing } from '../../engine/cost/costs.ts';
import { bytesMoved, intensityOf } from '../../engine/cost/roofline.ts';
import type { DeviceReport } from '../../engine/measure/device-report.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Category } from '../../engine/ops/types.ts';
import { device as en } from '../i18n/en/device.ts';
import { useMessages } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import styles from './device.module.css';
import { deviceOf, type Subject } from './subject.ts';

const traffic = { dtype: 'fp32', batch: 1 } as const;

const format = (intensity: number): string => intensity.toPrecision(3);

function rowOf({ id, title, graph, costs }: Subject) {
  const total = costs.total.flops;
  const layers = graph.nodes.flatMap((node) => {
    const own = costs.byNode.get(node.id) ?? nothing;
    const intensity = intensityOf(own.flops, bytesMoved(node, own, traffic));
    if (intensity === null || own.flops === 0) return [];
    return [{ id: node.id, kind: operatorOf(node.op).category, intensity, share: own.flops / total }];
  });
  const bytes = graph.nodes.reduce(
    (sum, node) => sum + bytesMoved(node, costs.byNode.get(node.id) ?? nothing, traffic),
    0,
  );
  return {
    id,
    title,
    intensity: intensityOf(total, bytes) ?? 0,
    // Small ones lie on top of large ones.
    layers: layers.sort((a, b) => b.share - a.share),
  };
}

/** How much the chosen networks compute for each byte: known before anything is measured, where the roof is not. */
export function Intensities({
  subjects,
  report,
}: {
  readonly subjects: readonly Subject[];
  readonly report: DeviceReport | null;
}) {
  const words = useTopic({ en, zh });
  const { figure } = useMessages();
  const rows = useMemo(() => subjects.map(rowOf), [subjects]);
  const ridges = (report?.peaks ?? [])
    .filter(({ precision }) => precision === 'fp32')
    .map((peak) => {
      const { peak: rate, bandwidth } = deviceOf(peak);
      const at = rate / bandwidth;
      return { name: words.intensities.ridge(words[peak.backend], format(at)), at };
    });
  const kinds = [...new Set(rows.flatMap(({ layers }) => layers.map(({ kind }) => kind)))];
  if (rows.length === 0) return <p className={styles.note}>{words.intensities.none}</p>;
  return (
    <div className={styles.roofline}>
      <p className={styles.note}>{words.intensities.note}</p>
      <IntensityStrips
        rows={rows}
        ridges={ridges}
        label={words.intensities.label(
          rows.map(({ title, intensity }) => `${title} ${format(intensity)}`).join(', '),
        )}
        across={words.across}
        format={format}
      />
      <ul className={styles.legend}>
        {kinds.map((kind: Category) => (
          <li key={kind}>
            <span className={styles.swatch} data-kind={kind} />
            {figure.categories[kind]}
          </li>
        ))}
        <li>
          <span className={styles.bar} />
          {words.intensities.whole}
        </li>
      </ul>
      <p className={styles.note}>{ridges.length > 0 ? words.intensities.read : words.intensities.unknown}</p>
    </div>
  );
}
